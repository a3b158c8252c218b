"""Feeds that builds swap all the while: every answer is whole, and says what it is."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from feedwright.serve.codings import compressed
from feedwright.serve.files import etag_of
from tests.serve.folder import DECODED, Reply, Server, laid, serving
from tests.serve.test_files import swap

VERSIONS = [b"<rss>" + f"{number:03} ".encode() * (5_000 + number % 3) + b"</rss>" for number in range(40)]
CODED = {coding: [compressed(one, coding) for one in VERSIONS] for coding in ("gzip", "br")}
TAGS = {etag_of(iter((one,))): one for one in (*VERSIONS, *CODED["gzip"], *CODED["br"])}


def swapping(out: Path, over: threading.Event) -> None:
    """Versions one after the other."""
    number = 0
    while not over.wait(0.002):
        number = (number + 1) % len(VERSIONS)
        swap(out / "feed.xml", VERSIONS[number])


def reading(one: Server, coding: str, over: threading.Event, seen: Counter[str], wrong: list[Reply]) -> None:
    last = '"none"'
    while not over.is_set():
        reply = one.ask("/feed.xml", ("Accept-Encoding", coding), ("If-None-Match", last))
        seen[f"{reply.status} {reply['content-encoding']}".strip()] += 1
        if reply.status == 304 and reply["etag"] == last:
            continue
        if (
            reply.status != 200
            or TAGS.get(reply["etag"]) != reply.body
            or DECODED[reply["content-encoding"]](reply.body) not in VERSIONS
        ):
            wrong.append(reply)
        last = reply["etag"]


def watched(out: Path, seconds: float) -> tuple[Counter[str], list[Reply]]:
    """What readers of every kind were answered meanwhile."""
    laid(out, {"feed.xml": VERSIONS[0]})
    over = threading.Event()
    seen: Counter[str] = Counter()
    wrong: list[Reply] = []
    with serving(out, "--content", str(out / "no-content"), "--workers", "2") as one:
        threads = [threading.Thread(target=swapping, args=(out, over))]
        threads += [
            threading.Thread(target=reading, args=(one, coding, over, seen, wrong))
            for coding in ("identity", "gzip", "gzip, br")
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        over.set()
        for thread in threads:
            thread.join()
    return seen, wrong


def test_no_answer_is_torn_or_wrong_while_feeds_are_swapped(tmp_path: Path) -> None:
    seen, wrong = watched(tmp_path, 1)
    assert wrong == []
    assert seen["200"] and seen["200 gzip"] and seen["200 br"]


@pytest.mark.slow
def test_no_answer_is_torn_or_wrong_in_a_minute_of_swaps(tmp_path: Path) -> None:
    seen, wrong = watched(tmp_path, 60)
    assert wrong == []
    assert sum(seen.values()) > 10_000
