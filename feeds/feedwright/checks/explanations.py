"""What every code means, with the smallest document that breaks its rule and the smallest that keeps it.

The words and examples are in `examples/*.toml`; they are read only when somebody asks. Our tests use the same ones.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from feedwright.checks import future_dates, gate, json_values, profiles, rules, self_links
from feedwright.checks.example_frames import document
from feedwright.checks.rule import Format, Law
from feedwright.errors import Severity


@dataclass(frozen=True, slots=True)
class Example:
    """What breaks a rule, and what keeps it.

    Args:
        frame: what stands around both, a name of `frames.FRAMES`.
        wrong: a piece of a document.
        right: the same piece, mended; may be empty.
        times: how often the wrong one stands there.
    """

    frame: str
    wrong: str
    right: str
    times: int = 1

    def documents(self) -> tuple[bytes, bytes]:
        """Both as whole documents: the wrong one, the right one."""
        return document(self.frame, self.wrong * self.times), document(self.frame, self.right)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code.

    Args:
        code: as problems carry it.
        severities: that its problems may have, the gravest first.
        rule: what must be, in a sentence.
        right: what to do, in a sentence.
        source: the rule's place in a specification; may be empty.
        formats: whose documents it is for, in order.
        profile: the profile that it belongs to; empty where it is asked always.
        examples: may be none.
    """

    code: str
    severities: tuple[Severity, ...]
    rule: str
    right: str
    source: str
    formats: tuple[Format, ...]
    profile: str
    examples: tuple[Example, ...]

    @property
    def severity(self) -> Severity:
        """The gravest that its problems may have."""
        return self.severities[0]


@cache
def every() -> dict[str, Explanation]:
    """All codes, in alphabetical order."""
    said = {}
    for path in sorted((Path(__file__).parent / "examples").glob("*.toml")):
        said.update(tomllib.loads(path.read_text("utf-8")))
    owners = {law.code: name for name in profiles.NAMES for law in profiles.laws(name)}
    known: dict[str, list[Law]] = {}
    for law in laws():
        known.setdefault(law.code, []).append(law)
    return {code: _explanation(code, known[code], said[code], owners.get(code, "")) for code in sorted(known)}


def laws() -> tuple[Law, ...]:
    """Every law there is, whichever code it shares with others."""
    return (
        *gate.LAWS,
        *json_values.LAWS,
        *rules.LAWS,
        *profiles.all_laws(),
        future_dates.LAW,
        future_dates.NEWS_LAW,
        self_links.LAW,
    )


def _explanation(code: str, same: list[Law], said: dict[str, object], profile: str) -> Explanation:
    forms = {form for law in same for form in law.formats}
    sources = dict.fromkeys(law.source for law in same if law.source)
    found = said["examples"]
    assert isinstance(found, list)
    return Explanation(
        code=code,
        severities=(same[0].severity,),
        rule=str(said["rule"]),
        right=str(said["right"]),
        source="; ".join(sources),
        formats=tuple(form for form in rules.ALL if form in forms),
        profile=profile,
        examples=tuple(Example(one["in"], one["wrong"], one["right"], one.get("times", 1)) for one in found),
    )
