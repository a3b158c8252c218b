"""Related stories: those that an author named, looked up, and those that are found; and articles by their names."""

from feeds.related.found import RULE, features, find
from feeds.related.named import Index, Resolved, link, name_of_id, name_of_url, named, names_of, resolve

__all__ = [
    "RULE",
    "Index",
    "Resolved",
    "features",
    "find",
    "link",
    "name_of_id",
    "name_of_url",
    "named",
    "names_of",
    "resolve",
]
