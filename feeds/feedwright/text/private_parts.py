"""Parts of a text that are not for all: what the marks of encryption, membership and note tools stand around.

The tables are those of `docs/protected.md`. A mark within code shows how it is written, and stays. What is begun and
never ended goes to the end of the text. Texts without a mark, which is nearly all, cost a few searches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from feedwright.text.code_ranges import code_ranges
from feedwright.text.patterns import late

NAMES = (
    *("hugo-encryptor", "hugo-encrypt", "fixit-encryptor", "hexo-encrypt", "encrypt", "encryptor"),
    *("password-protect", "password-protected", "password-gate"),
    *("members-only", "member-only", "subscribers-only", "paid-only"),
)
"""Shortcodes, tags, elements and containers that stand around what is private. "-", "_" and nothing are the same."""

PLAIN_NAMES = ("encrypted", "secret", "private", "protected", "password", "members", "premium", "paywall", "locked")
"""The same, where they also may be words: as an element or container they need an end."""

BRACKETS = (
    *("members_access", "members_logged_in", "is_user_logged_in", "mepr-show", "mepr-active", "wcm_restrict"),
    *("pms-restrict", "wppb-restrict", "swpm_protected", "swpm_partial_protection", "s2if", "_s2if", "__s2if"),
    *("um_loggedin", "um_show_content", "ihc-hide-content", "ihc-hide-block", "wlm_private", "groups_member"),
    *("groups_can", "wpmem_logged_in", "members_only", "member_only", "subscribers_only", "hide_content", "hidepost"),
    *("content_protector", "passster", "ppwp", "leaky_paywall_content", "arm_restrict_content", "armif"),
    *("emember_protected", "paid_content", "ifmember", "pmpro_member", "premium_content", "password_protect"),
)
"""WordPress's shortcodes that stand around what is for members, or asks for a password."""

PLAIN_BRACKETS = (
    *("membership", "restrict", "access", "private", "protected", "password", "secret", "member", "members", "vip"),
    *("reply", "loggedin", "premium", "paywall", "encrypt"),
)
"""The same, where they also may be words: without parameters they need an end."""

COMMENTS = (
    *("wp:premium-content/container", "wp:premium-content/subscriber-view", "wp:jetpack/paid-content"),
    *("wp:pmpro/membership", "wp:passster/content-protector"),
)
"""WordPress's blocks that stand around what is for members."""

TO_THE_END = ("members-only", "wp:jetpack/paywall")
"""Comments after which all is for members."""

CLASSES = (
    *("hugo-encryptor-container", "hugo-encrypt-content", "hbe-container", "secure-container"),
    *("wp-block-premium-content-subscriber-view", "wp-block-jetpack-paywall", "fixit-encryptor"),
)
"""Classes and ids of HTML elements that hold what is encrypted, or for members."""


class Mark(NamedTuple):
    """Where a private part begins, and how its end is found.

    Args:
        start, end: of the mark itself.
        ends: found in the text, each the end of such a part; None where the part goes on to the end of the text.
        begins: found in the text, each the beginning of another such part within it.
        needs_end: whether it is no mark where no end follows.
    """

    start: int
    end: int
    ends: re.Pattern[str] | None = None
    begins: re.Pattern[str] | None = None
    needs_end: bool = False


