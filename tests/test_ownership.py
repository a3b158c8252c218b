"""A file that is not ours is neither overwritten nor deleted; ours is restored, and that is said."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedwright.commands.prune import prune
from feedwright.commands.retract import retract
from feedwright.errors import FeedsError
from feedwright.pipeline import build
from feedwright.publish.report import Report
from tests.conftest import NOW, SITE, SiteOnDisk, documents

HOME = b"<!DOCTYPE html><html><head><meta name='generator' content='Hugo 0.150'></head><p>Feeds by Feedwright.</html>"
"""The home page of a site, which names us, as its own generator makes it."""
FEED = (
    b"<rss version='2.0'><channel><title>Feedwright and I</title><link>https://tides.example/</link>"
    b"<description>d</description><generator>Hugo</generator><item><title>Feedwright</title></item></channel></rss>"
)


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in report.problems]


@pytest.fixture
def whole(site: SiteOnDisk) -> SiteOnDisk:
    """A site with all that is made beside feeds, and an article."""
    return site.configure('language = "en"\n', alone=()).article("a.md", tags="[sea]")


def test_a_home_page_that_the_sites_generator_puts_over_ours_stays_and_is_said_once(whole: SiteOnDisk) -> None:
    assert codes(whole.build()) == []
    (whole.out / "index.html").write_bytes(HOME)
    report = whole.build()
    (problem,) = report.problems
    assert (problem.severity, problem.code, problem.file) == ("warning", "not-ours", str(whole.out / "index.html"))
    assert problem.what == "is a file that Feedwright did not write"
    assert problem.hint == 'It stays as it is. Move it away, or leave "page" out of `extras` in site.toml.'
    assert report.exit_code == 0
    assert report.new_problems == report.problems
    for number in range(3):
        # The generator writes it anew each time.
        (whole.out / "index.html").write_bytes(HOME + b"%d" % number)
        report = whole.article(f"{number}.md").build()
        assert (codes(report), report.new_problems) == ([("warning", "not-ours")], ())
        assert (whole.out / "index.html").read_bytes() == HOME + b"%d" % number
        assert "feeds.opml" in whole.tree()
    whole.configure('extras = ["sitemap"]\n', alone=()).build()
    assert (whole.out / "index.html").read_bytes() == HOME + b"2"
    assert "feeds.opml" not in whole.tree()
    assert codes(whole.build()) == []


def test_a_page_that_is_not_ours_makes_no_run_do_more_than_nothing(whole: SiteOnDisk) -> None:
    whole.build()
    (whole.out / "index.html").write_bytes(HOME)
    whole.build()
    time.sleep(0.01)
    started = whole.build(full=True)
    assert started.written == ()
    report = whole.build()
    assert (report.written, report.why, codes(report)) == ((), {}, [("warning", "not-ours")])
    assert "index.html" not in report.unchanged


def test_our_page_comes_back_when_the_other_one_is_gone(whole: SiteOnDisk) -> None:
    ours = whole.build() and whole.tree()["index.html"]
    (whole.out / "index.html").write_bytes(HOME)
    whole.build()
    (whole.out / "index.html").unlink()
    report = whole.build()
    assert (report.written, codes(report)) == (("index.html",), [])
    assert whole.tree()["index.html"] == ours


@pytest.mark.parametrize("lost", [(), ("catalog.db",), ("ledger.db",), ("catalog.db", "ledger.db")])
@pytest.mark.parametrize(
    ("path", "theirs"),
    [
        ("rss.xml", FEED),
        ("atom.xml", b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Feedwright</title><entry/></feed>"),
        ("feed.json", b'{"title": "Feedwright", "items": [{"_feedwright": {"generator": "Feedwright"}}]}'),
        ("index.html", HOME),
        ("feeds.opml", b"<opml version='2.0'><head><title>Feedwright</title></head></opml>"),
        ("sitemap.xml", b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><!-- Feedwright --></urlset>"),
        ("feeds.css", b"body { color: red } /* Made by Feedwright. */"),
        ("tag/sea/rss.xml", FEED),
        ("rss.xml", b""),
        ("rss.xml", b"mine"),
    ],
)
def test_a_file_that_names_us_in_another_place_is_not_ours_whatever_the_state_knows(
    whole: SiteOnDisk, path: str, theirs: bytes, lost: tuple[str, ...]
) -> None:
    whole.build()
    (whole.out / path).write_bytes(theirs)
    for name in lost:
        (whole.content / ".feeds" / name).unlink()
    for report in (whole.build(), whole.article("b.md", tags="[sea]").build(), whole.build(full=True)):
        assert [one.file for one in report.problems if one.code == "not-ours"] == [str(whole.out / path)]
        assert (whole.out / path).read_bytes() == theirs
        assert report.exit_code == (1 if path.endswith(("rss.xml", "atom.xml", "feed.json")) else 0)
    whole.configure('language = "en"\nextras = []\n').article("a.md").article("b.md").build()
    gone = prune(whole.content, whole.out).removed
    assert gone == tuple(one for one in documents("tag/sea/") if one != path)
    assert (whole.out / path).read_bytes() == theirs


def rewritten(held: bytes) -> bytes:
    return held.replace(b"Tides", b"Ebbs")


@pytest.mark.parametrize("alter", [rewritten, lambda held: held + b"\n", lambda held: held[: len(held) * 4 // 5]])
@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "feed.json", "index.html", "feeds.opml", "sitemap.xml"])
def test_a_document_of_ours_that_was_altered_is_restored_with_a_warning(
    whole: SiteOnDisk, path: str, alter: Callable[[bytes], bytes]
) -> None:
    whole.build()
    ours = whole.tree()
    (whole.out / path).write_bytes(alter(ours[path]) + b" ")
    report = whole.build()
    (problem,) = report.problems
    assert (problem.severity, problem.code, problem.file) == ("warning", "document-altered", str(whole.out / path))
    assert (report.written, report.exit_code, whole.tree()) == ((path,), 0, ours)
    assert codes(whole.build()) == []
    assert codes(whole.article("b.md").build()) == []


def test_what_we_wrote_ourselves_is_not_called_altered(whole: SiteOnDisk) -> None:
    whole.build()
    for path in whole.tree():
        (whole.out / path).touch()
    assert codes(whole.build()) == []
    assert codes(whole.article("a.md", "Changed.").build()) == []
    older = whole.tree()
    (whole.content / ".feeds/catalog.db").unlink()
    whole.article("a.md", "Changed again.").build()
    for path, held in older.items():
        # A backup, of which the catalog knows nothing.
        (whole.out / path).write_bytes(held)
    (whole.content / ".feeds/catalog.db").unlink()
    assert codes(whole.build()) == []
    assert "Changed again." in whole.tree()["atom.xml"].decode()


def test_a_run_that_dies_between_its_documents_and_its_note_of_them_alters_nothing(
    whole: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.build()
    with monkeypatch.context() as patch:
        patch.setattr("feedwright.publish.report.note_success", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            whole.article("a.md", "Changed.").build()
    assert "Changed." in whole.tree()["rss.xml"].decode()
    assert codes(whole.article("a.md", "Changed again.").build()) == []
    assert "Changed again." in whole.tree()["rss.xml"].decode()


def test_another_path_is_a_way_out_and_leaves_nothing_to_say(site: SiteOnDisk) -> None:
    site.out.mkdir()
    (site.out / "rss.xml").write_bytes(FEED)
    report = site.article("a.md").build()
    assert codes(report) == [("error", "not-ours")]
    assert "give the feed another path" in report.problems[0].hint
    report = site.configure('[kinds.site]\npath = { rss = "feed.xml" }\n').build()
    assert (codes(report), report.former) == ([], ())
    assert site.titles("feed.xml") == ["a"]
    assert codes(site.article("b.md").build()) == []
    assert (site.out / "rss.xml").read_bytes() == FEED


def test_an_address_that_a_feed_had_before_is_left_to_whoever_has_it_now(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    site.configure('[kinds.site]\npath = { rss = "feed.xml" }\n').build()
    (site.out / "rss.xml").write_bytes(FEED)
    report = site.article("b.md").build()
    assert (codes(report), report.former) == ([("warning", "not-ours")], ())
    assert "had this URL before" in report.problems[0].hint
    report = site.article("c.md").build()
    assert (codes(report), report.former) == ([], ())
    assert (site.out / "rss.xml").read_bytes() == FEED
    assert prune(site.content, site.out).removed == ()
    assert (site.out / "rss.xml").read_bytes() == FEED


@pytest.mark.parametrize("make", [Path.mkdir, lambda file: file.symlink_to("../elsewhere.xml")])
def test_a_folder_or_a_link_in_a_feeds_place_holds_back_that_document_alone(
    site: SiteOnDisk, make: Callable[[Path], None]
) -> None:
    site.article("a.md").build()
    (site.out / "rss.xml").unlink()
    (site.root / "elsewhere.xml").write_bytes(site.tree()["atom.xml"])
    make(site.out / "rss.xml")
    for number in range(2):
        report = site.article(f"{number}.md").build()
        assert (codes(report), report.exit_code) == ([("error", "not-ours")], 1)
        assert f"{number}" in site.titles()
        assert (site.out / "rss.xml").is_dir() or (site.out / "rss.xml").is_symlink()


def test_a_try_says_what_is_in_the_way_and_does_not_count_it(whole: SiteOnDisk) -> None:
    whole.out.mkdir()
    (whole.out / "rss.xml").write_bytes(FEED)
    (whole.out / "index.html").write_bytes(HOME)
    tried = whole.build(dry_run=True)
    assert codes(tried) == [("warning", "not-ours"), ("error", "not-ours")]
    made = whole.build()
    assert (made.problems, made.written) == (tried.problems, tuple(sorted(tried.written)))


def test_another_sites_feeds_are_known_by_their_marks_alone(site: SiteOnDisk) -> None:
    other = SiteOnDisk(site.root / "other").configure(site=SITE.replace("tides", "ebbs")).article("b.md")
    site.article("a.md").build()
    with pytest.raises(FeedsError, match="is the feed of another site"):
        build(other.content, site.out, now=NOW)
    for path in site.tree():
        (site.out / path).write_bytes(site.tree()[path].replace(b"Feedwright", b"Feedwrong"))
    report = build(other.content, site.out, now=NOW)
    assert {problem.code for problem in report.problems} == {"not-ours"}


def test_erasing_an_article_from_archives_leaves_a_file_that_is_not_ours(site: SiteOnDisk) -> None:
    site.configure("limit = 1\narchive = 2\n")
    for day in range(1, 6):
        site.article(f"{day}.md", f"Text {day}.", date=f"2024-01-0{day}")
    site.build()
    (site.out / "archive/1/rss.xml").write_bytes(FEED)
    (site.content / "1.md").unlink()
    site.build()
    retract(site.content, "1.md", erase=True)
    report = site.build()
    assert codes(report) == [("error", "not-ours")]
    assert (site.out / "archive/1/rss.xml").read_bytes() == FEED
    assert b"Text 1." not in b"".join(site.tree().values())
    (site.out / "archive/1/rss.xml").unlink()
    assert codes(site.build()) == []
    assert b"Text 2." in site.tree()["archive/1/rss.xml"]
    assert b"Text 1." not in b"".join(site.tree().values())
