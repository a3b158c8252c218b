"""Bodies and lines of text: Markdown or HTML in, clean HTML and plain text out.

Markdown is pulldown-cmark's (pyromark), sanitising is ammonia's (nh3). Regular expressions are used on what nh3
wrote, where attribute values stand in double quotes and text has no bare "<"; on raw HTML only to find or
remove what nh3 then sees anyway.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from typing import NamedTuple
from unicodedata import category

from feedwright.errors import FeedsError, Problem
from feedwright.model import Article, Body, Site
from feedwright.render.html import embeds
from feedwright.render.html.embeds import Resolve
from feedwright.render.html.link_targets import Lookup, target
from feedwright.render.html.mathml import without_copies
from feedwright.render.html.sanitise import (
    only_common_tags,
    restructured,
    sanitised,
    with_embeds,
    without_foreign_names,
)
from feedwright.render.shortcodes import detect
from feedwright.text.characters import xml_safe
from feedwright.text.html_bounds import MAX_LENGTH, excess, tamed, without_inlined_files
from feedwright.text.plain_text import WHITE_SPACE
from feedwright.text.urls import absolute
from feedwright.text.user_info import user_of, without_passwords

__all__ = ["BodyError", "Cleaned", "absolute", "clean", "excerpt", "text", "xml_safe"]


class BodyError(FeedsError):
    """A body cannot be made safe in bounded time and memory."""


# --- Bodies ---

_TABLE_ALIGNMENT = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
# This finds two characters three times as fast as `in` does.
_NUMERIC = re.compile("&#")
_RAW_HTML = re.compile(r"<[A-Za-z/!]")
_LINK = re.compile(r'<a(?: [a-z]+="[^"]*+")*? href="([^"]*+)"')
_MORE = re.compile(r"<!--\s{0,9}(?:more|truncate)(?:\s[^<>]{0,200})?-->", re.IGNORECASE)


class Cleaned(NamedTuple):
    """An article with a clean body.

    Args:
        problems: what of it could not be rendered.
        links: every address in it, of pages and files, and perhaps some that were left out; absolute.
    """

    article: Article
    problems: tuple[Problem, ...]
    links: Collection[str] = frozenset()


def clean(
    article: Article,
    embed_hosts: Collection[str] = (),
    lookup: Lookup | None = None,
    site: Site | None = None,
    content: str = "",
) -> Cleaned:
    """Make an article's body safe and complete, and give it a summary where its author wrote none.

    Args:
        article: its body Markdown, HTML (a fragment or a whole document), or clean already.
        embed_hosts: domain names whose iframes stay; of other ones a link is left.
        lookup: the name of a source file, as links and tags have it -> its article.
        site: whose address and title template tags may ask for.
        content: the content folder that the article is in, as `Config.content` has it.

    Returns: the article with a clean body, every URL in it absolute against the article's own; a warning for each
        template tag that only the site's engine can render.

    Raises:
        BodyError: the body is so large or tangled that it cannot be sanitised in bounded time.

    Source: WHATWG HTML; the W3C feed validator's list of elements.
    """
    unknown: tuple[str, ...] = ()
    users: list[str] = []
    links: set[str] = set()
    cut = 0
    if article.body.type == "clean":
        body, before_more = article.body.text, ""
        links.update(links_of(body))
    else:
        source, unknown = _expanded(article, lookup, site)

        def resolve(url: str) -> str | None:
            if user := user_of(url):
                users.append(user)
            meant = url if article.body.type == "page" else target(url, article, lookup, site, content)
            found = absolute(meant, article.url)
            if found:
                links.add(found)
            return found

        if source is not article.body.text:
            article = replace(article, body=Body(source, article.body.type))
        body, before_more = _sanitised(article, resolve, embed_hosts)
        body, before_more, cut = _without_users(body, before_more, users)
    summary = article.summary or _summary(body, before_more)
    whole = replace(article, body=Body(body, "clean"), summary=summary)
    return Cleaned(whole, tuple(_problems(article.key, unknown, cut)), links)


def _expanded(article: Article, lookup: Lookup | None, site: Site | None) -> tuple[str, tuple[str, ...]]:
    source = without_inlined_files(xml_safe(article.body.text))
    if len(source) > MAX_LENGTH:
        raise _too_much(article, f"it has more than {MAX_LENGTH:,} characters")
    if article.body.type == "page" or not detect.may_be(source, article):
        return source, ()
    # Much to load for a site that has no tags.
    from feedwright.render.shortcodes.expand import expand

    expanded = expand(source, article=article, lookup=lookup, site=site)
    return expanded.text, expanded.unknown


def _problems(key: str, unknown: Sequence[str], cut: int) -> Iterator[Problem]:
    """What is told of a text: template tags that nobody knows, and how many URLs with a user's name were cut."""
    for name in unknown:
        yield Problem("warning", "template-unknown", key, *_unknown(name))
    if cut:
        yield Problem("warning", "url-user-info", key, *_cut_users(cut))


