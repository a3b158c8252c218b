"""Documents -> files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from feedwright.errors import PublishError
from feedwright.publish.swap import NotOursError, discard, foreign, look, remove, stage, swap, sweep
from feedwright.state.checksums import checksum
from tests.conftest import SiteOnDisk, documents

OURS = b"<rss><channel><generator>Feedwright</generator>"


def publish(out: Path, documents: Mapping[str, bytes]) -> list[str]:
    """Stage what is not there yet and swap it in; what was written."""
    staged = []
    try:
        for path, document in documents.items():
            if look(out, path, document, b"") != "the document":
                staged.append(stage(out, path, document))
        swap(staged)
    except PublishError:
        discard(staged)
        raise
    return [one.path for one in staged]


def test_documents_are_written_where_they_belong(tmp_path: Path) -> None:
    written = publish(tmp_path / "out", {"rss.xml": OURS, "tag/\u00fcber/rss.xml": OURS})
    assert written == ["rss.xml", "tag/\u00fcber/rss.xml"]
    assert (tmp_path / "out/tag/\u00fcber/rss.xml").read_bytes() == OURS
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["rss.xml", "tag"]


def test_a_staged_document_changes_nothing_before_it_is_swapped_in(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": OURS})
    staged = stage(tmp_path, "rss.xml", OURS + b"new")
    assert (tmp_path / "rss.xml").read_bytes() == OURS
    assert staged.beside.parent == tmp_path
    swap([staged])
    assert (tmp_path / "rss.xml").read_bytes() == OURS + b"new"


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": OURS})
    before = (tmp_path / "rss.xml").stat()
    assert publish(tmp_path, {"rss.xml": OURS}) == []
    after = (tmp_path / "rss.xml").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_text("mine")
    with pytest.raises(NotOursError) as caught:
        look(tmp_path, "rss.xml", OURS, b"")
    assert [problem.code for problem in caught.value.problems] == ["not-ours"]
    assert (tmp_path / "rss.xml").read_text() == "mine"
    assert publish(tmp_path, {"atom.xml": OURS}) == ["atom.xml"]


def test_a_file_is_ours_while_it_is_what_we_wrote_or_has_our_mark(tmp_path: Path) -> None:
    file = tmp_path / "rss.xml"
    assert look(tmp_path, "rss.xml", OURS, checksum(b"old")) == "nothing"
    file.write_bytes(OURS)
    assert look(tmp_path, "rss.xml", OURS, b"") == "the document"
    assert look(tmp_path, "rss.xml", OURS + b"new", checksum(OURS)) == "ours"
    assert look(tmp_path, "rss.xml", OURS + b"new", checksum(b"old")) == "altered"
    assert look(tmp_path, "rss.xml", OURS + b"new", b"") == "ours"
    file.write_bytes(b"old")
    assert look(tmp_path, "rss.xml", OURS, checksum(b"old")) == "ours"
    with pytest.raises(NotOursError):
        look(tmp_path, "rss.xml", OURS, checksum(OURS))


@pytest.mark.parametrize("kind", ["folder", "link", "link to nothing", "special file"])
def test_what_is_no_file_is_somebody_elses_and_is_neither_read_nor_removed(tmp_path: Path, kind: str) -> None:
    (tmp_path / "ours.xml").write_bytes(OURS)
    file = tmp_path / "rss.xml"
    if kind == "folder":
        file.mkdir()
    elif kind == "special file":
        os.mkfifo(file)
    else:
        file.symlink_to("ours.xml" if kind == "link" else "nowhere.xml")
    with pytest.raises(NotOursError, match=f"is a {kind.removesuffix(' to nothing')} that Feedwright did not write"):
        look(tmp_path, "rss.xml", OURS, checksum(OURS))
    remove(tmp_path, ["rss.xml"])
    assert os.path.lexists(file)
    assert (tmp_path / "ours.xml").read_bytes() == OURS


def test_when_one_document_cannot_be_written_none_is_swapped_in(tmp_path: Path) -> None:
    publish(tmp_path, {"a.xml": OURS})
    (tmp_path / "b.xml").mkdir()
    with pytest.raises(PublishError):
        publish(tmp_path, {"a.xml": OURS + b"new", "b.xml/c.xml": OURS, "b.xml": OURS})
    assert (tmp_path / "a.xml").read_bytes() == OURS
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.xml", "b.xml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PublishError, match="cannot be written"):
        publish(tmp_path, {"a.xml": OURS})


def test_a_file_in_the_place_of_a_folder_is_an_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "tag").write_text("")
    with pytest.raises(PublishError, match="every feed is as it was"):
        publish(tmp_path, {"a.xml": OURS, "tag/x/rss.xml": OURS})
    assert [path.name for path in tmp_path.iterdir()] == ["tag"]


def test_an_empty_file_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_bytes(b"")
    assert foreign(tmp_path, "rss.xml")
    assert not foreign(tmp_path, "atom.xml")


def test_what_a_dead_run_staged_is_removed_and_nothing_else(tmp_path: Path) -> None:
    staged = stage(tmp_path, "tag/x/rss.xml", OURS)
    (tmp_path / ".mine.xml.new").write_text("mine")
    (tmp_path / "tag/x/atom.xml").write_bytes(OURS)
    sweep(tmp_path, ["tag/x/rss.xml", "tag/x/atom.xml", "nowhere/rss.xml"])
    assert not staged.beside.exists()
    assert (tmp_path / ".mine.xml.new").read_text() == "mine"
    assert (tmp_path / "tag/x/atom.xml").read_bytes() == OURS


def test_a_build_that_cannot_write_one_document_writes_none(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    before = site.tree()
    (site.out / "tag").write_text("mine")
    site.article("b.md", tags="[x]")
    with pytest.raises(PublishError, match="every feed is as it was"):
        site.build()
    assert site.tree() == {**before, "tag": b"mine"}
    (site.out / "tag").unlink()
    assert site.build().written == documents("", "tag/x/")


def test_a_build_leaves_a_file_of_somebody_else_and_publishes_the_other_feeds(site: SiteOnDisk) -> None:
    site.out.mkdir()
    (site.out / "rss.xml").write_text("mine")
    report = site.article("a.md").build()
    assert (site.out / "rss.xml").read_text() == "mine"
    assert report.written == ("atom.xml", "feed.json")
    assert [problem.code for problem in report.problems] == ["not-ours"]
    assert site.build(full=True).written == ()
    (site.out / "rss.xml").unlink()
    assert site.article("b.md").build().written == documents("")
