"""Related stories that are found, on whole sites: by texts, series and terms, once and for ever."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright.state.catalog import stories
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SiteOnDisk

FOUND = "limit = 0\n[related]\nauto = 3\n"
TIDES = "The gravity of the moon pulls the ocean, and twice a day the harbour fills."
BREAD = "Knead the dough, let it rise in a warm kitchen, and bake it in a hot oven."
VOTES = "The council voted on its budget, and the mayor promised lower taxes."


def found(site: SiteOnDisk) -> dict[str, list[str]]:
    """A file's stem -> those of the articles that were found for it."""
    with opened(Ledger, site.content / ".feeds") as ledger:
        rows = list(ledger.articles())
    stems = {row.id: row.key.rpartition(".")[0] for row in rows}
    return {stems[row.id]: [stems[id_] for id_ in row.found[1:]] for row in rows}


def tables(site: SiteOnDisk) -> set[str]:
    with closing(sqlite3.connect(site.content / ".feeds/catalog.db")) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master") if name.startswith("story")}


def with_others(site: SiteOnDisk, count: int = 12) -> SiteOnDisk:
    """A site of articles that have little to do with one another."""
    site.configure(FOUND)
    for number in range(count):
        words = " ".join(f"w{number}x{n}y" for n in range(30))
        site.article(f"other-{number}.md", words, title=f"Nothing{number}", date=f"2023-01-{number + 1:02}")
    return site


