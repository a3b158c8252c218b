"""A hub may send us on, but not into our own network."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from feedwright.web import guard
from feedwright.web.guard import RefusedError, addresses, is_public
from tests.announce.hub import Hub, serving
from tests.announce.test_announcing import LAND, SEA, SITE
from tests.conftest import NOW, SiteOnDisk

HUB = "hub.example"
PRIVATE = (
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%1", "fc00::1",
    "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "2002:c0a8:101::1",
)  # fmt: skip


@pytest.fixture
def other() -> Iterator[Hub]:
    with serving(Hub()) as found:
        yield found


@pytest.mark.parametrize("number", PRIVATE)
def test_an_address_of_our_own_network_is_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_within_the_same_host_is_followed_with_the_same_form(
    tides: SiteOnDisk, hub: Hub, other: Hub, code: int
) -> None:
    hub.status, hub.headers = code, {"Location": other.url}
    tides.build()
    assert sorted(other.took) == sorted(SITE + SEA + LAND)
    assert other.forms == hub.forms


@pytest.mark.parametrize("to", ["http://localhost:{port}/x", "http://[::ffff:127.0.0.1]:{port}/x", "http://0:{port}/x"])
def test_a_redirect_into_our_own_network_is_refused(tides: SiteOnDisk, hub: Hub, other: Hub, to: str) -> None:
    hub.status, hub.headers = 307, {"Location": to.format(port=other.port)}
    report = tides.build()
    assert (other.asked, len(hub.asked), report.exit_code) == ([], 1, 0)
    (problem,) = report.problems
    assert problem.code == "hub-refuses" and "not a public address" in problem.what


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("ftp://hub.example/", "no http or https URL"),
        ("file:///etc/passwd", "no http or https URL"),
        ("https://me:secret@hub.example/", "user or password"),
        ("http://hub.invalid/", "not found"),
        ("http://[", "not found"),
    ],
)
def test_a_redirect_to_what_is_no_hub_is_refused(tides: SiteOnDisk, hub: Hub, to: str, says: str) -> None:
    hub.status, hub.headers = 308, {"Location": to}
    (problem,) = tides.build().problems
    assert problem.code == "hub-refuses" and says in problem.what


def test_a_circle_of_redirects_ends(tides: SiteOnDisk, hub: Hub) -> None:
    hub.status, hub.headers = 307, {"Location": "/hub"}
    (problem,) = tides.build().problems
    assert "redirects more than 3 times" in problem.what
    assert len(hub.asked) == 4


def test_a_hub_that_ceases_to_redirect_is_told(tides: SiteOnDisk, hub: Hub) -> None:
    hub.status, hub.headers = 307, {"Location": "http://localhost:9/"}
    tides.build()
    hub.status, hub.headers = 204, {}
    assert tides.build(NOW + timedelta(minutes=1)).problems == ()
    assert sorted(hub.took) == sorted(SITE + SEA + LAND)


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("93.184.215.14", "10.0.0.1"))
    with pytest.raises(RefusedError, match="not a public address"):
        addresses(httpx.URL("https://evil.example/"), "")


def test_a_hub_of_the_internet_is_not_followed_to_itself_in_our_own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("127.0.0.1"))
    with pytest.raises(RefusedError, match="not a public address"):
        addresses(httpx.URL(f"http://{HUB}:6379/"), "")
    assert addresses(httpx.URL(f"http://{HUB}/"), HUB) is None


def test_a_hub_that_answers_from_the_internet_is_not_trusted_as_one_of_ours(
    tides: SiteOnDisk, hub: Hub, other: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = guard.is_public
    answers = iter([True])
    # The first that is asked is who answered.
    monkeypatch.setattr(guard, "is_public", lambda number: next(answers, None) or real(number))
    hub.status, hub.headers = 307, {"Location": other.url}
    (problem,) = tides.build().problems
    assert "not a public address" in problem.what
    assert other.asked == []


def test_a_name_is_looked_up_once_and_connected_to_where_it_was_looked_up(
    tides: SiteOnDisk, hub: Hub, other: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second answer would lead elsewhere; the loopback counts as public for once, as no other address is at hand.
    monkeypatch.setattr(guard, "is_public", lambda number: number == "127.0.0.1")
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolver(host: Any, port: Any, *args: Any, **rest: Any) -> Any:
        if host != "turning.example":
            return real(host, port, *args, **rest)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port, *args, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    tides.configure(f'hubs = ["{hub.url}"]\nformats = ["atom"]\n[kinds.tag]\nenabled = false\n')
    hub.status, hub.headers = 307, {"Location": f"http://turning.example:{other.port}/x"}
    tides.build()
    assert SITE[0] in other.took
    assert len(asked) == len(other.took)
    assert {host for _, _, host, _ in other.requests} == {f"turning.example:{other.port}"}


def answering(*numbers: str) -> Any:
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]


def test_a_name_that_is_never_found_keeps_no_process_from_ending(tmp_path: Any) -> None:
    code = (
        "import socket, time\n"
        "from datetime import datetime, UTC\n"
        "from feedwright.announce import hubs\n"
        "from feedwright.state.catalog.announcements import Ping\n"
        "socket.getaddrinfo = lambda *_, **__: time.sleep(60)\n"
        "ping = Ping('http://hub.example/', 'a', 'http://a.example/', 1)\n"
        "heard = hubs.tell({ping.hub: [ping]}, datetime.now(UTC), 1, 2)\n"
        "print(heard.dead[ping.hub].fault)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=40, check=True)
    assert done.stdout.strip() == "does not answer within 1 s"
