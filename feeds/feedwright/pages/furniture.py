"""What stands in a page's body and is none of it: drops by rule, whatever the theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import TYPE_CHECKING

from feedwright.pages.words import hashes_of, plain_title, words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# fmt: off
_CLASSES = (
    "toc", "table-of-contents", "gutter", "linenos", "lineno", "lnt", "rouge-gutter", "line-numbers-wrapper",
    "line-numbers-rows", "share-buttons", "sharing", "social-share", "related", "related-posts", "pagination",
    "post-nav", "post-navigation", "paginav", "next-prev", "prev-next", "breadcrumbs", "breadcrumb", "sr-only",
    "visually-hidden", "screen-reader-text", "copy-button", "comments", "pager", "nav-links", "post-pagination",
    "tags", "tag-list", "post-tags", "post-meta", "post-metadata", "entry-meta", "byline",
)
# fmt: on
_ALWAYS = (
    "script, style, noscript, template, nav, button, [hidden], "
    "#toc, #TableOfContents, #table-of-contents, #comments, #disqus_thread"
)
_BY_CLASS = ", ".join(
    (
        *(f".{name}" for name in _CLASSES),
        *(f'[class*="{name}"]' for name in ("nextprev", "prevnext", "next-prev", "prev-next")),
        'div[class*="language-"] > span.lang',
    )
)
_TITLES = 'h1, h2, [class~="title"], [itemprop~="headline"], [itemprop~="name"]'
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MARKS_OF_ANCHORS = re.compile(r"[\s#¶§🔗\u200b\u200c\u200d\u2060\ufeff]*")
_NOTES = '[class*="footnote"], [role^="doc-"], [id^="fn"], [id^="fn:"]'
_NUMBER = re.compile(r"[0-9]{1,6}")
_MOST = 0.5
_SHORT = 300
_MOST_KEPT = 100
_HEADINGS_ASKED = 5
_FEW_WORDS = 40
_LAZY = ("data-src", "data-lazy-src", "data-original")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")


def drop_furniture(body: LexborNode, title: str, source: Set[int], step: int) -> None:
    """Take out of a body what is known to be none of an article's text.

    Args:
        title: the article's: a heading that repeats it goes.
        source: hashes of the runs of the article's text: an aside or form that its author wrote stays.
        step: those that are a multiple of it are in `source`.
    """
    for table, code in list(_numbered_tables(body)):
        _replace(table, code, body)
    _drop(body, _ALWAYS)
    _drop_unless(body, _BY_CLASS, lambda node: _is_code(node) or _is_most(node, body, source))
    _drop_unless(body, "aside, form", lambda node: _is_note(node) or _is_of_source(node, source, step))
    for node in list(body.iter()):
        if node.tag == "footer" and not node.css_first(_NOTES):
            node.decompose()
    _drop_title(body, title, source, step)
    _drop_anchors(body)
    _drop_doubled_maths(body)
    _show_lazy_pictures(body)


def drop_selected(body: LexborNode, selectors: Iterable[str]) -> None:
    """Take out what selectors find in a body; one that begins with ">" finds children of it alone.

    All look before anything goes: a place among others is that of the whole.
    """
    found: list[LexborNode] = []
    for selector in selectors:
        if selector.lstrip().startswith(">"):
            wanted = selector.strip()[1:].strip()
            inside = _inside(body, wanted)
            found += [node for node in inside if node.parent is not None and node.parent.mem_id == body.mem_id]
        else:
            found += _inside(body, selector)
    for node in found:
        node.decompose()


def _inside(body: LexborNode, selector: str) -> list[LexborNode]:
    """What a selector finds in an element, without the element itself."""
    return [node for node in body.css(selector) if node.mem_id != body.mem_id]


def _drop(body: LexborNode, selector: str) -> None:
    for node in _inside(body, selector):
        node.decompose()


def _drop_unless(body: LexborNode, selector: str, is_kept: Callable[[LexborNode], bool]) -> None:
    """Drop what a selector finds, but for what is to be kept; past many of these the rest is not asked about."""
    kept = 0
    for node in _inside(body, selector):
        if not is_kept(node):
            node.decompose()
        elif (kept := kept + 1) == _MOST_KEPT:
            return


def _is_code(node: LexborNode) -> bool:
    """Whether an element's class says how its code is shown, as with `pre.linenos`."""
    return node.tag in ("pre", "code", "table", "figure") or node.css_first("pre code, code pre") is not None


