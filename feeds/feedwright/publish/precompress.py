"""Documents in other codings, beside them: `atom.xml.gz` for servers that send such a file where a client takes it.

Such a server (nginx's `gzip_static`) does not look whether the two belong together. So they are swapped in one after
the other, the codings first: whoever has been told of a new document by the document itself (its Last-Modified, its
entries) is never given the old one in a coding. They have the document's time, as nginx asks for. Each is removed
before its document is. What they hold is made of their document alone, so they need no note in the ledger.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from feedwright.errors import Problem, PublishError
from feedwright.publish import swap
from feedwright.publish.compress import SUFFIXES, compressed, is_available
from feedwright.publish.swap import Staged
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog, facts, stamp
from feedwright.state.ledger import Ledger

_FACT = "precompress"
_TABLE = """
CREATE TABLE IF NOT EXISTS companion ( -- few sites have any
    path TEXT NOT NULL, -- of the document
    coding TEXT NOT NULL,
    stamps TEXT NOT NULL, -- of the document that it was made from, and its own
    PRIMARY KEY (path, coding)
) STRICT, WITHOUT ROWID
"""


class Companion(NamedTuple):
    """A document's coding: `path` is the document's, below the output folder."""

    path: str
    coding: str

    @property
    def file(self) -> str:
        return self.path + SUFFIXES[self.coding]


def prepare(known: Ledger, catalog: Catalog, wanted: Sequence[str]) -> list[Problem]:
    """Note which codings are made from now on; why some that are wanted are not."""
    codings = [coding for coding in wanted if is_available(coding)]
    if known.fact(ledger_facts.PRECOMPRESS) or codings:
        catalog.db.execute(_TABLE)
        catalog.note(facts.PRECOMPRESS, " ".join(codings))
    mend = "Install it with: pip install 'feedwright[serve]'"
    what = "cannot be made without the package brotli"
    return [
        Problem("warning", "coding-missing", "", f"{coding} {what}", mend) for coding in wanted if coding not in codings
    ]


def swap_all(out: Path, catalog: Catalog, staged: Sequence[Staged]) -> list[str]:
    """Put staged documents into their places, each after its codings.

    Returns: the files of the codings.

    Raises:
        PublishError: as `swap.swap`; or a coding cannot be written.
    """
    codings = _codings(catalog)
    documents = {one.path for one in staged} | _documents(catalog)
    made: list[Companion] = []
    order: list[Staged] = []
    try:
        for document in staged:
            for one in _of([document.path], codings, documents):
                if not swap.foreign(out, one.file):
                    order += filter(None, [_stage(out, one, document.beside)])
                    made.append(one)
            order.append(document)
        swap.swap(order)
    except BaseException:
        swap.discard(order)
        raise
    if made:
        _record(out, catalog, made)
    return [one.file for one in made]


def keep_up(out: Path, known: Ledger, catalog: Catalog, changed: set[str]) -> list[Problem]:
    """Make the codings that are missing, were altered or are new; remove those that are no longer wanted.

    Args:
        changed: the files that are made are added to it.

    Returns: what could not be done; the next run tries again.
    """
    codings = _codings(catalog)
    if not codings and not known.fact(ledger_facts.PRECOMPRESS):
        return []
    documents = _documents(catalog)
    noted = _noted(catalog)
    stamps = {document.path: document.stamp for document in catalog.documents()}
    missing = [one for one in _of(stamps, codings, documents) if noted.get(one) != (_stamps(out, one) or "none")]
    try:
        problems = _make(out, catalog, missing, changed)
        over = sorted(set(known.fact(ledger_facts.PRECOMPRESS).split()) - set(codings))
        # The ledger's, too: of what no feed has any more, and nobody has pruned yet.
        swap.remove(out, (one.file for one in _of(documents | known.files(), over, documents)))
    except PublishError as error:
        return list(error.problems)
    gone = [one for one in noted if one.coding not in codings or one.path not in documents]
    catalog.db.executemany("DELETE FROM companion WHERE path = ? AND coding = ?", gone)
    if known.fact(ledger_facts.PRECOMPRESS) != " ".join(codings):
        known.note(ledger_facts.PRECOMPRESS, " ".join(codings))
        known.commit()
    return problems


def _make(out: Path, catalog: Catalog, missing: Sequence[Companion], changed: set[str]) -> list[Problem]:
    """Make codings of documents that are in their places already."""
    problems: list[Problem] = []
    staged: list[Staged] = []
    made: list[Companion] = []
    try:
        for one in missing:
            if fault := swap.foreign(out, one.file):
                mend = f'It stays as it is. Move it away, or leave "{one.coding}" out of `precompress` in site.toml.'
                problems.append(replace(fault, severity="warning", mend=mend))
                continue
            staged += filter(None, [_stage(out, one, out / one.path)])
            made.append(one)
        swap.swap(staged)
    except BaseException:
        swap.discard(staged)
        swap.sweep(out, {one.path for one in missing})
        raise
    _record(out, catalog, made)
    changed.update(one.file for one in made)
    return problems


def _stage(out: Path, one: Companion, document: Path) -> Staged | None:
    """Write a coding beside its place, with the time of its document; None where it is there already."""
    try:
        content, status = compressed(document.read_bytes(), one.coding), document.stat()
        file = out / one.file
        staged = None if file.exists() and file.read_bytes() == content else swap.stage(out, one.file, content)
        os.utime(staged.beside if staged else out / one.file, ns=(status.st_atime_ns, status.st_mtime_ns))
    except OSError as error:
        raise swap.unwritable(out / one.file, error) from error
    return staged


def _of(paths: Iterable[str], codings: Iterable[str], documents: Collection[str]) -> Iterator[Companion]:
    """The codings of documents, but where another document is."""
    found = (Companion(path, coding) for path in paths for coding in codings)
    return (one for one in found if one.file not in documents)


def _codings(catalog: Catalog) -> list[str]:
    return catalog.fact(facts.PRECOMPRESS).split()


def _documents(catalog: Catalog) -> set[str]:
    """Paths of all documents, those too that could not be published as they would be now."""
    return {path for (path,) in catalog.db.execute("SELECT path FROM document")}


def _noted(catalog: Catalog) -> dict[Companion, str]:
    rows = catalog.db.execute("SELECT path, coding, stamps FROM companion")
    return {Companion(path, coding): stamps for path, coding, stamps in rows}


def _record(out: Path, catalog: Catalog, made: Iterable[Companion]) -> None:
    rows = ((*one, _stamps(out, one) or "") for one in made)
    catalog.db.executemany("INSERT OR REPLACE INTO companion VALUES (?, ?, ?)", rows)


def _stamps(out: Path, one: Companion) -> str | None:
    """What a document and its coding are now; None where one is missing."""
    both = [stamp(out / file) for file in (one.path, one.file)]
    return None if None in both else "/".join(str(tuple(stamp or ())) for stamp in both)
