"""The style sheet of the page, and of feeds that are opened in a browser: one file, one design."""

from __future__ import annotations

from pathlib import Path

from feedwright.publish.page.words import words

_HEAD = '/* Made by Feedwright. */\n@namespace atom "http://www.w3.org/2005/Atom";\n\n'


def sheet(language: str) -> bytes:
    """The style sheet; it holds what a feed says to those who open it in a browser.

    Args:
        language: the site's, a BCP 47 tag; may be empty.

    Source: CSS Namespaces 3; W3C, Associating Style Sheets with XML documents 1.0.
    """
    say = words(language)
    folder = Path(__file__).parent
    of_feeds = (folder / "feed.css").read_text("utf-8")
    beginning = "right" if say.dir == "rtl" else "left"
    said = {"DIRECTION": say.dir, "BEGINNING": beginning, "IS_FEED": quoted(say.is_feed), "COPY": quoted(say.copy)}
    for name, value in said.items():
        of_feeds = of_feeds.replace(name, value)
    return (_HEAD + (folder / "page.css").read_text("utf-8") + of_feeds).encode()


def quoted(text: str) -> str:
    """A text as a CSS string.

    Source: CSS Syntax 3 §4.3.7, escapes.
    """
    escaped = "".join(f"\\{ord(one):x} " if one in '"\\' or one < " " else one for one in text)
    return f'"{escaped}"'