def _is_most(node: LexborNode, body: LexborNode, source: Set[int]) -> bool:
    """Whether an element holds most of the text: then it is the body, however it is called."""
    text = node.text(separator=" ")
    if source:
        return len(source & set(hashes_of(words_of(text)))) >= _MOST * len(source)
    return len(text) > max(_SHORT, _MOST * len(body.text(separator=" ")))


def _is_note(node: LexborNode) -> bool:
    return node.css_first(_NOTES) is not None


def _is_of_source(node: LexborNode, source: Set[int], step: int) -> bool:
    """Whether an element's words stand in the article's source."""
    runs = hashes_of(words_of(node.text(separator=" ")), step)
    return bool(runs) and sum(run in source for run in runs) * 2 >= len(runs)


def _drop_title(body: LexborNode, title: str, source: Set[int], step: int) -> None:
    """Drop a heading that says the article's title before the text begins, and what was around it alone."""
    wanted = plain_title(title)
    heading = next(
        (node for node in _inside(body, _TITLES)[:_HEADINGS_ASKED] if plain_title(node.text()) == wanted), None
    )
    if not wanted or heading is None or _is_in_the_text(heading, body, source, step):
        return
    around = heading.parent
    heading.decompose()
    while around is not None and around.mem_id != body.mem_id and around.tag in ("header", "hgroup", "a", "div"):
        outer = around.parent
        if around.text(strip=True) or around.css_first("img, picture, video, iframe, figure"):
            break
        around.decompose()
        around = outer


def _is_in_the_text(heading: LexborNode, body: LexborNode, source: Set[int], step: int) -> bool:
    """Whether some of the text stands before a heading, or more than dates and names."""
    before: list[str] = []
    for node in body.traverse(include_text=True):
        if node.mem_id == heading.mem_id:
            break
        if node.tag == "-text":
            before += words_of(node.text())
    return len(before) > _FEW_WORDS or not source.isdisjoint(hashes_of(before, step))


def _drop_anchors(body: LexborNode) -> None:
    """Drop links to a heading that stand beside it."""
    for link in _inside(body, 'a[href*="#"]'):
        href = link.attributes.get("href") or ""
        local = href.startswith("#") or (link.parent is not None and (link.parent.tag or "") in _HEADINGS)
        if local and _MARKS_OF_ANCHORS.fullmatch(link.text()) and link.css_first("img, picture, video") is None:
            link.decompose()


def _drop_doubled_maths(body: LexborNode) -> None:
    """Of formulas that KaTeX wrote twice keep MathML: the other half is nothing without its style sheet."""
    for formula in _inside(body, ".katex"):
        if formula.css_first("math") is not None:
            _drop(formula, ".katex-html")


def _numbered_tables(body: LexborNode) -> Iterator[tuple[LexborNode, LexborNode]]:
    """Tables that only set numbers beside lines of code, each with the cell that has the code."""
    for table in _inside(body, "table"):
        cells = table.css("td")
        if len(cells) == 2 and not table.css_first("th") and cells[1].css_first("pre, code") is not None:
            numbers = cells[0].text(separator=" ").split()
            first = int(numbers[0]) if numbers and _NUMBER.fullmatch(numbers[0]) else 0
            if numbers == [str(number) for number in range(first, first + len(numbers))] and numbers:
                yield table, cells[1]


def _replace(table: LexborNode, cell: LexborNode, body: LexborNode) -> None:
    """Put a table's code in its place, and in that of a `<pre>` around it."""
    place, code = table, cell.css_first("pre") or cell.css_first("code")
    around = table.parent
    while around is not None and around.mem_id != body.mem_id:
        if around.tag == "pre":
            place = around
        around = around.parent
    if code is not None:
        place.replace_with(code, move=True)


def _show_lazy_pictures(body: LexborNode) -> None:
    """Give pictures the source that a script would have given them."""
    for picture in _inside(body, "img, source, iframe, video"):
        known = picture.attributes
        for name, lazy in (("src", _LAZY), ("srcset", _LAZY_SETS)):
            for other in lazy:
                if known.get(other):
                    picture.attrs[name] = known[other]
                    break
