"""Globs on paths below the content folder: `include`, `exclude`, and the paths of a feed's filter."""

from __future__ import annotations

import re
from functools import lru_cache

from feedwright.text.characters import composed


def matches(key: str, patterns: tuple[str, ...]) -> bool:
    """Whether any pattern covers the whole path.

    Letter case counts, but in the suffix: `*.md` covers `POST.MD`. How accents are put together does not count.

    Args:
        key: a path below the content folder, "/"-separated.
        patterns: globs from the content folder down. `*` and `?` stay within one part, `**` spans parts and may
            be none (`**/*.md` covers `a.md`), `[a-z]` and `[!a-z]` are one character, a pattern that ends in "/"
            covers all that is below it.
    """
    return bool(patterns) and _compiled(patterns).match(composed(key)) is not None


def translate(pattern: str) -> str:
    """The regular expression, to be matched in full, that says the same as a glob.

    Args:
        pattern: as `matches` takes it; a `[` without its `]` is itself.
    """
    glob = re.sub(r"(?:\*\*/)+", "**/", pattern.removeprefix("./").lstrip("/"))
    if glob.endswith("/"):
        glob += "**"
    suffix = _SUFFIX.search(glob)
    stem = glob[: suffix.start()] if suffix else glob
    written = "".join(_piece(token) for token in _TOKEN.findall(stem))
    return f"{written}(?i:{re.escape(suffix[0])})" if suffix else written


_SUFFIX = re.compile(r"\.[a-z0-9]+\Z")
_MEMBERS = re.compile(r"(.)(?:-(.))?", re.DOTALL)
_TOKEN = re.compile(r"\*\*/|\*+|\?|\[[!^]?\]?[^\]/]*\]|.", re.DOTALL)


def _piece(token: str) -> str:
    if token == "**/":
        return "(?:[^/]+/)*"
    if token == "**":
        return ".*"
    if token.startswith("*"):
        return "[^/]*"
    if token == "?":
        return "[^/]"
    if token.startswith("[") and len(token) > 2:
        return _character_class(token)
    return re.escape(token)


def _character_class(token: str) -> str:
    negated = token[1] in "!^"
    members = token[2 if negated else 1 : -1]
    # Escaped one by one: what doubled signs such as -- mean in a set is to change in Python, which warns of them.
    ranges = [re.escape(first) + (f"-{re.escape(last)}" if last else "") for first, last in _MEMBERS.findall(members)]
    expression = f"(?!/)[{'^' if negated else ''}{''.join(ranges)}]"
    try:
        re.compile(expression)
    except re.error:
        return re.escape(token)
    return expression


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{translate(composed(pattern))})\Z" for pattern in patterns), re.DOTALL)
