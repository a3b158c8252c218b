"""Front matter in every syntax, whole or broken."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.frontmatter import yaml
from feedwright.articles.frontmatter.errors import BlockError
from feedwright.articles.frontmatter.model import LARGEST, FrontMatter
from feedwright.articles.frontmatter.split import split_front_matter


def codes(front: FrontMatter) -> list[str]:
    return [problem.code for problem in front.problems]


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("---\ntitle: Tides\ndate: 2020-01-02\n---\nText\n", "yaml"),
        ('+++\ntitle = "Tides"\ndate = 2020-01-02\n+++\nText\n', "toml"),
        ('{"title": "Tides", "date": "2020-01-02"}\nText\n', "json"),
        (';;;\n"title": "Tides",\n"date": "2020-01-02"\n;;;\nText\n', "json"),
        (';;;\n{"title": "Tides", "date": "2020-01-02"}\n;;;\nText\n', "json"),
        ('---toml\ntitle = "Tides"\ndate = 2020-01-02\n---\nText\n', "toml"),
        ('---json\n{"title": "Tides", "date": "2020-01-02"}\n---\nText\n', "json"),
        ("---yaml\ntitle: Tides\ndate: 2020-01-02\n---\nText\n", "yaml"),
        ("Title: Tides\nDate: 2020-01-02\n\nText\n", "metadata"),
        ("title: Tides\ndate: 2020-01-02\n---\nText\n", "yaml"),
        ("Title: Tides\nDate: 2020-01-02\nText\n", "metadata"),
        (".. title: Tides\n.. date: 2020-01-02\n\nText\n", "nikola"),
        ("<!--\n.. title: Tides\n.. date: 2020-01-02\n-->\nText\n", "nikola"),
    ],
)
def test_every_syntax_gives_the_same_values_and_dates_are_text(text: str, syntax: str) -> None:
    front = split_front_matter(text)
    assert front.syntax == syntax
    assert front.values == {"title": "Tides", "date": "2020-01-02"}
    assert front.body.strip() == "Text"
    assert front.problems == ()


@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "\ufeff\n", "  \n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_marks_blank_lines_and_line_ends_do_not_matter(before: str, line_end: str) -> None:
    front = split_front_matter(before + "---\ntitle: Tides\n--- \nText\n".replace("\n", line_end))
    assert (front.values, front.body) == ({"title": "Tides"}, "Text\n")


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "Tides"\ndate = 2020-01-02\n+++\nText\n',
        '{\n"title": "Tides",\n"date": "2020-01-02"\n}\nText\n',
        ';;;\n{"title": "Tides", "date": "2020-01-02"}\n;;;\nText\n',
        "Title: Tides\nDate: 2020-01-02\n\nText\n",
        ".. title: Tides\n.. date: 2020-01-02\n\nText\n",
    ],
)
@pytest.mark.parametrize("before", ["\ufeff", "\n\n", "\ufeff\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_nor_do_they_in_any_other_syntax(text: str, before: str, line_end: str) -> None:
    front = split_front_matter(before + text.replace("\n", line_end))
    assert front.values == {"title": "Tides", "date": "2020-01-02"}
    assert (front.body.strip(), front.problems) == ("Text", ())


def test_the_lines_of_keys_and_body_are_those_of_the_file() -> None:
    front = split_front_matter("\n---\ntitle: Tides\ntags:\n  - sea\ndate: 2020-01-02\n---\nText\n")
    assert front.lines == {"title": 3, "tags": 4, "date": 6}
    assert front.body_line == 8


@pytest.mark.parametrize(
    "text", ["Text\n", "# Tides\n\nText: more\n", "{% include a %}\n", "---\n\nText under a rule\n"]
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    front = split_front_matter(text)
    assert (front.values, front.body, front.problems) == ({}, text, ())


def test_hexo_needs_no_opening_line() -> None:
    front = split_front_matter("title: Tides\ndate: 2013/7/13 20:46:25\ntags:\n- sea\n- moon\n---\nText\n")
    assert front.values == {"title": "Tides", "date": "2013/7/13 20:46:25", "tags": ["sea", "moon"]}
    assert (front.body, front.body_line, front.lines["tags"]) == ("Text\n", 7, 3)


def test_metadata_may_hold_colons_and_go_on_over_lines() -> None:
    front = split_front_matter(
        "Title: Tides: the sea\nDate: 2020-01-02\nAuthors: Ann,\n    Bob\n"
        "Tags: sea\n    moon\nSummary: High\n  tide\n\nText\n"
    )
    assert front.values == {
        "title": "Tides: the sea",
        "date": "2020-01-02",
        "authors": "Ann, Bob",
        "tags": "sea, moon",
        "summary": "High tide",
    }
    assert front.lines["summary"] == 7


def test_multimarkdown_keys_may_have_spaces() -> None:
    front = split_front_matter("Title: Tides\nAuthor: Ann\nBase Header Level: 2\nDate: 2 January 2020  \n\nText\n")
    assert front.values["base header level"] == "2"
    assert front.values["date"] == "2 January 2020"


@pytest.mark.parametrize(
    "text",
    [
        "Date: a fruit of the palm.\n\nMore.\n",
        "Note: this is text.\nTitle: this is text, too.\n\nMore.\n",
        "Title: Tides\nThe sea rises.\n",
        "Warning: mind the gap\n---\n",
        "<!-- a comment -->\n.. title: Tides\n",
        ".. image:: tides.png\n",
    ],
)
def test_what_may_be_text_is_no_metadata(text: str) -> None:
    assert (split_front_matter(text).values, split_front_matter(text).body) == ({}, text)


def test_of_a_repeated_toml_key_the_last_one_wins_with_a_warning() -> None:
    front = split_front_matter(
        '+++\ntitle = "A"\ndate = 2020-01-02\ntitle = "B"\n[extra]\nx = 1\nx = 2\n[extra.y]\nx = 3\n+++\nText\n'
    )
    assert front.values == {"title": "B", "date": "2020-01-02", "extra": {"x": 2, "y": {"x": 3}}}
    assert [(p.code, p.line, p.key) for p in front.problems] == [("key-repeated", 4, "title"), ("key-repeated", 7, "x")]


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Tides",\n"title": "Ebb"}\nText\n',
        "Title: Tides\nTitle: Ebb\nDate: 2020-01-02\n\nText\n",
        ".. title: Tides\n.. title: Ebb\n\nText\n",
    ],
)
def test_of_a_key_that_is_repeated_in_another_syntax_the_last_one_wins_with_a_warning(text: str) -> None:
    front = split_front_matter(text)
    (problem,) = front.problems
    assert (front.values["title"], problem.code, problem.line) == ("Ebb", "key-repeated", 2)


@pytest.mark.parametrize("block", ["a = [\n1]\na = 2", "[a]\n[a]", "a = 1\n" * 50])
def test_toml_that_repeats_too_much_is_an_error(block: str) -> None:
    assert codes(split_front_matter(f"+++\n{block}\n+++\n")) == ["front-matter-invalid"]


def test_a_note_at_the_start_of_a_text_is_no_metadata() -> None:
    assert split_front_matter("Note: this is text.\n\nMore.\n").values == {}


def test_empty_front_matter_has_no_values() -> None:
    assert split_front_matter("---\n---\nText\n").values == {}
    assert split_front_matter("---\n# nothing\n---\nText\n").problems == ()


def test_of_a_repeated_key_the_last_one_wins_with_a_warning() -> None:
    front = split_front_matter("---\ntitle: A\ndate: 2020-01-02\ntitle: B\n---\n")
    assert front.values["title"] == "B"
    assert [(p.code, p.severity, p.line, p.key) for p in front.problems] == [("key-repeated", "warning", 4, "title")]
    assert codes(split_front_matter('{"title": "A",\n"title": "B"}')) == ["key-repeated"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Tides: the sea", "Tides: the sea"),
        ("title: [RFC] tides", "[RFC] tides"),
        ("title: 'It's the sea'", "It's the sea"),
        ('title: "Tides" and more', '"Tides" and more'),
        ("title: @tides", "@tides"),
        ("title: `tides`", "`tides`"),
        ("title: *tides* rise", "*tides* rise"),
        ("title:\tTides", "Tides"),
    ],
)
def test_a_broken_line_is_mended_where_it_is_certain(line: str, title: str) -> None:
    front = split_front_matter(f"---\n{line}\ndate: 2020-01-02\n---\nText\n")
    assert front.values == {"title": title, "date": "2020-01-02"}
    assert {problem.severity for problem in front.problems} <= {"warning"}


def test_a_mended_colon_is_reported_with_its_line() -> None:
    (problem,) = split_front_matter("---\ndate: 2020-01-02\ntitle: Tides: the sea\n---\n").problems
    assert (problem.code, problem.line) == ("front-matter-mended", 3)


@pytest.mark.parametrize(
    "block", ["tags: [a, b\nx: c", 'title: "Tides', "a: {b: c", "a: *nothing\n  b: c", "a: !!python/object:os.system x"]
)
def test_what_cannot_be_mended_is_an_error_on_a_line(block: str) -> None:
    front = split_front_matter(f"---\ndate: 2020-01-02\n{block}\n---\nText\n")
    assert codes(front) == ["front-matter-invalid"]
    assert front.problems[0].severity == "error"
    assert front.problems[0].line >= 1


def test_the_error_names_the_line_of_the_file() -> None:
    (problem,) = split_front_matter("\n---\ntitle: Tides\nx: [a\ny: b\n---\n").problems
    assert problem.line == 5
    (problem,) = split_front_matter('+++\ntitle = "Tides"\nx = [\n+++\n').problems
    assert (problem.line, problem.code) == (3, "front-matter-invalid")
    (problem,) = split_front_matter('{"title": "Tides",\n"x": }\n').problems
    assert problem.line == 2


@pytest.mark.parametrize("text", ["---\n- a\n- b\n---\n", "---\njust words\n---\n", ";;;\n[1]\n;;;\n"])
def test_front_matter_that_holds_no_keys_is_an_error(text: str) -> None:
    assert [problem.severity for problem in split_front_matter(text).problems] == ["error"]


def test_a_missing_closing_line_is_mended_where_the_front_matter_is_plain() -> None:
    front = split_front_matter("---\ntitle: Tides\ndate: 2020-01-02\n\nThe sea rises.\n")
    assert front.values == {"title": "Tides", "date": "2020-01-02"}
    assert front.body.strip() == "The sea rises."
    assert [(p.code, p.line) for p in front.problems] == [("front-matter-unclosed", 4)]


def test_a_missing_closing_line_is_an_error_where_the_text_begins_at_once() -> None:
    assert codes(split_front_matter("---\ntitle: Tides\nThe sea rises.\n")) == ["front-matter-invalid"]


def test_a_rule_in_the_text_does_not_close_front_matter_that_was_left_open() -> None:
    front = split_front_matter("---\ntitle: Tides\n\nThe sea: it rises, and: it falls.\n\n---\n\nMore.\n")
    assert front.values == {"title": "Tides"}
    assert "it falls" in front.body


def test_numbers_can_be_had_as_they_were_written() -> None:
    front = split_front_matter("---\ntitle: 1.10\ntags: [007, 2020, true, sea]\n---\n")
    assert front.as_written("title", 1.1) == "1.10"
    assert front.as_written("tags", []) == ["007", "2020", "true", "sea"]


def test_merge_keys_are_merged() -> None:
    assert split_front_matter("---\na: &a {x: 1}\nb:\n  <<: *a\n---\n").values["b"] == {"x": 1}


def test_a_nul_does_not_hide_what_follows() -> None:
    assert split_front_matter("---\ntitle: Ti\0des\ndraft: true\n---\n").values == {"title": "Tides", "draft": True}


EXPLODING = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGING = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{','.join(['*' + before] * 9)}]}}\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "block", [EXPLODING, MERGING, "a: &a [*a]\n<<: {}", "a: " + "[" * 20_000, "a: " + "{x: " * 5_000 + "}" * 5_000]
)
def test_exploding_front_matter_is_refused_in_little_time(block: str) -> None:
    start = time.perf_counter()
    front = split_front_matter(f"---\n{block}\n---\n")
    assert codes(front) == ["front-matter-invalid"]
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text", ["+++\na = " + "[" * 5_000 + "\n+++\n", '{"a": ' + "[" * 50_000, "---\n" + "a: b\n" * LARGEST + "---\n"]
)
def test_nested_or_endless_front_matter_is_an_error(text: str) -> None:
    assert [problem.severity for problem in split_front_matter(text).problems] == ["error"]


@given(st.text())
def test_any_text_is_split(text: str) -> None:
    assert isinstance(split_front_matter(text).values, dict)


@given(st.text(alphabet="---\n+;{}[]:\"' ab,&*!|>#\t<", max_size=80))
def test_any_front_matter_is_split(block: str) -> None:
    for fence in ("---", "+++", ";;;"):
        front = split_front_matter(f"{fence}\n{block}\n{fence}\nText\n")
        assert front.values == {} or all(isinstance(key, str) for key in front.values)


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\x85")
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), PLAIN | st.lists(PLAIN) | st.booleans()))
def test_json_within_yaml_keeps_every_value(values: dict[str, object]) -> None:
    block = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    assert split_front_matter(f"---\n{block}---\n").values == values


DEEP = {
    "dashes": ("---\ntitle: a\nx:\n  " + "- " * 12_000 + "a\n---\nText\n", 4),
    "question marks": ("---\ntitle: a\nx:\n  " + "? " * 12_000 + "a\n---\nText\n", 4),
    "brackets": ("---\ntitle: a\nx: " + "[" * 12_000 + "a\n---\nText\n", 3),
    "sixty-five brackets": ("---\ntitle: a\nx: " + "[" * 64 + "]" * 64 + "\n---\nText\n", 3),
    "braces": ("---\ntitle: a\nx: " + "{a: " * 12_000 + "a\n---\nText\n", 3),
    "pairs": ("---\ntitle: a\nx: " + "[a: " * 12_000 + "a\n---\nText\n", 3),
    "lines": ("---\n" + "".join(" " * deep + "a:\n" for deep in range(400)) + "---\nText\n", 66),
    "lists in keys": ("---\n" + "".join(f"{'  ' * deep}- a:\n" for deep in range(400)) + "---\nText\n", 34),
    "dashes and brackets": ("---\ntitle: a\nx:\n  " + "- " * 40 + "[" * 40 + "\n---\nText\n", 4),
    "aliases": (
        "---\na0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 99)) + "<<: {}\n---\n",
        65,
    ),
    "no closing line": ("---\ntitle: a\nx:\n  " + "- " * 12_000 + "a\n\nText\n", 4),
    "TOML": ("+++\ntitle = 'a'\nx = " + "[" * 12_000 + "\n+++\nText\n", 3),
    "TOML's tables": ("+++\ntitle = 'a'\nx = " + "{a = " * 12_000 + "\n+++\nText\n", 3),
    "TOML's keys": ("+++\ntitle = 'a'\n" + "a." * 20_000 + "a = 1\n+++\nText\n", 3),
    "TOML's headers": ("+++\ntitle = 'a'\n[" + "a." * 20_000 + "a]\n+++\nText\n", 3),
    "JSON": ('{"title": "a",\n"x": ' + "[" * 12_000 + "}\nText\n", 2),
    "JSON with fences": (';;;\n"title": "a",\n"x": ' + '{"a": ' * 12_000 + "\n;;;\nText\n", 3),
}


@pytest.mark.parametrize("form", DEEP)
def test_deep_front_matter_is_an_error_with_its_line(form: str) -> None:
    text, line = DEEP[form]
    front = split_front_matter(text)
    found = [(problem.code, problem.line) for problem in front.problems]
    assert found == [("front-matter-invalid", line)]
    assert "more than 64" in front.problems[0].what


def test_deep_lines_that_no_fence_opens_are_text() -> None:
    front = split_front_matter("title: a\ndate: 2020-01-02\nx:\n  " + "- " * 12_000 + "a\n---\nText\n")
    assert front.syntax == "metadata"


@pytest.mark.parametrize(
    "block",
    [
        f"x: {'[' * 63}{']' * 63}",
        "x:\n  " + "- " * 63 + "a",
        'x: "' + "[" * 200 + '"',
        "x: '" + "- [{" * 200 + "'",
        "x: a" + "[" * 200,
        "x: a # " + "[" * 200,
        "x: |\n  " + "- " * 200 + "\n  " + "[" * 200,
        "x: >-\n  " + "- ? : " * 200,
        'x: "\n  ' + "- " * 200 + '"',
        "x:\n" + "".join(f"  - a{n}: [b, c, {{d: e}}]\n" for n in range(100)),
        "x:\n" + "".join(f"                        - a{n}: [b, c, 'd']\n" for n in range(100)),
    ],
)
def test_yaml_that_only_looks_deep_is_read(block: str) -> None:
    front = split_front_matter(f"---\ntitle: a\n{block}\n---\nText\n")
    assert list(front.values) == ["title", "x"]
    assert front.problems == ()


@pytest.mark.parametrize("key", ["{{{a: b}: c}: d}", "{? {a: b}}", "[? {a: [b]}]"])
def test_a_key_that_is_no_text_ends_nothing(key: str) -> None:
    front = split_front_matter(f"---\ntitle: a\nx: {key}\n---\nText\n")
    assert front.values.get("title") == "a" or [one.code for one in front.problems] == ["front-matter-invalid"]


OPENERS = (
    "- ",
    "? ",
    ": ",
    "[",
    "{",
    "]",
    "}",
    "a: ",
    "a:\n",
    "\n",
    " ",
    "\t",
    "'",
    '"',
    "&a ",
    "*a",
    "|\n",
    "#",
    ",",
    "-\n",
)


def _depth(value: object) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(inner, (list, tuple, set, frozenset)) else 0


@given(st.lists(st.sampled_from(OPENERS), max_size=300), st.sampled_from(OPENERS))
def test_no_yaml_is_read_that_is_much_deeper_than_64(pieces: list[str], filling: str) -> None:
    with suppress(BlockError):
        assert _depth(yaml.load("".join((*pieces, filling * 100))).value) <= 80


@pytest.mark.parametrize(
    "before", ["", "\n", " ", "\n\n  ", "\t", "    ", "\ufeff", "\ufeff\n ", "\n\ufeff", "\r\n  ", "\u200b", "\u00a0"]
)
@pytest.mark.parametrize(
    "front",
    [
        '{"title": "A", "date": "2024-01-01"}\n',
        '{\n\n  "title": "A",\n  "date": "2024-01-01"\n}\n',
        "---\ntitle: A\ndate: 2024-01-01\n---\n",
        '+++\ntitle = "A"\ndate = "2024-01-01"\n+++\n',
        ';;;\n"title": "A", "date": "2024-01-01"\n;;;\n',
    ],
)
def test_white_space_before_front_matter_of_any_syntax_does_not_count(before: str, front: str) -> None:
    read = split_front_matter(f"{before}{front}Text")
    assert (read.values, read.problems) == ({"title": "A", "date": "2024-01-01"}, ())
    assert read.body.strip() == "Text"


@pytest.mark.parametrize(
    "text", ['    {"a": 1}\n\nText', '\t{"title": "A",\n\t}\n\nText', "  ---\n\nText", " {{< x >}}\nText", "   Text"]
)
def test_a_text_that_begins_indented_is_a_text(text: str) -> None:
    read = split_front_matter(text)
    assert (read.syntax, read.body, read.problems) == ("none", text, ())


def test_indented_json_that_cannot_be_read_is_said_to_be_that() -> None:
    (problem,) = split_front_matter('\n  {"title": "A",\n}\nText').problems
    assert (problem.code, problem.line) == ("front-matter-invalid", 3)
