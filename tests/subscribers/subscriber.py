"""Readers that poll, each by one interface, and what they hold after a poll."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import NamedTuple


class Held(NamedTuple):
    """An entry as a reader holds it.

    Args:
        key: what the reader tells entries apart by.
        text: its title and what of its body the reader shows.
        unread: whether it is shown as unread since the last poll.
        version: another one where the reader holds something else than before.
    """

    key: str
    text: str
    unread: bool
    version: str


Poll = Callable[[], Mapping[str, Sequence[Held]]]
"""Polls all feeds that were subscribed to, and marks all as read afterwards: format -> entries.

It raises an error where a feed cannot be had.
"""


@dataclass(frozen=True, eq=False)
class Subscriber:
    """A reader.

    Args:
        formats: that it reads.
        needs: says what is missing here, or "".
        subscribe: (an empty folder of its own, format -> URL) -> Poll.
        notices: the aspects of an entry that it has anew when they change: body, title, link, date, terms, author.
        blind: those that it does not read in a format.
        apart: those of which a change makes another entry of it.
        keeps: whether what leaves the feed stays with the reader.
        costly: whether it sees all changes only with the marker `subscribers`, and otherwise a sample.
    """

    name: str
    formats: tuple[str, ...]
    needs: Callable[[], str]
    subscribe: Callable[[Path, Mapping[str, str]], Poll]
    notices: frozenset[str]
    apart: frozenset[str] = frozenset()
    blind: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keeps: bool = True
    costly: bool = False


def version_of(*parts: object) -> str:
    """What stands for an entry as it is held."""
    return md5(repr(parts).encode(), usedforsecurity=False).hexdigest()
