"""All rules, in the order in which they are asked."""

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
from feedwright.checks.rule import ALL, XML, Rule

__all__ = ["ALL", "RULES", "XML"]

RULES: tuple[Rule, ...] = (
    *detect_format.RULES,
    *rules_xml.RULES,
    *rules_structure.RULES,
    *rules_extension_elements.RULES,
    *rules_html.RULES,
    *rules_rss.RULES,
    *rules_atom.RULES,
    *rules_atom_text.RULES,
    *rules_atom_in_rss.RULES,
    *rules_extensions.RULES,
    *rules_geo.RULES,
    *rules_media.RULES,
    *rules_itunes.RULES,
    *rules_podcast_namespace.RULES,
    *rules_opml.RULES,
    *rules_sitemap.RULES,
    *rules_small_extensions.RULES,
)
