"""Where strangers may send us, also where a proxy goes for us."""

from __future__ import annotations

import socket

import httpx
import pytest

from feedwright.web import follow
from feedwright.web.follow import Asking
from feedwright.web.guard import RefusedError, Trust, addresses


def test_a_proxy_looks_up_names_that_we_cannot_and_is_sent_into_no_private_network() -> None:
    assert addresses(httpx.URL("https://no-such-host.invalid/"), "", proxied=True) is None
    assert addresses(httpx.URL("https://93.184.215.14/"), "", proxied=True) is None
    for private in ("http://10.0.0.1/", "http://localhost/", "http://[::1]/", "http://0x7f.1/", "http://2130706433/"):
        with pytest.raises(RefusedError, match="not a public address"):
            addresses(httpx.URL(private), "", proxied=True)


def test_what_led_there_is_said() -> None:
    with pytest.raises(RefusedError, match=r"^leads to 127\.0\.0\.1, which is not a public address$"):
        addresses(httpx.URL("http://127.0.0.1/"), "", verb="leads to")


def test_a_name_is_looked_up_as_it_is_spelled_on_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def resolver(host: str, port: int, **_: object) -> list[object]:
        asked.append((host, port))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert addresses(httpx.URL("https://über.example/"), "") == ["93.184.215.14"]
    assert asked == [("xn--ber-goa.example", 443)]


def test_an_answer_through_a_proxy_teaches_nothing_about_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "_is_proxied", lambda _: True)
    trust = Trust()
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(204)))
    reached = follow.follow(client, "http://far.example/", Asking("GET", (301,), 3), trust)
    assert (reached.response.status_code, trust.host) == (204, "")
