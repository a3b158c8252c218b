"""Which files of an engine's site are its posts, as far as that cannot be told by a date of their own."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Literal, NamedTuple

from feedwright.text.globs import matches

Standing = Literal["post", "undated", "page"]
"""What a file without a date is: an article that its first commit may date; one that only its author, or the site's
`undated`, can date; no article."""

_INDEXES = (".md", ".markdown", ".html", ".adoc", ".rst")
_PAGES = (".html", ".htm", ".xhtml")


class Engine(NamedTuple):
    """The engine that makes a site, and where it has its posts.

    Args:
        name: e.g. "Jekyll".
        above: the path from the site's folder down to the content folder, empty or ending in "/".
        posts: globs of files that are posts, below the site's folder.
        pages: globs of files that are none, whatever else is said.
        tags: of which any makes a post of a file.
        needs_date: it takes no post without a date.
        needs_front_matter: it takes no post without front matter.
        bundles: what stands beside or below a post that is an `index` file belongs to that.
        languages: of the site, in lower case, as suffixes of files' names have them.
    """

    name: str
    above: str = ""
    posts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    needs_date: bool = False
    needs_front_matter: bool = False
    bundles: bool = False
    languages: tuple[str, ...] = ()

    def standing(self, content: Path, key: str, *, front_matter: bool, tags: Collection[str]) -> Standing:
        """What a file is that has no date.

        Args:
            content: the content folder.
            key: the file, below it.
            front_matter: whether it has any.
            tags: that it has.
        """
        path = self.above + key
        if self.bundles and _is_in_bundle(content, key):
            return "page"
        if matches(path, self.pages) or not (matches(path, self.posts) or not set(self.tags).isdisjoint(tags)):
            return "page"
        # A page of HTML without front matter is no post for where it stands.
        needs_front_matter = self.needs_front_matter or path.lower().endswith(_PAGES)
        needs_more = self.needs_date or (needs_front_matter and not front_matter)
        return "undated" if needs_more else "post"


def _is_in_bundle(content: Path, key: str) -> bool:
    parts = key.split("/")
    folders = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    if parts[-1].startswith("index."):
        folders = folders[:-1]
    return any(os.path.exists(content / folder / f"index{end}") for folder in folders for end in _INDEXES)  # noqa: PTH110
