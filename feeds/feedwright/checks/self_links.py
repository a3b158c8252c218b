"""Whether a feed says that it is where it was found: the only rule that needs an address, which its caller says."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit, urlunsplit

from feedwright.checks import addresses
from feedwright.checks.node import Node
from feedwright.checks.rule import Format, Rule, shown

_FORMATS: tuple[Format, ...] = ("rss", "atom", "jsonfeed")
RULE = Rule(
    "self-link-elsewhere",
    "warning",
    "RFC 4287 §4.2.7.2; RSS Best Practices Profile, atom:link; JSON Feed 1.1, feed_url",
    _FORMATS,
    (),
    "Readers that follow it subscribe to the other URL, and hubs know only that one; write this one.",
)
_PORTS = {"http": 80, "https": 443}


def findings(root: Node, address: str) -> Iterator[tuple[Rule, Node, str]]:
    """The link to itself that leads elsewhere, in RSS or Atom; not where another leads here.

    Args:
        address: where the document was found.
    """
    heads = [root] if root.name == "feed" else root.all("channel")
    links = [link for head in heads for link in (*head.all("link"), *head.all("atom:link"))]
    own = [link for link in links if link.attributes.get("rel") == "self" and link.attributes.get("href")]
    told = [(link, differs(link.attributes["href"], address)) for link in own]
    if all(what for _, what in told):
        for link, what in told[:1]:
            yield RULE, link, what or ""


def differs(own: str, address: str) -> str | None:
    """Judge whether a feed's own address is not the one that it was found at."""
    # What is no address at all has a code of its own.
    if addresses.iri_reference(own.strip()) is not None or _normal(own.strip(), address) == _normal("", address):
        return None
    return f"the feed says that it is at {shown(own)}, and was found at {shown(address)}"


def _normal(reference: str, base: str) -> str:
    """An address without what makes no difference. Source: RFC 3986 §6.2.2, §6.2.3."""
    try:
        address = urljoin(base, reference)
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return reference or base
    named = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    return urlunsplit((parts.scheme, named, parts.path or "/", parts.query, ""))
