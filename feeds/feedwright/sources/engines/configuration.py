"""Which engine's configuration a folder holds, and what that says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedwright.sources.engines.files import Unreadable, first_there, is_folder, is_there, table_of, text_of

YAML_OF_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
DOCUSAURUS = tuple(f"docusaurus.config.{end}" for end in ("js", "ts", "mjs", "cjs"))
ELEVENTY = (
    ".eleventy.js",
    *(f"{start}eleventy.config.{end}" for start in ("", ".") for end in ("js", "mjs", "cjs", "ts")),
)
PELICAN = ("pelicanconf.py", "pelican.conf.py")
OVER_PELICAN = "publishconf.py"
NIKOLA = "conf.py"
ZOLA = ("zola.toml", "config.toml")
SUFFIXES = (".toml", ".yaml", ".yml", ".json")
HUGO = tuple(name + suffix for name in ("hugo", "config") for suffix in SUFFIXES)
HUGO_FOLDER = "config/_default"
HUGO_TABLES = ("permalinks", "params", "languages", "services", "outputs", "pagination")

_HUGOS_KEYS = frozenset(
    (
        *("baseurl", "languagecode", "defaultcontentlanguage", "contentdir", "permalinks", "params", "markup"),
        *("taxonomies", "outputs", "rsslimit", "enablegitinfo", "builddrafts", "publishdir", "menu", "menus"),
    )
)
_HEXOS_KEYS = frozenset(
    (
        *("new_post_name", "post_asset_folder", "public_dir", "source_dir", "skip_render", "default_layout"),
        *("filename_case", "render_drafts", "per_page", "pretty_urls", "meta_generator", "updated_option"),
        *("index_generator", "archive_generator", "archive_dir", "external_link", "default_category", "i18n_dir"),
    )
)
_JEKYLLS_KEYS = frozenset(
    (
        *("plugins", "gems", "markdown", "kramdown", "redcarpet", "rdiscount", "collections", "defaults", "baseurl"),
        *("highlighter", "pygments", "sass", "destination", "whitelist", "paginate", "paginate_path", "liquid"),
        *("show_drafts", "future", "lsi", "safe", "repository", "exclude"),
    )
)

FEEDS_OF_JEKYLL = (
    *("feed.xml", "atom.xml", "rss.xml", "index.xml", "feed/index.xml", "feed/atom.xml", "blog/feed.xml"),
    *("blog/atom.xml", "feeds/all.atom.xml", "rss/index.xml", "feed.atom", "feed.rss"),
)
"""Where Jekyll's sites have their feed's template."""

INPUTS_OF_ELEVENTY = ("src", "content", "source", "site", "")
FEEDS_OF_ELEVENTY = (
    *("feed.njk", "feed/feed.njk", "feed.xml.njk", "rss.njk", "atom.njk", "feed/index.njk", "feed.liquid"),
)
DATA_OF_ELEVENTY = ("json", "11tydata.json", "11tydata.js", "11tydata.cjs")
"""What ends the name of a file with the data of a whole folder, after the folder's own name."""


