"""The state is lost, and the output folder still holds our feeds: the ids that they name stay."""

from __future__ import annotations

import shutil

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from tests.conftest import SITE, SiteOnDisk

NEW_HOST = SITE.replace("tides.example", "sea.example")
ID = "tag:tides.example,2024-01-01:{}"


def lose(site: SiteOnDisk) -> SiteOnDisk:
    shutil.rmtree(site.content / ".feeds")
    return site


def ids(site: SiteOnDisk, path: str = "atom.xml") -> dict[str, str]:
    return {entry.title: entry.id for entry in site.feed(path).entries}


@pytest.fixture
def moved(site: SiteOnDisk) -> SiteOnDisk:
    """A site with an article whose file was renamed, built."""
    site.article("a.md").article("b.md", "Another text.").build()
    (site.content / "a.md").rename(site.content / "moved.md")
    site.build(allow_relink=True)
    return site


def test_ids_of_articles_that_had_moved_are_taken_from_the_feeds(moved: SiteOnDisk) -> None:
    before = moved.tree()
    report = lose(moved).build()
    assert ids(moved) == {"a": ID.format("a"), "b": ID.format("b")}
    assert moved.tree() == before
    (problem,) = report.problems
    assert (problem.code, problem.severity, problem.file) == ("state-lost", "warning", str(moved.out))
    assert "1 article keeps the id named there: moved.md" in problem.what
    assert moved.build().problems == ()


