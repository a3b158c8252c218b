"""A delivery as rules that servers can follow: which addresses are served alike, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feedwright.errors import FeedsError, Problem
from feedwright.serve.delivery import PLACEHOLDER, ArticleRedirect, Delivery, Served, matched, other
from feedwright.visible import visible

ANEW = "# Print it again when settings of feeds have changed, and after `feeds prune`; new terms need nothing."
"""A comment for those who use it."""

LONGEST = 3000
"""Bytes of a regular expression: nginx takes 4095 for a word."""

PART = "[^/.][^/]*"
"""One part of a path that is not hidden."""

_ENCODED = "%(?:[013-9A-F][0-9A-F]|2[0-9A-D])"
CANONICAL = f"(?:/(?:[A-Za-z0-9_~-]|{_ENCODED})(?:[A-Za-z0-9._~-]|{_ENCODED})*)"
"""A part of an address as our links spell it, with the slash before it; none is "." or ".."."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that are served alike, but for their self links.

    Args:
        name: of letters, digits and underscores; no two have the same.
        like: one of them, or a pattern.
        index: the name of their files, where they are served as the folders that these are the index of; else empty.
        regex: of their paths without that name; below the root of the feeds.
    """

    name: str
    like: Served
    index: str
    regex: str


def own_space(delivery: Delivery) -> bool:
    """Whether everything below the root of the feeds is ours, rather than the site's as well."""
    return delivery.site.feeds_url != delivery.site.url


def origin(delivery: Delivery) -> str:
    """Scheme, host and port of the feeds."""
    parts = urlsplit(delivery.site.feeds_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def root(delivery: Delivery) -> str:
    """The path of the feeds' root, percent-decoded, with slashes at both ends."""
    return unquote(urlsplit(delivery.site.feeds_url).path)


def raw_root(delivery: Delivery) -> str:
    """The path of the feeds' root as links spell it, with slashes at both ends."""
    return urlsplit(delivery.site.feeds_url).path


def redirects(delivery: Delivery) -> Iterator[ArticleRedirect]:
    """All redirects: of feeds, then of articles."""
    yield from (ArticleRedirect(root(delivery) + one.address, one.target) for one in delivery.redirects.values())
    yield from delivery.moved


def alone(delivery: Delivery) -> list[Served]:
    """What is published and is not as the pattern of its path says, or has none."""
    # Whoever shares the root has a page of their own there.
    others = [one for one in delivery.others if one.path != "index.html" or own_space(delivery)]
    every = (*delivery.documents.values(), *others)
    return [one for one in every if not any(matched(pattern, one.path) == one for pattern in delivery.patterns)]


def groups(delivery: Delivery) -> list[Group]:
    """All that is published, in groups; of closed archive documents those that there are by now."""
    alike: dict[tuple[object, ...], list[Served]] = {}
    for one in (*alone(delivery), *delivery.patterns):
        key = (one.content_type, one.cache_control, one.shared, one.hubs, bool(one.self_url), _index(one))
        alike.setdefault(key, []).append(one)
    found: list[Group] = []
    for some in alike.values():
        word = re.sub(r"[^a-z0-9]+", "_", some[0].media_type.partition("/")[2].removesuffix("+xml"))
        for regex in _chunks(regex_of(one.path.removesuffix(_index(one))) for one in some):
            found.append(Group(f"{word}_{len(found) + 1}", some[0], _index(some[0]), regex))
    return found


def _index(one: Served) -> str:
    return one.path.removeprefix(one.address) if one.address != one.path else ""


def regex_of(path: str) -> str:
    """The regular expression of a path, the same in PCRE and RE2, in which no character means anything to a quoting."""
    parts = PLACEHOLDER.split(path)
    return "".join(PART if number % 2 else literal(part) for number, part in enumerate(parts))


def literal(text: str) -> str:
    """A text as a regular expression in which only letters, digits, slashes, backslashes and brackets stand."""
    escapes = {c: rf"\x{ord(c):02x}" for c in text if c.isascii() and not c.isalnum() and c not in "/_-"}
    return "".join("[.]" if c == "." else escapes.get(c, c) for c in text)


def _chunks(regexes: Iterable[str]) -> Iterator[str]:
    """Alternatives, joined as long as they are not too long."""
    chunk: list[str] = []
    size = 0
    for one in dict.fromkeys(regexes):
        length = len(one.encode()) + 1
        if chunk and size + length > LONGEST:
            yield "|".join(chunk)
            chunk, size = [], 0
        chunk.append(one)
        size += length
    if chunk:
        yield "|".join(chunk)


def canonical(delivery: Delivery) -> str:
    """The regular expression of addresses, percent-encoded, as our own self links spell them."""
    return literal(raw_root(delivery).removesuffix("/")) + CANONICAL + "+/?"


def hidden(delivery: Delivery) -> str:
    """The regular expression of paths below the root of which a part begins with a dot."""
    return f"^{literal(root(delivery))}(?:.*/)?[.]"


def kept(delivery: Delivery) -> str:
    """How long a redirect may be kept: for ever, if nobody says, and a feed may come back."""
    return other(delivery.site, "index.html").cache_control


def link_parts(like: Served) -> str:
    """The links of a group's documents to their hubs, followed by a comma where there are any."""
    return "".join(f'<{hub}>; rel="hub", ' for hub in like.hubs)


def is_text(media_type: str) -> bool:
    """Whether compression makes it smaller."""
    return media_type.startswith("text/") or media_type.endswith(("xml", "json", "application/x-subrip"))


def sayable(out: Path, server: str, *parts: str) -> str:
    """The output folder's path, where a server's configuration can say it.

    Args:
        parts: texts that it may not hold.

    Raises:
        FeedsError: it cannot.
    """
    text = str(out)
    control = next((one for one in text if visible(one) != one), "")
    wrong = control or next((part for part in parts if part in text), "")
    if wrong:
        hint = "Name a link to it with --out, or move it."
        raise FeedsError(Problem("error", "out-unsayable", text, f"{server} has no way to write {wrong!r}", hint))
    return text
