"""How much work a piece of HTML makes for an HTML5 parser, told in linear time before one sees it.

Such parsers are quadratic in nesting, in the attributes of one tag and in bare ampersands, and copy every
formatting element that was left open into each block that follows. What is counted here is never less than what
the parser would meet, short of a constant factor; sloppy HTML may count for more.
"""

from __future__ import annotations

import re

from feedwright.text.html_tags import tags

MAX_LENGTH = 1_000_000
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 5_000
MAX_AMPERSANDS = 200_000
MAX_TAGS = 200_000
MAX_COPIES = 50_000
"""Formatting elements that a parser would open again, over the whole body."""

_HARMLESS_TAGS = 800
_HARMLESS_LENGTH = 100_000
_HARMLESS_AMPERSANDS = 10_000

_LEFT_OPEN = re.compile(r"<(svg|script|style|textarea|title|noembed|noframes|plaintext)[\s/>]", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_INLINE_FILE = re.compile(r"""(["'(])data:[a-z]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]*+(?=["')])""")

# fmt: off
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
))
# fmt: on
# fmt: off
_CLOSED_BY_THE_NEXT = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "option",
    "optgroup",
))
# fmt: on
_UNCOUNTED = _VOID | _CLOSED_BY_THE_NEXT
# fmt: off
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))
# fmt: on
_DROPPED = ("script", "style", "textarea", "title", "noembed", "noframes", "svg")
_BOUNDARIES = frozenset(("table", "object", "applet", "marquee", "template", "select", "html"))
_REACH = 6
"""How many open elements an end tag may close over; past eight a parser gives up, too."""


def tamed(html: str) -> str:
    """Remove what makes a parser slow and leaves no trace in a feed.

    Args:
        html: raw.

    Returns: `html` itself unless it is long or has very many tags or ampersands; else without files inlined as
        base64, without the elements that are dropped with their contents, and with bare ampersands escaped.
    """
    html = without_inlined_files(html)
    if html.count("<") > _HARMLESS_TAGS:
        for name in _DROPPED:
            html = without_element(name, html)
    if html.count("&") > _HARMLESS_AMPERSANDS:
        html = _BARE_AMPERSAND.sub("&amp;", html)
    return html


def without_inlined_files(source: str) -> str:
    """Remove what a long body has inlined as base64, and a feed would drop anyway.

    Args:
        source: Markdown or raw HTML.
    """
    return _INLINE_FILE.sub(r"\1", source) if len(source) > _HARMLESS_LENGTH else source


def without_element(name: str, html: str) -> str:
    """Remove the elements of a name, with their contents, where they are closed.

    Args:
        name: in lower case.
        html: raw.
    """
    pieces: list[str] = []
    kept_from = depth = 0
    for tag in re.finditer(rf"<(/?){name}(?:[\s/][^<>]*+)?>", html, re.IGNORECASE):
        if tag[1]:
            depth -= depth > 0
        elif not tag[0].endswith("/>"):
            # Only SVG nests; the others' contents are text.
            depth = depth + 1 if name == "svg" else 1
        if depth == 1 and not tag[1] and kept_from >= 0:
            pieces.append(html[kept_from : tag.start()])
            kept_from = -1 - tag.start()
        elif depth == 0 and kept_from < 0:
            kept_from = tag.end()
    return "".join((*pieces, html[kept_from if kept_from >= 0 else -1 - kept_from :]))


def without_comments(html: str) -> str:
    """HTML without its comments, those that end.

    Args:
        html: raw.
    """
    pieces = []
    position = 0
    while (start := html.find("<!--", position)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        pieces.append(html[position:start])
        position = end + 3
    return "".join((*pieces, html[position:]))


def excess(html: str) -> str | None:
    """Tell why a piece of HTML cannot be parsed in bounded time.

    Args:
        html: raw, as `tamed` left it.

    Returns: what there is too much of, as the rest of a sentence; None where all is well.
    """
    if len(html) > 4 * MAX_LENGTH:
        return f"it has more than {4 * MAX_LENGTH:,} characters"
    if html.count("&") > MAX_AMPERSANDS:
        return f"it has more than {MAX_AMPERSANDS:,} ampersands"
    count = html.count("<")
    if count > MAX_TAGS:
        return f"it has more than {MAX_TAGS:,} tags"
    if count <= _HARMLESS_TAGS and len(html) <= _HARMLESS_LENGTH:
        return None
    if (unclosed := _LEFT_OPEN.search(html)) is not None:
        return f"<{unclosed[1].lower()}> is left open"
    return excess_of_tags(html)


def excess_of_tags(html: str) -> str | None:
    """Tell why the tags of a piece of HTML cannot be parsed in bounded time, however many there are.

    Args:
        html: raw, without elements whose contents are text, but for `<xmp>` and `<iframe>`.

    Returns: what there is too much of, as the rest of a sentence; None where all is well.
    """
    stack: list[str] = []
    copies = left_open = math = 0
    for name, bare, attributes in tags(html, MAX_ATTRIBUTES):
        if attributes > MAX_ATTRIBUTES:
            return f"a tag has more than {MAX_ATTRIBUTES:,} attributes"
        if name.startswith("/"):
            left_open -= _close(name[1:], stack)
            math = math if len(stack) >= math else 0
        elif math or name not in _UNCOUNTED:
            # The fourth of several equal formatting elements is not copied: HTML Living Standard §13.2.4.3.
            copied = name in _FORMATTING and not (bare and stack[-3:] == [name] * 3)
            stack.append(name)
            left_open += copied
            if name == "math" and not math:
                # In a formula, nothing closes <td> but its end.
                math = len(stack)
        copies += left_open
        if len(stack) > MAX_DEPTH:
            return f"its elements are nested, or left open, more than {MAX_DEPTH:,} deep"
        if copies > MAX_COPIES:
            return "too many formatting elements are left open"
    return None


def _close(name: str, stack: list[str]) -> int:
    """Take an element off the stack where a parser surely would; return how many formatting ones that were."""
    for index in range(len(stack) - 1, max(-1, len(stack) - 1 - _REACH), -1):
        if stack[index] == name:
            del stack[index]
            return int(name in _FORMATTING)
        if stack[index] in _BOUNDARIES:
            return 0
    return 0