def _any(names: Iterable[str]) -> str:
    """Any of some names, by their first character: what has none of these is passed over at once."""
    rests: dict[str, list[str]] = {}
    for name in names:
        rests.setdefault(name[0], []).append(_written(name[1:]))
    return "|".join(f"{_written(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _written(name: str) -> str:
    return re.escape(name).replace("_", r"\\?_").replace(r"\-", r"(?:\\?_|-)?")


_ALL = f"(?:{_any((*NAMES, *PLAIN_NAMES))})"
_SHORTCODE = late(
    rf"\{{\{{[<%]-?\s*({_ALL})(?=[\s\"'`/>%-])((?:(?![<%]\}}\}}|\{{\{{).){{0,2000}}?)(/?)\s*-?[>%]\}}\}}", re.I | re.S
)
_TAG = late(rf"\{{%[-+~]?\s*({_ALL})(?=[\s\"'(%-])(?:(?!%\}}|\{{%).){{0,2000}}?%\}}", re.I | re.S)
_ELEMENT = late(rf"<({_ALL})(?=[\s/>])[^<>]*?(/?)>", re.I)
_CONTAINER = late(rf"(?m)^[ \t>]*(:{{3,}})[ \t]*({_ALL})\b[^\n]*$", re.I)
_BRACKET = late(
    rf"(?<!\[)(?:\\)?\[\s*({_any((*BRACKETS, *PLAIN_BRACKETS))}|wlm\\?_private[\w\\]+)"
    r"(?=[\s\]\\=])(?P<with>[^\[\]]*?)\\?\](?![(\[:\]])",
    re.I,
)
_COMMENT = late(
    rf"<!--\s*(?:(?P<end>{_any(TO_THE_END)})\b[^<>]{{0,200}}?"
    rf"|(?P<block>{_any(COMMENTS)})\b(?P<with>(?:(?!-->|<!--).){{0,2000}}?)"
    r"|kg-gated-block:begin(?P<gate>(?:(?!<!--)[^\n]){0,2000}?)|(?P<valaxy>valaxy-encrypt-start)\b[^<\n]{0,200}?"
    rf"|(?P<plain>{_ALL}))\s*(?P<closed>/?)-->",
    re.I | re.S,
)
_CLASSED = late(rf"<([a-z][\w-]*)\b[^<>]*?\b(?:class|id)\s*=\s*[\"'][^\"'<>]*?\b(?:{'|'.join(CLASSES)})\b[^<>]*>", re.I)
_FOR_ALL = late(
    r"\blevels?\s*=\s*[\"'“”]?[0-]|\boperator\s*=\s*[\"'“”]?!|\A\s*[\"'“”]?!|=\s*[\"'“”]?!|not_logged_in|loggedout"
    r"|\bihc_mb_who\s*=\s*[\"'“”]?unreg|\brole\s*=\s*[\"'“”]?(?:visitor-only|none)",
    re.I,
)
_LOCAL_LINE = "<!--LOCAL_ONLY_LINE-->"
_MELD = late(r"(?:%%)?🔐(?:[αβ]|(?= ?(?:💡[^💡]*💡)?[A-Za-z0-9+/=]{16}))[^🔐]*(?:🔐(?:%%)?|\Z)")
# It ends on its line, or ends one: Mermaid's and LaTeX's begin one.
_COMMENT_OF_NOTES = late(r"(?<![\w%])%%(?!%)(?=(?:[^%\n]|%(?!%))*+%%(?![\w%])|(?:[^%]|%(?!%))*+%%[ \t]*(?:\n|\Z))")
_ANY_PERCENTS = re.compile(r"%%")
_SHOWN = late(
    r"<((?:encrypt-|hexo-)?placeholder)\b[^<>]*>(?P<a>.{0,4000}?)</\1\s*>"
    r"|\{%-?\s*placeholder\b[^%]*%\}(?P<b>.{0,4000}?)\{%-?\s*end_?placeholder\s*-?%\}"
    r"|<!--\s*wp:premium-content/logged-out-view\b[^>]*>(?P<c>.{0,4000}?)"
    r"<!--\s*/wp:premium-content/logged-out-view\s*-->",
    re.I | re.S,
)
_FORM = "post-password-form"


def is_form(text: str) -> bool:
    """Whether a page is the form that WordPress shows in the place of what is protected by a password."""
    return _FORM in text and re.search(rf"<form\b[^<>]*{_FORM}", text, re.I) is not None


def without_private_parts(text: str, *, markdown: bool, is_vault: bool = False, is_open: bool = False) -> str:
    """A text without the parts that are not for all; itself where all of it is.

    Args:
        text: Markdown or HTML, as its author wrote it.
        is_vault: whether it is a note of Obsidian, where any "%%" begins a comment.
        is_open: whether its front matter says that it is for all: Ghost then shows what follows its mark, too.
    """
    if "🔐" in text:
        text = _MELD().sub("", text)
    finders = [
        find
        for sign, may_be, some in _FINDERS
        # One character is found at once.
        if sign[0] in text and (start := text.find(sign)) >= 0 and may_be(text, start)
        for find in some
    ]
    if not (finders or (markdown and "%" in text and "%%" in text)):
        return text
    marks = [mark for find in finders for mark in find(text) if not (is_open and mark.ends is None)]
    if markdown:
        marks += _comments_of_notes(text, is_vault)
    if not marks:
        return text
    return _cut(text, sorted(marks), markdown)


def _cut(text: str, marks: list[Mark], markdown: bool) -> str:
    code = code_ranges(text, markdown)
    starts = [start for start, _ in code]

    def in_code(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index >= 0 and place < code[index][1]

    pieces: list[str] = []
    endless: set[re.Pattern[str] | None] = set()
    position = 0
    for mark in marks:
        if mark.start < position or mark.ends in endless or in_code(mark.start):
            continue
        end = _end(text, mark, in_code)
        if end is None:
            # Nor is there an end further on.
            endless.add(mark.ends)
            continue
        pieces.append(text[position : mark.start])
        pieces += _shown(text[mark.start : end])
        position = end
    return "".join((*pieces, text[position:]))


def _end(text: str, mark: Mark, in_code: Callable[[int], bool]) -> int | None:
    """Where a private part ends; None where the mark is none."""
    if mark.ends is None:
        return len(text)
    if mark.ends is _NOTHING:
        return mark.end
    depth, position = 1, mark.end
    while found := mark.ends.search(text, position):
        if not in_code(found.start()):
            if mark.begins:
                inner = mark.begins.finditer(text, position, found.start())
                depth += sum(not in_code(one.start()) and not one[0].rstrip(">%}").endswith("/") for one in inner)
            depth -= 1
            if depth <= 0:
                return found.end()
        position = found.end()
    return None if mark.needs_end else len(text)


def _shown(part: str) -> Iterator[str]:
    """What of a private part its tool shows in its place."""
    if "placeholder" in part or "logged-out-view" in part:
        for found in _SHOWN().finditer(part):
            yield f"\n\n{found['a'] or found['b'] or found['c'] or ''}\n\n"


_NOTHING = re.compile(r"(?!)")
"""Ends a part with its own mark."""


def _spelled(name: str) -> str:
    """A name as it may be spelled at its end."""
    return r"\\?[-_]?".join(map(re.escape, re.split(r"\\?[-_]", name)))


def _shortcodes(text: str) -> Iterator[Mark]:
    for found in _SHORTCODE().finditer(text):
        if found[3]:
            continue
        name = _spelled(found[1])
        ends = re.compile(rf"\{{\{{[<%]-?\s*/\s*{name}\s*-?[>%]\}}\}}", re.I)
        begins = re.compile(
            rf"\{{\{{[<%]-?\s*{name}(?=[\s\"'`>%-])(?:(?![>%]\}}\}}).){{0,2000}}?[>%]\}}\}}", re.I | re.S
        )
        yield Mark(found.start(), found.end(), ends, begins)


def _tags(text: str) -> Iterator[Mark]:
    for found in _TAG().finditer(text):
        name = _spelled(found[1])
        ends = re.compile(rf"\{{%[-+~]?\s*(?:end[-_]?|/\s*){name}\b[^%]*%\}}", re.I)
        begins = re.compile(rf"\{{%[-+~]?\s*{name}(?=[\s\"'(%-])[^%]*%\}}", re.I)
        yield Mark(found.start(), found.end(), ends, begins)


def _elements(text: str) -> Iterator[Mark]:
    for found in _ELEMENT().finditer(text):
        if not found[2]:
            yield _element(found, found[1], needs_end=_is_plain(found[1], PLAIN_NAMES))


def _classed(text: str) -> Iterator[Mark]:
    for found in _CLASSED().finditer(text):
        yield _element(found, found[1])


def _element(found: re.Match[str], name: str, *, needs_end: bool = False) -> Mark:
    ends = re.compile(rf"</{re.escape(name)}\s*>", re.I)
    begins = re.compile(rf"<{re.escape(name)}(?=[\s/>])[^<>]*>", re.I)
    return Mark(found.start(), found.end(), ends, begins, needs_end)


def _containers(text: str) -> Iterator[Mark]:
    for found in _CONTAINER().finditer(text):
        colons = len(found[1])
        ends = re.compile(rf"(?m)^[ \t>]*:{{{colons}}}[ \t]*$")
        begins = re.compile(rf"(?m)^[ \t>]*:{{{colons}}}[ \t]*[\w{{]")
        yield Mark(found.start(), found.end(), ends, begins, _is_plain(found[2], PLAIN_NAMES))


def _brackets(text: str) -> Iterator[Mark]:
    for found in _BRACKET().finditer(text):
        given = found["with"].strip().rstrip("\\")
        if _FOR_ALL().search(given):
            continue
        name = _spelled(found[1])
        ends = re.compile(rf"\\?\[\s*/\s*{name}\s*\\?\]", re.I)
        begins = re.compile(rf"(?<!\[)\[\s*{name}(?=[\s\]\\=])[^\[\]]*\]", re.I)
        is_word = _is_plain(found[1], PLAIN_BRACKETS) and not re.search(r"[=\"'“]", given)
        yield Mark(found.start(), found.end(), ends, begins, is_word)


def _comments(text: str) -> Iterator[Mark]:
    for found in _COMMENT().finditer(text):
        place = found.start(), found.end()
        if found["end"]:
            yield Mark(*place)
        elif found["gate"] is not None:
            if not re.search(r"\bnonMember:\s*true\b", found["gate"]):
                yield Mark(*place, re.compile(r"<!--\s*kg-gated-block:end\s*-->"))
        elif found["valaxy"]:
            yield Mark(*place, re.compile(r"<!--\s*valaxy-encrypt-end\s*-->"))
        elif not found["closed"]:
            name = re.escape(found["block"] or found["plain"])
            ends = re.compile(rf"<!--\s*(?:/|end[-_ ]?){name}\s*-->", re.I)
            begins = re.compile(rf"<!--\s*{name}\b(?:(?!-->).){{0,2000}}?-->", re.I | re.S)
            yield Mark(*place, ends, begins, needs_end=not found["block"])


def _local_lines(text: str) -> Iterator[Mark]:
    place = text.find(_LOCAL_LINE)
    while place >= 0:
        end = text.find("\n", place) + 1 or len(text)
        yield Mark(text.rfind("\n", 0, place) + 1, end, _NOTHING)
        place = text.find(_LOCAL_LINE, end)


def _comments_of_notes(text: str, is_vault: bool) -> list[Mark]:
    """Obsidian's comments. Elsewhere "%%" is one only where it stands as its author would write it."""
    if "%%" not in text:
        return []
    begins = _ANY_PERCENTS if is_vault else _COMMENT_OF_NOTES()
    marks = begins.finditer(text)
    return [Mark(found.start(), found.end(), _ANY_PERCENTS, needs_end=not is_vault) for found in marks]


def _is_plain(name: str, names: Iterable[str]) -> bool:
    return name.lower().replace("\\", "") in names


# As WordPress, which heeds letter case, would find them; in other cases where there is an end as well. To compile a
# pattern of all names takes milliseconds: of a text without any end, only the first is asked.
_BEGINS = _any((*BRACKETS, *PLAIN_BRACKETS, "s2If", "_s2If", "__s2If", "wlm_private"))
_MAY_BEGIN = late(rf"\[(?:{_BEGINS}|(?P<end>/))")
_MAY_BE_BRACKET = late(rf"\[(?:{_BEGINS}|/\s*(?i:{_any((*BRACKETS, *PLAIN_BRACKETS))}))")


def _may_have_brackets(text: str, start: int) -> bool:
    found = _MAY_BEGIN().search(text, start)
    if found is None or not found["end"]:
        return found is not None
    return _MAY_BE_BRACKET().search(text, found.start()) is not None


def _searches(pattern: str, flags: int) -> Callable[[str, int], object]:
    pattern_of = late(pattern, flags)
    return lambda text, start: pattern_of().search(text, start)


def _may_have_classes(text: str, start: int) -> bool:
    return ("class=" in text or "id=" in text) and any(name in text for name in CLASSES)


_FINDERS: tuple[tuple[str, Callable[[str, int], object], tuple[Callable[[str], Iterator[Mark]], ...]], ...] = (
    ("{", _searches(rf"\{{[{{%][<%~+-]?-?\s*{_ALL}", re.I), (_shortcodes, _tags)),
    (":::", _searches(rf"(?<!:):::++[ \t]*+{_ALL}", re.I), (_containers,)),
    (
        "<",
        _searches(rf"<(?:!--\s*+(?:wp:|kg-gated|valaxy|LOCAL_ONLY)|(?:!--\s*+)?{_ALL})", re.I),
        (_elements, _comments, _local_lines),
    ),
    ("[", _may_have_brackets, (_brackets,)),
    ("=", _may_have_classes, (_classed,)),
)
"""What every mark has; whether a text, from where that is first, may have marks, quick to say; what looks for them."""
