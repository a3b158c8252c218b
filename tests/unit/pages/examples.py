"""Small pages and sources."""

from __future__ import annotations

import zlib

from feedwright.pages.candidates import Candidate
from feedwright.pages.page import Page, read_page
from feedwright.pages.words import sketch_of, words_of_source

URL = "https://example.org/"
SUBJECTS = ("tide", "moon", "harbour", "lantern", "gull", "rope", "sail", "fog", "anchor", "keel", "oar", "reef")
VERBS = ("lifts", "turns", "hides", "carries", "follows", "breaks", "answers", "measures", "leaves", "finds")


def text(seed: str, words: int = 120) -> str:
    """A text that is no other's, the same at each call."""
    found = []
    number = zlib.crc32(seed.encode())
    while len(found) < words:
        number = (number * 1_103_515_245 + 12_345) % 2**31
        found += [SUBJECTS[number // 7 % len(SUBJECTS)], VERBS[number // 101 % len(VERBS)], f"w{number % 997}"]
    return " ".join(found[:words])


def document(body: str, title: str = "", head: str = "", lang: str = "en") -> bytes:
    title = f"<title>{title}</title>" if title else ""
    return f'<!doctype html><html lang="{lang}"><head>{title}{head}</head><body>{body}</body></html>'.encode()


def post(title: str, content: str, head: str = "", lang: str = "en") -> bytes:
    body = f"<nav><a href='/'>Home</a></nav><main><h1>{title}</h1><div class='post'>{content}</div></main>"
    return document(body, f"{title} | Shore", head, lang)


def page(path: str, html: bytes, url: str = URL) -> Page:
    return read_page(path, html, url)


def source(key: str, title: str, content: str, **more: str) -> Candidate:
    given = {"day": "", "language": "en", "predicted": "", "kept": ""} | more
    words = words_of_source(content)
    return Candidate(key, title, given["day"], given["language"], given["predicted"], sketch_of(words), given["kept"])
