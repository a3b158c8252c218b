"""What is said is so: counts, reasons and cures, of the build and its sister commands."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from tests.conftest import NOW, SiteOnDisk


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


# --- how many changed ---


def test_an_article_counts_once_as_changed_however_often_it_is_decided_about(site: SiteOnDisk) -> None:
    site.article("a.md", guid="https://tides.example/id/1").article("b.md", guid="urn:x:1", date="2024-02-01")
    report = site.build()
    assert (report.articles, report.shown, report.left_out, report.changed) == (2, 1, ("b.md",), 1)


def test_an_article_that_loses_its_id_to_another_counts_once(site: SiteOnDisk) -> None:
    site.article("a.md", guid="https://tides.example/id/1").article("b.md", guid="urn:x:2").build()
    site.article("b.md", guid="https://tides.example/id/1", date="2024-02-01").article("c.md", guid="urn:x:1")
    assert site.build().changed <= 2


def test_an_article_that_cannot_be_shown_is_none_that_changed(site: SiteOnDisk) -> None:
    site.article("a.md").article("deep.md", "<div>" * 5000 + "x")
    report = site.build()
    assert report.left_out == ("deep.md",)
    assert report.changed == 1


def test_a_moved_article_counts_once(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md").build()
    (site.content / "b.md").rename(site.content / "c.md")
    assert site.build().changed == 1


# --- where the article is ---

BROKEN = {
    "date": "---\ntitle: a\ndate: 31.02.2024\n---\nWater.\n",
    "yaml": "---\ntitle: [a\ndate: 2024-01-01\n---\nWater.\n",
    "unclosed": "---\ntitle: a\ndate: 2024-01-01\n",
    "undated": "---\ntitle: a\n---\nWater.\n",
    "empty": "",
    "not utf-8": b"---\ntitle: a\ndate: 2024-01-01\n---\n\xff\n",
    "conflict": "---\ntitle: a\ndate: 2024-01-01\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n",
    "list": "---\n- a\n- b\n---\nWater.\n",
}


@pytest.mark.parametrize("how", BROKEN)
def test_of_an_article_that_stays_as_it_was_it_is_not_said_that_it_is_in_no_feed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    here.article("a.md").article("b.md").article("c.md")
    main(["build"])
    here.write("a.md", BROKEN[how])
    capsys.readouterr()
    for command in (["build"], ["status"], ["explain", "a.md"]):
        main(command)
        printed = capsys.readouterr()
        assert "in no feed" not in printed.out + printed.err, command
        assert "Until then the feeds keep the article as it was." in printed.err, command
    assert "entry " in printed.out
    assert here.titles() == ["c", "b", "a"]


@pytest.mark.parametrize("how", BROKEN)
def test_of_an_article_that_is_left_out_it_is_said_that_it_is_in_no_feed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    here.article("b.md").write("a.md", BROKEN[how])
    main(["build"])
    said = capsys.readouterr().err
    if how == "unclosed":
        assert here.titles() == ["b", "a"]
        assert "in no feed" not in said
    else:
        assert here.titles() == ["b"]
        assert "The article is in no feed." in said


def test_of_a_draft_that_breaks_it_is_said_that_it_stays_in_no_feed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md", draft="true").article("b.md")
    main(["build"])
    here.write("a.md", BROKEN["date"])
    main(["build"])
    said = capsys.readouterr().err
    assert "It stays in no feed, as before." in said
    assert "keep the article" not in said


def test_a_run_that_publishes_nothing_does_not_say_that_articles_are_in_no_feed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md")
    main(["build"])
    here.write("a.md", BROKEN["date"])
    assert main(["build"]) == 2
    assert "in no feed" not in capsys.readouterr().err


# --- why a document was written ---


def why(site: SiteOnDisk, path: str = "atom.xml", now: datetime = NOW) -> set[str]:
    return set(site.build(now).why.get(path, ()))


def test_why_tells_a_retraction_from_its_end_and_from_its_being_taken_back(site: SiteOnDisk) -> None:
    site.configure("retracted_for = 3\n").article("a.md").article("b.md").build()
    site.article("a.md", retracted="2024-05-01")
    assert "an article was retracted" in why(site)
    site.article("a.md", retracted="2024-05-01", retracted_reason="Wrong")
    assert "what is told of a retraction has changed" in why(site)
    assert why(site, now=NOW + timedelta(days=4)) == {"a retraction was told for 3 days"}
    site.article("b.md", retracted="true")
    why(site)
    site.article("b.md")
    assert "an article is no longer retracted" in why(site)


def test_why_tells_a_changed_article_from_one_that_names_it_and_from_new_settings(site: SiteOnDisk) -> None:
    site.article("old.md", title="Old").article("new.md", tags="[x]", related="[old]").build()
    assert why(site) == set()
    site.article("old.md", title="Older")
    assert "an article that it shows names one that has changed" in why(site, "tag/x/atom.xml")
    site.configure('embed_hosts = ["player.example.org"]\n').article(
        "new.md", '<iframe src="https://player.example.org/1"></iframe>', tags="[x]"
    )
    assert not any(" or " in cause for cause in why(site, "tag/x/atom.xml"))
    site.configure('embed_hosts = ["player.example.org"]\nlimit = 1\n')
    assert why(site) == {"settings of feeds have changed"}


def test_why_of_an_extra_tells_a_new_a_missing_and_an_altered_one_from_one_that_changed(site: SiteOnDisk) -> None:
    site.configure('extras = ["opml"]\n').article("a.md", tags="[x]")
    assert why(site, "feeds.opml") == {"it is new"}
    (site.out / "feeds.opml").unlink()
    assert why(site, "feeds.opml") == {"feeds.opml is missing"}
    (site.out / "atom.xml").write_text((site.out / "atom.xml").read_text() + " ")
    assert "atom.xml was altered" in why(site)
    site.article("b.md", tags="[y]")
    assert why(site, "feeds.opml") == {"what it says has changed"}


def test_a_catalog_that_was_lost_is_no_first_build(site: SiteOnDisk) -> None:
    site.article("a.md")
    assert why(site) == {"it is the first build"}
    (site.content / ".feeds/catalog.db").unlink()
    (site.out / "atom.xml").unlink()
    assert "it is the first build" not in why(site)


# --- values ---


def test_values_of_an_engines_configuration_are_printed_as_site_toml_has_them(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site = here.root / "jekyll"
    (site / "_posts").mkdir(parents=True)
    (site / "_posts/2024-01-01-a.md").write_text("---\ntitle: A\n---\nText\n")
    (site / "_config.yml").write_text("title: T\nurl: https://blog.tides.com\nauthor: Ann Gardener\n")
    assert main(["init", "--from", str(site)]) == 0
    said = capsys.readouterr().out
    assert 'author = ["Ann Gardener"]' in said
    assert "('" not in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("limit = true", "limit: true cannot be used"),
        ("author = [1, 'x']", 'author: [1, "x"] cannot be used'),
        ("description = {a = 1}", "description: { a = 1 } cannot be used"),
        ("language = 2024-01-01", "language: 2024-01-01 cannot be used"),
    ],
)
def test_values_of_site_toml_are_printed_as_it_has_them(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    here.configure(f"{line}\n").article("a.md")
    assert main(["build"]) == 2
    assert said in capsys.readouterr().err


# --- how many of how many ---


@pytest.mark.parametrize("hidden", [{"draft": "true"}, {"expires": "2024-05-01"}, {"retracted": "true"}])
def test_no_more_published_articles_get_another_address_than_there_are(
    site: SiteOnDisk, hidden: dict[str, str]
) -> None:
    for number in range(4):
        site.article(f"{number}.md")
    site.build()
    site.article("3.md", **hidden).build()
    site.configure('permalink = "/x/{slug}/"\n')
    with pytest.raises(FeedsError, match=r"3 of 3 published articles would get another URL: 0.md, 1.md, 2.md \["):
        site.build()


def test_hidden_articles_alone_keep_no_addresses_from_changing(site: SiteOnDisk) -> None:
    for number in range(4):
        site.article(f"{number}.md").article(f"own-{number}.md", permalink=f"/own/{number}/")
    site.build()
    for number in range(4):
        site.article(f"{number}.md", draft="true")
    site.build()
    assert site.configure('permalink = "/{year}/{slug}/"\n').build().problems == ()


def test_on_a_fresh_clone_those_count_as_published_that_the_table_names(site: SiteOnDisk) -> None:
    site.write("ids.tsv", "")
    for number in range(3):
        site.article(f"{number}.md", date=f"2024-01-0{number + 1}")
    site.build()
    for folder in (site.content / ".feeds", site.out):
        shutil.rmtree(folder)
    site.write("2.md", "---\ntitle: [\n---\n")
    assert [problem.code for problem in site.build().problems] == ["front-matter-invalid"]
    for folder in (site.content / ".feeds", site.out):
        shutil.rmtree(folder)
    site.write("1.md", "---\ntitle: [\n---\n").write("0.md", "---\ntitle: [\n---\n")
    with pytest.raises(FeedsError, match="of 3 published articles, 3 cannot be read"):
        site.build()
