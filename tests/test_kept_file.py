"""`ids.tsv`: what is kept beside the articles, so that a machine that knows nothing else makes the same feeds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feedwright.cli import main
from feedwright.errors import FeedsError
from feedwright.publish.report import Report
from feedwright.state.catalog import stamp
from feedwright.state.ids_file import reading
from tests.conftest import NOW, SiteOnDisk

AUTHORS = '[authors.ann]\nname = "{}"\n'
PATHS = 'feed_path = "{}"\n'


@pytest.fixture
def kept(site: SiteOnDisk) -> SiteOnDisk:
    """A site with the file."""
    return site.write("ids.tsv", "")


@pytest.fixture
def here(kept: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The same, with its folder as the working directory."""
    monkeypatch.chdir(kept.root)
    return kept


def lines(site: SiteOnDisk) -> list[str]:
    return (site.content / "ids.tsv").read_text().splitlines()


def clone(site: SiteOnDisk, folder: Path, table: bytes | None = None) -> SiteOnDisk:
    """What a throw-away machine has of a site: its content, and nothing of ours but the file."""
    shutil.rmtree(folder, ignore_errors=True)
    there = SiteOnDisk(folder, site.now)
    shutil.copytree(site.content, there.content, ignore=shutil.ignore_patterns(".feeds"))
    if table is not None:
        there.write("ids.tsv", table)
    return there


def forget(site: SiteOnDisk) -> None:
    """Go over to a machine that is new."""
    shutil.rmtree(site.content / ".feeds")
    shutil.rmtree(site.out)


def known_alike(site: SiteOnDisk) -> list[str]:
    """All lines but those on deleted articles: a new machine knows of the feeds that showed one, not of all others."""
    return [line for line in lines(site) if not line.startswith("departed")]


# --- each kind of fact ---


