"""News pages in plain text -> articles of a content folder; what is imported again is written only where it changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from feedwright import bounded
from feedwright.articles.dates import parse_date
from feedwright.commands.importers.merge import MARK, Mark, marked, merged, parts
from feedwright.commands.importers.news_page import parse
from feedwright.commands.init import write_new
from feedwright.config import load_config, validators
from feedwright.config.folders import is_below
from feedwright.config.model import DateOrder
from feedwright.errors import FeedsError, Problem
from feedwright.sources.site import FILE, nearest
from feedwright.state.whole_file import write_whole
from feedwright.text.user_info import without_user

LARGEST = 10 * 2**20
"""Bytes of a page that is imported."""
PAGES = (".txt", ".text")
"""The files of a folder that are pages."""
_HEAD = 65_536
_SITES_ABOVE = 3

Result = Literal["written", "updated", "unchanged"]


class Target(NamedTuple):
    """Where pages become articles, and what is said of all of them.

    Args:
        content: the folder that articles go into.
        home: the folder from which pages are named in articles.
        zone: of dates that name no offset.
        order: how to read 03/04/2020; None refuses to guess.
        url: the page's address; None where it has none.
        date: aware; None for what the page says.
        categories: of each article.
        update: whether articles whose pages have changed are written again.
        imported: page -> articles that were made from it.
    """

    content: Path
    home: Path
    zone: ZoneInfo
    order: DateOrder | None
    url: str | None
    date: datetime | None
    categories: tuple[str, ...]
    update: bool
    imported: dict[str, list[Path]]


class Imported(NamedTuple):
    """What became of a page.

    Args:
        path: the article.
        result: what was done to it.
        understood: what was found in the page.
        problems: what is still to be done.
    """

    path: Path
    result: Result
    understood: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def target(
    content: Path,
    url: str | None = None,
    date: str | None = None,
    categories: Sequence[str] = (),
    *,
    update: bool = False,
    site: Path | None = None,
) -> Target:
    """Get ready to import pages.

    Args:
        content: the folder that articles go into.
        url: the page's address; None where it has none.
        date: when it was published, in any shape; without an offset it is in the site's time zone.
        categories: of each article.
        update: whether articles whose pages have changed are written again.
        site: the folder of `site.toml`; None for `content`, or the nearest above it that has one.

    Raises:
        FeedsError: a value cannot be used, or the site's configuration is wrong.
    """
    home = site or next((way for way in _above(content) if (way / FILE).is_file()), content)
    config = load_config(home) if (home / FILE).is_file() else None
    zone = ZoneInfo(config.site.timezone if config else "UTC")
    order = config.date_order if config else None
    try:
        address = validators.url(url) if url else None
    except ValueError as error:
        shown = without_user(str(url))
        raise FeedsError(Problem("error", "url-unusable", "--url", f"{shown} is not a URL", str(error))) from None
    published = _date(date, zone, order, "--date") if date else None
    return Target(content, home, zone, order, address, published, tuple(categories), update, _imported(content))


def _above(content: Path) -> Iterator[Path]:
    yield content
    yield from Path(os.path.realpath(content)).parents[:_SITES_ABOVE]


def _imported(content: Path) -> dict[str, list[Path]]:
    """Which article was made from which page, as the articles say it."""
    found: dict[str, list[Path]] = {}
    for where, folders, files in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(where) / name for name in sorted(files) if name.endswith(".md")):
            try:
                with bounded.open_regular(file, links=False) as opened:
                    head = opened.read(_HEAD)
            except (OSError, ValueError):
                continue
            if MARK.encode() in head and (mark := Mark.of(head.decode("utf-8", "replace"))):
                found.setdefault(mark.page, []).append(file)
    return found


def pages_of(named: Path) -> list[Path]:
    """The pages that a name stands for: a folder's text files at any depth, in order; else the file itself.

    Files that are hidden, and links that lead out of the folder, are none.
    """
    if not named.is_dir():
        return [named]
    root, found = os.path.realpath(named), []
    for where, folders, files in os.walk(named):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(where) / name
            is_page = file.suffix.lower() in PAGES and not name.startswith(".")
            if is_page and is_below(os.path.realpath(file), root):
                found.append(file)
    return found


def import_page(file: Path, into: Target) -> Imported:
    """Make an article from a plain-text news page, in `content/YYYY/SLUG.md`, or look whether it is as it was.

    An article stays where it is, under whatever name, when its page's headline or date changes. What was changed by
    hand is never overwritten; what was said of an article when it was imported holds until something else is said.

    Args:
        file: the page.

    Raises:
        FeedsError: the page holds no article, or the article cannot be written.
    """
    page = _parsed(file)
    name = _name(file, into)
    published, text = _article(page, file, into)
    path, there = _place(text, name, parse.slug(page.title), published, into)
    if there is not None:
        into = _with_what_was_said(into, Mark.of(there))
        published, text = _article(page, file, into)
        return Imported(path, _renewed(path, there, text, name, file, into), _understood(page, published))
    understood = _understood(page, published)
    whole = marked(text, Mark.made(name, text, _said(into)))
    if not write_new(path, whole):
        raise _there(path, "already exists", f"It was left as it is. Move it away to import {file} again.")
    into.imported.setdefault(name, []).append(path)
    return Imported(path, "written", understood, () if published else (_dateless(path, file),))


def _article(page: parse.Page, file: Path, into: Target) -> tuple[datetime | None, str]:
    """When it was published, and what the content folder holds of it."""
    published = into.date or _date(page.date, into.zone, into.order, str(file))
    return published, parse.to_markdown(page, url=into.url, date=published, categories=into.categories)


def _said(into: Target) -> dict[str, Any]:
    """What is said of an article besides what its page says."""
    date = into.date.isoformat() if into.date else None
    every = {"date": date, "url": into.url, "categories": list(into.categories)}
    return {name: value for name, value in every.items() if value}


def _with_what_was_said(into: Target, mark: Mark | None) -> Target:
    """What was said when an article was imported, where nothing else is said now."""
    said = mark.said if mark else {}
    date, url, categories = said.get("date"), said.get("url"), said.get("categories")
    with suppress(ValueError):
        if not into.date and isinstance(date, str):
            into = into._replace(date=_aware(date))
        if not into.url and isinstance(url, str):
            into = into._replace(url=validators.url(url))
    if not into.categories and isinstance(categories, list):
        into = into._replace(categories=tuple(one for one in categories if isinstance(one, str)))
    return into


def _aware(written: str) -> datetime | None:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else None


def _name(file: Path, into: Target) -> str:
    """What a page is called in its article; empty for a pipe, which has no lasting name."""
    if not file.is_file():
        return ""
    name = os.path.relpath(os.path.realpath(file), os.path.realpath(into.home))
    return "".join(char if char.isprintable() else "?" for char in name)


def _parsed(file: Path) -> parse.Page:
    try:
        text = bounded.read_named(file, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FeedsError(Problem("error", "page-unreadable", str(file), "is not UTF-8", "Save it as UTF-8.")) from None
    except (OSError, ValueError) as error:
        near = nearest(file)
        missing = isinstance(error, FileNotFoundError)
        what = "there is no such file" if missing else f"cannot be read: {bounded.reason(error)}"
        hint = f"Did you mean {near}?" if missing and near else ""
        raise FeedsError(Problem("error", "page-unreadable", str(file), what, hint)) from None
    try:
        return parse.parse(text)
    except parse.PageError as error:
        raise FeedsError(*(replace(problem, file=str(file)) for problem in error.problems)) from None


def _date(text: str, zone: ZoneInfo, order: DateOrder | None, file: str) -> datetime | None:
    if not text:
        return None
    try:
        return parse_date(text, zone, order)
    except ValueError as error:
        problem = Problem("error", "date-unreadable", file, f"{text!r} is not a date", str(error))
        raise FeedsError(problem) from None


def _place(text: str, name: str, slug: str, published: datetime | None, into: Target) -> tuple[Path, str | None]:
    """The article of a page, and what it holds; None where it is not there yet.

    Raises:
        FeedsError: a file stands in its place that was not made from a page.
    """
    for path in into.imported.get(name, ()) if name else ():
        if (there := _read(path)) is not None and _is_same_story(there, text):
            return path, there
    folder = into.content / f"{published:%Y}" if published else into.content
    number = 1
    while True:
        path = folder / (f"{slug}-{number}.md" if number > 1 else f"{slug}.md")
        there = _read(path)
        if there is None:
            return path, None
        mark = Mark.of(there)
        if merged(there, text).result == "unchanged":
            return path, there
        if mark is None:
            raise _there(path, "already exists, and was not made from this page", "Move one of them away.")
        if mark.page != name and not _is_there(mark.page, into) and _is_same_story(there, text):
            return path, there
        number += 1


def _is_there(page: str, into: Target) -> bool:
    return bool(page) and (into.home / page).exists()


def _is_same_story(there: str, text: str) -> bool:
    """Whether a page still tells the story that its article tells: its headline, or a paragraph, is in both."""
    mark, new, old = Mark.of(there), parts(text), parts(there)
    if mark and mark.body == Mark.made("", text).body:
        return True
    titles = [next((row for row in part.front if row.startswith("title:")), "") for part in (old, new)]
    return titles[0] == titles[1] or not set(old.paragraphs).isdisjoint(new.paragraphs)


def _read(path: Path) -> str | None:
    try:
        return bounded.read_regular(path, LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        hint = "It was left as it is. Move it away to import its page."
        raise _there(path, f"already exists, and cannot be read: {bounded.reason(error)}", hint) from None


def _renewed(path: Path, there: str, text: str, name: str, file: Path, into: Target) -> Result:
    """Take over what has changed in a page.

    Raises:
        FeedsError: it is not wanted, or the article was changed by hand in the same part.
    """
    result = merged(there, text)
    if result.result == "unchanged":
        return "unchanged"
    mark = Mark.made(name, text, _said(into))
    if result.result == "conflict":
        hint = (
            f"It was left as it is. Change it by hand, then replace its line `{MARK}` by: {mark.line()}. "
            "Or move it away to import the page again."
        )
        raise _there(path, f"was changed by hand, and {file} has changed as well", hint)
    if not into.update:
        before = Mark.of(there)
        what = (
            f"{file} has"
            if before is None or before.said == mark.said
            else "the options with which it is imported have"
        )
        raise _there(path, f"already exists, and {what} changed", "Take the changes over with --update.")
    try:
        write_whole(path, marked(result.text, mark).encode())
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise FeedsError(Problem("error", "content-unwritable", str(path), what)) from error
    return "updated"


def _there(path: Path, what: str, hint: str) -> FeedsError:
    return FeedsError(Problem("error", "article-there", str(path), what, hint))


def _dateless(path: Path, file: Path) -> Problem:
    hint = "Give --date with --update, or write `date:` into the article: until then it is in no feed."
    return Problem("warning", "date-missing", str(path), f"{file} does not say when it was published", hint)


def _understood(page: parse.Page, published: datetime | None) -> dict[str, str]:
    found = {"headline": page.title, "place": page.place, "author": page.author}
    found["date"] = published.isoformat() if published else ""
    found["paragraphs"] = str(len(page.paragraphs))
    found.update({f"related {number}": headline for number, headline in enumerate(page.related, 1)})
    found.update({f"left out {number}": line for number, line in enumerate(page.dropped, 1)})
    return {name: value for name, value in found.items() if value}
