"""The content folder: what articles it holds, and one article's file read. No way leads out of it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from feeds.errors import FeedsError, Problem, Severity
from feeds.sources import Entry, Reading
from feeds.sources.around import NOTHING, Around
from feeds.sources.globs import matches

if TYPE_CHECKING:
    from feeds.config import Config

LARGEST = 5 * 1024 * 1024
DEEPEST = 64

_LEFTOVER = re.compile(r"\..*|.*~|#.*#|_index\..*|.*\.(?:swp|swo|bak|orig|tmp|temp|rej|part|old)", re.DOTALL)
_ABOUT_THE_FOLDER = re.compile(r"(?i:readme)(?:\..*)?|(?:LICEN[SC]E|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT)(?:\..*)?")
_OF_ENGINES = """
    _site _layouts _includes _data _sass _plugins _scripts _assets _static _build _cache _config _templates _theme
    _themes _partials _shortcodes _components _snippets node_modules bower_components __pycache__
"""
_NO_NAMES = frozenset(("", ".", ".."))
_NOT_CONTENT = frozenset(_OF_ENGINES.split())
# The system's flags: no link at the end of a path, no handing down, no waiting for who writes into a pipe.
_FOLLOW_NOTHING = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def scan(config: Config) -> Iterator[Entry | Problem]:
    """What the content folder holds: every file that may be an article, and what could not be looked into.

    Never: dot-files, editors' leftovers, `_index` pages, README and its like, the folders of engines (`_layouts`,
    `node_modules`), the state folder, and what links lead to outside.

    Args:
        config: its `content`, `state`, `include` and `exclude` count.

    Returns: problems first, then entries, both sorted. "folder-unreadable" names a folder whose articles are not known
        now, and may well be there.

    Raises:
        FeedsError: the content folder itself cannot be read.
    """
    walk = _Walk(config, os.path.realpath(config.content), os.path.realpath(config.state))
    walk.folder("", walk.root, (walk.root,))
    yield from sorted(walk.problems, key=lambda problem: (problem.file, problem.code))
    yield from sorted(walk.entries, key=lambda entry: entry.key)


def read(config: Config, key: str, around: Around = NOTHING) -> Reading:
    """Read one article.

    Args:
        config: of the site.
        key: as `scan` gave it.
        around: what is known of it from beside its file, as `around.look` gave it.

    Returns: the article, or the error that leaves it out; never raises for what is wrong with one article. Problems
        name the file by its key.
    """
    try:
        content = content_of(config, key)
    except FeedsError as error:
        return Reading(None, error.problems)
    return parse(config, key, content, around)


def content_of(config: Config, key: str) -> bytes:
    """What an article's file holds; links are followed only where they stay below the content folder.

    Args:
        config: of the site.
        key: as `scan` gave it.

    Raises:
        FeedsError: it is gone, no regular file, too large, or outside; its one problem names the file by its key.
    """
    parts = key.split("/")
    if not _NO_NAMES.isdisjoint(parts) or "\0" in key:
        raise unusable(key, "link-outside", "the path leads out of the content folder", "Name a file in it.")
    try:
        descriptor = _opened(config, key, parts)
        try:
            return _all_of(descriptor, key)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, UnicodeEncodeError) as error:
        raise unusable(key, "file-vanished", "the file is gone", "It was there a moment ago.") from error
    except OSError as error:
        raise unusable(key, "file-unreadable", _reason(error), "Make it readable.") from error


def parse(config: Config, key: str, content: bytes, around: Around = NOTHING) -> Reading:
    """Make an article of what its file holds.

    Args:
        config: of the site.
        key: as `scan` gave it.
        content: as `content_of` gave it.
        around: what is known of it from beside its file, as `around.look` gave it.

    Returns: as `read` does.
    """
    # What an article is made of needs much that a scan does not.
    from feeds.sources.parsing import parsed

    return parsed(config, key, content, around)


def unusable(key: str, code: str, what: str, mend: str, line: int = 0) -> FeedsError:
    """The error of a file that holds no article that can be read."""
    return FeedsError(Problem("error", code, key, what, f"{mend} The article is in no feed.", line))


@dataclass(slots=True)
class _Walk:
    """A walk through the content folder.

    Args:
        root: of the content folder, without links.
        state: the folder of what must last, without links.
    """

    config: Config
    root: str
    state: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def folder(self, prefix: str, path: str, above: tuple[str, ...]) -> None:
        """Take in a folder.

        Args:
            prefix: its key, ending in "/"; empty for the content folder.
            path: without links.
            above: it and the folders it was reached through, without links.
        """
        try:
            with os.scandir(path) as found:
                members = list(found)
        except OSError as error:
            mend = "Its articles are not known now. Make it readable."
            problem = self._problem("error", "folder-unreadable", prefix.rstrip("/"), f"{_reason(error)}", mend)
            if not prefix:
                raise FeedsError(problem) from error
            self.problems.append(problem)
            return
        metas = {member.name.removesuffix(".meta"): member for member in members if member.name.endswith(".meta")}
        for member in members:
            name = member.name
            if name[0] == "." or _LEFTOVER.fullmatch(name):
                continue
            try:
                self._member(member, prefix + name, above, metas.get(name.rpartition(".")[0]))
            except OSError as error:
                mend = "It was passed over. Make it readable, or remove it."
                self.problems.append(self._problem("warning", "file-unreadable", prefix + name, _reason(error), mend))

    def _member(
        self, member: os.DirEntry[str], key: str, above: tuple[str, ...], meta: os.DirEntry[str] | None
    ) -> None:
        if member.is_symlink():
            self._link(member.path, key, above)
        elif member.is_dir(follow_symlinks=False):
            if member.name not in _NOT_CONTENT and member.path != self.state:
                self._below(key, member.path, above)
        elif self._is_article(key):
            self._file(key, member.stat(follow_symlinks=False), meta.stat() if meta else None)

    def _link(self, path: str, key: str, above: tuple[str, ...]) -> None:
        real = os.path.realpath(path)
        if not _is_below(real, self.root):
            if Path(path).is_dir() or self._is_article(key):
                mend = "It was passed over. Put what it leads to into the content folder."
                what = "the link leads out of the content folder"
                self.problems.append(self._problem("warning", "link-outside", key, what, mend))
            return
        parts = real[len(self.root) :].strip("/").split("/")
        if any(part.startswith(".") or part in _NOT_CONTENT for part in parts) or _is_below(real, self.state):
            return
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            if self._is_article(key):
                raise
            return
        if S_ISDIR(status.st_mode):
            # What it leads to may lead back here.
            if not any(_is_below(folder, real) for folder in above):
                self._below(key, real, above)
        elif self._is_article(key):
            self._file(key, status)

    def _below(self, key: str, path: str, above: tuple[str, ...]) -> None:
        if len(above) > DEEPEST:
            mend = "Its articles are in no feed. Move them up."
            what = f"the folder is more than {DEEPEST} folders deep"
            self.problems.append(self._problem("error", "folder-too-deep", key, what, mend))
            return
        self.folder(f"{key}/", path, (*above, path))

    def _is_article(self, key: str) -> bool:
        name = key.rpartition("/")[2]
        return (
            matches(key, self.config.include)
            and not matches(key, self.config.exclude)
            and not _ABOUT_THE_FOLDER.fullmatch(name)
        )

    def _file(self, key: str, status: os.stat_result, meta: os.stat_result | None = None) -> None:
        if not S_ISREG(status.st_mode):
            return
        if not key.isascii() and key != key.encode("utf-8", "replace").decode():
            mend = "Rename it. The article is in no feed."
            self.problems.append(self._problem("error", "name-not-utf-8", key, "the file's name is not UTF-8", mend))
            return
        size, changed = status.st_size, status.st_mtime_ns
        if meta:
            # What it says belongs to the article.
            size, changed = size + meta.st_size, max(changed, meta.st_mtime_ns)
        self.entries.append(Entry(key, size, changed, status.st_ino))

    def _problem(self, severity: Severity, code: str, key: str, what: str, mend: str) -> Problem:
        file = (self.config.content / key).as_posix().encode("utf-8", "backslashreplace").decode()
        return Problem(severity, code, file, what, mend)


def _opened(config: Config, key: str, parts: list[str]) -> int:
    try:
        return _open(str(config.content), parts)
    except OSError as error:
        # On the way there is a link.
        if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise
        root = os.path.realpath(config.content)
        real = os.path.realpath(os.path.join(root, key))  # noqa: PTH118
        if not _is_below(real, root):
            what, mend = "the link leads out of the content folder", "Put what it leads to into the folder."
            raise unusable(key, "link-outside", what, mend) from error
        return _open(root, real[len(root) :].strip("/").split("/"))


def _open(root: str, parts: list[str]) -> int:
    """Open a file part by part, so that none of them can turn into a link meanwhile; a pipe does not make it wait."""
    if len(parts) == 1:
        return os.open(f"{root}/{parts[0]}", _FOLLOW_NOTHING)
    folder = os.open(f"{root}/{parts[0]}", _FOLLOW_NOTHING | os.O_DIRECTORY)
    try:
        for part in parts[1:-1]:
            below = os.open(part, _FOLLOW_NOTHING | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], _FOLLOW_NOTHING, dir_fd=folder)
    finally:
        os.close(folder)


def _all_of(descriptor: int, key: str) -> bytes:
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        raise unusable(key, "file-unreadable", "it is no regular file", "Put the article's text there.")
    content = b""
    if status.st_size <= LARGEST:
        content = os.read(descriptor, status.st_size + 1)
        # It may grow while it is read, and a read may be cut short.
        while len(content) != status.st_size and len(content) <= LARGEST and (more := os.read(descriptor, LARGEST)):
            content += more
    if status.st_size > LARGEST or len(content) > LARGEST:
        what = f"the file is larger than {LARGEST // 1024 // 1024} MB"
        raise unusable(key, "file-too-large", what, "Keep the text in it, and link to what makes it large.")
    return content


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _reason(error: OSError) -> str:
    # The system's own words depend on the locale.
    return f"it cannot be read ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
