"""Documents -> files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feeds.errors import PublishError
from feeds.publish import publish

OURS = b"<generator>Feedwright</generator>"


def test_documents_are_written_where_they_belong(tmp_path: Path) -> None:
    done = publish(tmp_path / "out", {"rss.xml": OURS, "tag/\u00fcber/rss.xml": OURS})
    assert done.written == ("rss.xml", "tag/\u00fcber/rss.xml")
    assert (tmp_path / "out/tag/\u00fcber/rss.xml").read_bytes() == OURS
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["rss.xml", "tag"]


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": OURS})
    before = (tmp_path / "rss.xml").stat()
    done = publish(tmp_path, {"rss.xml": OURS})
    after = (tmp_path / "rss.xml").stat()
    assert (done.written, done.unchanged) == ((), ("rss.xml",))
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_text("mine")
    done = publish(tmp_path, {"rss.xml": OURS, "atom.xml": OURS})
    assert (tmp_path / "rss.xml").read_text() == "mine"
    assert done.written == ("atom.xml",)
    assert [problem.code for problem in done.problems] == ["not-ours"]


def test_when_one_document_cannot_be_written_none_is_swapped_in(tmp_path: Path) -> None:
    publish(tmp_path, {"a.xml": OURS})
    (tmp_path / "b.xml").mkdir()
    with pytest.raises(PublishError):
        publish(tmp_path, {"a.xml": OURS + b"new", "b.xml/c.xml": OURS, "b.xml": OURS})
    assert (tmp_path / "a.xml").read_bytes() == OURS


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
