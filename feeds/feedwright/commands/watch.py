"""Building again whenever something changes, and when an article is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from feedwright.commands.status import next_try, upcoming
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.pipeline import clock
from feedwright.state.ids_file.beside import IDS

SETTLED = 30
"""Milliseconds without a change after which a save is over."""

RETRY = timedelta(minutes=1)
"""The least time after which it is tried again to tell what could not be told."""

AT_MOST = 200
"""Milliseconds that changes are gathered for."""

GLANCE = 1000
"""Milliseconds after which the clock is looked at."""


def moments(config: Config, out: Path, is_again: Callable[[], bool]) -> Iterator[str]:
    """Why to build again, in a few words, each time that there is a reason.

    Args:
        is_again: whether the last build is to be tried again, though nothing has changed.

    Raises:
        FeedsError: the library that watches is not there, or a folder cannot be watched.
    """
    try:
        from watchfiles import watch  # an extra: only --watch needs it
    except ImportError as error:
        hint = "Install it: pip install 'feedwright[watch]'"
        raise FeedsError(Problem("error", "watchfiles-missing", "", "--watch needs watchfiles", hint)) from error
    _warm()
    folders = {*_places(config), *(() if _is_whole_site(config) else (config.file.resolve().parent,))}
    besides = (out.resolve(), config.state.resolve())

    def matters(_: object, path: str) -> bool:
        return _matters(Path(path), config, besides)

    changes = watch(
        *folders,
        watch_filter=matters,
        debounce=AT_MOST,
        step=SETTLED,
        rust_timeout=GLANCE,
        yield_on_timeout=True,
    )
    due, retry, settings = _following(config), _retry(config), _settings(config)
    try:
        for found in changes:
            now = _settings(config)
            if found:
                yield _named(config, {path for _, path in found})
            elif now != settings:
                yield config.file.name if now[0] != settings[0] else "the built site"
            elif due is not None and due <= clock():
                yield "an article is due, or expires"
            elif retry is not None and retry <= clock():
                yield "what could not be announced is tried again"
            elif is_again():
                yield "once more"
            else:
                continue
            due, retry, settings = _following(config), _retry(config), now
    except FileNotFoundError as error:
        problem = Problem("error", "content-missing", str(config.root), "is gone, and cannot be watched")
        raise FeedsError(problem) from error


def _following(config: Config) -> datetime | None:
    try:
        return upcoming(config.state)
    except FeedsError:
        return None


def _retry(config: Config) -> datetime | None:
    """When to tell again what could not be told; None where nothing is waiting."""
    try:
        found = next_try(config)
    except FeedsError:
        return None
    return None if found is None else max(found, clock() + RETRY)


def _matters(path: Path, config: Config, besides: Collection[Path]) -> bool:
    if path == config.file.resolve():
        return True
    place = next((place for place in _places(config) if path.is_relative_to(place)), None)
    if place is None or any(path.is_relative_to(other) for other in besides):
        return False
    below = path.relative_to(place).parts
    return below != (IDS,) and not any(part.startswith(".") for part in below)


def _is_whole_site(config: Config) -> bool:
    """Whether the folder of the configuration holds much besides articles, of which nothing is looked at."""
    return config.content != ("",)


def _settings(config: Config) -> tuple[tuple[int, int], ...]:
    """What tells that the configuration has changed, where its folder is not watched; and that the site was built.

    Engines that begin with an empty folder make another one, of which a watcher of the old one hears nothing.
    """
    site = config.pages.folder if config.pages else None
    return (
        _stamp(config.file if _is_whole_site(config) else None),
        *((_stamp(site), _stamp(site / "index.html")) if site else ()),
    )


def _stamp(path: Path | None) -> tuple[int, int]:
    try:
        status = path.stat() if path else None
    except OSError:
        return -1, -1
    return (status.st_mtime_ns, status.st_ino) if status else (0, 0)


def _places(config: Config) -> dict[Path, Path]:
    """The folders of articles and of the built site, links followed, with the paths by which their files are named."""
    site = config.pages.folder if config.pages else None
    built = {site.resolve(): Path(site.name)} if site and site.is_dir() else {}
    return built | {(config.root / folder).resolve(): Path(folder) for folder in config.content}


def _named(config: Config, paths: Collection[str]) -> str:
    places = _places(config)
    names = sorted(
        next((str(places[one] / Path(path).relative_to(one)) for one in places if Path(path).is_relative_to(one)), path)
        for path in paths
    )
    return names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _warm() -> None:
    """Load what a build needs that has something to do, so that the first one is as fast as the others."""
    from importlib import import_module

    for name in (
        "feedwright.read.waiting",
        "feedwright.render.articles",
        "feedwright.checks.gate",
        "feedwright.formats.rss",
        "feedwright.formats.atom",
    ):
        import_module(name)
    for name in (
        "feedwright.articles.compose",
        "feedwright.articles.frontmatter.split",
        "nh3",
        "pyromark",
        "dateutil.parser",
    ):
        import_module(name)
