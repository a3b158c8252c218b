"""Codings of documents beside them, made by a build."""

from __future__ import annotations

import builtins
import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from feedwright.commands.prune import prune
from feedwright.errors import PublishError
from feedwright.publish import swap
from tests.conftest import SiteOnDisk
from tests.serve.folder import application, ask

BOTH = 'precompress = ["gzip", "br"]\n'
DECODED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".br": brotli.decompress}


def beside(site: SiteOnDisk) -> dict[str, Path]:
    """Every coding in the output folder."""
    return {
        file.relative_to(site.out).as_posix(): file for file in sorted(site.out.rglob("*")) if file.suffix in DECODED
    }


def assert_whole(site: SiteOnDisk, *suffixes: str) -> None:
    """Every document has these codings, of its content and with its time, and there are no others."""
    documents = [site.out / name for name in site.tree() if (site.out / name).suffix not in DECODED]
    wanted = {f"{file.relative_to(site.out).as_posix()}{suffix}" for file in documents for suffix in suffixes}
    assert set(beside(site)) == wanted
    for file in documents:
        for suffix in suffixes:
            coded = file.with_name(file.name + suffix)
            assert DECODED[suffix](coded.read_bytes()) == file.read_bytes()
            assert coded.stat().st_mtime_ns == file.stat().st_mtime_ns


def times(site: SiteOnDisk) -> dict[str, tuple[int, int]]:
    return {name: (file.stat().st_mtime_ns, file.stat().st_ino) for name, file in beside(site).items()}


