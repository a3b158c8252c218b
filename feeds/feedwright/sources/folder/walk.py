"""The content folder walked: its articles, each with what tells whether it changed. No way leads out of it."""

from __future__ import annotations

import errno
import os
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from operator import add
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType
from typing import TYPE_CHECKING

from feedwright.config.folders import is_below
from feedwright.errors import FeedsError, Problem, Severity
from feedwright.sources.model import Listing
from feedwright.sources.site import look_for_folder
from feedwright.text.globs import matches

if TYPE_CHECKING:
    from feedwright.config import Config

DEEPEST = 64
STATS = 4
"""Numbers that a listing holds for each article: size, mtime and ctime in nanoseconds, inode."""

_LEFTOVER = re.compile(r"\..*|.*~|#.*#|_index\..*|.*\.(?:swp|swo|bak|orig|tmp|temp|rej|part|old)", re.DOTALL)
_ABOUT_THE_FOLDER = re.compile(r"(?i:readme)(?:\..*)?|(?:LICEN[SC]E|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT)(?:\..*)?")
_OF_ENGINES = """
    _site _layouts _includes _data _sass _plugins _scripts _assets _static _build _cache _config _templates _theme
    _themes _partials _shortcodes _components _snippets node_modules bower_components __pycache__
"""
_NOT_CONTENT = frozenset(_OF_ENGINES.split())
_UNREAD = re.compile(
    # The first letters alone are looked for at most dots, which takes a seventh of the time.
    r"\.(?=[cdgiloqrtwx]|me)(docx?|odt|rtf|org|txt|text|textile|ipynb|qmd|rmd|tex|latex|typ|dj|wiki|mediawiki|creole|tid"
    r"|gmi|gemini|xml)(?=/|$)",
    re.IGNORECASE,
)
"""Files in which people write, of kinds that are not read."""
_OF_SITES = re.compile(
    r"(?:robots|humans|ads|app-ads|security|llms(?:-full)?|requirements.*|CMakeLists)\.txt"
    r"|(?:sitemap.*|feed.*|atom|rss|index|opensearch|browserconfig|crossdomain)\.xml",
    re.IGNORECASE,
)
_NONE: Mapping[str, Listing] = MappingProxyType({})


def listings(config: Config, before: Mapping[str, Listing] = _NONE) -> Iterator[Listing | Problem]:
    """What the content folders hold, folder by folder: every file that may be an article.

    Never: dot-files, editors' leftovers, `_index` pages, README and its like, the folders of engines (`_layouts`,
    `node_modules`), the state folder, and what links lead to outside.

    Args:
        config: its `root`, `content`, `state`, `include` and `exclude` count.
        before: folder -> what was found there before, with the same `include`, `exclude` and `state`: where a folder
            has the same members, its articles are those of before.

    Returns: problems first, sorted; then a listing for each folder that holds an article, sorted.
        "folder-unreadable" names a folder whose articles are not known now, and may well be there.

    Raises:
        FeedsError: a content folder itself cannot be read.
    """
    real = tuple(os.path.realpath(config.root / folder) for folder in config.content)
    walk = _Walk(config, real, os.path.realpath(config.state), before)
    for folder, path in zip(config.content, real, strict=True):
        walk.folder(folder, path, (path,))
    walk.tell_unread()
    yield from sorted(walk.problems, key=lambda problem: (problem.file, problem.code))
    yield from sorted(walk.listings, key=lambda one: one.folder)


