"""Which feeds there are, and what they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.config import Config, Filter, KindRules, OwnFeed
from feeds.model import NEVER, Article, Body, Category, Feed, Person, Site
from feeds.select import Known, Selection, newest_first, same_language, select, shape, why_not

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


def feed(selections: list[Selection], kind: str, term: str = "") -> Selection:
    (found,) = [selection for selection in selections if selection.name == (kind, term)]
    return found


def names(selection: Selection) -> list[str]:
    return [article.path for article in selection.articles]


def test_the_newest_comes_first_and_ids_break_ties() -> None:
    articles = [article("b"), article("old", 3), article("a"), article("new", -1)]
    assert [one.path for one in newest_first(articles)] == ["new", "a", "b", "old"]


def test_what_may_not_be_shown_says_why() -> None:
    assert why_not(article("a"), NOON) == ""
    assert why_not(article("a", draft=True), NOON) == "draft"
    assert "opted out" in why_not(article("a", feeds=()), NOON)
    assert why_not(article("a", -1), NOON) == "not before 2024-06-02 12:00 UTC"
    assert why_not(article("a", expires=NOON), NOON).startswith("expired")
    assert why_not(article("a", published=NEVER), NOON) == "has no date"


def test_each_term_gets_a_feed_and_each_feed_the_newest() -> None:
    articles = [article(str(day), day, tags=tags("sea"), section="posts") for day in range(30)]
    found, problems = select(CONFIG, articles, {})
    assert names(feed(found, "tag", "sea")) == names(feed(found, "site")) == [str(day) for day in range(20)]
    assert not problems
    assert len(names(feed(select(replace(CONFIG, limit=0), articles, {})[0], "tag", "sea"))) == 30


def test_the_sites_own_feed_is_in_its_own_language() -> None:
    articles = [article("en", language="en-GB"), article("de", language="de"), article("none")]
    assert names(feed(select(CONFIG, articles, {})[0], "site")) == ["en", "none"]
    assert len(names(feed(select(replace(CONFIG, all_languages=True), articles, {})[0], "site"))) == 3
    assert names(feed(select(CONFIG, articles, {})[0], "language", "de")) == ["de"]


def test_a_region_is_the_same_language_and_a_likeness_is_not() -> None:
    assert same_language("en", "en-GB")
    assert same_language("EN-gb", "en")
    assert not same_language("de", "den")
    assert same_language("", "de")


def test_a_kind_can_be_switched_off_or_narrowed() -> None:
    articles = [article("a", tags=tags("x", "y", "z"))]
    kinds = {**CONFIG.kinds, "tag": KindRules(enabled=False)}
    assert not [one for one in select(replace(CONFIG, kinds=kinds), articles, {})[0] if one.kind == "tag"]
    kinds["tag"] = KindRules(only=("x", "y"), excepted=("y",))
    found, _ = select(replace(CONFIG, kinds=kinds), articles, {})
    assert [one.term for one in found if one.kind == "tag"] == ["x"]


def test_a_declared_term_without_an_article_is_an_empty_feed_and_is_reported() -> None:
    kinds = {**CONFIG.kinds, "tag": KindRules(only=("Seas",))}
    config = replace(CONFIG, kinds=kinds, lines={"kinds.tag.only": 7})
    found, problems = select(config, [article("a", tags=tags("Sea"))], {})
    assert names(feed(found, "tag", "Seas")) == []
    assert [(problem.line, problem.mend) for problem in problems] == [(7, "Did you mean 'Sea'?")]


def test_a_feed_of_ones_own_includes_any_and_excludes_any() -> None:
    articles = [article("posts/a", tags=tags("x")), article("posts/b"), article("c", tags=tags("x", "no"))]
    own = OwnFeed(name="mine", include=Filter({"tag": ("x",)}, ("posts/**",)), exclude=Filter({"tag": ("no",)}))
    found, problems = select(replace(CONFIG, feeds=(own,)), articles, {})
    assert names(feed(found, "feed", "mine")) == ["posts/a", "posts/b"]
    assert not problems


def test_a_feed_of_ones_own_without_a_filter_has_everything() -> None:
    found, _ = select(replace(CONFIG, feeds=(OwnFeed(name="all"),)), [article("a"), article("b")], {})
    assert names(feed(found, "feed", "all")) == ["a", "b"]


def test_filters_that_match_nothing_are_reported() -> None:
    own = OwnFeed(name="mine", include=Filter({"author": ("Jan Doe",)}, ("nowhere/**",)))
    _, problems = select(replace(CONFIG, feeds=(own,)), [article("a", authors=(Person("Jane Doe"),))], {})
    assert [problem.key for problem in problems] == ["feed.0.include.author", "feed.0.include.path"]
    assert "Jane Doe" in problems[0].mend


def test_an_article_goes_only_to_the_feeds_it_names() -> None:
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
    assert not problems


def test_a_feed_that_an_article_names_and_is_not_there_is_reported() -> None:
    _, problems = select(replace(CONFIG, feeds=(OwnFeed(name="mine"),)), [article("a", feeds=("mien",))], {})
    assert [(problem.file, problem.code) for problem in problems] == [("a.md", "feed-unknown")]
    assert "mine" in problems[0].mend


def test_a_feed_that_lost_its_source_keeps_its_address_and_what_may_still_be_shown() -> None:
    known = {("tag", "old"): Known("old", "urn:old", NOON, NOON, {"rss": "t/old.xml"}, ("tag:a", "tag:gone"))}
    found, _ = select(CONFIG, [article("a")], known)
    retired = feed(found, "tag", "old")
    assert (names(retired), retired.retired, retired.rules.paths) == (["a"], True, {"rss": "t/old.xml"})


def shaped(selection: Selection, known: Known | None = None, config: Config = CONFIG) -> Feed:
    return shape(config, selection, "rss", "rss.xml", known, NOON)


def test_feeds_have_their_addresses_by_kind_and_term() -> None:
    found, _ = select(CONFIG, [article("a", tags=tags("新聞"), language="en")], {})
    assert shaped(feed(found, "site")).self_url == URL + "rss.xml"
    tag = shaped(feed(found, "tag", "新聞"))
    assert (tag.path, tag.self_url) == ("tag/新聞/rss.xml", URL + "tag/%E6%96%B0%E8%81%9E/rss.xml")
    assert tag.title == "Tides: 新聞"


def test_a_path_of_ones_own_is_kept_and_a_folder_is_its_index() -> None:
    kinds = {**CONFIG.kinds, "site": KindRules(paths={"rss": "feed/"})}
    config = replace(CONFIG, kinds=kinds)
    found, _ = select(config, [], {})
    made = shaped(feed(found, "site"), config=config)
    assert (made.path, made.self_url) == ("feed/index.xml", URL + "feed/")


def test_a_feed_keeps_its_id_when_the_site_moves() -> None:
    before = shaped(feed(select(CONFIG, [], {})[0], "site"))
    known = Known("", before.id, NOON, NOON, {}, ())
    moved = replace(CONFIG, site=replace(SITE, feeds_url="https://new.example/"))
    after = shaped(feed(select(moved, [], {})[0], "site"), known, moved)
    assert (after.id, after.self_url) == (before.id, "https://new.example/rss.xml")


def test_a_feed_was_updated_when_its_newest_entry_was_and_an_empty_one_when_it_was_last() -> None:
    corrected = article("a", 9, updated=NOON - timedelta(days=1))
    found, _ = select(CONFIG, [article("b", 2), corrected], {})
    assert shaped(feed(found, "site")).updated == NOON - timedelta(days=1)
    empty = feed(select(CONFIG, [], {})[0], "site")
    assert shaped(empty).updated == NOON
    assert shaped(empty, Known("", "urn:x", NOON, NOON - timedelta(days=5), {}, ())).updated == NOON - timedelta(days=5)
