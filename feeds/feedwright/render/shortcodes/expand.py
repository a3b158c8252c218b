"""Template languages within Markdown and HTML: what a site's engine would have replaced, before anything is rendered.

One pass from left to right. What is code stays as it is written, but for the marks that keep an engine from reading
it (`raw`, `{{</* */>}}`). Everything that is looked for ahead is looked for once: the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedwright.model import Article, Site
from feedwright.render.html.link_targets import Lookup
from feedwright.render.shortcodes import blocks, expressions, mdx, tags
from feedwright.render.shortcodes.calls import call
from feedwright.render.shortcodes.code import Code, outside_escapes
from feedwright.render.shortcodes.detect import BRACE, LINE, has_brace, has_line
from feedwright.render.shortcodes.media import code_block, shown
from feedwright.render.shortcodes.tags import Page, Place

_TICKS = re.compile(r"```")
_TILDES = re.compile(r"~~~")
_ELEMENT = re.compile(r"<(?:pre|code|script|style|textarea|PRE|CODE|SCRIPT|STYLE|TEXTAREA|!--)(?=[\s>-])")
# Every choice begins with a letter that is not in brackets: else each place is tried, which takes four times as long.
_STEP = rf"``*+|~~~|\n(?=[ \t>]*+(?::{{3}}|\[\[?_?(?:TOC|toc)|\[![A-Za-z]))|{_ELEMENT.pattern}"
_IN_HTML = re.compile(rf"{_ELEMENT.pattern}|\{{[%{{#]")
_IN_MARKDOWN = re.compile(rf"{_STEP}|{BRACE.pattern}")
_IN_MDX = re.compile(rf"{_STEP}|<[A-Za-z/>]|\{{|\n(?:import|export)[ \t{{*'\"]")
_TAG_HEAD = re.compile(r"[-+~]?\s*+(/?)\s*+([A-Za-z_][\w./-]*+)(?=[\s(,\"':-]|\Z)\s*+")
_SHORTCODE_HEAD = re.compile(r"-?\s*+(/?)\s*+([A-Za-z_][\w./-]*+)(?=[\s\"'`/]|\Z)\s*+")
_CALL = re.compile(r"[A-Za-z_][\w.:]*+\s*+\(.*\)", re.DOTALL)
_FUNCTION = re.compile(r"([A-Za-z_]\w*+)\s++([\"'`].*)", re.DOTALL)
_MATHS_BEFORE = re.compile(r"(?:\\[A-Za-z]+|[\\^_}{$&=])[ \t]*\Z")
_ITEM = re.compile(r"[ \t]*+(?:(?:[*+-]|\d{1,9}[.)]|>)[ \t]*+)++")
_LONGEST_TAG = 10_000
_LONGESTLINE = 400


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text without template syntax.

    Args:
        text: Markdown or HTML, as it was.
        unknown: the names of tags that nobody but the site's engine can render, each once, in order.
    """

    text: str
    unknown: tuple[str, ...] = ()


def expand(text: str, *, article: Article, lookup: Lookup | None = None, site: Site | None = None) -> Expanded:
    """Render template tags, shortcodes and components; drop those that are unknown, but keep what they hold.

    Args:
        text: of the body, free of what XML forbids.
        article: whose body it is; the body's type and the file's suffix count.
        lookup: the name of a source file, without fragment -> its article, None where there is none.
        site: whose address and title tags may ask for; None where only the article's address is known.

    Returns: `text` itself where there is nothing to do.
    """
    markdown = article.body.type == "markdown"
    braces = has_brace(text)
    line = markdown and has_line(text)
    is_mdx = markdown and (
        article.key.endswith(".mdx") or ((line or braces) and mdx.likely(text) and mdx.certain(text))
    )
    if not (braces or line or is_mdx):
        return Expanded(text)
    page = Page(article, lookup, site, markdown)
    expansion = _Expansion("\n" + text, page, is_mdx)
    written = expansion.whole(_IN_MDX) if is_mdx else expansion.parts(_IN_MARKDOWN if markdown else _IN_HTML)
    return Expanded(written[1:], tuple(page.unknown))


