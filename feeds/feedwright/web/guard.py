"""Where strangers may send us: nowhere inside our own network, unless that is where the user has sent us before."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx import URL

_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(slots=True)
class Trust:
    """Which host of our own network may be asked, beside all of the internet, and who is told a password.

    Args:
        host: the one that the user named; empty where that is on the internet, or no address at all; None as long as it
            was not asked: the first address is the user's own choice, wherever it leads.
        origin: scheme, host and port of that address.
        login: user and password that stood in it; None where there were none.
    """

    host: str | None = None
    origin: tuple[str, str, int | None] | None = None
    login: tuple[str, str] | None = field(default=None, repr=False)


class RefusedError(ValueError):
    """A redirect or a link that is not followed; it says why, after "the hub ..." or "it ..."."""


def addresses(target: URL, at_home: str, *, proxied: bool = False, verb: str = "redirects to") -> list[str] | None:
    """The network addresses that a redirect or a link leads to, all of which are public.

    It is these that are to be connected to: a name that is looked up again may mean another one by then.

    Args:
        target: where it leads.
        at_home: the host that the user named, where that is in our own network; else empty.
        proxied: whether a proxy connects to it, which then looks up its name.
        verb: what led there.

    Returns: None where it is to be connected to by its name: that host, which is trusted as it was chosen; and what a
        proxy connects to.

    Raises:
        RefusedError: one of them is not public, or there is none.
    """
    if target.scheme not in _PORTS or not target.host:
        raise RefusedError(f"{verb} no http or https URL")
    if target.userinfo:
        raise RefusedError(f"{verb} a URL with a user or password")
    if target.host == at_home:
        return None
    numbers = _numbers(target)
    if proxied and not numbers:
        return None
    if not numbers:
        raise RefusedError(f"{verb} {target.host}, which is not found")
    if not all(is_public(number) for number in numbers):
        raise RefusedError(f"{verb} {target.host}, which is not a public address")
    return None if proxied else numbers


def _numbers(target: URL) -> list[str]:
    try:
        host = target.raw_host.decode("ascii")
        found = socket.getaddrinfo(host, target.port or _PORTS[target.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(number: str) -> bool:
    """Whether a network address is one of the internet at large, also where it stands for another one.

    Source: RFC 6890; RFC 4291 §2.5.5.2 (IPv4-mapped), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6052 (NAT64).
    """
    address = ip_address(number)
    if isinstance(address, IPv4Address):
        return _is_global(address)
    if address.ipv4_mapped:
        return _is_global(address.ipv4_mapped)
    if address in _NAT64:
        return _is_global(IPv4Address(int(address) & 0xFFFFFFFF))
    within = [one for one in (address.sixtofour, *(address.teredo or ())) if one]
    return all(_is_global(one) for one in (address, *within))


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
