"""Elements of extensions where they do not belong, misspelt, repeated, or with attributes that they do not have."""

from __future__ import annotations

from collections.abc import Iterator

from feedwright.checks import extension_elements
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, DocumentRule, ElementRule, Rule, words
from feedwright.text.suggest import likest

_SPEC = "the extension's specification"
_ROBOTS = words(
    "all follow index indexifembedded noarchive nocache nofollow noimageindex noindex none nosnippet notranslate"
)


def _unknown(node: Node) -> str | None:
    known = extension_elements.elements()
    if node.name in known:
        return None
    prefix, _, local = node.name.partition(":")
    siblings = [name.partition(":")[2] for name in known if name.startswith(f"{prefix}:")]
    near = [name for name in siblings if name.lower() == local.lower()] or likest(local[:50], siblings, 1)
    return f"there is no element {node.name}" + (f": meant is {prefix}:{near[0]}" if near else "")


def _misplaced(node: Node) -> str | None:
    module = extension_elements.elements().get(node.name)
    if module is None or node.parent is None or not module.parents or node.parent.name in module.parents:
        return None
    # What is inside unknown elements is not ours to judge; what is inside ours is.
    return f"{node.name} does not stand in {node.parent.name}" if node.parent.name[0] != "{" else None


def _repeated(holder: Node) -> Iterator[tuple[Node, str]]:
    known, seen = extension_elements.elements(), set()
    for child in holder.children:
        if ":" not in child.name:
            continue
        if child.name in seen and child.name in known and known[child.name].once:
            yield child, f"{holder.name} has more than one {child.name}"
        seen.add(child.name)


def _attribute(node: Node) -> str | None:
    module = extension_elements.elements().get(node.name)
    if module is None:
        return None
    extra = [name for name in node.attributes if name not in module.attributes and ":" not in name and name[0] != "{"]
    if not extra:
        return None
    near = [name for name in sorted(module.attributes) if name.lower() == extra[0].lower()]
    return f"{extra[0]} is not an attribute of {node.name}" + (f": meant is {near[0]}" if near else "")


def _bare_child(node: Node) -> str | None:
    if node.name == "podcast:liveItem":
        return None  # it holds what an item does
    # In Atom, "{}" stands before what has no namespace; what has no prefix there is Atom's own.
    names = [child.name for child in node.children]
    bare = [name for name in names if name.startswith("{}") or (_is_rss(node) and name[0] != "{" and ":" not in name)]
    return f"{node.name} holds an element {bare[0].removeprefix('{}')} of no namespace" if bare else None


def _is_rss(node: Node) -> bool:
    return node.element.getroottree().getroot().tag == "rss"


def _meta(node: Node) -> str | None:
    missing = [name for name in ("name", "content") if name not in node.attributes]
    if missing:
        return f"xhtml:meta has no {missing[0]}"
    if node.attributes["name"].lower() != "robots":
        return "in a feed, xhtml:meta is for robots only"
    tokens = [token.strip().partition(":")[0].lower() for token in node.attributes["content"].split(",")]
    wrong = next((token for token in tokens if token not in _ROBOTS and not token.startswith("max-")), None)
    return None if wrong is None else f"{wrong!r} tells robots nothing"


_EXTENSIONS = tuple(f"*/{prefix}:*" for prefix in extension_elements.prefixes())
_WITH_CHILDREN = (*_EXTENSIONS, *(f"*/{prefix}:*" for prefix in ("feedburner", "podcast", "source")))
_HOLDERS = (*(f"*/{name}" for name in ("channel", "feed", "item", "entry", "source")), *_EXTENSIONS)

RULES: tuple[Rule, ...] = (
    ElementRule(
        "extension-element-unknown",
        "error",
        _SPEC,
        BOTH,
        _EXTENSIONS,
        "Spell it as its specification does, or use a namespace of your own.",
        _unknown,
        by_name=True,
    ),
    ElementRule(
        "extension-element-misplaced",
        "error",
        _SPEC,
        BOTH,
        _EXTENSIONS,
        "Put it where it is looked for.",
        _misplaced,
        by_name=True,
    ),
    ElementRule(
        "extension-markup",
        "error",
        _SPEC,
        BOTH,
        _WITH_CHILDREN,
        "Escape it, or put it into CDATA, where HTML is let in; otherwise leave it out.",
        _bare_child,
    ),
    DocumentRule("extension-element-repeated", "error", _SPEC, BOTH, _HOLDERS, "Leave one.", _repeated),
    ElementRule(
        "extension-attribute-unknown",
        "error",
        _SPEC,
        BOTH,
        tuple(f"{place}@*" for place in _EXTENSIONS),
        "Leave it out, or give it a namespace.",
        _attribute,
        by_name=True,
    ),
    ElementRule(
        "meta-robots",
        "error",
        "robots meta tag, in the namespace of XHTML",
        BOTH,
        ("channel/xhtml:meta", "feed/xhtml:meta"),
        'Write <meta xmlns="http://www.w3.org/1999/xhtml" name="robots" content="noindex"/>.',
        _meta,
    ),
)
