"""One article's file read. No way leads out of the content folder."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from stat import S_ISREG
from typing import TYPE_CHECKING, BinaryIO

from feeds.errors import FeedsError, Problem
from feeds.html import xml_safe
from feeds.sources import Reading
from feeds.sources.around import NOTHING, Around
from feeds.sources.walk import is_below

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.model import BodyType
    from feeds.sources.head import FrontMatter

LARGEST = 5 * 1024 * 1024

_CONTROLS = bytes(set(range(32)) - {9, 10, 13} | {127})
_HTML = ("html", "htm", "xhtml")


def read(config: Config, key: str, around: Around = NOTHING) -> Reading:
    """Read one article.

    Args:
        config: of the site.
        key: as `walk.scan` gave it.
        around: what is known of it from beside its file, as `around.look` gave it.

    Returns: the article, or the error that leaves it out; never raises for what is wrong with one article. Problems
        name the file by its key.
    """
    try:
        return parse(config, key, content_of(config, key), around)
    except FeedsError as error:
        return Reading(None, error.problems)


def content_of(config: Config, key: str) -> bytes:
    """What an article's file holds.

    Raises:
        FeedsError: it cannot be read, or leads out of the content folder.
    """
    try:
        return _bytes(config, key)
    except _UnusableError as error:
        raise FeedsError(_unusable(error, key)) from error


def parse(config: Config, key: str, content: bytes, around: Around = NOTHING) -> Reading:
    """Read one article from what its file holds; see `read`."""
    # What an article is made of needs much that a scan does not.
    from feeds.sources import article

    try:
        front, body_type = _taken_apart(config, key, _text(content))
        return article.compose(config, key, front, body_type, around)
    except _UnusableError as error:
        return Reading(None, (_unusable(error, key),))
    except FeedsError as error:
        return Reading(None, tuple(replace(problem, file=problem.file or key) for problem in error.problems))
    except Exception as error:  # one article never stops a run
        what = f"the article cannot be read: {type(error).__name__}: {error}"
        mend = "This is a fault of ours, please report it. The article is in no feed."
        return Reading(None, (Problem("error", "article-unreadable", key, what, mend),))


def _unusable(error: _UnusableError, key: str) -> Problem:
    return Problem("error", error.code, key, error.what, error.mend, error.line)


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
            if not is_below(real, root):
                what, mend = "the link leads out of the content folder", "Put what it leads to into the folder."
                raise _UnusableError("link-outside", what, mend) from error
            descriptor = _open(root, real[len(root) :].strip("/").split("/"))
        with open(descriptor, "rb") as file:  # noqa: PTH123
            return _all_of(file)
    except FileNotFoundError as error:
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


def _reason(error: OSError) -> str:
    # The system's own words depend on the locale.
    return f"it cannot be read ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
