"""content/site.toml -> Site and its rules."""

from feedwright.config.kinds import KINDS, TERM_KINDS
from feedwright.config.loader import load_config
from feedwright.config.model import (
    Command,
    Config,
    DateOrder,
    FeedRules,
    Filter,
    KindRules,
    OwnFeed,
    Pages,
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
    "Pages",
    "RelatedRules",
    "load_config",
]
