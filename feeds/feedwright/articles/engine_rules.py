"""What the configuration of a site's engine keeps from the public, as data; `engine_privacy` finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from feedwright.text.globs import matches


class PathRule(NamedTuple):
    """Articles that are kept from the public for where they stand.

    Args:
        pattern: a beginning of the path ("/guide/"), the end of a file's ("notes/plan.md"), or, after "^", an
            expression; as VuePress's themes have them.
        why: the key of the engine's configuration.
        within: the engine's folder of pages below the content folder, ending in "/"; empty where it is that or above.
        above: the content folder below the engine's folder of pages, likewise.
    """

    pattern: str
    why: str
    within: str = ""
    above: str = ""

    def covers(self, key: str, address: str) -> bool:
        """Whether an article is meant, by its file below the content folder or the path of its address."""
        if not key.startswith(self.within):
            return False
        file = f"{self.above}{key[len(self.within) :]}"
        path = f"/{file}"
        page = path.rpartition(".")[0]
        names = (path, f"{page}.html", f"{page}/", file, address)
        if self.pattern.startswith("^"):
            try:
                return any(re.match(self.pattern, name) for name in names)
            except re.error:
                return True  # what an expression of JavaScript means is not known here
        if self.pattern.endswith(".md"):
            return path.endswith(f"/{self.pattern.lstrip('/')}")
        return any(name.startswith(self.pattern) for name in names if name)


class Defaults(NamedTuple):
    """Front matter that a folder's articles have where they do not say otherwise.

    Args:
        globs: of the articles' files, below the content folder.
        values: of keys that may keep an article back.
    """

    globs: tuple[str, ...]
    values: Mapping[str, object]


class EngineRules(NamedTuple):
    """What an engine's configuration keeps from the public.

    Args:
        everything: the key by which all pages are; empty where they are not.
        tags: terms whose articles are, in exactly this spelling.
        titles: of articles that are.
        paths: where articles are.
        allowed_by: keys of which an article needs one that is true, or it is not for the public.
        password_keys, hiding_keys: further keys that protect an article, or keep it out of lists, spelled plainly.
        empty_protects: whether a `password` without a value protects as well.
        levels: whether any `level` protects.
        tag_marks: whether the tags "private" and "draft" are marks; None where it is not known.
        is_vault: whether articles are notes of Obsidian, where "%%" begins a comment.
        defaults: of folders; the later ones count first.
    """

    everything: str = ""
    tags: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    paths: tuple[PathRule, ...] = ()
    allowed_by: tuple[str, ...] = ()
    password_keys: tuple[str, ...] = ()
    hiding_keys: tuple[str, ...] = ()
    empty_protects: bool = False
    levels: bool = False
    tag_marks: bool | None = None
    is_vault: bool = False
    defaults: tuple[Defaults, ...] = ()

    def joined(self, other: EngineRules) -> EngineRules:
        """Both: what either keeps from the public is kept."""
        both: dict[str, object] = {}
        for name in self._fields:
            mine, theirs = getattr(self, name), getattr(other, name)
            both[name] = (*mine, *theirs) if isinstance(mine, tuple) else mine or theirs
        if other.tag_marks is False and self.tag_marks is None:
            both["tag_marks"] = False
        return EngineRules(**both)  # type: ignore[arg-type]

    def values_for(self, key: str) -> dict[str, object]:
        """The front matter that an article has from its folders.

        Args:
            key: its file, below the content folder.
        """
        found: dict[str, object] = {}
        for one in self.defaults:
            if matches(key, one.globs):
                found.update(one.values)
        return found


NO_RULES = EngineRules()
