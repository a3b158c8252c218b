"""A site of an engine that is not known: Markdown beside pages that were built from it."""

from __future__ import annotations

from pathlib import Path

from feedwright.commands.engines import built
from feedwright.commands.engines.findings import Notes, Recognised
from feedwright.commands.engines.folders import choose, named_as_posts, prefix
from feedwright.sources.engines.files import articles_below, is_folder

_SOURCES = ("content", "src/content", "src", "source", "docs", "pages", "")


def read(root: Path, within: Path) -> Recognised | None:
    """See that a folder holds articles, and beside them pages; None where it does not.

    Args:
        root: the folder of the site.
        within: the folder that the user named.
    """
    wholes = [name for name in _SOURCES if name and is_folder(root, name)]
    content = choose(root, within, (*named_as_posts(_SOURCES), *wholes))
    found = Recognised("an unknown engine", root, content, ())
    pages = built.find(found)
    if pages is None or content == root:
        return None
    if not any(path.suffix.lower() in (".md", ".markdown", ".mdx") for path in articles_below(content)):
        return None
    notes = Notes(f"{pages.name}/index.html", {})
    notes.found += built.of_home_page(pages)
    first = content.relative_to(root).parts[0]
    path = prefix(content, root / first) if first in _SOURCES else prefix(content, root)
    notes.add("permalink", f"{path}/{{path}}/", f"{pages.name}: its pages", "guess")
    notes.settle()
    return Recognised("an unknown engine", root, content, tuple(notes.found))
