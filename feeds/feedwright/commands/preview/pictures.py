"""A site's own pictures, put into the page of a preview: it shows them before the site is on the web.

They are read from the folder of the built site and from the content folders, and from nowhere else: no hidden file, and
nothing that a link leads out to. What is put in is a picture by its name and by its first bytes, and not too large.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from posixpath import dirname, relpath

from feedwright import bounded
from feedwright.commands.preview.reader_view import Entry, Feed
from feedwright.config import Config
from feedwright.config.folders import is_below
from feedwright.errors import FeedsError
from feedwright.pages.addresses import below
from feedwright.state.catalog import Catalog
from feedwright.state.sqlite import read_in_place

LARGEST = 8 * 2**20
"""Bytes of a picture."""
MOST = 32 * 2**20
"""Bytes of all pictures of a page."""

_SIGNS: Mapping[str, tuple[str, re.Pattern[bytes]]] = {
    "png": ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    **dict.fromkeys(("jpg", "jpeg", "jpe"), ("image/jpeg", re.compile(rb"\xff\xd8\xff"))),
    "gif": ("image/gif", re.compile(rb"GIF8[79]a")),
    "webp": ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    "avif": ("image/avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    "bmp": ("image/bmp", re.compile(rb"BM")),
    "ico": ("image/x-icon", re.compile(rb"\x00\x00\x01\x00")),
    # In an <img> it runs no script and fetches nothing.
    "svg": (
        "image/svg+xml",
        re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<svg\b", re.DOTALL),
    ),
}
"""Suffix -> media type, and how such a file begins."""
_HEAD = 4096

_IMG = re.compile(r"<img\b[^<>]*>")
_SOURCE = re.compile(r'(?<= src=")[^"]*(?=")')
_SETS = re.compile(r' (?:srcset|sizes)="[^"]*"')
_POSTER = re.compile(r'(<video\b[^<>]* poster=")([^"]*)(?=")')
_PICTURE = re.compile(r"(<picture\b[^<>]*>)(.*?)(</picture>)", re.DOTALL)
_SOURCES = re.compile(r"<source\b[^<>]*>")


@dataclass(slots=True)
class Pictures:
    """The pictures of a site.

    Args:
        site: its address; ends in "/".
        pages: the folder of the built site; None where there is none.
        content: its content folders.
        files: an article's address -> the folder of its file.
        found: what was looked for -> its data URL, or None.
        size: bytes of those that were found.
    """

    site: str
    pages: Path | None
    content: tuple[Path, ...]
    files: Mapping[str, Path]
    found: dict[str, str | None] = field(default_factory=dict)
    size: int = 0

    def data_url(self, url: str, link: str) -> str | None:
        """A picture as a URL that holds it; None for one of another site, and where none is found.

        Args:
            url: of the picture, absolute.
            link: of the article's page.
        """
        path = below(url.partition("#")[0].partition("?")[0], self.site)
        if not path:
            return None
        for folder, name in self._places(path, link):
            file = f"{folder}/{name}"
            if file not in self.found:
                content = _picture(folder, name) if self.size < MOST else None
                self.size += len(content[1]) if content else 0
                self.found[file] = content and f"data:{content[0]};base64,{base64.b64encode(content[1]).decode()}"
            if found := self.found[file]:
                return found
        return None

    def _places(self, path: str, link: str) -> Iterator[tuple[Path, str]]:
        """Where a picture may be: where the engine put it, as it is written, and beside the article's file."""
        if self.pages is not None:
            yield self.pages, path
        yield from ((folder, path) for folder in self.content)
        page = below(link, self.site)
        if page is None:
            return
        # As it was written: from the article's address, by which readers find it.
        written = relpath(f"/{path}", dirname(f"/{page}"))
        beside = self.files.get(link)
        folders = [beside] if beside else [folder / dirname(page.rstrip("/")) for folder in self.content]
        for there in folders:
            file = os.path.normpath(there / written)
            for folder in self.content:
                if is_below(file, str(folder)):
                    yield folder, os.path.relpath(file, folder)


def pictures_of(config: Config) -> Pictures:
    """Where the pictures of a site are.

    Args:
        config: its configuration; of which article is where, the catalog of its last build tells.
    """
    content = tuple(config.home_of(folder) for folder in config.content)
    files: dict[str, Path] = {}
    try:
        if (config.state / Catalog.FILE).is_file():
            with read_in_place(Catalog, config.state, "") as catalog:
                files = {row.url: (config.home / row.key).parent for row in catalog.rows()}
    except FeedsError:
        pass  # it only tells where pictures may be
    return Pictures(config.site.url, config.pages.folder if config.pages else None, content, files)


def with_pictures(feed: Feed, pictures: Pictures) -> Feed:
    """A feed whose pictures of the site are in it."""
    return replace(feed, entries=tuple(_with_pictures(entry, pictures) for entry in feed.entries))


def _with_pictures(entry: Entry, pictures: Pictures) -> Entry:
    def shown(tag: str) -> str:
        source = _SOURCE.search(tag)
        found = pictures.data_url(unescape(source[0]), entry.link) if source else None
        return _SETS.sub("", _SOURCE.sub(lambda _: str(found), tag)) if found else tag

    def whole(match: re.Match[str]) -> str:
        inside = _IMG.sub(lambda tag: shown(tag[0]), match[2])
        # Browsers take the first source that they can: each may be one that is not on the web.
        return match[1] + (_SOURCES.sub("", inside) if inside != match[2] else inside) + match[3]

    def poster(match: re.Match[str]) -> str:
        return match[1] + (pictures.data_url(unescape(match[2]), entry.link) or match[2])

    body = _PICTURE.sub(whole, entry.body)
    body = _POSTER.sub(poster, _IMG.sub(lambda tag: shown(tag[0]), body))
    image = pictures.data_url(entry.image, entry.link) if entry.image else None
    return replace(entry, body=body, image=image or entry.image)


def _picture(folder: Path, name: str) -> tuple[str, bytes] | None:
    """The media type and the bytes of a picture below a folder; None where it is none, or outside."""
    parts: Sequence[str] = name.split("/")
    kind = _SIGNS.get(name.rpartition(".")[2].lower())
    if kind is None or any(part in ("", "..") or part.startswith(".") or "\0" in part for part in parts):
        return None
    try:
        real = os.path.realpath(folder / name)
        if not is_below(real, os.path.realpath(folder)):
            return None
        content = bounded.read_regular(real, LARGEST, links=False)
    except (OSError, ValueError):
        return None
    return (kind[0], content) if kind[1].match(content[:_HEAD]) else None
