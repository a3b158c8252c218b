"""What found related links cost: `python -m tests.benchmarks.finding [COUNT ...] [--plain] [--runs N]`.

Builds with `related.auto` 3 and 0 take turns: a first build, one after one more article, and the catalog that is left.
The texts are of 40,000 words of which some are frequent and most are rare, as words are, with a subject each; with
`--plain` they are as `generate` writes them, of thirty words that all articles have.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median

from tests.benchmarks.generate import APART, NEWEST, SITE, SPAN, write_site
from tests.benchmarks.measuring import cost
from tests.benchmarks.versus import SITE as KINDS

VOCABULARY, WORDS, SUBJECT = 40_000, 550, 8
AUTO = (0, 3)


def write_told_site(folder: Path, count: int, more: str) -> None:
    """Write a configuration and `count` posts of about 4 KB, in folders of 1,000."""
    apart = min(APART, SPAN / count)
    (folder / "site.toml").write_text(SITE + more)
    for number in range(count):
        part = folder / f"{number // 1000:04}"
        part.mkdir(exist_ok=True)
        (part / f"post-{number:07}.md").write_text(_post(number, -number * apart))


def _post(number: int, when: timedelta) -> str:
    """One post: of frequent words mostly, and of some that say what it is about."""
    chance = random.Random(number)
    subject = [_word(_FREQUENT + chance.randrange(VOCABULARY - _FREQUENT)) for _ in range(SUBJECT)]
    text = [_word(rank) for rank in chance.choices(range(VOCABULARY), cum_weights=_WEIGHTS, k=WORDS - 3 * SUBJECT)]
    text += 3 * subject
    chance.shuffle(text)
    lines = "\n\n".join(f"{' '.join(text[start : start + 50])}." for start in range(0, WORDS, 50))
    tags = ", ".join(f"tag {tag}" for tag in sorted(chance.sample(range(200), 3)))
    date = (NEWEST + when).replace(microsecond=0).isoformat()
    return (
        f"---\ntitle: {' '.join(subject[:4])} {number}\ndate: {date}\nauthor: Author {chance.randrange(50)}\n"
        f"categories: [Category {chance.randrange(20)}]\ntags: [{tags}]\n---\n{lines}\n"
    )


def _word(rank: int) -> str:
    """The word of a rank: of seven letters, so that a text of them is as long as one."""
    letters, number = "", rank * 7_919 + 12_345
    for _ in range(7):
        number, letter = divmod(number, 20)
        letters += "abcdefghiklmnoprstuv"[letter]
    return letters


_FREQUENT = 200
_WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))


def measure(folder: Path, count: int, runs: int, *, plain: bool) -> None:
    """Print one size."""
    content = folder / "content"
    content.mkdir()
    (write_site if plain else write_told_site)(content, count, KINDS)
    for auto in AUTO:
        (folder / f"{auto}.toml").write_text((content / "site.toml").read_text() + f"[related]\nauto = {auto}\n")
    os.sync()
    time.sleep(3)
    first: dict[int, list[float]] = {auto: [] for auto in AUTO}
    more: dict[int, list[float]] = {auto: [] for auto in AUTO}
    for number in range(runs):
        for auto in AUTO:
            first[auto].append(cost(_command(folder, auto, number)).cpu)
    size = {auto: (_state(folder, auto, runs - 1) / "catalog.db").stat().st_size for auto in AUTO}
    for number in range(max(5, runs)):
        name = content / f"new-{number}.md"
        name.write_text(_post(count + number, timedelta(days=1 + number)))
        for auto in AUTO:
            more[auto].append(cost(_command(folder, auto, runs - 1)).cpu)
        time.sleep(3)  # what had only just changed is read once more
        for auto in AUTO:
            cost(_command(folder, auto, runs - 1))
    for what, costs in (("first build", first), ("one more article", more)):
        without, with_ = (median(costs[auto]) for auto in AUTO)
        share = f"{with_ / without - 1:>+8.1%}"
        print(f"{count:>9} {what:>17} {without:>8.3f} {with_:>8.3f} {with_ - without:>8.3f} {share}", flush=True)
    print(f"{count:>9} {'catalog, bytes more an article':>34} {(size[3] - size[0]) / count:>8.0f}", flush=True)


def _state(folder: Path, auto: int, number: int) -> Path:
    return folder / f"state-{auto}-{number}"


def _command(folder: Path, auto: int, number: int) -> list[str]:
    """Builds the feeds of folder/content with so many found, by a state of its own."""
    (folder / "content/site.toml").write_text((folder / f"{auto}.toml").read_text())
    state, out = _state(folder, auto, number), folder / f"out-{auto}-{number}"
    build = ["build", str(folder / "content"), "--state", str(state), "--out", str(out)]
    return [sys.executable, "-m", "feedwright", *build, "--quiet"]


def main(arguments: Iterable[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.finding", description=__doc__)
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--runs", metavar="N", type=int, default=5, help="first builds of each (5)")
    parser.add_argument("--plain", action="store_true", help="texts as `generate` writes them")
    options = parser.parse_args(list(arguments))
    print(f"{'articles':>9} {'CPU s':>17} {'auto 0':>8} {'auto 3':>8} {'more':>8}")
    for count in options.counts:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), count, options.runs, plain=options.plain)


if __name__ == "__main__":
    main(sys.argv[1:])
