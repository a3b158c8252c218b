"""Marks of other Markdowns: admonitions, lists of attributes, places for a table of contents."""

from __future__ import annotations

import re

from feedwright.render.shortcodes.tags import CALLOUTS

ADMONITION = re.compile(
    r"\n(?P<indent>[ \t>]*+)(?P<colons>:{3,})[ \t]*+"
    r"(?:\{(?P<classes>[^{}\n]*+)\}|(?P<kind>[A-Za-z][\w-]*+))?"
    r"(?:\[(?P<label>[^\]\n]*+)\])?(?:\{[^{}\n]*+\})?[ \t]*+(?P<title>[^\n]*)"
)
_CLASS = re.compile(r"(?:^|\.)[ \t]*+([\w-]++)")
ALERT = re.compile(
    r"\n([ \t]*+>[ \t]*+)\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO)\][+-]?[ \t]*+([^\n]*)", re.IGNORECASE
)
CONTENTS = re.compile(r"\n[ \t]*+\[\[?_?(?:TOC|toc)_?\]?\](?:\{[^{}\n]*+\})?[ \t]*+(?=\n|\Z)")
_LAST_ITEM = re.compile(r"\n[ \t]*+(?:[*+-]|\d{1,3}\.)[ \t][^\n]*+\n[ \t]*+\Z")
_LONGEST_ITEM = 200
_ATTRIBUTE = r"""[.#][\w:-]++|[\w@:-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++)"""
ATTRIBUTES = re.compile(rf"\{{:[ \t]*+(?:(?:{_ATTRIBUTE}|[\w-]++)[ \t]*+)+\}}")
_CERTAIN = re.compile(rf"\{{:[ \t]*+(?:{_ATTRIBUTE}|toc\b|no_toc\b)")
BARE_ATTRIBUTES = re.compile(rf"\{{[ \t]*+(?:(?:{_ATTRIBUTE})[ \t]*+)+\}}")
EXTENSION = re.compile(r"\{:(?:/(?:[a-z]*+)|:[a-z]++(?:[ \t][^{}\n]*+)?/?)\}")
HIDDEN = re.compile(r"\{::comment[ \t]*+\}")


def admonition(found: re.Match[str], open_ones: list[bool]) -> str:
    """A fence of colons: a quotation with its title in bold, where it says what it is.

    Args:
        found: by `ADMONITION`.
        open_ones: for each fence that is open, whether it is shown as a quotation; is changed.
    """
    indent = found["indent"]
    classes = _CLASS.search(found["classes"] or "")
    kind = (found["kind"] or (classes[1] if classes else "")).lower()
    title = found["label"] or found["title"].rstrip(" :")
    if not kind and not title:
        shown = open_ones.pop() if open_ones else False
        return f"\n\n{indent}</blockquote>\n\n" if shown else "\n"
    known = kind in CALLOUTS or kind in ("details", "spoiler") or kind.startswith("callout-")
    open_ones.append(known)
    if not known:
        return "\n"
    named = title or kind.removeprefix("callout-").replace("-", " ").capitalize()
    return f"\n\n{indent}<blockquote>\n\n{indent}{_bold(named)}\n\n"


def alert(found: re.Match[str]) -> str:
    """The first line of a quotation that says what kind it is."""
    return f"\n{found[1]}{_bold(found[3].strip() or found[2].capitalize())}\n{found[1].rstrip()}"


def _bold(title: str) -> str:
    return f"**{title.strip()}**" if "*" not in title else title.strip()


def attributes(text: str, start: int, alone: bool) -> int:
    """Where a list of attributes ends; `start` where there is none.

    Args:
        text: with "{:" or "{." or "{#" at `start`.
        alone: whether nothing else is on its line.
    """
    found = ATTRIBUTES.match(text, start) or BARE_ATTRIBUTES.match(text, start)
    if found is None:
        return start
    if text[start + 1] == ":":
        # `{:ok}` in a sentence is an Elixir tuple, `{:x}` a Rust format.
        return found.end() if _CERTAIN.match(text, start) or alone else start
    after_link = text[start - 1 : start] in (")", "]")
    return found.end() if alone or after_link else start


def without_last_item(text: str) -> str:
    """A text without the list item at its end: where kramdown puts a table of contents."""
    tail = text[-_LONGEST_ITEM:]
    found = _LAST_ITEM.search(tail)
    return text[: len(text) - len(tail) + found.start()] + "\n" if found else text
