"""The `.gz` and `.br` files that builds once wrote beside documents (`precompress`): they are removed.

A server that looks for such files (nginx's `gzip_static`) would go on sending what these hold.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from feedwright.errors import Problem, PublishError
from feedwright.publish import swap
from feedwright.publish.marks import is_marked
from feedwright.state import ledger_facts
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger

_SUFFIXES = {"gzip": ".gz", "br": ".br"}
_LARGEST_HEAD = 1 << 20
"""Bytes of a document in which its mark is looked for."""


def remove(out: Path, ledger: Ledger, catalog: Catalog) -> list[Problem]:
    """Remove what we wrote, and forget that there was any; what holds no document of ours stays.

    Returns: what could not be done; the next run tries again.
    """
    documents = ledger.files() | {one.path for one in catalog.documents()}
    made = ledger.fact(ledger_facts.PRECOMPRESS).split()
    suffixes = [suffix for coding, suffix in _SUFFIXES.items() if coding in made]
    files = [file for suffix in suffixes for path in sorted(documents) if (file := path + suffix) not in documents]
    try:
        swap.sweep(out, files)
        for file in files:
            if _is_ours(out, file):
                swap.delete(out, file)
    except PublishError as error:
        return list(error.problems)
    except ImportError:
        what, hint = "may be ours, and cannot be read without the package brotli", "Remove it, and others in *.br."
        return [Problem("warning", "coding-missing", str(out / file), what, hint)]
    ledger.note(ledger_facts.PRECOMPRESS, "")
    ledger.commit()
    catalog.forget_codings()
    return []


def _is_ours(out: Path, file: str) -> bool:
    """Whether a compressed file holds a document with our mark."""
    try:
        held = swap.bytes_at(swap.place(out, file))
        if held is None:
            return False
        if file.endswith(".gz"):
            return is_marked(zlib.decompressobj(31).decompress(held, _LARGEST_HEAD))
        import brotli  # an extra

        try:
            return is_marked(brotli.Decompressor().process(held, output_buffer_limit=_LARGEST_HEAD))
        except brotli.error:
            return False
    except (swap.NotOursError, zlib.error):
        return False
