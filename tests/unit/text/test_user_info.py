"""User information in URLs: where it is seen, and what is left without it."""

from __future__ import annotations

import pytest

from feedwright.text.user_info import has_user, user_of, without_passwords, without_user


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("https://token@example.org/", "https://example.org/"),
        ("see https://a@b:c@example.org, and more", "see https://example.org, and more"),
        ("ftp://me:secret@example.org/", "ftp://example.org/"),
        ("//me:secret@example.org/", "//example.org/"),
        ("https:\\\\me:secret@example.org/", "https:\\\\example.org/"),
        ("'https://me:secret@example.org/'", "'https://example.org/'"),
    ],
)
def test_user_information_is_seen_and_left_out(text: str, left: str) -> None:
    assert has_user(text)
    assert without_user(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/@me/1",
        "https://example.org/?to=a@b.example",
        "mailto:me@example.org",
        "Jane <jane@example.org>, https://example.org/",
        "git@example.org:a/b.git",
        "//@param is not a URL",
        "C:/me@home",
    ],
)
def test_what_is_no_user_information_stays(text: str) -> None:
    assert not has_user(text)
    assert without_user(text) == text


@pytest.mark.parametrize(
    ("reference", "user"),
    [
        ("https://me:secret@example.org/", "me:secret"),
        ("https:/me:secret@example.org/", "me:secret"),
        (" //me@example.org", "me"),
        ("/me@example.org", ""),
        ("mailto:me@example.org", ""),
        ("https://example.org/@me", ""),
    ],
)
def test_the_user_of_a_reference_is_what_browsers_take_for_it(reference: str, user: str) -> None:
    assert user_of(reference) == user


def test_a_password_in_text_is_left_out_but_for_code() -> None:
    html = "<p>https://a:b@e.org/ and <code>https://a:b@e.org/</code></p><pre>https://a:b@e.org/</pre>ftp://c:d@e.org"
    cut = "<p>https://e.org/ and <code>https://a:b@e.org/</code></p><pre>https://a:b@e.org/</pre>ftp://e.org"
    assert without_passwords(html) == (cut, 2)
