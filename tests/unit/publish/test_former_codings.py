"""Compressed files of ours from before: the next build removes them, and nothing else."""

from __future__ import annotations

import builtins
import gzip
from pathlib import Path

import pytest

from feedwright.commands.prune import prune
from feedwright.publish import swap
from feedwright.serve.codings import compressed
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, facts
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SiteOnDisk

THEIRS = gzip.compress(b"something else")


def fact(site: SiteOnDisk) -> str:
    with opened(Ledger, site.content / ".feeds", copy=True) as ledger:
        return ledger.fact(ledger_facts.PRECOMPRESS)


@pytest.fixture
def before(site: SiteOnDisk) -> SiteOnDisk:
    """A site as it was left by a version that wrote codings beside documents."""
    site.configure(alone=()).article("a.md", tags="[sea]").build()
    for name in site.tree():
        for coding, suffix in (("gzip", ".gz"), ("br", ".br")):
            (site.out / (name + suffix)).write_bytes(compressed((site.out / name).read_bytes(), coding))
    folder = site.content / ".feeds"
    with opened(Ledger, folder) as ledger, opened(Catalog, folder) as catalog:
        ledger.note(ledger_facts.PRECOMPRESS, "gzip br")
        ledger.commit()
        catalog.note(facts.PRECOMPRESS, "gzip br")
        catalog.db.execute("CREATE TABLE companion (path TEXT) STRICT")
        catalog.commit()
    return site


def compressed_files(site: SiteOnDisk) -> list[str]:
    return [name for name in site.tree() if name.endswith((".gz", ".br"))]


def test_the_next_build_removes_them_and_rewrites_no_document(before: SiteOnDisk) -> None:
    documents = {name: (before.out / name).stat().st_mtime_ns for name in before.tree() if name[-3:] in ("xml", "son")}
    (before.out / ".atom.xml.gz.new").write_bytes(b"what a run that died had staged")
    report = before.build()
    assert report.problems == ()
    assert compressed_files(before) == []
    assert not (before.out / ".atom.xml.gz.new").exists()
    assert {name: (before.out / name).stat().st_mtime_ns for name in documents} == documents
    assert fact(before) == ""
    with opened(Catalog, before.content / ".feeds", copy=True) as catalog:
        assert catalog.db.execute("SELECT name FROM sqlite_master WHERE name = 'companion'").fetchall() == []


def test_what_changes_in_the_same_run_has_none_either(before: SiteOnDisk) -> None:
    before.article("b.md", tags="[moon]").build()
    assert compressed_files(before) == []


def test_what_is_somebody_elses_stays(before: SiteOnDisk) -> None:
    (before.out / "rss.xml.gz").write_bytes(THEIRS)
    (before.out / "feed.json.gz").write_bytes(b"no gzip")
    (before.out / "atom.xml.br").write_bytes(b"no brotli")
    (before.out / "other.xml.gz").write_bytes(compressed((before.out / "atom.xml").read_bytes(), "gzip"))
    assert before.build().problems == ()
    assert compressed_files(before) == ["atom.xml.br", "feed.json.gz", "other.xml.gz", "rss.xml.gz"]


def test_only_the_codings_that_were_made_go(before: SiteOnDisk) -> None:
    with opened(Ledger, before.content / ".feeds") as ledger:
        ledger.note(ledger_facts.PRECOMPRESS, "gzip")
        ledger.commit()
    before.build()
    assert compressed_files(before) and all(name.endswith(".br") for name in compressed_files(before))


def test_a_feed_whose_own_address_looks_like_a_coding_stays(before: SiteOnDisk) -> None:
    before.configure('[kinds.site]\npath = { rss = "atom.xml.gz" }\n', alone=()).build()
    assert b"<rss" in (before.out / "atom.xml.gz").read_bytes()
    before.build()
    assert b"<rss" in (before.out / "atom.xml.gz").read_bytes()


def test_a_dry_run_removes_none(before: SiteOnDisk) -> None:
    there = compressed_files(before)
    before.build(dry_run=True)
    assert compressed_files(before) == there
    assert fact(before) == "gzip br"


def test_pruning_removes_them_before_their_documents_are_forgotten(before: SiteOnDisk) -> None:
    prune(before.content, before.out)
    assert compressed_files(before) == []


def test_a_lost_catalog_keeps_none_there(before: SiteOnDisk) -> None:
    (before.content / ".feeds" / "catalog.db").unlink()
    before.build()
    assert compressed_files(before) == []


def test_what_cannot_be_removed_is_told_and_tried_again(before: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(out: Path, path: str) -> None:
        raise swap.unwritable(out / path, OSError(30, "Read-only file system"))

    with monkeypatch.context() as patched:
        patched.setattr(swap, "delete", broken)
        assert [one.code for one in before.build().problems] == ["out-unwritable"]
    assert before.build().problems == ()
    assert compressed_files(before) == []


def test_what_cannot_be_read_without_brotli_is_told_and_stays(
    before: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing = builtins.__import__

    def absent(name: str, *rest: object) -> object:
        if name == "brotli":
            raise ImportError(name)
        return importing(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", absent)
    report = before.build()
    assert [(one.code, one.severity) for one in report.problems] == [("coding-missing", "warning")]
    assert compressed_files(before) and all(name.endswith(".br") for name in compressed_files(before))
    for name in compressed_files(before):
        (before.out / name).unlink()
    assert before.build().problems == ()
    assert fact(before) == ""


def test_a_key_that_is_no_more_is_told_like_any_unknown_key(site: SiteOnDisk) -> None:
    from feedwright.errors import ConfigError

    with pytest.raises(ConfigError) as caught:
        site.configure('precompress = ["gzip"]\n').article("a.md").build()
    assert [one.key for one in caught.value.problems] == ["precompress"]
