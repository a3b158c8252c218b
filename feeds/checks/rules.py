"""All laws, in the order in which they are asked."""

from __future__ import annotations

from feeds.checks import (
    kinds,
    rules_atom,
    rules_atom_in_rss,
    rules_atom_text,
    rules_extensions,
    rules_geo,
    rules_html,
    rules_media,
    rules_modules,
    rules_opml,
    rules_podcast,
    rules_podcasting,
    rules_rss,
    rules_sitemap,
    rules_small,
    rules_structure,
    rules_xml,
)
from feeds.checks.rule import ALL, XML, Law

__all__ = ["ALL", "LAWS", "XML"]

LAWS: tuple[Law, ...] = (
    *kinds.LAWS,
    *rules_xml.LAWS,
    *rules_structure.LAWS,
    *rules_modules.LAWS,
    *rules_html.LAWS,
    *rules_rss.LAWS,
    *rules_atom.LAWS,
    *rules_atom_text.LAWS,
    *rules_atom_in_rss.LAWS,
    *rules_extensions.LAWS,
    *rules_geo.LAWS,
    *rules_media.LAWS,
    *rules_podcast.LAWS,
    *rules_podcasting.LAWS,
    *rules_opml.LAWS,
    *rules_sitemap.LAWS,
    *rules_small.LAWS,
)
