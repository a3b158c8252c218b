"""What no two articles may have: an id. And what they should not have: an address."""

from __future__ import annotations

from feedwright.errors import Problem
from feedwright.read.decide import Deciding
from feedwright.select.feeds import feeds_of
from feedwright.state.catalog import Row, article_of
from feedwright.state.serialise import dumps


def one_id_each(deciding: Deciding) -> None:
    """Of articles with the same id, the one that was published first keeps it; the others are left out."""
    catalog, known = deciding.catalog, deciding.known
    taken: dict[int, tuple[Row, str]] = {}
    for rows in catalog.twice("id"):
        may = [row for row in rows if row.state != "unread" and deciding.may(row)]
        if len(may) < 2:
            continue
        published = known.among([row.key for row in may])
        later = {row.key for row in may if row.key not in published or row.key in deciding.new}
        first = min(may, key=lambda row: (row.key in later, row.published, row.key))
        what, mend = f"has the id of {first.key}: {first.id}", "Give it an id of its own. It is in no feed."
        for row in (row for row in may if row is not first):
            taken[row.n] = row, dumps(Problem("error", "id-taken", row.key, what, mend, key="id"))
    for row in catalog.rows("barred != '' AND barred LIKE '%\"id-taken\"%'"):
        if row.n not in taken:
            free = row._replace(barred="", shown=int(deciding.may(row)))
            if free.shown:
                free = deciding.note(free, known.article(row.key), None, 0)
            deciding.put(row, free, feeds_of(deciding.config, article_of(row)), "has its id alone now")
    for row, barred in taken.values():
        if row.barred != barred:
            deciding.put(row, row._replace(barred=barred, shown=0), (), "has another's id")
            known.forget(row.key)
    deciding.write()


def one_address_each(deciding: Deciding) -> None:
    """Articles that have the address of another."""
    for rows in deciding.catalog.twice("url"):
        shown = sorted((row for row in rows if row.shown), key=lambda row: (row.published, row.key))
        for first, row in ((shown[0], row) for row in shown[1:]):
            what = f"has the address of {first.key}: {first.url}"
            mend = "Give it a slug of its own, or change `permalink`: readers may take the two for one."
            deciding.out.together.append(Problem("warning", "address-shared", row.key, what, mend, key="slug"))
