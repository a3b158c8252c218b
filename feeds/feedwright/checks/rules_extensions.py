"""Extensions of RSS and Atom: Dublin Core, content, threading, history, tombstones, and small ones."""

from __future__ import annotations

from collections.abc import Iterator

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import ATOM, BOTH, DocumentRule, ElementRule, Rule, attributes, needs, text

_PAGING = frozenset(("first", "last", "next", "previous"))
_ARCHIVING = frozenset(("prev-archive", "next-archive", "current"))


def _unknown_thread_attribute(node: Node) -> str | None:
    extra = [name for name in node.attributes if name.startswith("thr:") and name not in ("thr:count", "thr:updated")]
    return f"there is no attribute {extra[0]}" if extra else None


def _type_alone(reply: Node) -> str | None:
    return "type is given without href" if "type" in reply.attributes and "href" not in reply.attributes else None


def _not_empty(node: Node) -> str | None:
    return f"{node.name} is not empty" if node.value or len(node.element) else None


def _links(feed: Node) -> list[Node]:
    return [*feed.all("link"), *feed.all("atom:link")]


def _relations(feed: Node) -> set[str]:
    return {link.attributes.get("rel", "alternate") for link in _links(feed)}


def _complete_but_paged(feed: Node) -> str | None:
    if not feed.has("fh:complete"):
        return None
    own = {link.attributes.get("href") for link in _links(feed) if link.attributes.get("rel") == "self"}
    links = [link for link in _links(feed) if link.attributes.get("rel") != "current"]
    links += [link for link in _links(feed) if link.attributes.get("href") not in own]
    others = sorted({link.attributes.get("rel", "alternate") for link in links} & (_PAGING | _ARCHIVING))
    return f"the feed is complete, yet has a link to its {others[0]}" if others else None


def _page_is_itself(feed: Node) -> Iterator[tuple[Node, str]]:
    own = {link.attributes.get("href") for link in _links(feed) if link.attributes.get("rel") == "self"}
    for link in _links(feed):
        relation = link.attributes.get("rel", "")
        if relation in ("next", "previous", "prev-archive", "next-archive") and link.attributes.get("href") in own:
            yield link, f"the link to the {relation} document leads to the document itself"


def _archive_without_current(feed: Node) -> str | None:
    lacks = feed.has("fh:archive") and "current" not in _relations(feed)
    return "the archive document has no link to the current one" if lacks else None


def _tombstone_repeated(feed: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for node in feed.all("at:deleted-entry"):
        mark = node.attributes.get("ref"), node.attributes.get("when")
        if mark in seen:
            yield node, "the same deletion is told twice"
        seen.add(mark)


def _tombstone_of_the_living(feed: Node) -> Iterator[tuple[Node, str]]:
    living: dict[str, str] = {}
    for entry in feed.all("entry"):
        name, updated = entry.first("id"), entry.first("updated")
        if name and updated:
            living[name.value] = updated.value
    for node in feed.all("at:deleted-entry"):
        when = values.moment(node.attributes.get("when", ""))
        updated_at = values.moment(living.get(node.attributes.get("ref", ""), ""))
        if when and updated_at and when >= updated_at:
            yield node, "the entry that was deleted is in the feed"


_DC_DATE, _TOTAL = ("*/dc:date",), ("*/thr:total",)
_REPLY, _TOMBSTONE = ("*/thr:in-reply-to",), ("*/at:deleted-entry",)
_LINKS = ("*/link@*", "*/atom:link@*")
_HEADS = ("*/feed", "*/channel")

RULES: tuple[Rule, ...] = (
    ElementRule(
        "dc-date", "error", "Dublin Core 1.1, date", BOTH, _DC_DATE, "Write it as 2026-03-01.", text(values.w3cdtf)
    ),
    ElementRule(
        "dc-language",
        "error",
        "Dublin Core 1.1, language",
        BOTH,
        ("*/dc:language",),
        "Write a tag such as en or pt-BR.",
        text(values.language),
    ),
    ElementRule("thr-ref", "error", "RFC 4685 §3", BOTH, _REPLY, "Name the id of what is answered.", needs("ref")),
    *attributes(
        BOTH,
        "thr-ref",
        "RFC 4685 §3",
        "Write it as the other entry's id is written.",
        "*/thr:in-reply-to@ref",
        addresses.absolute_iri,
    ),
    *attributes(
        BOTH,
        "thr-iri",
        "RFC 4685 §3",
        "Write a percent-encoded IRI.",
        "*/thr:in-reply-to@href */thr:in-reply-to@source",
        addresses.iri_reference,
    ),
    *attributes(BOTH, "thr-type", "RFC 4685 §3", "Write text/html.", "*/thr:in-reply-to@type", values.mime),
    ElementRule("thr-type-alone", "warning", "RFC 4685 §3", BOTH, _REPLY, "Add href, or leave type out.", _type_alone),
    *attributes(
        BOTH, "thr-count", "RFC 4685 §4", "Write it in digits.", "*/link@thr:count */atom:link@thr:count", values.count
    ),
    ElementRule("thr-count", "error", "RFC 4685 §5", BOTH, _TOTAL, "Write it in digits.", text(values.count)),
    *attributes(
        BOTH,
        "thr-updated",
        "RFC 4685 §4",
        "Write it as 2026-03-01T09:30:00Z.",
        "*/link@thr:updated */atom:link@thr:updated",
        values.rfc3339,
    ),
    ElementRule(
        "thr-attribute-unknown",
        "error",
        "RFC 4685 §4",
        BOTH,
        _LINKS,
        "There are thr:count and thr:updated.",
        _unknown_thread_attribute,
        by_name=True,
    ),
    ElementRule(
        "fh-not-empty",
        "error",
        "RFC 5005 §2, §4",
        BOTH,
        ("*/fh:complete", "*/fh:archive"),
        "Leave nothing in it.",
        _not_empty,
    ),
    ElementRule(
        "fh-complete-paged",
        "error",
        "RFC 5005 §2",
        BOTH,
        _HEADS,
        "A complete feed is one document.",
        _complete_but_paged,
    ),
    DocumentRule(
        "fh-page-itself",
        "error",
        "RFC 5005 §3, §4",
        BOTH,
        _HEADS,
        "Readers that follow it never end; leave it out.",
        _page_is_itself,
    ),
    ElementRule(
        "fh-archive-current",
        "warning",
        "RFC 5005 §4",
        BOTH,
        _HEADS,
        "Add the link: readers who land here look for the subscription document.",
        _archive_without_current,
    ),
    ElementRule("at-ref", "error", "RFC 6721 §3", BOTH, _TOMBSTONE, "Both are required.", needs("ref", "when")),
    *attributes(
        ATOM,
        "at-ref",
        "RFC 6721 §3",
        "Write it as the entry's id was written.",
        "*/at:deleted-entry@ref",
        addresses.absolute_iri,
    ),
    *attributes(
        ATOM, "at-when", "RFC 6721 §3", "Write it as 2026-03-01T09:30:00Z.", "*/at:deleted-entry@when", values.rfc3339
    ),
    DocumentRule("at-repeated", "error", "RFC 6721 §3", ATOM, ("*/feed",), "Leave one.", _tombstone_repeated),
    DocumentRule(
        "at-entry-living",
        "warning",
        "RFC 6721 §3",
        ATOM,
        ("*/feed",),
        "Readers delete it; leave out the one or the other.",
        _tombstone_of_the_living,
    ),
)
