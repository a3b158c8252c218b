"""Archive documents as they are kept: what expands without end was never written by us."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from feedwright.publish.archives import store


def test_a_copy_that_expands_beyond_all_bounds_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 1000)
    head = {"path": "archive/a.xml", "hash": store.hash_of(b"<a>b</a>"), "entries": {}}
    store.write(tmp_path, head, b"<a>b</a>", [])
    assert store.read(tmp_path, "archive/a.xml", head["hash"]) is not None
    file = store.file_of(tmp_path, "archive/a.xml", head["hash"])
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) + b" " * 2000))
    assert store.read(tmp_path, "archive/a.xml", head["hash"]) is None
