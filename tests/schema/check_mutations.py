"""Valid documents -> damaged ones: elements dropped, doubled, renamed, moved; values, bytes and encodings changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from feedwright.checks import explanations

VALUES = (
    "",
    " ",
    "9" * 5000,
    "-1",
    "1e999",
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:60-23:59",
    "Mon, 31 Feb 0000 99:99:99 +9999",
    "https://[::1",
    "https://[v1.a]/",
    "http://a:99999999/",
    "tag:,:",
    "urn:uuid:",
    "a b%zz#a#b",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "&lt;a " * 500,
    "&amp;amp;lt;",
    "&undefined;",
    "&#0;",
    "&#xD800;",
    "\u202e\u0085\ufeff",
    "𝕬" * 100,
    "ÿ",
    "<![CDATA[]]>",
    "null",
    "[[[[",
    "{",
    "true",
    "1,2;3",
    "xq-XX-" * 50,
)
NAMES = (
    "title",
    "item",
    "entry",
    "atom:link",
    "media:group",
    "itunes:category",
    "x:y",
    "content",
    "feed",
    "rss",
    "url",
)
_TAG = re.compile(r"</?[\w:.-]+[^<>]*>")
_ELEMENT = re.compile(r"<([\w:.-]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")
_ATTRIBUTE = re.compile(r"([\w:.-]+)=(\"[^\"]*\"|'[^']*')")
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)|(?<=: )\"[^\"]*\"")


@cache
def seeds() -> tuple[bytes, ...]:
    """The documents that the rules are explained by."""
    examples = [one for said in explanations.every().values() for one in said.examples if one.times < 100]
    return tuple(dict.fromkeys(data for example in examples for data in example.documents()))


def mutate(chance: Random, start: bytes = b"") -> bytes:
    """One damaged document.

    Args:
        start: of the undamaged ones that it may come from.
    """
    text = chance.choice([seed for seed in seeds() if seed.startswith(start)]).decode("utf-8", errors="replace")
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_CHANGES)(text, chance)[:200_000]
    if chance.random() < 0.6 and (mended := _mended(text)):
        return mended
    data = text.encode(chance.choice(_ENCODINGS), errors="replace")
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + bytes(chance.choices(range(256), k=chance.randint(0, 4))) + data[place + 1 :]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def mutate_json(chance: Random) -> bytes:
    """A JSON Feed in which values are dropped, renamed, moved, or are of another kind."""
    seed = json.loads((Path(__file__).parents[1] / "golden" / "feed.json").read_bytes())
    for _ in range(chance.randint(1, 4)):
        inside: Any = seed
        while True:
            keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(inside[key], dict | list) and chance.random() < 0.8:
                inside = inside[key]
                continue
            change = chance.choice(("drop", "value", "value", "rename"))
            if change == "value":
                inside[key] = deepcopy(chance.choice(_JSON_VALUES))
            elif change == "drop" or not isinstance(inside, dict):
                del inside[key]
            else:
                inside[chance.choice((f"_{key}", f"{key}s", *inside, "url", "icon", "authors"))] = inside.pop(key)
            break
    return json.dumps(seed).encode()


_JSON_VALUES = (
    *(None, True, 0, -1, 1.5, 10**40, "", " ", "a", "en_GB", "a/b", "https://example.org/", "/a", "9"),
    *("2026-03-01", "2026-03-01T09:30:00Z", "2026-13-01t09:30:00+09:00", "1:", "\n"),
    *([], {}, [None], [1], ["a"], [{}], {"name": "a"}, {"url": "https://example.org/"}, [{"name": None}]),
    *([{"url": "https://example.org/", "mime_type": "a/b"}], [{"type": "a", "url": "b"}], [{"id": "a"}]),
)


def _mended(text: str) -> bytes:
    """The document as a forgiving parser takes it, so that more than its XML is judged; empty where it is none."""
    if not text.strip().startswith("<"):
        return b""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
        return b"" if root is None else etree.tostring(root, encoding="utf-8")
    except etree.LxmlError:
        return b""


def _spot(pattern: re.Pattern[str], text: str, chance: Random) -> tuple[int, int]:
    spots = [found.span() for found in pattern.finditer(text)]
    return chance.choice(spots) if spots else (0, 0)


def _drop(text: str, chance: Random) -> str:
    start, end = _spot(chance.choice((_ELEMENT, _TAG, _ATTRIBUTE, _TEXT)), text, chance)
    return text[:start] + text[end:]


def _double(text: str, chance: Random) -> str:
    start, end = _spot(_ELEMENT, text, chance)
    return text[:end] + text[start:end] * chance.choice((1, 1, 60)) + text[end:]


def _move(text: str, chance: Random) -> str:
    start, end = _spot(_ELEMENT, text, chance)
    piece, rest = text[start:end], text[:start] + text[end:]
    place = _spot(_TAG, rest, chance)[1]
    return rest[:place] + piece + rest[place:]


def _rename(text: str, chance: Random) -> str:
    start, end = _spot(_ELEMENT, text, chance)
    found = _ELEMENT.match(text, start)
    if not found:
        return text
    new = chance.choice((*NAMES, found[1].upper(), found[1] + "s"))
    return text[:start] + text[start:end].replace(found[1], new) + text[end:]


def _value(text: str, chance: Random) -> str:
    value = chance.choice(VALUES)
    if chance.random() < 0.5:
        start, end = _spot(_TEXT, text, chance)
        return text[:start] + value + text[end:]
    start, end = _spot(_ATTRIBUTE, text, chance)
    name = text[start:end].partition("=")[0]
    return text[:start] + f'{name}="{value}"' + text[end:]


def _splice(text: str, chance: Random) -> str:
    other = chance.choice(seeds()).decode("utf-8", errors="replace")
    start, end = _spot(_ELEMENT, other, chance)
    place = _spot(_TAG, text, chance)[1]
    return text[:place] + other[start:end] + text[place:]


def _wrap(text: str, chance: Random) -> str:
    start, end = _spot(_ELEMENT, text, chance)
    depth = chance.choice((1, 5, 400))
    name = chance.choice(NAMES)
    return text[:start] + f"<{name}>" * depth + text[start:end] + f"</{name}>" * depth + text[end:]


def _namespace(text: str, chance: Random) -> str:
    start, end = _spot(re.compile(r"xmlns(?::\w+)?=\"[^\"]*\""), text, chance)
    return (
        text[:start]
        + text[start:end].replace(*chance.choice((("/", ""), ("http", "https"), ("=", ':q="" a='))))
        + text[end:]
    )


def _prolog(text: str, chance: Random) -> str:
    return chance.choice(_PROLOGS) + text


_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _drop,
    _double,
    _move,
    _rename,
    _value,
    _value,
    _splice,
    _wrap,
    _namespace,
    _prolog,
)
_ENCODINGS = ("utf-8",) * 8 + ("utf-16", "utf-16-le", "utf-32", "iso-8859-1", "utf-8-sig", "utf-7")
_PROLOGS = (
    "",
    "\n",
    "<?xml version='1.1'?>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<?xml version='1.0' encoding='gb2312'?>",
    "<?xml version='1.0' encoding='nonsense'?>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<!DOCTYPE a SYSTEM 'file:///nowhere/a.dtd'>",
    "<!DOCTYPE a [<!ENTITY b '&c;'><!ENTITY c '&b;'>]>",
    "<!-- a -->",
    "<?b c?>",
    "[" * 3000,
    '{"version": ',
)
