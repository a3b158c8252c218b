"""Articles, configurations and documents that would take a parser's stack, or more memory and time than there is."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedwright import check
from feedwright.errors import ConfigError
from feedwright.state.ids_file.reading import kept_of
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


GRID = "+---" * 40 + "+\n" + "| a " * 40 + "|\n"


@pytest.mark.parametrize("body", [GRID * 500, "- a\n\n" * 9_000, ".. [1] a\n" * 9_000, "a_ `b`_ *c* " * 20_000])
def test_restructured_text_that_would_take_docutils_long_is_left_out(site: SiteOnDisk, body: str) -> None:
    site.article("a.md").write("b.rst", f"Sea\n===\n\n:date: 2024-01-01\n\n{body}\n")
    start = time.process_time()
    report = site.build()
    assert time.process_time() - start < 2
    assert [(problem.code, problem.severity) for problem in report.problems] == [("rst-too-large", "error")]
    assert site.titles() == ["a"]


def test_a_long_article_in_restructured_text_is_rendered(site: SiteOnDisk) -> None:
    text = "Part\n----\n\nSome prose of a *usual* kind, with ``code``.\nAnd more.\n\n- a list\n\n" + GRID + GRID[:162]
    site.write("b.rst", f"Sea\n===\n\n:date: 2024-01-01\n\n{text}\n" + "Prose, and more of it.\n\n" * 500)
    assert site.build().problems == ()
    assert "<table>" in site.feed().entries[0].content[0].value


@pytest.mark.parametrize(
    "text",
    [
        "Title: a\nDate: 2024-01-01\n" + "k: v\n" * 100_000 + "\nText\n",
        ".. title: a\n.. date: 2024-01-01\n" + ".. k: v\n" * 100_000 + "\nText\n",
        "---\ntitle: a\ndate: 2024-01-01\ntags: [" + "a, " * 60_000 + "]\n---\nText\n",
        "---\ntitle: a\ndate: 2024-01-01\nx: [" + "1," * 100_000 + "]\n---\nText\n",
    ],
)
def test_front_matter_that_says_too_much_is_an_error(site: SiteOnDisk, text: str) -> None:
    report = site.article("b.md").write("a.md", text).build()
    assert [problem.code for problem in report.problems] == ["front-matter-invalid"]
    assert site.titles() == ["b"]


def test_an_article_has_at_most_a_hundred_warnings_and_one_that_counts_the_rest(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[" + "{}, " * 5_000 + "b]")
    start = time.process_time()
    problems = site.build().problems
    assert time.process_time() - start < 2
    assert len(problems) <= 101
    assert {problem.code for problem in problems} == {"value-unusable", "problems-too-many"}


def test_a_repeated_key_is_told_of_once(site: SiteOnDisk) -> None:
    site.write("a.md", "---\ntitle: a\ndate: 2024-01-01\n" + "k: v\n" * 9_000 + "---\nText\n")
    assert [(problem.code, problem.line) for problem in site.build().problems] == [("key-repeated", 9_003)]


@pytest.mark.parametrize("page", ["a\n" * 100_000, "word " * 200_000, "é" * 300_000])
def test_a_page_that_is_too_large_is_not_imported(tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"A headline here\n\nBy A B\n\n{page}")
    done = feeds("import", "page", file, "--content", tmp_path / "content")
    assert done.returncode == 1
    assert "10,000 lines or 512 KiB" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_of_very_many_wrong_keys_is_refused_in_no_time(site: SiteOnDisk) -> None:
    site.configure("".join(f"k{n} = 1\n" for n in range(50_000)))
    start = time.process_time()
    with pytest.raises(ConfigError) as raised:
        site.build()
    assert len(raised.value.problems) == 100
    assert time.process_time() - start < 2


def test_a_document_whose_elements_all_differ_is_refused() -> None:
    inside = "".join(f"<a{n}/>" for n in range(30_000))
    problems = check(f'<rss version="2.0"><channel>{inside}</channel></rss>'.encode())
    assert [problem.code for problem in problems] == ["too-large"]


def test_a_document_of_very_many_faults_is_judged_no_further_and_that_is_said() -> None:
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<entry/>" * 60_000 + b"</feed>"
    problems = check(feed)
    assert "100,000 problems or more" in next(one.what for one in problems if one.code == "too-large")


def test_one_element_with_very_many_others_is_refused() -> None:
    head = b'<rss version="2.0"><channel><title>a</title><link>https://a.example/</link><description>d</description>'
    problems = check(head + b"<category>a</category>" * 20_001 + b"</channel></rss>")
    assert [(one.code, one.severity) for one in problems] == [("too-large", "error")]
    items = b"".join(b"<item><title>a</title><guid>urn:x:%d</guid></item>" % number for number in range(20_001))
    assert "too-large" not in [one.code for one in check(head + items + b"</channel></rss>")]


def test_a_table_of_ids_in_which_every_line_is_wrong_tells_a_hundred() -> None:
    kept, problems = kept_of(b"a\tb\n" * 5000, Path("ids.tsv"))
    assert not kept.articles
    assert len(problems) == 101
    assert problems[-1].what == "more than 100 lines are wrong; the rest was not read"
