"""Reads the files of other engines without trusting them: bounded, never executed, none outside the site's folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from feedwright.text import nesting

LARGEST = 256 * 1024
MOST_ENTRIES = 20_000
SAMPLE = 200
SUFFIXES = (".md", ".markdown", ".mkd", ".mdx", ".html", ".htm", ".rst", ".adoc")
SECTIONS = ("blog", "posts", "post", "news", "articles", "article", "writing", "essays", "notes", "journal")
"""How folders of posts are named."""
_HEAD = 4096


class Unreadable(Exception):
    """A configuration file cannot be read.

    Args:
        name: of the file, below the site's folder.
        why: what is wrong with it.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


def is_inside(root: Path, path: Path) -> bool:
    """Whether a path, with every symbolic link followed, is the folder `root` or below it."""
    real = os.path.realpath(path)
    top = os.path.realpath(root)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def is_there(root: Path, name: str) -> bool:
    """Whether a site has something by that name, also where it is a link that leads nowhere."""
    try:
        return os.path.lexists(root / name)
    except ValueError:
        return False


def is_folder(root: Path, name: str) -> bool:
    """Whether a name is that of a folder in the site; one outside is none."""
    try:
        return is_inside(root, root / name) and (root / name).is_dir()
    except (OSError, ValueError):
        return False


def text_of(root: Path, name: str) -> str:
    """A file's text, lines ending in "\\n".

    Raises:
        Unreadable: it leads out of `root`, is no file, too large, or no UTF-8.
    """
    path = root / name
    try:
        if not is_inside(root, path):
            raise Unreadable(name, "leads out of the site's folder, and was not read")
        # Without O_NONBLOCK a named pipe would be waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable(name, "is not a file")
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Unreadable(name, f"has more than {LARGEST:,} bytes, and was not read")
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Unreadable(name, "is not UTF-8") from None
    except OSError as error:
        raise Unreadable(name, f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise Unreadable(name, f"cannot be read: {error}") from None


def tree_of(root: Path, name: str) -> Any:
    """What a YAML, TOML or JSON file holds.

    Raises:
        Unreadable: it cannot be read, or is not what its suffix says.
    """
    text = text_of(root, name)
    try:
        return _parser(name)(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(name, f"cannot be understood: {str(error).splitlines()[0] if str(error) else 'it'}") from None


def table_of(root: Path, name: str) -> dict[str, Any]:
    """What a YAML, TOML or JSON file holds, which must be a table; an empty file is an empty one.

    Raises:
        Unreadable: it cannot be read, or holds no table.
    """
    tree = tree_of(root, name)
    if tree is None or tree == "":
        return {}
    if not isinstance(tree, dict):
        raise Unreadable(name, "holds no keys")
    return tree


def _parser(name: str) -> Callable[[str], Any]:
    if name.endswith((".yml", ".yaml")):
        return _yaml
    if name.endswith(".toml"):
        return _toml
    return nesting.json_loads


def _toml(text: str) -> object:
    return nesting.toml_loads(text)


def _yaml(text: str) -> object:
    from feedwright.articles.frontmatter import yaml

    read = yaml.load(text.replace("\0", "")).value
    # Several documents: the first is the configuration.
    return read[0] if isinstance(read, list) and read and re.search(r"^---", text, re.MULTILINE) else read


def first_there(root: Path, names: Iterable[str]) -> str | None:
    """The first of these names that the site has."""
    return next((name for name in names if is_there(root, name)), None)


def articles_below(folder: Path, most: int = MOST_ENTRIES) -> Iterator[Path]:
    """Files that may be articles, in order; links are not followed, nor dot-folders, nor more than `most` entries."""
    seen = 0
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for name in sorted(files):
            seen += 1
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "_index.")):
                yield Path(where) / name
        if seen + len(folders) > most:
            return
        seen += len(folders)


def has_articles(folder: Path) -> bool:
    return next(articles_below(folder), None) is not None


def heads(folder: Path) -> Iterator[tuple[Path, str]]:
    """The first articles below a folder, each with the text that it begins with."""
    for count, path in enumerate(articles_below(folder)):
        if count == SAMPLE:
            return
        try:
            if path.is_symlink() or not path.is_file():
                continue
            with path.open("rb") as file:
                yield path, file.read(_HEAD).decode("utf-8", "replace")
        except OSError:
            continue


def mostly(folder: Path, key: str) -> bool:
    """Whether more than half of the articles below a folder name a key in their front matter."""
    pattern = re.compile(rf"""^[ \t]*:?["']?{key}["']?[ \t]*[:=]""", re.MULTILINE | re.IGNORECASE)
    found = [pattern.search(text) is not None for _, text in heads(folder)]
    return sum(found) * 2 > len(found)
