"""What a build refuses to publish, because it can hardly be meant."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright.errors import FeedsError, PublishError
from feedwright.pipeline import Options, build
from feedwright.publish.guards import RefusedError
from tests.conftest import NOW, SITE, SiteOnDisk

BROKEN = "---\ntitle: [\n---\n"
LATER = NOW + timedelta(days=400)


def articles(site: SiteOnDisk, count: int) -> list[str]:
    names = [f"{number:02}.md" for number in range(count)]
    for name in names:
        site.article(name, f"Text of {name}.", tags="[sea]")
    site.build()
    return names


def remove(site: SiteOnDisk, names: Iterable[str]) -> None:
    for name in names:
        (site.content / name).unlink()


def spoil(site: SiteOnDisk, names: Iterable[str]) -> None:
    for name in names:
        site.write(name, BROKEN)


@pytest.mark.parametrize("lose", [remove, spoil])
@pytest.mark.parametrize(("count", "lost"), [(14, 5), (12, 5), (5, 5), (30, 11), (2, 2), (1, 1)])
def test_more_than_a_third_and_at_least_five_or_all_are_not_lost_at_once(site: SiteOnDisk, lose, count, lost) -> None:  # type: ignore[no-untyped-def]
    names = articles(site, count)
    before = site.tree()
    lose(site, names[:lost])
    with pytest.raises(RefusedError) as caught:
        site.build()
    assert "--allow-shrink" in str(caught.value)
    assert f"of {count} published articles, {lost} " in str(caught.value)
    assert caught.value.exit_code == 2
    assert site.tree() == before


@pytest.mark.parametrize("lose", [remove, spoil])
@pytest.mark.parametrize(("count", "lost"), [(15, 5), (30, 10), (11, 4), (5, 4), (2, 1)])
def test_a_third_or_less_than_five_are(site: SiteOnDisk, lose, count, lost) -> None:  # type: ignore[no-untyped-def]
    lose(site, articles(site, count)[:lost])
    report = site.build()
    assert len(site.titles()) == min(20, count - lost if lose is remove else count)
    assert report.exit_code == (lose is spoil)


def test_what_is_gone_and_what_is_broken_count_together(site: SiteOnDisk) -> None:
    names = articles(site, 14)
    remove(site, names[:3])
    spoil(site, names[3:5])
    with pytest.raises(RefusedError, match="3 are gone and 2 cannot be read"):
        site.build()


def test_a_refusal_lasts_until_it_is_meant(site: SiteOnDisk) -> None:
    names = articles(site, 9)
    remove(site, names[:5])
    for full in (False, True):
        with pytest.raises(RefusedError):
            site.build(full=full)
    site.build(allow_shrink=True)
    assert len(site.titles()) == 4
    assert site.build().problems == ()


def test_articles_that_were_lost_before_are_not_counted_again(site: SiteOnDisk) -> None:
    names = articles(site, 20)
    for start in (0, 4, 8):
        remove(site, names[start : start + 4])
        site.build()
    assert len(site.titles()) == 8


def test_broken_articles_stay_as_they_were_last_good_and_are_reported(site: SiteOnDisk) -> None:
    names = articles(site, 6)
    before = site.tree()
    spoil(site, names[:2])
    report = site.build()
    assert site.tree() == before
    assert [problem.file for problem in report.problems] == [str(site.content / name) for name in names[:2]]
    assert (report.exit_code, site.build().exit_code, site.build(full=True).exit_code) == (1, 1, 1)
    assert site.tree() == before
    for name in names[:2]:
        site.article(name, f"Text of {name}.", tags="[sea]")
    assert site.build().problems == ()
    assert site.tree() == before


@pytest.mark.parametrize("text", [BROKEN, "", "<<<<<<< HEAD\n---\ntitle: a\n---\n=======\n>>>>>>> b\n", b"\xff\xfe\0"])
def test_a_file_that_is_half_saved_changes_no_feed(site: SiteOnDisk, text: str | bytes) -> None:
    names = articles(site, 3)
    before = site.tree()
    site.write(names[0], text)
    assert site.build().exit_code == 1
    assert site.tree() == before


def test_a_folder_that_cannot_be_looked_into_empties_no_feed(site: SiteOnDisk) -> None:
    articles(site, 3)
    site.article("sea/a.md").article("sea/b.md").build()
    before = site.tree()
    shutil.move(site.content / "sea", site.root / "sea")
    (site.content / "sea").symlink_to(site.root / "sea")
    site.build()
    assert len(site.titles()) == 3
    (site.content / "sea").unlink()
    shutil.move(site.root / "sea", site.content / "sea")
    site.build()
    assert site.tree() == before


@pytest.mark.parametrize(
    "site_", ['title = "Tides"\nurl = "https://typo.example/"\n', SITE + 'permalink = "/x/{slug}/"\n']
)
def test_most_articles_do_not_get_another_address_at_once(site: SiteOnDisk, site_: str) -> None:
    articles(site, 5)
    before = site.tree()
    site.configure(site=site_)
    with pytest.raises(RefusedError, match="allow-relink"):
        site.build()
    assert site.tree() == before
    site.configure()
    assert site.build().written == ()
    site.configure(site=site_).build(allow_relink=True)
    assert site.tree() != before


def test_one_article_may_get_another_address(site: SiteOnDisk) -> None:
    articles(site, 1)
    site.article("00.md", permalink="/other/").build()
    assert site.feed().entries[0].link == "https://tides.example/other/"


def test_a_feed_without_source_keeps_its_address_until_nothing_of_it_may_be_shown(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[x]").article("b.md", tags="[x]").article("c.md").build()
    for name in ("a.md", "b.md"):
        site.article(name, tags="[y]")
    assert site.build().retired == ("Tides: x",)
    assert sorted(site.titles("tag/x/atom.xml")) == ["a", "b"]
    site.article("a.md", draft="true")
    assert site.build().retired == ("Tides: x",)
    assert site.titles("tag/x/atom.xml") == ["b"]
    (site.content / "b.md").unlink()
    site.build()
    assert site.titles("tag/x/atom.xml") == site.titles("tag/x/rss.xml") == []
    assert site.build(full=True).retired == ("Tides: x", "Tides: y")


@pytest.mark.parametrize("now", [datetime(2019, 12, 31, tzinfo=UTC), datetime(2023, 12, 31, tzinfo=UTC)])
def test_under_a_clock_that_cannot_be_right_nothing_appears_or_expires(site: SiteOnDisk, now: datetime) -> None:
    site.article("a.md").article("expired.md", expires="2024-02-02").article("soon.md", date="2024-06-02")
    site.article("leaving.md", expires="2024-06-03").build()
    before = site.tree()
    for full in (False, True):
        report = site.build(now=now, full=full)
        assert [problem.code for problem in report.problems] == ["clock-behind"]
        assert site.tree() == before
    site.build(now=LATER)
    assert sorted(site.titles()) == ["a", "soon"]


def test_a_site_of_drafts_is_not_told_of_its_clock_but_before_2020(site: SiteOnDisk) -> None:
    site.article("a.md", draft="true")
    assert site.build(now=datetime(2020, 1, 1, tzinfo=UTC)).problems == ()
    assert [problem.code for problem in site.build(now=datetime(2019, 1, 1, tzinfo=UTC)).problems] == ["clock-behind"]


def test_a_content_folder_that_is_not_there_is_an_error_and_changes_nothing(site: SiteOnDisk) -> None:
    articles(site, 1)
    before = site.tree()
    (site.root / "content").rename(site.root / "elsewhere")
    with pytest.raises(FeedsError):
        site.build()
    assert site.tree() == before


def test_a_first_run_takes_no_other_sites_place(site: SiteOnDisk, tmp_path: Path) -> None:
    articles(site, 3)
    before = site.tree()
    other = SiteOnDisk(tmp_path / "other").configure(site='title = "Hills"\nurl = "https://hills.example/"\n')
    other.article("a.md", "Up and down.")
    with pytest.raises(PublishError, match="is the feed of another site"):
        build(other.content, site.out, now=NOW)
    assert site.tree() == before
    site.build()
    assert site.tree() == before


def test_a_site_that_lost_its_state_or_moved_takes_its_own_place(site: SiteOnDisk, tmp_path: Path) -> None:
    articles(site, 3)
    shutil.rmtree(site.content / ".feeds")
    assert site.build().written == ()
    site.configure(site=SITE.replace("tides.example", "tides.net"))
    site.build(allow_relink=True)
    copy = tmp_path / "copy"
    shutil.copytree(site.out, copy)
    site.configure(site=SITE.replace("tides.example", "tides.org"))
    assert len(build(site.content, copy, now=NOW, options=Options(allow_relink=True)).written) == len(site.tree())


def test_a_first_run_of_an_empty_folder_empties_nothing(site: SiteOnDisk, tmp_path: Path) -> None:
    articles(site, 3)
    before = site.tree()
    empty = SiteOnDisk(tmp_path / "empty").configure()
    with pytest.raises(PublishError, match="there is none in the content folder"):
        build(empty.content, site.out, now=NOW)
    assert site.tree() == before
