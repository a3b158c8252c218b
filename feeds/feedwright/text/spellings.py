"""Whether two terms are one that is spelt otherwise: letter case, punctuation, spaces, accents, forms of Unicode."""

from __future__ import annotations

import re
import unicodedata

_TELLING = frozenset("#&%@*")
"""Punctuation, by Unicode, that tells one term from another, as symbols do: C, C# and C++ are three."""

_ACCENTS = re.compile("[\u0300-\u036f]")


def bare(term: str) -> str:
    """What all spellings of a term have in common; of one that has nothing else, itself."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", term).casefold()))
    kept = "".join(c for c in plain if unicodedata.category(c)[0] in "LMNS" or c in _TELLING)
    return unicodedata.normalize("NFC", kept) or term
