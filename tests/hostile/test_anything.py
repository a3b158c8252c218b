"""Articles, configurations and documents that hypothesis makes: nothing dies, hangs or prints a traceback."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.hostile import cell
from tests.hostile.grammar import LARGE, cases
from tests.hostile.test_repeated_input import outcome

MINUTES = float(os.environ.get("FEEDS_HOSTILE_MINUTES", "10"))
ROUND = 50
"""Inputs that hypothesis makes in a row."""

ALL = [case for _, case in cases()]
BY_COMMAND = {
    key: [case for case in ALL if (case.name.rpartition("/")[2].partition(".")[2], case.argv[0]) == key]
    for key in sorted({(case.name.rpartition("/")[2].partition(".")[2], case.argv[0]) for case in ALL})
}
"""Suffix of the file and command -> what is known of it."""


@st.composite
def inputs(draw: st.DrawFn) -> tuple[tuple[str, str], bytes]:
    """A kind of file, and what stands in one: pieces of its grammar and of others, each some times, and any text."""
    kind = draw(st.sampled_from(sorted(BY_COMMAND)))
    own = BY_COMMAND[kind]
    frame = draw(st.sampled_from(own))
    one = st.one_of(
        st.sampled_from([case.piece for case in own]),
        st.sampled_from([case.piece for case in ALL]),
        st.text(max_size=20),
    )
    times = st.sampled_from((1, 1, 1, 2, 10, 300, 20_000, LARGE))
    middle = b""
    for piece, count in draw(st.lists(st.tuples(one, times), max_size=12)):
        encoded = piece.encode("utf-8", "surrogatepass").replace(b"{n}", b"%d" % (count % 97))
        middle += encoded * min(count, LARGE // 4 // max(len(encoded), 1) + 1)
    whole = frame.before.encode() + middle + (frame.after.encode() if draw(st.booleans()) else b"")
    at = draw(st.integers(0, len(whole)))
    return kind, (whole[:at] + draw(st.binary(max_size=4)) + whole[at:])[:LARGE]


def tried(kind: tuple[str, str], content: bytes) -> cell.Outcome:
    """What becomes of an input."""
    folder = Path(tempfile.mkdtemp())
    try:
        return outcome(BY_COMMAND[kind][0], folder, content)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(count: int, number: int, codes: Counter[int]) -> None:
    """Try so many inputs."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(inputs())
    def nothing_dies(made: tuple[tuple[str, str], bytes]) -> None:
        found = tried(*made)
        codes[found.code] += 1
        assert not found.fault, f"{made[0]}: {found.fault}"

    nothing_dies()


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    cell.warm()


def test_a_sample_of_what_hypothesis_makes_ends_well() -> None:
    run(25, 1, Counter())


@pytest.mark.slow
def test_ten_minutes_of_what_hypothesis_makes_end_well() -> None:
    codes: Counter[int] = Counter()
    until, number = time.monotonic() + 60 * MINUTES, 2
    while time.monotonic() < until:
        run(ROUND, number, codes)
        number += 1
    print(f"{sum(codes.values())} inputs; exit codes: {dict(sorted(codes.items()))}")
