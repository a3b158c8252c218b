"""The content folder: what articles it holds, and one article's file read. No way leads out of it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, BinaryIO

from feeds.errors import FeedsError, Problem, Severity
from feeds.html import xml_safe
from feeds.sources import Entry, Reading
from feeds.sources.around import NOTHING, Around
from feeds.sources.globs import matches

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.model import BodyType
    from feeds.sources.head import FrontMatter

LARGEST = 5 * 1024 * 1024
DEEPEST = 64

_LEFTOVER = re.compile(r"\..*|.*~|#.*#|_index\..*|.*\.(?:swp|swo|bak|orig|tmp|temp|rej|part|old)", re.DOTALL)
_ABOUT_THE_FOLDER = re.compile(r"(?i:readme)(?:\..*)?|(?:LICEN[SC]E|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT)(?:\..*)?")
_OF_ENGINES = """
    _site _layouts _includes _data _sass _plugins _scripts _assets _static _build _cache _config _templates _theme
    _themes _partials _shortcodes _components _snippets node_modules bower_components __pycache__
"""
_NOT_CONTENT = frozenset(_OF_ENGINES.split())
_CONTROLS = bytes(set(range(32)) - {9, 10, 13} | {127})
_HTML = ("html", "htm", "xhtml")


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
    try:
        return _bytes(config, key)
    except _UnusableError as error:
        raise FeedsError(error.problem(key)) from error


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
    from feeds.sources import article

    try:
        front, body_type = _taken_apart(config, key, _text(content))
        return article.compose(config, key, front, body_type, around)
    except _UnusableError as error:
        return Reading(None, (error.problem(key),))
    except FeedsError as error:
        return Reading(None, tuple(replace(problem, file=problem.file or key) for problem in error.problems))
    except Exception as error:  # one article never stops a run
        what = f"the article cannot be read: {type(error).__name__}: {error}"
        mend = "This is a fault of ours, please report it. The article is in no feed."
        return Reading(None, (Problem("error", "article-unreadable", key, what, mend),))


def _taken_apart(config: Config, key: str, text: str) -> tuple[FrontMatter, BodyType]:
    from feeds.sources import article, frontmatter

    suffix = key.rpartition(".")[2].lower()
    if suffix in ("rst", "rest", "adoc", "asciidoc"):
        # Few sites have these.
        from feeds.sources import asciidoc, rest

        markup = rest if suffix in ("rst", "rest") else asciidoc
        front = _with_meta(config, key, markup.split(text))
        return (front if _is_broken(front) else markup.body(front)), "html"
    front = frontmatter.split(text)
    if front.syntax == "none":
        front = _with_meta(config, key, front)
    return (article.page_of(front), "html") if suffix in _HTML else (front, "markdown")


def _is_broken(front: FrontMatter) -> bool:
    return any(problem.severity == "error" for problem in front.problems)


def _with_meta(config: Config, key: str, front: FrontMatter) -> FrontMatter:
    """With the metadata of the file beside it where there is one: Nikola's tides.meta for tides.md."""
    beside = f"{key.rpartition('.')[0]}.meta"
    if not os.path.exists(os.path.join(config.content, beside)):  # noqa: PTH110, PTH118
        return front
    from feeds.sources import frontmatter

    meta = frontmatter.split(_text(_bytes(config, beside)))
    problems = (*front.problems, *(replace(problem, line=0) for problem in meta.problems))
    return replace(front, values={**front.values, **meta.values}, problems=problems)


class _UnusableError(Exception):
    """A file that holds no article that can be read."""

    def __init__(self, code: str, what: str, mend: str, line: int = 0) -> None:
        super().__init__(what)
        self.code, self.what, self.mend, self.line = code, what, f"{mend} The article is in no feed.", line

    def problem(self, key: str) -> Problem:
        return Problem("error", self.code, key, self.what, self.mend, self.line)


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


def _bytes(config: Config, key: str) -> bytes:
    """What a file below the content folder holds; links are followed only where they stay below it.

    Raises:
        _UnusableError: it is gone, no regular file, too large, empty, or outside.
    """
    parts = key.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in key:
        raise _UnusableError("link-outside", "the path leads out of the content folder", "Name a file in it.")
    try:
        try:
            descriptor = _open(str(config.content), parts)
        except OSError as error:
            # On the way there is a link.
            if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
                raise
            root = os.path.realpath(config.content)
            real = os.path.realpath(os.path.join(root, key))  # noqa: PTH118
            if not _is_below(real, root):
                what, mend = "the link leads out of the content folder", "Put what it leads to into the folder."
                raise _UnusableError("link-outside", what, mend) from error
            descriptor = _open(root, real[len(root) :].strip("/").split("/"))
        with open(descriptor, "rb") as file:  # noqa: PTH123
            return _all_of(file)
    except (FileNotFoundError, UnicodeEncodeError) as error:
        raise _UnusableError("file-vanished", "the file is gone", "It was there a moment ago.") from error
    except OSError as error:
        raise _UnusableError("file-unreadable", _reason(error), "Make it readable.") from error


def _all_of(file: BinaryIO) -> bytes:
    status = os.fstat(file.fileno())
    if not S_ISREG(status.st_mode):
        raise _UnusableError("file-unreadable", "it is no regular file", "Put the article's text there.")
    content = file.read(status.st_size + 1) if status.st_size <= LARGEST else b""
    if len(content) > status.st_size:
        # It grows while it is read.
        content += file.read(LARGEST)
    if status.st_size > LARGEST or len(content) > LARGEST:
        what = f"the file is larger than {LARGEST // 1024 // 1024} MB"
        raise _UnusableError("file-too-large", what, "Keep the text in it, and link to what makes it large.")
    return content


def _open(root: str, parts: list[str]) -> int:
    """Open a file part by part, so that none of them can turn into a link meanwhile; a pipe does not make it wait."""
    follow_nothing = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            below = os.open(part, follow_nothing | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], follow_nothing, dir_fd=folder)
    finally:
        os.close(folder)


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _UnusableError("not-utf-8", "the file is UTF-16", "Save it as UTF-8.", 1)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"the file is not UTF-8: byte 0x{content[error.start]:02x}"
        raise _UnusableError("not-utf-8", what, "Save it as UTF-8.", line) from error
    if not text.strip("\ufeff\0 \t\r\n"):
        raise _UnusableError("file-empty", "the file is empty", "Write the article, or delete the file.")
    return xml_safe(text) if _may_be_unsafe(content) else text


def _may_be_unsafe(content: bytes) -> bool:
    """Whether a text may hold what XML forbids, found out in less time than by looking for it."""
    return len(content.translate(None, _CONTROLS)) < len(content) or b"\xc2" in content or b"\xef\xbf" in content


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _reason(error: OSError) -> str:
    # The system's own words depend on the locale.
    return f"it cannot be read ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
