"""Real feeds, and documents with another validator's verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.checks import check

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real posts, ../shared, is not there"),
]
AGREEMENT = 0.97


def test_verdicts_agree_with_another_validators(record_property: pytest.RecordProperty) -> None:
    lines = (SHARED / "check" / "verdicts.jsonl").read_text().splitlines()
    verdicts = [json.loads(line) for line in lines]
    differing = []
    for verdict in verdicts:
        problems = check((SHARED / "check" / verdict["file"]).read_bytes())
        ours = "invalid" if any(problem.severity == "error" for problem in problems) else "valid"
        if ours != verdict["verdict"]:
            differing.append(f"{verdict['file']}: {verdict['error'] or 'valid'}")
    agreement = 1 - len(differing) / len(verdicts)
    record_property("agreement", agreement)
    assert agreement >= AGREEMENT, differing


def test_real_feeds_are_judged_without_a_crash_and_rarely_as_wrong() -> None:
    feeds = sorted((SHARED / "feeds").rglob("*.xml"))
    found = {feed.name: check(feed.read_bytes(), file=feed.name) for feed in feeds}
    wrong = [name for name, problems in found.items() if any(problem.severity == "error" for problem in problems)]
    assert len(feeds) > 50
    assert len(wrong) <= 25
    assert [name for name, problems in found.items() if any(p.code.endswith("-schema") for p in problems)] == []
