"""The JSON Schema of front matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright.articles.fields import FIELDS
from feedwright.articles.schema import _ROWS, of_front_matter
from feedwright.errors import FeedsError
from tests.conftest import SiteOnDisk

VALIDATOR = jsonschema.Draft4Validator(of_front_matter())


def refuses(front: dict[str, Any]) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(front)]


def test_every_field_is_offered_once_with_its_meaning_and_an_example() -> None:
    assert set(_ROWS) == set(FIELDS)
    keys = [row.key for row in _ROWS.values()]
    assert len(set(keys)) == len(keys)
    for name, row in _ROWS.items():
        assert row.key.replace("_", "") in FIELDS[name].spellings
        assert row.doc
        assert refuses({row.key: row.example}) == []
    jsonschema.Draft4Validator.check_schema(of_front_matter())


@pytest.mark.parametrize(
    "front",
    [
        {"title": ["a", "b"]},
        {"summary": {"a": "b"}},
        {"lang": ["en"]},
        {"slug": ["a"]},
        {"weight": [1]},
    ],
)
def test_values_of_the_wrong_kind_are_refused_in_every_spelling(front: dict[str, Any]) -> None:
    assert refuses(front)
    (key,) = front
    assert all(
        refuses({spelled: front[key]}) for row in FIELDS.values() if key in row.spellings for spelled in row.spellings
    )


def test_keys_of_other_tools_are_let_be() -> None:
    assert refuses({"layout": "post", "params": {"a": [1]}, "draft": False, "published": True}) == []


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-3, 3000), st.sampled_from(("", "x", "en", "2024-01-01", "a b", "/a/"))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(("url", "title", "x")), inner, max_size=2)
    ),
    max_leaves=3,
)


@given(key=st.sampled_from([row.key for row in _ROWS.values()]), value=VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_what_is_read_without_a_word_is_accepted(
    key: str, value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = SiteOnDisk(tmp_path_factory.mktemp("site")).configure()
    front = {"title": "A", "date": "2024-01-01", key: value}
    site.write("a.md", f"{json.dumps(front)}\n\nText.\n")
    try:
        said = bool(site.build().problems)
    except FeedsError:
        said = True
    assert said or refuses(front) == []


def test_it_is_written_as_json(tmp_path: Path) -> None:
    from feedwright.commands.schemas import ARTICLE_SCHEMA, put

    assert put(tmp_path / ARTICLE_SCHEMA, of_front_matter()) == "written"
    assert json.loads((tmp_path / ARTICLE_SCHEMA).read_text()) == of_front_matter()
