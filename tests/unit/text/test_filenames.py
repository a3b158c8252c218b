"""File names for terms."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from feedwright.text.filenames import LONGEST, file_names


def name(term: str) -> str:
    return file_names([term], {})[term]


def test_a_plain_term_is_its_own_name_in_lower_case() -> None:
    assert name("Politics") == "politics"
    assert name("machine learning") == "machine-learning"


def test_other_scripts_stay_readable() -> None:
    assert name("Über") == "über"
    assert name("新聞") == "新聞"
    assert name("हिन्दी") == "हिन्दी"
    assert name(unicodedata.normalize("NFD", "Über")) == "über"


def test_where_a_sign_is_lost_a_hash_follows() -> None:
    assert name("C++").startswith("c-")
    assert len(name("C++")) == len("c-") + 6
    assert name("C++") != name("C#")
    assert name("!?") not in ("", "-")
    assert name("..") != ".."


def test_terms_that_would_collide_are_kept_apart() -> None:
    names = file_names(["Go", "go", "machine learning", "machine-learning"], {})
    assert names["go"] == "go"
    assert names["machine-learning"] == "machine-learning"
    assert len({value.casefold() for value in names.values()}) == 4


def test_a_name_once_given_stays() -> None:
    before = file_names(["Go"], {})
    after = file_names(["Go", "go"], before)
    assert before["Go"] == after["Go"] == "go"
    assert after["go"].startswith("go-")


def test_a_very_long_term_gets_a_name_that_file_systems_take() -> None:
    one, other = name("漢" * 300), name("漢" * 301)
    assert len(one.encode()) <= LONGEST
    assert one != other


@given(st.lists(st.text(max_size=20)))
def test_any_terms_get_safe_names_whatever_their_order(terms: list[str]) -> None:
    names = file_names(terms, {})
    assert names == file_names(list(reversed(terms)), {})
    folded = [unicodedata.normalize("NFC", value.casefold()) for value in names.values()]
    assert len(set(folded)) == len(set(terms))
    for value in names.values():
        assert value
        assert len(value.encode()) <= LONGEST
        assert not set(value) & set("/\\.:\0 \n%?#")


def test_a_term_that_is_the_name_of_a_device_on_windows_gets_digits() -> None:
    names = file_names(["CON", "nul", "Com1", "console"], {})
    assert names["console"] == "console"
    assert all(re.fullmatch(r"(con|nul|com1)-[0-9a-f]{6}", names[term]) for term in ("CON", "nul", "Com1"))
    assert file_names(["CON"], {"CON": "con"}) == {"CON": "con"}
