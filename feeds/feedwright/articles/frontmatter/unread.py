"""Texts that begin with what looks like front matter, and were not read as such."""

from __future__ import annotations

import re

_FENCE = re.compile(r"(?:-{3,}|\+{3,}|;{3,}|={3,}|#{3})[ \t]*\w*[ \t]*|<!--(?:[ \t]*-{3,})?")
_BRACE = re.compile(r"\{(?![%{#:])")
_KEY = re.compile(r"""[ \t{]*["']?(?P<key>[A-Za-z][\w.-]*)["']?[ \t]*(?::(?=[ \t\[{"']|$)|=(?!=)).*""")
_CUT_OFF = re.compile(r"(?:-{1,3}|\+{1,3}|;{1,3})(?:\w*\n[\w-]*)?\s*")
_LOOKED_AT = 4000


def is_cut_off(text: str) -> bool:
    """Whether a text is no more than a fence and the beginning of a key, as while a file is being saved."""
    return _CUT_OFF.fullmatch(text) is not None


def looks_like_front_matter(text: str) -> bool:
    """Whether a text begins with a fence and a key below it, or with a brace and a key in it.

    Args:
        text: without the front matter that could be read.
    """
    first, _, rest = text[:_LOOKED_AT].lstrip("\ufeff \t\n").partition("\n")
    below, blank = rest.lstrip(" \t\n").partition("\n")[0], rest.partition("\n")[0].strip() == ""
    if _BRACE.match(first):
        return _KEY.fullmatch(first if first.strip() != "{" else below) is not None
    found = _KEY.fullmatch(below) if _FENCE.fullmatch(first) else None
    # Below a rule and a blank line, "Note: …" may well begin a text.
    return found is not None and not (blank and not _is_of_front_matter(found["key"]))


def _is_of_front_matter(key: str) -> bool:
    from feedwright.articles.fields import is_known  # hardly any text gets here

    return is_known(key.lower())
