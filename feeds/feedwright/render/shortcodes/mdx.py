"""MDX: imports, components and expressions within Markdown."""

from __future__ import annotations

import re
from html import escape

from feedwright.render.shortcodes.calls import Call
from feedwright.render.shortcodes.media import inline, shown
from feedwright.render.shortcodes.tags import CALLOUTS, Page, Place, block

_FROM = r"(?:[\w*$]+[^'\"\n]*?[ \t]from[ \t]+|\{[^{}'\"]{0,2000}\}[ \t]*from[ \t]+)?"
_IMPORT = rf"import[ \t]+{_FROM}(?P<q>['\"])[^'\"\n]+(?P=q)[ \t]*;?"
_CERTAIN = re.compile(
    rf"^[ \t]*(?P<fence>`{{3,}}|~{{3,}})|^(?P<import>{_IMPORT}[ \t]*$)"
    r"|^(?P<tag>[^\n`]{0,200}<[A-Za-z][^<>\n`]{0,500}[ \t](?:style=\{\{|className=[\"{]))",
    re.MULTILINE,
)
_LIKELY_IMPORT = re.compile(r"\nimport (?:[^\n]*['\"]|\{)")
MODULE = re.compile(r"\n(?:import|export)[ \t{*'\"](?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*+")
_DEFAULT_IMPORT = re.compile(r"\nimport[ \t]+(\w+)[ \t]+from[ \t]+(['\"])([^'\"\n]+)\2")
_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*+)?")
_PART = re.compile(
    r"""\s*+(?:(?P<key>[A-Za-z_:@][\w.:-]*+)(?:\s*+=\s*+(?:(?P<value>"[^"]*+"|'[^']*+')|(?P<brace>\{)))?"""
    r"|(?P<spread>\{)|(?P<end>/?>))"
)
_BRACE = re.compile(r"""[{}]|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|`(?:\\.|[^`\\])*+`|/\*""", re.DOTALL)
_STRING = re.compile(
    r"""\s*(?:(?:require|useBaseUrl)\(\s*)?(["'`])((?:(?!\1|\$\{).)*)\1\s*\)?(?:\.default)?\s*""", re.DOTALL
)
_HTML_NAMES = {"classname": "class", "htmlfor": "for"}
_CONTENTS_LONGEST = 20_000
_HEADING_ID = re.compile(r"\{#[\w-]+\}")


def likely(text: str) -> bool:
    """Whether it is worth while to ask `certain`."""
    return "={" in text or _LIKELY_IMPORT.search("\n" + text) is not None


def certain(text: str) -> bool:
    """Whether a Markdown file is MDX, by what stands outside its code: an import, or an attribute in braces."""
    fence = ""
    for found in _CERTAIN.finditer(text):
        if found["fence"]:
            mark = found["fence"]
            fence = mark if not fence else "" if mark.startswith(fence) else fence
        elif not fence:
            return True
    return False


def imported(module: str) -> dict[str, str]:
    """The files that lines of imports give a name to."""
    return {found[1]: found[3] for found in _DEFAULT_IMPORT.finditer(module)}


def brace_end(text: str, start: int, page: Page) -> int:
    """The place after the brace that closes the one at `start`; -1 where there is none within reach."""
    depth, position, limit = 0, start, min(len(text), start + _CONTENTS_LONGEST)
    if page.patience <= 0:
        return -1
    while found := _BRACE.search(text, position, limit):
        position = found.end()
        if found[0] == "/*":
            position = text.find("*/", position, limit)
            if position < 0:
                break
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return position
    page.patience -= limit - start
    return -1


def expression(text: str, start: int, page: Page) -> tuple[int, str | None]:
    """What an expression in braces becomes: the text of a literal, nothing of others.

    Args:
        text: with "{" at `start`.

    Returns: where it ends and what stands for it; None where it is none.
    """
    if _HEADING_ID.match(text, start):
        return start + 1, None
    end = brace_end(text, start, page)
    if end < 0:
        return start + 1, None
    inside = text[start + 1 : end - 1].strip()
    literal = _STRING.fullmatch(inside)
    if literal:
        return end, escape(literal[2], quote=False)
    if inside and not inside.startswith("/*"):
        page.report("{" + inside.split("\n")[0][:40] + "}")
    return end, ""


