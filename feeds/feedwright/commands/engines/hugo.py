"""Hugo: `hugo.toml` or `config.toml`, in YAML or JSON too, or the files of `config/_default/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from inspect import signature
from pathlib import Path

from feedwright.commands.engines import permalink_patterns
from feedwright.commands.engines.findings import PATHS, Notes, Recognised, number, said, scalar, words
from feedwright.commands.engines.folders import choose, prefix, sections
from feedwright.config import Config
from feedwright.sources.engines import configuration
from feedwright.sources.engines.files import has_articles, is_folder

_WORDS = {
    "slug": "{hugo_slug}",
    "slugorfilename": "{slug_or_name}",
    "slugorcontentbasename": "{slug_or_name}",
    "filename": "{name}",
    "contentbasename": "{name}",
    "title": "{title}",
    "section": "{section}",
    "sections": "~{section}",
}


def read(root: Path, within: Path) -> Recognised | None:
    """Read Hugo's configuration; None where there is none.

    Args:
        root: the folder to look in.
        within: the folder that the user named.

    Source: Hugo's documentation, "All settings", "URL management" and "RSS templates".
    """
    found = configuration.hugo(root)
    if found is None:
        return None
    notes = Notes.of(found)
    base = _content_folder(root, notes)
    below = [name for name in _main_sections(base, notes) if is_folder(base, name)]
    patterned = {name: _pattern(name, notes) for name in below}
    several = len(below) > 1 and len(set(patterned.values())) == 1
    start = prefix(base, root).strip("/")
    names = [f"{start}/{name}" for name in below]
    content = choose(root, within, [start, *names] if several else [*names, start])
    notes.first("title", "title", f"languages.{_language(notes)}.title", "params.title")
    notes.first("url", "baseurl")
    notes.first("description", "params.description", "description")
    if _language_dir(notes):
        # Files are told apart by the names of languages, not by what their pages say.
        notes.add("language", _language(notes), f"{notes.file}: defaultContentLanguage")
    notes.language("languagecode", f"languages.{_language(notes)}.languagecode", "locale", "defaultcontentlanguage")
    notes.add("language", "en", f"{notes.file}: no language is set, which is en", "guess")
    notes.first("timezone", "timezone")
    notes.add("timezone", "UTC", f"{notes.file}: timeZone is not set, which is UTC")
    for where in ("params.author", "author", "params.authors"):
        notes.author(notes.said(where), where)
    if several and content == base:
        usual = signature(Config).parameters["include"].default
        globs = [f"{name}/{glob}" for name in below for glob in usual]
        notes.add("include", globs, f"{notes.file}: its sections", "guess")
    _permalink(content, base, start, patterned, notes)
    _feed(notes)
    notes.settle()
    inside = below if several and content == base else [prefix(content, base).strip("/")]
    names = [f"{start}/{name}" for name in inside] if several and content == base else []
    others = _others(root, base, inside, notes)
    built = scalar(notes.values.get("publishdir")) or "public"
    return Recognised("Hugo", root, content, tuple(notes.found), built=built, also=(*names, *others))


def _language(notes: Notes) -> str:
    return (scalar(notes.values.get("defaultcontentlanguage")) or "en").lower()


def _content_folder(root: Path, notes: Notes) -> Path:
    """The content folder; of a site that has one for each language, the default language's."""
    language = _language(notes)
    own = scalar(notes.said(f"languages.{language}.contentdir"))
    names = (own, scalar(notes.values.get("contentdir")), "content")
    folder = next((root / name for name in names if name and is_folder(root, name)), root / "content")
    inside = folder / language
    return inside if not own and is_folder(folder, language) and has_articles(inside) else folder


def _others(root: Path, base: Path, sections: Sequence[str], notes: Notes) -> Iterator[str]:
    """The same sections in the content folders of other languages."""
    languages = notes.values.get("languages")
    for language in languages.values() if isinstance(languages, dict) else ():
        folder = scalar(said(language, "contentdir"))
        if folder and is_folder(root, folder) and root / folder != base:
            yield from (f"{folder.strip('/')}/{name}".rstrip("/") for name in sections)


