"""Files of ours are written whole, below their folder, and never through a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright.state.whole_file import UnsafePathError, below, beside, write_beside, write_whole


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a\0b"])
def test_a_path_that_leads_out_of_its_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePathError):
        below(tmp_path, path)


def test_a_path_through_a_link_is_refused_but_the_folder_itself_may_be_one(tmp_path: Path) -> None:
    (tmp_path / "real/sub").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    (tmp_path / "real/link").symlink_to(tmp_path / "elsewhere")
    assert below(tmp_path / "folder", "sub/a.xml") == tmp_path / "folder/sub/a.xml"
    with pytest.raises(UnsafePathError, match="is a link"):
        below(tmp_path / "folder", "link/a.xml")


def test_what_is_written_beside_a_file_goes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("secret")
    beside(tmp_path / "a.xml").symlink_to(tmp_path / "keys")
    write_beside(tmp_path / "a.xml", b"feed").replace(tmp_path / "a.xml")
    assert (tmp_path / "keys").read_text() == "secret"
    assert (tmp_path / "a.xml").read_bytes() == b"feed"
    assert not (tmp_path / "a.xml").is_symlink()


def test_a_file_that_cannot_take_its_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "a", b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
