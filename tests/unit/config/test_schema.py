"""The JSON Schema of site.toml. That it agrees with what reads the file, every test that reads one says as well."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.commands.init import configuration
from feedwright.config import loader
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.config.kinds import KINDS
from feedwright.config.schema import DRAFT, of_site
from feedwright.errors import ConfigError, Problem
from feedwright.text.toml_values import toml_value
from tests import site_schema

TWO = {"title": "Tides", "url": "https://tides.example/"}
TABLES: dict[str, dict[str, Key]] = {
    "": SITE,
    "related": RELATED,
    "pages": PAGES,
    **{f"kinds.{kind}": KIND for kind in KINDS},
    "authors.jane": AUTHOR,
    "feed": FEED,
    "after_publish": AFTER_PUBLISH,
}


def refuses(tree: dict[str, Any]) -> list[str]:
    """What a validator of another make says."""
    validator = jsonschema.validators.validator_for(of_site())(of_site())
    return [error.message for error in validator.iter_errors(tree)]


def within(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """A whole configuration with some values of one table."""
    if table in ("feed", "after_publish"):
        needed = {"name": "x"} if table == "feed" else {"command": ["true"]}
        return {**TWO, table: [{**needed, **values}]}
    if not table:
        return {**TWO, **values}
    needed = {"folder": "public"} if table == "pages" else {}
    above, _, below = table.partition(".")
    inner = {**needed, **values}
    return {**TWO, above: {below: inner} if below else inner}


def toml(tree: dict[str, Any]) -> str:
    return "".join(f"{name} = {toml_value(value)}\n" for name, value in tree.items())


def problems_of(tree: dict[str, Any], folder: Path) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """What the file holds as it is read, and what is wrong with it."""
    reader = loader._Reader(folder, folder / "site.toml", toml(tree))
    try:
        reader.config(None)
    except ConfigError as error:
        return reader.tree, error.problems
    return reader.tree, ()


def test_the_schema_is_one_and_names_its_draft() -> None:
    assert of_site()["$schema"] == DRAFT
    jsonschema.Draft4Validator.check_schema(of_site())
    jsonschema.Draft7Validator.check_schema(of_site())


def test_every_key_has_its_meaning_and_an_example_that_is_accepted() -> None:
    for table, keys in TABLES.items():
        for name, key in keys.items():
            value = tomllib.loads(f"it = {key.sample}")["it"]
            assert not refuses(within(table, {name: value})), (table, name)
    properties = of_site()["properties"]
    assert set(properties) == {*SITE, "related", "pages", "kinds", "authors", "feed", "after_publish"}
    assert all(properties[name]["description"] == key.doc for name, key in SITE.items())
    assert properties["limit"]["default"] == 20
    filters = {"include": {name: tomllib.loads(f"it = {key.sample}")["it"] for name, key in FILTER.items()}}
    assert not refuses(within("feed", filters))


def test_a_file_of_all_keys_is_accepted() -> None:
    lines = configuration("Tides", "https://tides.example/").splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines if " = " in line or line.startswith("# ["))
    whole = tomllib.loads(text.partition("\ncategory =")[0].replace("[kinds.tag]", "[kinds.tag]"))
    assert not refuses(whole)


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"limit": 20.0},
        {"limit": -1},
        {"limit": True},
        {"stylesheet": 1},
        {"url": "tides.example"},
        {"url": "https://me:secret@tides.example/"},
        {"url": "https://tides.example/?a"},
        {"formats": ["rss", "rdf"]},
        {"formats": []},
        {"permalink": "/{slugg}/{slug}"},
        {"permalink": "/{year}/"},
        {"timezone": "localtime"},
        {"state": "../x"},
        {"content": ["a/../b"]},
        {"content": []},
        {"include": []},
        {"feed_path": "{kind}/{term}"},
        {"kinds": {"tag": {"path": {"rss": "tag/all.xml"}}}},
        {"kinds": {"tags": {}}},
        {"feed": [{}]},
        {"feed": {"name": "x"}},
        {"after_publish": [{"command": []}]},
        {"pages": {}},
        {"pages": {"folder": "public", "take": ["title"]}},
        {"authors": {"jane": {"mail": "x"}}},
        {"description": "  "},
    ],
)
def test_what_is_refused_is_refused_by_the_schema(wrong: dict[str, Any], tmp_path: Path) -> None:
    assert refuses({**TWO, **wrong})
    assert problems_of({**TWO, **wrong}, tmp_path)[1]


def test_title_and_url_are_required() -> None:
    assert refuses({})
    assert refuses({"title": "x"})


# --- Agreement ---

PIECES = (
    *"/.~:@#?{}-_ aZ9é\\*'",
    *("..", "//", "https://", "http:", "me:pw@", "a.example", "C:", "{slug}", "{path}", "{year}", "{term}", "{kind}"),
    *("{format}", "{site}", "rss", "atom", "json", "full", "summary", "page", "opml", "address", "title", "hold"),
    *("en", "de-AT", "zh_CN", "Europe/Vienna", "UTC", "localtime", ".feeds", "content", "**/*.md", "x" * 201, "%2e"),
    *("dmy", "last", "formula", "first-seen", "{x}", "jane@example.org", "example.org", "article > div"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
PLAIN = st.one_of(TEXTS, st.sampled_from((-1, 0, 1, 5, 400, 36_501, 10**9, 10**9 + 1)), st.booleans(), st.just(1.0))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("rss", "json", "rdf", "en", "*", "x")), inner, max_size=2),
    ),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_there_the_schema_says_what_is_said_of_it_when_it_is_read(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(TABLES)))
    key = data.draw(st.sampled_from(sorted(TABLES[table])))
    sample = tomllib.loads(f"it = {TABLES[table][key].sample}")["it"]
    near = [st.just(sample)]
    if isinstance(sample, str):
        near.append(st.tuples(TEXTS, TEXTS).map(lambda around: around[0] + sample + around[1]))
    value = data.draw(st.one_of(VALUES, *near))
    tree, problems = problems_of(within(table, {key: value}), Path("/nowhere"))
    assert not site_schema.disagreement(tree, problems)


@given(st.dictionaries(st.sampled_from(("related", "kinds", "authors", "feed", "pages", "after_publish")), VALUES))
def test_tables_that_are_none_are_refused_by_both(tables: dict[str, Any]) -> None:
    tree, problems = problems_of({**TWO, **tables}, Path("/nowhere"))
    assert not site_schema.disagreement(tree, problems)


# --- An editor ---


def test_what_editors_check_files_with_reads_the_schema(tmp_path: Path) -> None:
    taplo = shutil.which("taplo") or shutil.which("taplo", path=str(Path(sys.executable).parent))
    if taplo is None:
        pytest.skip("needs taplo")
    from feedwright.commands.schemas import LINE, SITE_SCHEMA, as_file

    (tmp_path / SITE_SCHEMA).write_bytes(as_file(of_site()))
    good, bad = (f"{LINE}\n{text}" for text in (toml(TWO), toml({**TWO, "limit": 20.0, "permalink": "/{slugg}/"})))
    for name, text in (("good.toml", good), ("bad.toml", bad)):
        (tmp_path / name).write_text(text)
    done = [
        subprocess.run([taplo, "lint", name], cwd=tmp_path, capture_output=True, text=True, check=False)
        for name in ("good.toml", "bad.toml")
    ]
    assert [one.returncode for one in done] == [0, 1], done[0].stderr
    assert "20.0 is not of type" in done[1].stderr
    assert "slugg" in done[1].stderr
