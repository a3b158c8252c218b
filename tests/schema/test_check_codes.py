"""Every rule: the smallest document that breaks it is reported, the smallest that keeps it is clean."""

from __future__ import annotations

import check_cases_atom
import check_cases_extensions
import check_cases_rss
import pytest

from feeds.checks import check, document, gate, rules

CASES = check_cases_rss.CASES + check_cases_atom.CASES + check_cases_extensions.CASES
NAMES = [f"{code}-{place}" for place, (code, _, _) in enumerate(CASES)]
TOO_LARGE = "too-large"  # has a test of its own: its document would be 100 MB


@pytest.mark.parametrize(("code", "wrong", "right"), CASES, ids=NAMES)
def test_a_broken_rule_is_reported_and_a_kept_one_is_not(code: str, wrong: bytes, right: bytes) -> None:
    assert code in {problem.code for problem in check(wrong)}
    assert check(right) == []


def test_every_code_has_a_document_that_breaks_it() -> None:
    known = {law.code for law in rules.LAWS} | set(gate.CODES)
    assert {code for code, _, _ in CASES} | {TOO_LARGE} == known


def test_a_document_beyond_the_largest_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST", 10)
    assert [problem.code for problem in check(b"<rss>not XML at all")] == [TOO_LARGE]


def test_a_code_has_one_severity_and_each_rule_a_source_and_a_way_out() -> None:
    severities = {(law.code, law.severity) for law in rules.LAWS}
    assert len(severities) == len({code for code, _ in severities})
    assert [law.code for law in rules.LAWS if not (law.source and law.mend.endswith("."))] == []


def test_what_is_reported_is_a_sentence_without_a_full_stop() -> None:
    whats = [problem.what for _, wrong, _ in CASES for problem in check(wrong)]
    assert [what for what in whats if not what or what.endswith(".") or "\n" in what] == []
