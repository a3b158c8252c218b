"""Every post of every real site: what is read of it, what was mended, what was refused. `-s` shows the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from feedwright.articles.dates import parse_date
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.frontmatter.yaml import _parse_fast, _parse_slowly
from feedwright.articles.model import Reading
from feedwright.config import Config
from feedwright.model import NEVER, Article, Site
from feedwright.sources.folder.site_data import look
from tests.conftest import folders_of
from tests.unit.sources.folder.reading import read, walked

pytestmark = pytest.mark.corpora
SITE = Site(
    title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org", language="en"
)
ENOUGH = 0.995
MENDED_OR_REFUSED = {
    # A title with a colon, not in quotes.
    ("datafusion", "front-matter-mended"): 13,
    # Old addresses that only lead on, and two pages of lists.
    ("golang", "date-missing"): 62,
    ("nshipster", "key-repeated"): 1,
    # Parts of bundles that are no posts.
    ("ropensci", "date-missing"): 4,
    # A page that only leads on.
    ("rust-blog", "date-missing"): 1,
    ("swift-org", "key-repeated"): 2,
}
"""Corpus and code -> how often; in the others nothing is wrong."""


@dataclass
class Count:
    """What became of the posts of one site."""

    posts: int = 0
    whole: int = 0
    drafts: int = 0
    undated: int = 0
    untitled: int = 0
    refused: int = 0
    problems: Counter[str] = field(default_factory=Counter)

    def take(self, reading: Reading) -> None:
        self.posts += 1
        article = reading.article
        if article is None:
            self.undated += reading.undated
            self.refused += not reading.undated
        elif article.draft:
            self.drafts += 1
        elif not article.title:
            self.untitled += 1
        else:
            self.whole += 1


def entries(config: Config) -> list[str]:
    found, wrong = walked(config)
    assert list(map(str, wrong)) == []
    return found


def counted(content: Path) -> tuple[Count, list[Article]]:
    config = Config(content, content / "site.toml", content / ".feeds", SITE)
    keys = entries(config)
    around = look(config, folders_of(keys))
    count = Count()
    articles = []
    for key in keys:
        reading = read(config, key, around)
        count.take(reading)
        count.problems.update(problem.code for problem in reading.problems)
        if reading.article:
            articles.append(reading.article)
    return count, articles


def test_nearly_every_post_of_every_real_site_has_a_title_and_a_date(
    shared: Path, record_property: Callable[[str, object], None]
) -> None:
    rows = [f"{'':20}{'posts':>7}{'whole':>7}{'draft':>7}{'undated':>9}{'untitled':>9}{'refused':>9}  mended or named"]
    named: dict[tuple[str, str], int] = {}
    for content in sorted(path for path in (shared / "corpora").iterdir() if path.is_dir()):
        count, articles = counted(content)
        assert count.posts > 50
        assert count.whole + count.drafts + count.undated >= ENOUGH * count.posts, (content.name, count)
        assert len({article.id for article in articles}) == len(articles)
        assert all(2000 < article.published.year < 2030 for article in articles if article.published != NEVER)
        codes = {code: times for code, times in count.problems.items() if not code.endswith("-unrendered")}
        named.update({(content.name, code): times for code, times in codes.items()})
        shown = ", ".join(f"{code} {times}" for code, times in sorted(codes.items()))
        numbers = f"{count.posts:>7}{count.whole:>7}{count.drafts:>7}{count.undated:>9}{count.untitled:>9}"
        rows.append(f"{content.name:20}{numbers}{count.refused:>9}  {shown}")
    record_property("corpora", "\n".join(rows))
    print("\n" + "\n".join(rows))  # noqa: T201
    assert named == MENDED_OR_REFUSED


def test_what_is_called_undated_has_no_date_anywhere(shared: Path) -> None:
    found = []
    for content in sorted(path for path in (shared / "corpora").iterdir() if path.is_dir()):
        config = Config(content, content / "site.toml", content / ".feeds", SITE)
        undated = [key for key in entries(config) if read(config, key).undated]
        found.extend(split_front_matter((content / key).read_text()).values for key in undated)
    assert len(found) > 50
    assert [
        values for values in found if any("date" in key.lower() or "publish" in key.lower() for key in values)
    ] == []


def test_authors_and_languages_are_found_where_the_site_keeps_them(shared: Path) -> None:
    _, articles = counted(shared / "corpora" / "letsencrypt")
    assert {article.language for article in articles} == {"en"}
    _, articles = counted(shared / "corpora" / "ropensci")
    assert {"en", "es", "fr", "pt"} <= {article.language for article in articles}
    _, articles = counted(shared / "corpora" / "rustacean-podcast")
    episodes = [article.enclosures[0] for article in articles if article.enclosures]
    assert len(episodes) == len(articles)
    assert all(episode.type == "audio/mpeg" for episode in episodes)
    assert sum(episode.length > 0 and bool(episode.duration) for episode in episodes) > 0.9 * len(episodes)


def blocks(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "corpora").rglob("*")):
        if path.suffix in (".md", ".markdown", ".html") and path.is_file():
            front = split_front_matter(path.read_text(encoding="utf-8-sig"))
            if front.syntax == "yaml":
                yield front.block


def test_the_fast_and_the_thorough_yaml_reader_give_the_same_values(shared: Path) -> None:
    same = refused = dates = 0
    for block in blocks(shared):
        try:
            fast = _parse_fast(block).value
        except ValueError:
            refused += 1
            continue
        # Not only equal, as 1 and True are.
        assert repr(fast) == repr(_parse_slowly(block))
        same += 1
        assert isinstance(fast, dict)
        dates += agreeing_dates(fast, yaml.load(block, Loader=yaml.CSafeLoader))
    assert same > 3000
    assert dates > 1500
    # Text in quotes that goes on at the beginning of a line.
    assert refused < 0.05 * same


def agreeing_dates(ours: dict[object, object], theirs: dict[object, object]) -> int:
    """How many values PyYAML takes for dates: ours, read from text, are the same moments."""
    count = 0
    for key, value in theirs.items():
        if isinstance(value, date):
            moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            ours_too = parse_date(str(ours[key]), ZoneInfo("UTC"), None)
            assert ours_too == moment.astimezone(UTC).replace(microsecond=0), (key, ours[key], value)
            count += 1
    return count
