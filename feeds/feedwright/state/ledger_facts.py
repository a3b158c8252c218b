"""The ledger's facts: what each is, and which module writes it."""

from __future__ import annotations

import json

from feedwright.state.fact import LedgerFact

RUN: LedgerFact[int] = LedgerFact("run", 0, int)
"""The number of the last run that was about to publish anything. By publish."""

OUT: LedgerFact[str] = LedgerFact("out", "", str)
"""The folder that our files are in, resolved. By recover."""

LAST: LedgerFact[int | None] = LedgerFact("last", None, int)
"""When the last run was whose clock could be right, in seconds since 1970. By publish.guards."""

NEWEST: LedgerFact[int | None] = LedgerFact("newest", None, int)
"""When the newest article was published that ever was in a feed, likewise. By publish.guards and recover."""

ERASED: LedgerFact[int] = LedgerFact("erased", 0, int)
"""How often articles were erased from archive documents. By publish.archives.erase."""

UNTOLD: LedgerFact[dict[str, int]] = LedgerFact(
    "untold", {}, json.loads, lambda files: json.dumps(files, ensure_ascii=False, sort_keys=True)
)
"""Path of a file -> number of the run that was about to change it, until it was told. By unannounced."""

PAGE_BODY: LedgerFact[tuple[tuple[str, ...], ...]] = LedgerFact(
    "page_body", (), lambda text: tuple(map(tuple, json.loads(text))), json.dumps
)
"""CSS selectors of what holds articles' texts in pages, and of what is none of it, as they were learnt; () where they
were not. By read.pages.rules."""

SPELLINGS: LedgerFact[bool] = LedgerFact("spellings", False, "NFC".__eq__, lambda done: "NFC" * done)
"""Whether several spellings of one term were brought together. By state.spellings."""

PRECOMPRESS: LedgerFact[str] = LedgerFact("precompress", "", str)
"""Codings in which builds once wrote documents besides, until these are removed."""

AUTHORS: LedgerFact[dict[str, str]] = LedgerFact(
    "authors", {}, json.loads, lambda names: json.dumps(names, ensure_ascii=False, sort_keys=True)
)
"""Id of an author, as site.toml or the site's own data has it -> the name under which there is a feed of theirs. By
read.renamed_feeds."""

KEPT: LedgerFact[str] = LedgerFact("ids.tsv", "", str)
"""What tells whether `ids.tsv` is as we left it; the catalog knows that, too. By state.ids_file."""

AUTHORITY: LedgerFact[str] = LedgerFact("authority", "", str)
"""What ids were made under when the last run found something to do. By publish.authority."""
