"""The gate: what would be invalid is not published."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from feeds import formats
from feeds.model import Article, Body, EntryOptions, Feed, Link, Site
from feeds.render import Rendered, render
from tests.unit.test_select import NOON, SITE, URL, article

LINK = Link(f"{URL}other/?a=1&b=2", "related", title="Other")


def shown(*articles: Article, **more: object) -> Rendered:
    base = Feed(SITE, "site", "", URL, "Tides", "Tides", URL, URL + "atom.xml", "atom.xml", "atom", NOON)
    feed = replace(base, entries=tuple(one.id for one in articles), **more)  # type: ignore[arg-type]
    other = replace(feed, path="other.xml", entries=feed.entries[:1])
    return render([feed, other], {one.id: one for one in articles}, {})


def clean(name: str, **more: object) -> Article:
    return article(name, **{"id": f"urn:example:{name}", "body": Body("<p>Text</p>", "clean"), **more})


def test_good_articles_become_documents() -> None:
    rendered = shown(clean("a", related=(LINK,)), clean("b"))
    assert set(rendered.documents) == {"atom.xml", "other.xml"}
    assert (dict(rendered.faults), rendered.problems) == ({}, ())


def test_an_entry_that_would_be_invalid_is_a_fault_that_names_the_article() -> None:
    rendered = shown(clean("a"), clean("b", id="no absolute IRI"))
    assert list(rendered.faults) == ["no absolute IRI"]
    assert rendered.faults["no absolute IRI"].file == "b.md"
    assert set(rendered.documents) == {"other.xml"}


def test_an_entry_that_cannot_be_made_is_a_fault() -> None:
    rendered = shown(clean("a", title="\x00"))
    assert [problem.file for problem in rendered.faults.values()] == ["a.md"]


def test_a_feed_whose_own_head_is_invalid_is_left_as_it_was_and_the_others_are_made() -> None:
    rendered = shown(clean("a"), id="no absolute IRI")
    assert rendered.documents == {}
    assert len(rendered.problems) == 2
    assert not rendered.faults


def test_a_related_link_that_a_format_loses_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    atom = formats.load("atom")
    forgetful = SimpleNamespace(
        entry=lambda article, site, options: atom.entry(replace(article, related=()), site, options),
        documents=atom.documents,
    )
    monkeypatch.setattr(formats, "load", lambda name: forgetful)
    rendered = shown(clean("a", related=(LINK,)))
    assert [problem.code for problem in rendered.faults.values()] == ["related-lost"]


def test_an_entry_is_made_once_however_many_feeds_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    atom = formats.load("atom")
    made: list[str] = []

    def entry(article: Article, site: Site, options: EntryOptions) -> bytes:
        made.append(article.id)
        return atom.entry(article, site, options)

    monkeypatch.setattr(formats, "load", lambda name: SimpleNamespace(entry=entry, documents=atom.documents))
    shown(clean("a"), clean("b"))
    assert made == ["urn:example:a", "urn:example:b"]
