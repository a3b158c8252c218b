"""Feeds whose author or term goes by another name: they move, and are kept up where they were."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from feedwright.cli import main
from tests.conftest import SiteOnDisk

AUTHORS = '[authors.ann]\nname = "{}"\nemail = "ann@tides.example"\n'


def by_ann(site: SiteOnDisk, name: str) -> SiteOnDisk:
    return site.configure(AUTHORS.format(name))


@pytest.fixture
def ann(site: SiteOnDisk) -> SiteOnDisk:
    """A site with two articles by an author with an id, built."""
    by_ann(site, "Ann Smith").article("a.md", author="ann").article("b.md", author="ann").article("c.md")
    site.build()
    return site


def self_links(site: SiteOnDisk, path: str) -> list[str]:
    return [link.href for link in site.feed(path).feed.links if link.rel == "self"]


def assert_moved(site: SiteOnDisk, before: str, now: str, titles: list[str]) -> None:
    """That a feed is in one folder, and kept up in another one, in every format."""
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert sorted(site.titles(f"{now}/{name}")) == sorted(site.titles(f"{before}/{name}")) == titles
    assert self_links(site, f"{before}/atom.xml") == [f"https://tides.example/{quote(now)}/atom.xml"]
    assert self_links(site, f"{now}/atom.xml") == [f"https://tides.example/{quote(now)}/atom.xml"]
    assert site.feed(f"{before}/atom.xml").feed.id == site.feed(f"{now}/atom.xml").feed.id


# --- authors ---


@pytest.mark.parametrize("lost", [(), ("catalog.db",)])
@pytest.mark.parametrize("full", [False, True])
def test_an_author_with_an_id_keeps_the_feed_whatever_the_name_becomes(
    ann: SiteOnDisk, lost: tuple[str, ...], full: bool
) -> None:
    id_ = ann.feed("author/ann-smith/atom.xml").feed.id
    for name in lost:
        (ann.content / ".feeds" / name).unlink()
    report = by_ann(ann, "Ann Miller").build(full=full)
    assert report.retired == ()
    assert_moved(ann, "author/ann-smith", "author/ann-miller", ["a", "b"])
    assert ann.feed("author/ann-miller/atom.xml").feed.id == id_
    (moved,) = report.moved
    assert moved[:4] == ("author", "Ann Smith", "Ann Miller", "author/ann-miller/rss.xml")
    assert set(moved.former) == {f"author/ann-smith/{name}" for name in ("rss.xml", "atom.xml", "feed.json")}
    assert ann.build().written == ann.build(full=True).written == ()
    ann.article("d.md", author="ann").build()
    assert_moved(ann, "author/ann-smith", "author/ann-miller", ["a", "b", "d"])


def test_that_a_feed_moved_is_said(
    ann: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ann.root)
    by_ann(ann, "Ann Miller")
    assert main(["build", "--dry-run"]) == 0
    assert "the author 'Ann Smith' is 'Ann Miller' now" in capsys.readouterr().out
    assert not (ann.out / "author/ann-miller").exists()
    assert main(["list"]) == 0
    assert "https://tides.example/author/ann-smith/atom.xml (now https://" in capsys.readouterr().out
    assert main(["build"]) == 0
    printed = capsys.readouterr().out
    assert "its feed is at author/ann-miller/rss.xml, and is kept up at author/ann-smith/atom.xml" in printed
    assert main(["status"]) == 0
    assert "kept up at former URLs, until `feeds prune`: author/ann-smith/atom.xml" in capsys.readouterr().out
    assert main(["list", "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    former = {line["url"]: line["now"] for line in lines if line["type"] == "former"}
    assert former["https://tides.example/author/ann-smith/rss.xml"] == "https://tides.example/author/ann-miller/rss.xml"
    assert len(former) == 3
    assert main(["build", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["moved"] == []


def test_an_author_renamed_twice_is_kept_up_at_both_addresses(ann: SiteOnDisk) -> None:
    by_ann(ann, "Ann Miller").build()
    by_ann(ann, "Ann Moss").build()
    assert_moved(ann, "author/ann-smith", "author/ann-moss", ["a", "b"])
    assert_moved(ann, "author/ann-miller", "author/ann-moss", ["a", "b"])


def test_an_author_renamed_back_has_the_first_address_again(ann: SiteOnDisk) -> None:
    before = ann.tree()
    by_ann(ann, "Ann Miller").build()
    report = by_ann(ann, "Ann Smith").build()
    assert report.retired == ()
    assert_moved(ann, "author/ann-miller", "author/ann-smith", ["a", "b"])
    now = ann.tree()
    assert {path: now[path] for path in before} == before


def test_an_author_of_the_sites_own_data_has_an_id_as_well(site: SiteOnDisk) -> None:
    site.write("_data/authors.yml", "ann:\n  name: Ann Smith\n")
    site.article("_posts/2024-01-01-a.md", author="ann").article("_posts/2024-01-02-b.md").build()
    site.write("_data/authors.yml", "ann:\n  name: Ann Miller\n").build()
    assert_moved(site, "author/ann-smith", "author/ann-miller", ["2024-01-01-a"])


def test_without_an_id_another_name_is_another_author(site: SiteOnDisk) -> None:
    site.article("a.md", author="Ann Smith").build()
    report = site.article("a.md", author="Ann Miller").build()
    assert report.moved == ()
    assert len(report.retired) == 1


def test_two_authors_may_change_names(site: SiteOnDisk) -> None:
    both = '[authors.a]\nname = "{}"\n[authors.b]\nname = "{}"\n'
    site.configure(both.format("Ann", "Bob")).article("a.md", author="a").article("b.md", author="b").build()
    report = site.configure(both.format("Bob", "Ann")).build()
    assert report.problems == ()
    assert (site.titles("author/ann/atom.xml"), site.titles("author/bob/atom.xml")) == (["a"], ["b"])
    assert site.build(full=True).written == ()


def test_a_new_author_does_not_take_the_place_of_one_who_had_the_name_first(ann: SiteOnDisk) -> None:
    by_ann(ann, "Ann Miller").build()
    ann.article("d.md", author="Ann Smith").build()
    assert_moved(ann, "author/ann-smith", "author/ann-miller", ["a", "b"])
    (folder,) = (path for path in (ann.out / "author").iterdir() if path.name.startswith("ann-smith-"))
    assert ann.titles(f"author/{folder.name}/atom.xml") == ["d"]
    assert ann.feed(f"author/{folder.name}/atom.xml").feed.id != ann.feed("author/ann-miller/atom.xml").feed.id


def test_one_name_of_two_authors_who_part_is_no_ones_feed(site: SiteOnDisk) -> None:
    both = '[authors.a]\nname = "{}"\n[authors.b]\nname = "{}"\n'
    site.configure(both.format("Ann", "Ann")).article("a.md", author="a").article("b.md", author="b").build()
    report = site.configure(both.format("Ann A", "Ann B")).build()
    assert report.moved == ()
    assert len(report.retired) == 1
    assert [problem.code for problem in report.problems] == ["feed-divided"]
    assert sorted(site.titles("author/ann/atom.xml")) == ["a", "b"]


def test_an_author_whose_old_name_still_stands_in_articles_keeps_both_feeds(site: SiteOnDisk) -> None:
    by_ann(site, "Ann Smith").article("a.md", author="ann").article("b.md", author="Ann Smith").build()
    report = by_ann(site, "Ann Miller").build()
    assert (report.moved, report.retired) == ((), ())
    assert site.titles("author/ann-smith/atom.xml") == ["b"]
    assert site.titles("author/ann-miller/atom.xml") == ["a"]


def test_a_name_that_changes_while_nothing_is_published_is_followed_later(ann: SiteOnDisk) -> None:
    ann.article("a.md", author="ann", draft="true").article("b.md", author="ann", draft="true").build()
    by_ann(ann, "Ann Miller").build()
    ann.article("a.md", author="ann").build()
    assert_moved(ann, "author/ann-smith", "author/ann-miller", ["a"])


# --- terms that are spelt otherwise ---


@pytest.mark.parametrize("kind", ["category", "tag", "author"])
@pytest.mark.parametrize(
    ("before", "now", "was", "is_"),
    [
        ("Sea Life", "sea life", "sea-life", "sea-life"),
        ("Sea Life", "Sea-Life", "sea-life", None),
        ("Sea: Life!", "Sea Life", None, "sea-life"),
        ("Cafe\u0301 Noir", "caf\u00e9-noir", "caf\u00e9-noir", "caf\u00e9-noir"),
        ("Zurich", "Z\u00fcrich", "zurich", "z\u00fcrich"),
    ],
)
def test_a_term_that_is_spelt_otherwise_is_the_same_feed(
    kind: str, before: str, now: str, was: str | None, is_: str | None, site: SiteOnDisk
) -> None:
    site.configure("[kinds.tag]\nenabled = true\n")
    for name in "ab":
        site.article(f"{name}.md", **{kind: f"'{before}'"})
    site.article("c.md").build()
    (folder,) = (path.name for path in (site.out / kind).iterdir())
    assert was in (None, folder)
    id_ = site.feed(f"{kind}/{folder}/atom.xml").feed.id
    for name in "ab":
        site.article(f"{name}.md", **{kind: f"'{now}'"})
    report = site.build()
    assert (report.retired, report.problems) == ((), ())
    (moved,) = report.moved
    there = moved.path.split("/")[1]
    assert is_ in (None, there)
    assert_moved(site, f"{kind}/{folder}", f"{kind}/{there}", ["a", "b"])
    assert site.feed(moved.path).feed.title == f"Tides: {now}"
    assert site.feed(f"{kind}/{there}/atom.xml").feed.id == id_
    assert site.build(full=True).written == ()


@pytest.mark.parametrize(("before", "now"), [("C", "C#"), ("C#", "C++"), ("Sea", "Lake"), ("1.0", "2.0")])
def test_another_term_is_another_feed(before: str, now: str, site: SiteOnDisk) -> None:
    site.article("a.md", category=f"'{before}'").build()
    report = site.article("a.md", category=f"'{now}'").build()
    assert (report.moved, len(report.retired)) == ((), 1)


def test_a_term_that_some_articles_still_have_stays(site: SiteOnDisk) -> None:
    site.article("a.md", category="Sea").article("b.md", category="Sea").build()
    report = site.article("a.md", category="sea").build()
    assert (report.moved, report.retired) == ((), ())
    # When the last one follows, all its articles are under the other spelling.
    report = site.article("b.md", category="sea").build()
    assert report.retired == ()
    assert sorted(site.titles("category/sea/atom.xml")) == ["a", "b"]


def test_two_spellings_become_one_feed_at_both_addresses(site: SiteOnDisk) -> None:
    site.article("a.md", category="JavaScript").article("b.md", category="Java-Script").build()
    there = sorted(path.name for path in (site.out / "category").iterdir())
    site.article("b.md", category="JavaScript").build()
    for folder in there:
        assert sorted(site.titles(f"category/{folder}/atom.xml")) == ["a", "b"]
    assert self_links(site, f"category/{there[0]}/atom.xml") == self_links(site, f"category/{there[1]}/atom.xml")


def test_an_article_that_loses_one_of_two_like_terms_moves_no_feed(site: SiteOnDisk) -> None:
    site.configure("[kinds.tag]\nenabled = true\n")
    site.article("a.md", tags="[Sea, Sea-]").article("b.md", tags="[Sea]").build()
    report = site.article("a.md", tags="[Sea]").build()
    assert (report.moved, len(report.retired)) == ((), 1)


def test_a_feed_that_two_spellings_could_be_stays_as_it_was_and_that_is_said(site: SiteOnDisk) -> None:
    site.configure("[kinds.tag]\nenabled = true\n")
    site.article("a.md", tags="[Sea Life]").build()
    report = site.article("a.md", tags="[sea life, sea-life]").build()
    assert report.moved == ()
    (problem,) = report.problems
    assert problem.code == "feed-divided"
    assert site.titles("tag/sea-life/atom.xml") == ["a"]


def test_a_term_in_several_kinds_moves_in_each(site: SiteOnDisk) -> None:
    site.configure("[kinds.tag]\nenabled = true\n")
    site.article("Sea/a.md", category="Sea", tags="[Sea]", author="Sea").build()
    (site.content / "Sea").rename(site.content / "sea")
    report = site.article("sea/a.md", category="'sea!'", tags="['sea!']", author="'sea!'").build()
    assert sorted(one.kind for one in report.moved) == ["author", "category", "section", "tag"]
    assert report.retired == ()


# --- folders ---


@pytest.mark.parametrize("lost", [(), ("catalog.db",)])
def test_a_section_that_is_renamed_with_its_articles_moves(lost: tuple[str, ...], site: SiteOnDisk) -> None:
    site.article("news/a.md").article("news/b.md", "Another text.").article("c.md", "A third.").build()
    for name in lost:
        (site.content / ".feeds" / name).unlink()
    (site.content / "news").rename(site.content / "stories")
    report = site.build(allow_relink=True)
    assert report.retired == ()
    assert_moved(site, "section/news", "section/stories", ["a", "b"])
    (site.content / "stories").rename(site.content / "news")
    site.build(allow_relink=True)
    assert_moved(site, "section/stories", "section/news", ["a", "b"])


def test_a_folder_whose_articles_go_into_another_one_is_not_renamed(site: SiteOnDisk) -> None:
    site.article("news/a.md").article("old/b.md", "Another text.").build()
    (site.content / "news/a.md").rename(site.content / "old/a.md")
    report = site.build(allow_relink=True)
    assert (report.moved, len(report.retired)) == ((), 1)


def test_a_folder_that_is_divided_is_not_renamed(site: SiteOnDisk) -> None:
    site.article("news/a.md").article("news/b.md", "Another text.").article("c.md", "A third.").build()
    for name, folder in (("a", "x"), ("b", "y")):
        (site.content / folder).mkdir()
        (site.content / f"news/{name}.md").rename(site.content / f"{folder}/{name}.md")
    report = site.build(allow_relink=True)
    assert (report.moved, len(report.retired)) == ((), 1)


# --- what goes along ---


def test_a_feed_that_site_toml_spells_otherwise_moves(site: SiteOnDisk) -> None:
    own = '[[feed]]\nname = "{}"\ninclude.path = ["*.md"]\n'
    site.configure(own.format("Best of")).article("a.md").build()
    report = site.configure(own.format("best of!")).build()
    assert report.retired == ()
    assert_moved(site, "feed/best-of", report.moved[0].path.rpartition("/")[0], ["a"])


def test_archives_go_along(site: SiteOnDisk) -> None:
    more = "archive = 2\nlimit = 2\n"
    site.configure(more + AUTHORS.format("Ann Smith"))
    for number in range(1, 8):
        site.article(f"{number}.md", author="ann", date=f"2024-01-0{number}")
    site.build()
    kept = {path: held for path, held in site.tree().items() if path.startswith("archive/author/ann-smith/1/")}
    assert kept
    site.configure(more + AUTHORS.format("Ann Miller")).build()
    for number in range(8, 10):
        site.article(f"{number}.md", author="ann", date=f"2024-01-0{number}")
    report = site.build()
    assert report.problems == ()
    now = site.tree()
    assert {path: now[path] for path in kept} == kept
    links = {link.rel: link.href for link in site.feed("author/ann-miller/atom.xml").feed.links}
    path, seen = links["prev-archive"], []
    while path:
        feed = site.feed(path.removeprefix("https://tides.example/"))
        seen += [entry.title for entry in feed.entries]
        path = next((link.href for link in feed.feed.links if link.rel == "prev-archive"), "")
    assert {*"12345"} <= set(seen)


def test_a_retraction_is_told_in_the_feed_that_moved(ann: SiteOnDisk) -> None:
    ann.article("b.md", author="ann", retracted="2024-05-01").build()
    by_ann(ann, "Ann Miller").build()
    assert b"deleted-entry" in (ann.out / "author/ann-miller/atom.xml").read_bytes()
    assert b"deleted-entry" in (ann.out / "author/ann-smith/atom.xml").read_bytes()


def test_pruning_gives_the_former_address_up(ann: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ann.root)
    by_ann(ann, "Ann Miller").build()
    assert main(["prune", "--yes"]) == 0
    assert not (ann.out / "author/ann-smith").exists()
    assert sorted(ann.titles("author/ann-miller/atom.xml")) == ["a", "b"]


def test_servers_are_told_to_redirect_the_former_address(
    ann: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ann.root)
    by_ann(ann, "Ann Miller").build()
    assert main(["snippets", "nginx"]) == 0
    printed = capsys.readouterr().out
    assert "author/ann-smith/atom" in printed


def test_a_refused_run_moves_nothing(ann: SiteOnDisk) -> None:
    before = ann.tree()
    for name in "abc":
        (ann.content / f"{name}.md").unlink()
    by_ann(ann, "Ann Miller")
    with pytest.raises(Exception, match="gone"):
        ann.build()
    assert ann.tree() == before
    ann.article("a.md", author="ann").article("b.md", author="ann").article("c.md").build()
    assert_moved(ann, "author/ann-smith", "author/ann-miller", ["a", "b"])
