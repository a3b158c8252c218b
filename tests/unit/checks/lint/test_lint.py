"""The linter: what it reads, how it counts, and what its reports say."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright import checks
from feedwright.checks import lint
from feedwright.checks.gate import Asked
from feedwright.checks.lint import Options, Tally, UsageError, inputs, model, reports, sarif
from feedwright.checks.lint.codes import every, known
from feedwright.checks.lint.sniff import HEAD, recognise
from feedwright.errors import Problem

GOOD = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:example.org,2026:feed</id>
  <title>Sea</title>
  <updated>2026-03-01T09:30:00Z</updated>
  <link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>
  <author><name>Ann</name></author>
</feed>
"""
BROKEN = b"<rss version='2.0'><channel>"
NOT_A_FEED = b"<project><rss/></project>"
ERROR, WARNING, INFO = (
    Problem(severity, f"a-{severity}", "", f"what is {severity}", "Correct it.", line=3, key="rss/channel")
    for severity in lint.SEVERITIES
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(*sources: str, stdin: bytes = b"", **options: Any) -> tuple[list[str], int]:
    outcome = lint.run(sources, Options(**options), io.BytesIO(stdin))
    return list(outcome.lines), outcome.exit_code


def summary(*sources: str, stdin: bytes = b"", **options: Any) -> dict[str, Any]:
    lines, _ = checked(*sources, stdin=stdin, format="json", **options)
    summed: dict[str, Any] = json.loads(lines[-1])
    return summed


def names(*sources: str, stdin: bytes = b"") -> list[str]:
    return [found.name for found in inputs.read(sources, io.BytesIO(stdin)) if isinstance(found, model.Document)]


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the check find what a test says, in each document."""

    def set_(*problems: Problem) -> None:
        from dataclasses import replace

        def found(content: bytes, asked: Asked, file: str) -> list[Problem]:
            return [replace(problem, file=file) for problem in problems]

        monkeypatch.setattr("feedwright.checks.gate.problems", found)

    return set_


# What is read


def test_a_folder_is_read_to_its_depths_in_the_order_of_paths(here: Path) -> None:
    for name in ("b/z.rss", "b/a.ATOM", "a.xml", "c/d/e/f.json", "c.opml", ".git/a.xml", "node_modules/a.xml"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(GOOD)
    assert names(".") == ["./a.xml", "./b/a.ATOM", "./b/z.rss", "./c/d/e/f.json", "./c.opml"]


def test_what_is_no_feed_in_a_folder_is_skipped_and_counted(here: Path) -> None:
    (here / "feed.xml").write_bytes(GOOD)
    (here / "pom.xml").write_bytes(NOT_A_FEED)
    (here / "package.json").write_bytes(b'{"version": "1.0"}')
    (here / "empty.xml").write_bytes(b"")
    (here / "photo.jpg").write_bytes(GOOD)
    summed = summary(".")
    assert (summed["files"], summed["skipped"], summed["unread"], summed["exit"]) == (1, 3, 0, 0)
    assert checked(".", severity="error")[0] == [
        f"1 file checked: 0 errors, {summed['warnings']} {'warning' if summed['warnings'] == 1 else 'warnings'}, "
        f"{summed['infos']} infos; 3 files skipped that are not feeds"
    ]


def test_a_file_that_is_named_is_checked_whatever_it_is(here: Path) -> None:
    (here / "pom.xml").write_bytes(NOT_A_FEED)
    summed = summary("pom.xml")
    assert (summed["files"], summed["skipped"]) == (1, 0)
    assert summed["exit"] == 1


def test_a_broken_feed_in_a_folder_is_no_reason_to_skip_it(here: Path) -> None:
    (here / "feed.xml").write_bytes(b"\n\n" + BROKEN)
    assert summary(".")["exit"] == 1


def test_a_folder_without_a_feed_could_not_be_checked(here: Path) -> None:
    (here / "pom.xml").write_bytes(NOT_A_FEED)
    lines, code = checked(".")
    assert code == 2
    assert "[nothing-found]" in lines[0]


def test_what_cannot_be_read_is_said_and_the_others_are_checked(here: Path) -> None:
    (here / "feed.xml").write_bytes(GOOD)
    lines, code = checked("missing.xml", "ftp://example.org/a.xml", "a\0b.xml", "", "feed.xml", severity="error")
    assert code == 2
    assert len(lines) == 4 + 1
    assert lines[0].startswith("error: missing.xml: it cannot be read: no such file")
    assert "ftp URLs cannot be read" in lines[1]
    assert summary("missing.xml", "feed.xml")["files"] == 1


def test_errors_and_what_is_unread_together_are_exit_code_2(here: Path) -> None:
    (here / "broken.xml").write_bytes(BROKEN)
    assert checked("broken.xml")[1] == 1
    assert checked("broken.xml", "missing.xml")[1] == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_said(here: Path) -> None:
    (here / "feed.xml").write_bytes(GOOD)
    (here / "secret").mkdir(mode=0)
    assert summary(".")["unread"] == 1


def test_standard_input_is_read(here: Path) -> None:
    assert summary("-", stdin=GOOD)["exit"] == 0
    lines, code = checked("-", stdin=BROKEN)
    assert code == 1
    assert lines[0].startswith("error: stdin:1")


def test_a_file_that_is_named_twice_is_checked_once(here: Path) -> None:
    (here / "a").mkdir()
    (here / "a/feed.xml").write_bytes(GOOD)
    (here / "stdin").write_bytes(GOOD)
    assert names("a", "a/feed.xml", "./a//feed.xml", "-", "stdin", "-") == ["a/feed.xml", "stdin", "stdin"]


def test_a_pipe_in_a_folder_is_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "pipe.xml")
    (here / "feed.xml").write_bytes(GOOD)
    (here / "gone.xml").symlink_to("nowhere.xml")
    (here / "loop").symlink_to(here)
    found = list(inputs.read(["."], io.BytesIO()))
    assert [type(one) for one in found] == [model.Document, model.Unread, model.Skipped]


def test_what_is_too_large_is_not_read_whole(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LARGEST", 100)
    (here / "feed.xml").write_bytes(GOOD)
    assert summary("feed.xml", "-", stdin=GOOD)["unread"] == 2
    assert summary("/dev/zero")["exit"] == 2


def test_a_deep_folder_is_walked(here: Path) -> None:
    path = here
    for _ in range(150):
        path /= "d"
        path.mkdir()
    (path / "feed.xml").write_bytes(GOOD)
    assert len(names(".")) == 1


def test_thousands_of_files_are_checked_one_after_the_other(here: Path, finds: Callable[..., None]) -> None:
    finds(WARNING)
    for number in range(3000):
        (here / f"{number:04}.xml").write_bytes(GOOD if number % 2 else NOT_A_FEED)
    outcome = lint.run(["."], Options(), io.BytesIO())
    next(outcome.lines)
    assert outcome.tally.files == 1
    assert len(list(outcome.lines)) == reports.FILES_SHOWN - 1 + 2
    assert (outcome.tally.files, outcome.tally.skipped) == (1500, 1500)


# What is recognised

RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
RECOGNISED = [
    (b"<rss>", "rss"),
    (b"<RSS version='2.0'>", "rss"),
    (b"\n\n<?xml version='1.0'?><rss/>", "rss"),
    (b"PHP Notice: oops\n<?xml version='1.0'?><rss>", "rss"),
    (b"<!-- <html> --><?a <b> ?><!DOCTYPE rss [<!ENTITY a '<b>'>]><rss>", "rss"),
    (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'>", "atom"),
    (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "atom"),
    (b"<entry xmlns='http://www.w3.org/2005/Atom'>", "atom"),
    ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "rss"),
    ("<rss>".encode("utf-16-le"), "rss"),
    ("<rss>".encode("utf-16-be"), "rss"),
    ("<rss>".encode("utf-32"), "rss"),
    (RDF, "rdf"),
    (b"<opml version='2.0'>", "opml"),
    (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "sitemap"),
    (b"<sitemapindex>", "sitemap"),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []', "json"),
    (b'\xef\xbb\xbf {"title": "a", "version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', "json"),
    (b"", ""),
    (b"<rss", "rss"),
    (b"<html><rss></html>", ""),
    (b"<!-- <rss> ", ""),
    (b"<entry>", ""),
    (RDF.replace(b"http://purl.org/rss/1.0/", b"http://xmlns.com/foaf/0.1/"), ""),
    (b'{"version": "1.1", "name": "jsonfeed.org"}', ""),
    (b'["https://jsonfeed.org/version/1.1"]', ""),
    (b"rss", ""),
]


@pytest.mark.parametrize(("head", "kind"), RECOGNISED)
def test_feeds_are_recognised_by_their_root(head: bytes, kind: str) -> None:
    assert recognise(head) == kind


@given(st.binary(max_size=200))
def test_any_bytes_are_recognised_or_not(head: bytes) -> None:
    assert recognise(head) in {"", "rss", "rdf", "atom", "opml", "sitemap", "json"}


@pytest.mark.parametrize("part", [b"<", b"<!", b"<![", b"<!--", b"<?", b"<!a[", b"<a:", b'{"version"', b"<![CDATA["])
def test_hostile_heads_take_no_time(part: bytes) -> None:
    from time import process_time

    before = process_time()
    assert recognise(part * (2 * HEAD // len(part))) == ""
    assert process_time() - before < 0.5


# What is counted and shown


def test_what_is_below_the_severity_is_counted_but_not_shown(here: Path, finds: Callable[..., None]) -> None:
    finds(INFO, WARNING, ERROR)
    shown = {severity: len(checked("-", severity=severity, quiet=True)[0]) for severity in lint.SEVERITIES}
    assert shown == {"error": 1, "warning": 2, "info": 3}
    summed = summary("-", severity="error")
    assert (summed["errors"], summed["warnings"], summed["infos"], summed["exit"]) == (1, 1, 1, 1)


def test_warnings_alone_are_exit_code_0(finds: Callable[..., None]) -> None:
    finds(WARNING, INFO)
    assert checked("-")[1] == 0


def test_a_code_that_is_ignored_neither_shows_nor_counts(here: Path) -> None:
    assert checked("-", stdin=BROKEN)[1] == 1
    lines, code = checked("-", stdin=BROKEN, ignore=("not-well-formed",), severity="error")
    assert (lines, code) == (["1 file checked: 0 errors, 0 warnings, 0 infos"], 0)
    assert checked("missing.xml", ignore=("file-unreadable",))[1] == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"ignore": ("not-wellformed",)}, 'Did you mean "not-well-formed"?'),
        ({"ignore": ("zzzzzzzzzzzz",)}, "--codes lists them all"),
        ({"profile": "aple"}, 'Did you mean "apple"?'),
        ({"profile": ""}, "--profiles lists them all"),
    ],
)
def test_a_code_or_a_profile_that_there_is_not_is_wrong_usage(options: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        lint.run(["-"], Options(**options), io.BytesIO())
    assert caught.value.exit_code == 64
    assert says in str(caught.value)


def test_nothing_to_check_is_wrong_usage() -> None:
    with pytest.raises(UsageError):
        lint.run([], Options(), io.BytesIO())


def test_the_profile_the_time_and_the_name_reach_the_check(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[bytes, Asked, str]] = []

    def problems(content: bytes, asked: Asked, file: str) -> list[Problem]:
        given.append((content, asked, file))
        return []

    monkeypatch.setattr("feedwright.checks.gate.problems", problems)
    profile = sorted(checks.PROFILES)[0]
    checked("-", stdin=GOOD, profile=profile, now=NOW, ignore=("rss-ttl",), severity="error")
    asked = Asked(None, profile, NOW, None, frozenset(("rss-ttl",)), "error")
    assert given == [(GOOD, asked, "stdin")]


def test_what_is_ignored_or_too_slight_to_be_shown_takes_no_place_of_what_is_shown(here: Path) -> None:
    head = "<title>a</title><link>https://example.org/</link><description>b</description>"
    item = "<item><title/><link>a</link><pubDate>today</pubDate></item>"
    (here / "a.xml").write_text(f'<rss version="2.0"><channel>{head}{item * 49}<ttl>0</ttl></channel></rss>')
    lines, _ = checked("a.xml", severity="error", ignore=("rss-url",), quiet=True, format="github")
    assert sum("title=rss-date" in line for line in lines) == 49
    assert sum("title=rss-ttl" in line for line in lines) == 1
    assert len(lines) == 50


# Text


def lines_of(report: Any, *problems: Problem, **options: Any) -> list[str]:
    tally = Tally()
    return list(report(iter(problems), tally, Options(**options)))


def in_files(problem: Problem, count: int, **changes: Any) -> Iterator[Problem]:
    from dataclasses import replace

    return (replace(problem, file=f"{number}.xml", **changes) for number in range(count))


def test_text_says_which_section_of_a_specification_is_broken(here: Path) -> None:
    lines, _ = checked("-", stdin=GOOD.replace(b"2026-03-01T", b"2026-03-01 "))
    assert "Write it as 2026-03-01T09:30:00Z. (RFC 4287 §3.3)" in lines[0]


def test_text_is_the_problem_with_its_severity() -> None:
    (line,) = lines_of(reports.text, ERROR, quiet=True)
    assert line == f"error: {ERROR}"
    (line,) = lines_of(reports.text, WARNING, quiet=True, colour=True)
    assert line == f"\x1b[33mwarning\x1b[0m: {WARNING}"


def test_the_same_problem_in_many_files_is_folded() -> None:
    lines = lines_of(reports.text, *in_files(WARNING, 10), *in_files(INFO, 4), *in_files(ERROR, 3), quiet=True)
    assert len(lines) == 3 + 3 + 3 + 2
    assert lines[-2:] == ["...and 7 more of [a-warning] in 7 other files", "...and 1 more of [a-info] in 1 other file"]


def test_many_problems_of_one_file_and_errors_with_other_words_are_not_folded() -> None:
    assert len(lines_of(reports.text, *[WARNING] * 10, quiet=True)) == 10
    errors = [next(in_files(ERROR, 1, what=f"what {number}")) for number in range(10)]
    assert len(lines_of(reports.text, *errors, quiet=True)) == 10


@given(st.text())
def test_no_name_of_a_file_steers_a_terminal(name: str) -> None:
    (problem,) = in_files(ERROR, 1, what="a", hint="", key="")
    from dataclasses import replace

    (line,) = lines_of(reports.text, replace(problem, file=name), quiet=True)
    assert line.isprintable()


# JSON


def test_json_has_one_object_a_line_and_never_folds() -> None:
    lines = lines_of(reports.lines_of_json, *in_files(WARNING, 10))
    objects = [json.loads(line) for line in lines]
    assert [one["type"] for one in objects] == ["problem"] * 10 + ["summary"]
    assert objects[0] == {
        "type": "problem",
        "severity": "warning",
        "code": "a-warning",
        "file": "0.xml",
        "line": 3,
        "column": 0,
        "key": "rss/channel",
        "what": "what is warning",
        "hint": "Correct it.",
        "source": "",
    }
    assert list(objects[-1]) == [
        *("type", "files", "errors", "warnings", "infos", "skipped", "unread", "exit"),
    ]


# GitHub


def test_github_gets_commands() -> None:
    lines = lines_of(reports.github, *in_files(ERROR, 1), *in_files(INFO, 1, line=0, key="", hint=""), quiet=True)
    assert lines == [
        "::error file=0.xml,line=3,title=a-error::rss/channel: what is error%0ACorrect it.",
        "::notice file=0.xml,title=a-info::what is info",
    ]
    (line,) = lines_of(reports.github, *in_files(WARNING, 1, column=7), quiet=True)
    assert line.startswith("::warning file=0.xml,line=3,col=7,title=a-warning::")


def test_github_is_given_no_second_command_by_a_hostile_name() -> None:
    from dataclasses import replace

    hostile = replace(ERROR, file="a,b:c%\r\n::error::\udcff.xml", what="50%\r\n::error::x", key="")
    (line,) = lines_of(reports.github, hostile, quiet=True)
    name = "a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3A\ufffd.xml"
    assert line == f"::error file={name},line=3,title=a-error::50%25\\u000d\\u000a::error::x%0ACorrect it."


@given(st.text(), st.text())
def test_a_github_command_is_always_one_line(name: str, what: str) -> None:
    from dataclasses import replace

    (line,) = lines_of(reports.github, replace(ERROR, file=name, what=what), quiet=True)
    assert not {"\n", "\r"} & set(line)
    assert line.encode().startswith(b"::error ")


# SARIF


def sarif_of(*problems: Problem) -> dict[str, Any]:
    log: dict[str, Any] = json.loads("\n".join(lines_of(sarif.sarif, *problems)))
    return log


def test_a_sarif_log_has_the_structure_of_2_1_0() -> None:
    found = Problem("error", "not-well-formed", "a b.xml", "what", "Correct it.", line=3, key="rss", column=5)
    log = sarif_of(found, Problem("info", "format-unknown", "b.xml", "what"))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results", "invocations"}
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]
    assert run["results"][0] == {
        "ruleId": "not-well-formed",
        "ruleIndex": list(known()).index("not-well-formed"),
        "level": "error",
        "message": {"text": "rss: what\nCorrect it."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a%20b.xml"},
                    "region": {"startLine": 3, "startColumn": 5},
                },
                "logicalLocations": [{"fullyQualifiedName": "rss"}],
            }
        ],
    }
    assert run["results"][1]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "b.xml"}}}]


def test_the_rules_of_a_sarif_log_are_all_codes_with_help() -> None:
    driver = sarif_of()["runs"][0]["tool"]["driver"]
    assert set(driver) == {"name", "version", "rules"}
    assert {rule["id"] for rule in driver["rules"]} >= set(checks.CODES)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"] in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_a_run_that_could_not_read_something_says_so_in_sarif(here: Path) -> None:
    lines, _ = checked("missing.xml", format="sarif")
    (run,) = json.loads("\n".join(lines))["runs"]
    assert run["invocations"] == [{"executionSuccessful": False, "exitCode": 2}]
    assert run["results"][0]["ruleId"] == "file-unreadable"


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a/b.xml", "a/b.xml"),
        ("./a b#c?.xml", "a%20b%23c%3F.xml"),
        ("c:d.xml", "c%3Ad.xml"),
        ("/srv/a b.xml", "file:///srv/a%20b.xml"),
        ("../ü.xml", "../%C3%BC.xml"),
        ("\udcff.xml", "%FF.xml"),
        ("stdin", "stdin"),
        ("https://example.org/a%20b?c=d e", "https://example.org/a%20b?c=d%20e"),
    ],
)
def test_names_of_files_are_uris_in_sarif(name: str, uri: str) -> None:
    assert sarif.address(name) == uri


# Hostile names, on a disk

HOSTILE = ["a\nb.xml", "\x1b[31mred.xml", "::error::.xml", "a,b:c%.xml", "-.xml", " .xml", "\udcff.xml", "\u202e.xml"]


@pytest.mark.parametrize("form", lint.FORMATS)
def test_hostile_names_of_files_are_read_and_reported(here: Path, form: lint.Format) -> None:
    for name in HOSTILE:
        (here / name).write_bytes(BROKEN)
    lines, code = checked(".", format=form)
    assert code == 1
    for line in lines:
        line.encode("utf-8", "backslashreplace")
        assert "\x1b" not in line
        assert form == "text" or "\n" not in line
    if form == "json":
        assert {json.loads(line)["file"] for line in lines[:-1]} == {f"./{name}" for name in HOSTILE}


# What is explained


def test_every_code_is_explained() -> None:
    for code, said in every().items():
        text = lint.explain(code)
        assert text.startswith(f"{code} ({' or '.join(said.severities)})\n\n{said.rule}")
        assert ("\nWrong" in text and "\nRight" in text) or not said.examples


@pytest.mark.parametrize(("slip", "meant"), [("http-sttus", "http-status"), ("date-mising", "date-missing")])
def test_a_code_that_there_is_not_is_not_explained(slip: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f'Did you mean "{meant}"'):
        lint.explain(slip)


def test_only_what_a_report_may_have_can_be_ignored() -> None:
    assert {"file-unreadable", "rss-guid-empty"} <= known().keys() < every().keys()
    with pytest.raises(UsageError, match="there is no code"):
        lint.run(["-"], Options(ignore=("date-missing",)), io.BytesIO())


def test_codes_and_profiles_are_listed() -> None:
    assert [line.split()[0] for line in lint.listed()] == list(every())
    assert [line.split()[0] for line in lint.profiles()] == sorted(checks.PROFILES)


def test_what_the_linter_finds_by_itself_is_known(here: Path) -> None:
    (here / "empty").mkdir()
    lines, _ = checked("missing.xml", "empty", format="json")
    assert {json.loads(line)["code"] for line in lines[:-1]} <= set(known())
