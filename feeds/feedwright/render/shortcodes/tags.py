"""What becomes of a tag or shortcode: one table of names for all engines, since they borrow from each other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from feedwright.model import Article, Site
from feedwright.render.html.link_targets import Lookup
from feedwright.render.shortcodes import expressions
from feedwright.render.shortcodes.calls import Call, call
from feedwright.render.shortcodes.media import inline, shown

LITERAL = frozenset(("raw", "verbatim"))
"""What they hold is text of the article, whatever it looks like."""

GONE = frozenset(("comment", "js", "css", "javascript", "stylesheet", "schema"))
"""What they hold is not for readers."""

CODE = frozenset(("highlight", "codeblock", "code", "prism", "mermaid", "graphviz", "plantuml", "snippet"))
"""What they hold is code."""

HOLDING = LITERAL | GONE | CODE
"""What they hold is looked at as a whole."""

_WITHOUT_TRACE = """
    assign set increment decrement cycle break continue extends import from layout seo feed_meta toc table_of_contents
    tableofcontents more excerpt clear clearfix csrf_token load do block filter autoescape spaceless with
    rawhtml raw raw_html html unsafe unsafe_html nomarkdown markdown include_toc
"""
_SILENT = frozenset(_WITHOUT_TRACE.split())
_DROPPED = ("capture", "for", "macro", "set", "tablerow")
_BRANCHES = frozenset(("if", "unless", "case", "ifversion", "ifchanged", "for", "tablerow", "macro", "capture", "set"))
_ELSE = frozenset(("else", "elsif", "elseif", "elif", "when"))
_REFERENCES = frozenset(("post_url", "link", "ref", "relref", "post_path", "post_link", "doc", "internal_link"))
_INCLUDES = frozenset(("include", "include_relative", "include_cached", "render", "partial", "include_file"))
_ASSETS = frozenset(("asset_path", "asset_url", "static", "staticref", "resource", "img_path"))
_QUOTES = frozenset(("blockquote", "pullquote", "quote", "epigraph"))
_FOLDED = frozenset(("details", "collapse", "spoiler", "expand", "accordion", "fold", "hideblock"))
_BUTTONS = frozenset(("button", "btn", "linkbutton", "button_link"))
_CALLED_OUT = """
    note notes info tip warn warning danger caution important alert callout admonition hint success error message
    notice attention question summary abstract example todo bug failure seealso see-also hint box aside sidenote
    do dont
"""
CALLOUTS = frozenset(_CALLED_OUT.split())
_LONGEST_VALUE = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands.

    Args:
        alone: with nothing else on its lines.
        first: with nothing before it on its line.
        address: where a URL is expected: in a link's target or an attribute.
        indent: the white space before it, where nothing else is.
    """

    alone: bool = False
    first: bool = False
    address: bool = False
    indent: str = ""


@dataclass(slots=True)
class Branch:
    """An open tag whose contents may not be shown; `cut` is where what is not shown begins."""

    name: str
    start: int
    cut: int | None = None
    seen: bool = False


@dataclass(slots=True)
class Page:
    """What is written of an article, and what tags may ask for.

    Args:
        pieces: of the text, in order.
        unknown: names of tags that cannot be rendered.
        opened: name -> places in `pieces` that wait for the end tag, with what is written there and at the end.
        branches: those that are open.
        patience: how many characters may still be gone through for braces that are never closed.
    """

    article: Article
    lookup: Lookup | None
    site: Site | None
    markdown: bool
    pieces: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    opened: dict[str, list[tuple[int, str, str, str]]] = field(default_factory=dict)
    branches: list[Branch] = field(default_factory=list)
    depth: Counter[str] = field(default_factory=Counter)
    values: dict[str, str] = field(default_factory=dict)
    patience: int = 200_000

    def known(self) -> dict[str, str]:
        """Variable -> value."""
        if not self.values:
            self.values = expressions.names(self.site, self.article)
        return self.values

    def report(self, name: str) -> str:
        """Note what cannot be rendered; nothing is shown of it."""
        if not any(self.depth[dropped] for dropped in _DROPPED):
            self.unknown[name] = None
        return ""

    def cut(self, start: int) -> None:
        """Take back what was written from a place on."""
        del self.pieces[start:]
        for places in self.opened.values():
            while places and places[-1][0] >= start:
                places.pop()


def opening(name: str, parameters: str, place: Place, page: Page) -> str:
    """What a tag, or a start tag, becomes.

    Args:
        name: as written.
        parameters: what follows it.
    """
    if name in _ELSE:
        _other_branch(name, page)
        return ""
    if name in _BRANCHES and not (name == "set" and "=" in parameters):
        if name == "for":
            page.report(name)
        page.branches.append(Branch(name, len(page.pieces)))
        page.depth[name] += 1
        return ""
    if name in ("assign", "set"):
        _assign(parameters, page)
    if name in _SILENT:
        return ""
    if name in _REFERENCES:
        return _reference(name, call(name, parameters), place, page)
    return _called(call(name, parameters), "end" if parameters.startswith("(") else name, place, page)


