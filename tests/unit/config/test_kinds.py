"""Feed kinds are one table: a row more, and translations, are a kind more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import feedwright
from feedwright.config.kinds import BY_NAME, KINDS, TABLE, TERM_KINDS
from feedwright.model import Article
from feedwright.publish.page.words import FOLDER
from tests.conftest import SiteOnDisk, documents

ROW = '    Kind("series", "series", page=3, opml=3, nearest=3, terms=_section, stored="section"),\n'
SERIES = """
[kinds.series]
at_least = 2
title = "{site} in parts: {term}"
only = ["tides", "voyages"]

[[feed]]
name = "parts"
include = { series = ["tides"] }
"""


def _with_series(folder: Path) -> Path:
    """A copy of the package with one row more in the table, and a heading in each language."""
    source = Path(feedwright.__file__).parent
    copy = folder / "feedwright"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    table = copy / "config/kinds.py"
    before, own, after = table.read_text().partition("    Kind(OWN, ")
    table.write_text(before + ROW + own + after)
    for words in (copy / FOLDER.relative_to(source)).glob("*.toml"):
        words.write_text(f'series = "Series"\n{words.read_text()}')
    return folder


def _feeds(package: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "feedwright", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(package)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_kind_more_is_a_row_more(site: SiteOnDisk, tmp_path: Path) -> None:
    package = _with_series(tmp_path / "package")
    site.configure(SERIES, alone=())
    site.article("tides/a.md").article("tides/b.md", feeds="[series/tides]").article("logs/c.md", feeds="[series/logs]")
    built = _feeds(package, "build", site.content, "--out", site.out)
    assert built.returncode == 0, built.stderr
    assert set(documents("series/tides/")) <= set(site.tree())
    assert site.titles("series/tides/atom.xml") == ["b", "a"]
    assert site.feed("series/tides/atom.xml").feed.title == "Tides in parts: tides"
    assert site.titles("feed/parts/atom.xml") == ["a"]
    opml, page = ((site.out / name).read_text() for name in ("feeds.opml", "index.html"))
    assert 'text="Series"' in opml
    assert 'xmlUrl="https://tides.example/series/tides/rss.xml"' in opml
    assert '<h2 id="series">Series</h2>' in page
    assert "no published article has the series 'voyages'" in built.stderr
    assert "there is no feed 'series/logs'" in built.stderr
    links = _feeds(package, "snippets", "html", site.content, "--article", "tides/a.md").stdout
    assert "https://tides.example/series/tides/rss.xml" in links
    assert _feeds(package, "check", site.out).returncode == 0


def test_what_no_row_says_is_no_kind(site: SiteOnDisk) -> None:
    site.configure('[kinds.series]\ntitle = "x"\n').article("a.md")
    report = _feeds(Path(feedwright.__file__).parents[1], "build", site.content, "--out", site.out)
    assert report.returncode != 0
    assert "there is no such kind" in report.stderr


def test_every_order_of_kinds_names_each_once() -> None:
    for order in ("page", "opml", "nearest"):
        assert len({getattr(kind, order) for kind in TABLE}) == len(TABLE)
    many = [kind.many for kind in TABLE if kind.many]
    assert len(set(many)) == len(many)


def test_the_terms_of_a_kind_are_from_the_field_that_the_catalog_has() -> None:
    fields = Article.__dataclass_fields__
    assert {kind for kind in TERM_KINDS if BY_NAME[kind].stored not in fields} == set()
    assert [*KINDS] == ["site", *TERM_KINDS]
