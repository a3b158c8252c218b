"""Sites whose terms are many: `at_least`, and what a first build says of them."""

from __future__ import annotations

import pytest

from feedwright.cli import main
from feedwright.commands.prune import prune
from feedwright.publish import first_build
from tests.conftest import SiteOnDisk, documents

AT_LEAST_TWO = "[kinds.tag]\nat_least = 2\n"


def test_a_term_gets_a_feed_once_it_has_enough_articles(site: SiteOnDisk) -> None:
    site.configure(AT_LEAST_TWO).article("a.md", tags="[sea, rare]").article("b.md", tags="[sea]")
    report = site.build()
    assert report.problems == ()
    assert set(documents("tag/sea/")) <= set(site.tree())
    assert not (site.out / "tag/rare").exists()
    site.article("c.md", tags="[rare]").build()
    assert site.titles("tag/rare/atom.xml") == ["c", "a"]


def test_drafts_do_not_count_for_a_terms_feed(site: SiteOnDisk) -> None:
    site.configure(AT_LEAST_TWO).article("a.md", tags="[rare]").article("b.md", tags="[rare]", draft="true").build()
    assert not (site.out / "tag").exists()


def test_only_the_kind_that_says_so_needs_more_articles(site: SiteOnDisk) -> None:
    site.configure(AT_LEAST_TWO).article("a.md", tags="[rare]", categories="[News]").build()
    assert (site.out / "category/news/atom.xml").exists()
    assert not (site.out / "tag").exists()


def test_a_term_that_only_names_needs_no_articles(site: SiteOnDisk) -> None:
    site.configure(f'{AT_LEAST_TWO}only = ["rare"]\n').article("a.md", tags="[rare]").build()
    assert site.titles("tag/rare/atom.xml") == ["a"]


def test_a_feed_that_exists_stays_when_its_term_has_too_few_articles(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[rare]").build()
    before = site.tree()
    report = site.configure(AT_LEAST_TWO).build()
    assert report.retired == ()
    assert site.tree() == before
    site.article("a.md", "Edited.", tags="[rare]").build()
    assert "Edited." in site.feed("tag/rare/atom.xml").entries[0].content[0].value
    assert prune(site.content, site.out).removed == ()


def test_a_feed_that_has_once_had_enough_articles_stays(site: SiteOnDisk) -> None:
    site.configure(AT_LEAST_TWO).article("a.md", tags="[sea]").article("b.md", tags="[sea]").build()
    site.article("b.md").build()
    assert site.titles("tag/sea/atom.xml") == ["a"]


def test_why_an_article_is_in_no_feed_of_its_tag_is_explained(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site.configure(AT_LEAST_TWO).article("a.md", tags="[rare]").build()
    assert main(["explain", "a.md", str(site.content)]) == 0
    assert "tag/rare has no feed: it has 1 article, and at_least is 2" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["0", "-1", '"2"', "true", "1.5"])
def test_at_least_is_a_number_from_one(site: SiteOnDisk, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    site.configure(f"[kinds.tag]\nat_least = {wrong}\n").article("a.md")
    assert main(["build", str(site.content), "--out", str(site.out)]) == 2
    assert "kinds.tag.at_least" in capsys.readouterr().err


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four feeds are many."""
    monkeypatch.setattr(first_build, "MANY", 3)


@pytest.mark.usefixtures("few")
def test_a_first_build_with_very_many_terms_says_which_two_lines_mend_it(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[one, two, three, four]").article("b.md", tags="[one, two]")
    (problem,) = site.build().problems
    assert (problem.severity, problem.code) == ("warning", "feeds-many")
    assert "4 tags make 12 documents (" in problem.what
    assert "[kinds.tag]\n        at_least = 2\n" in problem.hint
    assert "the 2 with at least 2 articles" in problem.hint
    assert site.article("c.md").build().problems == ()


@pytest.mark.usefixtures("few")
def test_a_first_build_that_is_only_tried_says_it_too(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[one, two, three, four]")
    (problem,) = site.build(dry_run=True).problems
    assert "4 tags make 12 documents" in problem.what
    assert [one.code for one in site.build().problems] == ["feeds-many"]
    assert site.build().problems == ()


@pytest.mark.usefixtures("few")
def test_a_site_with_few_terms_is_told_nothing(site: SiteOnDisk) -> None:
    assert site.article("a.md", tags="[one, two, three]").build().problems == ()
