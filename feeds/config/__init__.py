"""content/site.toml -> Site and its rules."""

from feeds.config.reading import load
from feeds.config.rules import (
    KINDS,
    TERM_KINDS,
    Command,
    Config,
    DateOrder,
    FeedRules,
    Filter,
    KindRules,
    OwnFeed,
    RelatedRules,
)

__all__ = [
    "KINDS",
    "TERM_KINDS",
    "Command",
    "Config",
    "DateOrder",
    "FeedRules",
    "Filter",
    "KindRules",
    "OwnFeed",
    "RelatedRules",
    "load",
]