def _main_sections(base: Path, notes: Notes) -> list[str]:
    """The sections that hold posts: those that the site says, else those with addresses of their own, else by name."""
    named = words(notes.said("params.mainsections")) or words(notes.values.get("mainsections"))
    ruled = [name for name in _permalinks(notes) if name != "/" and is_folder(base, name) and has_articles(base / name)]
    usual = sections(base)
    return named or [name for name in ruled if name in usual] or ruled or usual


def _permalinks(notes: Notes) -> Mapping[str, str]:
    given = notes.values.get("permalinks")
    tables = [given, said(given, "page")] if isinstance(given, dict) else []
    found: dict[str, str] = {}
    for table in tables:
        for name, pattern in table.items() if isinstance(table, dict) else ():
            if isinstance(pattern, str):
                found[name.strip("/") or "/"] = pattern
    return found


def _pattern(section: str, notes: Notes) -> str | None:
    """A section's pattern, with `:section` where its own name stands."""
    pattern = _permalinks(notes).get(section.lower())
    return re.sub(rf"(?<=/){re.escape(section)}(?=/)", ":section", f"/{pattern.lstrip('/')}") if pattern else None


def _permalink(content: Path, base: Path, start: str, patterned: Mapping[str, str | None], notes: Notes) -> None:
    own = prefix(content, base).strip("/")
    section = own.partition("/")[0]
    pattern = patterned.get(section) if own else next(iter(patterned.values()), None)
    if pattern is None:
        pattern = _pattern(section, notes) if section else None
    others = sorted(name for name, ruled in patterned.items() if own and name != section and ruled != pattern)
    if others:
        notes.missing("permalink", f"{notes.file}: permalinks of {', '.join(others)} differ: one folder at a time")
    language = _language_dir(notes)
    if pattern is None:
        where = f"{notes.file}: says no permalink for these, so Hugo's own holds"
        # Below a folder of that name, the placeholder has the section itself.
        above = f"/{own}" if own and "content" not in start.split("/") else ""
        end = ".html" if notes.values.get("uglyurls") is True else "/"
        notes.add("permalink", f"{language}{above}/{{hugo_path}}{end}", where, "guess")
        return
    literal = {"section": section, "sections": f"~{section}"} if own else {}
    read_ = permalink_patterns.colons(f"{language}/{pattern.lstrip('/')}", {**_WORDS, **literal})
    permalink_patterns.note(notes, read_, f"permalinks.{section or next(iter(patterned))}")


def _language_dir(notes: Notes) -> str:
    """Where a page of a site in several languages is: below its language's folder, the default one's only if so said.

    Source: Hugo's documentation, "Multilingual mode": defaultContentLanguageInSubdir.
    """
    languages = notes.values.get("languages")
    if notes.values.get("defaultcontentlanguageinsubdir") is True:
        return "/{lang_dir}"
    return "/{other_lang_dir}" if isinstance(languages, dict) and len(languages) > 1 else ""


def _feed(notes: Notes) -> None:
    """Hugo's own feed is `index.xml`, of all pages where no limit is set."""
    home = notes.said("outputs.home")
    if isinstance(home, list) and "rss" not in [str(name).lower() for name in home]:
        notes.missing(PATHS, f"{notes.file}: outputs.home has no RSS")
    else:
        name = scalar(notes.said("outputformats.rss.basename")) or "index"
        notes.add(PATHS, {"rss": f"{name}.xml"}, f"{notes.file}: Hugo's own feed is {name}.xml")
    for where in ("services.rss.limit", "rsslimit"):
        if (limit := number(notes.said(where))) is not None:
            notes.add("limit", max(limit, 0), where)
    notes.add("limit", 0, f"{notes.file}: services.rss.limit is not set, which is all")
