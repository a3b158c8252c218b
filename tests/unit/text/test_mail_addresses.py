"""E-mail addresses in the names of people."""

from __future__ import annotations

from time import process_time

import pytest

from feedwright.text.mail_addresses import has_address, without_addresses


@pytest.mark.parametrize(
    "text",
    ["Bob <bob@x.org>", "bob@x.org (Bob)", "Bob (bob@x.org)", "Bob bob@x.org", "Bob, bob@localhost",
     "Bob <bob@intranet>", "Bob <b.o+b@x.co.uk>", "Bob <bob@müller.de>", "Bob (mailto:bob@x.org)", '"Bob" <bob@x.org>'],
)  # fmt: skip
def test_of_a_name_with_an_address_the_name_is_left(text: str) -> None:
    assert has_address(text)
    assert without_addresses(text) == "Bob"


@pytest.mark.parametrize("text", ["bob@x.org", "<bob@x.org>", "mailto:bob@x.org", "bob@localhost"])
def test_of_an_address_alone_nothing_is_left(text: str) -> None:
    assert without_addresses(text) == ""


@pytest.mark.parametrize(
    "text", ["Bob", "@bob@mastodon.social", "https://medium.com/@bob.smith", "R@W", "a @ b", "@bob"]
)
def test_what_is_no_address_stays(text: str) -> None:
    assert without_addresses(text) == text


@pytest.mark.parametrize("piece", ["(x@y.z)", "mailto:a@b.cc ", "!", " ", "a.b@", "Bob <b@c.example> ", ",", "a.a."])
def test_what_is_repeated_costs_no_more_than_its_length(piece: str) -> None:
    began = process_time()
    without_addresses(f"{piece * (200_000 // len(piece))}b@c.example")
    assert process_time() - began < 5
