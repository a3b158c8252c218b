"""Which feeds there are, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright.config import Config, Filter, KindRules, OwnFeed
from feedwright.errors import Problem
from feedwright.model import NEVER, Article, Body, Category, Feed, FeedName, Person, PublishedFeed, Site, Window
from feedwright.select.eligibility import ineligibility_reason
from feedwright.select.feeds import Selection, feeds_of, limit_of, same_language, selections, shape
from feedwright.select.unmatched import unknown_feeds, unmatched
from feedwright.state.catalog import Catalog, row_of
from feedwright.state.sqlite import opened

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
URL = "https://tides.example/"
SITE = Site("Tides", URL, URL, "tides.example", language="en")
CONFIG = Config(Path("content"), Path("content/site.toml"), Path("content/.feeds"), SITE)


def article(name: str, days: int = 0, **more: object) -> Article:
    when = NOON - timedelta(days=days)
    base = Article(f"{name}.md", name, name, f"tag:{name}", name, f"{URL}{name}/", when, when, Body("", "markdown"))
    return replace(base, **more)  # type: ignore[arg-type]


def tags(*names: str) -> tuple[Category, ...]:
    return tuple(Category(name, f"{URL}tag/", name) for name in names)


@dataclass(frozen=True)
class Chosen:
    """A feed and what it shows."""

    selection: Selection
    window: Window


Choose = Callable[[Config, Sequence[Article], Mapping[FeedName, PublishedFeed]], tuple[list[Chosen], list[Problem]]]


@pytest.fixture
def select(tmp_path: Path) -> Choose:
    """Articles put into a catalog, and what each feed shows of them; all may be shown."""

    def choose(
        config: Config, articles: Sequence[Article], known: Mapping[FeedName, PublishedFeed]
    ) -> tuple[list[Chosen], list[Problem]]:
        with opened(Catalog, tmp_path, copy=True) as catalog:
            rows = [row_of(one.key, b"", one, "")._replace(n=n, shown=1) for n, one in enumerate(articles, start=1)]
            catalog.put(rows)
            for row, one in zip(rows, articles, strict=True):
                catalog.add_members((catalog.number(name), row.published, row.n) for name in feeds_of(config, one))
            there = selections(config, catalog.with_members(), known)
            windows = [
                catalog.kept(known[one.name].entries)
                if one.retired
                else catalog.window(one.name, limit_of(config, one))
                for one in there
            ]
            unknown = unknown_feeds(catalog.naming_feeds(), {one.name for one in there})
            problems = [*unmatched(config, catalog), *unknown]
        return [Chosen(one, window) for one, (window, _) in zip(there, windows, strict=True)], problems

    return choose


def feed(found: Sequence[Chosen], kind: str, term: str = "") -> Chosen:
    (one,) = [one for one in found if one.selection.name == (kind, term)]
    return one


def names(chosen: Chosen) -> list[str]:
    return [id_.removeprefix("tag:") for id_ in chosen.window.entries]


@pytest.mark.parametrize("limit", [0, 4, 9])
def test_the_newest_comes_first_and_of_one_instant_the_later_name(select: Choose, limit: int) -> None:
    articles = [article("b"), article("old", 3), article("a"), article("new", -1)]
    found, _ = select(replace(CONFIG, limit=limit), articles, {})
    assert names(feed(found, "site")) == ["new", "b", "a", "old"]


def test_names_break_ties_also_at_the_end_of_what_a_feed_shows(select: Choose) -> None:
    articles = [article(name) for name in "dbac"]
    found, _ = select(replace(CONFIG, limit=3), [*articles, article("new", -1)], {})
    assert names(feed(found, "site")) == ["new", "d", "c"]


def test_what_may_not_be_shown_says_why() -> None:
    assert ineligibility_reason(article("a"), NOON) == ""
    assert ineligibility_reason(article("a", draft=True), NOON) == "draft"
    assert "opted out" in ineligibility_reason(article("a", feeds=()), NOON)
    assert ineligibility_reason(article("a", -1), NOON) == "not before 2024-06-02 12:00 UTC"
    assert ineligibility_reason(article("a", expires=NOON), NOON).startswith("expired")
    assert ineligibility_reason(article("a", published=NEVER), NOON) == "has no date"


def test_each_term_gets_a_feed_and_each_feed_the_newest(select: Choose) -> None:
    articles = [article(str(day), day, tags=tags("sea"), section="posts") for day in range(30)]
    found, problems = select(CONFIG, articles, {})
    assert names(feed(found, "tag", "sea")) == names(feed(found, "site")) == [str(day) for day in range(20)]
    assert problems == []
    assert len(names(feed(select(replace(CONFIG, limit=0), articles, {})[0], "tag", "sea"))) == 30


def test_the_sites_own_feed_is_in_its_own_language(select: Choose) -> None:
    articles = [article("en", language="en-GB"), article("de", language="de"), article("none")]
    assert names(feed(select(CONFIG, articles, {})[0], "site")) == ["none", "en"]
    assert len(names(feed(select(replace(CONFIG, all_languages=True), articles, {})[0], "site"))) == 3
    assert names(feed(select(CONFIG, articles, {})[0], "language", "de")) == ["de"]


def test_a_region_is_the_same_language_and_a_likeness_is_not() -> None:
    assert same_language("en", "en-GB")
    assert same_language("EN-gb", "en")
    assert not same_language("de", "den")
    assert same_language("", "de")


def test_a_kind_can_be_switched_off_or_narrowed(select: Choose) -> None:
    articles = [article("a", tags=tags("x", "y", "z"))]
    kinds = {**CONFIG.kinds, "tag": KindRules(enabled=False)}
    assert not [one for one in select(replace(CONFIG, kinds=kinds), articles, {})[0] if one.selection.kind == "tag"]
    kinds["tag"] = KindRules(only=("x", "y"), excepted=("y",))
    found, _ = select(replace(CONFIG, kinds=kinds), articles, {})
    assert [one.selection.term for one in found if one.selection.kind == "tag"] == ["x"]


def test_a_declared_term_without_an_article_is_an_empty_feed_and_is_reported(select: Choose) -> None:
    kinds = {**CONFIG.kinds, "tag": KindRules(only=("Seas",))}
    config = replace(CONFIG, kinds=kinds, lines={"kinds.tag.only": 7})
    found, problems = select(config, [article("a", tags=tags("Sea"))], {})
    assert names(feed(found, "tag", "Seas")) == []
    assert [(problem.line, problem.hint) for problem in problems] == [(7, "Did you mean 'Sea'?")]


def test_a_feed_of_ones_own_includes_any_and_excludes_any(select: Choose) -> None:
    articles = [article("posts/a", tags=tags("x")), article("posts/b"), article("c", tags=tags("x", "no"))]
    own = OwnFeed(name="mine", include=Filter({"tag": ("x",)}, ("posts/**",)), exclude=Filter({"tag": ("no",)}))
    found, problems = select(replace(CONFIG, feeds=(own,)), articles, {})
    assert names(feed(found, "feed", "mine")) == ["posts/b", "posts/a"]
    assert problems == []


def test_a_feed_of_ones_own_without_a_filter_has_everything(select: Choose) -> None:
    found, _ = select(replace(CONFIG, feeds=(OwnFeed(name="all"),)), [article("a"), article("b")], {})
    assert names(feed(found, "feed", "all")) == ["b", "a"]


def test_filters_that_match_nothing_are_reported(select: Choose) -> None:
    own = OwnFeed(name="mine", include=Filter({"author": ("Jan Doe",)}, ("nowhere/**",)))
    _, problems = select(replace(CONFIG, feeds=(own,)), [article("a", authors=(Person("Jane Doe"),))], {})
    assert [problem.key for problem in problems] == ["feed.0.include.author", "feed.0.include.path"]
    assert "Jane Doe" in problems[0].hint


def test_an_article_goes_only_to_the_feeds_it_names(select: Choose) -> None:
    own = OwnFeed(name="mine", include=Filter({"tag": ("other",)}))
    articles = [
        article("own", tags=tags("x"), feeds=("mine",)),
        article("tag", tags=tags("x", "other"), feeds=("tag/x",)),
        article("site", tags=tags("x"), feeds=("site",)),
    ]
    found, problems = select(replace(CONFIG, feeds=(own,)), articles, {})
    assert names(feed(found, "feed", "mine")) == ["own"]
    assert names(feed(found, "tag", "x")) == ["tag"]
    assert names(feed(found, "site")) == ["site"]
    assert problems == []


def test_a_feed_that_an_article_names_and_is_not_there_is_reported(select: Choose) -> None:
    _, problems = select(replace(CONFIG, feeds=(OwnFeed(name="mine"),)), [article("a", feeds=("mien",))], {})
    assert [(problem.file, problem.code) for problem in problems] == [("a.md", "feed-unknown")]
    assert "mine" in problems[0].hint


def test_a_feed_that_lost_its_source_keeps_its_address_and_what_may_still_be_shown(select: Choose) -> None:
    known = {("tag", "old"): PublishedFeed("old", "urn:old", NOON, NOON, {"rss": "t/old.xml"}, ("tag:a", "tag:gone"))}
    found, _ = select(CONFIG, [article("a")], known)
    retired = feed(found, "tag", "old")
    assert (names(retired), retired.selection.retired) == (["a"], True)
    assert retired.selection.rules.paths == {"rss": "t/old.xml"}


def shaped(chosen: Chosen, known: PublishedFeed | None = None, config: Config = CONFIG) -> Feed:
    return shape(config, chosen.selection, chosen.window, "rss", "rss.xml", known, NOON)


def test_feeds_have_their_addresses_by_kind_and_term(select: Choose) -> None:
    found, _ = select(CONFIG, [article("a", tags=tags("新聞"), language="en")], {})
    assert shaped(feed(found, "site")).self_url == URL + "rss.xml"
    tag = shaped(feed(found, "tag", "新聞"))
    assert (tag.path, tag.self_url) == ("tag/新聞/rss.xml", URL + "tag/%E6%96%B0%E8%81%9E/rss.xml")
    assert tag.title == "Tides: 新聞"


def test_a_path_of_ones_own_is_kept_and_a_folder_is_its_index(select: Choose) -> None:
    kinds = {**CONFIG.kinds, "site": KindRules(paths={"rss": "feed/"})}
    config = replace(CONFIG, kinds=kinds)
    found, _ = select(config, [], {})
    made = shaped(feed(found, "site"), config=config)
    assert (made.path, made.self_url) == ("feed/index.xml", URL + "feed/")


def test_a_feed_keeps_its_id_when_the_site_moves(select: Choose) -> None:
    before = shaped(feed(select(CONFIG, [], {})[0], "site"))
    known = PublishedFeed("", before.id, NOON, NOON, {}, ())
    moved = replace(CONFIG, site=replace(SITE, feeds_url="https://new.example/"))
    after = shaped(feed(select(moved, [], {})[0], "site"), known, moved)
    assert (after.id, after.self_url) == (before.id, "https://new.example/rss.xml")


def test_a_feed_was_updated_when_its_newest_entry_was_and_an_empty_one_when_it_was_last(select: Choose) -> None:
    corrected = article("a", 9, updated=NOON - timedelta(days=1))
    found, _ = select(CONFIG, [article("b", 2), corrected], {})
    assert shaped(feed(found, "site")).updated == NOON - timedelta(days=1)
    empty = feed(select(CONFIG, [], {})[0], "site")
    assert shaped(empty).updated == NOON
    assert shaped(
        empty, PublishedFeed("", "urn:x", NOON, NOON - timedelta(days=5), {}, ())
    ).updated == NOON - timedelta(days=5)
