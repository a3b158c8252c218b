"""The folder of the built site: which pages are new, have changed or are gone, and whether that can be believed.

While an engine builds, its folder is empty, holds empty files, or files that end in the middle. What is not there then
is taken to be there, for a grace.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from feedwright import bounded
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.read.changed_files import TICK
from feedwright.read.pages.listing import SUFFIXES, listed_before, listing
from feedwright.run import Run
from feedwright.state.catalog import built_site, facts
from feedwright.state.catalog.built_site import BuiltFile
from feedwright.state.serialise import seconds

GRACE = 600
"""Seconds for which a page that is not there is taken to be there, as its engine may be at work."""

LARGEST = 10 * 1024 * 1024
"""Bytes of a page."""

_DEEPEST = 64
_AT_MOST_GONE = 1 / 3
_FEW = 2
"""Of fewer pages it is not told by their number whether they are meant to be gone."""


class BuiltSite(NamedTuple):
    """What has become of the built site since it was last looked at.

    Args:
        changed: pages that are new, or have other bytes.
        new: those of them that were not there before.
        missing: pages that are not there, or not whole, whose grace is not over.
        unread: those of the changed ones that say and link the same as before: their texts are still to be looked at.
        is_away: so many are missing that the engine must be at work, or has failed: nothing is believed.
        is_due: whether something is to be looked at although no page has changed.
    """

    changed: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    is_away: bool = False
    is_due: bool = False

    @property
    def is_as_before(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changed and not self.is_due


def look(run: Run, *, again: bool) -> BuiltSite:
    """Look through the folder of the built site, and read the pages that have changed.

    Args:
        again: all are to be read again.

    Raises:
        FeedsError: it is not there, or most of it is gone; or it was built for another address.
    """
    config, catalog = run.config, run.catalog
    assert config.pages is not None
    said = repr((os.path.realpath(config.pages.folder), config.site.url))
    if catalog.fact(facts.PAGES) != said:
        built_site.clear(catalog)
        catalog.note(facts.PAGES, said)
    before = built_site.stamps(catalog)
    there = listed_before(config.pages.folder, before, catalog.fact(facts.PAGES_FOLDERS))
    if there is None:
        there = _listed(run, before)
    due = catalog.fact(facts.PAGES_DUE)
    is_due = due is not None and due <= seconds(run.time.now)
    if there and not again and not is_due and there == before:
        # So it is in most runs, which are not to cost more than that.
        catalog.note(facts.PAGES_AWAY, None)
        return BuiltSite()
    known = built_site.files(catalog)
    if not known:
        _refuse_another_path(config, there)
    read = _read_changed(run, known, there, again=again)
    missing = {path for path in known if path not in there} | {path for path, one in read.items() if one is None}
    if _is_away(run, known.keys(), missing):
        return BuiltSite(is_away=True)
    return _note(run, known, there, read, missing)


def _listed(run: Run, before: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The pages that there are, listed anew; where all are as before, the next run need not do it."""
    assert run.config.pages is not None
    there, folders = listing(run.config.pages.folder)
    for path in _ours(run):
        there.pop(path, None)
    settled = _settled(run)
    is_settled = there == before and all(changed < settled for changed in folders.values())
    run.catalog.note(facts.PAGES_FOLDERS, folders if is_settled else {})
    return there


def _settled(run: Run) -> int:
    """What was changed before that, in nanoseconds since 1970, has another time where it is changed after this run."""
    return int(run.time.now.timestamp() * 10**9) - TICK


def page_bytes(folder: Path, path: str) -> bytes | None:
    """A page's file; None where it cannot be read, or changes while it is.

    Args:
        path: below the folder of the built site.
    """
    for _ in range(2):
        try:
            with bounded.open_regular(folder / path, links=False) as file:
                before = os.fstat(file.fileno())
                content = file.read(LARGEST + 1)
                after = os.fstat(file.fileno())
        except (OSError, ValueError):
            return None
        is_same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        if is_same and len(content) == min(before.st_size, LARGEST + 1):
            return content
    return None