@dataclass(slots=True)
class Configuration:
    """An engine's configuration.

    Args:
        engine: its name, e.g. "Jekyll".
        file: the file that says most, below the site's folder.
        values: what it says.
        files: top-level key -> the file that says it, where that is another.
        unread: what could not be read.
    """

    engine: str
    file: str
    values: Mapping[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    unread: list[Unreadable] = field(default_factory=list)


def of_folder(root: Path) -> Configuration | None:
    """The configuration of the engine whose site a folder is; None where it is no known engine's."""
    return next((found for read in _READERS if (found := read(root))), None)


def hexo(root: Path) -> Configuration | None:
    """That of Hexo, which has the name of Jekyll's."""
    found = _table(root, "Hexo", YAML_OF_JEKYLL[:2])
    return found if found and _is_hexos(root, found.values) else None


def _is_hexos(root: Path, values: Mapping[str, Any]) -> bool:
    """Whether there is more of Hexo than of Jekyll."""
    hexos = len(_HEXOS_KEYS & set(values)) + 2 * is_folder(root, "scaffolds") + 3 * ('"hexo"' in package_of(root))
    jekylls = len(_JEKYLLS_KEYS & set(values)) + 3 * is_there(root, "Gemfile") + 2 * is_folder(root, "_layouts")
    return hexos > jekylls


def package_of(root: Path) -> str:
    """The text of the site's `package.json`; empty where there is none that can be read."""
    try:
        return text_of(root, "package.json") if is_there(root, "package.json") else ""
    except Unreadable:
        return ""


def jekyll(root: Path) -> Configuration | None:
    """That of Jekyll or Octopress."""
    found = _table(root, "Jekyll", YAML_OF_JEKYLL)
    if found is None:
        return None
    octopress = is_there(root, "plugins") or "octopress" in str(found.values.get("theme", "")).lower()
    if "category_dir" in found.values or (octopress and "code_dir" in found.values):
        found.engine = "Octopress"
    return found


def zola(root: Path) -> Configuration | None:
    """That of Zola: `config.toml` (or `zola.toml`) with `base_url`."""
    found = _table(root, "Zola", ZOLA)
    if found is None or "base_url" in found.values:
        return found
    unsure = found.unread and (found.file != "config.toml" or _looks_like_zolas(root, found.file))
    return found if unsure else None


def _looks_like_zolas(root: Path, file: str) -> bool:
    try:
        return re.search(r"^[ \t]*base_url[ \t]*=", text_of(root, file), re.MULTILINE) is not None
    except Unreadable:
        return is_folder(root, "templates") and not is_folder(root, "layouts")


def hugo(root: Path) -> Configuration | None:
    """That of Hugo, with its keys in lower case, as Hugo reads them."""
    file = first_there(root, HUGO)
    folder = HUGO_FOLDER if is_folder(root, HUGO_FOLDER) else "config" if is_folder(root, "config") else None
    found = Configuration("Hugo", file or f"{folder}/")
    values: dict[str, Any] = {}
    if file:
        try:
            values = _lower(table_of(root, file))
        except Unreadable as problem:
            if not _looks_like_hugos(root, file):
                return None
            found.unread.append(problem)
        else:
            if not file.startswith("hugo") and not _is_hugos(values):
                return None
    for name, own, table in _parts(root, folder, found):
        part = table if name in ("hugo", "config") else {name: table}
        values = {**values, **part}
        found.files.update(dict.fromkeys(part, own))
    if file is None and not _HUGOS_KEYS & set(values):
        return None
    found.values = values
    return found


def _parts(root: Path, folder: str | None, found: Configuration) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The files of the configuration's folder, each a table of its own but for the first: its name, file and keys."""
    for name in ("hugo", "config", *HUGO_TABLES) if folder else ():
        file = first_there(root, [f"{folder}/{name}{suffix}" for suffix in SUFFIXES])
        if file is None:
            continue
        try:
            yield name, file, _lower(table_of(root, file))
        except Unreadable as problem:
            found.unread.append(problem)


def _lower(tree: Any) -> Any:
    return {str(key).lower(): _lower(value) for key, value in tree.items()} if isinstance(tree, dict) else tree


def _is_hugos(values: Mapping[str, Any]) -> bool:
    """Whether a file that is merely called `config` is Hugo's: many have a key such as `params`."""
    return "baseurl" in values or len(_HUGOS_KEYS & set(values)) > 1


def _looks_like_hugos(root: Path, file: str) -> bool:
    if file.startswith("hugo"):
        return True
    try:
        return re.search(r"""^\s*["']?baseurl\b""", text_of(root, file), re.MULTILINE | re.IGNORECASE) is not None
    except Unreadable:
        return is_folder(root, "content") and not is_folder(root, "templates")


def pelican(root: Path) -> Configuration | None:
    """That of Pelican, `pelicanconf.py`, and what `publishconf.py` says over it."""
    file = first_there(root, PELICAN)
    if file is None:
        return None
    from feedwright.sources.engines.literals import python  # reads programs

    found = Configuration("Pelican", file)
    values: dict[str, object] = {}
    for name in (file, *([OVER_PELICAN] if is_there(root, OVER_PELICAN) else [])):
        try:
            after = python(root, name, values)
            found.files.update({key: name for key in after if after[key] is not values.get(key)})
            values = after
        except Unreadable as problem:
            found.unread.append(problem)
    found.values = values
    return found


def nikola(root: Path) -> Configuration | None:
    """That of Nikola, `conf.py`; Sphinx's has the same name."""
    if not is_there(root, NIKOLA):
        return None
    from feedwright.sources.engines.literals import python  # reads programs

    found = Configuration("Nikola", NIKOLA)
    try:
        found.values = python(root, NIKOLA)
    except Unreadable as problem:
        if not _looks_like_nikolas(root):
            return None
        found.unread.append(problem)
    else:
        if not {"BLOG_TITLE", "SITE_URL", "POSTS"} & set(found.values):
            return None
    return found


def _looks_like_nikolas(root: Path) -> bool:
    try:
        return re.search(r"^(BLOG_TITLE|SITE_URL|POSTS)[ \t]*=", text_of(root, NIKOLA), re.MULTILINE) is not None
    except Unreadable:
        return False


def eleventy(root: Path) -> Configuration | None:
    """That of Eleventy, a program, of which nothing is read here."""
    file = first_there(root, ELEVENTY)
    return Configuration("Eleventy", file) if file else None


def docusaurus(root: Path) -> Configuration | None:
    """That of Docusaurus, a program, of which nothing is read here."""
    file = first_there(root, DOCUSAURUS)
    return Configuration("Docusaurus", file) if file else None


def _table(root: Path, engine: str, names: tuple[str, ...]) -> Configuration | None:
    """The first of these files, which holds a table."""
    file = first_there(root, names)
    if file is None:
        return None
    found = Configuration(engine, file)
    try:
        found.values = table_of(root, file)
    except Unreadable as problem:
        found.unread.append(problem)
    return found


_READERS: tuple[Callable[[Path], Configuration | None], ...] = (
    *(hexo, jekyll, zola, hugo, pelican, nikola, eleventy, docusaurus),
)
