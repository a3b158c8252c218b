"""Any text gives well-formed, schema-valid feeds, lists of feeds and sitemaps, or a named problem."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedwright import check
from tests.conftest import SiteOnDisk

TEXT = st.text(st.characters(codec=None), max_size=60)
SIGNS = [*"<>&\"'[]()*_`#-!|~\\\n \t\x00\x0b\x1b\x7f\x85\ufffea1", "é", "漢", "😀", "\u202e", "{{", "%}", "http://x"]
TAGS = [
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "&#xD800;",
    "<script>",
    "</p>",
    "<p",
    " href=",
    "<b>",
    "data:x",
]
MARKUP = st.lists(st.sampled_from([*SIGNS, *TAGS]), max_size=25).map("".join)
ANY = TEXT | MARKUP
BESIDE = 'extras = ["opml", "sitemap", "news"]\nlanguage = "en"\n'


@given(title=ANY, body=ANY, category=ANY, author=ANY, summary=ANY, alt=ANY, related=ANY)
@example("]]>", "]]>", "]]>", "]]>", "]]>", "]]>", "]]>")
@example("\ud800", "\ud800", "\ud800", "\ud800", "\ud800", "\ud800", "\ud800")
@example("\x00", "\x00", "\x00", "\x00", "\x00", "\x00", "\x00")
@settings(max_examples=150, deadline=None)
def test_any_text_gives_valid_feeds_or_a_named_problem(
    title: str, body: str, category: str, author: str, summary: str, alt: str, related: str
) -> None:
    fields = {
        "title": title,
        "date": "2024-05-31",  # news
        "categories": [category],
        "tags": [category],
        "authors": [author, {"name": author, "url": author, "email": author}],
        "summary": summary,
        "rights": author,
        "lang": category,
        "slug": title,
        "image": {"url": "/" + alt, "alt": alt},
        "related": [related, {"title": related, "url": related}, {"title": related}],
        "source": {"title": title, "url": "https://elsewhere.example/feed"},
    }
    with tempfile.TemporaryDirectory() as folder:
        site = SiteOnDisk(Path(folder)).configure(f"{BESIDE}[related]\nin_body = true\nauto = 2\n")
        site.write("a.md", (json.dumps(fields) + "\n\n" + body).encode("utf-8", "replace"))
        site.write("b.md", json.dumps({**fields, "title": "B", "date": "2024-05-30T20:00:00Z"}) + "\n\nfine")
        site.article("good.md")
        report = site.build()
        named = {Path(problem.file).name for problem in report.problems if problem.severity == "error"}
        assert named == set(report.left_out)
        assert "good" in site.titles("rss.xml")
        for path, document in site.tree().items():
            assert [problem for problem in check(document, file=path) if problem.severity == "error"] == []
