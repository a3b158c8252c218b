"""The page as HTML: without script, and with nothing in it that a title or an address could break out of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from operator import attrgetter
from urllib.parse import urlsplit

from feedwright.config.kinds import SITE, TABLE, WITHOUT_TERMS
from feedwright.config.model import STYLESHEET
from feedwright.publish.page.model import Address, Listed, Page, Story, label
from feedwright.publish.page.words import Words, words

LONG = 12
"""Feeds of one kind above which they are folded away."""

_SLASH = re.compile(r"(?<=[^/])/(?=[^/])")
_NO_SCRIPT = "script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"


def index(page: Page) -> bytes:
    """The page's document, UTF-8."""
    say = words(page.site.language)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{say.tag}" dir="{say.dir}">',
        *_head(page, say),
        "<body>",
        *_header(page, say),
        "<main>",
        *_own(page, say),
        *_how(page, say),
        *_stories(page, say),
        *(line for kind in sorted(TABLE, key=attrgetter("page")) for line in _kind(page, kind.name, say)),
        "</main>",
        *_footer(page),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts).encode("utf-8", "xmlcharrefreplace")


def autodiscovery(feeds: Iterable[Listed]) -> Iterator[str]:
    """The `link` elements by which readers and browsers find feeds, the best first.

    Source: https://www.rssboard.org/rss-autodiscovery; HTML, `rel=alternate`.
    """
    for feed in feeds:
        for address in feed.addresses:
            title = f"{feed.title} ({label(address.format)})"
            yield (
                f'<link rel="alternate" type="{escape(address.media_type)}" title="{escape(title)}"'
                f' href="{escape(address.url)}">'
            )


def _head(page: Page, say: Words) -> Iterator[str]:
    site = page.site
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_NO_SCRIPT)}">'
    yield f"<title>{escape(f'{say.feeds} – {site.title}')}</title>"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="generator" content="Feedwright">'
    yield f'<meta name="description" content="{escape(say.about)}">'
    yield f'<link rel="stylesheet" href="{STYLESHEET}">'
    if site.icon:
        yield f'<link rel="icon" href="{escape(site.icon)}">'
    yield from autodiscovery(feed for feed in page.feeds if feed.kind in WITHOUT_TERMS)
    yield "</head>"


def _header(page: Page, say: Words) -> Iterator[str]:
    site = page.site
    yield '<header class="head">'
    yield f'<p class="site">{_link(site.url, site.title, _language(site.language, say))}</p>'
    yield f"<h1>{escape(say.feeds)}</h1>"
    yield f'<p class="about">{escape(say.about)}</p>'
    yield "</header>"


def _own(page: Page, say: Words) -> Iterator[str]:
    """The site's own feed, with every address written out."""
    for feed in page.feeds:
        if feed.kind != SITE:
            continue
        yield '<section class="own" aria-labelledby="site">'
        yield f'<h2 id="site">{escape(say.kinds["site"])}</h2>'
        yield _facts(feed, say)
        yield '<ul class="addresses">'
        for address in feed.addresses:
            yield f"<li>{_format(address, feed, say)} {_address(address.url)}</li>"
        yield "</ul>"
        yield "</section>"


def _how(page: Page, say: Words) -> Iterator[str]:
    yield '<section class="how" aria-labelledby="how">'
    yield f'<h2 id="how">{escape(say.subscribe)}</h2>'
    yield "<ol>"
    yield from (f"<li>{escape(step)}</li>" for step in say.steps)
    yield "</ol>"
    yield f"<p>{escape(say.formats)}</p>"
    if page.whole_list:
        yield f"<p>{_link(page.whole_list, say.whole_list)}</p>"
    yield "</section>"


def _stories(page: Page, say: Words) -> Iterator[str]:
    if not page.stories:
        return
    yield '<section aria-labelledby="latest">'
    yield f'<h2 id="latest">{escape(say.latest)}</h2>'
    yield '<ol class="stories">'
    for story in page.stories:
        yield f"<li>{_story(story, page, say)}</li>"
    yield "</ol>"
    yield "</section>"


