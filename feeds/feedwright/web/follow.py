"""Ask a server, and whoever it sends us to: by hand, so that no redirect's body is read, and none leads astray."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

import httpx

from feedwright.web import guard
from feedwright.web.guard import RefusedError, Trust

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is sent, to each address in turn.

    Args:
        method: of the request.
        followed: status codes whose `Location` is followed.
        most: redirects.
        form: the body; None for none.
    """

    method: str
    followed: tuple[int, ...]
    most: int
    form: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The answer that is no redirect.

    Args:
        response: yet to be read.
        address: of who gave it, without user and password.
        redirects: status code and address of each redirect on the way.
    """

    response: httpx.Response
    address: httpx.URL
    redirects: tuple[tuple[int, httpx.URL], ...]


def follow(client: httpx.Client, address: str, asking: Asking, trust: Trust) -> Reached:
    """Ask, and ask again where that is redirected to; each redirect is closed unread.

    Args:
        address: user and password of the one that the user named are sent to its own origin alone.
        trust: what the first address teaches is noted in it.

    Raises:
        httpx.HTTPError, httpx.InvalidURL, OSError: a server cannot be reached.
        RefusedError: it leads to where nobody is sent.
    """
    url = httpx.URL(address)
    if trust.host is None:
        trust.origin, trust.login = _origin(url), (url.username, url.password) if url.userinfo else None
        url = url.copy_with(userinfo=b"")
    redirects: list[tuple[int, httpx.URL]] = []
    while True:
        verb = "redirects to" if redirects else "leads to"
        proxied = _is_proxied(url)
        found = None if trust.host is None else guard.addresses(url, trust.host, proxied=proxied, verb=verb)
        login = trust.login if _origin(url) == trust.origin else None
        response = _sent(client, url, found, asking, login)
        if trust.host is None:
            trust.host = "" if proxied or guard.is_public(_peer(response)) else url.host
        location = response.headers.get("Location", "")
        if response.status_code not in asking.followed or not location:
            return Reached(response, url, tuple(redirects))
        response.close()
        redirects.append((response.status_code, url))
        if len(redirects) > asking.most:
            raise RefusedError(f"redirects more than {asking.most} times")
        url = _joined(url, location)


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError("redirects to no URL") from error


def _sent(
    client: httpx.Client,
    url: httpx.URL,
    found: Sequence[str] | None,
    asking: Asking,
    login: tuple[str, str] | None,
) -> httpx.Response:
    """Send a request, to the very network addresses that were looked at where there are some."""
    if found is None:
        request = client.build_request(asking.method, url, data=asking.form)
        try:
            return _answered(client, request, login)
        except httpx.RemoteProtocolError:
            # It has closed the connection that was open, and did not say so before.
            return _answered(client, request, login)
    *others, last = found
    name = {"sni_hostname": url.raw_host.decode("ascii")}
    headers = {"Host": url.netloc.decode("ascii")}
    for one in (*others, last):
        there = url.copy_with(host=one)
        request = client.build_request(asking.method, there, data=asking.form, headers=headers, extensions=name)
        try:
            return _answered(client, request, login)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if one is last:
                raise
    raise AssertionError("there is a last one")


def _answered(client: httpx.Client, request: httpx.Request, login: tuple[str, str] | None) -> httpx.Response:
    try:
        return client.send(request, stream=True, auth=login)
    except httpx.RemoteProtocolError as error:
        if isinstance(error.__context__, httpx.InvalidURL):
            raise RefusedError("redirects to no URL") from error
        raise


def _peer(response: httpx.Response) -> str:
    """The network address of who answered: its name may mean another one by now."""
    return str(response.extensions["network_stream"].get_extra_info("server_addr")[0])


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)


def _is_proxied(url: httpx.URL) -> bool:
    """Whether the environment names a proxy for an address: the one who answers is then the proxy."""
    proxies = getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not proxy_bypass(url.host)