def _unknown(name: str) -> tuple[str, str]:
    what = f"the template tag {name!r} can be rendered by the site's engine alone"
    return what, "It is left out of the feeds; what it holds is kept."


def _without_users(body: str, before_more: str, users: Sequence[str]) -> tuple[str, str, int]:
    """A clean body and its beginning without the user information of URLs, and how many URLs had some.

    Args:
        users: what was cut from its links already: a link's text often repeats it.
    """
    for user in sorted(set(users)):
        body, before_more = (html.replace(f"//{escape(user)}@", "//") for html in (body, before_more))
    body, count = without_passwords(body)
    return body, without_passwords(before_more)[0], len(users) + count


def _cut_users(count: int) -> tuple[str, str]:
    what = "a URL in the text holds" if count == 1 else f"{count} URLs in the text hold"
    hint = "Remove them: every reader would see them. They were left out of the feeds."
    return f"{what} a user name or password", hint


def _sanitised(article: Article, resolve: Resolve, hosts: Collection[str]) -> tuple[str, str]:
    """The clean body, and that of its part before a "more" mark (empty where there is none)."""
    html, common = _rendered(article)
    more = _MORE.search(html)
    before_more = xml_safe(restructured(html[: more.start()])) if more else ""
    if embeds.present(html, common):
        html = xml_safe(embeds.linked(with_embeds(embeds.without_noscript(html)), resolve, hosts))
    body = sanitised(html, resolve, hosts)
    if _NUMERIC.search(html):
        # Only a numeric reference can bring a forbidden character back.
        body = xml_safe(body)
    if article.body.type != "markdown" or _RAW_HTML.search(article.body.text):
        # Misnested HTML may parse differently once it was written: what is published must read as it was checked.
        for _ in range(4):
            if restructured(body, hosts) == body:
                break
            body = sanitised(body, resolve, hosts)
    return body, before_more


def _rendered(article: Article) -> tuple[str, bool]:
    """The body as raw HTML, of which a parser can make sense in bounded time; whether its tags are common ones."""
    source = article.body.text
    if len(source) > MAX_LENGTH:
        raise _too_much(article, f"it has more than {MAX_LENGTH:,} characters")
    if article.body.type == "markdown":
        rendered = _from_markdown(source)
        source = xml_safe(rendered) if _NUMERIC.search(source) else rendered
    html = tamed(without_copies(source))
    common = only_common_tags(html)
    html = html if common else without_foreign_names(html)
    reason = excess(html)
    if reason:
        raise _too_much(article, reason)
    return html, common


def _too_much(article: Article, reason: str) -> BodyError:
    what = f"the body cannot be made safe in bounded time: {reason}"
    return BodyError(Problem("error", "body-too-complex", article.key, what, "Simplify it, or split the article."))


def _from_markdown(source: str) -> str:
    import pyromark

    options = pyromark.Options
    html = pyromark.html(
        source,
        options=options.ENABLE_TABLES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_TASKLISTS
        | options.ENABLE_HEADING_ATTRIBUTES,
    )
    if 'type="checkbox"' in html:
        html = html.replace('<input disabled="" type="checkbox"/>\n', "☐ ")
        html = html.replace('<input disabled="" type="checkbox" checked=""/>\n', "☑ ")
    return _TABLE_ALIGNMENT.sub(r'<\1 align="\2">', html) if "text-align" in html else html


