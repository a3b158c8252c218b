"""When a file was first committed: for articles that nothing else dates."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedwright.articles.model import WAITS_FOR_COMMIT

if TYPE_CHECKING:
    from feedwright.config import Config

LONGEST_RUN = 120
"""Seconds that git may take."""

_LAST = 7_258_118_400  # the year 2200
_OURS = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "-c", "log.showSignature=false")
_LOG = ("log", "--no-ext-diff", "--no-textconv", "--no-color", "-M", "--diff-filter=AR", "--name-status", "-z")


class FirstKnown(NamedTuple):
    """When articles that have no date were first known.

    Args:
        dates: by file.
        by_commit: files of those whose date is known to be that of their first commit.
    """

    dates: dict[str, datetime]
    by_commit: frozenset[str]


def first_known(
    config: Config,
    keys: Mapping[str, int],
    remembered: Mapping[str, datetime],
    now: datetime,
    unsure: Collection[str] = (),
) -> FirstKnown:
    """When articles that have no date were first known.

    Args:
        keys: their files, from the site's folder -> which date would do, as `Reading.undated` has it.
        remembered: what an earlier run gave; it stays, whatever happens to the repository.
        now: aware, UTC.
        unsure: files of which it is not known whether what is remembered is the date of their first commit.

    Returns: what is remembered, else the first commit, else `now` where the site counts articles from when they are
        first seen; nothing for the others.
    """
    found = {key: remembered[key] for key in keys if key in remembered}
    asked = [key for key, waits in keys.items() if waits == WAITS_FOR_COMMIT and (key not in found or key in unsure)]
    commits = first_commits(config.root, asked, config.content)
    found = {**commits, **found}
    if config.undated == "first-seen":
        found = {**dict.fromkeys(keys, now), **found}
    return FirstKnown(found, frozenset(key for key, when in commits.items() if found[key] == when))


def first_commits(root: Path, keys: Collection[str], content: Sequence[str] = ("",)) -> dict[str, datetime]:
    """When each file came into its repository, a rename followed back to its first name.

    Args:
        root: the site's folder.
        keys: files from there, "/"-separated.
        content: the content folders that they are in, as `Config.content` has them. Each may be in another repository.

    Returns: for those that were committed, their first commit's author's date, in UTC; nothing for those in a folder
        that is in no git repository, or in one whose history is cut off (a shallow or partial clone), or where git is
        not installed.
    """
    if not keys:
        return {}
    names: dict[str, dict[str, str]] = {}
    places: dict[str, list[str]] = {}
    for folder in content:
        start = f"{folder}/" if folder else ""
        about = _git(root / folder, "rev-parse", "--is-shallow-repository", "--show-toplevel", "--show-prefix")
        shallow, *lines = about.decode("utf-8", "surrogateescape").split("\n")
        if shallow == "false" and not _git(root / folder, "config", "--get-regexp", r"^remote\..*\.promisor$"):
            top, prefix = lines[:2]
            inside = {prefix + key[len(start) :]: key for key in keys if key.startswith(start)}
            names.setdefault(top, {}).update(inside)
            places.setdefault(top, []).append(f":(literal){prefix}" if prefix else ".")
    found = {}
    for top, known in names.items():
        if known:
            log = _git(Path(top), *_LOG, "--format=%x01%at", "HEAD", "--", *places[top])
            found.update(_dates(log.decode("utf-8", "surrogateescape"), known))
    return found


def _dates(log: str, names: dict[str, str]) -> dict[str, datetime]:
    """Read `git log`, newest first.

    Args:
        names: path in the repository -> key; names that files had before are added.
    """
    found: dict[str, datetime] = {}
    seconds = 0
    parts = iter(log.split("\0"))
    for part in parts:
        said = part.lstrip("\n")
        if said.startswith("\1"):
            time, _, said = said[1:].partition("\n")
            seconds = int(time)
            said = said.strip("\n")
        if said.startswith("R"):
            before, after = next(parts, ""), next(parts, "")
            if after in names:
                names[before] = names.pop(after)
        elif said == "A":
            path = next(parts, "")
            if path in names and 0 < seconds < _LAST:
                found[names[path]] = datetime.fromtimestamp(seconds, UTC)
    return found


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says; nothing where it fails."""
    import subprocess  # only undated articles need it

    # Another repository may be named there, as it is where a hook runs us.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_PAGER": "cat"}
    command = ["git", "--no-pager", *_OURS, *arguments]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=LONGEST_RUN, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""
