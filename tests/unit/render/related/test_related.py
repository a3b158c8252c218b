"""Related stories: those that an author named, and those that are found."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedwright.errors import Problem
from feedwright.model import Article, Body, Category, Link, Reference, Site
from feedwright.render.related import Index, link, resolve
from feedwright.render.related.similarity import features, find
from tests.named_articles import index

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
URL = "https://tides.example/"
SITE = Site("Tides", URL, URL, "tides.example", language="en")


def article(key: str, days: int = 0, **more: object) -> Article:
    """An article of `days` ago, whose address and id are made of its path."""
    path = key.rpartition(".")[0].removesuffix("/index")
    slug, folder, when = path.rpartition("/")[2], path.partition("/")[0] if "/" in path else "", NOON - timedelta(days)
    id_ = f"tag:tides.example,2024:{path}"
    base = Article(key, path, slug, id_, slug.title(), f"{URL}{path}/", when, when, Body("", "markdown"))
    return replace(base, **{"section": folder, "language": "en", **more})  # type: ignore[arg-type]


def terms(*names: str) -> tuple[Category, ...]:
    return tuple(Category(name) for name in names)


TIDES = article("posts/tides.md", title="The  Tides of March")
MOON = article("posts/moon/index.md", title="Moon: a primer")
SEA = article("sea.md", title="Sea")
SHIPS = article("culture/2023-05-01-ships.md", slug="ships", url="https://tides.example/2023/ships/", guid="ships-17")
STORM = article("posts/storm.md", title="Storm", references=())
GERMAN = article("posts/tides.de.md", slug="tides", language="de", title="Gezeiten")
DRAFT = article("posts/secret.md", title="Secret plans", draft=True)
LATE = article("posts/late.md", title="Late")
INDEX = index((TIDES, MOON, SEA, SHIPS, STORM, GERMAN), [(DRAFT, "draft"), (LATE, "expired 2024-01-01 00:00 UTC")])


def named(*targets: str | Reference, by: Article = STORM, among: Index = INDEX, site: Site = SITE) -> list[object]:
    """What comes of references: addresses of links, then headlines, then codes of problems."""
    references = tuple(one if isinstance(one, Reference) else Reference(one) for one in targets)
    links, headlines, problems = resolve(replace(by, references=references), among, site)
    return [*(link.href for link in links), *headlines, *(problem.code for problem in problems)]


def problem(target: str, among: Index = INDEX) -> Problem:
    (found,) = resolve(replace(STORM, references=(Reference(target),)), among, SITE).problems
    return found


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("tag:tides.example,2024:posts/tides", TIDES),
        ("ships-17", SHIPS),
        ("https://tides.example/posts/tides/", TIDES),
        ("https://tides.example/posts/tides#high-water", TIDES),
        ("HTTP://Tides.Example/posts/tides/index.html", TIDES),
        ("//tides.example/posts/tides", TIDES),
        ("/posts/tides/", TIDES),
        ("/posts/tides.md", TIDES),
        ("/2023/ships", SHIPS),
        ("tides.md", TIDES),
        ("tides.html", TIDES),
        ("./tides", TIDES),
        ("../sea.md", SEA),
        ("../posts/moon/", MOON),
        ("moon/index.md", MOON),
        ("moon/index", MOON),
        ("posts/tides", TIDES),
        ("posts/tides.md", TIDES),
        ("posts/tides.md#high-water", TIDES),
        ("posts\\tides.md", TIDES),
        ("posts/tides.de", GERMAN),
        ("tides", TIDES),
        ("ships", SHIPS),
        ("Ships.md", SHIPS),
        ("2023-05-01-ships", SHIPS),
        ("gezeiten", GERMAN),
        ("the tides of  MARCH", TIDES),
        ("Moon: a primer", MOON),
    ],
)
def test_an_article_is_found_by_any_of_its_names(target: str, meant: Article) -> None:
    assert named(target) == [meant.url]


def test_a_link_says_what_is_known_of_its_target() -> None:
    link_ = Link(TIDES.url, "related", "text/html", "en", "The  Tides of March")
    references = (Reference("tides"), Reference("sea", "More on the sea"))
    links = resolve(replace(STORM, references=references), INDEX, SITE).links
    assert links == (link_, Link(SEA.url, "related", "text/html", "en", "More on the sea"))
    assert link(replace(TIDES, title="", language="")) == Link(TIDES.url, "related", "text/html")


def test_another_sites_page_is_linked_as_it_is() -> None:
    references = (Reference("https://Other.example/a b#c", "Elsewhere"), Reference("//cdn.example/x"))
    links, headlines, problems = resolve(replace(STORM, references=references), INDEX, SITE)
    assert links == (
        Link("https://other.example/a%20b#c", "related", title="Elsewhere"),
        Link("https://cdn.example/x", "related"),
    )
    assert (headlines, problems) == ((), ())


def test_a_name_means_the_article_in_the_same_language() -> None:
    assert named("tides", by=SHIPS) == [TIDES.url]
    assert named("tides", by=replace(SHIPS, language="de")) == [GERMAN.url]
    assert named("posts/tides", by=replace(SHIPS, language="de")) == [GERMAN.url]
    assert named("posts/tides.md", by=replace(SHIPS, language="de")) == [TIDES.url]


def test_a_name_means_the_article_in_the_same_section_then_in_the_same_folder() -> None:
    a, b, c = article("a/x/tides.md"), article("a/y/tides.md"), article("b/tides.md")
    among = index((a, b, c))
    assert named("tides", by=article("b/deep/storm.md"), among=among) == [c.url]
    assert named("tides", by=article("a/y/storm.md"), among=among) == [b.url]
    assert named("tides", by=article("a/z/storm.md"), among=among) == ["related-ambiguous"]


def test_an_ambiguous_name_is_left_out_and_those_who_share_it_are_named() -> None:
    found = problem("tides", index((article("a/tides.md"), article("b/tides.md"))))
    assert (found.code, found.severity, found.file, found.key) == ("related-ambiguous", "warning", STORM.key, "related")
    assert "a/tides.md" in found.what and "b/tides.md" in found.what


def test_an_article_means_another_of_its_own_name_not_itself() -> None:
    assert named("tides", by=TIDES) == [GERMAN.url]
    assert named("storm", "/posts/storm/", Reference("", "STORM")) == ["related-itself"] * 3


def test_a_link_is_given_once_in_the_authors_order() -> None:
    assert named("sea", "tides", "sea.md", "https://x.example/", "https://x.example/", "/sea") == [
        SEA.url, TIDES.url, "https://x.example/",
    ]  # fmt: skip


def test_a_headline_that_is_an_articles_title_links_to_it() -> None:
    assert named(Reference("", "the tides of march")) == [TIDES.url]
    assert named(Reference("", "Harbour closed")) == ["Harbour closed"]
    assert named(Reference("", "Harbour closed"), Reference("", "Harbour closed")) == ["Harbour closed"]


def test_a_headline_that_is_the_title_of_several_stays_a_headline() -> None:
    twins = index((article("a/x.md", title="News"), article("b/y.md", title="News")))
    assert named(Reference("", "News"), among=twins) == ["News"]


@pytest.mark.parametrize(
    ("target", "why"),
    [("secret", "draft"), ("late.md", "expired"), ("https://tides.example/posts/secret/", "draft")],
)
@pytest.mark.parametrize("title", ["", "A title of its own"])
def test_an_article_that_may_not_be_shown_is_not_linked_and_the_reason_told(target: str, why: str, title: str) -> None:
    resolved = resolve(replace(STORM, references=(Reference(target, title),)), INDEX, SITE)
    assert (resolved.links, resolved.headlines) == ((), ())
    assert resolved.problems[0].code == "related-not-published"
    assert why in resolved.problems[0].what


def test_the_title_of_a_draft_is_no_headline() -> None:
    assert named(Reference("", "Secret Plans")) == ["related-not-published"]


def test_a_published_article_is_meant_before_a_draft_of_the_same_name() -> None:
    among = index((article("a/tides.md"),), [(article("b/tides.md"), "draft")])
    assert named("tides", by=article("c/storm.md"), among=among) == [f"{URL}a/tides/"]
    assert named("tides", by=article("b/storm.md"), among=among) == ["related-not-published"]


@pytest.mark.parametrize(
    "target", ["posts/tidse.md", "shipps", "/posts/mooon/", "Stormm", "nothing-like-it", "tides/x"]
)
def test_a_name_that_is_no_articles_is_left_out_even_with_a_title(target: str) -> None:
    assert named(target) == ["related-missing"]
    assert named(Reference(target, "With a title")) == ["related-missing"]


@pytest.mark.parametrize(("wrong", "right"), [("posts/tidse.md", TIDES), ("shipps", SHIPS), ("/posts/mooon/", MOON)])
def test_a_wrong_name_is_answered_with_the_nearest_right_one(wrong: str, right: Article) -> None:
    assert f'"{right.slug}" ({right.key})' in problem(wrong).hint


def test_the_nearest_right_name_is_no_drafts() -> None:
    assert "secret" not in problem("secrett").hint


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "file:///etc/passwd", "http://", "ftp://x/"],
)
def test_only_web_pages_are_linked_to(target: str) -> None:
    assert named(target, Reference(target, "Title")) == ["related-address"]


def test_a_path_leads_to_no_file_outside_the_content_folder() -> None:
    assert named("../../sea.md", "../../../etc/passwd") == ["related-missing", "related-missing"]


def test_a_site_below_a_folder_finds_root_relative_addresses_with_and_without_it() -> None:
    site = replace(SITE, url="https://tides.example/blog/")
    sea = replace(SEA, url="https://tides.example/blog/sea/", key="x.md", path="x", slug="x", title="")
    assert named("/blog/sea/", "/sea/", by=STORM, among=index((sea,)), site=site) == [sea.url]


def test_a_name_is_found_composed_or_decomposed() -> None:
    cafe = article("posts/caf\u00e9.md")
    assert named("cafe\u0301.md", "CAFE\u0301", among=index((cafe,))) == [cafe.url]


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_reference_comes_to_a_link_a_headline_or_a_problem(target: str, title: str) -> None:
    resolved = resolve(replace(STORM, references=(Reference(target, title),)), INDEX, SITE)
    assert sum(map(len, resolved)) == 1
    assert all(re.match("https?://", link.href) and link.rel == "related" for link in resolved.links)


# --- Found ---


def test_stories_are_found_by_what_they_share() -> None:
    tide = article("tide.md", 0, title="High water in March", tags=terms("tides", "news"))
    low = article("low.md", 300, title="Low water", tags=terms("Tides"))
    vote = article("vote.md", 100, title="A vote in March", tags=terms("politics"))
    others = [article(f"{n}.md", 10 + n, title=f"Else {n}", tags=terms("news")) for n in range(20)]
    assert find([tide, low, vote, *others], {tide.id}, 3) == {tide.id: (low.id,)}


def test_what_shares_more_comes_first_and_of_two_that_share_as_much_the_newer() -> None:
    mine = article("mine.md", 0, title="", tags=terms("a", "b"), categories=terms("c"))
    both = article("both.md", 200, title="", tags=terms("a", "b"))
    newer = article("newer.md", 100, title="", tags=terms("a"))
    older = article("older.md", 900, title="", tags=terms("a"))
    same_a, same_b = (article(f"same-{one}.md", 100, title="", tags=terms("b")) for one in "ab")
    others = [article(f"{n}.md", 10 + n, title="", tags=terms("x")) for n in range(20)]
    found = find([mine, older, same_b, same_a, newer, both, *others], {mine.id}, 9)[mine.id]
    assert found[0] == both.id
    assert found.index(newer.id) < found.index(older.id)
    assert found.index(same_a.id) < found.index(same_b.id)


def test_a_category_of_most_articles_relates_none() -> None:
    articles = [article(f"{n}.md", n, title="", categories=terms("News")) for n in range(20)]
    assert find(articles, {articles[0].id}, 3) == {articles[0].id: ()}


def test_one_word_of_the_title_is_not_enough() -> None:
    others = [article(f"{n}.md", 10 + n, title=f"Else {n}") for n in range(100)]
    mine = article("mine.md", 0, title="Harbour opened yesterday")
    word, words = (article(f"{one}.md", 5, title=one) for one in ("Yesterday night", "Harbour closed yesterday"))
    assert find([mine, word, words, *others], {mine.id}, 3)[mine.id] == (words.id,)


def test_titles_without_spaces_are_compared_too() -> None:
    titles = ["昨日の選挙の結果", "港湾の工事が始まる", "市長が辞任を表明"]
    others = [article(f"{n}.md", 10 + n, title=titles[n % 3], language="ja") for n in range(2, 30)]
    mine = article("mine.md", 0, title="北海の潮汐とは何か", language="ja")
    other = article("other.md", 5, title="月と北海の潮汐", language="ja")
    assert find([mine, other, *others], {mine.id}, 3)[mine.id] == (other.id,)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The v2.1.0 of ESLint's ÖKO-Straße, 2024", {"the", "v2.1.0", "eslint", "öko", "strasse"}),
        ("हिन्दी में समाचार", {"हिन्दी", "में", "समाचार"}),
        ("React入門 プログラミング", {"react", "入門", "プロ", "ログ", "グラ", "ラミ", "ミン", "ング"}),
        ("Ｆｕｌｌ ｗｉｄｔｈ", {"full", "width"}),
    ],
)
def test_words_of_a_title_are_told_apart_in_any_script(title: str, words: set[str]) -> None:
    assert set(features(article("x.md", title=title))) == words


def test_a_story_in_another_language_is_not_found_but_one_in_an_unknown_language_is() -> None:
    mine = article("mine.md", 0, tags=terms("tides"), language="pt-BR")
    same, none, other = (article(f"x{of}.md", 9, tags=terms("tides"), language=of) for of in ("pt", "", "en"))
    rest = [article(f"{n}.md", 10 + n, language="pt") for n in range(20)]
    found = find([mine, same, none, other, *rest], {mine.id}, 9)[mine.id]
    assert set(found) == {same.id, none.id}
    unknown = replace(mine, language="")
    assert set(find([unknown, same, none, other, *rest], {mine.id}, 9)[mine.id]) == {same.id, none.id, other.id}


def test_stories_that_the_author_named_make_room_for_others() -> None:
    mine, *others = (article(f"{n}.md", n, title="", tags=terms("tides")) for n in range(5))
    rest = [article(f"rest-{n}.md", 10 + n, title="") for n in range(20)]
    first, second, *_ = find([mine, *others, *rest], {mine.id}, 9)[mine.id]
    assert find([mine, *others, *rest], {mine.id}, 1, {mine.id: {first}}) == {mine.id: (second,)}


def test_the_work_is_bounded_where_thousands_share_a_tag_and_the_newest_are_found() -> None:
    articles = [article(f"{n:04}.md", n, title="", tags=terms("tides" if n % 30 == 0 else "x")) for n in range(3000)]
    assert find(articles, {articles[0].id}, 2)[articles[0].id] == (articles[30].id, articles[60].id)


TERM = st.lists(st.sampled_from("abcdef"), max_size=3, unique=True).map(lambda names: terms(*names))
WORDS = st.lists(st.sampled_from(["harbour", "tide", "storm", "vote", "月の潮汐", "潮汐表"]), max_size=4).map(" ".join)


@st.composite
def sites(draw: st.DrawFn) -> list[Article]:
    """Some articles, many of which share their moment, a tag or a word with another."""
    count = draw(st.integers(1, 16))
    return [
        article(
            f"{number}.md",
            draw(st.integers(0, 30)) * draw(st.sampled_from([1, 40])),
            title=draw(WORDS),
            tags=draw(TERM),
            categories=draw(TERM),
            language=draw(st.sampled_from(["en", "en-GB", "de", ""])),
        )
        for number in range(count)
    ]


def before(one: Article, other: Article) -> bool:
    return (one.published, one.id) < (other.published, other.id)


def all_of(articles: Iterable[Article]) -> set[str]:
    return {one.id for one in articles}


@given(sites(), st.integers(0, 5))
def test_found_stories_are_older_in_the_same_language_and_no_more_than_wanted(site: list[Article], count: int) -> None:
    by_id = {one.id: one for one in site}
    found = find(site, all_of(site), count)
    assert set(found) == set(by_id)
    for id_, others in found.items():
        assert len(set(others)) == len(others) <= count
        for other in others:
            assert before(by_id[other], by_id[id_])
            languages = {by_id[one].language.partition("-")[0] for one in (id_, other)} - {""}
            assert len(languages) <= 1


@given(sites(), st.data())
def test_publishing_newer_articles_never_changes_what_was_found(site: list[Article], data: st.DataObject) -> None:
    mine = data.draw(st.sampled_from(site))
    past = [one for one in site if not before(mine, one)]
    assert find(site, all_of(site), 3)[mine.id] == find(past, {mine.id}, 3)[mine.id]


@given(sites(), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(site: list[Article], chance: random.Random) -> None:
    shuffled = list(site)
    chance.shuffle(shuffled)
    assert find(shuffled, all_of(site), 3) == find(site, all_of(site), 3)
    turned = [replace(one, tags=one.tags[::-1], categories=one.categories[::-1]) for one in site]
    assert find(turned, all_of(site), 3) == find(site, all_of(site), 3)


# --- Real posts ---


def posts(folder: Path) -> list[Article]:
    """Title, date, categories and tags of real posts, English ones."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        head = re.match(r"---\s*\n(.*?)\n---", path.read_text(errors="replace"), re.DOTALL)
        front = yaml.safe_load(head[1]) if head else {}
        date = re.search(r"(\d{4})-(\d\d)-(\d\d)", f"{front.get('date')} {path}")
        if date and front.get("title") and not re.search(r"\.\w\w\.md$", path.name):
            when = datetime(*(int(part) for part in date.groups()), tzinfo=UTC)  # type: ignore[arg-type, misc]
            lists = ([one for one in front.get(key) or [] if isinstance(one, str)] for key in ("categories", "tags"))
            categories, tags = (terms(*ones) for ones in lists)
            key = path.relative_to(folder).as_posix()
            one = article(key, title=str(front["title"]), published=when, categories=categories, tags=tags)
            found.append(one)
    return found


@pytest.mark.corpora
def test_stories_found_for_real_posts_belong_together(shared: Path) -> None:
    articles = posts(shared / "corpora" / "ropensci")
    titles = {one.id: one.title for one in articles}
    found = {titles[id_]: [titles[one] for one in others] for id_, others in find(articles, set(titles), 3).items()}
    assert found["Windows ARM64 comes to R-universe"][0].startswith("R-universe now builds MacOS ARM64 binaries")
    assert found["taxize: seven years of taxonomy in R"][0] == "The rOpenSci Taxonomy Suite"
    assert all("News Digest" in one for one in found["rOpenSci News Digest, October 2025"])
    assert sum(1 for others in found.values() if others) > 0.8 * len(found)
