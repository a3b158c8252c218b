"""Files that take each other's names in one run: each article keeps its id, and what is edited in place stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

TAG = "tag:tides.example,2024-01-01:"
LATER = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
"""After the files are written, as in life."""


@pytest.fixture
def site(site: SiteOnDisk) -> SiteOnDisk:
    site.now = LATER
    return site


def ids(site: SiteOnDisk) -> dict[str, str]:
    """Title -> id."""
    return {entry.title: entry.id for entry in site.feed().entries}


def texts(site: SiteOnDisk) -> dict[str, str]:
    """Title -> text."""
    return {entry.title: entry.content[0].value for entry in site.feed().entries}


def swap(site: SiteOnDisk, *names: str) -> None:
    """Each file takes the name of the next one, the last that of the first."""
    contents = [(site.content / f"{name}.md").read_bytes() for name in names]
    for name, content in zip((*names[1:], names[0]), contents, strict=True):
        site.write(f"{name}.md", content)


def built(site: SiteOnDisk, lost: str = "") -> Report:
    """A build, after which another one, of everything, finds nothing to do."""
    if lost == "full":
        report = site.build(full=True)
    else:
        if lost:
            (site.content / ".feeds" / lost).unlink()
        report = site.build()
    assert site.build().written == site.build(full=True).written == ()
    return report


@pytest.fixture
def before(site: SiteOnDisk) -> dict[str, str]:
    """Four articles, built: title -> id. No two are of one day but c and d."""
    for day, name in enumerate("abcc"):
        name = name if day < 3 else "d"
        site.article(f"{name}.md", f"Text of {name}.", date=f"2024-01-0{min(day, 2) + 1}")
    site.article("other.md", "Another text.", date="2023-01-01").build()
    return ids(site)


@pytest.mark.parametrize("lost", ["", "full", "catalog.db"])
@pytest.mark.parametrize("names", ["ab", "cd", "abc", "abcd", "cda"])
def test_files_that_swap_their_names_keep_their_articles_ids(
    site: SiteOnDisk, before: dict[str, str], names: str, lost: str
) -> None:
    swap(site, *names)
    assert built(site, lost).problems == ()
    assert ids(site) == before
    assert all(f"Text of {name}." in texts(site)[name] for name in names)
    swap(site, *reversed(names))
    assert built(site).problems == ()
    assert ids(site) == before


@pytest.mark.parametrize("lost", ["", "full", "catalog.db"])
@pytest.mark.parametrize("edited", ["a", "b", "ab", "abc", "ac"])
@pytest.mark.parametrize("names", ["ab", "abc", "acb"])
def test_they_keep_them_too_where_some_are_edited_on_the_way(
    site: SiteOnDisk, before: dict[str, str], names: str, edited: str, lost: str
) -> None:
    for name in edited:
        day = "abc".index(name) + 1
        site.article(f"{name}.md", f"Text of {name}, edited.", date=f"2024-01-0{day}")
    if not set(edited) <= set(names):
        site.build()
    swap(site, *names)
    assert built(site, lost).problems == ()
    assert ids(site) == before
    assert all(f"Text of {name}, edited." in texts(site)[name] for name in edited)


def test_untitled_articles_that_swap_their_names_keep_their_ids(site: SiteOnDisk) -> None:
    for name in "abc":
        site.article(f"{name}.md", f"Text of {name}.", title=None)
    site.build()
    before = {entry.content[0].value: entry.id for entry in site.feed().entries}
    swap(site, "a", "b")
    built(site)
    assert {entry.content[0].value: entry.id for entry in site.feed().entries} == before


def test_articles_that_are_dated_by_when_they_were_first_seen_swap_these_dates_too(site: SiteOnDisk) -> None:
    site.configure('undated = "first-seen"\n')
    for day, name in enumerate("abc", 1):
        site.article(f"{name}.md", f"Text of {name}.", date=None).build(LATER.replace(hour=day))
    before = {entry.title: (entry.id, entry.published) for entry in site.feed().entries}
    swap(site, "a", "b")
    site.now = LATER + timedelta(days=1)
    built(site)
    assert {entry.title: (entry.id, entry.published) for entry in site.feed().entries} == before


@pytest.mark.parametrize("lost", ["", "full", "catalog.db"])
def test_an_article_that_swaps_names_with_a_draft_keeps_its_id(
    site: SiteOnDisk, before: dict[str, str], lost: str
) -> None:
    site.article("draft.md", "Not to be told.", draft="true", date="2024-01-01").build()
    swap(site, "a", "draft")
    report = built(site, lost)
    assert (report.problems, list(report.hidden)) == ((), ["a.md"])
    assert ids(site) == before
    site.article("a.md", "Told now.", title="draft", date="2024-01-01")
    built(site)
    assert ids(site) == before | {"draft": f"{TAG}a-2"}


@pytest.mark.parametrize("lost", ["", "full", "catalog.db"])
def test_an_article_that_moves_while_another_takes_its_name_keeps_its_id(
    site: SiteOnDisk, before: dict[str, str], lost: str
) -> None:
    (site.content / "a.md").rename(site.content / "archive.md")
    site.article("a.md", "Text of a newcomer.", title="new")
    assert built(site, lost).problems == ()
    assert ids(site) == before | {"new": f"{TAG}a-2"}


def test_a_copy_does_not_take_the_id_of_what_is_edited_in_place(site: SiteOnDisk, before: dict[str, str]) -> None:
    site.write("copy.md", (site.content / "a.md").read_bytes())
    site.write("b.md", (site.content / "a.md").read_bytes())
    site.article("a.md", "Text of a, edited.")
    built(site)
    found = {entry.link: entry.id for entry in site.feed().entries}
    assert found["https://tides.example/a/"] == before["a"]
    assert found["https://tides.example/b/"] == before["b"]


def test_a_new_title_makes_no_other_article(site: SiteOnDisk, before: dict[str, str]) -> None:
    """c and d are of one day: one gets the title that the other gives up."""
    site.article("c.md", "Text of c.", title="d", date="2024-01-03")
    site.article("d.md", "Text of d.", title="new", date="2024-01-03")
    built(site)
    assert ids(site) == {name: before[name] for name in ("a", "b", "other")} | {"d": before["c"], "new": before["d"]}


@pytest.mark.parametrize("field", ["id", "guid", "slug", "url"])
def test_texts_that_are_exchanged_in_place_below_an_id_or_address_of_their_own_stay(
    site: SiteOnDisk, field: str
) -> None:
    own = {
        "id": ("urn:example:a", "urn:example:b"),
        "guid": ("1 a", "1 b"),
        "slug": ("one", "two"),
        "url": ("/1/x/", "/2/y/"),
    }[field]
    site.configure('permalink = "/{slug}/"\n')
    for name, value, day in zip("ab", own, (1, 2), strict=True):
        site.article(f"{name}.md", f"Text of {name}.", date=f"2024-01-0{day}", **{field: value})
    site.article("other.md").build()
    before = {entry.link: entry.id for entry in site.feed().entries}
    for name, value, other, day in zip("ab", own, "ba", (2, 1), strict=True):
        site.article(f"{name}.md", f"Text of {other}.", title=other, date=f"2024-01-0{day}", **{field: value})
    assert built(site).problems == ()
    assert {entry.link: entry.id for entry in site.feed().entries} == before
    # Swapped with all that is in them, they are swapped.
    then = ids(site)
    swap(site, "a", "b")
    assert built(site).problems == ()
    assert ids(site) == then


def test_files_that_swap_their_names_once_one_was_broken_keep_their_ids(
    site: SiteOnDisk, before: dict[str, str]
) -> None:
    good = (site.content / "a.md").read_bytes()
    site.write("a.md", "---\ntitle: [\n---\n").build()
    site.write("a.md", good)
    swap(site, "a", "b")
    assert built(site).problems == ()
    assert ids(site) == before


def test_many_files_that_are_edited_at_once_stay(site: SiteOnDisk) -> None:
    for number in range(60):
        site.article(f"{number}.md", f"Text {number}.")
    site.configure("limit = 0\n").build()
    before = ids(site)
    for number in range(60):
        site.article(f"{number}.md", f"Text {number}, edited.", description="x")
    built(site)
    assert ids(site) == before


@pytest.mark.parametrize("lost", ["", "full", "catalog.db"])
def test_a_file_that_has_no_date_any_more_is_named_though_its_former_article_is_found_elsewhere(
    site: SiteOnDisk, before: dict[str, str], lost: str
) -> None:
    site.write("2024-05-01-e.md", b"---\ntitle: E\n---\nText of e.\n").build()
    swap(site, "a", "2024-05-01-e")
    report = built(site, lost)
    assert [(one.code, one.file.rpartition("/")[2]) for one in report.problems] == [("date-missing", "a.md")]
    assert report.left_out == ("a.md",)
    assert ids(site) == before


@pytest.mark.parametrize("broken", ["", "before", "after", "before after"])
def test_an_article_that_left_and_comes_back_over_another_one_keeps_its_id(site: SiteOnDisk, broken: str) -> None:
    for day, name in enumerate(("sea/d", "b", "a"), 1):
        site.article(f"{name}.md", f"Text of {name}.", date=f"2024-01-0{day}")
    site.build()
    before = ids(site)
    left, text = ((site.content / name).read_bytes() for name in ("sea/d.md", "a.md"))
    if "before" in broken:
        site.write("sea/d.md", "---\ntitle: [\n---\n").build()
    site.configure('exclude = ["sea/**"]\n').build()
    if "after" in broken:
        site.write("a.md", "---\ntitle: [\n---\n").build()
        site.write("a.md", text).build()
    site.write("a.md", left)
    site.write("sea/d.md", text)
    assert built(site).problems == ()
    assert ids(site) == {name: before[name] for name in ("d", "b")}
    site.configure("")
    assert built(site).problems == ()
    assert ids(site) == before


def test_a_text_that_a_copy_of_it_had_when_it_was_deleted_does_not_make_an_article_that_copy(site: SiteOnDisk) -> None:
    site.article("a.md", "One text.", title="One").article("copy.md", "One text.", title="One").build()
    before = {entry.link: entry.id for entry in site.feed().entries}
    (site.content / "copy.md").unlink()
    site.build()
    site.article("a.md", "One text, edited.", title="One").build()
    site.article("a.md", "One text.", title="One")
    assert built(site).problems == ()
    assert [entry.id for entry in site.feed().entries] == [before["https://tides.example/a/"]]


def test_an_article_that_went_on_edited_into_a_new_file_keeps_its_id_though_its_own_holds_another_now(
    site: SiteOnDisk, before: dict[str, str]
) -> None:
    site.write("copy.md", (site.content / "a.md").read_bytes().replace(b"Text of a.", b"Text of a, edited."))
    site.write("a.md", (site.content / "other.md").read_bytes())
    built(site)
    assert ids(site)["a"] == before["a"]
    assert "Text of a, edited." in texts(site)["a"]


def test_a_new_article_with_a_title_that_another_one_keeps_is_new(site: SiteOnDisk, before: dict[str, str]) -> None:
    site.article("a.md", "Text of a, edited.", title="a", date="2024-01-01")
    site.article("b.md", "Text of b.", title="b, later", date="2024-01-02")
    site.article("new.md", "Another one.", title="a", date="2024-01-01")
    built(site)
    assert before["a"] in [entry.id for entry in site.feed().entries if "edited" in entry.content[0].value]
    assert len({entry.id for entry in site.feed().entries}) == 6


@pytest.mark.parametrize("full", [False, True])
def test_an_article_that_cannot_be_read_stays_where_another_of_its_title_and_date_appears(
    site: SiteOnDisk, before: dict[str, str], full: bool
) -> None:
    text = (site.content / "a.md").read_bytes()
    site.article("a.md", "Text of a, undated.", title="a", date=None).build()
    site.write("z.md", text.replace(b"Text of a", b"A text like that of a"))
    site.build(full=full)
    assert len([entry for entry in site.feed().entries if entry.title == "a"]) == 2
    assert before["a"] in {entry.id for entry in site.feed().entries}


@pytest.mark.parametrize("full", [False, True])
def test_a_copy_that_cannot_be_read_is_not_where_an_article_moved_from(
    site: SiteOnDisk, before: dict[str, str], full: bool
) -> None:
    text = (site.content / "a.md").read_bytes()
    site.write("copy.md", text).build()
    site.article("copy.md", "Text of a, undated.", title="a", date=None).build()
    (site.content / "a.md").rename(site.content / "moved.md")
    site.build(full=full)
    assert {entry.link: entry.id for entry in site.feed().entries}["https://tides.example/moved/"] == before["a"]
