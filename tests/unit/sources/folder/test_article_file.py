"""The content folder: what is found there, and that nothing leads out of it."""

from __future__ import annotations

import os
import re
import socket
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedwright.articles import compose
from feedwright.articles.model import Reading
from feedwright.config import Config
from feedwright.errors import FeedsError, Problem
from feedwright.model import Site
from feedwright.sources.folder.article_file import LARGEST, content_of
from feedwright.sources.folder.parse import parse
from feedwright.sources.folder.walk import listings
from feedwright.sources.model import Listing
from feedwright.text.globs import matches, translate
from tests.unit.sources.folder.reading import read, walked

SITE = Site(
    title="Sea",
    url="https://example.org/",
    feeds_url="https://example.org/",
    authority="example.org",
    language="en",
)
TIDES = "---\ntitle: Tides\ndate: 2020-01-02\n---\nText\n"


def config(content: Path, **changes: Any) -> Config:
    return replace(Config(content, content / "site.toml", content / ".feeds", SITE), **changes)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def put(content: Path, *keys: str, text: str | bytes = TIDES) -> None:
    for key in keys:
        path = content / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def keys(content: Path, **changes: Any) -> list[str]:
    """What was found, where nothing was wrong."""
    found, wrong = walked(config(content, **changes))
    assert list(map(str, wrong)) == []
    return found


def problems(content: Path, **changes: Any) -> list[Problem]:
    return walked(config(content, **changes))[1]


def refusal(reading: Reading) -> Problem:
    assert reading.article is None
    (problem,) = reading.problems
    assert problem.severity == "error"
    return problem


def test_articles_of_any_depth_are_found_in_order(content: Path) -> None:
    articles = ["b.md", "a/z.markdown", "a-b.html", "a.htm", "a/y/x.mkd", "c.mdx", "d.rst", "e.adoc", "f.asciidoc"]
    put(content, *articles, "sea.jpg", "site.toml")
    assert keys(content) == sorted(articles)


