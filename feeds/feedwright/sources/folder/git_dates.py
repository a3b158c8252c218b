"""When a file was first committed: for articles that nothing else dates."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
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
        keys: their files, below the content folder -> which date would do, as `Reading.undated` has it.
        remembered: what an earlier run gave; it stays, whatever happens to the repository.
        now: aware, UTC.
        unsure: files of which it is not known whether what is remembered is the date of their first commit.

    Returns: what is remembered, else the first commit, else `now` where the site counts articles from when they are
        first seen; nothing for the others.
    """
    found = {key: remembered[key] for key in keys if key in remembered}
    asked = [key for key, waits in keys.items() if waits == WAITS_FOR_COMMIT and (key not in found or key in unsure)]
    commits = first_commits(config.content, asked)
    found = {**commits, **found}
    if config.undated == "first-seen":
        found = {**dict.fromkeys(keys, now), **found}
    return FirstKnown(found, frozenset(key for key, when in commits.items() if found[key] == when))


def first_commits(content: Path, keys: Collection[str]) -> dict[str, datetime]:
    """When each file came into its repository, a rename followed back to its first name.

    Args:
        content: the content folder.
        keys: files below it, "/"-separated.

    Returns: for those that were committed, their first commit's author's date, in UTC; empty where the folder is in no
        git repository, or in one whose history is cut off (a shallow or partial clone), or git is not installed.
    """
    if not keys:
        return {}
    about = _git(content, "rev-parse", "--is-shallow-repository", "--show-prefix")
    lines = about.decode(errors="replace").split("\n")
    if lines[0] != "false" or _git(content, "config", "--get-regexp", r"^remote\..*\.promisor$"):
        return {}
    prefix = lines[1]
    log = _git(content, *_LOG, "--format=%x01%at", "HEAD", "--", ".")
    return _dates(log.decode("utf-8", "surrogateescape"), {prefix + key: key for key in keys})


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
