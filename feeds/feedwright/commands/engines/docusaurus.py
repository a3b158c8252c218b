"""Docusaurus: its configuration is a program, of which the texts are read by their look: all of it is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feedwright.commands.engines.findings import PATHS, Notes, Recognised
from feedwright.commands.engines.folders import choose, prefix
from feedwright.sources.engines import configuration
from feedwright.sources.engines.files import Unreadable, first_there, table_of, text_of
from feedwright.sources.engines.literals import javascript
from feedwright.sources.engines.post_rules import BLOG_PATH


def read(root: Path, within: Path) -> Recognised | None:
    """Read the texts of Docusaurus's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Docusaurus's documentation, `docusaurus.config.js` and plugin-content-blog.
    """
    found = configuration.docusaurus(root)
    if found is None:
        return None
    file = found.file
    notes = Notes(file, {})
    text = ""
    try:
        notes.values = javascript(root, file, "title", "url", "baseUrl", "tagline", "defaultLocale")
        text = text_of(root, file)
    except Unreadable as problem:
        notes.unread(problem)
    content = choose(root, within, ("blog", "news"))
    notes.first("title", "title", certainty="guess")
    url, folder = notes.values.get("url"), str(notes.values.get("baseUrl") or "").strip("/")
    if url:
        whole = f"{url.rstrip('/')}/{folder}/" if folder else url
        notes.add("url", whole, "url and baseUrl" if folder else "url", "guess")
    notes.first("description", "tagline", certainty="guess")
    notes.add("language", notes.values.get("defaultLocale") or "en", "i18n.defaultLocale", "guess")
    notes.add("timezone", "UTC", f"{file}: Docusaurus's dates without an offset are in UTC")
    _people(root, content, notes)
    blog = _options(text)
    address = str(blog.get("routeBasePath", "blog")).strip("/")
    where = f"{file}: says no URL of posts, so Docusaurus's own holds"
    notes.add("permalink", f"/{address}/{{docusaurus_path}}", where, "guess")
    base = f"{address}/" if address else ""
    notes.add(PATHS, {"rss": f"{base}rss.xml", "atom": f"{base}atom.xml"}, f"{file}: Docusaurus's own feeds", "guess")
    limit = blog.get("limit")
    notes.add("limit", 20 if limit is None else int(limit), "feedOptions.limit", "guess")
    notes.settle()
    return Recognised("Docusaurus", root, content, tuple(notes.found), built="build", also=tuple(_others(root, text)))


def _others(root: Path, text: str) -> Iterator[str]:
    """The folders of further blogs, and of their translations."""
    yield from (path.strip("./") for path in BLOG_PATH.findall(text))
    yield from (
        path.relative_to(root).as_posix() for path in sorted(root.glob("i18n/*/docusaurus-plugin-content-blog*"))
    )


def _options(text: str) -> dict[str, str]:
    """Where the blog is and how many entries its feed has, from the part of the program about the blog."""
    start = re.search(r"\bblog\s*:\s*\{|plugin-content-blog", text)
    part = text[start.end() : start.end() + 2_000] if start else ""
    found: dict[str, str] = {}
    if route := re.search(r"""\brouteBasePath\s*:\s*["']([^"']*)["']""", part):
        found["routeBasePath"] = route[1]
    if (limit := re.search(r"\bfeedOptions\s*:\s*\{[^{}]*?\blimit\s*:\s*(\d{1,6}|false|null)", part)) is not None:
        found["limit"] = limit[1] if limit[1].isdigit() else "0"
    return found


def _people(root: Path, content: Path, notes: Notes) -> None:
    start = f"{prefix(content, root)}/".lstrip("/")
    file = first_there(root, [f"{start}authors.{end}" for end in ("yml", "yaml", "json")])
    if file is None:
        return
    try:
        people: dict[str, Any] = table_of(root, file)
    except Unreadable as problem:
        notes.unread(problem)
        return
    # Its `title` is what somebody does, not who it is.
    named = {
        id_: {"name": who.get("name"), "url": who.get("url")} for id_, who in people.items() if isinstance(who, dict)
    }
    notes.people(named, f"{file}: authors")