class _Expansion:
    """One pass over a text, which begins with a line break."""

    def __init__(self, text: str, page: Page, is_mdx: bool) -> None:
        self.text, self.page, self.is_mdx = text, page, is_mdx
        self.code = Code(text)
        self.fences: list[bool] = []
        self.files: dict[str, str] = {}
        self._steps = {"`": self._ticks, "~": self._ticks, "<": self._element, "{": self._brace, "\n": self._line}

    def whole(self, pattern: re.Pattern[str]) -> str:
        """Look at everything."""
        position = kept = 0
        while found := pattern.search(self.text, position):
            position, kept = self._step(found, kept)
        return "".join((*self.page.pieces, self.text[kept:]))

    def parts(self, pattern: re.Pattern[str]) -> str:
        """Look at what may be a tag, at the paragraph before it, and at blocks of code on the way."""
        ahead = (BRACE, LINE) if self.page.markdown else (BRACE,)
        blocks_of_code = (_TICKS, _TILDES, _ELEMENT) if self.page.markdown else (_ELEMENT,)
        position = kept = 0
        last = paragraph = -1
        while (place := self.code.first(ahead, position)) >= 0:
            if place != last:
                last, paragraph = place, self.text.rfind("\n\n", position, place)
            blocked = self.code.first(blocks_of_code, position)
            start = paragraph if blocked < 0 else min(blocked, paragraph)
            found = pattern.search(self.text, max(position, start))
            if found is None:
                break
            position, kept = self._step(found, kept)
        return "".join((*self.page.pieces, self.text[kept:]))

    def _step(self, found: re.Match[str], kept: int) -> tuple[int, int]:
        """Go over what was found; returns where to go on, and from where on the text is not yet written."""
        start, pieces = found.start(), self.page.pieces
        pieces.append(self.text[kept:start])
        end, written = self._steps[self.text[start]](start)
        if written is None:
            return end, start
        pieces.append(written)
        return end, end

    # Each step is told where it begins, and returns where it ends and what stands for it (None: what is there).

    def _ticks(self, start: int) -> tuple[int, str | None]:
        end = self.code.fence_end(start) if self.text.startswith(("```", "~~~"), start) else start
        if end == start:
            if self.text[start] == "~":
                return start + 3, None
            end = self.code.span_end(start)
        return self._as_code(start, end)

    def _element(self, start: int) -> tuple[int, str | None]:
        if self.is_mdx and not _ELEMENT.match(self.text, start):
            return mdx.tag(self.text, start, self._place(start, start), self.files, self.page)
        end = self.code.element_end(start)
        return (end, None) if self.text.startswith("<!--", start) else self._as_code(start, end)

    def _as_code(self, start: int, end: int) -> tuple[int, str | None]:
        """What stands in code, without what keeps an engine from reading it."""
        inside = self.text[start:end]
        return end, outside_escapes(inside) if "{%" in inside or "/*" in inside else None

    def _line(self, start: int) -> tuple[int, str | None]:
        if self.is_mdx and (module := mdx.MODULE.match(self.text, start)):
            self.files |= mdx.imported(module[0])
            return module.end(), "\n"
        if found := blocks.ADMONITION.match(self.text, start):
            return found.end(), blocks.admonition(found, self.fences)
        if found := blocks.CONTENTS.match(self.text, start):
            return found.end(), ""
        if found := blocks.ALERT.match(self.text, start):
            return found.end(), blocks.alert(found)
        return start + 1, None

    def _brace(self, start: int) -> tuple[int, str | None]:
        text = self.text
        if text.startswith(("{:", "{.", "{/", "{#"), start) and (found := self._mark(start))[1] is not None:
            return found
        second = text[start + 1 : start + 2]
        if second in ("%", "{") and self.code.indented(start):
            end = self.code.next("%}" if second == "%" else "}}", start + 2)
            return self._as_code(start, end + 2) if 0 <= end - start <= _LONGEST_TAG else (start + 2, None)
        if second == "%":
            end, written = self._tag(start)
        elif second == "{":
            end, written = self._shortcode(start) if text[start + 2 : start + 3] in ("<", "%") else self._output(start)
        else:
            end, written = start + 1, None
        if written is None and self.is_mdx:
            return mdx.expression(text, start, self.page)
        return end, written

    def _mark(self, start: int) -> tuple[int, str | None]:
        """A comment, or a list of attributes."""
        text = self.text
        if text.startswith("{/*", start):
            close = self.code.next("*/}", start)
            comment = text[start + 3 : close].strip() if close >= 0 else ""
            return (
                (close + 3, "<!-- truncate -->" if comment == "truncate" else "") if close >= 0 else (start + 1, None)
            )
        if found := blocks.HIDDEN.match(text, start):
            close = self.code.next("{:/", found.end())
            return (text.find("}", close) + 1 or len(text), "") if close >= 0 else (found.end(), "")
        if found := blocks.EXTENSION.match(text, start):
            return found.end(), ""
        closed = text.find("}", start, start + _LONGESTLINE) + 1
        if closed and (end := blocks.attributes(text, start, self._place(start, closed).alone)) > start:
            if text.startswith("toc", start + 2) or text.startswith(" toc", start + 2):
                self.page.pieces[-1] = blocks.without_last_item(self.page.pieces[-1])
            return end, ""
        if text.startswith("{#", start) and (close := self.code.next("#}", start + 2)) >= 0:
            inside = text[start + 2 : close]
            if len(inside) <= _LONGEST_TAG and "{#" not in inside and (inside[:1] in " \n-\t"):
                return close + 2, ""
        return start + 1, None

    def _tag(self, start: int) -> tuple[int, str | None]:
        text = self.text
        close = self.code.next("%}", start + 2)
        inside = text[start + 2 : close] if 0 <= close - start <= _LONGEST_TAG else "{%"
        if text.startswith("{%/*", start) and inside.endswith("*/"):
            return close + 2, "{%" + inside[2:-2] + "%}"
        head = _TAG_HEAD.match(inside) if "{%" not in inside else None
        if head is None:
            return start + 2, None
        name, end = head[2], close + 2
        parameters = inside[head.end() :].rstrip("-+~").rstrip()
        if name.startswith("end") and not parameters.strip(",)") and (name == "end" or name[3:] != ""):
            return end, tags.closing(name[3:].lstrip("_-") or "end", self.page)
        if head[1]:
            return end, tags.closing(name, self.page)
        if name in tags.HOLDING:
            after, held = self.code.held(rf"\{{%[-+~]?\s*end_?{name}\b[^%{{}}]*?%\}}", end)
            if held is not None:
                return after, self._holding(name, parameters, held, self._place(start, after))
        return end, tags.opening(name, parameters, self._place(start, end), self.page)

    def _shortcode(self, start: int) -> tuple[int, str | None]:
        text = self.text
        mark = "%" if text[start + 2] == "%" else ">"
        close = self.code.next_outside_quotes(mark + "}}", start + 3)
        inside = text[start + 3 : close] if 0 <= close - start <= _LONGEST_TAG else "{{<"
        if inside.startswith("/*") and inside.endswith("*/"):
            return close + 3, text[start : start + 3] + inside[2:-2] + text[close : close + 3]
        head = _SHORTCODE_HEAD.match(inside) if "{{<" not in inside and "{{%" not in inside else None
        if head is None:
            return (start + 1 if mark == "%" else start + 3), None
        name, end = head[2].lower(), close + 3
        parameters = inside[head.end() :].rstrip("-").rstrip().removesuffix("/").rstrip()
        if head[1]:
            return end, tags.closing(name, self.page)
        if name in tags.GONE | tags.CODE:
            after, held = self.code.held(rf"\{{\{{[<%]-?\s*/\s*{name}\s*-?[>%]\}}\}}", end)
            if held is not None:
                return after, self._holding(name, parameters, held, self._place(start, after))
        return end, tags.opening(name, parameters, self._place(start, end), self.page)

    def _holding(self, name: str, parameters: str, held: str, place: Place) -> str:
        """What becomes of a tag together with what it holds."""
        if name in tags.LITERAL:
            return held
        if name in tags.GONE:
            return ""
        if held.lstrip().startswith(("```", "~~~", "<pre")):
            return held
        made = call(name, parameters)
        first = made.word()
        language = made.first("lang", "language", "class") or ("" if name in ("codeblock", "code") else first)
        language = language if name not in ("mermaid", "graphviz", "plantuml") else name
        words = [word.text for word in made.words] if name in ("codeblock", "code") else []
        title = made.first("title", "caption") or " ".join(words)
        code = code_block(outside_escapes(held), language, title if title.lower() != language.lower() else "")
        return tags.block(code, place)

    def _output(self, start: int) -> tuple[int, str | None]:
        text = self.text
        close = self.code.next_outside_quotes("}}", start + 2)
        inside = text[start + 2 : close] if 0 <= close - start <= _LONGEST_TAG else "{{"
        if inside.startswith("/*") and inside.endswith("*/"):
            return close + 2, "{{" + inside[2:-2] + "}}"
        bare = inside[1:].strip("-").strip() if inside.startswith("{") else inside.strip("-").strip()
        end = close + 2 + (inside.startswith("{") and text.startswith("}", close + 2))
        if not bare or ("{{" in inside and bare[0] not in "\"'" and not _FUNCTION.match(bare)):
            return start + 1, None
        found = expressions.value(bare, self.page.known(), self.page.lookup)
        if found is None:
            return self._unknown_output(bare, start, end)
        return end, None if bare == inside and self._is_maths(bare, start) else found

    def _unknown_output(self, bare: str, start: int, end: int) -> tuple[int, str | None]:
        """An expression whose value is not known, a call, or no expression."""
        named = _FUNCTION.fullmatch(bare)
        if named:
            return end, self._function(named, start, end)
        if not expressions.is_expression(bare):
            return start + 1, None
        if self.text.startswith(bare, start + 2) and self._is_maths(bare, start):
            return end, None
        if _CALL.fullmatch(bare):
            name, _, parameters = bare.partition("(")
            return end, tags.opening(name.strip(), "(" + parameters, self._place(start, end), self.page)
        if bare not in ("content", "toc", "_self"):
            self.page.report(expressions.name_of(bare))
        return end, ""

    def _function(self, named: re.Match[str], start: int, end: int) -> str:
        """A Go template's function that is called with a text."""
        made, place = call(named[1], named[2]), self._place(start, end)
        if made.name in ("raw", "rawhtml", "safehtml"):
            return made.word()
        if made.name in ("ref", "relref"):
            return tags.opening(made.name, named[2], place, self.page)
        html = shown(made, place.alone)
        return self.page.report(made.name) if html is None else tags.block(html, place)

    def _is_maths(self, bare: str, start: int) -> bool:
        """Whether braces group what is in a formula."""
        if re.search(r"[|\"'.(\[]", bare):
            return False
        before = self.text[max(0, start - 2_000) : start].rpartition("\n\n")[2]
        if _MATHS_BEFORE.search(before[-40:]):
            return True
        return before.count("$$") % 2 == 1 or before.replace("$$", "").rpartition("\n")[2].count("$") % 2 == 1

    def _place(self, start: int, end: int) -> Place:
        text = self.text
        begin = text.rfind("\n", max(0, start - _LONGESTLINE), start)
        before = text[begin + 1 : start] if begin >= 0 else "…"
        first = not before.strip()
        begins = first or _ITEM.fullmatch(before) is not None
        finish = text.find("\n", end, end + _LONGESTLINE)
        rest = text[end : finish if finish >= 0 else end + _LONGESTLINE]
        address = before.endswith(("(", "(<", '="', "='", "=", "]:", "]: ")) or text[start - 1 : start] in ("/",)
        return Place(begins and not rest.strip(), first, address, before if first else "")
