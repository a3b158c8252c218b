"""JSON and TOML that are nested deep, or only look so."""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.text.nesting import DEEPEST, TooDeepError, json_loads, refuse_deep_json, toml_loads


@pytest.mark.parametrize("deep", [DEEPEST + 1, 20_000])
@pytest.mark.parametrize("piece", ["[", '{"a":', '[1, {"a": ', '"[]", ['])
def test_deep_json_is_refused_with_its_line(piece: str, deep: int) -> None:
    with pytest.raises(TooDeepError) as raised:
        json_loads("[\n" + piece * deep)
    assert raised.value.line == 2
    assert raised.value.what == "it is nested more than 64 deep"


def test_json_may_be_nested_64_deep() -> None:
    assert json_loads("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(TooDeepError):
        json_loads("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


def test_brackets_within_json_strings_do_not_count() -> None:
    text = json.dumps({"a": "[{" * 500, 'b"]': ['\\"[' * 200, "[" * 99], "c": [[]] * 99})
    assert json_loads(text) == json.loads(text)


def test_what_follows_the_json_of_an_article_does_not_count() -> None:
    refuse_deep_json('{"a": 1}\n' + "[" * 1000)
    with pytest.raises(TooDeepError):
        refuse_deep_json('{"a": ' + "[" * 1000)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = " + "[" * 9000, 2),
        ("a = '''\n[[\n'''\nb = " + "{a = " * 99, 4),
        ("a = 1 # [\n\nb = [\n" + "[\n" * 64, 67),
        ("a = 1\n" + "a." * 64 + "b = 1", 2),
        ("a = 1\n[" + '"a" . ' * 64 + "b]", 2),
        ("a = 1\nb = {" + "a.'b'." * 10_000 + "c = 1}", 2),
    ],
)
def test_deep_toml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(TooDeepError) as raised:
        toml_loads(text)
    assert raised.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 64 + "]" * 64,
        "a." * 63 + "b = 1",
        'a = "' + "[" * 99 + "." * 99 + '"',
        "a = '" + "[" * 99 + "\\'",
        'a = """\n' + "[.\n" * 99 + '\\""" """',
        "a = '''" + "[.\n" * 99 + "''' # " + "[" * 99,
        "a = [" + "1.5, " * 999 + "]",
        "\n".join(f"a.b.c{n} = {{x.y = [1.0]}}" for n in range(99)),
        "\n".join(f"[[a.b.c{n}]]" for n in range(99)),
    ],
)
def test_toml_that_is_not_deep_is_read(text: str) -> None:
    assert toml_loads(text) == tomllib.loads(text)


@given(st.text(alphabet="[]{}\"'\\\n #a.=1", max_size=60))
def test_nothing_else_is_said_of_toml_than_the_parser_says(text: str) -> None:
    padded = text + "\n#" + "[" * DEEPEST
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ValueError):
            toml_loads(padded)
    else:
        assert toml_loads(padded) == expected


@pytest.mark.parametrize(
    "piece", ["[", "]", "[]", "{]", '"', '\\"', '"\\', '["', "a", "a.", "'''", '"""', "#", "-.", "\n["]
)
def test_a_megabyte_is_weighed_in_no_time(piece: str) -> None:
    text = (piece * 2**20)[: 2**20]
    start = process_time()
    for read in (json_loads, toml_loads):
        with suppress(ValueError):
            read(text)
    assert process_time() - start < 2