def test_former_addresses_outlive_the_machine(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea").build()
    kept.configure(PATHS.format("feeds/{kind}/{term}/{format}")).build()
    before = kept.tree()
    assert "category/sea/atom.xml" in before
    forget(kept)
    kept.build()
    assert kept.tree() == before


def test_an_address_that_changes_on_a_new_machine_is_kept_up_there(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea").build()
    forget(kept)
    report = kept.configure(PATHS.format("feeds/{kind}/{term}/{format}")).build()
    assert "category/sea/atom.xml" in report.former
    assert kept.titles("category/sea/atom.xml") == ["a"]


def test_a_feed_that_lost_its_source_shows_what_it_showed_last(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea").article("b.md").build()
    forget(kept)
    kept.article("a.md", "Edited.").build()
    assert kept.titles("category/sea/atom.xml") == ["a"]
    before = kept.tree()
    forget(kept)
    kept.build()
    assert kept.tree() == before


def test_an_authors_name_may_change_on_a_new_machine(kept: SiteOnDisk) -> None:
    kept.configure(AUTHORS.format("Ann Smith")).article("a.md", author="ann").build()
    forget(kept)
    report = kept.configure(AUTHORS.format("Ann Miller")).build()
    assert [one[:3] for one in report.moved] == [("author", "Ann Smith", "Ann Miller")]
    assert kept.titles("author/ann-smith/atom.xml") == ["a"]


def test_a_retraction_is_told_on_a_new_machine(here: SiteOnDisk) -> None:
    here.article("a.md", category="Sea").article("b.md", "Another.").build()
    (here.content / "a.md").unlink()
    here.build()
    assert main(["retract", "a.md", "--reason", "wrong"]) == 0
    here.now = NOW + timedelta(days=900)
    here.build()
    before = here.tree()
    assert b"deleted-entry" in before["category/sea/atom.xml"]
    forget(here)
    here.build()
    assert here.tree() == before


def test_a_deletion_on_a_new_machine_can_be_told_in_the_feeds_that_had_it(here: SiteOnDisk) -> None:
    here.article("a.md", category="Sea").article("b.md", "Another.").build()
    forget(here)
    (here.content / "a.md").unlink()
    here.build()
    assert main(["retract", "a.md"]) == 0
    here.build(now=NOW + timedelta(days=900))
    assert b"deleted-entry" in (here.out / "category/sea/atom.xml").read_bytes()


def test_what_was_pruned_stays_so(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md", category="Sea").article("b.md").build()
    here.article("a.md").build()
    assert main(["prune", "--yes"]) == 0
    assert any(line.startswith("pruned\tcategory/sea/atom.xml") for line in lines(here))
    forget(here)
    here.build()
    assert not (here.out / "category").exists()
    capsys.readouterr()
    assert main(["snippets", "nginx"]) == 0
    assert "category/sea" in capsys.readouterr().out


def test_where_articles_were_before_outlives_the_machine(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").build()
    here.configure('permalink = "/blog/{slug}/"\n').build(allow_relink=True)
    assert "former-url\thttps://tides.example/a/\ttag:tides.example,2024-01-01:a" in lines(here)
    forget(here)
    here.build()
    capsys.readouterr()
    assert main(["snippets", "nginx"]) == 0
    assert "https://tides.example/blog/a/" in capsys.readouterr().out


def test_archives_go_on_with_their_numbers_and_addresses(kept: SiteOnDisk) -> None:
    kept.configure("archive = 2\nlimit = 2\n")
    for number in range(1, 8):
        kept.article(f"{number}.md", date=f"2024-01-0{number}").build()
    before = kept.tree()
    assert "archive/1/atom.xml" in before
    forget(kept)
    assert kept.build().problems == ()
    assert kept.tree() == before


def test_found_related_links_stay(kept: SiteOnDisk) -> None:
    kept.configure("[related]\nauto = 2\n")
    for name in ("tides", "tides and moons"):
        kept.article(f"{name[-5:]}.md", title=name, tags="[tides]", date=f"2023-01-0{len(name) % 9 + 1}")
    kept.article("new.md", tags="[tides]").build()
    # It would be found now, and was not there then.
    kept.article("late.md", tags="[tides, new]", title="new", date="2023-12-01").build()
    before = kept.tree()
    forget(kept)
    kept.build()
    assert kept.tree() == before


def test_most_articles_gone_are_refused_on_a_new_machine_as_well(kept: SiteOnDisk) -> None:
    for name in "abcdefgh":
        kept.article(f"{name}.md", f"Text of {name}.")
    kept.build()
    forget(kept)
    for name in "abcdef":
        (kept.content / f"{name}.md").unlink()
    with pytest.raises(FeedsError, match="6 are gone"):
        kept.build()
    kept.build(allow_shrink=True)


def test_other_addresses_are_refused_on_a_new_machine_as_well(kept: SiteOnDisk) -> None:
    kept.article("a.md").article("b.md").build()
    forget(kept)
    kept.configure('permalink = "/blog/{slug}/"\n')
    with pytest.raises(FeedsError, match="another URL"):
        kept.build()


def test_an_empty_feed_keeps_when_it_was_updated(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea", date="2024-05-05").article("b.md", "Another.").build()
    (kept.content / "a.md").unlink()
    kept.build()
    before = kept.tree()
    assert b"2024-05-05" in before["category/sea/atom.xml"]
    forget(kept)
    kept.build()
    assert kept.tree() == before


# --- the file itself ---


def test_a_table_of_ids_alone_is_read_and_becomes_the_file(here: SiteOnDisk) -> None:
    here.article("sea.md").build()
    main(["ids", "--set", "sea.md", "urn:example:sea"])
    main(["ids", "--export", "content/ids.tsv"])
    assert lines(here)[0].startswith("id\tkey\t")
    forget(here)
    here.build()
    assert here.feed().entries[0].id == "urn:example:sea"
    assert lines(here)[0].startswith("#")
    assert "feed" in {line.split("\t")[0] for line in lines(here)}


def test_it_is_written_only_where_there_is_something_new(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea").build()
    before = stamp(kept.content / "ids.tsv")
    kept.build()
    kept.build(full=True)
    forget(kept)
    kept.build(now=NOW + timedelta(days=30))
    assert stamp(kept.content / "ids.tsv") == before
    assert lines(kept) == sorted(set(lines(kept)))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "".join(reversed(text.splitlines(keepends=True))),
        lambda text: text + text,
        lambda text: text.removesuffix("\n"),
        lambda text: "\n# mine\n" + text,
    ],
)
def test_lines_stand_for_themselves(change: Callable[[str], str], kept: SiteOnDisk) -> None:
    kept.configure(AUTHORS.format("Ann Smith")).article("a.md", category="Sea", author="ann").article("b.md").build()
    kept.configure(AUTHORS.format("Ann Miller") + "").build()
    before, table = kept.tree(), lines(kept)
    forget(kept)
    kept.write("ids.tsv", change("\n".join(table) + "\n"))
    assert kept.build().problems == ()
    assert kept.tree() == before
    assert lines(kept) == table


def test_it_is_not_read_again_where_it_was_only_touched(kept: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.article("a.md").article("draft.md", draft="true").build()
    kept.write("ids.tsv", (kept.content / "ids.tsv").read_bytes()).article("draft.md", "Edited.", draft="true").build()
    kept.build()
    monkeypatch.setattr(reading, "kept_of", lambda *_: pytest.fail("it was read"))
    kept.build()


def test_line_ends_of_windows_are_left_as_they_are(kept: SiteOnDisk) -> None:
    kept.article("a.md").build()
    text = (kept.content / "ids.tsv").read_bytes().replace(b"\n", b"\r\n")
    forget(kept)
    kept.write("ids.tsv", text).build()
    assert (kept.content / "ids.tsv").read_bytes() == text


def test_both_sides_of_a_merge_are_taken(kept: SiteOnDisk, tmp_path: Path) -> None:
    kept.article("a.md", category="Sea").build()
    other = clone(kept, tmp_path / "other")
    other.article("b.md", "Text of b.", category="Sea", date="2024-02-01").build(now=NOW + timedelta(days=1))
    kept.article("c.md", "Text of c.", category="Moon", date="2024-03-01").build()
    ours, theirs = lines(kept), lines(other)
    merged = clone(other, tmp_path / "merged", "\n".join((*ours, *theirs)).encode())
    merged.write("c.md", (kept.content / "c.md").read_bytes())
    assert merged.build(now=NOW + timedelta(days=2)).problems == ()
    assert merged.titles() == ["c", "b", "a"]
    seen = {line.split("\t")[1]: line.split("\t")[6] for line in lines(merged) if line.startswith("article")}
    # Each run is later than the one before, whatever the clock says.
    assert seen == {"a.md": "2024-06-01T12:00:00Z", "b.md": "2024-06-02T12:00:00Z", "c.md": "2024-06-01T12:00:01Z"}


def test_what_comes_with_a_pull_is_taken_beside_what_is_known(kept: SiteOnDisk, tmp_path: Path) -> None:
    kept.article("a.md", category="Sea").build()
    other = clone(kept, tmp_path / "other").configure(PATHS.format("x/{kind}/{term}/{format}"))
    other.build()
    for name in ("site.toml", "ids.tsv"):
        kept.write(name, (other.content / name).read_bytes())
    kept.configure(PATHS.format("y/{kind}/{term}/{format}")).build()
    for start in ("", "x/", "y/"):
        assert kept.titles(f"{start}category/sea/atom.xml") == ["a"]
    other.write("ids.tsv", (kept.content / "ids.tsv").read_bytes()).build()
    assert other.titles("y/category/sea/atom.xml") == ["a"]


def test_what_one_side_pruned_is_no_error_where_the_other_says_something_of_it(kept: SiteOnDisk) -> None:
    kept.article("a.md", category="Sea").build()
    table = [line for line in lines(kept) if not line.startswith(("feed\tcategory", "article"))]
    forget(kept)
    kept.write("ids.tsv", "\n".join(table))
    assert kept.build().problems == ()


def test_the_ledger_lost_is_completed_from_the_file(kept: SiteOnDisk) -> None:
    kept.article("a.md").build()
    (kept.content / "a.md").unlink()
    kept.article("b.md", "Another.").build(allow_shrink=True)
    (kept.content / ".feeds" / "ledger.db").unlink()
    # What is gone is in no catalog.
    kept.build()
    assert [line.split("\t")[1] for line in lines(kept) if line.startswith("article")] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<<<<<<< HEAD", "merge conflict"),
        (">>>>>>> theirs", "merge conflict"),
        ("article\t../x.md\turn:x:y\t\t2024-01-01T00:00:00Z\t\t\t\t\tx", "not a file below"),
        ("article\tx.md\tnone\t\t2024-01-01T00:00:00Z\t\t\t\t\tx", "absolute IRI"),
        ("article\tx.md\turn:x:y\t\t2024-01-01T00:00:00Z\t\t\t\tjavascript:1\tx", "not the URL"),
        ("article\tx.md\turn:x:y", "3 columns, where there should be 10"),
        ("former\tsite\t\tatom\t/etc/passwd", "not a path below"),
        ("former\tsite\t\tatom\ta/../../b.xml", "not a path below"),
        ("former\tsite\t\tatom\t..\\\\b.xml", "not a path below"),
        ("path\tsite\t\thtml\tb.xml", "not a format"),
        ("path\tsite\tx\tatom\tb.xml", "no feeds of"),
        ("path\tsite\t\tatom", "4 columns"),
        ("feed\tcategory\tSea\t..\turn:x:y\t2024-01-01T00:00:00Z", "not part of a path"),
        ("feed\tcategory\tSea\ta/b\turn:x:y\t2024-01-01T00:00:00Z", "not part of a path"),
        ("feed\tplanet\tSea\tsea\turn:x:y\t2024-01-01T00:00:00Z", "no feeds of"),
        ("shows\tsite\t\tyesterday", "not a moment"),
        ("shows\tsite\t\t2024-01-01T00:00:00", "no Z"),
        ("pruned\t../x\tatom\t\t", "not a path below"),
        ("page\ta.md\t/etc/passwd", "not a path below"),
        ('page-body\t[["{"],[]]', "CSS selectors"),
        ("page-body\t" + "[" * 5000, "CSS selectors"),
        ("archived\tsite\t\t1\tatom\trss.xml\t\t", "not the path of an archive"),
        ("archived\tsite\t\t0\tatom\tarchive/1/atom.xml\t\t", "not a number"),
        ("archived\tsite\t\t1\tatom\tarchive/../atom.xml\t\t", "not a path below"),
        ("archived\tsite\t\t1\tatom\tarchive/1/atom.xml", "6 columns"),
        ("state\ta.md\tpublished", "is none of"),
        ("nonsense\tx", "2 columns"),
        ("retracted\turn:x:y\t2024-01-01T00:00:00Z\tx\ty", "not a moment"),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_the_file_is_taken(line: str, what: str, kept: SiteOnDisk) -> None:
    kept.article("a.md").build()
    table = (kept.content / "ids.tsv").read_text()
    forget(kept)
    kept.write("ids.tsv", f"{table}{line}\n")
    with pytest.raises(FeedsError) as caught:
        kept.build()
    problem = caught.value.problems[0]
    assert (problem.code, problem.line) == ("ids-unreadable", table.count("\n") + 1)
    assert what in problem.what
    assert not list(kept.out.glob("*.xml")) if kept.out.exists() else True
    assert (kept.content / "ids.tsv").read_text() == f"{table}{line}\n"


def test_no_file_of_others_is_touched_by_what_the_file_says(kept: SiteOnDisk) -> None:
    kept.article("a.md").build()
    table = (kept.content / "ids.tsv").read_text()
    forget(kept)
    (kept.out).mkdir()
    (kept.out / "index.html").write_text("mine")
    kept.write("ids.tsv", f"{table}former\tsite\t\tatom\tindex.html\n").build()
    assert (kept.out / "index.html").read_text() == "mine"


@given(st.text("articlefeedpathshowsformerstate\t\n\r\\#<>=:/.é0123456789-TZ", max_size=300))
@settings(deadline=None)
def test_no_text_breaks_its_reader(text: str) -> None:
    from feedwright.state.ids_file.reading import kept_of

    kept, problems = kept_of(text.encode(), Path("ids.tsv"))
    assert all(problem.line for problem in problems)
    assert kept is not None


# --- a story ---

NAMES = ("a", "b", "c", "news/d", "news/e")
TERMS = ("Sea", "sea", "Moon", "Sea Life", "sea-life")


def _write(site: SiteOnDisk, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    fields: dict[str, object] = {"title": f"Title of {name}", "date": "2024-01-0" + str(1 + NAMES.index(name) % 3)}
    if data.draw(st.booleans()):
        fields["category"] = data.draw(st.sampled_from(TERMS))
    if data.draw(st.booleans()):
        fields["author"] = data.draw(st.sampled_from(("ann", "Bob")))
    if data.draw(st.integers(0, 5)) == 0:
        fields["draft"] = "true"
    if data.draw(st.integers(0, 5)) == 0:
        fields["retracted"] = "2024-05-01"
    site.article(f"{name}.md", f"Text of {name}, {data.draw(st.integers(0, 1))}.", **fields)


def _delete(site: SiteOnDisk, data: st.DataObject) -> None:
    there = sorted(site.content.rglob("*.md"))
    if len(there) > 2:
        data.draw(st.sampled_from(there)).unlink()


def _rename(site: SiteOnDisk, data: st.DataObject) -> None:
    there = sorted(site.content.rglob("*.md"))
    if there:
        one = data.draw(st.sampled_from(there))
        one.rename(one.with_name(f"moved-{one.name}"[-20:]))


def _folder(site: SiteOnDisk, data: st.DataObject) -> None:
    for before, now in (("news", "stories"), ("stories", "news")):
        if (site.content / before).is_dir() and not (site.content / now).exists():
            (site.content / before).rename(site.content / now)
            return


def _spell(site: SiteOnDisk, data: st.DataObject) -> None:
    """All articles with a category spell it otherwise."""
    before, now = data.draw(st.sampled_from(TERMS)), data.draw(st.sampled_from(TERMS))
    for file in sorted(site.content.rglob("*.md")):
        file.write_text(file.read_text().replace(f"category: {before}\n", f"category: {now}\n"))


def _configure(site: SiteOnDisk, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(("{kind}/{term}/{format}", "feeds/{kind}/{term}/{format}")))
    limit = data.draw(st.sampled_from((2, 20)))
    related = data.draw(st.sampled_from((0, 2)))
    name = data.draw(st.sampled_from(("Ann Smith", "Ann Miller", "Bob")))
    site.configure(f"limit = {limit}\n{PATHS.format(path)}[related]\nauto = {related}\n{AUTHORS.format(name)}")


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Stories are not made shorter: that takes minutes."""

CHANGES = (_write, _write, _write, _delete, _rename, _folder, _configure, _spell)


def _built(site: SiteOnDisk) -> Report | str:
    try:
        return site.build(allow_relink=True)
    except FeedsError as error:
        return error.problems[-1].code


@given(st.data())
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck), phases=PHASES)
def test_a_machine_that_knows_the_file_alone_makes_the_same_as_one_that_knows_all(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("story")
    site = SiteOnDisk(root / "site").configure().write("ids.tsv", "")
    for name in NAMES[:3]:
        site.article(f"{name}.md", f"Text of {name}.", category="Sea", author="ann")
    site.build()
    for step in range(data.draw(st.integers(1, 5))):
        for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=2)):
            change(site, data)
        site.now = NOW + timedelta(days=step + 1)
        other = clone(site, root / "other")
        ours, theirs = _built(site), _built(other)
        assert type(ours) is type(theirs), (ours, theirs)
        assert isinstance(ours, str) or other.tree() == site.tree()
        assert isinstance(ours, str) or known_alike(other) == known_alike(site)
