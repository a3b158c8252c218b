"""feeds import page: a folder of pages, again and again, as cron does it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.config import load_config
from tests.conftest import SiteOnDisk

BRIDGE = "Harbour bridge opens a year late"
STEEL = "Engineers had found weak steel in two of its piers, and replaced it over the winter."
FERRY = "Ferry fares to rise in May for all who cross"


def text_of(title: str = BRIDGE, steel: str = STEEL, day: str = "1 March 2024") -> str:
    return f"{title}\n{title}\n\n{day}\n\nThe bridge over the harbour was opened on Monday, as promised.\n\n{steel}\n"


@pytest.fixture
def inbox(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two pages, beside a site that commands are run in."""
    monkeypatch.chdir(site.root)
    folder = site.root / "inbox"
    (folder / "deep").mkdir(parents=True)
    (folder / "bridge.txt").write_text(text_of())
    fares = "The council voted for it, and nobody was asked about that before."
    (folder / "deep/ferry.txt").write_text(text_of(FERRY, fares, "2 March 2024"))
    return folder


def run(*arguments: str) -> int:
    return main(["import", "page", *arguments])


def articles(site: SiteOnDisk) -> dict[str, str]:
    return {path.relative_to(site.content).as_posix(): path.read_text() for path in site.content.rglob("*.md")}


BRIDGE_FILE = "2024/harbour-bridge-opens-a-year-late.md"
FERRY_FILE = "2024/ferry-fares-to-rise-in-may-for-all-who-cross.md"


def test_a_folder_of_pages_becomes_articles_and_they_build(
    inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "picture.jpg").write_bytes(b"x")
    (inbox / ".hidden.txt").write_text("x")
    (inbox / "out.txt").symlink_to("/etc/hostname")
    assert run("inbox") == 0
    printed = capsys.readouterr()
    assert set(articles(site)) == {BRIDGE_FILE, FERRY_FILE}
    assert printed.err == ""
    assert printed.out.endswith("2 pages: 2 written\n")
    assert main(["build"]) == 0
    assert sorted(site.titles()) == sorted([BRIDGE, FERRY])