@dataclass(slots=True, eq=False)
class _Walk:
    """A walk through the content folders.

    Args:
        real: each content folder, without links.
        state: the folder of what must last, without links.
        before: as `listings` takes it.
        unread: suffixes of files that are not read -> how many there are.
    """

    config: Config
    real: tuple[str, ...]
    state: str
    before: Mapping[str, Listing]
    unread: Counter[str] = field(default_factory=Counter)
    listings: list[Listing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def folder(self, key: str, path: str, above: tuple[str, ...]) -> None:
        """Take in a folder.

        Args:
            key: of the folder, from the site's; empty for itself.
            path: without links.
            above: it and the folders it was reached through, without links.
        """
        with ExitStack() as opened:
            try:
                # What is in it is then looked up by its name alone, which is quicker than by its path.
                descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                opened.callback(os.close, descriptor)
                members = list(opened.enter_context(os.scandir(descriptor)))
            except OSError as error:
                hint = "Make it readable. Until then the feeds keep the articles that they have of it."
                problem = self._problem("error", "folder-unreadable", key, _reason(error), hint)
                if key in self.config.content:
                    look_for_folder(self.config.root / key, configured=True)
                    raise FeedsError(problem) from error
                self.problems.append(problem)
                return
            folders = self._taken_in(key, path, members, above)
        for name in folders:
            below = os.path.join(path, name)  # noqa: PTH118
            if self._is_content(name, below):
                self._below(f"{key}/{name}" if key else name, below, above)

    def _taken_in(self, key: str, path: str, members: list[os.DirEntry[str]], above: tuple[str, ...]) -> list[str]:
        """Take in the articles of a folder that is open; the names of those in it."""
        names = [member.name for member in members]
        marks = ["f" if member.is_file(follow_symlinks=False) else _mark(member) for member in members]
        listed = "/".join(map(add, marks, names))
        if _UNREAD.search(listed):
            self._count_unread(key, [name for name, mark in zip(names, marks, strict=True) if mark == "f"])
        # What a link leads to may have changed, and a .meta file belongs to the article beside it.
        plain = "l" not in marks and not (".meta" in listed and any(name.endswith(".meta") for name in names))
        listing = Listing(key, listed if plain and _is_utf_8(listed) else "", [], array("q"))
        known = self.before.get(key)
        same = known if known and listing.members and known.members == listing.members else None
        if not (same and _as_before(listing, frozenset(same.articles), members)):
            self._sorted_out(listing, path, members, above)
        if listing.articles:
            self.listings.append(listing)
        return [name for name, mark in zip(names, marks, strict=True) if mark == "d"]

    def _sorted_out(self, listing: Listing, path: str, members: list[os.DirEntry[str]], above: tuple[str, ...]) -> None:
        prefix = f"{listing.folder}/" if listing.folder else ""
        metas = {member.name.removesuffix(".meta"): member for member in members if member.name.endswith(".meta")}
        for member in members:
            name = member.name
            if name[0] == "." or _LEFTOVER.fullmatch(name):
                continue
            key = prefix + name
            try:
                if member.is_symlink():
                    self._link(listing, os.path.join(path, name), key, above)  # noqa: PTH118
                elif not member.is_dir(follow_symlinks=False) and self._is_article(key):
                    self._add(listing, name, member.stat(follow_symlinks=False), metas.get(name.rpartition(".")[0]))
            except OSError as error:
                self._passed_over(key, error)

    def _count_unread(self, folder: str, names: Iterable[str]) -> None:
        for name in names:
            found = _UNREAD.search(name)
            if found is None or found.end() < len(name) or name[0] == "." or _LEFTOVER.fullmatch(name):
                continue
            key = f"{folder}/{name}" if folder else name
            about = _ABOUT_THE_FOLDER.fullmatch(name) or _OF_SITES.fullmatch(name)
            if not (about or matches(key, self.config.exclude) or matches(key, self.config.include)):
                self.unread[found[0].lower()] += 1

    def tell_unread(self) -> None:
        """Note how many files of which kinds are not read."""
        if self.unread:
            kinds = sorted(self.unread.items(), key=lambda one: (-one[1], one[0]))
            counts = ", ".join(f"{count} {suffix}" for suffix, count in kinds)
            what = f"{counts} {'file is' if self.unread.total() == 1 else 'files are'} not read"
            hint = (
                "What is read is Markdown, HTML, reStructuredText and AsciiDoc. "
                "Convert them, or name them in `exclude` if they are not articles."
            )
            self.problems.append(self._problem("info", "files-unread", "", what, hint))

    def _is_content(self, name: str, path: str) -> bool:
        return not (name[0] == "." or _LEFTOVER.fullmatch(name) or name in _NOT_CONTENT or path == self.state)

    def _link(self, listing: Listing, path: str, key: str, above: tuple[str, ...]) -> None:
        real = os.path.realpath(path)
        home = next((folder for folder in self.real if is_below(real, folder)), None)
        if home is None:
            if Path(path).is_dir() or self._is_article(key):
                hint = "It was skipped. Put what it leads to into the content folder."
                what = "the link leads out of the content folder"
                self.problems.append(self._problem("warning", "link-outside", key, what, hint))
            return
        parts = real[len(home) :].strip("/").split("/")
        if any(part.startswith(".") or part in _NOT_CONTENT for part in parts) or is_below(real, self.state):
            return
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            if self._is_article(key):
                raise
            return
        if S_ISDIR(status.st_mode):
            # What it leads to may lead back here.
            if not any(is_below(folder, real) for folder in above):
                self._below(key, real, above)
        elif self._is_article(key):
            self._add(listing, key.rpartition("/")[2], status)

    def _below(self, key: str, path: str, above: tuple[str, ...]) -> None:
        if len(above) > DEEPEST:
            hint = "Its articles are in no feed. Move them up."
            what = f"the folder is more than {DEEPEST} folders deep"
            self.problems.append(self._problem("error", "folder-too-deep", key, what, hint))
            return
        self.folder(key, path, (*above, path))

    def _is_article(self, key: str) -> bool:
        name = key.rpartition("/")[2]
        return (
            matches(key, self.config.include)
            and not matches(key, self.config.exclude)
            and not _ABOUT_THE_FOLDER.fullmatch(name)
        )

    def _add(self, listing: Listing, name: str, status: os.stat_result, meta: os.DirEntry[str] | None = None) -> None:
        if not S_ISREG(status.st_mode):
            return
        key = f"{listing.folder}/{name}" if listing.folder else name
        if not _is_utf_8(key):
            hint = "Rename it. The article is in no feed."
            self.problems.append(self._problem("error", "name-not-utf-8", key, "the file's name is not UTF-8", hint))
            return
        size, mtime, ctime = status.st_size, status.st_mtime_ns, status.st_ctime_ns
        if meta:
            # What it says belongs to the article.
            of_meta = meta.stat()
            size, mtime = size + of_meta.st_size, max(mtime, of_meta.st_mtime_ns)
            ctime = max(ctime, of_meta.st_ctime_ns)
        listing.articles.append(name)
        listing.stats.extend((size, mtime, ctime, status.st_ino & _LARGEST_NUMBER))

    def _passed_over(self, key: str, error: OSError) -> None:
        hint = "It was skipped. Make it readable, or remove it."
        self.problems.append(self._problem("warning", "file-unreadable", key, _reason(error), hint))

    def _problem(self, severity: Severity, code: str, key: str, what: str, hint: str) -> Problem:
        file = (self.config.root / key).as_posix().encode("utf-8", "backslashreplace").decode()
        return Problem(severity, code, file, what, hint)


_LARGEST_NUMBER = 2**63 - 1


def _as_before(listing: Listing, articles: frozenset[str], members: list[os.DirEntry[str]]) -> bool:
    """Take in the articles that were there before, as all else about their names is known; False where one is gone."""
    there = [member for member in members if member.name in articles]
    try:
        found = [member.stat(follow_symlinks=False) for member in there]
    except OSError:
        return False
    numbers: list[int] = []
    for one in found:
        numbers += (one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino & _LARGEST_NUMBER)
    listing.stats.fromlist(numbers)
    listing.articles.extend([member.name for member in there])
    return True


def _mark(member: os.DirEntry[str]) -> str:
    """What is no file: a folder, a link, or something else."""
    if member.is_dir(follow_symlinks=False):
        return "d"
    return "l" if member.is_symlink() else "o"


def _is_utf_8(name: str) -> bool:
    return name.isascii() or name == name.encode("utf-8", "replace").decode()


def _reason(error: OSError) -> str:
    # The system's own words depend on the locale.
    return f"it cannot be read ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
