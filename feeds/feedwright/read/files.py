"""Files -> rows: what a run reads of the content folder, in chunks that may be read elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from feedwright.articles.model import Around, Reading
from feedwright.config import Config
from feedwright.errors import FeedsError
from feedwright.model import Article, FeedName
from feedwright.select.eligibility import ineligibility_reason
from feedwright.select.feeds import feeds_of
from feedwright.sources.folder import article_file
from feedwright.state.catalog import Row, row_of
from feedwright.state.serialise import dumps

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feedwright.articles.story_words import StoryText
    from feedwright.pages.words import Sketch

CHUNK = 500
"""Files that are read at a time."""

Keep = Callable[[Article, int], None]
"""Is told each article that may be shown, as it was read, and when it was published, in seconds since 1970."""

AHEAD = 4
"""Chunks that are under way at once, so that memory stays flat."""


class Found(NamedTuple):
    """What became of one file.

    Args:
        row: as it is now, without a number; None where its content is that of before.
        feeds: those that select its article, as long as that may be shown.
        why: it may not, in words; empty where it may.
        sketch: of its words, where built pages are read.
        story: what it is about, where related stories are found by that.
    """

    key: str
    row: Row | None
    feeds: tuple[FeedName, ...] = ()
    why: str = ""
    sketch: Sketch | None = None
    story: StoryText | None = None


def content_hash(content: bytes) -> bytes:
    """What tells one content from another, 16 bytes."""
    return sha256(content).digest()[:16]


def read_some(
    config: Config,
    around: Around,
    now: datetime,
    keys: Sequence[str],
    hashes: Mapping[str, bytes],
    keep: Keep | None = None,
) -> list[Found]:
    """Read some files.

    Args:
        around: what is known from beside them.
        now: aware; decides what may be shown.
        keys: files below the content folder.
        hashes: file -> hash of the content that need not be read again.
    """
    return [_read(config, around, now, key, hashes.get(key), keep) for key in keys]


def _read(config: Config, around: Around, now: datetime, key: str, known: bytes | None, keep: Keep | None) -> Found:
    try:
        content = article_file.content_of(config, key)
    except FeedsError as error:
        return Found(key, row_of(key, b"", None, dumps(error.problems)))
    hash_ = content_hash(content)
    if hash_ == known:
        return Found(key, None)
    # What an article is made of needs much that a scan does not.
    from feedwright.sources.folder.parse import parse

    reading = parse(config, key, content, around)
    result = found(config, now, key, hash_, reading)
    if keep and reading.article and result.row and not result.why:
        keep(reading.article, result.row.published)
    return result


def found(config: Config, now: datetime, key: str, hash_: bytes, reading: Reading) -> Found:
    """What a file's content comes to."""
    problems = dumps(reading.problems) if reading.problems else ""
    row = row_of(key, hash_, reading.article, problems, undated=reading.undated)
    if reading.article is None:
        return Found(key, row)
    why, sketch = ineligibility_reason(reading.article, now), None
    if config.pages:
        from feedwright.pages.words import sketch_of, words_of_source  # few sites have their pages read

        sketch = sketch_of(words_of_source(reading.article.body.text))
    story: StoryText | None = None
    if config.related.auto:
        from feedwright.articles.story_words import story_text  # many sites have none found

        story = story_text(reading.article)
    return Found(key, row, feeds_of(config, reading.article), why, sketch, story)


def read_all(
    config: Config,
    around: Around,
    now: datetime,
    keys: Iterable[str],
    known: Callable[[Sequence[str]], Mapping[str, bytes]],
    executor: Executor | None,
    keep: Keep,
) -> Iterator[list[Found]]:
    """Read files, chunk by chunk, in order.

    Args:
        known: some files -> the hashes of those whose content need not be read again.
        executor: where the work goes; None for this process. What crosses is plain data, for other processes.
        keep: is told of articles where there is no executor: their texts are not worth the way from other processes.
    """
    keys = iter(keys)
    chunks = iter(lambda: list(islice(keys, CHUNK)), [])
    work = partial(read_some, config, around, now)
    if executor is None:
        yield from (work(chunk, known(chunk), keep) for chunk in chunks)
        return
    under_way = [executor.submit(work, chunk, known(chunk)) for chunk in islice(chunks, AHEAD)]
    while under_way:
        yield under_way.pop(0).result()
        under_way.extend(executor.submit(work, chunk, known(chunk)) for chunk in islice(chunks, 1))


def dated(around: Around, dates: Mapping[str, datetime]) -> Around:
    """What is known from beside the articles, with the dates of those that have none of their own."""
    return around._replace(dates=dates)
