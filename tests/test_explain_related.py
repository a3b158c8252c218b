"""`feeds explain ARTICLE --related`: why an article has its related links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedwright.cli import main
from tests.conftest import SiteOnDisk
from tests.test_linked import LIGHT, among_others


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    monkeypatch.chdir(tmp_path)
    return SiteOnDisk(tmp_path).configure()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["explain", "a", "--related", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_each_link_has_its_reason_in_the_order_of_links(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    body, named = f"{LIGHT} See [one](/1/).", "[4, {title: Only a headline}, 'https://x.example/']"
    among_others(here).article("a.md", body, date="2024-02-01", tags="[lighthouse]", related=named)
    head, *lines = printed(capsys)
    assert head == "content/a.md: a"
    assert lines[0] == "  1. Bridge closed 4 <https://tides.example/4/>: named by its author"
    assert lines[1] == "  2. https://x.example/: named by its author"
    assert lines[2] == "  3. Council votes 1 <https://tides.example/1/>: the text links to it"
    assert lines[3].startswith("  4. Council votes 21 <https://tides.example/21/>: found, worth ")
    assert "lighthouse" in lines[3] and "days older" in lines[3]
    assert lines[4] == "  Only a headline: named by its author, a headline only"
    assert not here.out.exists() and not (here.content / ".feeds").exists()


def test_what_would_have_come_next_is_told(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    among_others(here).article("a.md", LIGHT, date="2024-02-01", tags="[lighthouse]")
    lines = printed(capsys)
    place = lines.index("  next would come:")
    assert any("https://tides.example/15/" in line for line in lines[place + 1 :])


def test_programs_get_the_same_as_json(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    among_others(here).article("a.md", f"{LIGHT} See [one](/1/).", date="2024-02-01", tags="[lighthouse]", related="4")
    found = [json.loads(line) for line in printed(capsys, "--format", "json")]
    links = [one for one in found if one["type"] == "related"]
    assert [(one["rank"], one["why"]) for one in links[:3]] == [(1, "named"), (2, "linked"), (3, "found")]
    assert [one["listed"] for one in links[:3]] == [True, False, True]
    assert {"kind", "text", "weight"} == links[2]["shared"][0].keys()
    assert links[2]["worth"] > links[3]["worth"] > 0
    assert links[3]["rank"] == 0
    assert found[-1]["type"] == "summary"


def test_what_was_found_once_and_shares_nothing_now_is_told_as_such(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    among_others(here).article("a.md", LIGHT, date="2024-02-01", tags="[lighthouse]").build()
    here.article("a.md", "Something else altogether.", date="2024-02-01")
    (line,) = [line for line in printed(capsys) if line.startswith("  1. ")]
    assert line.endswith("found when it was published; what they share now is not enough")


def test_a_story_of_the_series_is_told_as_that(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.configure("[related]\nauto = 2\n").article("b.md", series="Moon", date="2023-01-01")
    here.article("c.md", series="Moon", date="2023-02-01").article("a.md", series="Moon")
    assert printed(capsys)[1:3] == [
        "  1. c <https://tides.example/c/>: of its series: the one before in Moon",
        "  2. b <https://tides.example/b/>: of its series: the first of Moon",
    ]


def test_a_named_story_to_which_the_text_links_is_said_not_to_be_listed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("b.md").article("a.md", "[b](/b/)", related="[b]")
    assert printed(capsys)[1].endswith("named by its author; not listed at the end of the text, which links to it")


def test_an_article_that_newer_ones_displaced_is_explained_too(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.configure("limit = 1\n").article("b.md").article("a.md", "[b](/b/)", date="2020-01-01").article("new.md")
    here.build()
    assert "the text links to it" in printed(capsys)[1]


def test_an_article_without_any_says_so(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md")
    assert printed(capsys) == [
        "content/a.md: a",
        "  has no related links",
        "  none are looked for: `auto` of [related] is 0",
    ]


def test_a_draft_is_in_no_feed(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", draft="true")
    assert printed(capsys) == ["content/a.md: is in no feed: draft"]


def test_what_cannot_be_read_is_told_with_exit_code_1(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.write("a.md", "---\ntitle: [\n---\n").article("b.md")
    assert main(["explain", "a.md", "--related"]) == 1
    assert "see the problem above" in capsys.readouterr().out


def test_a_name_that_is_no_articles_is_an_error(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("tides.md")
    assert main(["explain", "tidse", "--related"]) == 1
    assert "Did you mean tides" in capsys.readouterr().err


def test_it_needs_an_article(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["explain", "--related"])
    assert ended.value.code == 64
    assert "needs an article" in capsys.readouterr().err
