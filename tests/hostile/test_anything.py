"""Articles, configurations and documents that hypothesis makes: nothing dies, hangs or prints a traceback."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Input:
    """A file of any kind: how it is made, as it may be large.

    Args:
        kind: suffix and command.
        before, after: what usually stands around.
        parts: pieces, and how often each stands there.
        spot, noise: somewhere in it, what belongs nowhere.
    """

    kind: tuple[str, str]
    before: str
    parts: tuple[tuple[str, int], ...]
    after: str
    spot: float
    noise: bytes

    @property
    def content(self) -> bytes:
        whole = self.before.encode()
        for piece, count in self.parts:
            encoded = piece.encode("utf-8", "surrogatepass").replace(b"{n}", b"%d" % (count % 97))
            whole += encoded * min(count, LARGE // 4 // max(len(encoded), 1) + 1)
        whole += self.after.encode()
        at = int(self.spot * len(whole))
        return (whole[:at] + self.noise + whole[at:])[:LARGE]


@st.composite
def inputs(draw: st.DrawFn) -> Input:
    """A kind of file, and what stands in one: pieces of its grammar and of others, each some times, and any text."""
    kind = draw(st.sampled_from(sorted(BY_COMMAND)))
    own = BY_COMMAND[kind]
    frame = draw(st.sampled_from(own))
    mine, any_ = st.sampled_from([case.piece for case in own]), st.sampled_from([case.piece for case in ALL])
    times = st.sampled_from((1, 1, 1, 2, 10, 300, 20_000, LARGE))
    parts = draw(st.lists(st.tuples(st.one_of(mine, any_, st.text(max_size=20)), times), max_size=12))
    after = frame.after if draw(st.booleans()) else ""
    return Input(kind, frame.before, tuple(parts), after, draw(st.floats(0, 1)), draw(st.binary(max_size=4)))


def tried(made: Input) -> cell.Outcome:
    """What becomes of an input."""
    folder = Path(tempfile.mkdtemp())
    try:
        return outcome(BY_COMMAND[made.kind][0], folder, made.content)
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
    def nothing_dies(made: Input) -> None:
        found = tried(made)
        codes[found.code] += 1
        assert not found.fault, f"{made.kind}: {found.fault}"

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
