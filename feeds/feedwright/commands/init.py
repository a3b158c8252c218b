"""Commands that write into the content folder: a first configuration and article, and imported articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.config import KINDS, validators
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, RELATED, SITE, Key
from feedwright.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feedwright.commands.engines import Recognised

ARTICLE = """\
---
title: A first article
date: {date}
categories: [News]
tags: [example]
---

Everything above this text is the article's front matter; what follows is Markdown.

The part before the marker below is the article's summary.

<!--more-->

Run `feeds build`, and this article is in the feeds of the site, of its category and of its tag.
"""


def init(content: Path, title: str, url: str, now: datetime) -> Iterator[tuple[Path, bool]]:
    """Write a commented `site.toml` and a first article.

    Args:
        content: the folder; made where it is missing.
        title: the site's name.
        url: the site's address.
        now: aware; the first article's date.

    Yields: each file, and whether it was written (False: it is there already).

    Raises:
        FeedsError: the address is none, or the folder cannot be written.
    """
    try:
        title, url = validators.line(title), validators.base_url(url)
    except ValueError as error:
        raise FeedsError(Problem("error", "init-value", "", f"{title!r}, {url!r} cannot be used", str(error))) from None
    date = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    files = {"site.toml": configuration(title, url), "posts/a-first-article.md": ARTICLE.format(date=date)}
    for name, text in files.items():
        yield content / name, write_new(content / name, text)


def configuration(title: str, url: str) -> str:
    """A `site.toml` that says what every key means, with all but the first two behind "# "."""
    lines = [
        "# What Feedwright makes of this folder. Keys behind a # are examples: without them, defaults hold.",
        "",
    ]
    given = {"title": _quoted(title), "url": _quoted(url)}
    lines += [_line(name, key, given.get(name)) for name, key in SITE.items()]
    lines += ["", "# Related stories.", "# [related]", *_table(RELATED)]
    lines += ["", f"# The feeds that make themselves: {', '.join(KINDS)}.", "# [kinds.tag]", *_table(KIND)]
    lines += ["", "# People, by the id that articles name.", "# [authors.jane]", *_table(AUTHOR)]
    lines += ["", "# A feed of your own; any number of these.", "# [[feed]]", *_table(FEED)]
    lines += ["", "# What is run when files have changed, before hubs are told; any number of these."]
    lines += ["# [[after_publish]]", *_table(AFTER_PUBLISH)]
    lines += ["", "# What include and exclude of a [[feed]] may hold.", *_table(FILTER)]
    return "\n".join(lines) + "\n"


def _table(keys: Mapping[str, Key]) -> list[str]:
    return [_line(name, key, None) for name, key in keys.items()]


def _line(name: str, key: Key, given: str | None) -> str:
    assignment = f"{name} = {given}" if given else f"# {name} = {key.sample}"
    return f"{assignment:<48} # {key.doc}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def init_from(folder: Path, content: Path | None = None) -> tuple[Path, bool, Recognised]:
    """Write the `site.toml` of a site that another engine makes.

    Args:
        folder: the site, as that engine has it.
        content: where its articles are; None for where that engine has them.

    Returns: the file, whether it was written (False: it is there already), and what was found.

    Raises:
        FeedsError: no engine is recognised, or the file cannot be written.
    """
    from feedwright.commands.engines import recognise, site_toml

    found = recognise(folder)
    if found is None:
        mend = (
            "Known are Jekyll, Octopress, Hugo, Zola, Pelican, Eleventy, Hexo, Docusaurus and Nikola, by their files."
        )
        raise FeedsError(
            Problem("error", "engine-unknown", str(folder), "is the site of no engine that is known", mend)
        )
    path = (content or found.content) / "site.toml"
    return path, write_new(path, site_toml(found)), found


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False where it is.

    Raises:
        FeedsError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        problem = Problem("error", "content-unwritable", str(path), f"cannot be written: {error.strerror}")
        raise FeedsError(problem) from error
    return True


def import_page(
    file: Path, content: Path, url: str | None, date: str | None, categories: Sequence[str]
) -> tuple[Path, dict[str, str], list[Problem]]:
    """Make an article from a plain-text news page, in `content/YYYY/SLUG.md`.

    Args:
        file: the page.
        url: its address, where it has one.
        date: when it was published, in any shape; without an offset it is in the site's time zone.
        categories: of the article.

    Returns: the article's file, what was understood of the page, and what is still to be done.

    Raises:
        FeedsError: the page holds no article, a value cannot be used, or the article is there already.
    """
    from feedwright.commands.importers.news_page import parse

    try:
        with file.open("rb") as opened:
            page = opened.read(parse.LARGEST + 1)
        text = page.decode("utf-8-sig", "replace" if len(page) > parse.LARGEST else "strict")
    except (OSError, UnicodeDecodeError) as error:
        raise FeedsError(Problem("error", "page-unreadable", str(file), f"cannot be read: {error}")) from None
    understood = parse.parse(text)
    published = _date(date or understood.date, content, "--date" if date else str(file))
    try:
        address = validators.url(url) if url else None
    except ValueError as error:
        raise FeedsError(Problem("error", "url-unusable", str(url), "is no address", str(error))) from None
    markdown = parse.to_markdown(understood, url=address, date=published, categories=categories)
    folder = content / f"{published:%Y}" if published else content
    path = folder / f"{parse.slug(understood.title)}.md"
    if not write_new(path, markdown):
        mend = "It was left as it is. Move it away to import the page again."
        raise FeedsError(Problem("error", "article-there", str(path), "is there already", mend))
    doubts = []
    if published is None:
        mend = "Give --date, or write `date:` into the article: until then it is in no feed."
        doubts.append(
            Problem("warning", "date-missing", str(path), "the page does not say when it was published", mend)
        )
    return path, _understood(understood, published), doubts


def _understood(parse: object, published: datetime | None) -> dict[str, str]:
    from feedwright.commands.importers.news_page.parse import Page

    assert isinstance(parse, Page)
    found = {"headline": parse.title, "place": parse.place, "author": parse.author}
    found["date"] = published.isoformat() if published else ""
    found["paragraphs"] = str(len(parse.paragraphs))
    found.update({f"related {number}": headline for number, headline in enumerate(parse.related, 1)})
    found.update({f"left out {number}": line for number, line in enumerate(parse.dropped, 1)})
    return {name: value for name, value in found.items() if value}


def _date(text: str, content: Path, file: str) -> datetime | None:
    from zoneinfo import ZoneInfo

    from feedwright.articles.dates import parse_date
    from feedwright.config import load_config

    if not text:
        return None
    zone, order = "UTC", None
    if (content / "site.toml").exists():
        config = load_config(content)
        zone, order = config.site.timezone, config.date_order
    try:
        return parse_date(text, ZoneInfo(zone), order)
    except ValueError as error:
        raise FeedsError(Problem("error", "date-unreadable", file, f"{text!r} is no date", str(error))) from None
