"""Sites of any size, the same for the same number: `python -m tests.benchmarks.generate COUNT FOLDER`."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

CATEGORIES, TAGS, AUTHORS = 20, 200, 50
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
"""


def write_site(folder: Path, count: int, more: str = "") -> None:
    """Write a configuration and `count` posts of about 4 KB, in folders of 1,000.

    Args:
        folder: made where it is missing.
        more: added to the configuration.
    """
    chance = random.Random(count)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(SITE + more)
    newest = datetime(2024, 6, 1, tzinfo=UTC)
    for number in range(count):
        part = folder / f"{number // 1000:04}"
        part.mkdir(exist_ok=True)
        (part / f"post-{number:07}.md").write_text(post(number, newest - timedelta(minutes=37 * number), chance))


def post(number: int, date: datetime, chance: random.Random) -> str:
    """One post: front matter, headings, links, a list, a code block and some thirty lines of text."""
    tags = ", ".join(f"tag {tag}" for tag in sorted(chance.sample(range(TAGS), 3)))
    head = (
        f"---\ntitle: {sentence(chance, 7)} {number}\ndate: {date.isoformat()}\n"
        f"author: Author {chance.randrange(AUTHORS)}\ncategories: [Category {chance.randrange(CATEGORIES)}]\n"
        f"tags: [{tags}]\n---\n"
    )
    parts = [paragraph(chance)]
    for _ in range(4):
        parts += [f"## {sentence(chance, 4)}", paragraph(chance), paragraph(chance)]
    parts += [
        "- one\n- [two](/two/)\n- ![three](three.jpg)",
        "```python\nprint('tide' < 'river')\n```",
        paragraph(chance),
    ]
    return head + "\n\n".join(parts) + "\n"


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def paragraph(chance: random.Random) -> str:
    return " ".join(
        f"{sentence(chance, 9)} *{sentence(chance, 2)}* [link](/x/{chance.randrange(99)})." for _ in range(4)
    )


if __name__ == "__main__":
    write_site(Path(sys.argv[2]), int(sys.argv[1]))
