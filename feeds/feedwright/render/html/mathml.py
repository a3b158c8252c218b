"""MathML: what of it feeds have, and what stands beside it in pages that KaTeX or MathJax made.

A formula in a feed holds elements of MathML and text, nothing else: what cannot hold HTML parses the same everywhere,
so that nothing in it can become something else when a reader takes it apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

# MathML Core's, and of MathML 3 what KaTeX, MathJax and Temml write. Without maction, which acts; mglyph, which loads;
# annotation-xml, which may hold HTML; mfenced is written as it was read.
# fmt: off
TAGS = frozenset((
    "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
    "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none", "semantics",
))
_STYLE = frozenset(("displaystyle", "scriptlevel", "mathvariant", "mathsize", "mathcolor", "mathbackground"))
_OWN = {
    "math": {"display", "alttext"},
    "menclose": {"notation"},
    "mfenced": {"open", "close", "separators"},
    "mfrac": {"linethickness", "bevelled"},
    "mo": {
        "form", "fence", "separator", "lspace", "rspace", "stretchy", "symmetric", "minsize", "maxsize", "largeop",
        "movablelimits", "accent",
    },
    "mover": {"accent"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "ms": {"lquote", "rquote"},
    "mspace": {"width", "height", "depth", "linebreak"},
    "mtable": {
        "align", "columnalign", "columnlines", "columnspacing", "columnwidth", "frame", "framespacing", "rowalign",
        "rowlines", "rowspacing", "side", "width",
    },
    "mtd": {"columnalign", "columnspan", "rowalign", "rowspan"},
    "mtr": {"columnalign", "rowalign"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}
# fmt: on
ATTRIBUTES = {name: set(_STYLE | _OWN.get(name, set())) for name in TAGS}
DROPPED_WITH_CONTENTS = frozenset(("annotation", "annotation-xml"))
"""TeX and the like: a reader that knows no MathML shows their text as if it were a part of the formula."""

_MATH = re.compile(r"<(/?)math(?:[\s/][^<>]*+)?>", re.IGNORECASE)
_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:[\s/](?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)?)>""")
_WRITTEN_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*+)(?: [a-z]+="[^"]*+")*+>')
_LENGTHS = frozenset(
    (
        *("width", "height", "depth", "lspace", "rspace", "voffset", "minsize", "maxsize", "mathsize"),
        *("linethickness", "columnspacing", "columnwidth", "framespacing", "rowspacing"),
    )
)
_FAR = re.compile(r"(?<![\d.])0*+[1-9](?:\d\d(?!\d*+%)|\d{3})|\de[+-]?\d", re.IGNORECASE)
_COPIES = (
    ("katex-mathml", "span", re.compile(r"</math>\s*+</span>\s*+(?=<span\s[^<>]*?\bkatex-html\b[^<>]*+>)", re.I)),
    ("mjx-assistive-mml", "mjx-math", re.compile(r"(?=<mjx-math[\s>])", re.I)),
    ("MJX_Assistive_MathML", "nobr", re.compile(r"(?=<nobr\s[^<>]*?\baria-hidden\b[^<>]*+>)", re.I)),
)
"""What shows that there is MathML, the element that shows the same once more, and what stands before that."""


def without_copies(html: str) -> str:
    """Remove what KaTeX and MathJax show to eyes alone, where the same formula stands beside it as MathML.

    Args:
        html: raw.

    Source: KaTeX's documentation, `output: "htmlAndMathml"`; MathJax's, "Assistive MathML".
    """
    for sign, name, before in _COPIES:
        if sign in html:
            html = "".join(_around(html, name, before))
    return html


def _around(html: str, name: str, before: re.Pattern[str]) -> Iterator[str]:
    """The pieces of HTML around the elements of a name that something stands before."""
    tag = re.compile(rf"<(/?){name}(?:[\s/][^<>]*+)?>", re.IGNORECASE)
    position = 0
    while found := before.search(html, position):
        depth, end = 0, None
        for one in tag.finditer(html, found.end()):
            depth += -1 if one[1] else 1
            if depth <= 0:
                end = one.end()
                break
        if end is None:
            break
        yield html[position : found.end()]
        position = end
    yield html[position:]


def is_modest(name: str, value: str) -> bool:
    """Whether an attribute moves or widens nothing so far that it would lie over what is beside the formula.

    Args:
        name: of the attribute of an element of MathML.
        value: its value, e.g. "-0.1667em", "1em 2em", "200%".
    """
    return name not in _LENGTHS or not _FAR.search(value)


def parted(html: str) -> Iterator[tuple[str, bool]]:
    """The pieces of HTML, and whether each is a formula; a `<math>` that nothing closes is left out.

    Args:
        html: raw.
    """
    position, opened = 0, None
    for tag in _MATH.finditer(html):
        if tag[1] and opened:
            yield html[position : opened.start()], False
            yield html[opened.start() : tag.end()], True
            position, opened = tag.end(), None
        elif opened:
            yield html[position : opened.start()], False
            position = opened.end()
        if not tag[1]:
            opened = tag
    if opened:
        yield html[position : opened.start()], False
        position = opened.end()
    yield html[position:], False


def with_elements_of_its_own(formula: str, others: Collection[str]) -> str:
    """A formula without the tags that MathML does not have; what is in them stays.

    Args:
        formula: raw; from `<math>` to `</math>`.
        others: elements that a sanitiser drops with their contents, and needs to see.
    """

    def own(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in TAGS and tag[3].endswith("/"):
            return f"<{name}{tag[3][:-1]}></{name}>"
        return tag[0] if name in TAGS or name in others or name in DROPPED_WITH_CONTENTS else ""

    return _TAG.sub(own, formula)


def closed(html: str) -> str:
    """Leave no HTML inside formulas, and no formula inside another.

    Args:
        html: as nh3 wrote it: every element is closed, and text has no bare "<".
    """
    if "<math" not in html:
        return html
    pieces: list[str] = []
    position = depth = 0
    for tag in _WRITTEN_TAG.finditer(html):
        if tag[2] == "math":
            depth += -1 if tag[1] else 1
            stays = depth == (0 if tag[1] else 1)
        else:
            stays = depth == 0 or tag[2] in TAGS
        if not stays:
            pieces.append(html[position : tag.start()])
            position = tag.end()
    return "".join((*pieces, html[position:]))
