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
from feedwright.checks.rule import Format, Rule
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
    owners = {rule.code: name for name in profiles.NAMES for rule in profiles.rules_of(name)}
    known: dict[str, list[Rule]] = {}
    for rule in all_rules():
        known.setdefault(rule.code, []).append(rule)
    return {code: _explanation(code, known[code], said[code], owners.get(code, "")) for code in sorted(known)}


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, whichever code it shares with others."""
    return (
        *gate.RULES,
        *json_values.RULES,
        *rules.RULES,
        *profiles.all_rules(),
        future_dates.RULE,
        future_dates.NEWS_RULE,
        self_links.RULE,
    )


def _explanation(code: str, same: list[Rule], said: dict[str, object], profile: str) -> Explanation:
    forms = {form for rule in same for form in rule.formats}
    sources = dict.fromkeys(rule.source for rule in same if rule.source)
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
