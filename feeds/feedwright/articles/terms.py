"""Categories and tags."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from feedwright.articles.context import LONGEST_REMEMBERED, Place, as_list, bounded, named
from feedwright.articles.dates import date_in_name
from feedwright.articles.permalinks import stem_of
from feedwright.config.model import MOST_TERMS
from feedwright.model import Article, Category
from feedwright.text.characters import composed
from feedwright.text.plain_text import plain

_PLURALS = frozenset(("categories", "tags"))


def categories(value: object, place: Place) -> tuple[Category, ...] | None:
    """The categories that a value names, each once, in order; None for none."""
    return _terms(value, place, place.config.site.url + "category/")


def of_folders(place: Place) -> tuple[Category, ...]:
    """The categories that a Jekyll post's folders stand for: of sport/sailing/_posts/2020-01-02-race.md."""
    start = place.around.posts
    if start is None:
        return ()
    before, inside, _ = f"/{place.below}".partition("/_posts/")
    if not inside or not f"{before}/".startswith(f"/{start}"):
        return ()
    names = f"{before}/"[len(start) + 1 :].split("/")
    terms = (composed(plain(name)) for name in names)
    return tuple(Category(term, place.config.site.url + "category/", term) for term in terms if term)


def tags(value: object, place: Place) -> tuple[Category, ...] | None:
    """The tags that a value names, each once, in order; None for none."""
    return _terms(value, place, place.config.site.url + "tag/")


def warn_of_many(article: Article, keys: Mapping[str, str], place: Place) -> None:
    """Warn of terms that make no feeds, as their article has too many; one that names its feeds means it.

    Args:
        keys: field -> the key of the front matter that gave it.
    """
    names = {
        "categories": ("category", {category.term for category in article.categories}),
        "authors": ("author", {person.name for person in article.authors}),
        "tags": ("tag", {tag.term for tag in article.tags}),
    }
    wanted = {}
    for field, (kind, terms) in names.items():
        rules = place.config.kinds[kind]
        wanted[field] = sum(map(rules.takes, terms)) if rules.enabled and article.feeds is None else 0
    if sum(wanted.values()) <= MOST_TERMS:
        return
    key = keys.get(max(wanted, key=wanted.__getitem__), "")
    what = f"the article has {sum(wanted.values()):,} categories, authors and tags"
    hint = f"The first {MOST_TERMS} get feeds, tags last; the others are named in its entry alone. Write fewer."
    place.report("terms-too-many", what, hint, spelling=key)


def _terms(value: object, place: Place, scheme: str) -> tuple[Category, ...] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = _split(value, place)
    found: dict[str, Category] = {}
    for entry in bounded(as_list(value), place):
        category = _from_map(entry, place, scheme) if isinstance(entry, dict) else _named(str(entry), scheme)
        if category:
            found.setdefault(category.term, category)
    return tuple(found.values()) or None


def _split(text: str, place: Place) -> list[str]:
    """A text with commas is several terms. One without is one, but under `categories` and `tags` of a Jekyll post.

    Jekyll alone reads `tags: sea tides` as two, and its posts are known: dated files in a folder `_posts`, or drafts.
    """
    if "\n" in text.strip():
        return [term for line in text.split("\n") for term in line.strip().removeprefix("- ").split(",")]
    if "," in text:
        return text.split(",")
    if place.spelling.lower() in _PLURALS and _is_jekyll_post(place):
        return text.split()
    return [text]


def _is_jekyll_post(place: Place) -> bool:
    folders = {place.config.home_of(place.folder).name, *place.below.split("/")[:-1]}
    return "_drafts" in folders or ("_posts" in folders and date_in_name(stem_of(place.key)) is not None)


def _named(text: str, scheme: str) -> Category | None:
    return _often_named(text, scheme) if len(text) <= LONGEST_REMEMBERED else _often_named.__wrapped__(text, scheme)


@lru_cache(maxsize=4096)
def _often_named(text: str, scheme: str) -> Category | None:
    term = composed(plain(text))
    return Category(term, scheme, term) if term else None


def _from_map(value: dict[object, object], place: Place, scheme: str) -> Category | None:
    term = named(value, "term", "name", "title", "label", "slug", "id")
    written = composed(plain(str(term))) if term is not None and not isinstance(term, (dict, list)) else ""
    if not written:
        place.left_out(value, "term", "Write its name, or a map with `term`")
        return None
    own = named(value, "scheme", "domain")
    label = named(value, "label", "title", "name")
    if not isinstance(own, str) or not urlsplit(own).scheme:
        own = scheme
    return Category(written, own, composed(plain(label)) if isinstance(label, str) else written)
