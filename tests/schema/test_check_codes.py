"""Every code: the smallest document that breaks its rule gives that code alone, the smallest that keeps it none.

The examples are those that `feeds check --explain` shows.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright import checks
from feedwright.checks import check, document, explanations, profiles
from feedwright.checks.explanations import Example, Explanation
from feedwright.checks.rule import REFUSED

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CODES = explanations.every()
EXAMPLES = [(code, place) for code, said in CODES.items() for place in range(len(said.examples))]
NAMES = [f"{code}-{place}" for code, place in EXAMPLES]
TOO_LARGE = "too-large"  # has a test of its own: its document would be 100 MB


def found(said: Explanation, example: Example, data: bytes, piece: str) -> set[str]:
    """The codes that a document gives, but for those that an example cannot but have."""
    media_type = piece if example.frame == "media type" else None
    address = piece if example.frame == "address" else None
    problems = check(data, media_type=media_type, profile=said.profile or None, now=NOW, address=address)
    codes = {problem.code for problem in problems}
    # Small documents lack much that a profile asks for, and a thousand equal items have equal ids.
    if said.profile or example.times > 1:
        return codes & {said.code}
    return codes - {"namespace-unknown"} if "my:" in piece else codes


@pytest.mark.parametrize(("code", "place"), EXAMPLES, ids=NAMES)
def test_a_broken_rule_is_reported_and_a_kept_one_is_not(code: str, place: int) -> None:
    said = CODES[code]
    example = said.examples[place]
    wrong, right = example.documents()
    assert found(said, example, wrong, example.wrong) == {code}
    assert found(said, example, right, example.right) == set()


def test_every_code_is_explained_by_an_example() -> None:
    assert [code for code, said in CODES.items() if not said.examples] == [TOO_LARGE]


def test_what_is_explained_are_the_codes_that_there_are() -> None:
    files = (Path(explanations.__file__).parent / "examples").glob("*.toml")
    written = [code for path in files for code in tomllib.loads(path.read_text("utf-8"))]
    assert sorted(written) == sorted(CODES)
    assert len(set(written)) == len(written)


def test_explanations_are_sentences() -> None:
    for said in CODES.values():
        assert said.rule.endswith(".") and said.right.endswith("."), said.code
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", said.code)
        assert said.formats


def test_a_code_has_one_severity_and_each_rule_a_way_out() -> None:
    severities = {(rule.code, rule.severity) for rule in explanations.all_rules()}
    assert len(severities) == len({code for code, _ in severities})
    assert [rule.code for rule in explanations.all_rules() if not rule.hint.endswith(".")] == []


def test_a_document_beyond_the_largest_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST", 10)
    assert [problem.code for problem in check(b"<rss>not XML at all")] == [TOO_LARGE]


def test_what_is_reported_is_a_sentence_without_a_full_stop() -> None:
    examples = [example for said in CODES.values() for example in said.examples if example.times < 100]
    whats = [problem.what for example in examples for problem in check(example.documents()[0])]
    assert [what for what in whats if not what or what.endswith(".") or "\n" in what] == []


def test_the_registry_is_read_when_it_is_asked_for() -> None:
    assert checks.explain("rss-ttl") is checks.CODES["rss-ttl"]
    assert checks.explain("no-such-code") is None
    assert list(checks.CODES) == sorted(checks.CODES)
    ttl = checks.CODES["rss-ttl"]
    assert (ttl.severity, ttl.formats, ttl.source, ttl.profile) == ("error", ("rss",), "RSS 2.0, ttl", "")
    assert (ttl.examples[0].wrong, ttl.examples[0].right) == ("<ttl>0</ttl>", "<ttl>60</ttl>")


def test_every_profile_names_its_codes_and_each_rule_its_source() -> None:
    assert sorted(checks.PROFILES) == sorted(profiles.NAMES)
    for name, profile in checks.PROFILES.items():
        assert set(profile.codes) <= set(CODES)
        assert all(CODES[code].source for code in profile.codes)
        assert any(CODES[code].profile == name for code in profile.codes)
    with pytest.raises(ValueError, match="there are apple, flipboard"):
        check(b"<rss/>", profile="aple")


def test_what_a_build_refuses_are_codes() -> None:
    assert set(CODES) >= REFUSED