def tag_end(text: str, start: int, files: dict[str, str], page: Page) -> tuple[int, str, dict[str, str], bool] | None:
    """Take a tag apart.

    Args:
        text: with "<" at `start`.
        files: what is imported, by name.

    Returns: where it ends, its name ("" for a fragment), its attributes that have a known value (their names in lower
        case), and whether anything in it was in braces; None where it is no tag.
    """
    head = _NAME.match(text, start)
    if head is None:
        return None
    attributes: dict[str, str] = {}
    braces = False
    position = head.end()
    while True:
        part = _PART.match(text, position)
        if part is None or position - start > _CONTENTS_LONGEST:
            return None
        position = part.end()
        if part["end"]:
            return position, head[1] + (head[2] or ""), attributes, braces
        value = part["value"]
        if part["brace"] or part["spread"]:
            braces = True
            opened = position - 1
            position = brace_end(text, opened, page)
            if position < 0:
                return None
            inside = text[opened + 1 : position - 1]
            literal = _STRING.fullmatch(inside)
            value = f'"{literal[2]}"' if literal else f'"{found}"' if (found := files.get(inside.strip())) else None
        if part["key"] and value:
            attributes.setdefault(part["key"].lower(), value[1:-1])


def tag(text: str, start: int, place: Place, files: dict[str, str], page: Page) -> tuple[int, str | None]:
    """What a tag becomes: of a well-known component what it shows, nothing of another one, HTML without its braces.

    Args:
        text: with "<" at `start`.
        place: where it stands, but for what follows it.
        files: what is imported, by name.
    """
    parts = tag_end(text, start, files, page)
    if parts is None:
        return start + 1, None
    end, name, attributes, braces = parts
    bare = name.lstrip("/")
    if bare and not bare[0].isupper() and "." not in bare:
        if not braces:
            return end, None
        return end, _html(bare, attributes, closed=text[end - 2] == "/")
    alone = place.first and text[end : end + 200].partition("\n")[0].strip() == ""
    return end, _component(name, attributes, Place(alone, place.first, False, place.indent), page)


def _html(name: str, attributes: dict[str, str], closed: bool) -> str:
    kept = "".join(f' {_HTML_NAMES.get(key, key)}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{kept}></{name}>" if closed and name in ("iframe", "video", "audio", "div") else f"<{name}{kept}>"


def _component(name: str, attributes: dict[str, str], place: Place, page: Page) -> str:
    bare, kind = name.lstrip("/"), name.lstrip("/").lower()
    if kind in ("link", "navlink", "a") and (name.startswith("/") or attributes.get("to") or attributes.get("href")):
        address = attributes.get("to") or attributes.get("href") or ""
        return "</a>" if name.startswith("/") else f'<a href="{escape(address)}">'
    if kind == "admonition" or kind in CALLOUTS:
        apart = f"\n\n{place.indent}" if place.alone else ""
        title = attributes.get("title") or (attributes.get("type", "").capitalize() if kind == "admonition" else "")
        said = f"<p><strong>{inline(title)}</strong></p>" if title else ""
        return f"{apart}</blockquote>{apart}" if name.startswith("/") else f"{apart}<blockquote>{said}{apart}"
    if name.startswith("/") or not bare:
        return ""
    if kind in ("tabitem", "tab") and (label := attributes.get("label") or attributes.get("value")):
        return block(f"<p><strong>{inline(label)}</strong></p>", place)
    html = shown(Call(kind, (), attributes), place.alone)
    if html is not None:
        return block(html, place)
    return "" if kind in ("tabs", "fragment", "br") else page.report(f"<{bare}>")
