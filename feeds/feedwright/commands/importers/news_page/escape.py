"""Text that comes out as it was: as YAML, as Markdown, as a file name."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import accumulate, takewhile

from feedwright.articles.permalinks import slugify
from feedwright.text.characters import xml_safe

LONGEST_SLUG = 80
"""Characters."""
MOST_BYTES = 240
"""Of a file's name without suffix: file systems take 255."""

_SPACES = re.compile(r"[\t-\r \x1c-\x1f\x85\u2028\u2029]+")
_FOLDED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
_MARK = re.compile(r"[\\`*_\[\]~^{}|]|(?<=[^ ])\$|&(?=[#A-Za-z])|<")
_OPENING = re.compile(r"\d*(?=[#+\-=>:.)])")


def one_line(text: str) -> str:
    """A text without line breaks and characters that XML forbids."""
    return _SPACES.sub(" ", xml_safe(text)).strip(" ")


def yaml_text(text: str) -> str:
    """A YAML scalar that nothing takes for anything but text: JSON's is YAML's, too."""
    return json.dumps(one_line(text), ensure_ascii=False)


def literal(text: str) -> str:
    """Markdown on one line that reads as the text itself, whatever marks it holds and whichever extensions are on."""
    # Not \<, where "<!--more-->" would still be found by who looks for it.
    entities = {"&": "&amp;", "<": "&lt;"}
    line = _MARK.sub(lambda mark: entities.get(mark[0], f"\\{mark[0]}"), one_line(text))
    if opening := _OPENING.match(line):
        line = f"{opening[0]}\\{line[opening.end() :]}"
    # A heading would lose the # that it ends with.
    return re.sub(r"(?<!\\)#$", r"\\#", line)


def slug(title: str) -> str:
    """A file name for a title, without suffix.

    Args:
        title: in any script; accents on Latin letters go, other scripts stay.

    Returns: at most 80 characters and 240 bytes, cut between words; "article" where nothing is left.
    """
    words = [slugify("".join(map(_folded, word))) for word in unicodedata.normalize("NFC", xml_safe(title)).split()]
    whole = "-".join(word for word in words if word)
    cut = _fitting(whole)
    if cut != whole:
        # Words of a compound, such as "de-escalation", are parted where nothing else would be left.
        longer = accumulate(filter(None, words), "{}-{}".format)
        at_word = max(takewhile(lambda start: _fitting(start) == start, longer), key=len, default="")
        at_part = cut if whole[len(cut)] == "-" else cut.rpartition("-")[0]
        cut = (at_word if len(at_word) > len(cut) // 2 else at_part) or cut
    cut = cut.strip("-") or "article"
    # Files of these names are no articles, or stand for their folder.
    return f"{cut}-article" if cut in ("index", "readme") else cut


def _fitting(text: str) -> str:
    """As much of a slug as a file's name can hold; a letter keeps its marks."""
    cut = text[:LONGEST_SLUG].encode()[:MOST_BYTES].decode("utf-8", "ignore")
    while cut and len(cut) < len(text) and unicodedata.category(text[len(cut)])[0] == "M":
        cut = cut[:-1]
    return cut


def _folded(char: str) -> str:
    if char.lower() in _FOLDED:
        return _FOLDED[char.lower()]
    plain = unicodedata.normalize("NFKD", char)
    return plain[0] if plain[:1].isascii() else char
