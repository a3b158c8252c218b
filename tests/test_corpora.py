"""Real sites: their posts as they are, and feeds that they really published."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from feedwright import check
from feedwright.pipeline import Report, build

pytestmark = pytest.mark.corpora
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def site_of(folder: Path, tmp_path: Path, more: str) -> Path:
    """A copy of a corpus, configured in three lines."""
    content = tmp_path / "content"
    shutil.copytree(folder, content)
    (content / "site.toml").write_text(f'title = "A real site"\nurl = "https://real.example/"\n{more}\n')
    return content


def unsound(out: Path) -> Iterable[str]:
    """What schema and rules say of every file, warnings too."""
    for path in sorted(out.rglob("*.xml")):
        for problem in check(path.read_bytes(), file=path.relative_to(out).as_posix()):
            yield str(problem)


@pytest.mark.parametrize("name", ["jekyll", "ropensci", "eslint", "18F", "mastodon", "letsencrypt"])
def test_a_real_site_builds_with_three_lines_of_configuration(name: str, shared: Path, tmp_path: Path) -> None:
    content = site_of(shared / "corpora" / name, tmp_path, 'timezone = "UTC"')
    report = build(content, tmp_path / "out", now=NOW)
    loaded = report.articles - len(report.left_out)
    assert report.articles > 90
    assert loaded / report.articles >= 0.97, (loaded, report.articles, Counter(p.code for p in report.problems))
    named = {problem.file for problem in report.problems if problem.severity == "error"}
    assert named == {str(content / key) for key in report.left_out}
    assert list(unsound(tmp_path / "out")) == []


def golden(shared: Path, tmp_path: Path, name: str, source: str, more: str) -> tuple[Report, Path]:
    """Our feeds from the source that a published feed was made from, at the time it was."""
    pair = shared / "golden" / name
    content = tmp_path / "content"
    shutil.copytree(pair / "source" / source, content)
    (content / "site.toml").write_text(more)
    return build(content, tmp_path / "out", now=NOW), pair / "published/feed.xml"


def dates(entries: list[feedparser.FeedParserDict]) -> list[tuple[int, ...]]:
    return [tuple(entry.published_parsed) for entry in entries]


def test_our_atom_feed_of_the_jekyll_site_is_what_it_published(shared: Path, tmp_path: Path) -> None:
    configuration = """
title = "Jekyll"
url = "https://jekyllrb.com/"
timezone = "America/Los_Angeles"
permalink = "/news/{year}/{month}/{day}/{slug}/"
limit = 10
"""
    report, published = golden(shared, tmp_path, "jekyll", "docs/_posts", configuration)
    ours = feedparser.parse((tmp_path / "out/atom.xml").read_bytes()).entries
    theirs = feedparser.parse(published.read_bytes()).entries
    assert report.exit_code == 0
    assert len(theirs) == 10
    assert [entry.title for entry in ours] == [entry.title for entry in theirs]
    assert [entry.link for entry in ours] == [entry.link for entry in theirs]
    assert dates(ours) == dates(theirs)
    assert [[tag.term for tag in entry.get("tags", [])] for entry in ours] == [
        [tag.term for tag in entry.get("tags", [])] for entry in theirs
    ]


def test_our_rss_feed_of_the_cocoapods_blog_is_what_it_published(shared: Path, tmp_path: Path) -> None:
    configuration = """
title = "CocoaPods Blog"
url = "https://blog.cocoapods.org/"
timezone = "America/Los_Angeles"
permalink = "/{slug}"
limit = 0
"""
    report, published = golden(shared, tmp_path, "cocoapods", "_posts", configuration)
    ours = feedparser.parse((tmp_path / "out/rss.xml").read_bytes()).entries
    theirs = feedparser.parse(published.read_bytes()).entries
    assert report.exit_code == 0
    assert len(theirs) > 50
    assert [entry.title for entry in ours] == [entry.title for entry in theirs]
    assert [entry.link for entry in ours] == [entry.link for entry in theirs]
    pairs = zip(dates(ours), dates(theirs), strict=True)
    differ = [ours[n].title for n, (one, other) in enumerate(pairs) if one != other]
    # The only two dates with a time and without an offset: Jekyll takes these for UTC, though the site has a time
    # zone, in which it takes the dates without a time. Ours are in the site's time zone.
    assert differ == ["On Design", "Why we don't accept donations"]
    (design,) = (entry for entry in ours if entry.title == "On Design")
    assert design.published == "Thu, 03 Oct 2013 01:20:16 -0700"
