"""What the catalog keeps of documents."""

from __future__ import annotations

from pathlib import Path

from feedwright.state.catalog import stamp


def test_a_stamp_tells_a_file_from_another_with_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "rss.xml"
    assert stamp(file) is None
    file.write_bytes(b"<rss/>")
    before = stamp(file)
    file.rename(tmp_path / "kept.xml")
    file.write_bytes(b"<rss/>")
    assert before is not None
    assert stamp(file) != before
