"""The folder that a site's engine builds into: by its own setting, else by the usual names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from feedwright.commands.engines.findings import Finding, Recognised
from feedwright.sources.engines.files import MOST_ENTRIES, is_inside

USUAL = ("public", "_site", "dist", "build", "output", "site", ".vitepress/dist", "docs/.vitepress/dist")
SITEMAPS = ("sitemap.xml", "sitemap-index.xml", "sitemap_index.xml", "sitemapindex.xml", "sitemap.xml.gz")
_HEAD = 65_536
_PAGES = (".html", ".htm")
_FIRST = 2_000
_CANONICAL = re.compile(
    r"""<(?:link\s[^<>]*?\brel=["']?canonical["']?[^<>]*?\bhref|meta\s[^<>]*?\bproperty=["']?og:url["']?[^<>]*?"""
    r"""\bcontent)=["']?(https?://[^"'\s<>]{1,500})""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{1,300})</title", re.IGNORECASE)


class Built(NamedTuple):
    """A built site.

    Args:
        name: its folder, from the site's; may lead up.
        folder: it.
        where: how it was found, e.g. "as Hugo is told to".
    """

    name: str
    folder: Path
    where: str


def find(found: Recognised) -> Built | None:
    """The folder that holds the pages of a site; None where there is none, or none that is built."""
    named = [(found.built, f"as {found.engine} is told to, or does by itself")] if found.built else []
    for name, where in (*named, *((name, "a usual name") for name in USUAL)):
        folder = _folder(found.root, name)
        if folder is None or found.content.is_relative_to(folder):
            continue
        if next(pages_below(folder, _FIRST), None) and (where != "a usual name" or (folder / "index.html").exists()):
            return Built(Path(os.path.relpath(folder, found.root)).as_posix(), folder, where)
    return None


def _folder(root: Path, name: str) -> Path | None:
    try:
        folder = Path(os.path.realpath(root / name))
        # Above the site's folder only beside it: what is further up is another's.
        near = folder.is_relative_to(root) or folder.is_relative_to(root.parent)
        return folder if near and folder != root and folder != root.parent and folder.is_dir() else None
    except (OSError, ValueError):
        return None


def pages_below(folder: Path, most: int = 20 * MOST_ENTRIES) -> Iterator[str]:
    """The paths of pages below a built site's folder, in order; links to folders are not followed.

    Args:
        most: files that are looked at.
    """
    seen = 0
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("node_modules", ".git", ".feeds"))
        below = Path(where).relative_to(folder)
        for name in sorted(files):
            seen += 1
            if name.endswith(_PAGES) and _is_own(folder, Path(where) / name):
                yield (below / name).as_posix()
        if seen > most:
            return


def _is_own(folder: Path, file: Path) -> bool:
    """Whether a page is a file that can be read, and no link out of the folder."""
    if file.is_symlink() and not is_inside(folder, file):
        return False
    return file.is_file() and os.access(file, os.R_OK)


def has_sitemap(built: Built | None) -> bool:
    """Whether there is a sitemap already, which only an engine can have made."""
    return built is not None and any((built.folder / name).is_file() for name in SITEMAPS)


def has_home_page(built: Built) -> bool:
    """Whether there is a page at the site's root."""
    return (built.folder / "index.html").is_file()


def of_home_page(built: Built | None) -> Iterator[Finding]:
    """What the home page of a built site says of the site: its address and title, all of it a guess."""
    try:
        text = (built.folder / "index.html").read_bytes()[:_HEAD].decode("utf-8", "replace") if built else ""
    except OSError:
        return
    where = f"{built.name}/index.html" if built else ""
    if address := _CANONICAL.search(text):
        yield Finding(
            "url", unescape(address[1]).removesuffix("index.html").rstrip("/") + "/", "guess", f"{where}: canonical"
        )
    if title := _TITLE.search(text):
        yield Finding("title", " ".join(unescape(title[1]).split()), "guess", f"{where}: title")