def test_ids_stay_where_the_host_has_changed_and_the_state_is_lost(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md", "Another text.").build()
    lose(site).configure(site=NEW_HOST)
    with pytest.raises(FeedsError) as caught:
        site.build()
    (problem,) = caught.value.problems
    assert problem.code == "out-other-site"
    for word in ("--allow-relink", 'authority = "tides.example"', "ids.tsv"):
        assert word in problem.hint
    site.build(allow_relink=True)
    assert ids(site) == ids(site, "rss.xml") == {"a": ID.format("a"), "b": ID.format("b")}


@pytest.mark.parametrize("left", ["rss.xml", "atom.xml", "feed.json"])
def test_one_format_is_enough(left: str, moved: SiteOnDisk) -> None:
    for path in moved.out.rglob("*"):
        if path.is_file() and (path.name != left or path.parent != moved.out):
            path.unlink()
    lose(moved).build()
    assert ids(moved)["a"] == ids(moved, "rss.xml")["a"] == ID.format("a")


def test_a_guid_that_is_no_iri_stays_beside_the_id(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root)
    site.article("a.md").build()
    item = "<item><title>a</title><link>https://tides.example/a/</link><guid isPermaLink='false'>17</guid></item>"
    (site.root / "old.xml").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>")
    assert main(["ids", "--adopt", "old.xml"]) == 0
    site.build()
    before = site.tree()
    lose(site).build()
    assert ids(site, "rss.xml")["a"] == "17"
    assert ids(site)["a"] == ID.format("a")
    assert site.tree() == before


def test_older_articles_are_found_in_archives_and_feeds_of_terms(site: SiteOnDisk) -> None:
    site.configure("archive = 2\nlimit = 2\n")
    for number in range(1, 8):
        site.article(f"{number}.md", f"Text {number}.", date=f"2024-01-0{number}")
    site.build()
    for number in range(1, 8):
        (site.content / f"{number}.md").rename(site.content / f"x{number}.md")
    site.build(allow_relink=True)
    before = ids(site, "archive/1/atom.xml")
    lose(site)
    shutil.rmtree(site.content / ".feeds", ignore_errors=True)
    site.build()
    assert ids(site, "archive/1/atom.xml") == before


def test_a_feed_that_had_moved_keeps_its_id_and_is_kept_up_where_it_was(site: SiteOnDisk) -> None:
    site.article("news/a.md").article("news/b.md", "Another text.").build()
    (site.content / "news").rename(site.content / "stories")
    site.build(allow_relink=True)
    before = site.tree()
    assert site.feed("section/stories/atom.xml").feed.id == "https://tides.example/section/news/"
    lose(site).build()
    assert site.tree() == before
    site.article("stories/c.md", "A third text.").build()
    for path in ("section/news/rss.xml", "section/news/atom.xml", "section/stories/rss.xml"):
        assert "c" in site.titles(path)


def test_feeds_keep_their_ids_where_the_host_has_changed_and_the_state_is_lost(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[x]").build()
    lose(site).configure(site=NEW_HOST).build(allow_relink=True)
    assert site.feed("atom.xml").feed.id == "https://tides.example/"
    assert site.feed("tag/x/atom.xml").feed.id == "https://tides.example/tag/x/"


def test_what_cannot_be_told_is_said(moved: SiteOnDisk) -> None:
    lose(moved)
    (moved.content / "moved.md").unlink()
    moved.article("new.md", "All new.")
    report = moved.build()
    (problem,) = report.problems
    assert problem.code == "state-lost"
    assert f"1 entry is of no article: a <{ID.format('a')}>" in problem.what
    assert "feeds ids --set" in problem.hint


def test_a_document_that_cannot_be_read_is_said(moved: SiteOnDisk) -> None:
    lose(moved)
    for path in moved.out.rglob("*.*"):
        if path.name != "atom.xml" or path.parent != moved.out:
            path.unlink() if path.is_file() else None
    atom = moved.out / "atom.xml"
    atom.write_bytes(atom.read_bytes()[:-40])
    report = moved.build()
    assert "cannot be read: atom.xml" in "\n".join(problem.what for problem in report.problems)


def test_nothing_is_said_where_all_ids_come_out_as_they_were(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    assert lose(site).build().problems == ()
    assert site.build().written == ()


def test_a_first_build_beside_other_files_takes_nothing(site: SiteOnDisk) -> None:
    site.out.mkdir()
    (site.out / "index.xml").write_text(
        "<rss version='2.0'><channel><item><title>a</title><guid>x</guid></item></channel></rss>"
    )
    assert site.article("a.md").build().problems == ()
    assert ids(site) == {"a": ID.format("a")}


def test_a_dry_run_says_the_same_and_writes_nothing(moved: SiteOnDisk) -> None:
    before = moved.tree()
    report = lose(moved).build(dry_run=True)
    assert [problem.code for problem in report.problems] == ["state-lost"]
    assert moved.tree() == before
    assert not (moved.content / ".feeds" / "ledger.db").exists()


def test_the_file_of_ids_counts_before_what_the_feeds_say(moved: SiteOnDisk) -> None:
    moved.write("ids.tsv", "").article("c.md", "Third.").build()
    assert lose(moved).build().problems == ()
    assert ids(moved)["a"] == ID.format("a")


# --- another host ---


def test_a_word_is_said_where_the_host_changes(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    site.configure(site=NEW_HOST)
    with pytest.raises(FeedsError) as caught:
        site.build()
    assert [problem.code for problem in caught.value.problems] == ["links-changed", "authority-changed"]
    report = site.build(allow_relink=True)
    (problem,) = report.problems
    assert (problem.code, problem.severity) == ("authority-changed", "warning")
    assert 'authority = "tides.example"' in problem.hint
    assert "ids.tsv" in problem.hint
    assert ids(site) == {"a": ID.format("a")}
    # It is said once.
    assert site.article("b.md", "Another.").build().problems == ()


@pytest.mark.parametrize("how", ["authority", "ids.tsv"])
def test_nothing_is_said_where_ids_are_looked_after(how: str, site: SiteOnDisk) -> None:
    site.article("a.md").build()
    if how == "ids.tsv":
        site.write("ids.tsv", "")
    site.configure(site=NEW_HOST + ('authority = "tides.example"\n' if how == "authority" else ""))
    assert site.build(allow_relink=True).problems == ()
