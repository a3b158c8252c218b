"""Hostile pages: whatever they are, they are read or refused in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedwright.pages.tree import UnreadablePage, tree_of
from tests.unit.pages.examples import document

PAGES = {
    "deep": "b'<div>' * 100_000",
    "deep and closed": "b'<div>' * 100_000 + b'</div>' * 100_000",
    "formatting that is left open": "b''.join(b'<font color=%d>' % n for n in range(3000)) + b'<p>x' * 100_000",
    "attributes": "b'<p ' + b' '.join(b'a%d=1' % n for n in range(300_000)) + b'>x'",
    "text": "b'<p>' + b'some words ' * 850_000",
    "paragraphs": "b'<p>some words here ' * 400_000",
    "tables": "b'<table><tr><td>' * 30_000",
    "links": "b'<a href=/x/y>Tides</a> ' * 300_000",
    "comments": "b'<!--' * 2_000_000",
    "scripts": "b'<script>' * 1_000_000",
    "lists": "b'<ul><li>' * 50_000",
    "NUL bytes": "bytes(5_000_000)",
    "no UTF-8": "bytes(range(256)) * 20_000",
    "too much": "b'x ' * 6_000_000",
    "titles": "b'<h1>Tides</h1>' * 100_000",
    "anchors": "b'<a href=#a>#</a>' * 100_000",
    "furniture": "b'<aside class=toc>a b c d e f</aside>' * 100_000",
    "furniture in furniture": "b'<aside class=toc>a b c d e f ' * 900",
    "furniture of a small page": "b'<aside>a b c d e f g ' * 4_900",
    "a paragraph of links": "b'<h1>Tides</h1><p>' + b'<a href=/x/y>Tides</a> ' * 15_000",
    "tables of numbers": "b'<table><td>1<td><pre>x</pre></table>' * 50_000",
}
READ = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from feedwright.pages.body import BodyRules, body_of
from feedwright.pages.page import read_page
from feedwright.pages.words import sketch_of, words_of
html = b'<html><body><main>' + {page} + b'</main></body></html>'
page = read_page('a/index.html', html, 'https://example.org/')
body = body_of(html, BodyRules(('main',), ('p.date', '> p')), 'Tides', 'https://example.org/a/', page.sketch)
body = body_of(html, BodyRules(('.none',)), 'Tides', 'https://example.org/a/', page.sketch)
print(time.process_time())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are POSIX's")
@pytest.mark.longer
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_takes_bounded_time_and_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ.replace("{page}", PAGES[name])], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) < 20


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadablePage, match="more than 10 MB"):
        tree_of(b"x" * 10_000_001)


def test_a_page_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(UnreadablePage, match="deep"):
        tree_of(b"<div>" * 6_000)


def test_a_minified_page_with_thousands_of_rows_is_read() -> None:
    rows = "<tr><td>1<td>2" * 4_000 + "<p>" * 3_000
    assert tree_of(document(f"<table>{rows}</table>")).body is not None
