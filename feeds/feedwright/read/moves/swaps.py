"""Files that took each other's names in one run: which of those that hold another text hold another article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from feedwright.read.moves.match import Arrival, headline, name
from feedwright.state.ledger import Remembered


class Changed(NamedTuple):
    """A file that holds another text than before.

    Args:
        now: what it holds.
        before: what is remembered of the article that it held; None where that was never published.
        stays: whether what it holds says that it is the same article still.
    """

    now: Arrival
    before: Remembered | None
    stays: bool


def displaced(changed: Sequence[Changed], arrivals: Sequence[Arrival], vanished: Collection[bytes]) -> set[str]:
    """The files whose articles are elsewhere now, or were written over by another one: all else was edited in place.

    The text of an article in another file says that it moved, or an id of its own does; unless the file that it was in
    still holds it, edited. Title and date alone say so only in a new file, or where they go round in a circle, or go on
    from there.

    Args:
        arrivals: articles in files that were not known before.
        vanished: hashes of texts whose files are gone.
    """
    files = {one.now.key: one for one in changed}
    sources = _sources(changed, arrivals)
    stays = {key for key, one in files.items() if one.stays}
    while left := [key for key, source in sources.items() if source in stays and source not in sources]:
        for key in left:
            del sources[key]
    written_over = {key for key, one in files.items() if one.now.hash in vanished and not one.stays}
    found = files.keys() & {*sources, *sources.values(), *written_over}
    heads = _unique((headline(one.before), key) for key, one in files.items() if one.before and not one.stays)
    went_on = {heads[mark] for mark in _unique((headline(one), one.key) for one in arrivals) if mark in heads}
    # A file that cannot be read may have been so for long.
    found |= {key for key in went_on if headline(files[key].now)}
    after = {key: heads.get(headline(one.now)) for key, one in files.items()}
    while more := {after[key] for key in found - sources.keys() - written_over} - found - {None}:
        found |= {key for key in more if key}
    return found | _circles({key: source for key, source in after.items() if source and key not in found | stays})


def _sources(changed: Sequence[Changed], arrivals: Iterable[Arrival]) -> dict[str, str]:
    """File -> the other file that held what it holds now, by an id of its own, or by its content."""
    published = [(one.before, one.now.key) for one in changed if one.before]
    names = _unique((name(before), key) for before, key in published)
    texts = _unique((before.hash, key) for before, key in published)
    found: dict[str, str] = {}
    for now in (*(one.now for one in changed), *arrivals):
        source = names.get(name(now)) or texts.get(now.hash)
        if source and source != now.key:
            found[now.key] = source
    # Of several copies, none is the article.
    alone = _unique((source, key) for key, source in found.items())
    return {key: source for key, source in found.items() if alone.get(source) == key}


def _unique(pairs: Iterable[tuple[object, str]]) -> dict[object, str]:
    """Mark -> the one file that has it."""
    found: dict[object, str] = {}
    twice = set()
    for mark, key in pairs:
        if mark in found:
            twice.add(mark)
        found[mark] = key
    return {mark: key for mark, key in found.items() if mark and mark not in twice}


def _circles(after: Mapping[str, str]) -> set[str]:
    """The files that are on a circle, of those that each lead to at most one other."""
    found: set[str] = set()
    for start in after:
        way = [start]
        while (next_ := after.get(way[-1])) and next_ not in way:
            way.append(next_)
        if next_ == start and len(way) > 1:
            found.update(way)
    return found