def test_a_listing_says_what_tells_whether_a_file_changed(content: Path) -> None:
    put(content, "a.md")
    status = (content / "a.md").stat()
    stats = array("q", (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    assert list(listings(config(content))) == [Listing("", "fa.md", ["a.md"], stats)]


@pytest.mark.parametrize(
    "key",
    [".a.md", ".git/a.md", "a.md~", "#a.md#", ".#a.md", "a.md.swp", "a.md.bak", "a.md.orig", "a.md.tmp", "_index.md",
     "posts/_index.es.md", "_site/a.md", "_layouts/a.html", "_includes/x/a.html", "node_modules/x/a.md", "README.md",
     "posts/readme.md", "LICENSE.md", "CHANGELOG.md", ".feeds/a.md"],
)  # fmt: skip
def test_what_is_no_content_is_not_found(content: Path, key: str) -> None:
    put(content, key, "kept.md")
    assert keys(content, include=("**",)) == ["kept.md"]


@pytest.mark.parametrize(
    "key", ["_posts/a.md", "_drafts/a.md", "_episodes/a.md", "changelog.md", "index.md", "a/index.md"]
)
def test_collections_and_pages_are_found(content: Path, key: str) -> None:
    put(content, key)
    assert keys(content) == [key]


def test_the_state_folder_is_no_content_under_any_name(content: Path) -> None:
    put(content, "state/a.md", "kept.md")
    assert keys(content, state=content / "state") == ["kept.md"]


def test_include_and_exclude_decide_what_is_an_article(content: Path) -> None:
    put(content, "a.md", "posts/b.md", "posts/old/c.md", "d.txt")
    assert keys(content, include=("posts/**/*.md", "*.txt"), exclude=("posts/old/",)) == ["d.txt", "posts/b.md"]


def test_links_within_the_folder_are_followed(content: Path) -> None:
    put(content, "posts/a.md")
    (content / "b.md").symlink_to("posts/a.md")
    (content / "more").symlink_to("posts")
    assert keys(content) == ["b.md", "more/a.md", "posts/a.md"]
    assert read(config(content), "more/a.md").article


def test_a_link_in_a_circle_ends(content: Path) -> None:
    put(content, "a/b/c.md")
    (content / "a" / "b" / "up").symlink_to("..")
    (content / "a" / "all").symlink_to(content)
    (content / "a" / "self").symlink_to(".")
    (content / "ring").symlink_to("ring")
    assert keys(content) == ["a/b/c.md"]


def test_a_link_to_nothing_is_passed_over_with_a_warning_where_an_article_was_meant(content: Path) -> None:
    (content / "a.md").symlink_to("missing.md")
    (content / "sea.jpg").symlink_to("missing.jpg")
    assert [(problem.code, problem.file) for problem in problems(content)] == [("file-unreadable", f"{content}/a.md")]


def test_links_that_cross_do_not_multiply_without_end(content: Path) -> None:
    for name in "abcd":
        put(content, f"{name}/x.md")
        for other in "abcd":
            (content / name / f"to-{other}").symlink_to(content / other)
    assert len(keys(content)) < 500


def test_a_link_out_of_the_folder_is_passed_over_with_a_warning(content: Path, tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.md", "contents/secret.md")
    (content / "a.md").symlink_to(tmp_path / "outside" / "secret.md")
    (content / "b").symlink_to(tmp_path / "outside")
    (content / "c").symlink_to(tmp_path / "contents")
    (content / "sea.jpg").symlink_to("/etc/hostname")
    found = problems(content)
    assert [(problem.code, problem.severity) for problem in found] == [("link-outside", "warning")] * 3
    assert [problem.file for problem in found] == [f"{content}/{name}" for name in ("a.md", "b", "c")]
    assert walked(config(content))[0] == []


def test_a_link_to_what_is_no_content_is_not_followed(content: Path) -> None:
    put(content, ".git/a.md", "_site/b.md")
    (content / "a.md").symlink_to(".git/a.md")
    (content / "site").symlink_to("_site")
    assert keys(content) == []


@pytest.mark.parametrize(
    "key", ["a.md", "b/secret.md", "../outside/secret.md", "/etc/hostname", "b/../a.md", "", "a\0.md"]
)
def test_reading_never_leaves_the_folder(content: Path, tmp_path: Path, key: str) -> None:
    put(tmp_path, "outside/secret.md")
    (content / "a.md").symlink_to(tmp_path / "outside" / "secret.md")
    (content / "b").symlink_to(tmp_path / "outside")
    assert refusal(read(config(content), key)).code == "link-outside"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize("make", [_pipe, _socket, Path.mkdir])
def test_what_is_no_regular_file_is_neither_found_nor_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("a.md"))
    assert keys(tmp_path) == []
    assert refusal(read(config(tmp_path), "a.md")).code == "file-unreadable"


def test_a_content_folder_that_cannot_be_read_stops_the_command(content: Path) -> None:
    with pytest.raises(FeedsError) as refused:
        walked(config(content / "missing"))
    assert refused.value.problems[0].code == "folder-unreadable"


@pytest.mark.parametrize("call", ["open", "scandir"])
def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_found(
    content: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    put(content, "a/x.md", "b/y.md")
    usual: Callable[..., Any] = getattr(os, call)

    def refusing(which: str | int, *rest: Any, **more: Any) -> Any:
        if os.path.samestat(os.stat(which), os.stat(content / "a")):  # noqa: PTH116
            raise PermissionError(13, "no")
        return usual(which, *rest, **more)

    monkeypatch.setattr(os, call, refusing)
    found, (problem,) = walked(config(content))
    assert found == ["b/y.md"]
    assert (problem.code, problem.severity, problem.file) == ("folder-unreadable", "error", f"{content}/a")


def test_a_name_that_is_no_utf_8_is_reported(content: Path) -> None:
    put(content, "a.md")
    Path(os.fsdecode(os.fsencode(content) + b"/\xff.md")).write_text(TIDES)
    found, (problem,) = walked(config(content))
    assert found == ["a.md"]
    assert problem.code == "name-not-utf-8"
    assert problem.file.encode()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "file-empty", 0),
        (b"\xef\xbb\xbf\n \n", "file-empty", 0),
        (b"---\ntitle: Tides\n---\ncaf\xe9\n", "not-utf-8", 4),
        ("---\ntitle: Tides\n---\n".encode("utf-16"), "not-utf-8", 1),
        (b"x" * (LARGEST + 1), "file-too-large", 0),
        (b"---\n- a\n---\n", "front-matter-invalid", 2),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_says_why(content: Path, text: bytes, code: str, line: int) -> None:
    put(content, "a.md", text=text)
    problem = refusal(read(config(content), "a.md"))
    assert (problem.code, problem.line, problem.file) == (code, line, "a.md")


def test_a_file_that_vanished_is_a_problem(content: Path) -> None:
    assert refusal(read(config(content), "a/b.md")).code == "file-vanished"


def test_reading_is_parsing_what_the_file_holds(content: Path) -> None:
    put(content, "a.md")
    assert content_of(config(content), "a.md") == TIDES.encode()
    assert parse(config(content), "a.md", TIDES.encode()) == read(config(content), "a.md")
    (content / "a.md").unlink()
    assert parse(config(content), "a.md", TIDES.encode()).article


@pytest.mark.parametrize("key", ["gone.md", "../a.md", "no-name-\ud800.md"])
def test_a_file_without_content_is_refused_by_name(content: Path, key: str) -> None:
    with pytest.raises(FeedsError) as refused:
        content_of(config(content), key)
    assert refused.value.problems == read(config(content), key).problems
    assert refused.value.problems[0].file == key


def test_a_file_that_may_not_be_read_is_a_problem(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: Any, **__: Any) -> int:
        raise PermissionError(13, "no")

    put(content, "a.md")
    monkeypatch.setattr(os, "open", refusing)
    problem = refusal(read(config(content), "a.md"))
    assert (problem.code, problem.what) == ("file-unreadable", "it cannot be read (EACCES)")


def test_a_fault_of_ours_leaves_one_article_out(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> Reading:
        raise RuntimeError("oh")

    put(content, "a.md")
    monkeypatch.setattr(compose, "compose", failing)
    assert refusal(read(config(content), "a.md")).code == "article-unreadable"


def test_an_authority_that_mints_no_ids_is_a_problem(content: Path) -> None:
    put(content, "a.md")
    problem = refusal(read(config(content, site=replace(SITE, authority="Example")), "a.md"))
    assert (problem.code, problem.file) == ("authority-invalid", "a.md")


def test_a_text_is_free_of_what_xml_forbids(content: Path) -> None:
    put(content, "a.md", text=TIDES + "a\x00b\x0bc\n")
    found = read(config(content), "a.md").article
    assert found and found.body.text == "Text\nabc\n"


def test_an_html_file_is_html(content: Path) -> None:
    put(content, "2020-01-02-a.html", text="<h1>The <i>sea</i></h1>\n<p>Text\n")
    found = read(config(content), "2020-01-02-a.html").article
    assert found and (found.title, found.body.type, found.body.text.strip()) == ("The sea", "html", "<p>Text")


def test_a_whole_page_is_taken_apart(content: Path) -> None:
    page = (
        '<!DOCTYPE html><html lang="de"><head><title>Die Flut &amp; das Meer</title>'
        '<meta name="author" content="Ann"><meta property="article:published_time" content="2020-01-02T10:00:00Z">'
        "</head><body class=x>Vorab <p>Größe</p></body></html>"
    )
    put(content, "a.html", text=page)
    found = read(config(content), "a.html").article
    assert found
    assert (found.title, found.language, found.authors[0].name) == ("Die Flut & das Meer", "de", "Ann")
    assert found.body.text == "Vorab <p>Größe</p>"
    assert found.published.year == 2020


@pytest.mark.parametrize("name", ["wave.mp3", "media/wave.mp3", "/media/wave.mp3"])
def test_the_length_of_an_enclosure_is_that_of_its_file(content: Path, name: str) -> None:
    put(content, "posts/tides/wave.mp3", "media/wave.mp3", text="1234567")
    put(content, "posts/tides/index.md", text=f"---\ndate: 2020-01-02\nenclosure: {name}\n---\n")
    found = read(config(content), "posts/tides/index.md").article
    assert found and found.enclosures[0].length == 7
    beside = "posts/tides/" if name == "wave.mp3" else ""
    assert found.enclosures[0].href == f"https://example.org/{beside}{name.lstrip('/')}"


@pytest.mark.parametrize(
    "name", ["../../outside/wave.mp3", "/../outside/wave.mp3", "link.mp3", "%2e%2e/outside/wave.mp3"]
)
def test_no_file_outside_is_measured(content: Path, tmp_path: Path, name: str) -> None:
    put(tmp_path, "outside/wave.mp3", text="1234567")
    (content / "link.mp3").symlink_to(tmp_path / "outside" / "wave.mp3")
    put(content, "a.md", text=f"---\ndate: 2020-01-02\nenclosure: {name}\n---\n")
    found = read(config(content), "a.md").article
    assert found and [enclosure.length for enclosure in found.enclosures] == [0]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_article_or_an_error(text: bytes) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        put(Path(folder), "2020-01-02-a.md", "2020-01-02-a.html", text=text)
        for key in keys(Path(folder)):
            reading = read(config(Path(folder)), key)
            assert (reading.article is None) is any(problem.severity == "error" for problem in reading.problems)
            assert "article-unreadable" not in [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("pattern", "key", "expected"),
    [
        ("**/*.md", "a.md", True),
        ("**/*.md", "a/b/c.md", True),
        ("*.md", "a/b.md", False),
        ("./*.md", "a.md", True),
        ("/a/*", "a/b.md", True),
        ("a/**", "a/b/c.md", True),
        ("a/", "a/b/c.md", True),
        ("a/**/c.md", "a/c.md", True),
        ("a/**/c.md", "ab/c.md", False),
        ("**/drafts/**", "drafts/a.md", True),
        ("**/drafts/**", "a/drafts/b/c.md", True),
        ("**/drafts/*.md", "a/b/drafts/c.md", True),
        ("a/**/b/**/c.md", "a/x/b/y/z/c.md", True),
        ("**/drafts/**", "a/undrafts/b.md", False),
        ("?.md", "/.md", False),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("[!a]b.md", "/b.md", False),
        ("[]].md", "].md", True),
        ("[a.md", "[a.md", True),
        ("[z-a].md", "[z-a].md", True),
        ("[a-c-].md", "-.md", True),
        ("[a-c-].md", "b.md", True),
        ("[--0].md", "..md", True),
        ("[?--].md", "[?--].md", True),
        ("[~^&].md", "^.md", True),
        ("a+(b).md", "a+(b).md", True),
        ("*.md", "a.md\n", False),
        ("*.MD", "a.md", False),
    ],
)
def test_a_glob_covers_a_path_or_does_not(pattern: str, key: str, expected: bool) -> None:
    assert matches(key, (pattern,)) is expected


def test_no_pattern_covers_nothing() -> None:
    assert not matches("a.md", ())


@example("[?--]", "-")
@example("[a--]", "-")
@example("[--a]", "b")
@given(st.text(alphabet="*?[]!^-/a.\\&~|"), st.text(alphabet="a/.-"))
def test_any_glob_can_be_matched_in_little_time(pattern: str, key: str) -> None:
    assert re.compile(translate(pattern))
    assert matches(key, (pattern,)) in (True, False)
