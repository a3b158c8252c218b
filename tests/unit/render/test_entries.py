"""The gate: what would be invalid is not published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree

from feedwright import formats
from feedwright.errors import Problem
from feedwright.model import Article, Body, Chain, EntryOptions, Feed, Link, Site, Source, Tombstone
from feedwright.render import entries
from feedwright.render.entries import make_entries, named, render_documents
from feedwright.state.catalog import Catalog
from feedwright.state.sqlite import opened
from tests.unit.select.test_feeds import NOON, SITE, URL, article

LINK = Link(f"{URL}other/?a=1&b=2", "related", title="Other")
ATOM = Feed(SITE, "site", "", URL, "Tides", "Tides", URL, URL + "atom.xml", "atom.xml", "atom", NOON)
WAY = ("atom", EntryOptions())


@dataclass(frozen=True)
class Rendered:
    """What became of articles, by id, and of feeds: a document, or a problem that is not an article's."""

    documents: Mapping[str, bytes]
    faults: Mapping[str, Problem]
    problems: tuple[Problem, ...]


Render = Callable[..., Rendered]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with opened(Catalog, tmp_path, copy=True) as catalog:
        yield catalog


@pytest.fixture
def render(catalog: Catalog) -> Render:
    """Articles as an Atom feed, and the first of them alone as another one; a feed shows none that is at fault."""

    def rendered(*articles: Article, **more: object) -> Rendered:
        numbers = {one.id: n for n, one in enumerate(articles, start=1)}
        catalog.store_rendered([(numbers[one.id], one, "", ()) for one in articles])
        faults = make_entries(SITE, catalog, {WAY: numbers.values()})
        feed = replace(ATOM, entries=tuple(numbers), **more)  # type: ignore[arg-type]
        documents: dict[str, bytes] = {}
        problems: list[Problem] = []
        for one in (feed, replace(feed, path="other.xml", entries=feed.entries[:1])):
            shown = [numbers[id_] for id_ in one.entries]
            if not faults.keys() & set(shown):
                made, problem = render_documents(one, list(catalog.entries(*named(WAY), shown).values()))
                documents.update(made)
                problems += [problem] if problem else []
        ids = {n: id_ for id_, n in numbers.items()}
        return Rendered(documents, {ids[n]: fault for n, fault in faults.items()}, tuple(problems))

    return rendered


def clean(name: str, **more: object) -> Article:
    return article(name, **{"id": f"urn:example:{name}", "body": Body("<p>Text</p>", "clean"), **more})


def test_good_articles_become_documents(render: Render) -> None:
    rendered = render(clean("a", related=(LINK,)), clean("b"))
    assert set(rendered.documents) == {"atom.xml", "other.xml"}
    assert (dict(rendered.faults), rendered.problems) == ({}, ())


def test_an_entry_that_would_be_invalid_is_a_fault_that_names_the_article(render: Render) -> None:
    rendered = render(clean("a"), clean("b", id="no absolute IRI"))
    assert list(rendered.faults) == ["no absolute IRI"]
    assert rendered.faults["no absolute IRI"].file == "b.md"
    assert set(rendered.documents) == {"other.xml"}


def test_an_entry_that_cannot_be_made_is_a_fault(render: Render) -> None:
    rendered = render(clean("a", title="\x00"))
    assert [problem.file for problem in rendered.faults.values()] == ["a.md"]


def test_an_entry_that_was_good_stays_as_it_was_and_is_reported(render: Render, catalog: Catalog) -> None:
    before = render(clean("a"))
    after = render(clean("a", title="\x00"))
    assert (after.documents, dict(after.faults)) == (before.documents, {})
    ((fault,),) = catalog.db.execute("SELECT fault FROM entry")
    assert "as it was last good" in fault
    assert render(clean("a")).documents == before.documents
    assert catalog.db.execute("SELECT fault FROM entry").fetchall() == [("",)]


def test_a_feed_whose_own_head_is_invalid_is_left_as_it_was_and_the_others_are_made(render: Render) -> None:
    rendered = render(clean("a"), id="no absolute IRI")
    assert rendered.documents == {}
    assert len(rendered.problems) == 2
    assert not rendered.faults


