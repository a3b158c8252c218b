"""Expressions within double braces: those whose value is known without the site's engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlsplit

from feedwright.model import Article, Site
from feedwright.render.html.link_targets import Lookup
from feedwright.render.shortcodes.calls import unquoted

_STRING = r""""(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|`[^`]*+`"""
_PATH = r"""[A-Za-z_][\w-]*+(?:\.[\w-]++|\[[^\[\]\n]{1,80}\])*+"""
_TOKEN = re.compile(
    rf"""\s*+(?:(?P<string>{_STRING})|(?P<path>{_PATH})|(?P<number>\d[\d.]*+)"""
    r"""|(?P<pipe>\|)|(?P<sign>:=|[-+*/%=!<>~?&:(),\[\]]|\.\.))""",
    re.DOTALL,
)
_GO = re.compile(
    r"(?:[.$](?![.$])|(?:end|else|if|range|with|define|template|block|partial|with|break|continue)\b(?!\s*[,|.]))[^{}]*+"
)
_OPERATORS = frozenset(("and", "or", "not", "in", "is", "if", "else", "contains"))
_FILTER = re.compile(rf"\|\s*+([A-Za-z_]\w*+)\s*+:?\s*+((?:[^|\"'`]|{_STRING})*+)", re.DOTALL)
_HEAD = re.compile(rf"\s*+({_STRING}|{_PATH})\s*+(\((?:[^()\"'`]|{_STRING})*+\))?\s*+", re.DOTALL)
_UNCHANGED = "safe raw escape escape_once h xml_escape html_safe strip trim markdownify smartify s"
_LONGEST_TITLE = 500
_KEEPING = frozenset(_UNCHANGED.split())


def names(site: Site | None, article: Article) -> dict[str, str]:
    """The variables that are known of a site and an article, as the engines call them.

    Args:
        site: None where only the article's own address is known.
    """
    home = site.url if site else "/".join(article.url.split("/")[:3]) + "/"
    parts = urlsplit(home)
    root = parts.path.rstrip("/")
    title = article.title[:_LONGEST_TITLE]
    known = dict.fromkeys(("site.baseurl", "site.base_url", "root_url", "baseurl", "site.root", "SITEURL"), root)
    known |= {"site.url": f"{parts.scheme}://{parts.netloc}", "config.base_url": home.rstrip("/"), "config.root": root}
    known |= {"site.baseURL": home.rstrip("/"), "config.url": home.rstrip("/"), "metadata.url": home.rstrip("/")}
    if site:
        known |= dict.fromkeys(("site.title", "site.name", "config.title", "metadata.title"), site.title)
        known |= {"site.description": site.description, "config.description": site.description}
    for page in ("page", "post", "article", "this"):
        known |= {f"{page}.title": title, f"{page}.slug": article.slug, f"{page}.lang": article.language}
        known |= {f"{page}.url": urlsplit(article.url).path or "/", f"{page}.permalink": article.url}
    return known | {"title": title}


def is_expression(text: str) -> bool:
    """Whether what stands between double braces is an expression of a template language, and no prose."""
    if _GO.fullmatch(text):
        return True
    position = 0
    before = ""
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            return not text[position:].strip() and bool(before)
        kind = found.lastgroup or ""
        operator = kind == "path" and found["path"] in _OPERATORS
        if kind == "path" and before == "path" and not operator:
            return False
        if not before and kind in ("pipe", "sign", "number"):
            return False
        before = "sign" if operator else kind
        position = found.end()
    return bool(before)


def name_of(text: str) -> str:
    """What an unknown expression is called: a literal's filter, else its first word."""
    head = _HEAD.match(text)
    filtered = _FILTER.match(text, head.end()) if head and head[1][0] in "\"'`" else None
    return (filtered[1] if filtered else re.split(r"[\s|(]", text, maxsplit=1)[0])[:60]


def value(text: str, known: Mapping[str, str], lookup: Lookup | None) -> str | None:
    """The value of an expression; None where only the site's engine knows it.

    Args:
        text: e.g. `"/sea/" | relative_url`, `page.title | escape`.
        known: variable -> value.
        lookup: the name of a source file -> its article.
    """
    head = _HEAD.match(text)
    if head is None:
        return None
    found: str | None
    if head[2]:
        found = _called(head[1], head[2], known, lookup)
    elif head[1][0] in "\"'`":
        found = unquoted(head[1])
    else:
        found = known.get(head[1])
    rest = text[head.end() :]
    position = 0
    while found is not None and position < len(rest):
        step = _FILTER.match(rest, position)
        found = _filtered(found, step[1], step[2], known) if step else None
        position = step.end() if step else position
    return found


def _called(name: str, arguments: str, known: Mapping[str, str], lookup: Lookup | None) -> str | None:
    literal = re.search(_STRING, arguments)
    if literal is None or name not in ("get_url", "url_for", "url", "relref", "ref"):
        return None
    target = unquoted(literal[0])
    article = lookup(target) if lookup and not target.startswith("http") else None
    return article.url if article else _rooted(target, known) if not target.startswith("@/") else None


def _rooted(path: str, known: Mapping[str, str]) -> str:
    if re.match(r"[a-z]+:|//|#", path, re.IGNORECASE):
        return path
    root = known["site.baseurl"]
    return path if root and path.startswith(root + "/") else f"{root}/{path.lstrip('/')}"


def _filtered(text: str, name: str, argument: str, known: Mapping[str, str]) -> str | None:
    given = argument.strip()
    operand = unquoted(given) if given[:1] in ("'", '"') else known.get(given)
    if name in _KEEPING:
        return escape(text, quote=False) if name in ("escape", "xml_escape") and not text.startswith("/") else text
    if name in ("relative_url", "url", "relURL", "relative", "rel_url", "htmlBaseUrl", "locale_url"):
        return _rooted(text, known)
    if name in ("absolute_url", "absURL", "absoluteUrl", "full_url"):
        rooted = _rooted(text, known)
        return known["site.url"] + rooted if rooted.startswith("/") and not rooted.startswith("//") else rooted
    if name in ("prepend", "append"):
        return None if operand is None else operand + text if name == "prepend" else text + operand
    if name in ("upcase", "upper", "downcase", "lower", "capitalize"):
        return text.upper() if name.startswith("up") else text.capitalize() if name == "capitalize" else text.lower()
    if name in ("uri_escape", "url_encode", "cgi_escape", "urlencode"):
        return quote(text)
    if name == "default":
        return text or None
    if re.match("https?://", text):
        # Whatever the site's own filter makes of an address, what it showed is not lost.
        title = escape(operand or "")
        return f'<iframe src="{escape(text)}" title="{title}"></iframe>'
    return None
