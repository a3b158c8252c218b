"""The page that shows a feed as three kinds of readers do."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from feedwright.commands.preview.reader_view import Entry, Feed
from feedwright.text.moments import in_words

_NO_SCRIPT = "default-src 'none'; img-src https: http: data:; media-src https: http:; style-src 'unsafe-inline'"
_UNTITLED = "(untitled)"


def rendered(feed: Feed, name: str) -> bytes:
    """The page's document.

    Args:
        name: the path or address of the feed's document.
    """
    style = Path(__file__).with_name("preview.css").read_text("utf-8")
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(f"Preview: {feed.title}")}</title>',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_NO_SCRIPT)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark"><meta name="generator" content="Feedwright">',
        '<meta name="referrer" content="no-referrer">',
        f"<style>{style}</style></head><body>",
        *_head(feed, name),
        "<main>",
        *_as_list(feed),
        *_as_cards(feed),
        *_as_articles(feed),
        "</main></body></html>",
        "",
    ]
    return "\n".join(parts).encode("utf-8", "xmlcharrefreplace")


def _head(feed: Feed, name: str) -> Iterator[str]:
    yield f"<header><h1><bdi>{escape(feed.title or _UNTITLED)}</bdi></h1>"
    if feed.description and feed.description != feed.title:
        yield f"<p><bdi>{escape(feed.description)}</bdi></p>"
    read = f"{feed.format}, {len(feed.entries)} entries, read back from"
    yield f'<p class="facts">{read} <code>{escape(name)}</code></p>'
    yield '<nav aria-label="Views"><a href="#list">List</a> <a href="#cards">Cards</a>'
    yield '<a href="#articles">Articles</a></nav>'
    yield "</header>"


def _as_list(feed: Feed) -> Iterator[str]:
    """As newsboat, or any mail-like reader: a line for each entry."""
    yield '<section id="list" aria-labelledby="of-list"><h2 id="of-list">List</h2>'
    yield "<p>Titles and dates alone, as terminal and mail-like readers show them.</p><ol>"
    for number, entry in enumerate(feed.entries, 1):
        title = f"<bdi{_language(entry)}>{escape(entry.title or entry.summary or _UNTITLED)}</bdi>"
        yield f'<li><span class="number">{number}</span> {_time(entry, "%b %d")} {title}</li>'
    yield "</ol></section>"


def _as_cards(feed: Feed) -> Iterator[str]:
    """As a magazine: picture, title, source and summary."""
    yield '<section id="cards" aria-labelledby="of-cards"><h2 id="of-cards">Cards</h2>'
    yield "<p>Picture and summary, as magazine-like readers show them.</p><ul>"
    for entry in feed.entries:
        picture = f'<img src="{escape(entry.image)}" alt="" loading="lazy">' if entry.image else ""
        yield f'<li{_language(entry)} dir="auto">{picture}<h3>{_linked(entry)}</h3>'
        source = urlsplit(entry.link).hostname or feed.title
        yield f'<p class="facts"><bdi>{escape(source)}</bdi> {_time(entry, "%Y-%m-%d")}</p>'
        yield f"<p>{escape(entry.summary)}</p></li>"
    yield "</ul></section>"


def _as_articles(feed: Feed) -> Iterator[str]:
    """As a reading pane: the whole text of one entry at a time."""
    yield '<section id="articles" aria-labelledby="of-articles"><h2 id="of-articles">Articles</h2>'
    yield "<p>One whole text at a time, as a reading pane shows it. Choose a title.</p>"
    for number, entry in enumerate(feed.entries):
        opened = "" if number else " open"
        title = escape(entry.title or entry.summary or _UNTITLED)
        yield f'<details name="article"{opened}><summary><bdi{_language(entry)}>{title}</bdi></summary>'
        yield f'<article{_language(entry)} dir="auto"><h3>{_linked(entry)}</h3>'
        author = f"<bdi>{escape(entry.author)}</bdi>" if entry.author else ""
        yield f'<p class="facts">{author} {_time(entry)}</p>'
        yield f'<div class="body">{entry.body or "<p>(no text)</p>"}</div>'
        for one in entry.attached:
            link = f'<a href="{escape(one.href)}">{escape(one.href)}</a>'
            yield f'<p class="facts">Attached: {link} {escape(one.type)}</p>'
        yield "</article></details>"
    yield "</section>"


def _linked(entry: Entry) -> str:
    title = escape(entry.title or entry.link or _UNTITLED)
    return f'<a href="{escape(entry.link)}">{title}</a>' if entry.link else title


def _time(entry: Entry, form: str = "") -> str:
    """When an entry was published, in the offset that its feed says; to the minute where no form is given."""
    if entry.when is None:
        return '<span class="none">no date</span>'
    said = entry.when.strftime(form) if form else in_words(entry.when)
    return f'<time datetime="{entry.when.isoformat()}">{said}</time>'


def _language(entry: Entry) -> str:
    return f' lang="{escape(entry.language)}"' if entry.language else ""
