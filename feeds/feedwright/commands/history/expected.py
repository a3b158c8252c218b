"""What the site itself knows of a feed that is followed into its past."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from feedwright.config import Config
from feedwright.model import FeedName
from feedwright.sources.site import load_site
from feedwright.state import archive_records, ledger_facts
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened


@dataclass(frozen=True, slots=True)
class Expected:
    """What a subscriber should be able to have.

    Args:
        ids: of all articles that the feed selects, as its format has them.
        hashes: address of an archive document -> hash of its bytes.
        out: the folder that all of its documents are below.
    """

    ids: frozenset[str]
    hashes: Mapping[str, str]
    out: str


def expected(source: str, content: Path, file: Path | None = None, state: Path | None = None) -> Expected | None:
    """What the site knows of a feed; None where it is no feed of this site.

    Args:
        source: path or address of its subscription document.
        content, file, state: as `pipeline.build` takes them.

    Raises:
        FeedsError: the configuration, the ledger or the catalog cannot be used.
    """
    config = load_site(content, file, state)
    if not (config.state / "ledger.db").exists():
        return None
    with opened(Ledger, config.state, copy=True) as ledger, opened(Catalog, config.state, copy=True) as catalog:
        path = _path(source, config, ledger)
        for name, feed in ledger.feeds().items():
            for format_, one in (*feed.paths.items(), *feed.former):
                if one == path:
                    return _expected(config, ledger, catalog, name, format_)
    return None


def _path(source: str, config: Config, ledger: Ledger) -> str:
    """Where a subscription document is below the output folder; empty where it is not there."""
    if source.startswith(config.site.feeds_url):
        path = unquote(source.removeprefix(config.site.feeds_url))
        return posixpath.join(path, "index.xml") if path.endswith("/") or not path else path
    # What the file itself leads to is another matter.
    out, here = Path(ledger.fact(ledger_facts.OUT)), Path(source).parent.resolve() / Path(source).name
    return here.relative_to(out).as_posix() if ledger.fact(ledger_facts.OUT) and here.is_relative_to(out) else ""


def _expected(config: Config, ledger: Ledger, catalog: Catalog, name: FeedName, format_: str) -> Expected:
    numbers = [one.n for one in catalog.members(name)]
    rows = catalog.numbered(numbers)
    ids = frozenset((format_ in ("rss", "json") and row.guid) or row.id for row in rows)
    hashes = {
        config.site.feeds_url + quote(path): one.hash
        for path, (of, one) in archive_records.documents(ledger).items()
        if of == name
    }
    return Expected(ids, hashes, ledger.fact(ledger_facts.OUT))
