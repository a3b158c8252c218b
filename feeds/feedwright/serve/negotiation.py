"""Which coding of a document a client is given (RFC 9110 §12.5.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

IDENTITY = "identity"
_MEMBER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")
_ALIASES = {"x-gzip": "gzip", "x-compress": "compress"}


@lru_cache(256)
def acceptable(field: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The codings that a client takes, best first; none where it takes none of them.

    Where it likes several equally, the order of `known` decides. `identity` is taken as long as it is not refused, but
    what is named is liked better.

    Args:
        field: of the request; None where there was none: nothing is then known of the client, and it is sent no coding.
        known: codings, the shortest first; `identity` is always one.
    """
    if field is None:
        return (IDENTITY,)
    weights = _weights(field)
    others = weights.get("*")
    found: list[tuple[float, int, str]] = []
    for place, coding in enumerate(known):
        weight = weights.get(coding, others)
        if weight:
            found.append((-weight, place, coding))
    plain = weights.get(IDENTITY, others)
    if plain is None:
        found.append((0, 0, IDENTITY))
    elif plain:
        found.append((-plain, len(known), IDENTITY))
    return tuple(coding for _, _, coding in sorted(found))


def _weights(field: str) -> dict[str, float]:
    """Coding, in lower case -> weight; what is no coding is passed over."""
    found: dict[str, float] = {}
    for one in _members(field):
        if part := _MEMBER.fullmatch(one):
            coding = part[1].lower()
            found.setdefault(_ALIASES.get(coding, coding), float(part[2] or 1) if part[2] is not None else 1.0)
    return found


def _members(field: str) -> Sequence[str]:
    return [one.strip(" \t") for one in field.split(",")]
