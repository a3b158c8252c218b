"""Commands that write into the content folder: a first configuration and article, and imported articles."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright import bounded
from feedwright.config import KINDS, Config, validators
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.errors import FeedsError, Problem
from feedwright.model import Site
from feedwright.sources.engines.find import configuration_above
from feedwright.sources.folder.walk import listings
from feedwright.sources.model import Listing
from feedwright.sources.site import FILE, look_for_room, nearest, relative
from feedwright.state.whole_file import write_whole
from feedwright.text.user_info import without_user

if TYPE_CHECKING:
    from feedwright.commands.engines import Recognised

LARGEST = 10 * 2**20
"""Bytes of a page that is imported."""
TITLE, URL = "My site", "https://www.example.org/"
"""What stands for the name and the address of a site that are not known."""

_KNOWN = (
    "Known are Jekyll, Octopress, Hugo, Zola, Pelican, Eleventy, Hexo, Docusaurus, Nikola, Astro, VitePress, MkDocs, "
    "Gatsby, Metalsmith, Quartz and Obsidian, by their files; and Markdown beside the site that was built of it."
)

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


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of a folder that is to be a site.

    Args:
        content: the folder of its `site.toml`.
        files: each that the site begins with, and whether it was written (False: it is there already).
        unset: keys that its `site.toml` holds an example of alone, as nothing better was known.
        found: what the configuration of its engine says; None where there is no engine.
        has_articles: whether it had articles before, so that no first one was written.
        lines: what the site that its engine built says of it.
    """

    content: Path
    files: tuple[tuple[Path, bool], ...]
    unset: tuple[str, ...] = ()
    found: Recognised | None = None
    has_articles: bool = False
    lines: tuple[str, ...] = ()


def init(content: Path, title: str | None, url: str | None, now: datetime) -> Begun:
    """Begin a site: in that of an engine, from its configuration; else with a commented `site.toml`.

    A first article is written only into a folder that has none, and is in no engine's site.

    Args:
        content: the folder; made where it is missing.
        title: the site's name; None where it is not known.
        url: the site's address, likewise.
        now: aware; the first article's date.

    Raises:
        FeedsError: the address is none, or the folder cannot be written.
    """
    title, url = _usable(title, url)
    look_for_room(content, "content-no-folder", "Name the folder of articles; it is made where it is missing.")
    start = next(way for way in (content, *content.parents) if way.is_dir())
    file = content / FILE
    if above := configuration_above(start):
        for place in (content, relative(above[0], start)):
            if (place / FILE).exists():
                return Begun(place, ((place / FILE, False),))
        return init_from(start if _has_articles(start) else relative(above[0], start), now, None, title, url)
    had = _has_articles(content)
    unset = tuple(key for key, given in (("title", title), ("url", url)) if given is None)
    files = {file: configuration(title or TITLE, url or URL)}
    if not had:
        files[content / "posts/a-first-article.md"] = ARTICLE.format(date=f"{now:%Y-%m-%dT%H:%M:%SZ}")
    made = tuple((path, write_new(path, text)) for path, text in files.items())
    return Begun(content, made, unset if made[0][1] else (), has_articles=had)


def _usable(title: str | None, url: str | None) -> tuple[str | None, str | None]:
    try:
        named = None if title is None else validators.line(title)
        return named, None if url is None else validators.base_url(url)
    except ValueError as error:
        given = without_user(", ".join(repr(value) for value in (title, url) if value is not None))
        raise FeedsError(Problem("error", "init-value", "", f"{given} cannot be used", str(error))) from None


def _has_articles(content: Path) -> bool:
    if not content.is_dir():
        return False
    site = Site(TITLE, URL, URL, "localhost")
    return any(isinstance(one, Listing) for one in listings(Config(content, content / FILE, content / ".feeds", site)))


def configuration(title: str, url: str) -> str:
    """A `site.toml` that says what every key means, with all but the first two behind "# "."""
    lines = [
        "# What Feedwright makes of this folder. Keys behind a # are examples: without them, defaults hold.",
        "",
    ]
    given = {"title": _quoted(title), "url": _quoted(url)}
    lines += [_line(name, key, given.get(name)) for name, key in SITE.items()]
    lines += ["", "# Related stories.", "# [related]", *_table(RELATED)]
    lines += ["", "# Addresses and texts as the site's engine built them.", "# [pages]", *_table(PAGES)]
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


