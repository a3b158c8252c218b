"""One piece of any grammar that we read, over and over: under two seconds and 300 MB for a megabyte of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import cell
from tests.hostile.grammar import SITE, Case, cases

SECONDS = 2
MEGABYTES = 300
SAMPLE = 45
"""Every so many cases one, in the tests that run by default."""

ALL = list(cases())
ONCE_SLOW = (
    r"yaml 250000: '- {a: b}\n'",
    r"unclosed yaml 1048576: '#\n'",
    "date: '1'",
    "check rss: '<a:b/>'",
    "check atom: '<entry/>'",
    "check sitemap: '<a/>'",
    """check JSON item: '"a{n}": 1,'""",
    "check JSON tags: '{},'",
    r"ids.tsv: 'a\tb\n'",
)
"""What once took minutes, or was told as a fault of ours."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    cell.warm()


def outcome(case: Case, folder: Path, content: bytes | None = None) -> cell.Outcome:
    """What becomes of a case in a folder, or of its file with another content."""
    for name, text in {"content/site.toml": SITE, **case.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    large = folder / case.name
    large.parent.mkdir(parents=True, exist_ok=True)
    large.write_bytes(case.text if content is None else content)
    return cell.run(case.argv, folder)


def assert_patient(name: str, case: Case, folder: Path) -> None:
    found = outcome(case, folder)
    assert not found.fault, f"{name}: {found.fault}"
    assert found.seconds < SECONDS, f"{name}: {found.seconds:.1f} s"
    assert found.megabytes < MEGABYTES, f"{name}: {found.megabytes} MB"


@pytest.mark.parametrize("number", range(0, len(ALL), SAMPLE), ids=lambda number: ALL[number][0])
def test_a_sample_of_repeated_input_takes_little(number: int, tmp_path: Path) -> None:
    assert_patient(*ALL[number], tmp_path)


@pytest.mark.parametrize("name", ONCE_SLOW)
def test_what_once_was_slow_takes_little(name: str, tmp_path: Path) -> None:
    assert_patient(name, dict(ALL)[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "case"), ALL, ids=[name for name, _ in ALL])
def test_repeated_input_of_every_grammar_takes_little(name: str, case: Case, tmp_path: Path) -> None:
    assert_patient(name, case, tmp_path)
