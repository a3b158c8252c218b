"""Eleventy: its configuration is a program, so only its data files are read, and what looks like texts in those that
are programs themselves."""

from __future__ import annotations

import re
from pathlib import Path

from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.findings import PATHS, Certainty, Notes, Recognised, scalar
from feedwright.commands.engines.folders import choose, prefix
from feedwright.sources.engines import configuration
from feedwright.sources.engines.configuration import FEEDS_OF_ELEVENTY, INPUTS_OF_ELEVENTY
from feedwright.sources.engines.files import SECTIONS, Unreadable, first_there, is_folder, table_of, text_of
from feedwright.sources.engines.literals import javascript

_NAMES = ("metadata", "site", "meta", "config", "siteConfig", "global")
_KEYS = ("title", "name", "url", "siteUrl", "baseUrl", "siteURL", "description", "language", "lang", "timezone")
_TEMPLATED = {"page.fileslug": "{slug}", "slug": "{slug}", "title": "~{title}"}


def read(root: Path, within: Path) -> Recognised | None:
    """Read the data files of an Eleventy site; None where it is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Eleventy's documentation, "Global data files", "Permalinks" and "fileSlug".
    """
    found = configuration.eleventy(root)
    if found is None:
        return None
    file = found.file
    content = choose(root, within, _post_folders())
    notes = _metadata(root) or Notes(file, {})
    certainty: Certainty = "guess" if notes.file.endswith("js") else "sure"
    notes.first("title", "title", "name", "siteName", certainty=certainty)
    _url(root, file, notes, certainty)
    notes.first("description", "description", certainty=certainty)
    notes.language("language", "lang", "locale")
    notes.first("timezone", "timezone", certainty=certainty)
    notes.add("timezone", "UTC", f"{file}: Eleventy's dates without an offset are in UTC")
    notes.author(notes.values.get("author"), "author")
    _people(root, notes)
    _permalink(root, content, notes)
    _feed(root, notes)
    notes.settle()
    return Recognised("Eleventy", root, content, tuple(notes.found), built=_text(root, file, "output") or "_site")


def _url(root: Path, file: str, notes: Notes, certainty: Certainty) -> None:
    """The data's address, with the folder that `pathPrefix` puts in front of all of the site's."""
    below = _text(root, file, "pathPrefix").strip("/")
    for name in ("url", "siteUrl", "siteURL", "baseUrl"):
        url = scalar(notes.said(name))
        if url and below and not url.rstrip("/").endswith(f"/{below}"):
            url = f"{url.rstrip('/')}/{below}/"
        if notes.add("url", url, name, certainty):
            return


def _text(root: Path, file: str, name: str) -> str:
    """What a property of the configuration says; empty for nothing."""
    try:
        return javascript(root, file, name).get(name, "")
    except Unreadable:
        return ""


def _post_folders() -> list[str]:
    inputs = ("src/content", "src", "content", "source", "site", "")
    return [f"{start}/{name}".lstrip("/") for start in inputs for name in (*SECTIONS, "_posts")]


def _metadata(root: Path) -> Notes | None:
    """The first data file about the site."""
    folders = [
        f"{start}/_data".lstrip("/") for start in INPUTS_OF_ELEVENTY if is_folder(root, f"{start}/_data".lstrip("/"))
    ]
    for folder in folders:
        for name in _NAMES:
            file = first_there(root, [f"{folder}/{name}.{end}" for end in ("json", "yaml", "yml", "js", "mjs", "cjs")])
            if file is None:
                continue
            notes = Notes(file, {})
            try:
                notes.values = javascript(root, file, *_KEYS) if file.endswith("js") else table_of(root, file)
            except Unreadable as problem:
                notes.unread(problem)
            return notes
    return None


def _people(root: Path, notes: Notes) -> None:
    names = [
        f"{start}/_data/authors.{end}".lstrip("/") for start in INPUTS_OF_ELEVENTY for end in ("json", "yaml", "yml")
    ]
    if file := first_there(root, names):
        try:
            notes.people(table_of(root, file), f"{file}: authors")
        except Unreadable as problem:
            notes.unread(problem)


def _permalink(root: Path, content: Path, notes: Notes) -> None:
    """The folder's own data says it, else a page stands where its file does; the date in front of its name stays."""
    start = prefix(content, root).strip("/")
    own = first_there(root, [f"{start}/{content.name}.{end}".lstrip("/") for end in ("json", "11tydata.json")])
    if own:
        try:
            pattern = scalar(table_of(root, own).get("permalink"))
        except Unreadable as problem:
            notes.unread(problem)
            pattern = None
        if pattern:
            read_ = permalink_patterns.braces(
                re.sub(r"\{\{(.*?)\}\}", _word, pattern), {**_TEMPLATED, "": "", "page.date": ""}
            )
            permalink_patterns.note(notes, read_, f"{own}: permalink", guess=True)
            return
    path = re.sub(r"^/(?:src/content|src|content|source|site)(?=/)", "", f"/{start}" if start else "")
    notes.add("permalink", f"{path}/{{path}}/", f"{notes.file}: says no permalink, so Eleventy's own holds", "guess")


def _word(found: re.Match[str]) -> str:
    """`{{ page.date | date: "%Y/%m" }}` and `{{ title | slugify }}` in the shape of Pelican's patterns."""
    name, _, rest = found[1].strip().partition("|")
    shape = re.search(r"""["']([^"']*%[^"']*)["']""", rest)
    return f"{{date:{shape[1]}}}" if shape else f"{{{name.strip().lower()}}}"


def _feed(root: Path, notes: Notes) -> None:
    """The address that the data file says, else that of the feed's template."""
    path = scalar(notes.said("feed.path"))
    if path and path.startswith("/"):
        notes.add(PATHS, {"atom": path.lstrip("/")}, "feed.path", "guess")
        return
    file = first_there(
        root,
        [f"{start}/{name}".lstrip("/") for start in INPUTS_OF_ELEVENTY for name in FEEDS_OF_ELEVENTY],
    )
    if file is None:
        return
    try:
        text = text_of(root, file)
    except Unreadable as problem:
        notes.unread(problem)
        return
    address = re.search(r"""permalink["']?:\s*["']?/?([^\s"',{}]+)""", text)
    if address:
        kind = "rss" if "<rss" in text else "atom"
        notes.add(PATHS, {kind: address[1]}, f"{file}: its permalink", "guess")
