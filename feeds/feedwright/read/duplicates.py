"""What no two articles may have: an id, or a guid. And what they should not have: an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.read.decide import Decision, alone, is_eligible
from feedwright.read.record import Record
from feedwright.state.catalog import Catalog, Row
from feedwright.state.ledger import Remembered
from feedwright.state.serialise import dumps, loads

CODE = "id-taken"

Taken = tuple[Row, Row, str]
"""An article, the one that keeps what both have, and what that is: "id" or "guid"."""


def one_id_each(record: Record) -> None:
    """Of articles with the same id, or the same guid, the one that was published first keeps it.

    The others are left out until they have their own, or until it is gone. Atom goes by the id; RSS and JSON go by the
    guid, which is the id where there is no other.
    """
    rules, catalog, ledger = record.rules, record.catalog, record.rules.ledger
    groups = (*catalog.twice("id"), catalog.sharing_guids())
    rows = {row.n: row for group in groups for row in group if row.state != "unread"}
    published = ledger.among([row.key for row in rows.values()])
    taken = {row.n: (row, first, which) for row, first, which in _taken(record, rows, published)}
    for row in catalog.excluded_rows(CODE):
        if row.n not in taken:
            record.take(alone(rules, row))
    for row, first, which in taken.values():
        exclusion = _why(rules.config, row, first, which)
        if row.exclusion != exclusion:
            record.take(Decision(row, row._replace(exclusion=exclusion, shown=0), (), f"has another's {which}"))
        if rules.any_known and row.key in published and row.key not in record.new:
            if published[row.key].shown:
                record.remember(published[row.key]._replace(shown=0))
        else:
            ledger.forget(row.key)
    record.write()


def _taken(record: Record, rows: Mapping[int, Row], published: Mapping[str, Remembered]) -> Iterator[Taken]:
    """Those of some articles that cannot have what another one keeps.

    One that was shown before comes first; then one that was published before that, though it may be hidden now; then
    the others that may be shown, by date and file.
    """

    def rank(row: Row) -> tuple[int, int, str]:
        before = row.key in published and row.key not in record.new
        standing = before and published[row.key].shown and row.key not in record.late
        return (0 if standing else 1 if before else 2), row.published, row.key

    holders: dict[tuple[str, str], Row] = {}
    for row in sorted(rows.values(), key=rank):
        if not is_eligible(record.rules, row) and rank(row)[0] == 2:
            continue
        marks = (("id", row.id), ("guid", row.guid or row.id))
        which = next((mark for mark in marks if mark in holders), None)
        if which is None:
            holders.update(dict.fromkeys(marks, row))
        elif is_eligible(record.rules, row):
            yield row, holders[which], which[0]


def _why(config: Config, row: Row, first: Row, which: str) -> str:
    """The problem of an article that is left out, as JSON; where it was said before, as it was."""
    value = first.id if which == "id" else first.guid or first.id
    hint = f"{first.key} keeps it. Give this one {'an id' if which == 'id' else 'a guid'} of its own. It is in no feed."
    problem = Problem("error", CODE, row.key, f"has the {which} of {first.key}: {value}", hint, key=which)
    if row.exclusion and replace(before := loads(row.exclusion), line=0, key=which) == problem:
        return dumps(before)
    line, key = _place(config, row, row.id if which == "id" else row.guid or row.id)
    return dumps(replace(problem, line=line, key=key or which))


def _place(config: Config, row: Row, value: str) -> tuple[int, str]:
    """The line and the key of the front matter that give an article its id or guid; 0 and nothing where none does."""
    # Few sites have such articles.
    from feedwright.articles.fields import candidates
    from feedwright.sources.folder.article_file import content_of
    from feedwright.sources.folder.parse import front_matter

    try:
        front = front_matter(config, row.key, content_of(config, row.key))
    except FeedsError:
        return 0, ""
    for _, key, said in candidates(front.values).get("id", ()):
        if str(front.as_written(key, said)).strip() == value:
            return front.lines.get(key, 0), key
    return 0, ""


def one_address_each(catalog: Catalog) -> Iterator[Problem]:
    """Articles that have the address of another."""
    for rows in catalog.twice("url"):
        shown = sorted((row for row in rows if row.shown), key=lambda row: (row.published, row.key))
        for first, row in ((shown[0], row) for row in shown[1:]):
            what = f"has the URL of {first.key}: {first.url}"
            hint = "Give it a slug of its own, or change `permalink`: readers may take the two for one."
            yield Problem("warning", "address-shared", row.key, what, hint, key="slug")