def test_a_related_link_that_a_format_loses_is_noticed(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    atom = formats.load("atom")
    forgetful = SimpleNamespace(
        entry=lambda article, site, options: atom.entry(replace(article, related=()), site, options),
        documents=atom.documents,
        related=atom.related,
    )
    monkeypatch.setattr(formats, "load", lambda name: forgetful)
    rendered = render(clean("a", related=(LINK,)))
    assert [problem.code for problem in rendered.faults.values()] == ["related-lost"]


def test_an_entry_is_made_once_however_many_feeds_and_runs_show_it(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    atom = formats.load("atom")
    made: list[str] = []

    def entry(article: Article, site: Site, options: EntryOptions) -> bytes:
        made.append(article.id)
        return atom.entry(article, site, options)

    monkeypatch.setattr(
        formats, "load", lambda name: SimpleNamespace(entry=entry, documents=atom.documents, related=atom.related)
    )
    render(clean("a"), clean("b"))
    assert made == ["urn:example:a", "urn:example:b"]
    render(clean("a"), clean("b", title="Changed"))
    assert made[2:] == ["urn:example:b"]


HEADS: Mapping[str, Mapping[str, object]] = {
    "as usual": {},
    "a chain": {"chain": Chain(f"{URL}1.xml", f"{URL}2.xml", f"{URL}a.xml")},
    "tombstones": {"tombstones": (Tombstone("urn:isbn:1", NOON),)},
    "a language": {"language": "ar"},
    "a style sheet": {"stylesheet": "feeds.css", "path": "a/b.xml"},
    "no description": {"description": ""},
    "all of a site": {
        "site": replace(
            SITE, hubs=("https://hub.example/",), rights="©", logo=f"{URL}a.png", icon=f"{URL}a.ico", ttl=60
        )
    },
}
WRONG_HEADS: Mapping[str, Mapping[str, object]] = {
    "no URL": {"self_url": "not a URL"},
    "no page": {"url": "no page"},
    "no id": {"id": "no id"},
    "a language that is none": {"language": "no language"},
    "a negative time to live": {"site": replace(SITE, ttl=-1)},
    "a control character": {"title": "\x00"},
}
SHAPES: tuple[Mapping[str, object], ...] = (
    {},
    {"title": "", "summary": "<item> & <entry>"},
    {"body": Body("<p>]]&gt; &lt;/item&gt;</p>" * 900, "clean")},
    {"related": (LINK,), "language": "de", "source": Source("Sea", f"{URL}sea.xml"), "rights": "©"},
)


def made(format_: str) -> list[bytes]:
    """Good entries of many shapes."""
    articles = (clean(str(n), id=f"https://tides.example/{n}", **more) for n, more in enumerate(SHAPES))
    return [formats.load(format_).entry(one, SITE, EntryOptions()) for one in articles]


@pytest.mark.parametrize("format_", formats.NAMES)
@pytest.mark.parametrize("head", [*HEADS.values(), *WRONG_HEADS.values()], ids=[*HEADS, *WRONG_HEADS])
def test_a_head_is_refused_for_what_the_complete_check_finds_however_many_entries_it_has(
    format_: str, head: Mapping[str, object]
) -> None:
    feed = replace(ATOM, format=format_, **head)  # type: ignore[arg-type]
    for count in range(len(SHAPES) + 1):
        some = made(format_)[:count]
        assert render_documents(feed, some) == render_documents(feed, some, whole=True)


@pytest.mark.parametrize("head", WRONG_HEADS.values(), ids=WRONG_HEADS)
def test_no_document_is_made_with_a_wrong_head(head: Mapping[str, object]) -> None:
    feeds = [replace(ATOM, format=name, **head) for name in formats.NAMES]  # type: ignore[arg-type]
    assert not all(documents(feed) for feed in feeds)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_nothing_is_found_wrong_with_a_right_head(head: Mapping[str, object]) -> None:
    for name in formats.NAMES:
        feed = replace(ATOM, format=name, **head)  # type: ignore[arg-type]
        assert documents(feed).keys() == {feed.path}


def documents(feed: Feed) -> dict[str, bytes]:
    return render_documents(feed, made(feed.format))[0]


@pytest.mark.parametrize("format_", formats.NAMES)
def test_a_head_is_checked_with_one_entry_in_the_place_of_all(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = replace(ATOM, format=format_)
    asked: list[bytes] = []

    def noted(document: bytes, *, file: str) -> list[Problem]:
        asked.append(document)
        return []

    monkeypatch.setattr(entries, "refused", noted)
    document = documents(feed)["atom.xml"]
    assert [document.count(one) for one in made(format_)] == [1] * len(SHAPES)
    assert asked == [dict(formats.load(format_).documents(feed, [entries._harmless_entry(format_)]))["atom.xml"]]


def test_a_document_too_large_for_its_parts_to_vouch_for_it_is_checked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = made("atom")[:1] * 2
    assert render_documents(ATOM, twice)[1] is None
    monkeypatch.setattr(entries, "LARGEST", 100)
    fault = render_documents(ATOM, twice)[1]
    assert fault and fault.code == "atom-id-repeated"


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_every_head_declares_the_prefixes_that_entries_may_have(format_: str) -> None:
    for head in HEADS.values():
        feed = replace(ATOM, format=format_, **head)  # type: ignore[arg-type]
        (document,) = documents(feed).values()
        declared = etree.fromstring(document).nsmap
        namespaces = formats.load(format_)._NAMESPACES  # type: ignore[attr-defined]
        assert namespaces.items() <= declared.items()
