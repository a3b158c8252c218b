"""What is served of a folder, and what never is; validators."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from hashlib import blake2b
from pathlib import Path

import pytest

from feedwright.publish.compress import compressed
from feedwright.serve.conditions import read_date
from feedwright.serve.files import examine
from tests.serve.folder import FEED, FILES, MODIFIED, PLAIN, application, ask, laid

CODINGS = ("br", "gzip")
SECRET = b"not for the world"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return laid(tmp_path / "out")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/x/../../secret.txt",
        "//etc/passwd",
        "/./rss.xml",
        "/.hidden",
        "/.git/config",
        "/x/.hidden",
        "/.rss.xml.new",
        "/..",
        "/.",
        "",
        "rss.xml",
        "/rss.xml/",
        "/rss.xml/x",
        "/x//y.xml",
        "/\0",
        "/rss.xml\0",
        "/..\\secret.txt",
        "/" + "a" * 5000,
        "/" + "a/" * 3000,
        "/outside.txt",
        "/inside-of-outside/secret.txt",
        "/to-hidden.txt",
        "/dangling.txt",
        "/loop.txt",
        "/pipe",
        "/x",
        "/\udcff",
    ],
)
def test_what_is_no_file_of_the_folder_is_not_there(out: Path, path: str) -> None:
    (out.parent / "secret.txt").write_bytes(SECRET)
    laid(out, {".hidden": SECRET, ".git/config": SECRET, "x/.hidden": SECRET, ".rss.xml.new": SECRET, "x/y.xml": PLAIN})
    (out / "outside.txt").symlink_to(out.parent / "secret.txt")
    (out / "inside-of-outside").symlink_to(out.parent)
    (out / "to-hidden.txt").symlink_to(out / ".hidden")
    (out / "dangling.txt").symlink_to("nowhere")
    (out / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(out / "pipe")
    reply = ask(application(out), path)
    assert reply.status == 404
    assert SECRET not in reply.body


def test_a_link_within_the_folder_is_followed(out: Path) -> None:
    (out / "feed.xml").symlink_to("rss.xml")
    assert ask(application(out), "/feed.xml").body == FEED


def test_a_folder_that_is_itself_a_link_may_lead_elsewhere_from_one_request_to_the_next(tmp_path: Path) -> None:
    laid(tmp_path / "one", {"rss.xml": FEED})
    laid(tmp_path / "two", {"rss.xml": PLAIN})
    (tmp_path / "out").symlink_to("one")
    app = application(tmp_path / "out")
    assert ask(app, "/rss.xml").body == FEED
    (tmp_path / "next").symlink_to("two")
    (tmp_path / "next").replace(tmp_path / "out")
    assert ask(app, "/rss.xml").body == PLAIN


def test_a_file_that_cannot_be_read_is_not_there(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = os.open

    def denied(path: str, *rest: int) -> int:
        if path.endswith("rss.xml"):
            raise PermissionError(13, "Permission denied")
        return opening(path, *rest)

    monkeypatch.setattr(os, "open", denied)
    assert ask(application(out), "/rss.xml").status == 404
    assert ask(application(out), "/atom.xml").status == 200


def test_a_folder_has_no_listing_and_its_index_where_there_is_one(out: Path) -> None:
    laid(out, {"x/y.xml": PLAIN, "z/index.html": b"<!DOCTYPE html>"})
    app = application(out)
    assert ask(app, "/").body == FILES["index.html"]
    assert ask(app, "/x/").status == 404
    assert ask(app, "/x").status == 404
    assert ask(app, "/z/").body == b"<!DOCTYPE html>"
    moved = ask(app, "/z")
    assert (moved.status, moved["location"]) == (301, "./z/")


def test_nothing_was_modified_in_the_future(out: Path) -> None:
    os.utime(out / "rss.xml", (5_000_000_000, 5_000_000_000))
    app = application(out)
    modified = ask(app, "/rss.xml")["last-modified"]
    assert abs((read_date(modified, 0) or 0) - time.time()) < 3
    assert ask(app, "/rss.xml", ("If-None-Match", ask(app, "/rss.xml")["etag"])).status == 304
    assert ask(app, "/rss.xml", ("If-Modified-Since", modified)).status == 200


def test_an_etag_is_made_of_the_bytes_alone(out: Path, tmp_path: Path) -> None:
    etag = ask(application(out), "/rss.xml")["etag"]
    assert etag == f'"{urlsafe_b64encode(blake2b(FEED, digest_size=16).digest())[:22].decode()}"'
    other = laid(tmp_path / "elsewhere", {"other/name.xml": FEED}, at=MODIFIED + 5)
    assert ask(application(other), "/other/name.xml")["etag"] == etag


def test_an_etag_is_the_same_in_another_process(out: Path) -> None:
    code = (
        "import sys; from feedwright.serve.files import examine; print(examine(sys.argv[1], 'rss.xml', ()).plain.etag)"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, str(out)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert seen == {ask(application(out), "/rss.xml")["etag"]}


def test_every_coding_has_an_etag_of_its_own(out: Path) -> None:
    app = application(out)
    tags = {ask(app, "/rss.xml", ("Accept-Encoding", coding))["etag"] for coding in ("identity", "gzip", "br")}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_a_changed_file_is_seen_at_once_and_keeps_its_etag_when_it_comes_back(out: Path) -> None:
    app = application(out)
    before = ask(app, "/atom.xml")["etag"]
    swap(out / "atom.xml", FEED)
    assert ask(app, "/atom.xml").body == FEED
    assert ask(app, "/atom.xml")["etag"] != before
    swap(out / "atom.xml", PLAIN)
    assert ask(app, "/atom.xml")["etag"] == before
    (out / "atom.xml").unlink()
    assert ask(app, "/atom.xml").status == 404
    laid(out)
    assert ask(app, "/atom.xml")["etag"] == before


def test_a_file_of_the_same_size_and_time_is_told_from_the_one_before(out: Path) -> None:
    app = application(out)
    time.sleep(0.1)  # until the folder's files have settled, and are remembered
    before = ask(app, "/atom.xml")["etag"]
    assert app.ready
    for number in range(200):
        content = PLAIN.replace(b"Moon", f"{number:04}".encode())
        swap(out / "atom.xml", content)
        reply = ask(app, "/atom.xml")
        assert reply.body == content
        assert reply["etag"] != before
        before = reply["etag"]


def test_what_stands_beside_a_document_is_its_coding_only_if_it_holds_the_same(out: Path) -> None:
    app = application(out)
    gzip = ("Accept-Encoding", "gzip")
    assert ask(app, "/rss.xml", gzip)["content-encoding"] == "gzip"
    swap(out / "rss.xml", PLAIN)
    assert "content-encoding" not in ask(app, "/rss.xml", gzip)
    assert ask(app, "/rss.xml", gzip).body == PLAIN
    swap(out / "rss.xml.gz", compressed(PLAIN, "gzip"))
    assert ask(app, "/rss.xml", gzip).body == compressed(PLAIN, "gzip")
    (out / "rss.xml.gz").unlink()
    assert ask(app, "/rss.xml", gzip).body == PLAIN


@pytest.mark.parametrize(
    "beside",
    [b"", b"rubbish", compressed(PLAIN, "gzip"), compressed(FEED, "gzip")[:-4], compressed(FEED + b"more", "gzip")],
)
def test_what_is_damaged_or_of_another_document_is_never_sent_as_its_coding(out: Path, beside: bytes) -> None:
    (out / "rss.xml.gz").write_bytes(beside)
    reply = ask(application(out), "/rss.xml", ("Accept-Encoding", "gzip"))
    assert (reply.body, reply["content-encoding"]) == (FEED, "")


def test_a_few_bytes_that_grow_without_bounds_are_read_no_further_than_their_document(out: Path) -> None:
    (out / "rss.xml.gz").write_bytes(compressed(bytes(1 << 28), "gzip"))
    start = time.process_time()
    held = examine(str(out), "rss.xml", CODINGS)
    assert held is not None
    assert set(held.coded) == {"br"}
    assert time.process_time() - start < 0.2


def test_a_coding_that_leads_outside_is_not_sent(out: Path) -> None:
    outside = out.parent / "outside.gz"
    outside.write_bytes(compressed(PLAIN, "gzip"))
    (out / "atom.xml.gz").symlink_to(outside)
    reply = ask(application(out), "/atom.xml", ("Accept-Encoding", "gzip"))
    assert (reply.body, reply["content-encoding"]) == (PLAIN, "")


def test_a_file_that_never_comes_to_rest_is_answered_with_try_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedwright.serve import application as module
    from feedwright.serve.responses import ChangedError

    def never(*_: object) -> None:
        raise ChangedError

    monkeypatch.setattr(module.responses, "respond", never)
    reply = ask(application(out), "/rss.xml")
    assert (reply.status, reply["retry-after"]) == (503, "1")


def test_what_is_remembered_is_bounded(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedwright.serve import application as module

    monkeypatch.setattr(module, "REMEMBERED", 10)
    laid(out, {f"{number}.xml": PLAIN for number in range(30)})
    time.sleep(0.1)
    app = application(out)
    for number in range(30):
        assert ask(app, f"/{number}.xml").status == 200
        ask(app, f"/nothing-{number}.xml")
    assert list(app.ready) == [f"/{number}.xml" for number in range(20, 30)]


def swap(file: Path, content: bytes) -> None:
    """As a build does it."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)