def test_stories_are_found_by_what_their_texts_say(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", TIDES, date="2023-06-01").article("bread.md", BREAD, date="2023-06-02")
    site.article(
        "new.md", "Why the ocean rises: the moon and its gravity fill each harbour.", date="2024-01-01"
    ).build()
    assert found(site)["new"] == ["moon"]


def test_a_tag_that_most_articles_have_relates_none(site: SiteOnDisk) -> None:
    site.configure(FOUND)
    for number in range(12):
        site.article(
            f"{number}.md",
            f"w{number}a w{number}b",
            title=f"N{number}x",
            date=f"2023-01-{number + 1:02}",
            tags="[notes]",
        )
    site.build()
    assert {key: others for key, others in found(site).items() if others} == {"1": ["0"]}


def test_stories_without_spaces_between_words_are_found(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", "月の引力が海水を引き寄せ、潮汐が起こる。", title="潮汐", date="2023-06-01")
    site.article("new.md", "海水は月の引力で動き、潮汐となる。", title="海", date="2024-01-01").build()
    assert found(site)["new"] == ["moon"]


def test_the_part_before_comes_first_and_then_the_first_part_of_the_series(site: SiteOnDisk) -> None:
    with_others(site)
    for part in range(1, 5):
        site.article(f"part-{part}.md", f"Lesson{part}.", title=f"P{part}", date=f"2023-05-0{part}", series="The Sea")
    site.article("moon.md", TIDES, date="2023-06-01")
    site.article("new.md", TIDES, title="The end", date="2024-01-01", series="[the sea]").build()
    assert found(site)["new"] == ["part-4", "part-1", "moon"]
    assert found(site)["part-2"] == ["part-1"]
    assert found(site)["part-1"] == []


@pytest.mark.parametrize("series", ["Sea", "[Sea]", "{name: Sea, part: 2}", "[{title: Sea}]", '["Other", "Sea"]'])
def test_a_series_is_read_however_it_is_written(site: SiteOnDisk, series: str) -> None:
    site.configure(FOUND).article("a.md", "One.", title="A", date="2023-01-01", series="Sea")
    site.article("b.md", "Two.", title="B", date="2023-01-02", series=series).build()
    assert found(site)["b"] == ["a"]


def test_a_translation_is_no_related_story(site: SiteOnDisk) -> None:
    with_others(site).article("tides.md", TIDES, date="2023-06-01", language="en")
    site.article("tides.de.md", TIDES, date="2023-06-02", language="de")
    site.article("sea.md", TIDES, date="2023-06-03", language="de").build()
    assert found(site)["tides.de"] == []
    assert found(site)["sea"] == ["tides.de"]


def test_a_translation_is_not_offered_to_a_version_whose_language_nobody_wrote(site: SiteOnDisk) -> None:
    with_others(site).article("tides.md", TIDES, date="2023-06-02")
    site.article("tides.de.md", TIDES, date="2023-06-01", language="de")
    site.article("sea.md", TIDES, date="2023-06-03").build()
    assert found(site)["tides"] == []
    assert set(found(site)["sea"]) & {"tides", "tides.de"}


def test_of_ten_monthly_digests_the_newest_before_is_found_and_no_other(site: SiteOnDisk) -> None:
    with_others(site)
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    for number, month in enumerate(months):
        site.article(
            f"d{number}.md", f"{TIDES} {BREAD}", title=f"Harbour digest, {month} 2023", date=f"2023-{number + 1:02}-28"
        )
    site.build()
    assert [found(site)[f"d{number}"] for number in (9, 5, 1)] == [["d8"], ["d4"], ["d0"]]


def test_of_nearly_equal_stories_one_is_found(site: SiteOnDisk) -> None:
    with_others(site)
    for number in range(3):
        site.article(f"t{number}.md", TIDES, title=f"High water {number}", date=f"2023-06-0{number + 1}")
    site.article("moon.md", TIDES, title="Gravity", date="2022-06-01")
    site.article("new.md", TIDES, title="Ebb", date="2024-01-01").build()
    assert len(set(found(site)["new"]) & {"t0", "t1", "t2"}) == 1


def test_what_is_found_stays_whatever_is_published_edited_or_lost(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", TIDES, date="2023-06-01").article(
        "new.md", TIDES, title="Sea", date="2024-01-01"
    )
    site.build()
    before = found(site)
    site.article("newer.md", TIDES, title="Ebb", date="2024-02-01").article(
        "old.md", TIDES, title="Ocean", date="2023-07-01"
    )
    site.article("moon.md", BREAD, date="2023-06-01").build()
    (site.content / ".feeds/catalog.db").unlink()
    site.build()
    site.build(full=True)
    after = found(site)
    assert {key: after[key] for key in before} == before
    assert after["newer"] == ["new"]


def test_what_is_found_stays_where_the_ledger_is_lost(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", TIDES, date="2023-06-01").article(
        "new.md", TIDES, title="Sea", date="2024-01-01"
    )
    site.build()
    before = found(site)
    site.article("moon.md", BREAD, date="2023-06-01").build()
    (site.content / ".feeds/ledger.db").unlink()
    site.build()
    assert found(site) == before


def test_what_is_found_stays_where_the_catalog_is_lost_and_then_the_ledger(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", TIDES, date="2023-06-01").article(
        "new.md", TIDES, title="Sea", date="2024-01-01"
    )
    site.build()
    before = found(site)
    site.article("moon.md", BREAD, date="2023-06-01").build()
    for name in ("catalog", "ledger"):
        (site.content / f".feeds/{name}.db").unlink()
        site.build()
    assert found(site) == before


def test_an_edit_counts_for_what_is_found_from_then_on(site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", BREAD, date="2023-06-01").build()
    site.article("moon.md", TIDES, date="2023-06-01").build()
    site.article("a.md", BREAD, title="Loaf", date="2024-01-01").article(
        "b.md", TIDES, title="Ebb", date="2024-01-02"
    ).build()
    assert (found(site)["a"], found(site)["b"]) == ([], ["moon"])


def test_no_words_are_kept_where_none_are_to_be_found(site: SiteOnDisk) -> None:
    with_others(site).build()
    assert tables(site)
    with_others(site).configure("limit = 0\n").build()
    assert not tables(site)
    site.configure(FOUND).article("moon.md", TIDES, date="2023-06-01").article("new.md", TIDES, title="Sea").build()
    assert found(site)["new"] == ["moon"]


def test_drafts_say_nothing_and_what_is_held_back_is_not_found(site: SiteOnDisk) -> None:
    with_others(site).article("draft.md", TIDES, date="2023-06-01", draft="true").article(
        "new.md", TIDES, title="Sea"
    ).build()
    assert found(site)["new"] == []


def test_without_fts5_stories_are_found_by_terms_and_that_is_said_once(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "is_possible", lambda: False)
    with_others(site).article("moon.md", BREAD, date="2023-06-01", tags="[tides]")
    site.article("part.md", "Un.", title="P", date="2022-01-01", series="Sea")
    site.article("new.md", TIDES, title="Sea", tags="[tides]", series="Sea")
    assert [problem.code for problem in site.build().problems] == ["related-without-words"]
    assert found(site)["new"] == ["part", "moon"]
    site.article("more.md", VOTES, title="Vote", date="2024-02-01")
    assert site.build().problems == ()
    assert not tables(site)
    monkeypatch.undo()
    site.article("newer.md", BREAD, title="Loaf", date="2024-03-01").build()
    assert (found(site)["new"], found(site)["newer"]) == (["part", "moon"], ["moon"])


def test_an_index_that_is_mostly_of_what_was_deleted_is_made_anew(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "_SPARE", 3)
    with_others(site, 3).article("moon.md", TIDES, date="2023-06-01").build()
    for number in range(9):
        site.article("other-1.md", f"Edit {number}.", title="Nothing1", date="2023-01-02").build()
    with closing(sqlite3.connect(site.content / ".feeds/catalog.db")) as db:
        assert db.execute("SELECT count(*) FROM story").fetchone()[0] < 11
    site.article("new.md", TIDES, title="Sea", date="2024-01-01").build()
    assert found(site)["new"] == ["moon"]


VOCABULARY = ("gravity", "ocean", "harbour", "dough", "kitchen", "oven", "council", "budget", "潮汐", "月の引力")
HOURS = (0, 0, 1, 6, 12, 18, 400, 800, 1200)


@st.composite
def posts(draw: st.DrawFn) -> list[tuple[str, str, dict[str, object]]]:
    """File, text and fields of some articles, in the order in which they are published."""
    some = []
    for number in range(draw(st.integers(2, 9))):
        moment = datetime(2023, 1, 1, 12, tzinfo=UTC) + timedelta(hours=draw(st.sampled_from(HOURS)))
        text = " ".join(draw(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8)))
        fields: dict[str, object] = {
            "title": draw(st.sampled_from((f"N{number}", "Digest 1", "Digest 2", "Harbour and ocean"))),
            "date": moment.isoformat(),
            "tags": draw(st.sampled_from(("[]", "[sea]", "[sea, moon]"))),
            "language": draw(st.sampled_from(("en", "en", "de", None))),
            "series": draw(st.sampled_from((None, None, "Sea"))),
        }
        some.append((f"f{number}.md", text, fields))
    return sorted(some, key=lambda one: (one[2]["date"], one[0]))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(posts())
def test_a_first_build_finds_what_publishing_one_by_one_found(some: list[tuple[str, str, dict[str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_once, in_turn = (SiteOnDisk(Path(folder) / name).configure(FOUND) for name in ("at-once", "in-turn"))
        for name, text, fields in some:
            at_once.article(name, text, **fields)
            in_turn.article(name, text, **fields).build()
        at_once.build()
        assert found(at_once) == found(in_turn)


def test_nothing_that_finds_stories_is_loaded_where_none_are_to_be_found(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md").build()
    (site.content / "a.md").unlink()
    site.article("c.md")
    finds = {"feedwright.state.catalog.stories", "feedwright.articles.story_words", "feedwright.render.related.finder"}
    code = f"import sys; from feedwright.cli import main; main(sys.argv[1:]); print(sorted({finds} & set(sys.modules)))"
    command = [sys.executable, "-c", code, "build", str(site.content), "--out", str(site.out), "--quiet"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"
    assert sorted(site.titles()) == ["b", "c"]


@pytest.mark.parametrize("full", [False, True])
def test_of_an_article_that_cannot_be_read_the_catalog_says_what_it_is_found_by(full: bool, site: SiteOnDisk) -> None:
    with_others(site).article("moon.md", TIDES, title="Gravity of the moon", tags="[sea]", date="2023-06-01")
    site.article("bread.md", BREAD, date="2023-06-02").build()
    site.write("moon.md", "---\ntitle: [\n---\nx")
    site.build()
    site.article("new.md", "The moon, again.", title="Moon and gravity", tags="[sea]", date="2024-01-01").build(
        full=full
    )
    assert found(site)["new"] == ["moon"]
