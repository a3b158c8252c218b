"""Real feeds, and documents with another validator's verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedwright.checks import check, profiles

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real posts, ../shared, is not there"),
]


def is_valid(data: bytes) -> bool:
    return not any(problem.severity == "error" for problem in check(data))


def test_verdicts_agree_with_another_validators() -> None:
    lines = (SHARED / "check" / "verdicts.jsonl").read_text().splitlines()
    verdicts = [json.loads(line) for line in lines]
    ours = {verdict["file"]: is_valid((SHARED / "check" / verdict["file"]).read_bytes()) for verdict in verdicts}
    differing = [verdict for verdict in verdicts if ours[verdict["file"]] != (verdict["verdict"] == "valid")]
    wrong = [verdict for verdict in verdicts if verdict["verdict"] == "invalid"]
    missed = [verdict for verdict in differing if verdict["verdict"] == "invalid"]
    refused = len(differing) - len(missed)
    assert len(differing) <= 0.03 * len(verdicts), differing
    assert len(missed) <= 0.05 * len(wrong), missed
    assert refused <= 0.02 * (len(verdicts) - len(wrong)), differing


def test_real_feeds_are_judged_without_a_crash_and_rarely_as_wrong() -> None:
    feeds = sorted(path for path in (SHARED / "feeds").rglob("*") if path.suffix in (".xml", ".json"))
    found = {feed.name: check(feed.read_bytes(), file=feed.name) for feed in feeds}
    wrong = [name for name, problems in found.items() if any(problem.severity == "error" for problem in problems)]
    assert len(feeds) > 60
    assert len(wrong) <= 20
    assert [name for name, problems in found.items() if any(p.code.endswith("-schema") for p in problems)] == []
    assert all(problem.line for problems in found.values() for problem in problems if problem.key)


@pytest.mark.parametrize("profile", sorted(profiles.NAMES))
def test_real_feeds_are_judged_by_every_profile(profile: str) -> None:
    feeds = sorted((SHARED / "feeds" / "blog").glob("*.xml"))[::4]
    own = {code for code in profiles.every()[profile].codes if code.startswith(profile)}
    found = {problem.code for feed in feeds for problem in check(feed.read_bytes(), profile=profile)}
    assert found & own