def test_what_is_unchanged_is_no_error_and_is_not_written(
    inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inbox") == 0
    before = {path: path.stat() for path in site.content.rglob("*.md")}
    capsys.readouterr()
    for more in ([], ["--update"]):
        assert run("inbox", *more) == 0
        assert capsys.readouterr() == ("2 pages: 2 unchanged\n", "")
    assert run("inbox", "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    assert {path: path.stat() for path in site.content.rglob("*.md")} == before


def test_a_changed_page_is_an_error_until_its_changes_are_wanted(
    inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    run("inbox")
    before = articles(site)
    (inbox / "bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers."))
    capsys.readouterr()
    assert run("inbox") == 1
    printed = capsys.readouterr()
    assert f"content/{BRIDGE_FILE}: already exists, and inbox/bridge.txt has changed [article-there]" in printed.err
    assert "--update" in printed.err
    assert articles(site) == before
    assert run("inbox", "--update") == 0
    assert f"content/{BRIDGE_FILE}: updated\n" in capsys.readouterr().out
    assert "three of its piers" in articles(site)[BRIDGE_FILE]
    assert run("inbox") == 0


def test_what_was_said_of_an_article_holds_until_something_else_is_said(inbox: Path, site: SiteOnDisk) -> None:
    address = "https://tides.example/bridge"
    assert run("inbox/bridge.txt", "--date", "2024-02-02", "--url", address, "--category", "Harbour") == 0
    assert run("inbox/bridge.txt") == 0
    (inbox / "bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers.", day=""))
    assert run("inbox", "--update") == 0
    text = articles(site)[BRIDGE_FILE]
    assert "three of its piers" in text
    assert all(said in text for said in ("date: 2024-02-02", f'url: "{address}"', 'categories: ["Harbour"]'))
    assert run("inbox/bridge.txt", "--update", "--date", "2024-02-03", "--category", "Sea") == 0
    assert run("inbox/bridge.txt") == 0
    text = articles(site)[BRIDGE_FILE]
    assert all(said in text for said in ("date: 2024-02-03", f'url: "{address}"', 'categories: ["Sea"]'))


def test_an_article_keeps_its_file_when_its_headline_or_its_date_changes(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox")
    (inbox / "bridge.txt").write_text(text_of("Harbour bridge opens at last", day="1 March 2025"))
    assert run("inbox", "--update") == 0
    assert set(articles(site)) == {BRIDGE_FILE, FERRY_FILE}
    assert "Harbour bridge opens at last" in articles(site)[BRIDGE_FILE]
    assert "2025-03-01" in articles(site)[BRIDGE_FILE]


def test_an_article_that_was_moved_by_hand_is_found_again(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox")
    (site.content / "harbour").mkdir()
    (site.content / BRIDGE_FILE).rename(site.content / "harbour/bridge.md")
    (inbox / "bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers."))
    assert run("inbox", "--update") == 0
    assert set(articles(site)) == {"harbour/bridge.md", FERRY_FILE}
    assert "three of its piers" in articles(site)["harbour/bridge.md"]


def test_what_was_changed_by_hand_stays_while_its_page_is_as_it_was(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox")
    path = site.content / BRIDGE_FILE
    path.write_text(path.read_text().replace("weak steel", "bad steel"))
    before = articles(site)
    assert run("inbox", "--update") == 0
    assert articles(site) == before


def test_what_was_changed_by_hand_and_in_its_page_is_never_overwritten(
    inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    run("inbox")
    path = site.content / BRIDGE_FILE
    path.write_text(path.read_text().replace("weak steel", "bad steel"))
    before = articles(site)
    (inbox / "bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers."))
    capsys.readouterr()
    for more in ([], ["--update"]):
        assert run("inbox", *more) == 1
        printed = capsys.readouterr().err
        assert f"{BRIDGE_FILE}: was changed by hand, and inbox/bridge.txt has changed as well" in printed
        assert articles(site) == before
    # The line that the hint gives says that all is taken over.
    line = next(part for part in printed.splitlines() if "imported: {" in part)
    mark = line[line.index("imported: {") : line.index("}") + 1]
    rows = path.read_text().splitlines()
    path.write_text("\n".join(mark if row.startswith("imported:") else row for row in rows) + "\n")
    assert run("inbox", "--update") == 0


def test_front_matter_by_hand_and_a_text_that_changed_go_together(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox", "--category", "News")
    path = site.content / BRIDGE_FILE
    path.write_text(path.read_text().replace("categories:", "slug: bridge\ncategories:").replace("\n", "\r\n"))
    (inbox / "bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers."))
    assert run("inbox", "--update", "--category", "News") == 0
    assert "slug: bridge" in path.read_text()
    assert "three of its piers" in path.read_text()


def test_a_file_in_the_articles_place_that_is_no_import_is_left_alone(
    inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article(BRIDGE_FILE, body="By hand.")
    before = articles(site)[BRIDGE_FILE]
    assert run("inbox", "--update") == 1
    assert "already exists, and was not made from this page" in capsys.readouterr().err
    assert articles(site)[BRIDGE_FILE] == before
    assert FERRY_FILE in articles(site)


def test_two_pages_of_the_same_headline_are_two_articles(inbox: Path, site: SiteOnDisk) -> None:
    (inbox / "later.txt").write_text(text_of(steel="A second story of the same name, on the same day."))
    for _ in range(2):
        assert run("inbox", "--update") == 0
        assert set(articles(site)) == {BRIDGE_FILE, BRIDGE_FILE.replace(".md", "-2.md"), FERRY_FILE}


def test_another_story_in_the_same_file_is_another_article(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox")
    other = "Rain is expected until Friday\n\n5 March 2024\n\nThe coast gets wet, and so do all who live there.\n"
    (inbox / "bridge.txt").write_text(other)
    for _ in range(2):
        assert run("inbox", "--update") == 0
        assert set(articles(site)) == {BRIDGE_FILE, FERRY_FILE, "2024/rain-is-expected-until-friday.md"}
        assert STEEL in articles(site)[BRIDGE_FILE]


def test_a_page_that_moved_is_the_same_page(inbox: Path, site: SiteOnDisk) -> None:
    run("inbox")
    (inbox / "bridge.txt").rename(inbox / "deep/bridge.txt")
    assert run("inbox") == 0
    (inbox / "deep/bridge.txt").write_text(text_of(steel="Engineers found weak steel in three of its piers."))
    assert run("inbox", "--update") == 0
    assert set(articles(site)) == {BRIDGE_FILE, FERRY_FILE}
    assert "three of its piers" in articles(site)[BRIDGE_FILE]


def test_the_site_that_moved_as_a_whole_knows_its_pages(
    inbox: Path, site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("inbox")
    site.root.rename(site.root.with_name("moved"))
    monkeypatch.chdir(site.root.with_name("moved"))
    assert run("inbox") == 0
    assert run(str(Path("inbox").absolute()), "--content", str(Path("content").absolute())) == 0
    assert len(list(Path("content").rglob("*.md"))) == 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the page is empty"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"Only a headline\n", "paragraph"),
    ],
)
def test_every_error_names_its_page(
    content: bytes, what: str, inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "deep/wrong.txt").write_bytes(content)
    assert run("inbox") == 1
    (first, *_) = capsys.readouterr().err.splitlines()
    assert first.startswith("error: inbox/deep/wrong.txt: ")
    assert what in first
    assert set(articles(site)) == {BRIDGE_FILE, FERRY_FILE}
    assert run("inbox", "--format", "json") == 1
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["file"] for one in printed if one["type"] == "problem"] == ["inbox/deep/wrong.txt"]
    assert printed[-1]["failed"] == 1


def test_a_page_without_a_date_is_named_with_its_article_once(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "bridge.txt").write_text(text_of(day=""))
    assert run("inbox") == 0
    printed = capsys.readouterr().err
    assert "content/harbour-bridge-opens-a-year-late.md: inbox/bridge.txt does not say when" in printed
    assert run("inbox") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("given", [["--date", "someday"], ["--url", "no address"]])
def test_what_is_wrong_for_all_pages_is_said_once(
    given: list[str], inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inbox/bridge.txt", *given) == 2
    assert capsys.readouterr().err.startswith(f"error: {given[0]}: ")
    assert articles(site) == {}


def test_an_address_goes_with_one_page(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inbox", "--url", "https://tides.example/a") == 2
    assert "--url goes with one FILE" in capsys.readouterr().err


def test_an_empty_folder_is_no_error(inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    (site.root / "empty").mkdir()
    assert run("empty") == 0
    assert "empty: holds no page" in capsys.readouterr().out


def test_dates_are_in_the_zone_of_the_site_that_a_folder_is_in(inbox: Path, site: SiteOnDisk) -> None:
    site.configure('timezone = "Asia/Kolkata"\n')
    assert run("inbox/bridge.txt", "--content", "content/posts") == 0
    assert "date: 2024-03-01T00:00:00+05:30" in articles(site)[f"posts/{BRIDGE_FILE}"]


def test_articles_of_a_site_that_names_its_folders_go_into_the_first(
    inbox: Path, site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.configure('content = ["news", "notes"]\n')
    (site.content / "news").mkdir()
    monkeypatch.chdir(site.content)
    assert load_config(Path()).content == ("news", "notes")
    for _ in range(2):
        assert run("../inbox") == 0
        assert set(articles(site)) == {f"news/{BRIDGE_FILE}", f"news/{FERRY_FILE}"}


def test_a_page_of_any_name_is_known_again(inbox: Path, site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (b"inbox/\xff.txt", "inbox/a\u2028b.txt".encode(), b"inbox/new\nline.txt"):
        Path(os.fsdecode(name)).write_text(text_of(f"{FERRY} at {len(name)}", steel=f"It was the {len(name)}th vote."))
    assert run("inbox") == 0
    capsys.readouterr()
    assert run("inbox") == 0
    assert capsys.readouterr().out == "5 pages: 5 unchanged\n"
    assert main(["build"]) == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_page_that_cannot_be_read_is_named(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "bridge.txt").chmod(0)
    assert run("inbox") == 1
    assert "inbox/bridge.txt: cannot be read" in capsys.readouterr().err
