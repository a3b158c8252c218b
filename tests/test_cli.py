"""The command, as a user types it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from feedwright.cli import main
from tests.conftest import SITE, SiteOnDisk, documents


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


def test_a_build_prints_one_short_summary(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").article("b.md", draft="true")
    assert main(["build"]) == 0
    articles, done, *where = capsys.readouterr().out.splitlines()
    assert articles == "2 articles: 1 published, 1 held back (1 draft)"
    assert re.fullmatch(r"1 changed, 3 feeds written, 0 unchanged, \d+\.\d\d s", done)
    assert len(where) == 4
    assert main(["build"]) == 0
    assert "0 changed, 0 feeds written, 3 unchanged, " in capsys.readouterr().out


def test_a_build_says_where_the_feeds_are_and_the_first_one_what_to_do_next(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md", tags="[x]")
    assert main(["build"]) == 0
    where = [
        "Feeds: out/rss.xml, out/atom.xml, out/feed.json, and 1 more feed: feeds list",
        "URLs: https://tides.example/rss.xml, https://tides.example/atom.xml, https://tides.example/feed.json",
    ]
    reachable = "put the files of out on the web, at these URLs; print a cron line that keeps it up to date"
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:4] == where
    assert lines[4] == "Next: see the feed as readers show it: feeds preview --open"
    assert lines[5] == f"Then: {reachable}: feeds schedule"
    here.article("b.md")
    for _ in range(2):
        assert main(["build"]) == 0
        assert capsys.readouterr().out.splitlines()[2:] == where


def test_the_next_step_of_a_site_with_an_example_for_its_url_is_to_set_that(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.configure(site='title = "T"\nurl = "https://www.example.org/"\n').article("a.md")
    assert main(["build"]) == 0
    assert "\nThen: set url in content/site.toml, and build again; " in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--quiet", "--dry-run", "--format=json"])
def test_where_the_feeds_are_is_said_to_people_alone_and_of_what_was_written(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    here.article("a.md")
    assert main(["build", option]) == 0
    printed = capsys.readouterr().out
    assert "Feeds:" not in printed
    assert "Next:" not in printed


def test_commands_that_are_advised_name_the_folders_that_were_named(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md", tags="[x]")
    (here.root / "content").rename(here.root / "my site")
    assert main(["build", "my site", "--out", "my out", "--state", "s"]) == 0
    printed = capsys.readouterr().out
    assert "feeds list 'my site' --state s\n" in printed
    assert "feeds preview --out 'my out' --open\n" in printed
    assert "feeds schedule 'my site' --state s --out 'my out'\n" in printed


def test_of_a_feed_at_an_address_of_its_own_that_address_is_said(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.configure('feeds_url = "https://feeds.example/f/"\n[kinds.site]\npath = { rss = "news/" }\n').article("a.md")
    assert main(["build"]) == 0
    printed = capsys.readouterr().out
    assert "Feeds: out/news/index.xml, out/atom.xml, out/feed.json\n" in printed
    assert "URLs: https://feeds.example/f/news/, https://feeds.example/f/atom.xml, " in printed


def test_with_quiet_only_problems_are_printed(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md")
    assert main(["build", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    here.article("b.md", date="31.02.2026")
    assert main(["build", "--quiet"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "content/b.md:3: date:" in printed.err


def test_problems_and_summary_are_there_for_machines(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").article("b.md", date=None)
    assert main(["build", "--format", "json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["type"], line.get("code")) for line in lines] == [("problem", "date-missing"), ("summary", None)]
    assert lines[-1]["left_out"] == ["b.md"]
    assert lines[-1]["written"] == list(documents(""))


def test_the_same_problem_in_many_files_is_folded_to_examples_and_a_number(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("good.md")
    for number in range(9):
        here.article(f"undated-{number}.md", date=None)
        here.article(f"draftless-{number}.md", related="[nowhere]")
    assert main(["build", "--quiet"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 * 3 + 1 + 2 * 3 + 1
    (errors,) = [line for line in lines if line.startswith("error: the same 6 times more [date-missing]")]
    assert errors.endswith(": content/undated-3.md, content/undated-4.md, content/undated-5.md and 3 more")
    (warnings,) = [line for line in lines if line.startswith("warning: the same 6 times more")]
    assert warnings.count("draftless") == 3
    assert warnings.endswith(" and 3 more")


def test_with_verbose_each_file_with_the_same_problem_is_named(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("good.md")
    for number in range(9):
        here.article(f"undated-{number}.md", date=None)
    assert main(["build", "--verbose"]) == 1
    printed = capsys.readouterr().err
    assert all(f"content/undated-{number}.md" in printed for number in range(9))
    assert "times more" not in printed


def test_articles_that_are_held_back_are_counted_and_listed_with_verbose(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md").article("out.md", feed="false").article("over.md", expires="2024-02-01")
    for number in range(200):
        here.article(f"draft-{number}.md", draft="true")
    here.article("due.md", date="2199-01-01").article("later.md", date="2199-01-02")
    assert main(["build"]) == 0
    head, done, *_ = capsys.readouterr().out.splitlines()
    said = "205 articles: 1 published, 204 held back (200 drafts, 2 scheduled, 1 opted out, 1 expired)"
    assert (head, done.partition(",")[0]) == (said, "1 changed")
    assert main(["build", "--verbose"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  content/draft-199.md: draft" in lines
    assert "  content/due.md: not before 2199-01-01 00:00 UTC" in lines
    assert len(lines) == 204 + 4


def test_the_summary_tells_feeds_from_other_files(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.configure(alone=()).article("a.md")
    assert main(["build"]) == 0
    assert "1 changed, 3 feeds written, 4 other files written, 0 unchanged, " in capsys.readouterr().out
    here.write("site.toml", (here.content / "site.toml").read_text() + 'description = "Water"\n')
    assert main(["build", "--dry-run"]) == 0
    assert "0 changed, 3 feeds to write, 2 other files to write, 2 unchanged, " in capsys.readouterr().out


def test_strict_makes_warnings_errors(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", related="[nowhere]")
    assert main(["build"]) == 0
    assert "warning:" in capsys.readouterr().err
    assert main(["build", "--strict"]) == 1
    assert "error:" in capsys.readouterr().err


def test_nothing_published_is_exit_code_2(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.configure("limit = x\n", alone=())
    assert main(["build"]) == 2
    assert "site.toml:3" in capsys.readouterr().err
    assert main(["build", "nowhere"]) == 2
    assert "nowhere: there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["bild"], ["build", "--format", "xml"], ["import"], ["import", "page"]])
def test_wrong_usage_is_exit_code_64(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 64
    assert "usage: feeds" in capsys.readouterr().err


def test_the_list_shows_each_feed_with_its_newest_entry(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", tags="[x]")
    assert main(["list"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["FEED", "URLS", "ENTRIES", "NEWEST"]
    assert [re.split("  +", line) for line in lines] == [
        ["site", "https://tides.example/rss.xml, atom.xml, feed.json", "1", "2024-01-01 00:00"],
        ["tag/x", "https://tides.example/tag/x/rss.xml, atom.xml, feed.json", "1", "2024-01-01 00:00"],
    ]
    assert not here.out.exists()
    assert main(["list", "--format", "json"]) == 0
    *found, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["url"], one["format"]) for one in found[:2]] == [
        ("https://tides.example/rss.xml", "rss"),
        ("https://tides.example/atom.xml", "atom"),
    ]
    assert (len(found), last["feeds"]) == (6, 6)


def test_documents_of_a_feed_in_other_folders_are_listed_with_their_whole_urls(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.configure('[kinds.site]\npath = { rss = "a/", atom = "b/atom.xml", json = "a/c.json" }\n').article("a.md")
    assert main(["list"]) == 0
    urls = "https://tides.example/a/, https://tides.example/b/atom.xml, c.json"
    assert f"  {urls}  " in capsys.readouterr().out.splitlines()[1]


@pytest.mark.parametrize(
    "name",
    ["posts/a.md", "content/posts/a.md", "posts/a", "a", "https://tides.example/posts/a/", "./content/posts/a.md"],
)
def test_an_article_is_explained_by_any_of_its_names(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    here.article("posts/a.md", tags="[x]")
    assert main(["explain", name]) == 0
    printed = capsys.readouterr().out
    lines = [line.strip() for line in printed.splitlines() if "entry" in line]
    assert lines == [
        "https://tides.example/rss.xml, atom.xml, feed.json: entry 1 of 1",
        "https://tides.example/tag/x/rss.xml, atom.xml, feed.json: entry 1 of 1",
        "https://tides.example/section/posts/rss.xml, atom.xml, feed.json: entry 1 of 1",
    ]
    assert "id: tag:tides.example,2024-01-01:posts/a" in printed


def test_every_article_that_is_in_no_feed_is_explained_when_none_is_named(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md").article("b.md", draft="true").article("due.md", date="2199-01-01")
    for command in (["explain"], ["explain", "content"]):
        assert main(command) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines == ["content/b.md: draft", "content/due.md: not before 2199-01-01 00:00 UTC"]
    here.article("bad.md", date="31.02.2026")
    assert main(["explain"]) == 1
    printed = capsys.readouterr()
    assert "content/bad.md: left out" in printed.out
    assert "content/bad.md:3: date" in printed.err


def test_why_an_article_is_in_no_feed_is_explained(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", draft="true").article("b.md", date=None).article("c.md")
    assert main(["explain", "a"]) == 0
    assert "is in no feed: draft" in capsys.readouterr().out
    assert main(["explain", "b.md"]) == 1
    printed = capsys.readouterr()
    assert "date-missing" in printed.err
    assert "in no feed" in printed.out
    assert main(["explain", "aa"]) == 1
    assert "Did you mean" in capsys.readouterr().err


def test_an_article_that_newer_ones_displaced_is_explained(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.configure("limit = 1\n").article("old.md", date="2023-01-01").article("new.md")
    assert main(["explain", "old"]) == 0
    assert "newer articles" in capsys.readouterr().out


def test_init_makes_a_site_that_builds_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine", "--title", "Mine", "--url", "https://mine.example"]) == 0
    assert main(["build", "mine", "--out", "out"]) == 0
    assert "A first article" in (tmp_path / "out/rss.xml").read_text()
    (tmp_path / "mine/site.toml").write_text(SITE)
    assert main(["init", "mine"]) == 0
    assert "left as it is" in capsys.readouterr().out
    assert (tmp_path / "mine/site.toml").read_text() == SITE


def test_init_refuses_an_address_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "mine"), "--url", "mine"]) == 2
    assert "https://mine" in capsys.readouterr().err


PAGE = """\
Harbour bridge opens a year late
Harbour bridge opens a year late

