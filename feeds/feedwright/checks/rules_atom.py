"""Atom 1.0: ids, dates, people and links of feeds and entries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import (
    ATOM,
    DocumentRule,
    ElementRule,
    Rule,
    attributes,
    empty,
    places,
    remembered,
    shown,
    text,
    text_as_is,
    words,
)

_RELATIONS = words(
    "alternate amphtml author canonical cite-as current describedby edit edit-media enclosure first hub icon last"
    " license next next-archive payment predecessor-version prev-archive previous privacy-policy related replies search"
    " self service shortlink successor-version up via webmention"
)


def _href_missing(link: Node) -> str | None:
    return None if "href" in link.attributes else "link has no href"


def _author_missing(feed: Node) -> Iterator[tuple[Node, str]]:
    if not feed.has("author"):
        for entry in feed.all("entry"):
            if not _has_author(entry):
                yield entry, "neither the entry nor its feed has an author"


def _entry_author_missing(entry: Node) -> str | None:
    return None if _has_author(entry) else "the entry has no author"


def _has_author(entry: Node) -> bool:
    source = entry.first("source")
    return entry.has("author") or (source is not None and source.has("author"))


def _alternates(node: Node) -> list[Node]:
    return [link for link in node.all("link") if _relation(link) == "alternate"]


def _relation(link: Node) -> str:
    relation = link.attributes.get("rel", "alternate")
    return relation.removeprefix("http://www.iana.org/assignments/relation/")


def _alternate_repeated(node: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for link in _alternates(node):
        kind = link.attributes.get("type", "").lower(), link.attributes.get("hreflang", "").lower()
        if kind in seen:
            yield link, f"{node.name} has another alternate link of the same type and language"
        seen.add(kind)


def _alternate_missing(entry: Node) -> str | None:
    return None if entry.has("content") or _alternates(entry) else "the entry has neither content nor an alternate link"


def _id_repeated(feed: Node) -> Iterator[tuple[Node, str]]:
    for entry, twin in _twins(feed):
        if _updated(entry) == _updated(twin):
            yield entry, f"the entry has the id and the updated of the entry on line {twin.line}"


def _id_revised(feed: Node) -> Iterator[tuple[Node, str]]:
    for entry, twin in _twins(feed):
        if _updated(entry) != _updated(twin):
            yield entry, f"the entry has the id of the entry on line {twin.line}, with another updated"


def _twins(feed: Node) -> Iterator[tuple[Node, Node]]:
    seen: dict[str, Node] = {}
    for entry in feed.all("entry"):
        name = entry.first("id")
        if name and name.value and (twin := seen.setdefault(name.value, entry)) is not entry:
            yield entry, twin


def _updated(entry: Node) -> str:
    updated = entry.first("updated")
    return updated.value if updated else ""


def _updated_behind(feed: Node) -> str | None:
    moments = [values.moment(_updated(entry)) for entry in feed.all("entry")]
    newest, own = max((moment for moment in moments if moment), default=None), values.moment(_updated(feed))
    return "the feed's updated is older than that of an entry" if newest and own and own < newest else None


def unknown_relation(link: Node) -> str | None:
    """Find a relation that is neither known to readers nor an absolute IRI."""
    relation = _relation(link)
    if relation.lower() in _RELATIONS or ":" in relation:
        return addresses.absolute_iri(relation) if ":" in relation else None
    near = {"prev": "previous", "archive": "prev-archive"}.get(relation, "")
    return f"{shown(relation)} is not a link relation that feeds use" + (f": meant is {near}" if near else "")


def _self_missing(feed: Node) -> str | None:
    known = any(_relation(link) == "self" for link in feed.all("link"))
    return None if known else "the feed does not say its URL"


def _source_incomplete(source: Node) -> str | None:
    missing = [name for name in ("id", "title", "updated") if not source.has(name)]
    return f"source has no {' and no '.join(missing)}" if missing else None


def _related(link: Node) -> str | None:
    return addresses.absolute_iri(link.attributes.get("href", "")) if _relation(link) == "related" else None


def _related_to_itself(entry: Node) -> Iterator[tuple[Node, str]]:
    own = {link.attributes.get("href", "") for link in _alternates(entry)}
    for link in entry.all("link"):
        if _relation(link) == "related" and link.attributes.get("href", "") in own:
            yield link, "the entry is related to itself"


def _enclosure_length(link: Node) -> str | None:
    lacks = _relation(link) == "enclosure" and "length" not in link.attributes
    return "the enclosure has no length" if lacks else None


def _after_entries(feed: Node) -> Iterator[tuple[Node, str]]:
    past = False
    for child in feed.children:
        past = past or child.name == "entry"
        if past and child.name not in ("entry", "at:deleted-entry"):
            yield child, f"{child.name} stands behind an entry"


_DATES = tuple(chain(places("feed entry source", "updated"), ("entry/published",)))
_IDS = places("feed entry source", "id")
_IRIS = (*places("author contributor at:by", "uri"), *places("feed source", "icon logo"))
AS_DATE = "Write it as 2026-03-01T09:30:00Z."
AS_ID = "Write an absolute IRI, such as a tag URI, without white space around it; never change it."
AS_IRI = "Write a percent-encoded IRI without white space around it."
_FEED, _ENTRY, _LINK = ("*/feed",), ("*/entry",), ("*/link",)
_URI = addresses.iri_reference

RULES: tuple[Rule, ...] = (
    ElementRule(
        "atom-attribute-missing",
        "error",
        "RFC 4287 §4.2.7.1",
        ATOM,
        _LINK,
        "Give its URL.",
        _href_missing,
        by_name=True,
    ),
    ElementRule(
        "atom-title-empty",
        "warning",
        "RFC 4287 §4.2.14",
        ATOM,
        places("feed entry", "title"),
        "Readers have nothing to show or to click on.",
        empty,
    ),
    ElementRule("atom-name-empty", "warning", "RFC 4287 §3.2.1", ATOM, ("*/name",), "Write the person's name.", empty),
    DocumentRule(
        "atom-author-missing", "error", "RFC 4287 §4.1.1", ATOM, _FEED, "Name one in the feed.", _author_missing
    ),
    ElementRule(
        "atom-author-missing", "error", "RFC 4287 §4.1.2", ATOM, ("/entry",), "Name one.", _entry_author_missing
    ),
    DocumentRule(
        "atom-alternate-repeated",
        "error",
        "RFC 4287 §4.1.1, §4.1.2",
        ATOM,
        ("*/feed", "*/entry", "*/source"),
        "A link without rel is an alternate too; say what else it is.",
        _alternate_repeated,
    ),
    ElementRule(
        "atom-alternate-missing", "error", "RFC 4287 §4.1.2", ATOM, _ENTRY, "Add one of them.", _alternate_missing
    ),
    ElementRule("atom-id", "error", "RFC 4287 §4.2.6", ATOM, _IDS, AS_ID, text_as_is(addresses.absolute_iri)),
    ElementRule(
        "atom-id-not-ascii", "error", "RFC 4287 §4.2.6", ATOM, _IDS, "Percent-encode it.", text(addresses.not_ascii)
    ),
    ElementRule(
        "atom-id-form", "warning", "RFC 4287 §4.2.6.1", ATOM, _IDS, "Normalise it, once.", text(addresses.not_normal)
    ),
    DocumentRule(
        "atom-id-repeated",
        "error",
        "RFC 4287 §4.1.1",
        ATOM,
        _FEED,
        "Each entry needs its own: readers show only one of them.",
        _id_repeated,
    ),
    DocumentRule(
        "atom-id-revised",
        "warning",
        "RFC 4287 §4.1.1",
        ATOM,
        _FEED,
        "Most readers show only one; leave the newer.",
        _id_revised,
    ),
    ElementRule("atom-date", "error", "RFC 4287 §3.3", ATOM, _DATES, AS_DATE, text_as_is(values.rfc3339)),
    ElementRule(
        "atom-updated-behind",
        "warning",
        "RFC 4287 §4.2.15",
        ATOM,
        _FEED,
        "It is the newest of the entries' dates.",
        _updated_behind,
    ),
    *attributes(ATOM, "atom-iri", "RFC 4287 §2", AS_IRI, "*/link@href", _URI),
    *attributes(ATOM, "atom-iri", "RFC 4287 §2", AS_IRI, "entry/content@src", _URI),
    ElementRule("atom-iri", "error", "RFC 4287 §2", ATOM, _IRIS, AS_IRI, text_as_is(_URI)),
    *attributes(
        ATOM,
        "atom-iri-not-absolute",
        "RFC 4287 §4.2.2.2",
        "Write an absolute IRI.",
        "*/category@scheme",
        remembered(addresses.absolute_iri),
    ),
    *attributes(ATOM, "atom-iri", "RFC 4287 §4.2.4", AS_IRI, "*/generator@uri", _URI),
    *attributes(
        ATOM,
        "atom-term-empty",
        "RFC 4287 §4.2.2.1",
        "Name the category.",
        "*/category@term",
        lambda value: None if value.strip() else "it is empty",
        "warning",
    ),
    ElementRule(
        "atom-email",
        "error",
        "RFC 4287 §3.2.3",
        ATOM,
        places("author contributor at:by", "email"),
        "Write the address alone: user@example.org.",
        text_as_is(addresses.email),
    ),
    ElementRule(
        "atom-link-relation",
        "warning",
        "RFC 4287 §4.2.7.2, RFC 8288 §2.1",
        ATOM,
        _LINK,
        "Readers leave the link out; use a registered name or an absolute IRI.",
        unknown_relation,
    ),
    *attributes(ATOM, "atom-link-type", "RFC 4287 §4.2.7.3", "Write text/html.", "*/link@type", values.mime),
    *attributes(
        ATOM,
        "atom-link-language",
        "RFC 4287 §4.2.7.4",
        "Write a tag such as en or pt-BR.",
        "*/link@hreflang",
        values.language,
    ),
    *attributes(
        ATOM, "atom-link-length", "RFC 4287 §4.2.7.6", "Write the size in bytes.", "*/link@length", values.digits
    ),
    ElementRule(
        "atom-enclosure-length",
        "warning",
        "RFC 4287 §4.2.7.2",
        ATOM,
        _LINK,
        "Readers show the size before a download.",
        _enclosure_length,
    ),
    ElementRule(
        "atom-self-missing",
        "warning",
        "RFC 4287 §4.1.1",
        ATOM,
        _FEED,
        'Add <link rel="self" type="application/atom+xml" href="..."/>.',
        _self_missing,
    ),
    ElementRule(
        "atom-source-incomplete",
        "warning",
        "RFC 4287 §4.2.11",
        ATOM,
        ("entry/source",),
        "Take them over from the feed that the entry was copied from.",
        _source_incomplete,
    ),
    ElementRule(
        "atom-related-relative",
        "warning",
        "RFC 4287 §4.2.7.2",
        ATOM,
        ("entry/link",),
        "Write the whole URL: many readers ignore xml:base.",
        _related,
    ),
    DocumentRule(
        "atom-related-itself", "warning", "RFC 4287 §4.2.7.2", ATOM, _ENTRY, "Leave it out.", _related_to_itself
    ),
    DocumentRule(
        "atom-entries-first", "warning", "RFC 4287 §4.1.1", ATOM, _FEED, "Put the entries last.", _after_entries
    ),
)
