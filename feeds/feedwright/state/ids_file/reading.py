"""Lines -> what is kept. They stand for themselves: in any order, more than once, from both sides of a merge.

Two that say different things of one article or feed are brought together: what was first seen first counts, and else
what was said last. Whatever a file says is checked, as others may have written it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from feedwright.config.selectors import relative, selector
from feedwright.errors import Problem
from feedwright.model import FeedName, PublishedFeed
from feedwright.state.archive_records import Archive, Past, Stored
from feedwright.state.ids_file import cells, table
from feedwright.state.ids_file.lines import FLAGS
from feedwright.state.ids_file.model import Kept
from feedwright.state.ledger import Left, Remembered
from feedwright.state.retractions import Retraction
from feedwright.state.serialise import seconds
from feedwright.text.moments import offset

_CONFLICT = re.compile(r"<{7}|={7}$|>{7}|\|{7}")
_MOST_PROBLEMS = 100
"""Lines that are told to be wrong; what follows them is not read."""

_HINT = (
    "Each line is a fact of its own: of a conflict, keep the lines of both sides, and remove the marks. "
    "`feeds ids --export FILE` writes the file again."
)
_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class _Told(NamedTuple):
    """A line as it was read; `number` is that of the line."""

    number: int
    word: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """What is kept, as it is found line by line.

    Args:
        kept: what is done so far: articles, and feeds without addresses.
        places: what may be there once, and its value -> number of the line.
        former: places of feeds, each once.
        departed, retracted: id -> the feeds of an article that is gone, or taken back, each once.
        waiting: name of a feed -> ids, each once.
        archives: name of a feed -> number -> archive.
    """

    kept: Kept = field(default_factory=Kept)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    former: dict[FeedName, set[tuple[str, str]]] = field(default_factory=dict)
    departed: dict[str, dict[FeedName, None]] = field(default_factory=dict)
    retracted: dict[str, dict[FeedName, None]] = field(default_factory=dict)
    waiting: dict[FeedName, dict[str, None]] = field(default_factory=dict)
    archives: dict[FeedName, dict[int, Archive]] = field(default_factory=dict)

    def done(self) -> Kept:
        """What is kept, whole."""
        kept = self.kept
        for name, places in self.former.items():
            if feed := kept.feeds.get(name):
                kept.feeds[name] = replace(feed, former=tuple(sorted(places)))
        for id_, (updated, _) in kept.departed.items():
            kept.departed[id_] = updated, tuple(self.departed.get(id_, ()))
        for id_, one in kept.retracted.items():
            kept.retracted[id_] = one._replace(feeds=json.dumps(list(self.retracted.get(id_, ()))))
        for name in self.waiting.keys() | self.archives.keys():
            there = self.archives.get(name, {})
            kept.archives[name] = Past(tuple(there[n] for n in sorted(there)), tuple(self.waiting.get(name, ())))
        return kept


def kept_of(content: bytes, file: Path) -> tuple[Kept, list[Problem]]:
    """What is kept in a file, and what is wrong with it, line by line.

    Args:
        content: lines as `lines.text_of` writes them, a table of ids alone, or both; nothing at all is nothing.
        file: the name that problems carry.
    """
    draft = _Draft()
    wrong: dict[int, str] = {}
    later: list[_Told] = []
    text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    for number, line in enumerate(text.split("\n"), 1):
        if len(wrong) > _MOST_PROBLEMS:
            break
        line = line.removesuffix("\r")
        if not line or line.startswith("#") or line == table.HEAD:
            continue
        try:
            if told := _told(draft, number, line):
                later.append(told)
        except ValueError as error:
            wrong[number] = str(error)
    for told in later:
        if len(wrong) > _MOST_PROBLEMS:
            break
        try:
            _READERS[told.word](draft, *told.cells)
        except TypeError:
            wrong[told.number] = f"has {len(told.cells) + 1} columns, which are too few or too many"
        except ValueError as error:
            wrong[told.number] = str(error)
    return draft.done(), _problems(wrong, file)


def _problems(wrong: Mapping[int, str], file: Path) -> list[Problem]:
    problems = [Problem("error", "ids-unreadable", str(file), wrong[number], _HINT, number) for number in sorted(wrong)]
    if len(problems) > _MOST_PROBLEMS:
        what = f"more than {_MOST_PROBLEMS} lines are wrong; the rest was not read"
        problems[_MOST_PROBLEMS:] = [replace(problems[_MOST_PROBLEMS], what=what)]
    return problems


def _told(draft: _Draft, number: int, line: str) -> _Told | None:
    """Take an article or a feed; what else a line says is for later, as it is said of one of these."""
    if _CONFLICT.match(line):
        raise ValueError("is a mark of a merge conflict")
    word, *said = cells.split(line)
    if word in _READERS:
        return _Told(number, word, tuple(said))
    if word == "feed":
        _feed(draft.kept, said)
        return None
    one = _article(said) if word == "article" else table.article_of(line)
    old = draft.kept.articles.get(one.key)
    if old is not None and (old.id, old.guid) == (one.id, one.guid) and (word == "article" or old == one):
        draft.kept.articles[one.key] = _together(old, one)
        return None
    for name, value in (("id", one.id), ("file", one.key)):
        if (name, value) in draft.places:
            raise ValueError(f"has the {name} of line {draft.places[name, value]}: {value}")
    draft.places["id", one.id] = draft.places["file", one.key] = number
    draft.kept.articles[one.key] = one
    if word != "article":
        draft.kept.unsure.add(one.key)
    return None


def _exactly(found: Sequence[str], count: int) -> None:
    if len(found) != count:
        raise ValueError(f"has {len(found) + 1} columns, where there should be {count + 1}")


def _article(said: Sequence[str]) -> Remembered:
    _exactly(said, 9)
    key, id_, guid, published, first, seen, hash_, url, title = said
    return Remembered(
        *(cells.key(key), cells.id_(id_), cells.at(first) if first else None, "", title, cells.address(url)),
        *(cells.at(published), cells.digest(hash_), guid or None),
        seen=cells.at(seen) if seen else 0,
    )


def _together(one: Remembered, other: Remembered) -> Remembered:
    """What two lines say of an article."""
    dated = min((when for when in (one.dated, other.dated) if when is not None), default=None)
    return other._replace(dated=dated, seen=min((when for when in (one.seen, other.seen) if when), default=0))


def _feed(kept: Kept, said: Sequence[str]) -> None:
    _exactly(said, 5)
    kind, term, file, id_, since = said
    name = cells.name(kind, term)
    one = PublishedFeed(cells.file(file, kind), cells.id_(id_), cells.parsed(since), _NEVER, {}, ())
    if name not in kept.feeds or one.since < kept.feeds[name].since:
        kept.feeds[name] = one


# What follows is said of articles and feeds. Of one that a side of a merge has removed, the other may still say
# something: that is left out.


def _shows(draft: _Draft, kind: str, term: str, updated: str, *entries: str) -> None:
    name, at, shown = cells.name(kind, term), cells.parsed(updated), tuple(dict.fromkeys(map(cells.id_, entries)))
    old = draft.kept.feeds.get(name)
    if old and at >= old.updated:
        draft.kept.feeds[name] = replace(old, updated=at, entries=shown)


def _path(draft: _Draft, kind: str, term: str, format_: str, path: str) -> None:
    name, format_, path = cells.name(kind, term), cells.format_(format_), cells.path(path)
    old = draft.kept.feeds.get(name)
    if old and old.paths.get(format_, path) != path:
        # Of a merge, one side had it elsewhere.
        draft.former.setdefault(name, set()).add((format_, old.paths[format_]))
    if old:
        draft.kept.feeds[name] = replace(old, paths={**old.paths, format_: path})


def _former(draft: _Draft, kind: str, term: str, format_: str, path: str) -> None:
    place = cells.format_(format_), cells.path(path)
    draft.former.setdefault(cells.name(kind, term), set()).add(place)


def _of_file(draft: _Draft, key: str, **said: Any) -> None:
    if old := draft.kept.articles.get(key):
        draft.kept.articles[key] = old._replace(**said)


def _state(draft: _Draft, key: str, *flags: str) -> None:
    for flag in flags:
        if flag not in FLAGS:
            raise ValueError(f"{flag!r} is none of {', '.join(FLAGS)}")
    _of_file(
        *(draft, key), shown=int("hidden" not in flags), expired=int("expired" in flags), gone=int("gone" in flags)
    )


def _page(draft: _Draft, key: str, page: str) -> None:
    _of_file(draft, key, page=cells.page(page))


def _related(draft: _Draft, key: str, rule: str, *ids: str) -> None:
    found = [rule, *map(cells.id_, ids)]
    _of_file(draft, key, related=json.dumps(found, ensure_ascii=False, separators=(",", ":")))


def _pruned(draft: _Draft, path: str, format_: str, kind: str, term: str) -> None:
    name = cells.name(kind, term) if kind else ("", "")
    draft.kept.left[path] = Left(cells.path(path), *name, cells.format_(format_) if format_ else "")


def _departed(draft: _Draft, id_: str, updated: str) -> None:
    draft.kept.departed[cells.id_(id_)] = cells.parsed(updated), ()


def _departed_from(draft: _Draft, id_: str, kind: str, term: str) -> None:
    draft.departed.setdefault(cells.id_(id_), {})[cells.name(kind, term)] = None


def _retracted(draft: _Draft, id_: str, since: str, when: str, reason: str) -> None:
    old, first, at = draft.kept.retracted.get(id_), cells.at(since), cells.parsed(when)
    if old is None or first < old.since:
        draft.kept.retracted[id_] = Retraction(cells.id_(id_), first, seconds(at), reason, "[]", offset(at))


def _retracted_from(draft: _Draft, id_: str, kind: str, term: str) -> None:
    draft.retracted.setdefault(cells.id_(id_), {})[cells.name(kind, term)] = None


def _waiting(draft: _Draft, kind: str, term: str, *ids: str) -> None:
    draft.waiting.setdefault(cells.name(kind, term), {}).update(dict.fromkeys(map(cells.id_, ids)))


def _archive(draft: _Draft, kind: str, term: str, number: str, updated: str, *entries: str) -> None:
    said = (entry.partition(" ") for entry in entries)
    found = {cells.id_(id_): version for version, _, id_ in said}
    _put_archive(draft, cells.name(kind, term), cells.number(number), updated=cells.parsed(updated), entries=found)


def _archived(
    draft: _Draft, kind: str, term: str, number: str, format_: str, path: str, hash_: str, next_: str
) -> None:
    if not cells.path(path).startswith("archive/") or (next_ and not cells.path(next_).startswith("archive/")):
        raise ValueError(f"{path!r} is not the path of an archive document")
    cells.digest(hash_)
    name, n = cells.name(kind, term), cells.number(number)
    there = draft.archives.get(name, {}).get(n)
    stored = {cells.format_(format_): Stored(path, hash_, next_)}
    _put_archive(draft, name, n, documents={**(there.documents if there else {}), **stored})


def _put_archive(draft: _Draft, name: FeedName, number: int, **said: Any) -> None:
    mine = draft.archives.setdefault(name, {})
    mine[number] = mine.get(number, Archive(number, _NEVER, {}, {}))._replace(**said)


def _author(draft: _Draft, id_: str, name: str) -> None:
    draft.kept.authors[id_] = name


def _former_url(draft: _Draft, url: str, id_: str) -> None:
    if address := cells.address(url):
        draft.kept.former_urls[address] = cells.id_(id_)


def _page_body(draft: _Draft, selectors: str) -> None:
    try:
        bodies, drops = json.loads(selectors)
        draft.kept.page_body = tuple(map(selector, bodies)), tuple(map(relative, drops))
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"{selectors!r} are not two lists of CSS selectors") from error


_READERS: Mapping[str, Callable[..., None]] = {
    "archive": _archive,
    "archived": _archived,
    "author": _author,
    "departed": _departed,
    "departed-from": _departed_from,
    "former": _former,
    "former-url": _former_url,
    "page": _page,
    "page-body": _page_body,
    "path": _path,
    "pruned": _pruned,
    "related": _related,
    "retracted": _retracted,
    "retracted-from": _retracted_from,
    "shows": _shows,
    "state": _state,
    "waiting": _waiting,
}
"""The word that a line begins with -> what reads it, but for articles and feeds."""
