"""The progress bar: one over all steps, for people at a terminal alone."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.cli import printing, progress
from feedwright.run import STEPS
from tests.conftest import SiteOnDisk
from tests.terminal import run_on_terminal

SLOW = (
    "import sys, time; from feedwright import cli; from feedwright.sources.folder import parse as module\n"
    "from feedwright.cli import progress; progress.DELAY = {delay}\n"
    "from feedwright.read import files; files.CHUNK = 1\n"
    "parse = module.parse\n"
    "module.parse = lambda *given: (time.sleep({pause}), parse(*given))[1]\n"
    "code = cli.main(sys.argv[1:]); print('tqdm' in sys.modules); sys.exit(code)"
)


def on_a_terminal(
    site: SiteOnDisk, *more: str, columns: int = 80, pause: float = 0.3, delay: float = 1.0, **variables: str
) -> list[str]:
    """What a slow build writes to a terminal, and last whether it loaded what draws bars."""
    code = SLOW.format(pause=pause, delay=delay)
    command = [sys.executable, "-c", code, "build", str(site.content), "--out", str(site.out), *more]
    returned, shown, out = run_on_terminal(command, {**os.environ, "TERM": "xterm", **variables}, columns)
    assert returned == 0
    return [*re.split("[\r\n]+", shown), out.splitlines()[-1]]


@pytest.fixture
def long(site: SiteOnDisk) -> SiteOnDisk:
    """A site that takes a while."""
    for number in range(8):
        site.article(f"{number}.md")
    return site


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_long_work_shows_one_bar_that_fits_its_terminal_never_goes_back_and_leaves_nothing(
    long: SiteOnDisk, columns: int
) -> None:
    *shown, loaded = on_a_terminal(long, columns=columns)
    bars = [line for line in shown if "|" in line]
    percents = [int(found[1]) for line in bars if (found := re.search(r"(\d+)% \|", line))]
    assert loaded == "True"
    assert len(percents) == len(bars) >= 3
    assert percents == sorted(percents)
    assert 0 < percents[0] < percents[-1] < 100
    assert max(map(len, shown)) <= columns
    assert re.match(r"reading articles [1-8]/8 " if columns >= 60 else "reading  ", bars[0])
    assert not "".join(shown[shown.index(bars[-1]) + 1 :]).strip()


@pytest.mark.parametrize("option", ["--quiet", "--format=json"])
def test_no_bar_is_shown_to_those_who_want_none(long: SiteOnDisk, option: str) -> None:
    assert on_a_terminal(long, option)[0] == ""


def test_no_bar_is_shown_on_a_terminal_that_cannot_go_back(long: SiteOnDisk) -> None:
    assert on_a_terminal(long, TERM="dumb")[0] == ""


def test_short_work_shows_no_bar_and_loads_nothing_that_draws_one(long: SiteOnDisk) -> None:
    assert on_a_terminal(long, pause=0, delay=1e9) == ["", "False"]


def test_no_bar_is_shown_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with printing.progress(argparse.Namespace(quiet=False, format="text")) as found:
        assert found is None


@given(
    st.sampled_from(STEPS[1:]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.dictionaries(st.sampled_from(STEPS), st.integers(0, 9)),
)
def test_a_part_of_a_build_is_between_nothing_and_all_and_grows(
    step: str, done: int, more: int, totals: dict[str, int]
) -> None:
    now, later = (progress.fraction(step, count, totals) for count in (done, done + more))
    assert 0 <= now <= later <= 1


def test_a_build_that_has_done_all_of_its_last_step_has_done_all() -> None:
    assert progress.fraction("write", 3, {"write": 3}) == 1
    assert progress.fraction("pages", 0, {"pages": 3}) == 0


def test_every_step_has_its_share_and_its_words() -> None:
    assert list(progress.SHARES) == list(progress.DOING) == list(STEPS)


def test_a_build_tells_of_every_step_how_many_there_are_and_then_how_far_it_is(
    long: SiteOnDisk, tmp_path: Path
) -> None:
    from feedwright.pipeline import build

    pages = tmp_path / "public"
    for number in range(8):
        page = pages / f"{number}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            f"<!doctype html><title>{number}</title><article><h1>{number}</h1><p>Water comes and goes.</article></html>"
        )
    long.configure(f'[pages]\nfolder = "{pages}"\nmissing = "formula"\n'.replace(str(pages), "../public"))
    told: list[tuple[str, str, int]] = []

    class Told:
        def __call__(self, step: str, done: int) -> None:
            told.append(("done", step, done))

        def expect(self, step: str, total: int) -> None:
            told.append(("of", step, total))

    build(long.content, long.out, progress=Told())
    totals = {step: total for what, step, total in told if what == "of" and total}
    assert totals == {"pages": 8, "read": 8, "render": 8, "entries": 8, "write": 3}
    assert tuple(dict.fromkeys(step for _, step, _ in told)) == STEPS
    assert all(done <= totals[step] for what, step, done in told if what == "done")
