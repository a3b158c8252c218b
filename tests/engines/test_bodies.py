"""An article's text is, word for word, what its engine rendered before it put its layout around it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from tests.engines.engine import EngineSite
from tests.engines.feeds import Entry, build_feeds, entries, name_of
from tests.engines.words import words_of

FURNITURE = (
    "sitenavigation",
    "sitefooter",
    "byline",
    "pagecontents",
    "nextstory",
    "previousstory",
    "sharebar",
    "copy",
    "edit",
)
"""Words that stand in layouts alone."""

HARD = {
    'type="checkbox"': "☑",
    "<blockquote": "<blockquote",
    "<details": "<details",
    "<dl": "<dl",
    "<figcaption": "<figcaption",
    "<math": "<math",
    "<table": "<table",
}
"""What an engine rendered, and what a feed has of it."""


def made(site: EngineSite) -> dict[str, Entry]:
    build_feeds(site)
    return entries(site)


def survey(site: EngineSite) -> str:
    return next(entry.body for key, entry in made(site).items() if key.endswith("survey"))


def test_each_text_is_word_for_word_the_engines(site: EngineSite) -> None:
    found = made(site)
    unlike = {
        key: (words_of(truth.body), words_of(found[name_of(key)].body))
        for key, truth in site.shown.items()
        if words_of(truth.body) != words_of(found[name_of(key)].body)
    }
    assert unlike == {}


def test_no_text_has_anything_of_the_layout(site: EngineSite) -> None:
    for key, entry in made(site).items():
        words = set(words_of(entry.body))
        assert words.isdisjoint(FURNITURE), key
        assert "¶" not in entry.body and ">#<" not in entry.body, key


def test_the_title_is_not_said_again_in_the_text(site: EngineSite) -> None:
    for key, entry in made(site).items():
        title = words_of(entry.title)
        assert words_of(entry.body)[: len(title)] != title, key


def test_what_is_hard_in_a_text_is_there_where_the_engine_has_it(site: EngineSite) -> None:
    truth = next(truth.body for key, truth in site.shown.items() if key.endswith("survey.md"))
    body = survey(site)
    for rendered, shown in HARD.items():
        assert (rendered in truth) == (shown in body), rendered
    assert "/pictures/quay.jpg" in body
    assert body.count("last leaf") == truth.count("last leaf")


def test_links_to_footnotes_lead_to_them_and_back(site: EngineSite) -> None:
    body = survey(site)
    links = [unquote(link.rpartition("#")[2]) for link in re.findall(r'href="([^"]*#[^"]*)"', body)]
    notes = [link for link in links if "fn" in link]
    assert len(notes) in (0, 4)
    assert [link for link in notes if f'id="{link}"' not in body] == []


def test_lines_of_a_program_have_no_numbers(site: EngineSite) -> None:
    words = words_of(survey(site))
    start = words.index("def")
    assert words[start : start + 6] == ["def", "moor", "ship", "make", "fast", "fore"]
    assert words[start - 2 : start] == ["a", "program"]


def test_a_formula_that_the_engine_rendered_is_there_once(site: EngineSite) -> None:
    body = survey(site)
    assert body.count("katex-html") == 0
    assert body.count("<math") in (0, 2)
