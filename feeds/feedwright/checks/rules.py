"""All laws, in the order in which they are asked."""

from __future__ import annotations

from feedwright.checks import (
    detect_format,
    rules_atom,
    rules_atom_in_rss,
    rules_atom_text,
    rules_extension_elements,
    rules_extensions,
    rules_geo,
    rules_html,
    rules_itunes,
    rules_media,
    rules_opml,
    rules_podcast_namespace,
    rules_rss,
    rules_sitemap,
    rules_small_extensions,
    rules_structure,
    rules_xml,
)
from feedwright.checks.rule import ALL, XML, Law

__all__ = ["ALL", "LAWS", "XML"]

LAWS: tuple[Law, ...] = (
    *detect_format.LAWS,
    *rules_xml.LAWS,
    *rules_structure.LAWS,
    *rules_extension_elements.LAWS,
    *rules_html.LAWS,
    *rules_rss.LAWS,
    *rules_atom.LAWS,
    *rules_atom_text.LAWS,
    *rules_atom_in_rss.LAWS,
    *rules_extensions.LAWS,
    *rules_geo.LAWS,
    *rules_media.LAWS,
    *rules_itunes.LAWS,
    *rules_podcast_namespace.LAWS,
    *rules_opml.LAWS,
    *rules_sitemap.LAWS,
    *rules_small_extensions.LAWS,
)
