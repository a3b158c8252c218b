"""An article's body: the part of its page that the engine made of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, NamedTuple

from feedwright.pages.furniture import drop_furniture, drop_selected
from feedwright.pages.layout import Layout
from feedwright.pages.tree import UnreadablePage, tree_of
from feedwright.pages.words import NOTHING, Sketch, hashes_of, share, words_of
from feedwright.text.html_bounds import without_comments
from feedwright.text.private_parts import without_private_parts
from feedwright.text.urls import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_FEWEST_RUNS = 16
_NEARLY_ALL = 0.9
_NOT_NAMED = "has no element that the settings name"
_LINKS = ("src", "href", "poster", "cite")
_LINKED = ", ".join(f"[{name}]" for name in (*_LINKS, "srcset"))
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:(?<=,)|(\s+[0-9.]+[wx])?[^,]*+)?")


class BodyRules(NamedTuple):
    """Where in a site's pages the text is.

    Args:
        selectors: CSS; the first that finds anything says which element it is, its first match.
        drops: CSS, of what stands in that and is none of the text; ">" in front means a child of the element.
    """

    selectors: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()


class Body(NamedTuple):
    """A page's body.

    Args:
        html: with absolute URLs, not yet sanitised; the same bytes for the same content.
        selector: what found it; empty where it is the page's own smallest element that holds the text.
        share: how much of the source's words it holds, 0 to 1; 1 where too few are known to tell.
    """

    html: str
    selector: str
    share: float


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector; one of what is dropped may begin with ">"."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("<p>").css(text.strip().removeprefix(">"))
    except (SelectolaxError, ValueError):
        return False
    return bool(text.strip())


def body_of(
    html: bytes, rules: BodyRules, title: str, address: str, source: Sketch = NOTHING, least: float = 0.6
) -> Body | str:
    """Take the body out of an article's page.

    Args:
        html: the page.
        title: the article's.
        address: the page's, absolute.
        source: of the article's text; with `NOTHING`, whatever is in the element is believed.
        least: the share of that which the element has to hold, where the page as a whole holds more; with 0, what is in
            the element is believed. One that holds much less than the page is believed only where no other holds more.

    Returns: why there is none, as the rest of a sentence that begins with the page.
    """
    try:
        tree = tree_of(html)
    except UnreadablePage as error:
        return str(error)
    if tree.body is None:
        return "has no body"
    base = _base(tree, address)
    runs = frozenset(source.hashes())
    selector, node = _first_match(tree, rules.selectors)
    held = 0.0
    if node is not None:
        _clear(node, rules, title, runs, source.step)
        held = _share(node.text(separator=" "), source) if least else 1.0
        if not least or held >= max(least, _NEARLY_ALL):
            return _finished(node, base, selector, held)
    # Most pages end here; of what a page shows elsewhere, too, or of nothing, more has to be known.
    whole = tree_of(html)
    of_page = _share(whole.body.text(separator=" ") if whole.body is not None else "", source)
    if of_page < least / 3:
        return f"holds {of_page:.0%} of the article's text"
    all_of_page = _NEARLY_ALL * of_page
    if node is None:
        return _smallest(html, rules, title, base, source, min(least, all_of_page)) or _NOT_NAMED
    if held >= all_of_page:
        return _finished(node, base, selector, held)
    # A tag too many in a text ends the element in the middle of it.
    wider = _smallest(html, rules, title, base, source, all_of_page if held >= least else min(least, all_of_page))
    if wider is None and held >= least:
        return _finished(node, base, selector, held)
    return wider or f"holds {held:.0%} of the article's text in {selector}, and {of_page:.0%} in all"


def _first_match(tree: LexborHTMLParser, selectors: Iterable[str]) -> tuple[str, LexborNode | None]:
    """The first selector that finds anything, and its first match."""
    for selector in selectors:
        if (node := tree.css_first(selector)) is not None:
            return selector, node
    return "", None


def _smallest(html: bytes, rules: BodyRules, title: str, base: str, source: Sketch, enough: float) -> Body | None:
    """The body where the page has another layout than its site: its smallest element that has the text."""
    if len(source.runs) < _FEWEST_RUNS:
        return None
    tree = tree_of(html)
    runs = frozenset(source.hashes())
    node = Layout(tree.body).smallest(runs) if tree.body is not None else None
    if node is None:
        return None
    _clear(node, rules, title, runs, source.step)
    held = _share(node.text(separator=" "), source)
    return _finished(node, base, "", held) if held >= enough else None


def _clear(node: LexborNode, rules: BodyRules, title: str, runs: Set[int], step: int) -> None:
    drop_furniture(node, title, runs, step)
    drop_selected(node, rules.drops)


def _share(text: str, source: Sketch) -> float:
    """Of a source's runs, how many stand in a text."""
    if len(source.runs) < _FEWEST_RUNS:
        return 1.0
    return share(source.hashes(), set(hashes_of(words_of(text), source.step)), source.step)[0]


def _finished(node: LexborNode, base: str, selector: str, held: float) -> Body:
    for linked in node.css(_LINKED):
        known = linked.attributes
        for name in _LINKS:
            if (written := known.get(name)) and (url := absolute(written, base)):
                linked.attrs[name] = url
        if written := known.get("srcset"):
            linked.attrs["srcset"] = _absolute_set(written, base)
    # In a comment an engine may say when it ran.
    html = without_comments(node.inner_html or "").strip()
    return Body(without_private_parts(html, markdown=False), selector, round(held, 3))


def _absolute_set(written: str, base: str) -> str:
    """The candidates of a `srcset`, those that can be resolved."""
    found = [(absolute(each[1].rstrip(","), base), each[2] or "") for each in _CANDIDATE.finditer(written)]
    return ", ".join(f"{url} {size.strip()}".rstrip() for url, size in found if url)


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute(node.attributes.get("href") or "", address) if node else None) or address
