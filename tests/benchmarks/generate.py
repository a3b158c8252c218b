"""Sites of any size, the same for the same number: `python -m tests.benchmarks.generate COUNT FOLDER`."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

CATEGORIES, TAGS, AUTHORS = 20, 200, 50
NEWEST = datetime(2024, 6, 1, tzinfo=UTC)
APART, SPAN = timedelta(minutes=37), timedelta(days=20 * 365)  # between posts; between the newest and the oldest
WORDS = (
    *("harbour", "tide", "council", "river", "budget", "school", "storm", "bridge", "market", "ferry", "museum"),
    *("farm", "library", "engine", "glass", "winter", "orchard", "signal", "coast", "island", "railway", "garden"),
    *("window", "paper", "copper", "lantern", "meadow", "sailor"),
)
SITE = """\
title = "A generated site"
url = "https://generated.example/"
description = "As many articles as one likes"
language = "en"
permalink = "/{year}/{slug}/"
formats = ["rss", "atom"]
extras = []
"""


def write_site(folder: Path, count: int, more: str = "") -> None:
    """Write a configuration and `count` posts of about 4 KB, in folders of 1,000.

    Args:
        folder: made where it is missing.
        more: added to the configuration.
    """
    chance = random.Random(count)
    apart = min(APART, SPAN / count) if count else APART
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(SITE + more)
    for number in range(count):
        part = folder / f"{number // 1000:04}"
        if number % 1000 == 0:
            part.mkdir(exist_ok=True)
        date = (NEWEST - apart * number).replace(microsecond=0)
        (part / f"post-{number:07}.md").write_text(post(number, date, chance))


def post(number: int, date: datetime, chance: random.Random) -> str:
    """One post: front matter, headings, links, a list, a code block and some thirty lines of text."""
    tags = ", ".join(f"tag {tag}" for tag in sorted(chance.sample(range(TAGS), 3)))
    first, last, *others = chance.choices(paragraphs(), k=10)
    sections = [f"## {sentence(chance, 4)}\n\n{others.pop()}\n\n{others.pop()}" for _ in range(4)]
    return "\n\n".join(
        (
            f"---\ntitle: {sentence(chance, 7)} {number}\ndate: {date.isoformat()}\n"
            f"author: Author {chance.randrange(AUTHORS)}\ncategories: [Category {chance.randrange(CATEGORIES)}]\n"
            f"tags: [{tags}]\n---\n{first}",
            *sections,
            "- one\n- [two](/two/)\n- ![three](three.jpg)",
            "```python\nprint('tide' < 'river')\n```",
            f"{last}\n",
        )
    )


@cache
def paragraphs() -> tuple[str, ...]:
    """What bodies are put together from: making each paragraph anew would take longer than writing the posts."""
    chance = random.Random(0)
    return tuple(paragraph(chance) for _ in range(2000))


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def paragraph(chance: random.Random) -> str:
    return " ".join(
        f"{sentence(chance, 9)} *{sentence(chance, 2)}* [link](/x/{chance.randrange(99)})." for _ in range(4)
    )


if __name__ == "__main__":
    write_site(Path(sys.argv[2]), int(sys.argv[1]))
