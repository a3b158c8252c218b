"""Articles, configurations and documents that would take a parser's stack, or more memory and time than there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedwright.errors import ConfigError
from tests.conftest import SiteOnDisk


def feeds(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own: what ends it must not end the tests."""
    command = [sys.executable, "-m", "feedwright", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


DASHES = "---\ntitle: Dashes\nx:\n  " + "- " * 12_000 + "a\n---\nText\n"


def test_an_article_nested_too_deep_is_left_out_by_name_and_the_others_are_published(site: SiteOnDisk) -> None:
    site.article("tides.md").write("dashes.md", DASHES)
    done = feeds("build", site.content, "--out", site.out)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{site.content}/dashes.md:4: " in done.stdout + done.stderr
    assert site.titles() == ["tides"]
    explained = feeds("explain", "dashes.md", site.content)
    assert explained.returncode in (0, 1)
    assert "more than 64 deep" in explained.stdout + explained.stderr


def test_an_article_that_became_too_deep_stays_as_it_was(site: SiteOnDisk) -> None:
    site.article("tides.md").article("dashes.md").build()
    report = site.write("dashes.md", DASHES).build()
    assert report.exit_code == 1
    assert sorted(site.titles()) == ["dashes", "tides"]


@pytest.mark.parametrize("suffix", ["yml", "json", "toml"])
def test_data_on_authors_that_are_nested_too_deep_end_no_build(site: SiteOnDisk, suffix: str) -> None:
    deep = "x = " + "[" * 20_000 if suffix == "toml" else "x:\n  " + "- " * 12_000
    site.article("tides.md", author="jane").write(f"_data/authors.{suffix}", deep)
    assert feeds("build", site.content, "--out", site.out).returncode == 0


@pytest.mark.parametrize(
    "more", ["x = " + "[" * 9000, "x = " + "{a = " * 9000, "a." * 40_000 + "a = 1", "[" + "a." * 99 + "a]"]
)
def test_a_configuration_nested_too_deep_is_refused_with_its_line(site: SiteOnDisk, more: str) -> None:
    site.configure(more + "\n")
    with pytest.raises(ConfigError) as raised:
        site.build()
    problem = raised.value.problems[0]
    assert (problem.code, problem.line, "more than 64" in problem.what) == ("config-syntax", 5, True)


def test_what_an_engine_left_nested_too_deep_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2020-01-02-a.md").write_text(DASHES)
    (tmp_path / "_config.yml").write_text("title: A\nx:\n  " + "- " * 12_000)
    done = feeds("init", tmp_path, "--from", "jekyll")
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("piece", ["[", '{"a": '])
@pytest.mark.parametrize("command", ["check", "preview"])
def test_a_json_feed_nested_too_deep_is_no_feed(tmp_path: Path, command: str, piece: str) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "a", "items": [], "_x":\n' + piece * 50_000
    )
    done = feeds(command, feed)
    assert done.returncode in (1, 2)
    assert f"{feed}:2" in done.stdout + done.stderr or command == "preview"
    assert "deep" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def many(kind: str, count: int) -> str:
    return f"[{', '.join(f'{kind}{n:05}' for n in range(count))}]"


def test_at_most_100_terms_of_an_article_make_feeds_and_a_warning_says_so(site: SiteOnDisk) -> None:
    site.article("a.md", tags=many("t", 4_400), categories="[c1, c2]", author="Jane").article("b.md", tags="[t04000]")
    report = site.build()
    folders = {path.parent.relative_to(site.out).as_posix() for path in site.out.rglob("rss.xml")}
    tags = sorted(folder for folder in folders if folder.startswith("tag/"))
    assert len(tags) == 98
    assert tags[-1] == "tag/t04000"
    assert {"category/c1", "category/c2", "author/jane"} <= folders
    assert site.titles("tag/t04000/atom.xml") == ["b"]
    entry = next(entry for entry in site.feed().entries if entry.title == "a")
    assert len(entry.tags) == 4_402
    problem = next(problem for problem in report.problems if problem.code == "terms-too-many")
    assert (problem.severity, problem.file, problem.line, problem.key) == (
        "warning",
        str(site.content / "a.md"),
        4,
        "tags",
    )
    assert "4,403" in problem.what
    assert report.exit_code == 0


def test_a_hundred_terms_are_no_matter(site: SiteOnDisk) -> None:
    site.article("a.md", tags=many("t", 60), categories=many("c", 40))
    assert site.build().problems == ()
    assert len(list(site.out.glob("*/*/rss.xml"))) >= 100


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ("[kinds.tag]\nenabled = false\n", {}),
        ('[kinds.tag]\nonly = ["t00001"]\n', {}),
        ("", {"feeds": "[site]"}),
    ],
)
def test_terms_that_make_no_feeds_anyway_are_not_warned_of(site: SiteOnDisk, more: str, fields: dict[str, str]) -> None:
    site.configure(more).article("a.md", tags=many("t", 500), **fields)
    assert site.build().problems == ()


def test_authors_and_categories_count_as_well(site: SiteOnDisk) -> None:
    site.article("a.md", authors=many("p", 90), categories=many("c", 90), tags="[t]")
    assert [problem.code for problem in site.build().problems] == ["terms-too-many"]
    assert len(list(site.out.glob("category/*/rss.xml"))) == 90
    assert len(list(site.out.glob("author/*/rss.xml"))) == 10
    assert not (site.out / "tag").exists()