def _story(story: Story, page: Page, say: Words) -> str:
    title = _link(story.url, story.title or story.url, _language(story.language or page.site.language, say))
    return f"{title} {_time(story.published, say)}" if story.published else title


def _kind(page: Page, kind: str, say: Words) -> Iterator[str]:
    """The feeds of a kind; the site's own stands above all."""
    feeds = [feed for feed in page.feeds if feed.kind == kind != SITE]
    if not feeds:
        return
    yield f'<section aria-labelledby="{kind}">'
    yield f'<h2 id="{kind}">{escape(say.kinds[kind])}</h2>'
    if len(feeds) > LONG:
        yield f"<details><summary>{escape(_how_many(len(feeds), dict(page.totals).get(kind), say))}</summary>"
    yield from _list(feeds, page, say)
    if len(feeds) > LONG:
        yield "</details>"
    yield "</section>"


def _how_many(listed: int, there: int | None, say: Words) -> str:
    if there is None:
        return f"{say.all} ({say.number(listed)})"
    return f"{say.most} ({say.number(listed)} / {say.number(there)})"


def _list(feeds: Sequence[Listed], page: Page, say: Words) -> Iterator[str]:
    yield '<ul class="feeds">'
    for feed in feeds:
        language = _language(feed.language or page.site.language, say)
        formats = " ".join(_format(address, feed, say) for address in feed.addresses)
        yield "<li>"
        yield f'<p class="name"><bdi{language}>{escape(feed.name)}</bdi></p>'
        if feed.description:
            yield f'<p class="description"><bdi{language}>{escape(feed.description)}</bdi></p>'
        yield _facts(feed, say)
        yield f'<p class="formats">{formats}</p>'
        yield f"<p>{_address(feed.addresses[0].url)}</p>"
        yield "</li>"
    yield "</ul>"


def _footer(page: Page) -> Iterator[str]:
    if page.site.rights:
        yield f'<footer class="foot"><p><bdi>{escape(page.site.rights)}</bdi></p></footer>'


def _facts(feed: Listed, say: Words) -> str:
    if not feed.count:
        return f'<p class="facts">{escape(say.none)}</p>'
    facts = f"<span>{escape(say.labelled(say.articles, say.number(feed.count)))}</span>"
    if feed.newest:
        label_, _, _ = say.labelled(say.newest, "\0").partition("\0")
        facts += f" <span>{escape(label_)}{_time(feed.newest, say)}</span>"
    return f'<p class="facts">{facts}</p>'


def _time(day: date, say: Words) -> str:
    return f'<time datetime="{day.isoformat()}">{escape(say.day(day))}</time>'


def _format(address: Address, feed: Listed, say: Words) -> str:
    """The link to a document; "RSS" alone would say the same a hundred times."""
    named = label(address.format)
    whole = named if feed.kind == SITE else f"{named}: {feed.name}"
    return (
        f'<a class="format" href="{escape(address.url)}" type="{escape(address.media_type)}"'
        f' aria-label="{escape(f"{whole} ({say.kinds[feed.kind]})")}">{escape(named)}</a>'
    )


def _address(url: str) -> str:
    """An address to be copied, which is broken after a slash where it is too long."""
    broken = _SLASH.sub("/<wbr>", escape(url))
    return f'<code class="address" dir="ltr" translate="no">{broken}</code>'


def _link(url: str, text: str, language: str = "") -> str:
    """A link, where the address is one that a browser may follow; else the text alone."""
    inner = f"<bdi{language}>{escape(text)}</bdi>"
    return f'<a href="{escape(url)}">{inner}</a>' if urlsplit(url).scheme in ("http", "https") else inner


def _language(tag: str, say: Words) -> str:
    """The attribute for a text that may be in another language than the page."""
    return f' lang="{escape(tag)}"' if tag and tag.lower() != say.tag.lower() else ""
