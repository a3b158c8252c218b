"""Sites beside the feeds that they published from just these sources: ours say the same of every entry."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feedwright.commands.engines import recognise, site_toml
from feedwright.pipeline import build

pytestmark = pytest.mark.corpora
NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = 3600


@dataclass(frozen=True)
class Entry:
    """What a reader sees of an entry; times in seconds since 1970."""

    title: str
    link: str
    published: int
    updated: int
    author: str | None


def entries(document: bytes) -> list[Entry]:
    parsed = feedparser.parse(document)
    assert not parsed.bozo, parsed.bozo_exception
    return [_entry(entry) for entry in parsed.entries]


def _entry(entry: Any) -> Entry:
    published = calendar.timegm(entry.published_parsed)
    # feedparser gives an RSS item's date for both.
    updated = calendar.timegm(entry.updated_parsed) if "updated" in entry else published
    return Entry(entry.title, entry.link, published, updated, entry.get("author"))


def built(content: Path, configuration: str, tmp_path: Path) -> Path:
    """Our feeds of a source that is only read: configuration, state and output are elsewhere."""
    file = tmp_path / "site.toml"
    file.write_text(configuration, encoding="utf-8")
    report = build(content, tmp_path / "out", file=file, state=tmp_path / "state", now=NOW)
    assert report.exit_code == 0, report.problems
    assert report.left_out == ()
    return tmp_path / "out"


def configured(source: Path, more: str = "") -> tuple[Path, str]:
    """The folder of posts and the configuration, from the engine's own.

    Args:
        more: lines for what the engine's configuration does not say.
    """
    found = recognise(source)
    assert found is not None
    head, tables, rest = site_toml(found).partition("\n[")
    return found.content, f"{head}\n{more}\n{tables}{rest}"


def test_jekylls_own_site_comes_out_of_its_engines_configuration_alone(shared: Path, tmp_path: Path) -> None:
    pair = shared / "golden/jekyll"
    content, configuration = configured(pair / "source")
    ours = entries((built(content, configuration, tmp_path) / "feed.xml").read_bytes())
    theirs = entries((pair / "published/feed.xml").read_bytes())
    assert len(theirs) == 10
    assert ours == theirs


def test_cocoapods_comes_out_of_its_engines_configuration_and_its_time_zone(shared: Path, tmp_path: Path) -> None:
    """Published in RSS, and wrong in two respects:

    - Of the two posts with a time of day but no offset, Ruby's YAML took the time for UTC, while midnight of all others
      is that of California: the same site's clock in two zones. Ours keep to the site's zone, 7 hours later.
    - Its template names no author, though each post has one.
    """
    pair = shared / "golden/cocoapods"
    content, configuration = configured(pair / "source", 'timezone = "America/Los_Angeles"')
    ours = entries((built(content, configuration, tmp_path) / "feed.xml").read_bytes())
    theirs = entries((pair / "published/feed.xml").read_bytes())
    assert len(theirs) == 86
    assert [entry.title for entry in ours] == [entry.title for entry in theirs]
    assert [entry.link for entry in ours] == [entry.link for entry in theirs]
    later = {one.link: one.published - other.published for one, other in zip(ours, theirs, strict=True)}
    timed = ("redesign", "Why-we-dont-accept-donations")
    assert {link: seconds for link, seconds in later.items() if seconds} == {
        f"https://blog.cocoapods.org/{slug}": 7 * HOUR for slug in timed
    }
    assert {entry.author for entry in theirs} == {None}
    assert all(entry.author for entry in ours)
    assert {"Eloy Durán", "Orta Therox", "Emma Koszinowski & Karla Sandoval"} <= {entry.author for entry in ours}


def test_the_rust_blog_comes_out_of_its_address_and_permalink(shared: Path, tmp_path: Path) -> None:
    """Made by a program of its own, so there is no engine's configuration."""
    pair = shared / "golden/rust-blog"
    configuration = """
title = "Rust Blog"
url = "https://blog.rust-lang.org/"
permalink = "/{year}/{month}/{day}/{slug}.html"
limit = 10
exclude = ["inside-rust/**"]
[kinds.site]
path = { atom = "feed.xml" }
"""
    ours = entries((built(pair / "source/posts", configuration, tmp_path) / "feed.xml").read_bytes())
    theirs = entries((pair / "published/feed.xml").read_bytes())
    assert len(theirs) == 10
    assert ours == theirs


DATAFUSION = """
title = "Apache DataFusion Blog"
url = "https://datafusion.apache.org/blog/"
permalink = "/{year}/{month}/{day}/{slug}"
limit = 0
include = ["blog/**/*.md"]
[kinds.site]
path = { rss = "feed.xml", atom = "feeds/all-en.atom.xml" }
[kinds.section]
formats = ["atom"]
path = { atom = "feeds/section/{term}.atom.xml" }
[kinds.author]
only = ["agrove"]
path = { rss = "feeds/{term}.rss.xml", atom = "feeds/{term}.atom.xml" }
"""
MISNAMED = (
    "https://datafusion.apache.org/blog/2021/11/19/2021-11-8-datafusion-6.0.0.md",
    "https://datafusion.apache.org/blog/2021/11/19/datafusion-6.0.0",
)


@pytest.mark.parametrize(
    ("path", "published", "count"),
    [
        ("feed.xml", "feed.xml", 75),
        ("feeds/all-en.atom.xml", "feeds/all-en.atom.xml", 75),
        ("feeds/section/blog.atom.xml", "feeds/blog.atom.xml", 75),
        ("feeds/agrove.atom.xml", "feeds/agrove.atom.xml", 2),
        ("feeds/agrove.rss.xml", "feeds/agrove.rss.xml", 2),
    ],
)
def test_datafusion_comes_out_of_its_address_and_permalink(
    path: str, published: str, count: int, shared: Path, tmp_path: Path
) -> None:
    """Its Pelican's configuration is not among its sources.

    Published wrong in one link: the pattern that takes the date off a file's name wants two digits for the day, so of
    `2021-11-8-datafusion-6.0.0.md` the whole name, suffix and all, became the address.
    """
    pair = shared / "golden/datafusion"
    ours = entries((built(pair / "source/content", DATAFUSION, tmp_path) / path).read_bytes())
    theirs = entries((pair / "published/output" / published).read_bytes())
    wrong, right = MISNAMED
    mended = [replace(entry, link=right) if entry.link == wrong else entry for entry in theirs]
    assert len(theirs) == count
    assert sum(entry.link == wrong for entry in theirs) == (count == 75)
    # Of one day's posts, Pelican has the first name first.
    assert [entry.published for entry in ours] == [entry.published for entry in theirs]
    assert sorted(ours, key=lambda entry: entry.link) == sorted(mended, key=lambda entry: entry.link)
