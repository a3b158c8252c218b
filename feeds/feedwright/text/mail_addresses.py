"""E-mail addresses in the names of people: importers of other systems write accounts there, which are not for readers.

Source: RFC 5322 §3.4.1, as far as addresses are written that way.
"""

from __future__ import annotations

import re

from feedwright.text.patterns import late

# Neither the name of a Fediverse account, which begins with "@", nor what stands in a URL's path.
# Its length is bounded (RFC 5321 §4.5.3.1), and so is every search.
_LOCAL = r"(?<![@\w/.+-])[\w.!#$%&'*+=?^`{|}~-]{1,64}@"
_ADDRESS = rf"{_LOCAL}(?:(?:[\w-]+\.)+[\w-]{{2,}}|localhost\b)"
_SPACE = r"\s{0,9}"
_ENCLOSED = late(
    rf"{_SPACE}[<(\[«]{{0,9}}{_SPACE}(?:mailto:)?\"?{_ADDRESS}\"?{_SPACE}[>)\]»]{{0,9}}{_SPACE}"
    rf"|{_SPACE}[<(]{_LOCAL}[\w.-]+[>)]{_SPACE}",
    re.IGNORECASE,
)
_EDGES = " \t,;:|/–—-·\"'`"


def has_address(text: str) -> bool:
    """Whether an e-mail address stands in a text."""
    return "@" in text and _ENCLOSED().search(text) is not None


def without_addresses(text: str) -> str:
    """A name without the e-mail addresses beside it; empty where it is nothing but these.

    Args:
        text: "Bob <bob@example.org>", "bob@example.org (Bob)", "Bob".
    """
    if not has_address(text):
        return text
    left = re.sub(r"(?<!\s)\s++(?=[,;])", "", _ENCLOSED().sub(" ", text)).strip(_EDGES)
    if left[:1] in "(<[" and left[-1:] in ")>]":
        left = left[1:-1].strip(_EDGES)
    return " ".join(left.split()) if any(map(str.isalnum, left)) else ""


def first_address(text: str) -> str:
    """The first e-mail address in a text, in lower case; empty where there is none."""
    found = re.search(_ADDRESS, text) if "@" in text else None
    return found[0].lower() if found else ""
