"""Files that somebody else may have put there, and files of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedwright.bounded import read_regular


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    assert read_regular(tmp_path / "a", links=False) == b"text"
    assert read_regular(tmp_path / "link") == b"text"
    with pytest.raises(OSError, match="it is a link"):
        read_regular(tmp_path / "link", links=False)
    for links in (False, True):
        for name in (tmp_path / "pipe", Path("/dev/zero")):
            with pytest.raises(OSError, match="it is not a regular file"):
                read_regular(name, links=links)


def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    assert read_regular(tmp_path / "a", 4) == b"text"
    with pytest.raises(OSError, match="more than 3 bytes"):
        read_regular(tmp_path / "a", 3)
