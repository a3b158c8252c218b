"""Whatever is done to a document, the check gives a list of problems, the same one each time, and soon."""

from __future__ import annotations

import time
from random import Random

import pytest
from check_mutations import mutate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright.checks import check, explain, profiles, refused
from feedwright.errors import Problem

SLOWEST = 5.0
"""Seconds; most take a thousandth of one."""


def judge(data: bytes, profile: str | None) -> None:
    """Check a document every way there is, and look at what is told."""
    started = time.process_time()
    problems = check(data, profile=profile, file="a")
    assert time.process_time() - started < SLOWEST
    assert problems == check(data, profile=profile, file="a")
    for problem in [*problems, *refused(data, file="a")]:
        assert isinstance(problem, Problem)
        said = explain(problem.code)
        assert said is not None and said.severity == problem.severity
        assert problem.what.isprintable() and problem.key.isprintable() and problem.file == "a"
        assert problem.line >= 0 and problem.column >= 0


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from([None, *profiles.NAMES]))
def test_damaged_documents_give_nothing_but_problems(chance: Random, profile: str | None) -> None:
    judge(mutate(chance), profile)


@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from([None, *profiles.NAMES]))
def test_very_many_damaged_documents_give_nothing_but_problems(chance: Random, profile: str | None) -> None:
    judge(mutate(chance), profile)