def path_of_links(folder: Path, paths: Sequence[str]) -> str:
    """The path in its address below which a built site's pages link one another, as `path_of_site` tells it.

    Args:
        paths: of all its pages; the first are read.
    """
    from feedwright.pages.site_path import SAMPLE, path_of_site  # only a site that is new is asked

    return path_of_site((page_bytes(folder, path) or b"" for path in paths[:SAMPLE]), paths)


def _ours(run: Run) -> frozenset[str]:
    """The pages that we wrote into the folder ourselves."""
    assert run.config.pages is not None
    below = os.path.relpath(os.path.realpath(run.out), os.path.realpath(run.config.pages.folder)).replace(os.sep, "/")
    if below.startswith(".."):
        return frozenset()
    above = "" if below == "." else f"{below}/"
    return frozenset(f"{above}{path}" for path in run.ledger.files() if path.endswith(SUFFIXES))


class _Read(NamedTuple):
    """A page that was read.

    Args:
        facts: as JSON; empty where its bytes are those of before.
        host: the one that it says it is for, where that is another than the site's.
    """

    hash: bytes
    telling: int
    facts: str = ""
    host: str = ""


def _read_changed(
    run: Run, known: Mapping[str, BuiltFile], there: Mapping[str, tuple[int, int]], *, again: bool
) -> dict[str, _Read | None]:
    """Read the pages that may have changed.

    Returns: path -> what it holds; None where it is not whole.

    Raises:
        FeedsError: the site is built for another address.
    """
    found: dict[str, _Read | None] = {}
    config, now = run.config, run.time.now.timestamp()
    as_before = {} if again else {path: (one.size, one.mtime) for path, one in known.items() if not one.gone}
    may_have_changed = sorted(there.items() - as_before.items())
    run.expected("pages", len(may_have_changed))
    for done, (path, stamp) in enumerate(may_have_changed):
        run.progress("pages", done)
        if not _is_sayable(path):
            continue
        before = known.get(path)
        # What never was whole, and nobody writes any more, is no page.
        may_follow = bool(before) or now - stamp[1] / 10**9 < GRACE
        found[path] = _read(config, path, None if again else before, may_follow=may_follow)
    hosts = [one.host for one in found.values() if one and one.facts]
    # A few pages may be those of articles that stood elsewhere first.
    if 2 * len(hosts) > len(known):
        _refuse_another_site(config, hosts)
    return found


def _read(config: Config, path: str, before: BuiltFile | None, *, may_follow: bool) -> _Read | None:
    """Read a page.

    Args:
        before: how it was; None where all of it is to be read.
        may_follow: whether the rest of it may.
    """
    # Only what has changed is read.
    from feedwright.pages.page import as_json, is_whole, read_page, telling_sum
    from feedwright.read.files import content_hash

    assert config.pages is not None
    content = page_bytes(config.pages.folder, path)
    if content is None:
        return None
    hash_ = content_hash(content)
    if before and hash_ == before.hash:
        return _Read(hash_, before.telling)
    telling = telling_sum(content)
    if before and telling == before.telling:
        # Of an article's page, its text will tell whether anything has changed.
        return _Read(hash_, telling) if is_whole(content) else None
    page = read_page(path, content, config.site.url)
    if page.is_unfinished and may_follow:
        return None
    return _Read(hash_, telling, as_json(page), page.host)


def facts_of(config: Config, path: str) -> str:
    """What there is to know of a page, as JSON; empty while that cannot be read."""
    read = _read(config, path, None, may_follow=True)
    return read.facts if read else ""


