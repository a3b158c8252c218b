"""What an article's surroundings say of it: folders of languages and categories, and the site's data on authors."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.articles.model import DEEPEST, Around
from feedwright.model import Person
from feedwright.sources.folder import engine_privacy
from feedwright.sources.model import OF_DATA
from feedwright.text.language_tags import is_certain, is_code, tag

if TYPE_CHECKING:
    from feedwright.config import Config

MOST_FOLDERS = 64
_BESIDE = ("", "_data", "data", "src/_data", "source/_data", "content")
_NAMES = ("authors", "author", "_authors")

_OF_DOCUSAURUS = "i18n"


def look(config: Config, folders: Mapping[str, int]) -> Around:
    """Look around, once a run.

    Args:
        folders: from the site's folder, that hold articles -> how many.
    """
    if config.content == ("",):
        return _of_folder(config, "", folders)
    whole = languages(folders)
    return Around(
        of_folders={one: _named(_of_folder(config, one, folders), config, one, whole) for one in config.content}
    )


def _of_folder(config: Config, content: str, folders: Mapping[str, int]) -> Around:
    """What is known of the articles of one content folder.

    Args:
        folders: as `look` takes them.
    """
    own = below(content, folders)
    known: Mapping[str, Person] = {}
    places = list(_authors(config.root / content, _ancestors(own)))
    if content:
        places += _authors(config.root, ())
    if places:
        from feedwright.sources.folder import author_files  # most sites have no such data

        known = author_files.of_site(config, places)
    rules = engine_privacy.of_site(config.root / content, own, config.root)
    return Around(languages(own), _posts(own), known, rules=rules)


def below(content: str, folders: Mapping[str, int]) -> Mapping[str, int]:
    """Of folders from the site's those in a content folder, from there."""
    start = len(content) + 1
    inside = (one for one in folders if one == content or one.startswith(f"{content}/"))
    return {one[start:]: folders[one] for one in inside} if content else folders


def _named(around: Around, config: Config, content: str, whole: Mapping[str, str]) -> Around:
    """What a content folder's own name, and those of the folders that it is in, say of its articles.

    Args:
        whole: the folders of languages, from the site's.
    """
    from feedwright.articles.permalinks import section_of  # most sites have one content folder

    parts = content.split("/")
    above = ("/".join(parts[:depth]) for depth in range(len(parts), 0, -1))
    language = next((whole[folder] for folder in above if folder in whole), None)
    section = "" if len(config.content) == 1 or content in whole else section_of(f"{parts[-1]}/x.md")
    own = {"": language, **around.languages} if language else around.languages
    return around._replace(languages=own, section=section)


def _authors(start: Path, folders: Iterable[str]) -> Iterator[str]:
    """The files and folders that hold the site's own data on its authors.

    Args:
        start: a content folder, or the site's.
        folders: of articles, below it, in which data may stand as well.
    """
    for place in dict.fromkeys((*_BESIDE, *list(folders)[:MOST_FOLDERS])):
        for name in _NAMES:
            path = os.path.join(start, place, name)  # noqa: PTH118
            yield from (path + suffix for suffix in OF_DATA if os.path.isfile(path + suffix))  # noqa: PTH113
            if os.path.isdir(path):  # noqa: PTH112
                yield path


def languages(folders: Iterable[str]) -> dict[str, str]:
    """The folders that stand for a language: `es/`, `content/de/`, `i18n/pt-BR/`.

    Of the folders that stand side by side, those named by a language code count where at least one of the codes is no
    usual name for anything else (as `it`, `ml` and `eu` are), and none of the others has two letters as countries have
    (`us`, `jp`).

    Args:
        folders: of articles, below the folder that they are named from.
    """
    beside: dict[str, set[str]] = {}
    for folder in folders:
        parts = folder.split("/")[:DEEPEST] if folder else []
        for depth, name in enumerate(parts):
            beside.setdefault("/".join(parts[:depth]), set()).add(name)
    found = {}
    for above, names in sorted(beside.items()):
        codes = sorted(name for name in names if is_code(name))
        certain = above.rpartition("/")[2] == _OF_DOCUSAURUS or any(map(is_certain, codes))
        others = [name for name in names if len(name) == 2 and name.isalpha() and name not in codes]
        if certain and not others:
            found.update({f"{above}/{code}" if above else code: tag(code) for code in codes})
    return found


def _posts(folders: Iterable[str]) -> str | None:
    """The common beginning of what stands before `_posts`: categories are the folders after it."""
    paths = {tuple(parts[: parts.index("_posts")]) for folder in folders if "_posts" in (parts := folder.split("/"))}
    if not paths:
        return None
    common: list[str] = []
    for names in zip(*sorted(paths), strict=False):
        if len(set(names)) > 1:
            break
        common.append(names[0])
    return "".join(f"{part}/" for part in common)


def _ancestors(folders: Mapping[str, int]) -> list[str]:
    """Folders with more than one article, down to the third, those with the most articles first; the root is one."""
    held: Counter[str] = Counter({"": 0})
    for folder, count in folders.items():
        parts = folder.split("/") if folder else []
        for depth in range(len(parts[:3]) + 1):
            held["/".join(parts[:depth])] += count
    return [name for name, count in sorted(held.items(), key=lambda one: (-one[1], one[0])) if count > 1 or not name]
