"""Which elements and attributes stand where: said in words before the schema says it in its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from feedwright.checks.node import Node
from feedwright.checks.rule import DocumentRule, ElementRule, Format, Rule, needs, repeated, shown, words
from feedwright.text.suggest import likest


class Shape(NamedTuple):
    """What a format's own elements are made of.

    Args:
        once: for each element that holds others, those of which it holds at most one.
        many: likewise, those of which it holds any number.
        required: likewise, those that it must hold.
        attributes: for each element that has attributes of the format's own, these.
        needed: for each element, the attributes that it must have.
        mixed: the elements that may hold markup.
    """

    form: Format
    source: str
    once: dict[str, frozenset[str]]
    many: dict[str, frozenset[str]]
    required: dict[str, tuple[str, ...]]
    attributes: dict[str, frozenset[str]]
    needed: dict[str, tuple[str, ...]]
    mixed: frozenset[str] = frozenset()


RSS = Shape(
    form="rss",
    source="RSS 2.0",
    once={
        "rss": words("channel"),
        "channel": words(
            "title link description language copyright managingEditor webMaster pubDate lastBuildDate generator docs"
            " cloud ttl image rating textInput skipHours skipDays"
        ),
        "item": words("title link description author comments guid pubDate source"),
        "image": words("url title link width height description"),
        "textInput": words("title description name link"),
        "skipHours": words(""),
        "skipDays": words(""),
    },
    many={
        "channel": words("category item"),
        "item": words("category enclosure"),
        "skipHours": words("hour"),
        "skipDays": words("day"),
    },
    required={
        "rss": ("channel",),
        "channel": ("title", "link", "description"),
        "image": ("url", "title", "link"),
        "textInput": ("title", "description", "name", "link"),
        "skipHours": ("hour",),
        "skipDays": ("day",),
    },
    attributes={
        "rss": words("version"),
        "category": words("domain"),
        "guid": words("isPermaLink"),
        "source": words("url"),
        "enclosure": words("url length type"),
        "cloud": words("domain port path registerProcedure protocol"),
    },
    needed={
        "source": ("url",),
        "enclosure": ("url", "length", "type"),
        "cloud": ("domain", "port", "path", "registerProcedure", "protocol"),
    },
)

_FEED_ONCE = words("id title updated generator icon logo rights subtitle")
_FEED_MANY = words("author contributor category link")

ATOM = Shape(
    form="atom",
    source="RFC 4287 §4",
    once={
        "feed": _FEED_ONCE,
        "source": _FEED_ONCE,
        "entry": words("id title updated content published rights source summary"),
        "author": words("name uri email"),
        "contributor": words("name uri email"),
    },
    many={"feed": _FEED_MANY | {"entry"}, "source": _FEED_MANY, "entry": _FEED_MANY},
    required={
        "feed": ("id", "title", "updated"),
        "entry": ("id", "title", "updated"),
        "author": ("name",),
        "contributor": ("name",),
    },
    attributes={
        "link": words("href rel type hreflang title length"),
        "category": words("term scheme label"),
        "generator": words("uri version"),
        "content": words("type src"),
        **dict.fromkeys(("title", "subtitle", "summary", "rights"), words("type")),
    },
    needed={"category": ("term",)},
    mixed=words("title subtitle summary rights content link category"),
)


OPML = Shape(
    form="opml",
    source="OPML 2.0",
    once={
        "opml": words("head body"),
        "head": words(
            "title dateCreated dateModified ownerName ownerEmail ownerId docs expansionState vertScrollState windowTop"
            " windowLeft windowBottom windowRight"
        ),
        "body": words(""),
        "outline": words(""),
    },
    many={"body": words("outline"), "outline": words("outline")},
    required={"opml": ("head", "body"), "body": ("outline",)},
    attributes={"opml": words("version")},
    needed={},
    mixed=words("outline"),
)

SITEMAP = Shape(
    form="sitemap",
    source="sitemaps.org 0.9",
    once={
        "urlset": words(""),
        "sitemapindex": words(""),
        "url": words("loc lastmod changefreq priority"),
        "sitemap": words("loc lastmod"),
    },
    many={"urlset": words("url"), "sitemapindex": words("sitemap")},
    required={"url": ("loc",), "sitemap": ("loc",)},
    attributes={},
    needed={},
)


def _no_child(shape: Shape, node: Node) -> str | None:
    if node.parent is None or ":" in node.name:
        return None
    parent, name = node.parent.name, node.name
    once, many = shape.once[parent], shape.many.get(parent, frozenset())
    if name in once or name in many or (name[0] == "{" and not name.startswith("{}")):
        return None
    if name.startswith("{}"):
        return f"{name[2:]} is in no namespace"
    known = sorted(once | many)
    if right := next((word for word in known if word.lower() == name.lower()), ""):
        return f"{name} is spelt {right}"
    near = likest(name[:50], known, 1, 0.8)
    return f"{name} is not an element of {parent}" + (f": meant is {near[0]}" if near else "")


def _no_attribute(known: frozenset[str], node: Node) -> str | None:
    extra = [name for name in node.attributes if name not in known and ":" not in name and name[0] != "{"]
    return f"{extra[0]} is not an attribute of {node.name}" if extra else None


def stray_text(node: Node) -> str | None:
    """Find elements that hold text where only elements may stand."""
    found = node.text if node.text and not node.text.isspace() else ""
    for child in node.children:
        tail = child.element.tail
        if tail and not found and not tail.isspace():
            found = tail
    return f"text stands between the elements of {node.name}: {shown(found.strip())}" if found else None


def _child_in_text(node: Node) -> str | None:
    return f"{node.name} has child elements, and may hold text only" if len(node.element) else None


def _missing(required: tuple[str, ...], node: Node) -> Iterator[tuple[Node, str]]:
    for name in required:
        if not node.has(name):
            yield node, f"{node.name} has no {name}"


def _laws(shape: Shape) -> tuple[Rule, ...]:
    form, source = (shape.form,), shape.source
    names = sorted(set().union(shape.once, *shape.once.values(), *shape.many.values()))
    leaves = [name for name in names if name not in shape.once and name not in shape.mixed]

    def rule(code: str, at: list[str], hint: str, find: Callable[[Node], str | None]) -> ElementRule:
        by_name = code in ("element-unknown", "attribute-unknown", "attribute-missing")
        return ElementRule(f"{shape.form}-{code}", "error", source, form, tuple(at), hint, find, by_name)

    def document_rule(
        code: str, name: str, hint: str, find: Callable[[Node], Iterator[tuple[Node, str]]]
    ) -> DocumentRule:
        return DocumentRule(f"{shape.form}-{code}", "error", source, form, (f"*/{name}",), hint, find)

    spelt = "Names are case-sensitive, and what is not of the specification needs a namespace of its own."
    return (
        rule("element-unknown", [f"{name}/*" for name in shape.once], spelt, partial(_no_child, shape)),
        rule("text-stray", [f"*/{name}" for name in shape.once], "Only elements may stand there.", stray_text),
        rule("child-in-text", [f"*/{name}" for name in leaves], "Escape it, or put it into CDATA.", _child_in_text),
        *(
            rule(
                "attribute-unknown",
                [f"*/{name}@*"],
                "Leave it out, or give it a namespace.",
                partial(_no_attribute, shape.attributes.get(name, frozenset())),
            )
            for name in names
            if (shape.form, name) != ("opml", "outline")
        ),
        *(
            rule("attribute-missing", [f"*/{name}"], "It is required.", needs(*attributes))
            for name, attributes in shape.needed.items()
        ),
        *(document_rule("element-repeated", name, "Leave one.", repeated(once)) for name, once in shape.once.items()),
        *(
            document_rule("element-missing", name, "It is required.", partial(_missing, required))
            for name, required in shape.required.items()
        ),
    )


RULES: tuple[Rule, ...] = (*_laws(RSS), *_laws(ATOM), *_laws(OPML), *_laws(SITEMAP))
