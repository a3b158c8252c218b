"""Whatever a path holds, it stays one word of a configuration, and means itself."""

from __future__ import annotations

import re
import shlex
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feedwright import config
from feedwright.config import validators
from feedwright.errors import FeedsError
from feedwright.serve import snippets
from feedwright.serve.delivery import Gone, Redirect, Served
from feedwright.serve.snippets import SNIPPETS, nginx, rules
from tests.snippets.servers import SERVERS, needed, running
from tests.snippets.sites import ODD, Made, made

SIGNS = st.sampled_from([*" \"'`$;{}()[]|^~*+?,:=@%<>&#!-_.", "$1", "%1", "${a}", "%{b}", "{$c}", "%0a", "\\"])
PARTS = st.lists(st.one_of(SIGNS, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5)), max_size=12)


def is_path(text: str) -> bool:
    """Whether the configuration takes it as an old address."""
    try:
        return validators.old_paths({"rss": [quote(text)]}) == {"rss": (text,)}
    except ValueError:
        return False


PATHS = PARTS.map("".join).filter(lambda text: is_path(text) and not text.endswith("/"))


@given(st.text())
@example(ODD)
def test_a_literal_matches_itself_alone_and_holds_nothing_that_a_quoting_reads(text: str) -> None:
    found = rules.literal(text)
    assert re.fullmatch(found, text)
    assert not re.fullmatch(found, text + "x")
    assert re.fullmatch(r"(?:[\w/-]|[^\x00-\x7f]|\[\.\]|\\x[0-9a-f]{2})*", found)


@given(st.text())
@example(ODD)
def test_a_word_of_nginx_is_read_as_it_was_meant(text: str) -> None:
    word = nginx.quoted(text)
    read = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', word, re.DOTALL)
    assert read
    assert re.sub(r'\\(["\\])', r"\1", read[1]) == text


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("site"))


@given(path=PATHS.filter(lambda path: "/" not in path))
@settings(max_examples=30, deadline=None)
@example(path=ODD)
@pytest.mark.parametrize("name", ["s3", "github-pages"])
def test_a_script_has_the_same_words_whatever_a_path_holds(one: Made, name: str, path: str) -> None:
    assert words(one, name, path) == [word.replace("xyz", path) for word in words(one, name, "xyz")]


def words(one: Made, name: str, path: str) -> list[str]:
    """The words of a script for an old address."""
    target = one.delivery.documents["atom.xml"].self_url
    moved = replace(one.delivery, redirects={path: Redirect(path, target)}, gone={f"g/{path}": Gone(f"g/{path}")})
    lines = Made(one.site, moved).text(name).splitlines()
    return [word for line in lines if not line.startswith("#") for word in shlex.split(line, comments=False)]


MANY = st.lists(PATHS, min_size=20, max_size=60, unique=True)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("name", SERVERS)
@given(paths=MANY)
@settings(SLOW, max_examples=2)
def test_a_server_knows_addresses_of_any_characters(name: str, paths: list[str]) -> None:
    assert answers(name, paths) == expected(paths)


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVERS)
@given(paths=MANY)
@settings(SLOW, max_examples=60)
def test_a_server_knows_very_many_addresses_of_any_characters(name: str, paths: list[str]) -> None:
    assert answers(name, paths) == expected(paths)


def expected(paths: list[str]) -> list[tuple[int, str]]:
    """What is to be answered where each path was pruned, at its redirect, and at its document."""
    return [
        found
        for path in paths
        for found in (
            (410, ""),
            (301, f"https://x.example/{quote(path)}"),
            (200, f"https://tides.example/d/{quote(path)}"),
        )
    ]


def answers(name: str, paths: list[str]) -> list[tuple[int, str]]:
    """What a real server answers there."""
    needed(SERVERS[name])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        one = made(Path(folder))
        like = one.delivery.documents["atom.xml"]
        # What is no file name, or a folder's, cannot be a document: as if it were one.
        written = {path for path in paths if _written(one.site.out / "d" / path, path)}
        delivery = replace(
            one.delivery,
            documents={f"d/{path}": _document(one, like, f"d/{path}") for path in written},
            redirects={f"m/{path}": Redirect(f"m/{path}", f"https://x.example/{quote(path)}") for path in paths},
            gone={f"g/{path}": Gone(f"g/{path}") for path in paths},
        )
        now = Made(one.site, delivery)
        found: list[tuple[int, str]] = []
        with running(SERVERS[name], now.snippet(name), now.pages) as base, httpx.Client(base_url=base) as client:
            for path in paths:
                assert client.get(f"/g/{quote(path)}-").status_code == (410 if f"{path}-" in paths else 404)
                found.append((client.get(f"/g/{quote(path)}").status_code, ""))
                moved = client.get(f"/m/{quote(path)}")
                found.append((moved.status_code, moved.headers["Location"]))
                found.append(
                    _fetched(client, path) if path in written else (200, f"https://tides.example/d/{quote(path)}")
                )
        return found


def _fetched(client: httpx.Client, path: str) -> tuple[int, str]:
    answer = client.get(f"/d/{quote(path)}")
    assert answer.text == path
    found = re.search('<([^<>]*)>; rel="self"', answer.headers["Link"])
    return answer.status_code, found[1] if found else ""


def _written(file: Path, text: str) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            return False
        file.write_text(text, encoding="utf-8")
    except OSError:
        return False
    return True


def _document(one: Made, like: Served, path: str) -> Served:
    return replace(like, path=path, address=path, self_url=one.delivery.site.feeds_url + quote(path))


@pytest.mark.parametrize("name", SNIPPETS)
@pytest.mark.parametrize("sign", ["\n", "\x7f"])
def test_an_output_folder_that_no_line_can_name_is_refused_in_words(one: Made, name: str, sign: str) -> None:
    with pytest.raises(FeedsError) as caught:
        text_for(one, name, Path(f"/srv/a{sign}b"))
    assert caught.value.problems[0].code == "out-unsayable"
    assert "link" in caught.value.problems[0].hint


@pytest.mark.parametrize(("name", "sign"), [("nginx", "$"), ("apache", "%"), ("apache", "$"), ("caddy", "{")])
def test_what_a_server_has_no_way_to_write_is_refused_in_words(one: Made, name: str, sign: str) -> None:
    with pytest.raises(FeedsError) as caught:
        text_for(one, name, Path(f"/srv/a{sign}b"))
    assert repr(sign) in caught.value.problems[0].what


def text_for(one: Made, name: str, out: Path) -> str:
    return snippets.load(name).text(one.delivery, config.load_config(one.site.content), out)
