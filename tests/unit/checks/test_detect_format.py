"""What a document is, and where its problems stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.checks import check, json_text, refused
from feedwright.checks.example_frames import document
from feedwright.errors import Problem

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
JSON = document("json item", '"language": "en"')
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=5), inside, max_size=4),
    max_leaves=12,
)


def codes(data: bytes, **options: object) -> set[str]:
    return {problem.code for problem in check(data, **options)}  # type: ignore[arg-type]


def only(data: bytes) -> Problem:
    (problem,) = check(data, file="a")
    return problem


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<rss version="0.91"><channel/></rss>', "RSS 0.91"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "RSS 0.90"),
        (
            b'<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            "RSS 1.0",
        ),
        (b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>', "Atom 0.3"),
    ],
)
def test_old_formats_are_recognised_and_only_their_xml_is_judged(data: bytes, name: str) -> None:
    problem = only(data)
    assert (problem.code, problem.severity) == ("format-old", "info")
    assert problem.what == f"{name} is old; only its XML is judged"
    assert codes(data[:-3]) == {"not-well-formed"}


@pytest.mark.parametrize("frame", ["channel", "feed", "json feed", "head", "url"])
def test_every_format_is_told_from_its_content(frame: str) -> None:
    assert check(document(frame, "")) == []
    assert codes(document(frame, ""), media_type="image/png") == {"media-type"}


def test_a_web_page_is_told_apart_with_the_way_to_its_feed() -> None:
    problem = only(b"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>")
    assert problem.code == "format-unknown"
    assert 'rel="alternate"' in problem.hint


def test_a_compressed_document_is_told_as_such() -> None:
    assert only(b"\x1f\x8b\x08\x00").what == "the document is compressed with gzip"


def test_a_problem_has_the_line_and_column_where_its_start_tag_begins() -> None:
    text = "<channel>\n<description>\u00e9</description>\n  <ttl\n>0</ttl>"
    data = document("bare channel", "").decode().replace("<channel>", text).encode()
    (ttl,) = [problem for problem in check(data, file="a.xml") if problem.code == "rss-ttl"]
    assert (ttl.line, ttl.column) == (3, 3)
    assert str(ttl).startswith("a.xml:3:3: rss/channel/ttl: ")


def test_two_elements_on_one_line_have_their_own_columns() -> None:
    found = check(document("channel", "<ttl>0</ttl><skipHours><hour>25</hour></skipHours>"))
    assert [problem.code for problem in found] == ["rss-ttl", "rss-skip-hour"]
    assert found[0].column + len("<ttl>0</ttl><skipHours>") == found[1].column


def test_what_is_not_well_formed_has_a_column() -> None:
    problem = only(b"<rss version='2.0'>\n<channel></chanel></rss>")
    assert (problem.line, problem.column > 1) == (2, True)


def test_encodings_of_many_bytes_have_lines_and_no_columns() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?>\n<rss version="3.0"/>'
    found = {problem.code: problem for problem in check(text.encode("gb2312"))}
    assert (found["rss-version"].line, found["rss-version"].column) == (2, 0)


def test_a_declared_encoding_that_has_two_bytes_a_character_is_told() -> None:
    problem = only(b'<?xml version="1.0" encoding="utf-16"?>\n<rss version="2.0"/>')
    assert "two or four bytes a character" in problem.what


def test_json_problems_have_lines_columns_and_paths() -> None:
    text = json.dumps(json.loads(JSON), indent=1).replace('"en"', "5").replace('"a"', '"a", "url": "/a"')
    by_code = {problem.code: problem for problem in check(text.encode(), file="a.json")}
    url = by_code["jsonfeed-url"]
    line = text.splitlines()[url.line - 1]
    assert line[url.column - 1 :].startswith('"url": "/a"')
    assert url.key == "items[1]/url"
    assert by_code["jsonfeed-type"].what == "language is not a string"


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b'{\n  "a": ,}', 2, 8, "not valid JSON"),
        (b"{" + b'"a":{' * 200_000, 1, 1, "too deep"),
        (b'{"version": ' + b"9" * 5000 + b"}", 1, 1, "a number"),
        (b'{"version": NaN}', 1, 1, "a number"),
        (b'{"a": "\xff"}', 1, 8, "not UTF-8"),
    ],
)
def test_broken_json_is_told_with_its_place(data: bytes, line: int, column: int, words: str) -> None:
    problem = only(data)
    assert problem.severity == "error"
    assert words in problem.what
    assert (problem.line, problem.column) == (line, column)


def test_the_last_of_two_equal_keys_is_pointed_at() -> None:
    data = document("json feed", '"language": "en",\n"language": "de"')
    assert (only(data).code, only(data).line, only(data).column) == ("json-key-repeated", 2, 1)


@given(VALUES)
def test_every_value_of_any_json_is_found_where_it_stands(value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    places = json_text.Places(text)

    def look(inside: object, path: json_text.Path) -> None:
        line, column = places.of(path)
        rest = text.split("\n")[line - 1][column - 1 :]
        if path and isinstance(path[-1], str):
            assert rest.startswith(json.dumps(path[-1], ensure_ascii=False))
        members = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
        for step, member in members:
            look(member, (*path, step))

    look(value, ())


@given(VALUES)
def test_any_json_gives_problems_and_never_an_exception(value: object) -> None:
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [value], "authors": value}).encode()
    assert codes(data) >= {"jsonfeed-key-missing"}


def test_dates_are_judged_against_the_time_that_is_given_and_no_other() -> None:
    future = document("item", "<pubDate>Thu, 01 Mar 2040 09:30:00 +0000</pubDate>")
    assert check(future) == []
    assert codes(future, now=NOW) == {"date-in-future"}
    assert check(future, now=datetime(2040, 3, 1, 9, tzinfo=UTC)) == []


def test_a_profile_adds_its_demands_and_nothing_else() -> None:
    bare = document("channel", "")
    assert check(bare) == []
    assert codes(bare, profile="apple") == {"apple-missing", "apple-recommended"}
    assert codes(document("feed", ""), profile="spotify") == {"spotify-format"}


def test_a_build_is_told_of_errors_and_of_what_it_refuses_and_of_nothing_else() -> None:
    item = b"<item><title>a</title><description>&lt;script&gt;x&lt;/script&gt; &lt;a href='b'&gt;</description></item>"
    document = b'<rss version="2.0"><channel><title>a</title><link>b</link>' + item + b"</channel></rss>"
    told = {problem.code for problem in refused(document)}
    found = {problem.code: problem.severity for problem in check(document)}
    assert told == {code for code, severity in found.items() if severity == "error"} | {"html-script"}
    assert set(found) > told
