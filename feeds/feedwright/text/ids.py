"""Permanent ids of articles that have none yet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from feedwright.errors import IdentityError, Problem

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_AUTHORITY = re.compile(rf"(?:[A-Za-z0-9._-]+@)?{_LABEL}(?:\.{_LABEL})*")
_IN_PATH = "/:@!$&'()*+,;=~"
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_.~/-]*")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")


def tag_uri(authority: str, day: date, path: str) -> str:
    """Mint the permanent id of an article that has none.

    Args:
        authority: a domain name or e-mail address that the site held on `day`.
        day: the article's date, in the site's time zone.
        path: of the article's file below the content folder, "/"-separated, without suffix.

    Returns: a tag URI, percent-encoded, e.g. "tag:example.org,2026-03-01:posts/tides".

    Raises:
        IdentityError: `authority` is no lower-case domain name or e-mail address.

    Source: RFC 4151 §2.1.
    """
    if not _can_mint(authority):
        raise IdentityError(
            Problem(
                severity="error",
                code="authority-invalid",
                file="",
                key="authority",
                what=f'"{authority}" is not a domain name or e-mail address that ids can be made under',
                hint="Write a domain name in lower case, e.g. example.org, or an e-mail address. No id was made.",
                source="RFC 4151 §2.1",
            )
        )
    # The same name comes composed from one file system and decomposed from another.
    plain = _PLAIN_PATH.fullmatch(path)
    specific = path if plain else quote(unicodedata.normalize("NFC", path), safe=_IN_PATH, errors="replace")
    return f"tag:{authority},{day.isoformat()}:{specific}"


@lru_cache(maxsize=64)
def _can_mint(authority: str) -> bool:
    return _AUTHORITY.fullmatch(authority) is not None


def is_absolute_iri(text: str) -> bool:
    """Whether a text can be an Atom id as it stands: a scheme, a colon, and no space or control character.

    Source: RFC 3987 §2.2.
    """
    return _IRI.fullmatch(text) is not None
