"""What `feeds ids` does: each under the lock, each all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright import bounded
from feedwright.checks.addresses import absolute_iri
from feedwright.checks.lint.inputs import named
from feedwright.checks.lint.model import Unread
from feedwright.commands.explain import looked_at
from feedwright.config import Config
from feedwright.config.folders import key_of
from feedwright.errors import FeedsError, Problem
from feedwright.read.adoption.adopt import remembered
from feedwright.sources.site import load_site
from feedwright.state.catalog import Catalog, Row
from feedwright.state.ids_file import new_ids, reading, tsv
from feedwright.state.ids_file.beside import keep_ids_as_left
from feedwright.state.ledger import Ledger, Remembered
from feedwright.state.lock import locked
from feedwright.state.sqlite import opened
from feedwright.text.user_info import without_user

if TYPE_CHECKING:
    from feedwright.read.adoption.adopt import Adoption


@dataclass(frozen=True, slots=True)
class Where:
    """The site that is meant, as `pipeline.build` takes it."""

    content: Path
    file: Path | None = None
    state: Path | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The id of an article, and whether it was ever published under it."""

    row: Row
    published: bool


def listed(where: Where) -> list[Known]:
    """All articles that can be read, by file, with the ids that they have or would be published under."""
    with looked_at(where.content, where.file, where.state) as (run, _):
        there = {one.key for one in run.ledger.articles()}
        return [Known(row, row.key in there) for row in _readable(run.catalog)]


def exported(where: Where, file: Path) -> int:
    """Write the ledger's ids into a file; how many."""
    config = load_site(where.content, where.file, where.state)
    with opened(Ledger, config.state, copy=True) as ledger:
        return tsv.exported(file, ledger)


def imported(where: Where, file: Path, wait: float) -> tuple[int, int]:
    """Take ids over from a table; how many are new, and how many others replaced what the ledger had.

    Raises:
        FeedsError: a line of it cannot be used, or an id is another article's: nothing was taken over.
    """
    try:
        kept, problems = reading.kept_of(bounded.read_named(file, tsv.LARGEST), file)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FeedsError(Problem("error", "ids-unreadable", str(file), f"cannot be read: {why}")) from error
    if problems:
        raise FeedsError(*problems)
    articles = list(kept.articles.values())
    with _open(where, wait) as (config, ledger, catalog):
        there = {one.key: one for one in ledger.articles()}
        _refuse_taken(file, articles, there)
        changed = [
            old._replace(id=one.id, guid=one.guid, hash=old.hash or one.hash)
            for one in articles
            if (old := there.get(one.key)) and (old.id, old.guid) != (one.id, one.guid)
        ]
        new_ids.take(ledger, catalog, [*tsv.unknown(config, ledger, kept), *changed])
        return sum(one.key not in there for one in articles), len(changed)


def _refuse_taken(file: Path, articles: Sequence[Remembered], there: Mapping[str, Remembered]) -> None:
    """Refuse a table in which an article has the id, or the guid, of another one.

    Args:
        there: what the ledger knows, by file; what the table says of a file counts for more.

    Raises:
        FeedsError: it has.
    """
    named = {one.key for one in articles}
    holders: dict[tuple[str, str], str] = {}
    for one in (*(old for key, old in there.items() if key not in named), *articles):
        # Atom goes by the id; RSS and JSON go by the guid, which is the id where there is no other.
        for which, value in (("id", one.id), ("guid", one.guid or one.id)):
            holder = holders.setdefault((which, value), one.key)
            if holder != one.key and one.key in named:
                what, hint = f"the {which} {value} of {one.key} is that of {holder}", "Nothing was taken over."
                raise FeedsError(Problem("error", "id-taken", str(file), what, hint))


def adopted(where: Where, feed: str, wait: float) -> Adoption:
    """Take the ids over that articles have in a feed that another tool published.

    Args:
        feed: its file, or its address.

    Raises:
        FeedsError: the feed cannot be read.
    """
    # Other uses of `feeds ids` need neither XML nor the web.
    from feedwright.read.adoption.adopt import adopt
    from feedwright.read.adoption.published_feed import entries

    found = entries(_content_of(feed), without_user(feed))
    with _open(where, wait) as (_, ledger, catalog):
        adoption = adopt(found, _rows_now(where), ledger.present())
        _note(ledger, catalog, [one.row for one in adoption.adopted])
        return adoption


def set_id(where: Where, article: Path, id_: str, wait: float) -> tuple[str, str]:
    """Give an article an id on purpose; its file below the content folder, and the id that it had.

    Args:
        article: its file, as a user would type it, or below the content folder.

    Raises:
        FeedsError: there is no such article, or it cannot have this id.
    """
    if wrong := absolute_iri(id_):
        hint = "Write one with a scheme, such as tag:example.org,2026-03-01:tides or https://example.org/tides."
        raise FeedsError(Problem("error", "id-invalid", str(article), wrong, hint))
    with _open(where, wait) as (_, ledger, catalog):
        rows = _rows_now(where)
        by_key = {row.key: row for row in rows}
        key = _key(where.content, article, by_key)
        holding: list[Remembered | Row] = [*ledger.present(), *rows]
        others = [one.key for one in holding if one.key != key and id_ in (one.id, one.guid)]
        if others:
            what = f"{id_} is the id of {others[0]}"
            raise FeedsError(Problem("error", "id-taken", str(article), what, "Give that one another id first."))
        _note(ledger, catalog, [by_key[key]._replace(id=id_, guid=None)])
        return key, by_key[key].id


@contextmanager
def _open(where: Where, wait: float) -> Iterator[tuple[Config, Ledger, Catalog]]:
    """The site's state, locked; what was changed is kept where nothing goes wrong."""
    config = load_site(where.content, where.file, where.state)
    with (
        locked(config.state, None, wait),
        opened(Ledger, config.state) as ledger,
        opened(Catalog, config.state) as catalog,
    ):
        yield config, ledger, catalog
        keep_ids_as_left(config, ledger, catalog)
        ledger.commit()
        catalog.commit()


def _rows_now(where: Where) -> list[Row]:
    """Every article that can be read, as the next build would see it."""
    with looked_at(where.content, where.file, where.state) as (run, _):
        return _readable(run.catalog)


def _readable(catalog: Catalog) -> list[Row]:
    return sorted(catalog.read_rows(), key=lambda row: row.key)


def _note(ledger: Ledger, catalog: Catalog, rows: Sequence[Row]) -> None:
    """Note articles under the ids that they are to have, published before or not."""
    there = ledger.among(row.key for row in rows)
    for row in rows:
        for gone in ledger.vanished_under(row.id, row.guid or row.id):
            ledger.forget(gone.key)
    known = ((row, there.get(row.key)) for row in rows)
    new_ids.take(
        ledger,
        catalog,
        [
            old._replace(id=row.id, guid=row.guid, hash=old.hash or row.hash) if old else remembered(row)
            for row, old in known
        ],
    )


def _key(content: Path, article: Path, there: Mapping[str, object]) -> str:
    for key in (article.as_posix(), key_of(content, article)):
        if key in there:
            return key
    hint = "Name its file, such as posts/tides.md; `feeds ids` lists them."
    raise FeedsError(Problem("error", "article-missing", str(article), "is not an article that can be read", hint))


def _content_of(feed: str) -> bytes:
    if feed.startswith(("http://", "https://")):
        from feedwright.checks.lint.web import fetch

        found = fetch(feed)
    else:
        found = named(feed)
    if isinstance(found, Unread):
        hint = found.problem.hint or "Name the file or the URL of a feed."
        raise FeedsError(replace(found.problem, hint=hint))
    return found.content
