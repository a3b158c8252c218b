"""docs/architecture.md says what the tree is: every package and every place that it names is there, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.test_layers import LAYERS

CHECKOUT = Path(__file__).parents[1]
PACKAGE = CHECKOUT / "feeds" / "feedwright"
PAGE = (CHECKOUT / "docs" / "architecture.md").read_text()


def section(title: str) -> str:
    """What stands below a heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a section's table, without its head; `|` within code parts none."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def named() -> set[str]:
    """Whatever is named as a path."""
    return set(re.findall(r"`((?:[\w.]+/)*[\w.]*(?:/|\.(?:py|toml|css|rng)))`", PAGE))


def places(path: str) -> list[Path]:
    """Where a path that is named may be: in the package, else in the checkout."""
    return [folder / path for folder in (PACKAGE, CHECKOUT) if (folder / path).exists()]


def test_the_packages_are_those_that_there_are_in_the_order_of_their_layers() -> None:
    listed = [row[0].strip("`").removesuffix(".py").removesuffix("/") for row in rows(section("Packages"))]
    assert listed == LAYERS
    there = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(listed) == there


def test_every_package_is_named_and_no_other() -> None:
    packages = {f"{path.parent.relative_to(PACKAGE)}/" for path in PACKAGE.glob("*/**/__init__.py")}
    assert packages - named() == set()


def test_every_path_that_is_named_is_there() -> None:
    assert len(named()) > 100
    own = {"content/", "out/", "content/.feeds/", "site.toml", "STATE/archive/", "feeds/feedwright/"}
    assert {path for path in named() - own if not places(path)} == set()


def test_most_questions_that_a_stranger_has_are_answered() -> None:
    asked = [row for row in rows(section("Where is what")) if not row[0].startswith("**")]
    assert len(asked) >= 40
    for question, answer in asked:
        assert question.endswith("?"), question
        assert "`" in answer or "](#" in answer, answer


def test_every_name_in_capitals_that_is_named_with_a_place_is_there() -> None:
    found = re.findall(r"`([A-Z]{4,})` in `([\w/.]+)`|`([\w/.]+)`, (?:the table )?`([A-Z]{4,})`", PAGE)
    pairs = [(name or other, path or place) for name, path, place, other in found]
    assert len(pairs) >= 3
    for name, path in pairs:
        assert re.search(rf"^{name}\b", (PACKAGE / path).read_text(), re.MULTILINE), (name, path)


def test_links_within_the_page_lead_somewhere() -> None:
    headings = {re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in re.findall(r"^## (.+)$", PAGE, re.M)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= headings
    others = (CHECKOUT / "CONTRIBUTING.md").read_text()
    assert set(re.findall(r"\]\(docs/architecture\.md#([\w-]+)\)", others)) <= headings
