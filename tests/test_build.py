"""From a content folder to feeds."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright import check
from feedwright.errors import FeedsError
from feedwright.pipeline import Report
from tests.conftest import NOW, SiteOnDisk, documents


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_an_article_is_in_the_feeds_of_the_site_and_of_all_its_terms(site: SiteOnDisk) -> None:
    site.article("posts/a.md", title="Ebb", categories="[Sea]", tags="[low, 'C++']", author="Jane Doe")
    report = site.build()
    assert (report.exit_code, report.articles, report.shown) == (0, 1, 1)
    folders = {path.rpartition("/")[0] for path in report.written}
    assert folders == {"", "category/sea", "tag/low", "tag/c-f1deb7", "author/jane-doe", "section/posts"}
    for path in report.written:
        assert site.titles(path) == ["Ebb"]
        assert check((site.out / path).read_bytes()) == []


def test_drafts_future_expired_and_opted_out_articles_stay_out_and_all_is_well(site: SiteOnDisk) -> None:
    site.article("shown.md").article("draft.md", draft="true").article("future.md", date="2099-01-01")
    site.article("expired.md", expires="2024-02-01").article("no.md", feed="false")
    report = site.build()
    assert site.titles() == ["shown"]
    assert report.exit_code == 0
    assert report.hidden == {
        "draft.md": "draft",
        "expired.md": "expired 2024-02-01 00:00 UTC",
        "future.md": "not before 2099-01-01 00:00 UTC",
        "no.md": "opted out of all feeds",
    }


def test_a_future_article_appears_at_the_first_build_after_its_time(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md", date="2024-06-02T10:00:00+02:00")
    site.build(now=datetime(2024, 6, 2, 7, 59, 59, tzinfo=UTC))
    assert site.titles() == ["a"]
    site.build(now=datetime(2024, 6, 2, 8, tzinfo=UTC))
    assert site.titles() == ["b", "a"]


def test_undated_articles_can_be_shown_from_when_they_were_first_seen(site: SiteOnDisk) -> None:
    site.configure('undated = "first-seen"\n').article("a.md", date=None).article("old.md")
    assert site.build().exit_code == 0
    before = site.tree()
    assert site.feed().entries[0].published == "2024-06-01T12:00:00+00:00"
    assert site.titles() == ["a", "old"]
    site.build(now=NOW + timedelta(days=9))
    assert site.tree() == before


def test_undated_articles_can_come_last_and_show_no_date(site: SiteOnDisk) -> None:
    site.configure('undated = "last"\n').article("a.md", date=None).article("old.md", date="1999-01-01")
    assert site.build().problems == ()
    assert site.titles() == ["old", "a"]
    for path in ("rss.xml", "atom.xml"):
        assert "published" not in site.feed(path).entries[1]


def test_an_undated_article_in_a_git_repository_has_the_date_of_its_first_commit(site: SiteOnDisk) -> None:
    site.article("a.md", date=None)
    date = "2022-03-04T05:06:07+02:00"
    environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    author = ["-c", "user.name=x", "-c", "user.email=x@tides.example"]
    for command in (["init", "--quiet"], ["add", "a.md"], [*author, "commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *command], cwd=site.content, env=environment, check=True)
    site.build()
    assert site.feed().entries[0].published == "2022-03-04T03:06:07+00:00"
    shutil.rmtree(site.content / ".git")
    site.build()
    assert site.titles() == ["a"]


def test_one_bad_article_is_left_out_and_named(site: SiteOnDisk) -> None:
    site.article("good.md").write("bad.md", "---\ntitle: [\n---\n").article("undated.md", date=None)
    report = site.build()
    assert site.titles() == ["good"]
    assert report.exit_code == 1
    assert report.left_out == ("bad.md", "undated.md")
    assert {problem.file for problem in report.problems} == {
        str(site.content / "bad.md"),
        str(site.content / "undated.md"),
    }


def test_where_no_article_can_be_used_nothing_is_published(site: SiteOnDisk) -> None:
    site.article("a.md")
    site.build()
    before = site.tree()
    site.write("a.md", "---\ntitle: [\n---\n")
    with pytest.raises(FeedsError, match="nothing-usable"):
        site.build()
    assert site.tree() == before


def test_a_folder_whose_articles_are_all_gone_empties_no_feed(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    before = site.tree()
    (site.content / "a.md").unlink()
    with pytest.raises(FeedsError, match="content-vanished"):
        site.build()
    assert site.tree() == before


def test_a_site_without_articles_yet_has_valid_empty_feeds(site: SiteOnDisk) -> None:
    # A first build that finds no file at all is not done: tests/test_what_is_read.py.
    report = site.article("a.md", draft="true").build()
    assert report.written == documents("")
    assert site.titles() == []
    assert check((site.out / "atom.xml").read_bytes()) == []
    assert site.build(now=NOW + timedelta(days=1)).written == ()


def test_the_second_build_writes_nothing(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[x]").build()
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.out.rglob("*")}
    ledger = (site.content / ".feeds" / "ledger.db").stat().st_mtime_ns
    report = site.build(now=NOW + timedelta(days=400))
    assert (report.written, len(report.unchanged)) == ((), 6)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.out.rglob("*")} == before
    assert (site.content / ".feeds" / "ledger.db").stat().st_mtime_ns == ledger


def test_an_article_keeps_its_id_when_its_date_title_and_address_change(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    before = site.feed().entries[0].id
    site.article("a.md", title="Other", date="2024-02-02", slug="other").build()
    after = site.feed().entries[0]
    assert (after.id, after.title, after.link) == (before, "Other", "https://tides.example/a/")


def test_ids_survive_a_move_to_another_domain(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    before = site.feed()
    site.configure(site='title = "Tides"\nurl = "https://moved.example/"\n').build(allow_relink=True)
    after = site.feed()
    assert after.feed.id == before.feed.id
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].link == "https://moved.example/a/"


def test_of_two_articles_with_one_id_the_first_published_keeps_it(site: SiteOnDisk) -> None:
    site.article("new.md", id="urn:example:1").article("old.md", date="2023-01-01", id="urn:example:1")
    report = site.build()
    assert site.titles() == ["old"]
    (problem,) = report.problems
    assert (problem.code, report.exit_code, report.left_out) == ("id-taken", 1, ("new.md",))
    assert "old.md" in problem.what


def test_an_article_that_was_published_keeps_its_id_against_an_older_copy(site: SiteOnDisk) -> None:
    site.article("a.md", id="urn:example:1").build()
    site.article("copy.md", id="urn:example:1", date="2020-01-01")
    report = site.build()
    assert site.titles() == ["a"]
    assert report.left_out == ("copy.md",)


def test_a_tag_that_lost_its_last_article_keeps_its_feed_without_it(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[x]").article("b.md").build()
    site.article("a.md", tags="[x]", draft="true")
    report = site.build()
    assert "tag/x/atom.xml" in report.written
    assert site.titles("tag/x/atom.xml") == []
    assert b"Water comes" not in (site.out / "tag/x/rss.xml").read_bytes()
    assert site.feed("tag/x/atom.xml").feed.title == "Tides: x"


def test_a_tag_that_an_article_no_longer_has_keeps_its_feed_with_it(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[x]").build()
    before = (site.out / "tag/x/atom.xml").read_bytes()
    site.article("a.md", tags="[y]").build()
    assert site.titles("tag/x/atom.xml") == ["a"]
    assert site.titles("tag/y/atom.xml") == ["a"]
    assert b"x" in before


def test_out_inside_the_content_folder_is_not_read(site: SiteOnDisk) -> None:
    site.article("a.md").write("public/page.html", "---\ntitle: no\ndate: 2024-01-01\n---\nx")
    site.root.joinpath("link").symlink_to(site.content / "public")
    from feedwright.pipeline import build

    build(site.content, site.content / "public", now=NOW)
    text = (site.content / "public/atom.xml").read_text()
    assert "<title>a</title>" in text
    assert "<title>no</title>" not in text


def test_what_must_last_is_never_where_the_world_can_read_it(site: SiteOnDisk) -> None:
    from feedwright.pipeline import build

    site.article("a.md")
    with pytest.raises(FeedsError, match="state-public"):
        build(site.content, site.out, state=site.out / "state", now=NOW)
    assert not site.out.exists()


def test_two_feeds_at_one_address_are_reported(site: SiteOnDisk) -> None:
    site.configure('[[feed]]\nname = "a"\npath = { rss = "x.xml" }\n[[feed]]\nname = "b"\npath = { rss = "x.xml" }\n')
    report = site.article("a.md").build()
    assert codes(report) == ["path-taken"]
    assert report.exit_code == 1


def test_a_body_that_cannot_be_made_safe_is_left_out_and_the_next_takes_its_place(site: SiteOnDisk) -> None:
    site.configure("limit = 1\n")
    site.article("a.md", date="2024-01-01").article("deep.md", "<div>" * 50_000, date="2024-02-01")
    report = site.build()
    assert site.titles() == ["a"]
    assert report.left_out == ("deep.md",)


def test_related_links_arrive_in_both_formats(site: SiteOnDisk) -> None:
    site.article("posts/low.md", title="Low water", date="2024-01-02")
    site.article(
        "posts/high.md",
        title="High water",
        date="2024-01-03",
        related="[low, 'https://noaa.example/tides', {title: Only a headline}]",
    )
    assert site.build().problems == ()
    for path in ("atom.xml", "rss.xml"):
        entry = site.feed(path).entries[0]
        related = [(link.href, link.get("title")) for link in entry.links if link.rel == "related"]
        assert related == [
            ("https://tides.example/posts/low/", "Low water"),
            ("https://noaa.example/tides", None),
        ]
        assert entry.link == "https://tides.example/posts/high/"


def test_related_stories_can_be_listed_in_the_body(site: SiteOnDisk) -> None:
    site.configure("[related]\nin_body = true\n").article("low.md", title="Low & slow", date="2024-01-02")
    site.article("high.md", date="2024-01-03", related="[low, {title: Only a headline}]")
    site.build()
    body = site.feed().entries[0].content[0].value
    assert '<a href="https://tides.example/low/">Low &amp; slow</a>' in body
    assert "Only a headline" in body


def test_a_related_article_that_is_not_published_is_reported_and_left_out(site: SiteOnDisk) -> None:
    site.article("draft.md", draft="true").article("a.md", related="[draft, nowhere]")
    report = site.build()
    assert [link.rel for link in site.feed().entries[0].links] == ["alternate"]
    assert len(report.problems) == 2
    assert report.exit_code == 0
    assert all(problem.file == str(site.content / "a.md") for problem in report.problems)


TAGS = ("[spring, low]", "[neap, high]")


def test_two_articles_at_one_address_are_reported_and_both_shown(site: SiteOnDisk) -> None:
    site.article("a/same.md", slug="x", date="2024-01-02").article("b/same.md", slug="x", permalink="/a/same/")
    report = site.build()
    assert codes(report) == ["address-shared"]
    assert report.exit_code == 0
    assert len(site.titles()) == 2


def test_they_are_reported_as_long_as_that_is_so(site: SiteOnDisk) -> None:
    site.now = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)  # after the files are written, as in life
    site.article("a/same.md", slug="x", date="2024-01-02").article("b/same.md", slug="x", permalink="/a/same/").build()
    assert codes(site.build()) == ["address-shared"]
    (site.out / "atom.xml").unlink()
    assert codes(site.build()) == codes(site.build()) == ["address-shared"]


def found(site: SiteOnDisk, title: str) -> list[str]:
    (entry,) = [entry for entry in site.feed().entries if entry.title == title]
    return [link.title for link in entry.links if link.rel == "related"]


def test_publishing_an_article_changes_no_earlier_entry(site: SiteOnDisk) -> None:
    site.configure("[related]\nauto = 3\n")
    for day in range(1, 9):
        site.article(
            f"{day}.md", title=f"Tide {day}", date=f"2024-01-{day:02}", tags="[spring]" if day % 2 else "[neap]"
        )
    site.build()
    before = {entry.id: entry for entry in site.feed().entries}
    assert any(link.rel == "related" for entry in before.values() for link in entry.links)
    site.article("new.md", title="Tide of spring", date="2024-02-01", tags="[spring]").build()
    after = {entry.id: entry for entry in site.feed().entries}
    assert len(after) == len(before) + 1
    assert all(after[id_] == entry for id_, entry in before.items())


def test_editing_an_old_article_changes_no_other_entry(site: SiteOnDisk) -> None:
    site.configure("[related]\nauto = 2\n")
    for day in range(1, 9):
        site.article(f"{day}.md", title=f"Tide {day}", date=f"2024-01-{day:02}", tags=TAGS[day % 2])
    site.build()
    assert "Tide 3" in found(site, "Tide 5")
    before = {entry.title: entry.links for entry in site.feed().entries}
    site.article("3.md", title="Tide 3", date="2024-01-03", tags="[other]").build()
    after = {entry.title: entry.links for entry in site.feed().entries}
    assert after == before


def test_a_found_link_goes_with_its_target(site: SiteOnDisk) -> None:
    site.configure("[related]\nauto = 1\n")
    for day in range(1, 9):
        site.article(f"{day}.md", title=f"Tide {day}", date=f"2024-01-{day:02}", tags=TAGS[day % 2])
    site.build()
    assert found(site, "Tide 5") == ["Tide 3"]
    site.article("3.md", title="Tide 3", date="2024-01-03", tags=TAGS[1], draft="true").build()
    assert found(site, "Tide 5") == ["Tide 1"]


def test_a_file_that_cannot_be_read_does_not_stop_the_build(site: SiteOnDisk) -> None:
    site.article("good.md").write("bad.md", b"\xff\xfe\x00\x01")
    report = site.build()
    assert site.titles() == ["good"]
    assert report.left_out == ("bad.md",)


def test_an_output_folder_that_is_a_file_is_an_error_in_words(site: SiteOnDisk, tmp_path: Path) -> None:
    site.article("a.md")
    (tmp_path / "out").write_text("")
    with pytest.raises(FeedsError, match="is a file, not a folder"):
        site.build()


def test_links_to_an_article_that_was_the_only_one_and_comes_back_lead_to_it_again(site: SiteOnDisk) -> None:
    site.article("a.md", "See [this](a.md).").build()
    before = site.tree()
    text = (site.content / "a.md").read_text()
    (site.content / "a.md").unlink()
    site.build(allow_shrink=True)
    site.write("a.md", text).build()
    assert site.tree() == before


def test_a_run_that_finds_nothing_to_do_says_what_is_wrong_and_each_thing_once(site: SiteOnDisk) -> None:
    site.configure('[kinds.tag]\nonly = ["nowhere"]\n').article("a.md", related="[gone]").write(
        "bad.md", "---\n[\n---\n"
    )
    first, second = site.build(), site.build()
    assert second.problems == first.problems
    assert len(first.problems) == 3
    assert (second.new_problems, second.exit_code) == ((), 1)


def test_a_run_after_a_failed_one_says_no_more_what_that_failed_of(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    (site.content / "a.md").rename(site.root / "a.md")
    with pytest.raises(FeedsError, match="content-vanished"):
        site.build()
    (site.root / "a.md").rename(site.content / "a.md")
    assert site.build().problems == ()


def test_a_clock_that_is_right_again_is_not_complained_of(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    assert codes(site.build(now=datetime(2010, 1, 1, tzinfo=UTC))) == ["clock-behind"]
    assert site.build().problems == ()


def test_an_article_keeps_its_id_when_it_moves_to_where_a_deleted_one_was(site: SiteOnDisk) -> None:
    site.article("old.md", "Ebb.").article("a.md", "Flood.").article("b.md").build()
    before = {entry.title: entry.id for entry in site.feed().entries}
    (site.content / "old.md").unlink()
    site.build()
    (site.content / "a.md").rename(site.content / "old.md")
    site.build()
    assert {entry.title: entry.id for entry in site.feed().entries} == {title: before[title] for title in ("a", "b")}


def test_a_file_that_comes_back_with_other_text_is_the_article_that_it_was(site: SiteOnDisk) -> None:
    site.article("a.md", "Ebb.").article("b.md").build()
    before = site.feed().entries[0].id
    (site.content / "a.md").unlink()
    site.build()
    site.article("a.md", "Flood.", title="New").build()
    assert site.feed().entries[0].id == before


def test_a_date_that_was_written_under_a_wrong_clock_does_not_make_a_right_one_doubtful(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    site.article("a.md", date="2199-01-01").build(now=datetime(2010, 1, 1, tzinfo=UTC))
    report = site.build()
    assert (codes(report), report.hidden) == ([], {"a.md": "not before 2199-01-01 00:00 UTC"})


def test_a_site_that_has_shown_no_article_yet_has_lost_no_ledger(site: SiteOnDisk) -> None:
    site.article("a.md", draft="true").build()
    assert site.build().problems == ()
    assert site.article("b.md").build().problems == ()


def test_an_article_keeps_its_id_when_it_moves_while_it_cannot_be_read(site: SiteOnDisk) -> None:
    site.article("a.md", "Ebb.").article("b.md", "Flood.").build()
    before = site.feed().entries[1].id
    site.write("a.md", "---\n[\n---\n").build()
    (site.content / "a.md").rename(site.content / "c.md")
    site.build()
    (site.content / "c.md").unlink()
    site.article("c.md", "Ebb.", title="a").build()
    assert {entry.title: entry.id for entry in site.feed().entries}["a"] == before


def test_an_article_that_got_its_id_late_keeps_it_like_any_other(site: SiteOnDisk) -> None:
    site.article("a.md", "Ebb.", id="urn:example:1").article("z.md").build()
    site.article("b.md", "Flood.", title="Flood", id="urn:example:1").build()
    (site.content / "a.md").unlink()
    site.build()
    assert {entry.title: entry.id for entry in site.feed().entries}["Flood"] == "urn:example:1"
    (site.content / "b.md").unlink()
    site.article("c.md", "Flood, again.", title="Flood").build()
    assert {entry.title: entry.id for entry in site.feed().entries}["Flood"] == "urn:example:1"


def test_a_draft_that_is_deleted_is_nothing_that_another_article_names(site: SiteOnDisk) -> None:
    site.article("draft.md", draft="true").article("a.md", related="[draft]")
    assert codes(site.build()) == ["related-not-published"]
    (site.content / "draft.md").unlink()
    assert codes(site.build()) == ["related-missing"]


def test_a_first_article_gives_way_to_those_that_come_in_its_place(site: SiteOnDisk) -> None:
    site.article("a-first-article.md").build()
    (site.content / "a-first-article.md").unlink()
    site.article("a.md", "One.").article("b.md", "Two.", date="2024-01-02").build()
    assert site.titles() == ["b", "a"]
    (site.content / "a.md").unlink()
    (site.content / "b.md").unlink()
    with pytest.raises(FeedsError, match="2 are gone"):
        site.build()