def _is_sayable(path: str) -> bool:
    """Whether a path is one that can be written down, and no deeper than any that is meant."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return path.count("/") <= _DEEPEST


def _is_away(run: Run, known: Set[str], missing: Set[str]) -> bool:
    """Whether so many articles' pages are missing that the engine must be at work.

    Raises:
        FeedsError: they have been for longer than an engine works.
    """
    pages, catalog, now = run.config.pages, run.catalog, seconds(run.time.now)
    assert pages is not None
    if missing.isdisjoint(known):
        catalog.note(facts.PAGES_AWAY, None)
        return False
    articles = built_site.paths_of_articles(catalog) & known or known
    count = len(articles & missing)
    if count < _FEW or count <= len(articles) * _AT_MOST_GONE or run.options.allow_shrink:
        catalog.note(facts.PAGES_AWAY, None)
        return False
    since = catalog.fact(facts.PAGES_AWAY)
    if since is None:
        catalog.note(facts.PAGES_AWAY, now)
    elif now - since >= GRACE:
        what = f"{count} of {len(articles)} pages of articles are gone"
        hint = "Every feed is as it was. Build the site; or, if you mean it: --allow-shrink."
        raise FeedsError(Problem("error", "pages-gone", str(pages.folder), what, hint))
    return True


def _note(
    run: Run,
    known: Mapping[str, BuiltFile],
    there: Mapping[str, tuple[int, int]],
    read: Mapping[str, _Read | None],
    missing: set[str],
) -> BuiltSite:
    """Note how the site is now.

    Raises:
        FeedsError: it holds no page at all.
    """
    pages, catalog, now = run.config.pages, run.catalog, seconds(run.time.now)
    assert pages is not None
    whole = {path: one for path, one in read.items() if one}
    if not known and not whole:
        hint = "Build the site first, or name the folder that it is built into."
        raise FeedsError(Problem("error", "pages-missing", str(pages.folder), "holds no page", hint))
    settled = _settled(run)
    files = []
    for path, one in whole.items():
        size, mtime = there[path]
        body = known[path].body if path in known else b""
        files.append(BuiltFile(path, size, mtime if mtime < settled else 0, one.hash, one.telling, body))
    changed = {path for path, one in whole.items() if path not in known or one.hash != known[path].hash}
    late = {
        path for path in missing & known.keys() if run.options.allow_shrink or now - (known[path].gone or now) >= GRACE
    }
    waiting = missing & known.keys() - late
    files += [known[path]._replace(gone=known[path].gone or now) for path in sorted(waiting)]
    built_site.put_files(catalog, files)
    built_site.put_pages(catalog, ((path, one.facts) for path, one in whole.items()))
    built_site.drop(catalog, sorted(late))
    back = {path for path, one in known.items() if one.gone and path in whole}
    due = catalog.fact(facts.PAGES_DUE)
    is_due = bool(late or back or waiting - {p for p, one in known.items() if one.gone}) or (
        due is not None and due <= now
    )
    unread = frozenset(path for path in changed if not whole[path].facts)
    return BuiltSite(frozenset(changed), frozenset(changed - known.keys()), frozenset(waiting), unread, is_due=is_due)


def _refuse_another_path(config: Config, there: Mapping[str, tuple[int, int]]) -> None:
    """Refuse pages that link one another below another path than the site's."""
    assert config.pages is not None
    path = path_of_links(config.pages.folder, sorted(there))
    site = urlsplit(config.site.url)
    if path and path != site.path:
        what = f"is built for {path}: so its pages link one another; the site is at {config.site.url}"
        hint = f"Correct `url`: {site.scheme}://{site.netloc}{path}. Every feed is as it was."
        raise FeedsError(Problem("error", "pages-elsewhere", str(config.pages.folder), what, hint))


def _refuse_another_site(config: Config, hosts: list[str]) -> None:
    """Refuse pages most of which say that they are of another site: a preview, or a build for another address."""
    assert config.pages is not None
    foreign = sorted(filter(None, hosts))
    if len(foreign) * 2 > len(hosts):
        what = f"is built for {foreign[0]}, not for {config.site.url}"
        hint = "Build it as it is deployed, or correct `url`. Every feed is as it was."
        raise FeedsError(Problem("error", "pages-elsewhere", str(config.pages.folder), what, hint))
