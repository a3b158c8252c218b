"""Every code that a problem may have, and every profile: what they mean, and what was meant by one that is unknown.

Explanations are read from files when they are first asked for; a check of documents needs none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from feedwright import errors
from feedwright.checks.lint.model import UsageError
from feedwright.checks.rule import Format, printable
from feedwright.errors import Problem

if TYPE_CHECKING:
    from feedwright.checks.explanations import Example, Explanation

EXAMPLES = 3
"""Shown of a code, at most."""

FORMATS: dict[Format, str] = {
    "rss": "RSS 2.0",
    "atom": "Atom 1.0",
    "jsonfeed": "JSON Feed",
    "opml": "OPML",
    "sitemap": "sitemaps",
    "old": "older RSS and Atom",
}
"""What people call the formats."""

_ON_THE_WAY = ("file-unreadable", "http-status", "http-type-missing", "nothing-found", "url-unreadable")
"""The codes that no document has: what was wrong on the way to it."""


@cache
def known() -> dict[str, Explanation]:
    """Every code that a report may have, in alphabetical order."""
    from feedwright.checks import explanations

    own = {code: _told(code, errors.codes()[code]) for code in _ON_THE_WAY}
    return dict(sorted({**own, **explanations.every()}.items()))


@cache
def every() -> dict[str, Explanation]:
    """These, and those of builds and other commands, in alphabetical order."""
    return dict(sorted({**known(), **{code: _told(code, said) for code, said in errors.codes().items()}}.items()))


def _told(code: str, said: errors.Code) -> Explanation:
    from feedwright.checks.explanations import Example, Explanation

    example = (Example("", said.wrong, said.right),) if said.wrong else ()
    return Explanation(code, said.severities, said.means, said.do, said.source, (), "", example)


def explained(code: str) -> str:
    """See `feedwright.checks.lint.explain`."""
    if code not in every():
        raise UsageError(_unknown("code", code, every(), "--codes"))
    return words(every()[code])


def words(said: Explanation) -> str:
    """An explanation as text."""
    rule = f"{sentence(said.rule)}\n{sentence(said.right)}"
    parts = [f"{said.code} ({' or '.join(said.severities)})", rule, about(said), examples(said)]
    return "\n\n".join(part for part in parts if part)


def sentence(text: str) -> str:
    """Words with the full stop that they may lack."""
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def about(said: Explanation) -> str:
    """For which formats a rule is, which profile asks for it, and where it stands."""
    formats = ", ".join(FORMATS[form] for form in said.formats)
    facts = {"Formats": formats, "Profile": said.profile, "Source": said.source}
    return "\n".join(f"{name}: {fact}" for name, fact in facts.items() if fact)


def examples(said: Explanation) -> str:
    """What is wrong and what is right, each under its title, safe for a terminal."""
    blocks = [f"{title}\n{text}" for one in said.examples[:EXAMPLES] for title, text in _shown(one)]
    return "\n\n".join(blocks)


def _shown(example: Example) -> Iterator[tuple[str, str]]:
    frame = example.frame.removeprefix("bare ")
    place = f" (in {frame})" if frame and frame != "document" else ""
    times = f", {example.times} times" if example.times > 1 else ""
    yield f"Wrong{place}{times}:", _lines(example.wrong)
    yield f"Right{place}:", _lines(example.right or "nothing")


def _lines(text: str) -> str:
    return "\n".join(f"    {printable(line)}".rstrip() for line in text.strip("\n").split("\n"))


def listed() -> Iterator[str]:
    """See `feedwright.checks.lint.listed`."""
    width = max(len(code) for code in every())
    return (f"{said.code:{width}}  {said.severity:7}  {sentence(said.rule)}" for said in every().values())


def profiles() -> Iterator[str]:
    """See `feedwright.checks.lint.profiles`."""
    from feedwright.checks.profiles import every

    known = every()
    width = max(len(name) for name in known)
    return (f"{name:{width}}  {known[name].description}" for name in sorted(known))


def demand_codes(codes: Collection[str]) -> None:
    """Raise `UsageError` with a problem for each code that no report may have."""
    if wrong := [_unknown("code", code, known(), "--codes") for code in codes if code not in known()]:
        raise UsageError(*wrong)


def demand_profile(profile: str | None) -> None:
    """Raise `UsageError` where there is no such profile."""
    if profile is None:
        return
    from feedwright.checks.profiles import NAMES

    if profile not in NAMES:
        raise UsageError(_unknown("profile", profile, NAMES, "--profiles"))


def _unknown(kind: str, name: str, known: Collection[str], option: str) -> Problem:
    from difflib import get_close_matches  # only a slip needs it

    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.5)
    meant = f'Did you mean "{near[0]}"? ' if near else ""
    return Problem("error", f"{kind}-unknown", "", f'there is no {kind} "{name}"', f"{meant}{option} lists them all.")