def test_there_are_none_unless_they_are_asked_for(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    assert beside(site) == {}


def test_each_document_has_its_codings(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").build()
    assert_whole(site, ".gz", ".br")
    assert ask(application(site.out), "/atom.xml", ("Accept-Encoding", "br"))["content-encoding"] == "br"


def test_they_are_the_same_bytes_each_time(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md").build()
    before = {name: file.read_bytes() for name, file in beside(site).items()}
    for file in beside(site).values():
        file.unlink()
    site.build()
    assert {name: file.read_bytes() for name, file in beside(site).items()} == before
    assert (site.out / "atom.xml.gz").read_bytes()[3:9] == bytes(6)  # no name, no time


def test_what_did_not_change_is_not_written_again(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").article("b.md", tags="[moon]").build()
    before = times(site)
    site.build()
    site.build(full=True)
    assert times(site) == before
    site.article("b.md", "Another text.", tags="[moon]").build()
    changed = {name for name, time in times(site).items() if time != before[name]}
    assert changed == {name for name in before if "sea" not in name}
    assert_whole(site, ".gz", ".br")


@pytest.mark.parametrize("name", ["atom.xml.gz", "atom.xml.br", "tag/sea/rss.xml.gz"])
def test_what_is_missing_or_was_altered_is_made_again(site: SiteOnDisk, name: str) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").build()
    before = times(site)
    (site.out / name).unlink()
    site.build()
    assert_whole(site, ".gz", ".br")
    (site.out / name).write_bytes((site.out / "rss.xml.gz").read_bytes() if name.endswith(".gz") else b"")
    site.build()
    if name.endswith(".gz"):
        assert_whole(site, ".gz", ".br")
    assert {other for other, time in times(site).items() if time != before[other]} <= {name}


def test_switched_off_they_go_and_switched_on_they_come(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").build()
    documents = {
        name: (site.out / name).stat().st_mtime_ns for name in site.tree() if not name.endswith((".gz", ".br"))
    }
    site.configure('precompress = ["gzip"]\n').build()
    assert_whole(site, ".gz")
    site.configure().build()
    assert_whole(site)
    site.configure(BOTH).build()
    assert_whole(site, ".gz", ".br")
    assert {name: (site.out / name).stat().st_mtime_ns for name in documents} == documents


def test_pruning_removes_them_with_their_documents(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").article("b.md").build()
    site.article("a.md").build()
    assert_whole(site, ".gz", ".br")
    prune(site.content, site.out)
    assert not (site.out / "tag").exists()
    assert_whole(site, ".gz", ".br")


def test_a_lost_catalog_or_ledger_changes_none(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md", tags="[sea]").build()
    before = times(site)
    for name in ("catalog.db", "ledger.db"):
        (site.content / ".feeds" / name).unlink()
        site.build()
        assert_whole(site, ".gz", ".br")
        assert times(site) == before


def test_a_dry_run_makes_and_removes_none(site: SiteOnDisk) -> None:
    site.configure(BOTH).article("a.md")
    site.build(dry_run=True)
    assert beside(site) == {}
    site.build()
    site.configure().build(dry_run=True)
    assert_whole(site, ".gz", ".br")


def test_what_somebody_else_put_there_stays_and_is_named(site: SiteOnDisk) -> None:
    theirs = gzip.compress(b"something else")
    site.write("../out/atom.xml.gz", theirs).configure(BOTH).article("a.md")
    for _ in range(2):
        report = site.build()
        assert [(one.code, one.severity) for one in report.problems] == [("not-ours", "warning")]
        assert (site.out / "atom.xml.gz").read_bytes() == theirs
    assert (site.out / "atom.xml.br").exists()
    assert (site.out / "rss.xml.gz").exists()
    site.configure().build()
    assert list(beside(site)) == ["atom.xml.gz"]


def test_what_gzip_made_of_our_document_is_taken_over(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    (site.out / "atom.xml.gz").write_bytes(gzip.compress((site.out / "atom.xml").read_bytes()))
    site.configure(BOTH).build()
    assert_whole(site, ".gz", ".br")


def test_codings_are_in_place_before_their_document_is(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    replacing = Path.replace

    def noted(self: Path, target: Path) -> Path:
        order.append(target.relative_to(site.out).as_posix())
        return replacing(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    site.configure(BOTH).article("a.md").build()
    feed = [name for name in order if name.startswith("atom.xml")]
    assert feed[-1] == "atom.xml"
    assert sorted(feed) == ["atom.xml", "atom.xml.br", "atom.xml.gz"]


@pytest.mark.parametrize("failing", [1, 2, 3, 4, 5, 6])
def test_a_disk_that_fails_between_two_renames_leaves_no_wrong_coding_behind_for_long(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    site.configure(BOTH).article("a.md").build()
    replacing, count = Path.replace, iter(range(1, 100))

    def broken(self: Path, target: Path) -> Path:
        if target.suffix in {".xml", *DECODED} and next(count) == failing:
            raise OSError(28, "No space left on device")
        return replacing(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", broken)
        with pytest.raises(PublishError):
            site.article("a.md", "Another text.").build()
    app = application(site.out)
    for name in ("atom.xml", "rss.xml"):
        for coding, decode in (("gzip", gzip.decompress), ("br", brotli.decompress)):
            reply = ask(app, f"/{name}", ("Accept-Encoding", coding))
            plain = decode(reply.body) if reply["content-encoding"] else reply.body
            assert plain == (site.out / name).read_bytes()
    assert not list(site.out.rglob(".*.new"))
    site.build()
    assert_whole(site, ".gz", ".br")


def test_a_coding_that_cannot_be_written_keeps_no_feed_from_being_current(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("a.md").build()
    staging = swap.stage

    def broken(out: Path, path: str, document: bytes) -> swap.Staged:
        if path.endswith(".gz"):
            raise swap.unwritable(out / path, OSError(28, "No space left on device"))
        return staging(out, path, document)

    with monkeypatch.context() as patched:
        patched.setattr(swap, "stage", broken)
        report = site.configure(BOTH).build()
        assert [one.code for one in report.problems] == ["out-unwritable"]
    site.build()
    assert_whole(site, ".gz", ".br")


def test_without_brotli_it_says_what_to_install_and_makes_the_rest(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing = builtins.__import__

    def absent(name: str, *rest: object) -> object:
        if name == "brotli":
            raise ImportError(name)
        return importing(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", absent)
    report = site.configure(BOTH).article("a.md").build()
    assert [one.code for one in report.problems] == ["coding-missing"]
    assert "feedwright[serve]" in report.problems[0].mend
    assert sorted(beside(site)) == ["atom.xml.gz", "feed.json.gz", "rss.xml.gz"]


def test_a_feed_whose_own_address_looks_like_a_coding_is_left_alone(site: SiteOnDisk) -> None:
    paths = 'formats = ["rss", "atom"]\n[kinds.site]\npath = { rss = "feed.xml", atom = "feed.xml.gz" }\n'
    site.configure(BOTH + paths).article("a.md").build()
    assert b"<feed" in (site.out / "feed.xml.gz").read_bytes()
    assert sorted(beside(site)) == ["feed.xml.br", "feed.xml.gz", "feed.xml.gz.br", "feed.xml.gz.gz"]
    assert ask(application(site.out), "/feed.xml", ("Accept-Encoding", "gzip"))["content-encoding"] == ""
    site.configure(paths).build()
    assert sorted(beside(site)) == ["feed.xml.gz"]
