"""All laws, in the order in which they are asked."""

from __future__ import annotations

from feeds.checks import (
    rules_atom,
    rules_atom_text,
    rules_common,
    rules_extensions,
    rules_media,
    rules_podcast,
    rules_rss,
    rules_structure,
)
from feeds.checks.rule import Law

LAWS: tuple[Law, ...] = (
    *rules_common.LAWS,
    *rules_structure.LAWS,
    *rules_rss.LAWS,
    *rules_atom.LAWS,
    *rules_atom_text.LAWS,
    *rules_extensions.LAWS,
    *rules_media.LAWS,
    *rules_podcast.LAWS,
)
