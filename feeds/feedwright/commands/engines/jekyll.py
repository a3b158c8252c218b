"""Jekyll and Octopress: `_config.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feedwright.articles.permalink_placeholders import STYLES
from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, said, scalar, words
from feedwright.commands.engines.folders import choose, prefix
from feedwright.sources.engines import configuration
from feedwright.sources.engines.files import (
    SECTIONS,
    Unreadable,
    first_there,
    has_articles,
    is_folder,
    is_there,
    table_of,
    text_of,
)

_WORDS = {
    "title": "{jekyll_slug}",
    "slug": "~{slug}",
    "categories": "{categories}",
    "slugified_categories": "~{categories}",
    "name": "{stem}",
    "path": "{path}",
    "output_ext": ".html",
}
_LOOP = re.compile(r"{%-?\s*for\s+\w+\s+in\s+(?:site\.[\w.]+|paginator\.posts)(?P<rest>[^%]*)%}")
_LIMIT = re.compile(r"\blimit\s*:\s*(\d{1,6})")
_ADDRESS = re.compile(r"""^permalink:[ \t]*["']?/?(?P<path>[^\s"'#]+)""", re.MULTILINE)


def read(root: Path, within: Path) -> Recognised | None:
    """Read Jekyll's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Jekyll's documentation, "Configuration" and "Permalinks"; jekyll-feed.
    """
    found = configuration.jekyll(root)
    if found is None:
        return None
    notes = Notes.of(found)
    source = scalar(notes.values.get("source")) or "."
    base = root / source if is_folder(root, source) else root
    content = choose(root, within, _post_folders(root, base, notes))
    notes.first("title", "title", "name")
    _url(base, notes)
    notes.first("description", "description", "subtitle", "tagline")
    notes.language("lang", "locale", "language")
    notes.first("timezone", "timezone")
    notes.author(notes.values.get("author"), "author")
    _people(base, notes)
    _permalink(content, base, notes)
    _feed(base, notes)
    _exclude(content, base, notes)
    notes.settle(timezone="Jekyll takes the computer's; here it is UTC")
    built = scalar(notes.values.get("destination")) or ("public" if found.engine == "Octopress" else "_site")
    return Recognised(found.engine, root, content, tuple(notes.found), built=built)


def _post_folders(root: Path, base: Path, notes: Notes) -> Iterator[str]:
    """Where posts may be: `_posts`, that of a folder of the site, else another collection that has pages."""
    below = prefix(base, root).strip("/")
    start = f"{below}/" if below else ""
    inside = (scalar(notes.values.get("collections_dir")) or "").strip("/")
    if inside:
        yield f"{start}{inside}/_posts"
    yield f"{start}_posts"
    yield from (f"{start}{name}/_posts" for name in SECTIONS)
    yield from (f"{start}{inside and inside + '/'}_{name}" for name in _collections(notes))


def _collections(notes: Notes) -> list[str]:
    """The collections that have pages, but for the posts."""
    given = notes.values.get("collections")
    if not isinstance(given, dict):
        return []
    return [str(name) for name in given if name != "posts" and said(given, f"{name}.output") is True]


def _url(base: Path, notes: Notes) -> None:
    url = scalar(notes.values.get("url"))
    folder = scalar(notes.values.get("baseurl")) or scalar(notes.values.get("root")) or ""
    # Octopress's `root` may be a whole address.
    folder = "" if "://" in folder else folder.strip("/")
    if url:
        where = "url and baseurl" if folder else "url"
        notes.add("url", f"{url.rstrip('/')}/{folder}/" if folder else url, where)
    elif is_there(base, "CNAME"):
        try:
            domain = text_of(base, "CNAME").strip()
        except Unreadable as problem:
            notes.unread(problem)
            return
        notes.add("url", f"https://{domain}/{folder}", "CNAME: the domain", "guess")


def _people(base: Path, notes: Notes) -> None:
    notes.people(notes.values.get("authors"), f"{notes.file}: authors")
    file = first_there(base, ("_data/authors.yml", "_data/authors.yaml", "_data/authors.json"))
    if file:
        try:
            notes.people(table_of(base, file), f"{file}: ".rstrip() + " authors")
        except Unreadable as problem:
            notes.unread(problem)


def _permalink(content: Path, base: Path, notes: Notes) -> None:
    """What holds for posts: the last default for them, else the collection's own, else the site's."""
    name = content.name.removeprefix("_") if content.name.startswith("_") else "posts"
    where, pattern = "permalink", scalar(notes.values.get("permalink"))
    if name != "posts":
        where, pattern = "", None
    if own := scalar(notes.said(f"collections.{name}.permalink")):
        where, pattern = f"collections.{name}.permalink", own
    for default in _defaults(notes, name):
        if found := scalar(said(default, "values.permalink")):
            where, pattern = f"defaults of {name}, permalink", found
        notes.author(said(default, "values.author"), f"defaults of {name}, author")
    if pattern is None:
        where = f"{notes.file}: says no permalink, so Jekyll's own holds"
        pattern = "date" if name == "posts" else "/:collection/:path:output_ext"
    pattern = STYLES.get(pattern, pattern)
    folder = prefix(content.parent, base)
    if folder and name == "posts":
        pattern = pattern.replace("/:categories", f"{folder}/:categories")
    permalink_patterns.note(notes, permalink_patterns.colons(pattern, {**_WORDS, "collection": name}), where)


def _defaults(notes: Notes, name: str) -> Iterator[dict[str, Any]]:
    """The defaults of front matter that hold for a whole collection."""
    given = notes.values.get("defaults")
    for default in given if isinstance(given, list) else ():
        if not isinstance(default, dict):
            continue
        kind, path = said(default, "scope.type"), scalar(said(default, "scope.path")) or ""
        whole = path.strip("/*") in ("", f"_{name}")
        if (kind == name and whole) or (kind is None and path.strip("/*") == f"_{name}"):
            yield default


def _feed(base: Path, notes: Notes) -> None:
    """The plugin's feed, else that of a template of the site's own."""
    plugins = (*words(notes.values.get("plugins")), *words(notes.values.get("gems")))
    if "jekyll-feed" in (*plugins, *_gems(base)) or isinstance(notes.values.get("feed"), dict):
        path = scalar(notes.said("feed.path"))
        limit = number(notes.said("feed.posts_limit"))
        notes.add(PATHS, {"atom": (path or "feed.xml").lstrip("/")}, "feed.path" if path else "plugins, jekyll-feed")
        notes.add("limit", 10 if limit is None else limit, "feed.posts_limit" if limit else "plugins, jekyll-feed")
        return
    file = first_there(base, configuration.FEEDS_OF_JEKYLL)
    if file:
        try:
            _template(base, file, notes)
        except Unreadable as problem:
            notes.unread(problem)
    elif path := scalar(notes.values.get("subscribe_rss")):
        notes.add(PATHS, {"atom": path.lstrip("/")}, "subscribe_rss", "guess")
    if (pages := number(notes.values.get("paginate"))) and not file:
        notes.add("limit", pages, "paginate", "guess")


def _gems(base: Path) -> list[str]:
    """The plugins that the site's Gemfile names, which is a program; it is only searched."""
    try:
        text = text_of(base, "Gemfile") if is_there(base, "Gemfile") else ""
    except Unreadable:
        return []
    return re.findall(r"""^[ \t]*gem[ \t(]*["']([\w-]+)["']""", text, re.MULTILINE)


def _template(base: Path, file: str, notes: Notes) -> None:
    text = text_of(base, file)
    named = "rss" if "rss" in file else "atom"
    layout = re.search(r"^layout:[ \t]*['\"]?(\w+)", text, re.MULTILINE)
    shape = "rss" if re.search(r"<(rss|channel)\b", text) else "atom" if re.search(r"<feed\b", text) else None
    address = _ADDRESS.search(text.split("\n---", 1)[0])
    path = address["path"] if address else file
    kind = shape or (layout[1] if layout and layout[1] in ("rss", "atom") else named)
    notes.add(PATHS, {kind: path}, f"{file}: its URL", "sure" if shape else "guess")
    loop = _LOOP.search(text)
    if loop is None:
        return
    limit = _LIMIT.search(loop["rest"])
    notes.add("limit", int(limit[1]) if limit else 0, f"{file}: {'limit' if limit else 'no limit'}")


def _exclude(content: Path, base: Path, notes: Notes) -> None:
    """What Jekyll leaves out of the folder of posts; all else that it names is not below it."""
    start = prefix(content, base).strip("/")
    globs = []
    for name in words(notes.values.get("exclude")):
        below = name.strip().strip("/")
        if start and not below.startswith(f"{start}/"):
            continue
        below = below.removeprefix(f"{start}/") if start else below
        folder = is_folder(content, below) and has_articles(content / below)
        if below and (folder or start or "*" in below or is_there(content, below)):
            globs.append(f"{below}/**" if folder else below)
    notes.add("exclude", globs, "exclude")
