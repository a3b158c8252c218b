"""Old addresses of feeds: each leads to one feed, and none is where a feed is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.config.kinds import BY_NAME, SITE, TERM_KINDS
from feedwright.config.model import FeedRules, KindRules, OwnFeed
from feedwright.text.filenames import file_names

FILE_NAMES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
"""Format -> the usual name of its document; the formats themselves bring heavy libraries with them."""

INDEX = "index.xml"
"""The document of a path that ends in a slash."""


class _Table(NamedTuple):
    key: str
    kind: str
    term: str
    rules: FeedRules


def faults(
    kinds: Mapping[str, KindRules], feeds: Sequence[OwnFeed], formats: Sequence[str], feed_path: str
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with them, as far as no article is needed to tell.

    Args:
        formats: of feeds that name none.
        feed_path: pattern of the paths of feeds that name none.

    Returns: the dotted key, what is wrong, and what would be right.
    """
    tables = [_Table(f"kinds.{kind}", kind, "{term}", rules) for kind, rules in kinds.items() if rules.enabled]
    files = file_names((feed.name for feed in feeds), {})
    tables += [_Table(f"feed.{number}", "feed", files[feed.name], feed) for number, feed in enumerate(feeds)]
    taken = {path: f"{one.key} has its documents there" for one in tables for path in _now(one, formats, feed_path)}
    for one in tables:
        key = f"{one.key}.old_paths"
        for format_, path in ((format_, path) for format_, paths in one.rules.old_paths.items() for path in paths):
            if hint := _mend(one, format_, path, one.rules.formats or formats):
                yield key, f"{format_}: {path!r} cannot be used", hint
                continue
            there = document(path.replace("{term}", one.term))
            if there in taken:
                yield key, f"{format_}: {path!r} is taken", f"{taken[there]}. Leave one of them out."
            taken.setdefault(there, f"{key} has it too")


def document(path: str) -> str:
    """The document that an address leads to, both below their roots."""
    return path + INDEX if path.endswith("/") else path


def _mend(one: _Table, format_: str, path: str, formats: Sequence[str]) -> str:
    if format_ not in formats:
        return f"The feed is not published as {format_}: write one of {', '.join(formats)}, which it then leads to."
    if one.kind == SITE and "{term}" in path:
        return "The site's own feed has no {term}."
    if one.kind in TERM_KINDS and "{term}" not in path:
        return "Name {term} in it, or all feeds of this kind would have the same old URL."
    return ""


def _now(one: _Table, formats: Sequence[str], feed_path: str) -> Iterator[str]:
    """The documents that feeds of a kind have, by the rules."""
    usual = BY_NAME[one.kind].path or feed_path.replace("{kind}", one.kind)
    for format_ in one.rules.formats or formats:
        path = one.rules.paths.get(format_, usual.replace("{format}", FILE_NAMES[format_]))
        yield document(path.replace("{term}", one.term))
