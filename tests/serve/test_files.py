"""What is served of a folder, and what never is; validators."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import pytest

from feedwright.serve.application import Application, Copied, Request
from feedwright.serve.codings import LARGEST, SMALLEST, Compressed, compressed
from feedwright.serve.conditions import read_date
from tests.serve.folder import DECODED, FEED, FILES, MODIFIED, PLAIN, Reply, application, ask, laid

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
    code = "import sys; from feedwright.serve.files import examine; print(examine(sys.argv[1], 'rss.xml').plain.etag)"
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


GZIP = ("Accept-Encoding", "gzip")


def test_a_coding_is_of_the_very_document_that_is_there(out: Path) -> None:
    app = application(out)
    for content in (FEED, FEED.replace(b"Tides", b"Moons"), FEED):
        swap(out / "rss.xml", content)
        reply = ask(app, "/rss.xml", GZIP)
        assert (reply["content-encoding"], reply.body) == ("gzip", compressed(content, "gzip"))
    swap(out / "rss.xml", PLAIN)
    reply = ask(app, "/rss.xml", GZIP)
    assert (reply["content-encoding"], reply.body) == ("", PLAIN)


def test_what_somebody_put_beside_a_document_is_never_sent_in_its_place(out: Path) -> None:
    (out / "rss.xml.gz").write_bytes(compressed(PLAIN, "gzip"))
    app = application(out)
    assert ask(app, "/rss.xml", GZIP).body == compressed(FEED, "gzip")
    assert ask(app, "/rss.xml.gz", GZIP).body == compressed(PLAIN, "gzip")


@pytest.mark.parametrize(
    ("name", "content", "coding"),
    [
        ("small.xml", b"a" * (SMALLEST - 1), ""),
        ("enough.xml", b"a" * SMALLEST, "gzip"),
        ("style.css", b"a" * SMALLEST, "gzip"),
        ("large.xml", b"a" * LARGEST, "gzip"),
        ("huge.xml", b"a" * (LARGEST + 1), ""),
        ("noise.xml", os.urandom(SMALLEST), ""),
        ("picture.png", b"a" * SMALLEST, ""),
    ],
)
def test_what_is_worth_compressing_is_compressed(out: Path, name: str, content: bytes, coding: str) -> None:
    (out / name).write_bytes(content)
    reply = ask(application(out), f"/{name}", GZIP)
    assert reply["content-encoding"] == coding
    assert DECODED[coding](reply.body) == content


def test_a_document_is_compressed_once_for_each_of_its_versions(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedwright.serve import codings as module

    made: list[str] = []

    def counted(document: bytes, coding: str) -> bytes:
        made.append(coding)
        return compressed(document, coding)

    monkeypatch.setattr(module, "compressed", counted)
    app = application(laid(out, {"copy.xml": FEED}))
    for _ in range(3):
        for path in ("/rss.xml", "/copy.xml"):
            assert ask(app, path, GZIP)["content-encoding"] == "gzip"
            os.utime(out / "rss.xml")
    assert made == ["br", "gzip"]
    swap(out / "rss.xml", FEED + b"\n")
    ask(app, "/rss.xml", GZIP)
    assert made == ["br", "gzip"] * 2


def test_what_was_asked_for_longest_ago_is_kept_no_longer_than_there_is_room() -> None:
    documents = {f"{number}": (b"%d" % number) * 5000 + os.urandom(1000) for number in range(10)}
    size = len(compressed(documents["0"], "gzip"))
    kept = Compressed(("gzip",), most=3 * size + size // 2)
    for number, document in documents.items():
        assert kept.content(number, document, "gzip") == compressed(document, "gzip")
        assert kept.bytes_of("0", "gzip") is not None
        assert kept.size == sum(map(len, kept.kept.values())) <= kept.most
    assert [of for of, _ in kept.kept] == ["8", "9", "0"]
    assert kept.bytes_of("1", "gzip") is None


class Wire:
    """Takes what is sent."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    def response_bytes(self, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        self.replies.append(Reply(status, headers, body))


def sent(app: Application, path: str, *lines: tuple[str, str]) -> Reply:
    """What goes over the wire."""
    wire = Wire()
    request = Request("GET", path, Copied([(name.lower(), value) for name, value in lines]))
    asyncio.run(app._respond(request, wire))  # type: ignore[arg-type]
    return wire.replies[0]


def test_what_is_not_kept_any_more_is_made_anew(out: Path) -> None:
    app = application(out)
    first = sent(app, "/rss.xml", GZIP)
    time.sleep(0.1)  # until the folder's files have settled, and are remembered
    ask(app, "/rss.xml", GZIP)
    app.compressed.kept.clear()
    app.compressed.size = 0
    assert ask(app, "/rss.xml", GZIP, ("If-None-Match", first["etag"])).status == 304
    assert not app.compressed.kept
    again = sent(app, "/rss.xml", GZIP)
    assert again == first
    assert first.body == compressed(FEED, "gzip")


def test_a_file_that_never_comes_to_rest_is_answered_with_try_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedwright.serve import application as module

    monkeypatch.setattr(module, "read", lambda *_: None)
    reply = sent(application(out), "/rss.xml")
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
