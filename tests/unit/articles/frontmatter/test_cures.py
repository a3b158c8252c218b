"""What is said to mend front matter is what mends it."""

from __future__ import annotations

import pytest

from feedwright.articles.frontmatter.split import split_front_matter


def hint(text: str) -> str:
    (problem,) = split_front_matter(text).problems
    return problem.hint.removesuffix(" The article is in no feed.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: A\ntags: [a, b\ndate: 2024-01-01\n---\n", "Close the [ of the line `tags: [a, b` with ]."),
        ("---\ntags: [a,\n  b\ntitle: A\n---\n", "Close the [ of the line `tags: [a,` with ]."),
        ("---\nauthor: {name: x\ntitle: A\n---\n", "Close the { of the line `author: {name: x` with }."),
        ('---\ntitle: "A\ndate: 2024-01-01\n---\n', 'Close the " of the line `title: "A` with another one.'),
        ("---\ntitle: 'A\ndate: 2024-01-01\n---\n", "Close the ' of the line `title: 'A` with another one."),
        ("---\ntitle: A\nThe text.\n", "Write --- on a line of its own above that one."),
        ("---\ntitle: A\nThe text\n\n---\nmore\n", "If the text begins there, write --- on a line of its own above it"),
        ("---\ntitle: A\n  date: 2024-01-01\n---\n", "Begin each key in the same column as the keys beside it."),
        ("---\n title: A\ndate: 2024-01-01\n---\n", "Begin each key in the same column as the keys beside it."),
        ("---\ntitle: A\njust words\ndate: 2024-01-01\n---\n", "Write that line as `key: value`"),
        ("---\ntitle: A: b\n  c: d\n---\n", "Put the whole text of that line in quotes"),
        ("+++\ntitle: A\n+++\n", "Write it as `key = value`"),
        ("+++\ntitle = A\n+++\n", "Write texts in quotes"),
        ('+++\ntags = ["a"\ntitle = "A"\n+++\n', "Close the [ above with ]."),
        ('+++\ntitle = "A"\n\nText\n', "Write +++ on a line of its own below the last key."),
        ('{"title": "A",\n}\n', "Write names in double quotes, and no comma before a }"),
        ('{"title": "A"\n"date": "x"}\n', "Write a comma at the end of the line above"),
        (';;;\n"title": "A"\n', "Write ;;; on a line of its own below the last key."),
        (f"---\ntitle: {'A' * 300_000}\n---\n", "Write less there: the text comes below it."),
    ],
)
def test_the_cure_is_that_of_the_fault(text: str, said: str) -> None:
    assert hint(text).startswith(said)


@pytest.mark.parametrize("text", ["---\ntags:\n\t- a\n---\n", "---\nauthor:\n\tname: x\n---\n"])
def test_of_a_tab_it_is_said_that_yaml_takes_none(text: str) -> None:
    assert hint(text) == "Indent by spaces: YAML takes no tabs there. A tab was read as spaces."


def test_quotes_are_the_cure_of_a_colon() -> None:
    assert hint("---\ntitle: A: b\n---\n").startswith("Put text with a colon or quotes in it")


def test_a_list_of_many_lines_that_is_closed_is_not_called_open() -> None:
    items = "".join(f"  tag {number},\n" for number in range(3000))
    assert "Close the [" not in hint(f"---\ntags: [a,\n{items}  b]\ntitle: x: y: [\n---\n")


def test_a_number_that_no_program_reads_is_named_with_its_line() -> None:
    (problem,) = split_front_matter(f"---\ntitle: A\ndate: {'1' * 5000}\n---\n").problems
    assert (problem.severity, problem.line, problem.what) == (
        "error",
        3,
        "the YAML of the front matter cannot be read: a number has more than 3,500 digits",
    )
