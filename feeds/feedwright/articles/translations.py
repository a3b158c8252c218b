"""Whether two articles are the same in two languages, by where their files stand."""

from __future__ import annotations

from typing import NamedTuple

from feedwright.model import Article
from feedwright.text.language_tags import split_suffix


class Version(NamedTuple):
    """An article as it may be a translation; `published` in seconds since 1970."""

    path: str
    slug: str
    language: str
    published: int


def version_of(article: Article) -> Version:
    """An article as it may be a translation."""
    return Version(article.path, article.slug, article.language, int(article.published.timestamp()))


def are_translations(one: Version, other: Version) -> bool:
    """Whether two articles, at least one of which is in another language than the other, are the same article."""
    if one.language.partition("-")[0].lower() == other.language.partition("-")[0].lower():
        return False
    if _bare(one.path, one.language or other.language) == _bare(other.path, other.language or one.language):
        return True
    return (one.slug, one.published) == (other.slug, other.published)


def _bare(path: str, language: str) -> str:
    """A path without what it says of its language: "de/tides", "tides.de" and "tides" are the same."""
    *folders, name = path.lower().split("/")
    tags = (language.lower(), language.lower().partition("-")[0])
    return "/".join((*(folder for folder in folders if folder.replace("_", "-") not in tags), split_suffix(name)[0]))