def _called(made: Call, closed_by: str, place: Place, page: Page) -> str:
    name = made.name
    if name in _INCLUDES:
        return _included(made, place, page)
    if name in _ASSETS or (name in ("asset_img", "image", "img", "figure") and place.address):
        return made.first("src", "url", "path") or made.word()
    paired = _paired(made, page)
    if paired and not made.first("src"):
        indent = place.indent if place.first else ""
        page.opened.setdefault(closed_by, []).append((len(page.pieces), *paired, indent))
        return ""
    if name in ("br", "newline"):
        return "<br>"
    if name == "asset_link" and made.words:
        address = made.word()
        return f'<a href="{escape(address)}">{escape(made.word(1) or address)}</a>'
    html = None if place.address else shown(made, place.alone)
    return page.report(name) if html is None else block(html, place)


def block(html: str, place: Place) -> str:
    """HTML on one line that Markdown takes for a block, without what follows it.

    Source: CommonMark 0.31.2 §4.6: a block that a comment begins ends with the line of the comment's end.
    """
    if place.alone:
        return f"<!-- -->{html}"
    return f"<!-- -->{html}\n{place.indent}" if place.first and not html.startswith(("<a", "<img", "<iframe")) else html


def _paired(made: Call, page: Page) -> tuple[str, str] | None:
    """What is written at the start and at the end, should there be an end tag."""
    name = made.name
    if name in _QUOTES:
        said = ", ".join(filter(None, (made.first("footer", "author", "by"), made.first("cite", "source", "title"))))
        source = said or " ".join(word.text for word in made.words)
        address = made.first("link", "url", "href")
        credit = f'<a href="{escape(address)}">{inline(source or address)}</a>' if address else inline(source)
        return "<blockquote>", f"<p>— {credit}</p></blockquote>" if credit else "</blockquote>"
    if name in _FOLDED:
        title = made.first("summary", "title", "label", "header") or " ".join(word.text for word in made.words)
        return f"<details><summary>{inline(title) or '…'}</summary>", "</details>"
    if name in CALLOUTS:
        title = made.first("title", "header", "heading") or next((w.text for w in made.words if w.quoted), "")
        return "<blockquote>" + (f"<p><strong>{inline(title)}</strong></p>" if title else ""), "</blockquote>"
    if name in _BUTTONS and (address := made.first("href", "link", "url", "relref") or made.word()):
        return f'<a href="{escape(address)}">', "</a>"
    return None


def closing(name: str, page: Page) -> str:
    """What an end tag becomes.

    Args:
        name: without the slash or "end"; "end" where it has none.
    """
    if page.depth[name]:
        _end_branch(name, page)
        return ""
    places = page.opened.get(name)
    if not places:
        return ""
    start, before, after, indent = places.pop()
    apart = f"\n\n{indent}" if page.markdown and not before.startswith("<a ") else ""
    page.pieces[start] = f"{apart}{before}{apart}"
    return f"{apart}{after}{apart}"


def _other_branch(name: str, page: Page) -> None:
    if page.branches:
        branch = page.branches[-1]
        if branch.cut is None and (name != "when" or branch.seen):
            branch.cut = len(page.pieces)
        branch.seen = True


def _end_branch(name: str, page: Page) -> None:
    while page.branches:
        branch = page.branches.pop()
        page.depth[branch.name] -= 1
        if branch.name == name:
            cut = branch.start if name in _DROPPED else branch.cut
            if cut is not None:
                page.cut(cut)
            return


def _assign(parameters: str, page: Page) -> None:
    name, equals, expression = parameters.partition("=")
    found = expressions.value(expression.strip(), page.known(), page.lookup) if equals else None
    if found is not None and len(found) <= _LONGEST_VALUE:
        page.known()[name.strip()] = found


def _reference(name: str, made: Call, place: Place, page: Page) -> str:
    """The address of another article; where there is none, what no link can be made of."""
    target, hash_, fragment = (made.first("path", "slug", "src") or made.word()).partition("#")
    if name in ("link", "doc") and not target:
        return page.report(name)
    article = page.article if hash_ and not target else page.lookup(target) if page.lookup else None
    address = f"{article.url}{hash_}{fragment}" if article else ""
    if not article:
        page.report(f"{name} {target}".strip()[:100])
        address = "about:blank" if place.address else ""
    if name == "post_link":
        words = [word.text for word in made.words[1:] if word.text not in ("true", "false")]
        title = " ".join(words) or (article.title if article else "")
        return f'<a href="{escape(address)}">{escape(title)}</a>' if address else escape(title)
    return address


def _included(made: Call, place: Place, page: Page) -> str:
    """Another file with parameters: what these show, where they are those of a picture, a video or the like."""
    file = made.word().lower()
    kind = re.sub(r"\.(?:html?|md|liquid|njk|svg)$", "", file.rpartition("/")[2])
    if kind in ("toc", "table-of-contents", "toc_auto", "share", "comments"):
        return ""
    whole = kind if "/" not in file else file.removesuffix(".html").replace("/", "_")
    parts = [part for part in (kind, *whole.split("_")) if part]
    for name in dict.fromkeys((*parts, "include")):
        html = None if place.address else shown(Call(name, made.words[1:], made.named), place.alone)
        if html is not None:
            return block(html, place)
    return page.report(made.name)
