"""The allow-list: which elements, attributes and URL schemes a feed's HTML may have. Sanitising is ammonia's (nh3)."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from feedwright.render.html import embeds, mathml
from feedwright.render.html.embeds import Resolve
from feedwright.signals import undisturbed
from feedwright.text.html_bounds import without_element
from feedwright.text.urls import OPAQUE_SCHEMES

if TYPE_CHECKING:
    from nh3 import Cleaner

# fmt: off
_TAGS = frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "br", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "picture", "pre", "q", "rb", "rp", "rt",
    "rtc", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var",
    "video", "wbr",
)) | mathml.TAGS
# fmt: on
_ATTRIBUTES = {
    **mathml.ATTRIBUTES,
    "*": {"id", "dir", "lang", "title"},
    "a": {"href", "hreflang", "type"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "longdesc"},
    "source": {"src", "srcset", "sizes", "media", "type", "width", "height"},
    "video": {"src", "poster", "controls", "preload", "loop", "muted", "width", "height"},
    "audio": {"src", "controls", "preload", "loop", "muted"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "code": {"class"},
    "pre": {"class"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "ol": {"start", "reversed", "type"},
    "ul": {"type"},
    "li": {"value"},
    "table": {"align"},
    "col": {"span", "align", "valign"},
    "colgroup": {"span", "align", "valign"},
    "tr": {"align", "valign"},
    "td": {"colspan", "rowspan", "headers", "align", "valign"},
    "th": {"colspan", "rowspan", "headers", "align", "valign", "scope", "abbr"},
}
# fmt: off
_DROPPED_WITH_CONTENTS = frozenset((
    "script", "style", "title", "select", "textarea", "button", "datalist", "svg", "template", "noembed",
    "noframes", "iframe",
)) | mathml.DROPPED_WITH_CONTENTS
# fmt: on
_IFRAME_ATTRIBUTES = {"iframe": {"src", "title", "width", "height"}}
_PAGES = frozenset(("href", "cite", "longdesc"))
_FILES = frozenset(("src", "poster"))
_SCHEMES = OPAQUE_SCHEMES | {"http", "https"}
_WITHOUT_SOURCE = re.compile(r'<(img|source|track)(?!(?: [a-z]+="[^"]*+")*? src=")((?: [a-z]+="[^"]*+")*+)>')
_FIRST_CANDIDATE = re.compile(r' srcset="([^" ]+?)(?:,? [^"]*+)?"')
_ALT = re.compile(r' alt="([^"]*+)"')
_PRE_LINE = re.compile(r'(<pre(?: [a-z]+="[^"]*+")*+>)\n')
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:(?<=,)|\s+([0-9.]+[wx])?[^,]*+)?")
# Of SVG and MathML, but for those that HTML has as well.
# fmt: off
_FOREIGN_NAMES = frozenset((
    "abs", "and", "animate", "annotation", "annotation-xml", "apply", "approx", "arccos", "arccosh", "arccot",
    "arccoth", "arccsc", "arccsch", "arcsec", "arcsech", "arcsin", "arcsinh", "arctan", "arctanh", "arg",
    "bind", "bvar", "card", "cartesianproduct", "cbytes", "ceiling", "cerror", "ci", "circle", "cn", "codomain",
    "complexes", "compose", "condition", "conjugate", "cos", "cosh", "cot", "coth", "cs", "csc", "csch",
    "csymbol", "curl", "declare", "defs", "degree", "desc", "determinant", "diff", "discard", "divergence",
    "divide", "domain", "domainofapplication", "ellipse", "emptyset", "eq", "equivalent", "eulergamma",
    "exists", "exp", "exponentiale", "factorial", "factorof", "false", "filter", "floor", "fn", "forall", "g",
    "gcd", "geq", "grad", "gt", "ident", "imaginary", "imaginaryi", "implies", "in", "infinity", "int",
    "integers", "intersect", "interval", "inverse", "lambda", "laplacian", "lcm", "leq", "limit", "line",
    "list", "ln", "log", "logbase", "lowlimit", "lt", "maction", "maligngroup", "malignmark", "marker", "mask",
    "matrix", "matrixrow", "max", "mean", "median", "menclose", "merror", "metadata", "mfenced", "mfrac",
    "mglyph", "mi", "min", "minus", "mlabeledtr", "mlongdiv", "mmultiscripts", "mn", "mo", "mode", "moment",
    "momentabout", "mover", "mpadded", "mpath", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mscarries",
    "mscarry", "msgroup", "msline", "mspace", "msqrt", "msrow", "mstack", "mstyle", "msub", "msubsup", "msup",
    "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "naturalnumbers", "neq", "none", "not",
    "notanumber", "notin", "notprsubset", "notsubset", "or", "otherwise", "outerproduct", "partialdiff", "path",
    "pattern", "pi", "piece", "piecewise", "plus", "polygon", "polyline", "power", "primes", "product",
    "prsubset", "quotient", "rationals", "real", "reals", "rect", "reln", "rem", "root", "scalarproduct",
    "sdev", "sec", "sech", "selector", "semantics", "sep", "set", "setdiff", "share", "sin", "sinh", "stop",
    "subset", "sum", "switch", "symbol", "tan", "tanh", "tendsto", "text", "times", "transpose", "true",
    "tspan", "union", "uplimit", "use", "variance", "vector", "vectorproduct", "view", "xor",
))
# fmt: on
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)(?:[\s/][^<>]*+)?>")
_UNCOMMON_TAG = re.compile(
    r"<(?!/?(?:a|p|li|code|strong|em|img|h[1-6]|ul|ol|pre|span|div|table|t[rdh]|tbody|thead|blockquote|br|sup|b|i|hr|del)"
    r"[\s>/])[A-Za-z/]"
)
_resolve: ContextVar[Resolve] = ContextVar("resolve")
_faults: ContextVar[list[Exception]] = ContextVar("faults")


def only_common_tags(html: str) -> bool:
    """Whether there are only tags that most posts have: none of those that `embeds` is about, none that is foreign.

    Args:
        html: raw.
    """
    return _UNCOMMON_TAG.search(html) is None


def without_foreign_names(html: str) -> str:
    """Keep ammonia from dropping what follows `<int>`, `<path>`, `<text>`: outside SVG and MathML these are nothing.

    Args:
        html: raw; `vector<int>` that was not escaped is frequent in posts on programming.
    """
    names = {name.lower() for name in _TAG.findall(html)}
    if "math" not in names and _FOREIGN_NAMES.isdisjoint(names):
        return html
    return "".join(
        mathml.with_elements_of_its_own(piece, _DROPPED_WITH_CONTENTS)
        if is_formula
        else _TAG.sub(lambda tag: "" if tag[1].lower() in _FOREIGN_NAMES else tag[0], piece)
        for piece, is_formula in mathml.parted(without_element("svg", html))
    )


def with_embeds(html: str) -> str:
    """Sanitise, but let through what `embeds.linked` replaces.

    Args:
        html: raw, of bounded size and nesting.
    """
    return _cleaner_of_embeds().clean(html)


@lru_cache(maxsize=1)
def _cleaner_of_embeds() -> Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS | embeds.TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENTS - embeds.TAGS),
        attributes={
            name: _ATTRIBUTES.get(name, set()) | embeds.ATTRIBUTES.get(name, set())
            for name in _ATTRIBUTES | embeds.ATTRIBUTES
        },
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )


def sanitised(html: str, resolve: Resolve, hosts: Collection[str] = ()) -> str:
    """Keep only what is allowed, and only absolute URLs.

    Args:
        html: raw, of bounded size and nesting.
        resolve: a URL of the document -> absolute, or None where it is unusable.
        hosts: whose iframes stay.
    """
    faults: list[Exception] = []
    before = _resolve.set(resolve), _faults.set(faults)
    try:
        # What is raised in its calls nh3 only prints, and leaves the attribute as it was.
        with undisturbed():
            allowed = _cleaner(frozenset(hosts), True).clean(html)
    finally:
        _resolve.reset(before[0])
        _faults.reset(before[1])
    if faults:
        raise faults[0]
    return _finished(allowed)


def restructured(html: str, hosts: Collection[str] = ()) -> str:
    """Keep only what is allowed, with URLs as they are: for what is sanitised already, or wanted for its text alone.

    Args:
        html: of bounded size and nesting.
        hosts: whose iframes stay.
    """
    return _finished(_cleaner(frozenset(hosts), False).clean(html))


def _finished(allowed: str) -> str:
    allowed = mathml.closed(allowed)
    # A parser drops the first line break in <pre>: one more keeps an empty first line.
    return _WITHOUT_SOURCE.sub(_alternative, _PRE_LINE.sub(r"\1\n\n", allowed))


@lru_cache(maxsize=8)
def _cleaner(hosts: frozenset[str], resolving: bool) -> Cleaner:
    # Kept, since to make one takes a third of the time that an average post takes.
    import nh3

    def attribute(tag: str, name: str, value: str) -> str | None:
        try:
            if name in _PAGES:
                return _resolve.get()(value)
            if name in _FILES:
                url = _file_url(value)
                return url if tag != "iframe" or (url and embeds.is_of(url, hosts)) else None
            if name == "srcset":
                return _srcset(value)
            if name == "class":
                return next((word for word in value.split() if word.startswith("language-")), None)
            if tag in mathml.TAGS and not mathml.is_modest(name, value):
                return None
        except Exception as error:
            _faults.get().append(error)
            return None
        return value

    return nh3.Cleaner(
        tags=set(_TAGS | {"iframe"} if hosts else _TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENTS - {"iframe"} if hosts else _DROPPED_WITH_CONTENTS),
        attributes=_ATTRIBUTES | _IFRAME_ATTRIBUTES if hosts else _ATTRIBUTES,
        # A call for each attribute is a third of the time of sanitising.
        attribute_filter=attribute if resolving else None,
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )


def _alternative(match: re.Match[str]) -> str:
    """What becomes of an element that has no source: it gets one from its set, or leaves its text."""
    name, attributes = match[1], match[2]
    candidate = _FIRST_CANDIDATE.search(attributes)
    if candidate:
        return f'<img src="{candidate[1]}"{attributes}>' if name == "img" else match[0]
    alt = _ALT.search(attributes) if name == "img" else None
    return alt[1].replace("<", "&lt;").replace(">", "&gt;") if alt else ""


def _file_url(url: str) -> str | None:
    found = _resolve.get()(url)
    return found if found and found.startswith(("https:", "http:")) else None


def _srcset(value: str) -> str | None:
    candidates = []
    for match in _CANDIDATE.finditer(value):
        url = _file_url(match[1].rstrip(","))
        if url:
            candidates.append(f"{url} {match[2]}" if match[2] else url)
    return ", ".join(candidates) or None
