"""Every code that a report may have, and every profile: what they mean, and what was meant by one that is unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from feeds.checks import CODES, PROFILES
from feeds.checks import explain as explain_rule
from feeds.errors import Problem, Severity
from feeds.lint import UsageError


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means.

    Args:
        what: the rule in one line.
        explained: the whole, with an example of wrong and right.
    """

    code: str
    severity: Severity
    what: str
    explained: str


_OWN: dict[str, tuple[Severity, str]] = {
    "file-unreadable": (
        "error",
        """\
A file, a folder or standard input has to be read to be checked.

The file is not there, may not be read, or has more than 100 MB. The others are checked, and the exit code is 2.

Wrong:
    feeds check no-such-file.xml

Right:
    feeds check out/rss.xml""",
    ),
    "http-status": (
        "error",
        """\
A server has to answer with success for a document to be checked.

It said that there is none, that it is not for everybody, or that the server failed. The exit code is 2.
Source: RFC 9110 §15.

Wrong:
    HTTP/1.1 404 Not Found

Right:
    HTTP/1.1 200 OK""",
    ),
    "http-type-missing": (
        "warning",
        """\
A server has to say with the Content-Type what a document is.

Without it, a reader has to guess, and a browser may show the source.
Source: RFC 9110 §8.3.

Wrong:
    HTTP/1.1 200 OK

Right:
    HTTP/1.1 200 OK
    Content-Type: application/rss+xml""",
    ),
    "nothing-found": (
        "error",
        """\
A folder that is checked has to have a feed.

Feeds are files in .xml, .rss, .atom, .rdf, .json or .opml whose root element (in JSON, the version) is that of a feed.
Folders that begin with a dot and node_modules are left out. Without a feed nothing was checked: the exit code is 2.

Wrong:
    feeds check content/

Right:
    feeds check out/""",
    ),
    "url-unreadable": (
        "error",
        """\
An address has to lead to a document.

The server was not reached, took longer than 10 s to answer or 60 s to send, sent more than 20 MB or more than 5
redirects, or compressed what it sent in a way that was not asked for. The exit code is 2.

Wrong:
    feeds check https://no-such-host.example/rss.xml

Right:
    feeds check https://www.example.org/rss.xml""",
    ),
}
"""The codes that no document has: what was wrong on the way to it."""


@cache
def known() -> dict[str, Code]:
    """Every code that a report may have, by name."""
    severities = {**{code: severity for code, (severity, _) in _OWN.items()}, **CODES}
    return {code: _code(code, severities[code]) for code in sorted(severities)}


def _code(code: str, severity: Severity) -> Code:
    text = _OWN[code][1] if code in _OWN else explain_rule(code)
    head = f"{code} ({severity})\n\n"
    explained = text if text.startswith(code) else f"{head}{text}"
    return Code(code, severity, text.removeprefix(head).partition("\n")[0], explained.rstrip("\n"))


def explained(code: str) -> str:
    """See `feeds.lint.explain`."""
    demand_codes([code])
    return known()[code].explained


def listed() -> Iterator[str]:
    """See `feeds.lint.listed`."""
    width = max(len(code) for code in known())
    return (f"{code.code:{width}}  {code.severity:7}  {code.what}" for code in known().values())


def profiles() -> Iterator[str]:
    """See `feeds.lint.profiles`."""
    width = max(len(name) for name in PROFILES)
    return (f"{name:{width}}  {PROFILES[name]}" for name in sorted(PROFILES))


def demand_codes(codes: Iterable[str]) -> None:
    """Raise `UsageError` with a problem for each code that there is not."""
    names = {*_OWN, *CODES}
    if wrong := [_unknown("code", code, names, "--codes") for code in codes if code not in names]:
        raise UsageError(*wrong)


def demand_profile(profile: str | None) -> None:
    """Raise `UsageError` where there is no such profile."""
    if profile is not None and profile not in PROFILES:
        raise UsageError(_unknown("profile", profile, PROFILES, "--profiles"))


def _unknown(kind: str, name: str, known: Collection[str], option: str) -> Problem:
    from difflib import get_close_matches  # only a slip needs it

    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.5)
    meant = f'Did you mean "{near[0]}"? ' if near else ""
    return Problem("error", f"{kind}-unknown", "", f'there is no {kind} "{name}"', f"{meant}{option} lists them all.")
