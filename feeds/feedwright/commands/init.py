"""`feeds init`: a first configuration, and a first article."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.commands.schemas import ARTICLE_SCHEMA, LINE, SITE_SCHEMA, put
from feedwright.commands.site_file import configuration, short
from feedwright.config import Config, validators
from feedwright.errors import FeedsError, Problem
from feedwright.model import Site
from feedwright.sources.engines.find import configuration_above
from feedwright.sources.folder.walk import listings
from feedwright.sources.model import Listing
from feedwright.sources.site import FILE, look_for_room, nearest, relative
from feedwright.text.user_info import without_user

if TYPE_CHECKING:
    from feedwright.commands.engines import Recognised

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
        schemas: JSON Schemas beside it -> "written", "unchanged", or "foreign" where a file of that name is not ours.
    """

    content: Path
    files: tuple[tuple[Path, bool], ...]
    unset: tuple[str, ...] = ()
    found: Recognised | None = None
    has_articles: bool = False
    lines: tuple[str, ...] = ()
    schemas: tuple[tuple[Path, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to become of a folder; nothing is written yet.

    Args:
        content: the folder of its `site.toml`.
        files: each that the site begins with, its `site.toml` first -> its text; None for one that is there already.
        known: what is known of the site's title and url.
        found, has_articles, lines: as `Begun` has them.
    """

    content: Path
    files: Mapping[Path, str | None]
    known: Mapping[str, str]
    found: Recognised | None = None
    has_articles: bool = False
    lines: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """Its `site.toml`."""
        return self.content / FILE

    @property
    def is_new(self) -> bool:
        """Whether its `site.toml` is to be written."""
        return self.files[self.file] is not None

    @property
    def unset(self) -> tuple[str, ...]:
        """Keys that a new `site.toml` holds an example of alone."""
        return tuple(key for key in ("title", "url") if key not in self.known) if self.is_new else ()


def init(
    content: Path, title: str | None, url: str | None, now: datetime, *, all_keys: bool = False, schemas: bool = False
) -> Begun:
    """Begin a site: `plan`, and `carry_out`, which have these arguments."""
    return carry_out(plan(content, title, url, now, all_keys=all_keys), schemas=schemas)


def init_from(
    folder: Path, now: datetime, content: Path | None = None, title: str | None = None, url: str | None = None
) -> Begun:
    """Begin from the site of another engine: `plan_from`, and `carry_out`, which have these arguments."""
    return carry_out(plan_from(folder, now, content, title, url))


def plan(content: Path, title: str | None, url: str | None, now: datetime, *, all_keys: bool = False) -> Planned:
    """How a site is to begin: in that of an engine, from its configuration; else with a short `site.toml`.

    A first article is written only into a folder that has none, and is in no engine's site.

    Args:
        content: the folder; made where it is missing.
        title: the site's name; None where it is not known.
        url: the site's address, likewise.
        now: aware; the first article's date.
        all_keys: whether `site.toml` shows every key.

    Raises:
        FeedsError: the address is none, or the folder cannot be written.
    """
    title, url = _usable(title, url)
    look_for_room(content, "content-no-folder", "Name the folder of articles; it is made where it is missing.")
    start = next(way for way in (content, *content.parents) if way.is_dir())
    if above := configuration_above(start):
        for place in (content, relative(above[0], start)):
            if (place / FILE).exists():
                return Planned(place, {place / FILE: None}, {})
        folder = start if _has_articles(start) else relative(above[0], start)
        return plan_from(folder, now, None, title, url, all_keys=all_keys)
    had = _has_articles(content)
    text = (configuration if all_keys else short)(title or TITLE, url or URL)
    files: dict[Path, str | None] = {content / FILE: _unless_there(content / FILE, f"{LINE}\n{text}")}
    if not had:
        first = content / "posts/a-first-article.md"
        files[first] = _unless_there(first, ARTICLE.format(date=f"{now:%Y-%m-%dT%H:%M:%SZ}"))
    known = {key: value for key, value in (("title", title), ("url", url)) if value is not None}
    return Planned(content, files, known, has_articles=had)


def plan_from(
    folder: Path,
    now: datetime,
    content: Path | None = None,
    title: str | None = None,
    url: str | None = None,
    *,
    all_keys: bool = False,
) -> Planned:
    """What `site.toml` a site that another engine makes is to have, and what the site it built says of that.

    Args:
        folder: the site, as that engine has it.
        now: aware; decides which articles may be shown.
        content: where its articles are, and the file is to stand; None for where that engine has them.
        title, url: that count for more than what the engine says; None where they are not known.
        all_keys: whether `site.toml` shows every key.

    Raises:
        FeedsError: no engine is recognised, or the file cannot be written.
    """
    from feedwright.commands.engines import begin, recognise

    title, url = _usable(title, url)
    if not folder.is_dir():
        raise FeedsError(_no_site(folder))
    found = recognise(folder)
    if found is None:
        raise FeedsError(
            Problem("error", "engine-unknown", str(folder), "is the site of no engine that is known", _KNOWN)
        )
    planned = begin.plan(_with_given(found, title, url), content)
    planned = planned._replace(place=content or relative(planned.place, folder))
    look_for_room(planned.place, "content-no-folder", "Name the folder of articles; it is made where it is missing.")
    file = planned.place / FILE
    seen = begin.verified(planned, now)
    text = _unless_there(file, f"{LINE}\n{seen.plan.text(seen.pages, all_keys=all_keys)}")
    said = {one.key: str(one.value) for one in seen.plan.found.findings if one.certainty != "missing"}
    known = {key: value for key, value in said.items() if key in ("title", "url")}
    return Planned(planned.place, {file: text}, known, seen.plan.found, lines=seen.lines)


def carry_out(planned: Planned, *, schemas: bool = False) -> Begun:
    """Write what is planned; what is there already stays as it is, but for schemas of ours, which are made anew.

    Args:
        schemas: whether JSON Schemas are written that are not there yet: that of a `site.toml` that is there, and that
            of front matter.

    Raises:
        FeedsError: a file cannot be written.
    """
    made = tuple((path, text is not None and write_new(path, text)) for path, text in planned.files.items())
    unset = planned.unset if made[0][1] else ()
    written = _schemas(planned.content, is_new=made[0][1], every=schemas)
    return Begun(planned.content, made, unset, planned.found, planned.has_articles, planned.lines, written)


def _schemas(folder: Path, *, is_new: bool, every: bool) -> tuple[tuple[Path, str], ...]:
    from feedwright.articles import schema as of_articles
    from feedwright.config import schema as of_site

    wanted = {SITE_SCHEMA: (is_new, of_site.of_site), ARTICLE_SCHEMA: (False, of_articles.of_front_matter)}
    found = []
    for name, (needed, made) in wanted.items():
        file = folder / name
        if every or needed or os.path.lexists(file):
            try:
                found.append((file, put(file, made())))
            except OSError as error:
                raise FeedsError(_unwritable(file, error)) from error
    return tuple(found)


def _unless_there(path: Path, text: str) -> str | None:
    return None if os.path.lexists(path) else text


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
