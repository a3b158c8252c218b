"""Addresses that a site cannot have on the web: with these, more sites go live than one would think."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from feedwright.config.model import Config
from feedwright.errors import Problem
from feedwright.text.patterns import late

_OF_EXAMPLES = late(r"(?:.*\.)?example\.(?:com|org|net)")
_INTERNAL = late(r"(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|lan|test|invalid|home\.arpa)")
_NUMBERS = re.compile(r"[0-9.]+")
_EXAMPLE = "it is reserved for examples"
_HINT = "Replace it with the site's own URL on the web before anybody subscribes: links and ids are made from it."


def unreachable(config: Config) -> Iterator[Problem]:
    """A warning for each of the site's addresses that readers cannot reach, or that is nobody's.

    `.example` is not among them: whoever writes that means no real site. Feeds may well be served at a private address,
    behind another server, but not at one that is nobody's.

    Source: RFC 2606 §3, RFC 6761, RFC 6762 §3, RFC 8375; IANA's registries of special-purpose addresses.
    """
    addresses = {"url": config.site.url, "feeds_url": config.site.feeds_url}
    for key, url in addresses.items():
        why = _why(urlsplit(url).hostname or "")
        if why and (key == "url" or (why == _EXAMPLE and not url.startswith(config.site.url))):
            what = f"{url} is not a URL that readers can reach: {why}"
            line = config.lines.get(key, 0)
            yield Problem("warning", "url-unreachable", str(config.file), what, _HINT, line, key)


def _why(host: str) -> str:
    host = host.rstrip(".").lower()
    if "example." in host and _OF_EXAMPLES().fullmatch(host):
        return _EXAMPLE
    if ":" in host or _NUMBERS.fullmatch(host):
        return "" if _is_public(host) else "it is private"
    if "." not in host or _INTERNAL().fullmatch(host):
        return "it is this machine's, or its network's, own"
    return ""


def _is_public(host: str) -> bool:
    from ipaddress import ip_address  # hardly any site has no name

    try:
        return ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return False
