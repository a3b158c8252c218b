"""From the bytes of an article's file to what reading it gives."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feedwright.articles import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.model import NOTHING, Around, Reading
from feedwright.errors import IN_NO_FEED, FeedsError, Problem
from feedwright.sources.folder.article_file import content_of, unusable
from feedwright.text.characters import xml_safe

if TYPE_CHECKING:
    from feedwright.articles.frontmatter.model import FrontMatter
    from feedwright.config import Config
    from feedwright.model import BodyType

_CONTROLS = bytes(set(range(32)) - {9, 10, 13} | {127})
_NOTHING = "\ufeff\0 \t\r\n"
_HTML = ("html", "htm", "xhtml")
_MARKUP = ("rst", "rest", "adoc", "asciidoc")
_LATER_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_NO_CHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")


def parse(config: Config, key: str, content: bytes, around: Around = NOTHING) -> Reading:
    """Make an article of what its file holds.

    Args:
        config: of the site.
        key: below the content folder, as `walk.listings` has it.
        content: as `content_of` gave it.
        around: what is known of it from beside its file, as `site_data.look` gave it.

    Returns: the article, or the error that leaves it out; never raises for what is wrong with one article. Problems
        name the file by its key.
    """
    try:
        front, body_type = _taken_apart(config, key, _text(key, content))
        return compose.compose(config, key, front, body_type, around)
    except FeedsError as error:
        return Reading(None, _of_file(key, error))
    except Exception as error:  # one article never stops a run
        what = f"the article cannot be read: {type(error).__name__}: {error}"
        hint = f"This is a bug in Feedwright: please report it. {IN_NO_FEED}"
        return Reading(None, (Problem("error", "article-unreadable", key, what, hint),))


def front_matter(config: Config, key: str, content: bytes) -> FrontMatter:
    """What stands before an article's text.

    Raises:
        FeedsError: it cannot be read.
    """
    return _taken_apart(config, key, _text(key, content))[0]


def _taken_apart(config: Config, key: str, text: str) -> tuple[FrontMatter, BodyType]:
    suffix = key.rpartition(".")[2].lower()
    if suffix in _MARKUP:
        # Few sites have these.
        from feedwright.articles import asciidoc, rst

        markup = rst if suffix in ("rst", "rest") else asciidoc
        front = _with_meta(config, key, markup.split(text))
        return (front if _is_broken(front) else markup.body(front)), "html"
    front = split_front_matter(text)
    if front.syntax == "none":
        front = _with_meta(config, key, front)
    if suffix not in _HTML:
        return front, "markdown"
    from feedwright.articles.html_page import page_of  # most sites have none

    return page_of(front), "html"


def _is_broken(front: FrontMatter) -> bool:
    return any(problem.severity == "error" for problem in front.problems)


def _with_meta(config: Config, key: str, front: FrontMatter) -> FrontMatter:
    """With the metadata of the file beside it where there is one: Nikola's tides.meta for tides.md."""
    beside = f"{key.rpartition('.')[0]}.meta"
    if not os.path.exists(os.path.join(config.root, beside)):  # noqa: PTH110, PTH118
        return front
    try:
        meta = split_front_matter(_text(key, content_of(config, beside)))
    except FeedsError as error:
        raise FeedsError(*(replace(problem, file=key) for problem in error.problems)) from error
    problems = (*front.problems, *(replace(problem, line=0) for problem in meta.problems))
    return replace(front, values={**front.values, **meta.values}, problems=problems)


def _of_file(key: str, error: FeedsError) -> tuple[Problem, ...]:
    return tuple(problem if problem.file else replace(problem, file=key) for problem in error.problems)


def _text(key: str, content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise unusable(key, "not-utf-8", "the file is UTF-16", "Save it as UTF-8.", 1)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"the file is not UTF-8: byte 0x{content[error.start]:02x}"
        raise unusable(key, "not-utf-8", what, "Save it as UTF-8.", line) from error
    # Most texts begin at once, and need not be copied to be known for one.
    if not text[:80].strip(_NOTHING) and not text.strip(_NOTHING):
        raise unusable(key, "file-empty", "the file is empty", "Write the article, or delete the file.")
    if "<<<<<<< " in text:
        from feedwright.sources.folder.merge_conflicts import conflict  # hardly any article needs it

        if line := conflict(text):
            raise unusable(
                key, "merge-conflict", "git's marks of a conflict stand in it", "Resolve the conflict.", line
            )
    return xml_safe(text) if _may_be_unsafe(content, text.isascii()) else text


def _may_be_unsafe(content: bytes, ascii_only: bool) -> bool:
    """Whether a text may hold what XML forbids, found out in less time than by looking at every character."""
    if len(content.translate(None, _CONTROLS)) < len(content):
        return True
    if ascii_only:
        return False
    return (b"\xc2" in content and _LATER_CONTROLS.search(content) is not None) or (
        b"\xef" in content and _NO_CHARACTERS.search(content) is not None
    )