# --- Text of a clean body ---

_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|rb|rtc|ruby|s|samp|small|span|strike"
    r'|strong|sub|sup|time|tt|u|var|wbr)(?: [a-z]+="[^"]*+")*+>'
)
_ANY_TAG = re.compile(r'</?[a-z][a-z0-9]*+(?: [a-z]+="[^"]*+")*+>')
_GLOSS = re.compile(r"<(r[tp])(?: [^<>]*+)?>[^<]*+</\1>")
_FOOTNOTE_MARK = re.compile(r"<sup(?: [^<>]*+)?><a [^<>]*+>[^<]*+</a></sup>")
_LINK_TEXT = re.compile(r"<a(?: [^<>]*+)?>.*?</a>", re.DOTALL)
_PARAGRAPH_OR_ASIDE = re.compile(r"<(/?)(p|figure|figcaption|aside|nav|table|details|footer)(?: [^<>]*+)?>")
_TEMPLATE_TAGS = re.compile(r"(?:\{[{%:][^{}]*+\}+\s*+)+")
_TEASER = 1000


def links_of(html: str) -> list[str]:
    """The addresses to which clean HTML links, in its order.

    Args:
        html: as `clean` wrote it.
    """
    return [unescape(href) for href in _LINK.findall(html)]


def text(html: str) -> str:
    """The visible text of clean HTML, on one line: blocks are separated by a space, pictures are left out.

    Args:
        html: as `clean` wrote it.
    """
    if "<rt" in html or "<rp" in html:
        html = _GLOSS.sub("", html)
    line = xml_safe(unescape(_ANY_TAG.sub(" ", _INLINE_TAG.sub("", html))))
    # What XML allows of ASCII has the same white space for both.
    return " ".join(line.split()) if line.isascii() else WHITE_SPACE.sub(" ", line).strip()


def _summary(body: str, before_more: str) -> str:
    teaser = text(_FOOTNOTE_MARK.sub("", before_more))
    return excerpt(teaser, _TEASER) if teaser else excerpt(_first_paragraph(body) or text(body))


def _first_paragraph(body: str) -> str:
    """The text of the first paragraph that says something: no caption, link list or engine's tag."""
    aside = 0
    for tag in _PARAGRAPH_OR_ASIDE.finditer(body):
        if tag[2] != "p":
            aside += -1 if tag[1] else 1
        elif not tag[1] and aside == 0:
            paragraph = _FOOTNOTE_MARK.sub("", body[tag.end() : body.find("</p>", tag.end())])
            said = text(paragraph)
            if _says_something(paragraph) and not _TEMPLATE_TAGS.fullmatch(said):
                return said
    return ""


def _says_something(paragraph: str) -> bool:
    """Whether there is a letter or digit outside its links."""
    lead = paragraph.partition("<")[0]
    if "&" not in lead and any(map(str.isalnum, lead)):
        return True
    return any(map(str.isalnum, text(_LINK_TEXT.sub("", paragraph))))


def excerpt(text: str, limit: int = 300) -> str:
    """Cut a text at a word; where words have no spaces, at the limit, but not within a character people see.

    Args:
        text: plain, on one line.
        limit: in characters, without the ellipsis that follows what was cut.
    """
    if len(text) <= limit:
        return text
    cut = max(text.rfind(space, 0, limit + 1) for space in (" ", "\n", "\u3000"))
    if cut < limit // 2:
        cut = limit
        while cut > max(0, limit - 64) and _joined_to_the_last(text, cut):
            cut -= 1
    return text[:cut].rstrip(" \n\u3000,;:–—-") + "…"


def _joined_to_the_last(text: str, index: int) -> bool:
    char, last = text[index], text[index - 1]
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return "\U0001f1e6" <= last <= "\U0001f1ff"
    return (
        category(char).startswith("M")
        or char in "\u200d\ufe0f"
        or last == "\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\u1160" <= char <= "\u11ff"
        or "\udc00" <= char <= "\udfff"
    )