def init_from(
    folder: Path, now: datetime, content: Path | None = None, title: str | None = None, url: str | None = None
) -> Begun:
    """Write the `site.toml` of a site that another engine makes, and see what the site it built says of that.

    Args:
        folder: the site, as that engine has it.
        now: aware; decides which articles may be shown.
        content: where its articles are, and the file is to stand; None for where that engine has them.
        title, url: that count for more than what the engine says; None where they are not known.

    Raises:
        FeedsError: no engine is recognised, or the file cannot be written.
    """
    from feedwright.commands.engines import recognise
    from feedwright.commands.engines.begin import plan, verified

    title, url = _usable(title, url)
    if not folder.is_dir():
        raise FeedsError(_no_site(folder))
    found = recognise(folder)
    if found is None:
        raise FeedsError(
            Problem("error", "engine-unknown", str(folder), "is the site of no engine that is known", _KNOWN)
        )
    planned = plan(_with_given(found, title, url), content)
    planned = planned._replace(place=content or relative(planned.place, folder))
    look_for_room(planned.place, "content-no-folder", "Name the folder of articles; it is made where it is missing.")
    file = planned.place / FILE
    made = write_new(file, planned.text())
    seen = verified(planned, now)
    if made and (text := seen.plan.text(seen.pages)) != planned.text():
        write_whole(file, text.encode())
    found = seen.plan.found
    said = {finding.key for finding in found.findings if finding.certainty != "missing"}
    unset = tuple(key for key in ("title", "url") if key not in said) if made else ()
    return Begun(planned.place, ((file, made),), unset, found, lines=seen.lines)


def _no_site(folder: Path) -> Problem:
    near = nearest(folder)
    what = "is a file, not a folder" if folder.exists() else "there is no such folder"
    hint = f"Did you mean {near}?" if near and near.is_dir() else "Name the folder of the site."
    return Problem("error", "engine-unknown", str(folder), what, hint)


def _with_given(found: Recognised, title: str | None, url: str | None) -> Recognised:
    from feedwright.commands.engines import Finding

    given = [Finding(key, value, "sure", f"--{key}: given") for key, value in (("title", title), ("url", url)) if value]
    keys = {finding.key for finding in given}
    return replace(found, findings=(*given, *(one for one in found.findings if one.key not in keys)))


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False where it is.

    Raises:
        FeedsError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FeedsError(_unwritable(path.parent, error)) from error
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise FeedsError(_unwritable(path, error)) from error
    return True


def _unwritable(path: Path, error: OSError) -> Problem:
    what = f"cannot be written ({errno.errorcode.get(error.errno or 0, 'unknown error')})"
    if path.exists() and not path.is_dir():
        what = "is a file, not a folder"
    return Problem("error", "content-unwritable", str(path), what)


def import_page(
    file: Path, content: Path, url: str | None, date: str | None, categories: Sequence[str], site: Path | None = None
) -> tuple[Path, dict[str, str], list[Problem]]:
    """Make an article from a plain-text news page, in `content/YYYY/SLUG.md`.

    Args:
        file: the page.
        url: its address, where it has one.
        date: when it was published, in any shape; without an offset it is in the site's time zone.
        categories: of the article.
        site: the folder of `site.toml`; None for `content`.

    Returns: the article's file, what was understood of the page, and what is still to be done.

    Raises:
        FeedsError: the page holds no article, a value cannot be used, or the article is there already.
    """
    from feedwright.commands.importers.news_page import parse

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
    understood = parse.parse(text)
    published = _date(date or understood.date, site or content, "--date" if date else str(file))
    try:
        address = validators.url(url) if url else None
    except ValueError as error:
        raise FeedsError(Problem("error", "url-unusable", without_user(str(url)), "is not a URL", str(error))) from None
    markdown = parse.to_markdown(understood, url=address, date=published, categories=categories)
    folder = content / f"{published:%Y}" if published else content
    path = folder / f"{parse.slug(understood.title)}.md"
    if not write_new(path, markdown):
        hint = "It was left as it is. Move it away to import the page again."
        raise FeedsError(Problem("error", "article-there", str(path), "already exists", hint))
    doubts = []
    if published is None:
        hint = "Give --date, or write `date:` into the article: until then it is in no feed."
        doubts.append(
            Problem("warning", "date-missing", str(path), "the page does not say when it was published", hint)
        )
    return path, _understood(understood, published), doubts


def _understood(page: object, published: datetime | None) -> dict[str, str]:
    from feedwright.commands.importers.news_page.parse import Page

    assert isinstance(page, Page)
    found = {"headline": page.title, "place": page.place, "author": page.author}
    found["date"] = published.isoformat() if published else ""
    found["paragraphs"] = str(len(page.paragraphs))
    found.update({f"related {number}": headline for number, headline in enumerate(page.related, 1)})
    found.update({f"left out {number}": line for number, line in enumerate(page.dropped, 1)})
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
        raise FeedsError(Problem("error", "date-unreadable", file, f"{text!r} is not a date", str(error))) from None