PORT ELLEN: The new bridge over the harbour opened on Monday,  a year after it was promised.

Engineers had found weak steel in two of its piers , and replaced it over the winter.

Ferry fares to rise in May

Storm closes the coastal road for a second day

Join our news group
Related News
"""


def test_a_news_page_becomes_an_article_that_builds(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    (here.root / "page.txt").write_text(PAGE)
    given = ["--date", "2024-03-01T09:00+01:00", "--category", "Local", "--url", "https://tides.example/bridge"]
    assert main(["import", "page", "page.txt", *given]) == 0
    printed = capsys.readouterr().out
    assert "headline: Harbour bridge opens a year late" in printed
    assert "Ferry fares to rise in May" in printed
    article = here.content / "2024/harbour-bridge-opens-a-year-late.md"
    before = article.read_text()
    assert main(["build"]) == 0
    (entry,) = here.feed("rss.xml").entries
    assert (entry.title, entry.link) == ("Harbour bridge opens a year late", "https://tides.example/bridge")
    assert [tag.term for tag in entry.tags] == ["Local"]
    assert "Related News" not in entry.content[0].value
    assert main(["import", "page", "page.txt", *given]) == 0
    assert capsys.readouterr().out.endswith(f"\n{article.relative_to(here.root)}: unchanged\n")
    assert article.read_text() == before


def test_a_page_without_a_date_says_what_is_missing(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    (here.root / "page.txt").write_text(PAGE)
    assert main(["import", "page", "page.txt"]) == 0
    assert "--date" in capsys.readouterr().err


def test_a_file_that_is_no_page_is_refused_and_the_others_are_made(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (here.root / "page.txt").write_text(PAGE)
    (here.root / "empty.txt").write_text("")
    assert main(["import", "page", "empty.txt", "missing.txt", "page.txt", "--date", "2024-03-01"]) == 1
    assert len(capsys.readouterr().err.splitlines()) >= 2
    assert (here.content / "2024/harbour-bridge-opens-a-year-late.md").exists()


def test_a_page_without_end_is_not_read(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "page", "/dev/zero"]) == 1
    assert "more than 10485760 bytes" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in ("build", "list", "explain", "init", "import"))


def test_the_module_is_the_command(site: SiteOnDisk) -> None:
    site.article("a.md")
    command = [sys.executable, "-m", "feedwright", "build", str(site.content), "--out", str(site.out), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (site.out / "rss.xml").exists()


def test_a_reader_that_goes_away_gets_no_traceback(site: SiteOnDisk) -> None:
    for number in range(300):
        site.article(f"{number}.md", tags=f"[tag-{number}]")
    command = f"{sys.executable} -m feedwright list {site.content} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_problems_are_coloured_and_long_work_shows_a_bar(site: SiteOnDisk) -> None:
    from tests.terminal import run_on_terminal

    site.article("a.md", date=None).article("b.md").article("c.md")
    code = (
        "import sys, time; from feedwright import cli; from feedwright.sources.folder import parse as module\n"
        "parse = module.parse\n"
        "module.parse = lambda *given: (time.sleep(0.7), parse(*given))[1]\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "build", str(site.content), "--out", str(site.out)]
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    returned, shown, _ = run_on_terminal(command, environment)
    assert returned == 1
    assert "\x1b[31merror" in shown
    assert "reading articles 3/3  26% |" in shown


def test_a_signal_that_comes_while_a_class_is_made_ends_a_command_too(
    here: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Slow:
        def __set_name__(self, owner: type, name: str) -> None:
            signal.raise_signal(signal.SIGINT)

    def built(_: object) -> None:
        type("Made", (), {"field": Slow()})

    here.article("a.md")
    monkeypatch.setattr("feedwright.cli.build.built", built)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == ""
