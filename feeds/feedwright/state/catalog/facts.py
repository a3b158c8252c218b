"""The catalog's facts: what each is, and which module writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from feedwright.errors import Problem
from feedwright.state.fact import CatalogFact, objects, sorted_json, strings, written


def _places(count: int, documents: list[list[str]]) -> tuple[int, tuple[tuple[str, str], ...]]:
    return count, tuple((path, url) for path, url in documents)


RUN: CatalogFact[int] = CatalogFact("run", 0, int)
"""The number of the last run that published anything and was done; the ledger's is ahead where one died. By publish."""

OUT: CatalogFact[str] = CatalogFact("out", "", str)
"""The folder that the documents are in, resolved; empty where none was ever published. By recover."""

# Settings of the last run, as digests: what was made with other ones is made anew. By read.refresh.
CONFIG: CatalogFact[str] = CatalogFact("config", "", str)
"""All settings."""

VERSIONS: CatalogFact[str] = CatalogFact("versions", "", str)
"""Our version, and those of the libraries that shape the output."""

WALK: CatalogFact[str] = CatalogFact("walk", "", str)
"""The settings that say which files are articles."""

READING: CatalogFact[str] = CatalogFact("reading", "", str)
"""The settings, and what stands beside articles, that what is read of a file depends on."""

SELECTION: CatalogFact[str] = CatalogFact("selection", "", str)
"""The settings that decide which feeds select an article."""

TEXTS: CatalogFact[str] = CatalogFact("texts", "", str)
"""The settings that texts and links are made with."""

FEEDS: CatalogFact[str] = CatalogFact("feeds", "", str)
"""The feeds that there were, one line, and their settings; empty to look at each. By render.feeds,
commands.explain."""

ENGINE: CatalogFact[str] = CatalogFact("engine", "", str)
"""Which engine makes the site, and what that was told by, as sources.engines.find has it. By read.refresh."""

DECIDED: CatalogFact[int | None] = CatalogFact("decided", None, int)
"""When it was last decided what may be shown, in seconds since 1970, as all moments here; None where the clock could
not be right, or all is to be looked at again. By read.unread, commands.retract."""

UPCOMING: CatalogFact[int | None] = CatalogFact("upcoming", None, int)
"""When the next article appears or expires. By read.unread."""

PAGES_DUE: CatalogFact[int | None] = CatalogFact("pages_due", None, int)
"""When the grace of a page that is gone, or of an article that waits for one, is next over. By read.pages.pairs."""

PAGES_AWAY: CatalogFact[int | None] = CatalogFact("pages_away", None, int)
"""Since when so many pages are gone that the site is taken to be under construction. By read.pages.folder."""

PAGES: CatalogFact[str] = CatalogFact("pages", "", str)
"""What tells the built site's folder, and how its pages are read. By read.pages.folder."""

PAGES_FOLDERS: CatalogFact[Mapping[str, int]] = CatalogFact("pages_folders", {}, json.loads, sorted_json)
"""The built site's folders and when each changed, while all that they hold is as it was. By read.pages.folder."""

EXTRAS_DUE: CatalogFact[int | None] = CatalogFact("extras_due", None, int)
"""When time alone next changes a document besides feeds. By publish.extras."""

RETRACTIONS_DUE: CatalogFact[int | None] = CatalogFact("retractions_due", None, int)
"""When the next retraction was told for long enough. By publish.tombstones."""

RETRACTIONS_TOLD: CatalogFact[dict[str, dict[str, list[object]]]] = CatalogFact(
    "retractions_told", {}, json.loads, sorted_json
)
"""A feed's name, as JSON -> ids of articles -> when each was retracted, and why, as told. By publish.tombstones."""

ERASED: CatalogFact[int] = CatalogFact("erased", 0, int)
"""The ledger's count of erasures, as it was when feeds were last looked at for it. By publish.tombstones."""

PROBLEMS: CatalogFact[tuple[Problem, ...]] = CatalogFact("problems", (), objects, written)
"""What was wrong when the last run ended that was done. By publish.report."""

STANDING: CatalogFact[tuple[Problem, ...]] = CatalogFact("standing", (), objects, written)
"""What is wrong until anything changes, besides what each run finds anew. By publish.report."""

FAILED: CatalogFact[tuple[Problem, ...]] = CatalogFact("failed", (), objects, written)
"""Why the last run was not done; () where it was. By publish.report."""

AFTER_PUBLISH: CatalogFact[tuple[Problem, ...]] = CatalogFact("after_publish", (), objects, written)
"""Why a command of `after_publish` failed when they were last told. By announce.queue."""

RETIRED: CatalogFact[tuple[str, ...]] = CatalogFact("retired", (), strings, json.dumps)
"""Titles of feeds that have no source any more. By publish.report, commands.prune."""

FORMER: CatalogFact[tuple[str, ...]] = CatalogFact("former", (), strings, json.dumps)
"""Paths of documents at addresses that feeds had before. By publish.report, commands.prune."""

PLACES: CatalogFact[tuple[int, tuple[tuple[str, str], ...]]] = CatalogFact(
    "places", (0, ()), lambda text: _places(*json.loads(text)), json.dumps
)
"""How many feeds there are, and path and URL of each document of the site's own. By publish.report."""

PROTECTED: CatalogFact[int] = CatalogFact("protected", 0, int)
"""How many articles are held back as they are not for all. By publish.report."""

PAGELESS: CatalogFact[int] = CatalogFact("pageless", 0, int)
"""How many articles are held back as they wait for their page. By publish.report."""

SHORTENED: CatalogFact[dict[str, list[object]]] = CatalogFact("shortened", {}, json.loads, sorted_json)
"""A feed's name, as JSON -> path, of how many entries it shows a summary, and whether it shows fewer, to be no larger
than `max_bytes`; and whether it is. By select.size_limits."""

NAMED: CatalogFact[bool] = CatalogFact("named", False, bool, lambda named: "1" * named)
"""Whether the table of articles' names is kept up, as it was asked for. By render.related.lookup and the catalog."""

STORIES: CatalogFact[int] = CatalogFact("stories", 0, int)
"""Of the index of related stories the number of its next place; 0 where none is kept, -1 where none can be kept, and
that was said. By catalog.stories."""

TOUCHED_MONTHS: CatalogFact[set[str] | None] = CatalogFact(
    "touched_months", None, lambda text: set(json.loads(text)), lambda months: json.dumps(sorted(months or ()))
)
"""The months in which articles were published whose pages have changed since the sitemap was made; None for any. By the
catalog."""

SPELLINGS: CatalogFact[bool] = CatalogFact("spellings", False, "NFC".__eq__, lambda done: "NFC" * done)
"""Whether several spellings of one term were brought together. By state.spellings."""

IDS_TABLE: CatalogFact[str] = CatalogFact("ids.tsv", "", str)
"""What tells whether `ids.tsv` is as we left it. By state.ids_file."""

PRECOMPRESS: CatalogFact[str] = CatalogFact("precompress", "", str)
"""Codings in which documents also stand beside them."""
