"""The sample newsroom shows everything, and shows it rightly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from feedwright import check
from feedwright.pipeline import Report, build

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    folder = tmp_path_factory.mktemp("content")
    report = build(CONTENT, folder / "out", state=folder / "state", now=datetime(2026, 6, 1, tzinfo=UTC))
    return report, folder / "out"


def entries(out: Path, path: str) -> list[feedparser.FeedParserDict]:
    return list(feedparser.parse((out / path).read_bytes()).entries)


def test_the_sample_builds_without_a_word(built: tuple[Report, Path]) -> None:
    report, _ = built
    assert report.problems == ()
    assert (report.articles, report.shown) == (20, 16)
    reasons = {reason.split()[0] for reason in report.hidden.values()}
    assert reasons == {"draft", "not", "expired", "opted"}


def test_every_document_of_the_sample_passes_schema_and_rules(built: tuple[Report, Path]) -> None:
    report, out = built
    assert len(report.written) > 100
    assert {"index.html", "feeds.css"} < {*report.written}
    for path in sorted({*report.written} - {"index.html", "feeds.css"}):
        assert check((out / path).read_bytes(), file=path) == []


@pytest.mark.parametrize("kind", ["category", "tag", "author", "section", "language", "feed"])
def test_there_are_feeds_of_every_kind(built: tuple[Report, Path], kind: str) -> None:
    report, _ = built
    assert any(path.startswith(f"{kind}/") and path.endswith("/atom.xml") for path in report.written)


def test_terms_of_any_script_have_feeds(built: tuple[Report, Path]) -> None:
    _, out = built
    assert len(entries(out, "category/新聞/atom.xml")) == 1
    assert [path.name for path in out.glob("tag/c-*")]


def test_categories_and_related_links_are_there(built: tuple[Report, Path]) -> None:
    _, out = built
    for path in ("rss.xml", "atom.xml"):
        shown = entries(out, path)
        assert all(entry.tags for entry in shown)
        assert sum(link.rel == "related" for entry in shown for link in entry.links) > 15


def test_the_podcast_has_its_enclosures(built: tuple[Report, Path]) -> None:
    _, out = built
    shown = entries(out, "podcast.xml")
    assert shown
    for entry in shown:
        (enclosure,) = entry.enclosures
        name = enclosure.href.rpartition("/")[2]
        (file,) = CONTENT.rglob(name)
        assert (enclosure.type, int(enclosure.length)) == ("audio/mpeg", file.stat().st_size)


def test_no_address_in_a_body_is_relative(built: tuple[Report, Path]) -> None:
    _, out = built
    for entry in entries(out, "atom.xml"):
        html = entry.content[0].value
        addresses = re.findall(r'\b(?:href|src|poster)="([^"]*)"', re.sub(r"(?s)<pre>.*?</pre>", "", html))
        assert all(re.match(r"(https?|mailto|tel):", address) for address in addresses)


def test_a_correction_shows_when_it_was_made(built: tuple[Report, Path]) -> None:
    _, out = built
    assert any(entry.updated_parsed > entry.published_parsed for entry in entries(out, "atom.xml"))
