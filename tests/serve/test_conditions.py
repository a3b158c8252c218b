"""The matrix of conditional requests, asked of the application and of a running server."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import formatdate
from functools import partial
from pathlib import Path

import pytest

from feedwright.serve.conditions import read_date
from tests.conftest import SiteOnDisk
from tests.serve.folder import DECODED, FILES, Reply, Server, application, ask, in_coding
from tests.serve.matrix import MATRIX, SAME

Ask = Callable[..., Reply]


def expect(name: str, asking: Ask) -> None:
    """Ask for what a row asks for, and look at all of the answer."""
    asked, fields, expected = MATRIX[name]
    method, document = asked.split()
    status, coding, part = re.fullmatch(r"(\d{3})(?: (gzip|br))?(?: (\d+-\d+))?", expected).groups()  # type: ignore[union-attr]
    tags = {
        key: asking(f"/{document}", *([("Accept-Encoding", key)] if key != "etag" else []))["etag"]
        for key in ("etag", "gzip", "br")
    }
    given = fields.format(**tags, bare=tags["etag"].strip('"'), lower=tags["etag"].lower(), same=SAME)
    lines = [tuple(line.split(":", 1)) for line in given.split(" | ") if line]
    reply = asking(f"/{document}", *((key, value.strip(" ")) for key, value in lines), method=method)
    assert reply.status == int(status)
    if reply.status not in (404, 406):
        assert reply["etag"] == tags[coding or "etag"]
        assert reply["last-modified"] == SAME
        assert "cache-control" in reply
        assert ("vary" in reply) == (document != "audio.mp3")
    if method == "HEAD" or reply.status == 304:
        assert reply.body == b""
    if reply.status in (200, 206):
        assert reply["content-encoding"] == (coding or "")
        assert reply["accept-ranges"] == "bytes"
        whole = in_coding(document, coding)
        assert DECODED[coding or ""](whole) == FILES[document]
        if part:
            first, last = map(int, part.split("-"))
            assert reply["content-range"] == f"bytes {part}/{len(whole)}"
            assert reply.body == whole[first : last + 1]
        elif method == "GET":
            assert reply.body == whole
    elif reply.status == 416:
        length = len(in_coding(document, coding))
        assert reply["content-range"] == f"bytes */{length}"
    elif reply.status == 304:
        assert "content-type" not in reply


def test_the_matrix_is_large_and_no_row_is_there_twice() -> None:
    assert len(MATRIX) >= 120
    assert len(set(map(str, MATRIX.values()))) == len(MATRIX)


@pytest.mark.parametrize("name", MATRIX)
def test_the_application_answers_as_rfc_9110_demands(name: str, folder: Path) -> None:
    app = application(folder)

    def asking(path: str, *lines: tuple[str, str], method: str = "GET") -> Reply:
        return ask(app, path, *lines, method=method)

    expect(name, asking)


def test_a_running_server_answers_likewise(server: Server) -> None:
    for name in MATRIX:
        expect(name, server.ask)


def test_dates_are_written_and_read_alike() -> None:
    for seconds in (0, 951_827_696, 1_714_564_800, 4_102_444_800):
        assert read_date(formatdate(seconds, usegmt=True), now=0) == seconds
    assert formatdate(784_111_777, usegmt=True) == "Sun, 06 Nov 1994 08:49:37 GMT"


def test_a_year_of_two_digits_is_never_more_than_fifty_years_ahead() -> None:
    now = 1_714_564_800
    assert read_date("Sunday, 06-Nov-94 08:49:37 GMT", now) == 784_111_777
    assert read_date("Wednesday, 01-May-74 12:00:00 GMT", now) == 3_292_401_600
    assert read_date("Wednesday, 01-May-75 12:00:00 GMT", now) == 168_177_600


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (BROWSER, "application/xml"),
        ("text/html", "application/xml"),
        ("*/*", "application/{own}+xml"),
        ("", "application/{own}+xml"),
        ("application/rss+xml, application/atom+xml, text/html;q=0.5", "application/{own}+xml"),
        ("application/xml", "application/{own}+xml"),
    ],
)
@pytest.mark.parametrize("own", ["rss", "atom"])
def test_a_browser_is_given_a_feed_as_xml_which_it_can_show(site: SiteOnDisk, accept: str, kind: str, own: str) -> None:
    site.article("a.md").build()
    asking = partial(ask, application(site.out, site.content))
    lines = [("Accept", accept)] if accept else []
    reply = asking(f"/{own}.xml", *lines)
    assert (reply.status, reply["content-type"]) == (200, f"{kind.format(own=own)}; charset=utf-8")
    again = asking(f"/{own}.xml", *lines, ("If-None-Match", reply["etag"]))
    assert again.status == 304
    for one in (reply, again):
        assert [name.strip() for name in one["vary"].split(",")] == ["Accept", "Accept-Encoding"]
    assert asking("/feed.json", *lines)["vary"] == "Accept-Encoding"
