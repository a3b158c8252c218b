"""What is left where the state is lost: feeds of ours in the output folder, which name the ids of articles."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from feedwright import formats
from feedwright.checks.parse_feed import opened as opened_feed
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem, PublishError
from feedwright.publish import swap
from feedwright.publish.lost_feeds import Head, head_of, moved_feeds
from feedwright.read.adoption.adopt import adopt, remembered
from feedwright.read.adoption.published_feed import Entry, entries_of
from feedwright.read.refresh import refresh
from feedwright.run import Run
from feedwright.select.feeds import Selection, most_needed, selections
from feedwright.state.catalog import Catalog, Row
from feedwright.state.ids_file import new_ids
from feedwright.state.ids_file.beside import IDS
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened

MOST = 5000
"""Documents that are read."""

_EXAMPLES = 3


@dataclass(slots=True)
class _Published:
    """What feeds of ours say, an entry for each id, that of the first feed that has it.

    Args:
        atom: by Atom id.
        others: by the guid of RSS and JSON feeds.
        unread: documents that carry our mark, and cannot be read.
        heads: path of a document -> what it says of its feed.
    """

    atom: dict[str, Entry] = field(default_factory=dict)
    others: dict[str, Entry] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)


def adopt_published(run: Run) -> tuple[Problem, ...]:
    """Where nothing is known of a site, take ids over from its feeds in the output folder, as `feeds ids --adopt` does.

    Feeds that had moved keep their own ids, and are kept up where they were before.

    Returns: which articles got another id by that than they would, and which entries are of no article.

    Raises:
        FeedsError: the content folder cannot be read.
    """
    published = _published(run.config, run.out)
    if not published.atom and not published.others and not published.unread:
        return ()
    rows, selected = _as_new(run)
    now = _adopted(rows, published)
    changed = [now[row.key] for row in rows if (now[row.key].id, now[row.key].guid) != (row.id, row.guid)]
    new_ids.take(run.ledger, run.catalog, [remembered(row) for row in changed])
    run.ledger.publish(moved_feeds(run, selected, published.heads))
    known = {value for row in now.values() for value in (row.id, row.guid)}
    left = {id_: entry for found in (published.others, published.atom) for id_, entry in found.items()}
    return tuple(_said(run, changed, [entry for id_, entry in left.items() if id_ not in known], published.unread))


def _published(config: Config, out: Path) -> _Published:
    """What is in the feeds of ours that the output folder holds."""
    found = _Published()
    for path in _documents(config, out):
        try:
            content = swap.marked(swap.place(out, path))
            if content is None:
                continue
            root = opened_feed(content, path)
            said = entries_of(root, path)
        except PublishError:
            continue  # somebody else's
        except FeedsError:
            found.unread.append(path)
            continue
        found.heads[path] = head = head_of(root)
        there = found.atom if head.id else found.others
        for entry in said:
            if entry.guid:
                there.setdefault(entry.guid, entry)
    return found


def _documents(config: Config, out: Path) -> list[str]:
    """Paths of what may be feeds of ours, those that are least deep first: the site's own has the latest of each."""
    names = {formats.load(name).file_name for name in formats.NAMES} | {"index.xml"}
    every = (*config.kinds.values(), *config.feeds)
    names |= {path.rpartition("/")[2] for rules in every for path in rules.paths.values()}
    found = []
    for folder, folders, files in os.walk(out):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(folder).relative_to(out).as_posix()
        found += [name if here == "." else f"{here}/{name}" for name in sorted(names.intersection(files))]
        if len(found) > MOST:
            break
    return sorted(found, key=lambda path: (path.startswith("archive/"), path.count("/"), path))[:MOST]


def _as_new(run: Run) -> tuple[list[Row], list[Selection]]:
    """Every article, and every feed, as they would be published by who knows nothing."""
    config, state = run.config, run.config.state
    with opened(Ledger, state, copy=True) as ledger, opened(Catalog, state, copy=True) as catalog:
        refresh(run._replace(ledger=ledger, catalog=catalog))
        selected = selections(config, catalog.with_members(most_needed(config)), {})
        return sorted(catalog.read_rows(), key=lambda row: row.key), selected


def _adopted(rows: Sequence[Row], published: _Published) -> dict[str, Row]:
    """File -> the article as it is to be."""
    now = {row.key: row for row in rows}
    for one in _matched(now, published.atom):
        now[one.key] = now[one.key]._replace(id=one.id if one.guid is None else one.guid)
    in_atom = {row.key for row in now.values() if row.id in published.atom}
    for one in _matched(now, published.others):
        guid = one.guid or one.id
        if one.key not in in_atom:
            now[one.key] = one
        else:
            now[one.key] = now[one.key]._replace(guid=None if guid == now[one.key].id else guid)
    return now


def _matched(rows: Mapping[str, Row], found: Mapping[str, Entry]) -> list[Row]:
    """The articles that some entries are, under the ids of these."""
    return [one.row for one in adopt(list(found.values()), list(rows.values())).adopted]


def _said(run: Run, changed: Sequence[Row], left: Sequence[Entry], unread: Sequence[str]) -> Iterator[Problem]:
    """What is said of it: nothing where all ids come out as they were."""
    keep = f"Keep {run.config.state}, or an `{IDS}` beside {run.config.file.name}: ids are kept there."
    if changed:
        keeping = "article keeps the id" if len(changed) == 1 else "articles keep the ids"
        files = _examples([row.key for row in changed])
        what = f"nothing is known here of these feeds; {len(changed)} {keeping} named there: {files}"
        yield Problem("warning", "state-lost", str(run.out), what, keep)
    if left:
        titles = _examples([f"{entry.title or entry.link} <{entry.guid}>" for entry in left])
        are = "entry is" if len(left) == 1 else "entries are"
        what = f"nothing is known here of these feeds, and {len(left)} {are} of no article: {titles}"
        hint = f"Where one is an article under another id now, give it this one: `feeds ids --set`. {keep}"
        yield Problem("warning", "state-lost", str(run.out), what, hint)
    if unread:
        what = f"nothing is known here of these feeds, and their ids cannot be read: {_examples(unread)}"
        yield Problem("warning", "state-lost", str(run.out), what, keep)


def _examples(names: Sequence[str]) -> str:
    return ", ".join(names[:_EXAMPLES]) + (", ..." if len(names) > _EXAMPLES else "")
