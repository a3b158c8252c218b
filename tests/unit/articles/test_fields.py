"""Front matter in its many spellings, and the article that comes of it."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.compose import compose
from feedwright.articles.fields import FIELDS
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.model import WAITS_TO_BE_SEEN, Around, Reading
from feedwright.config import Config
from feedwright.model import NEVER, UNDATED, Article, Category, Link, Person, Reference, Site, Source

SITE = Site(
    title="Sea",
    url="https://example.org/",
    feeds_url="https://example.org/",
    authority="example.org",
    language="en",
    timezone="Europe/Berlin",
    authors=(Person("The crew"),),
)
CONFIG = Config(
    root=Path("nowhere"),
    file=Path("nowhere/site.toml"),
    state=Path("nowhere/.feeds"),
    site=SITE,
    authors={"ann": Person("Ann Sea", "ann@example.org", "https://example.org/ann/")},
)


def reading(front: str, key: str = "posts/tides.md", body: str = "Text\n", **changes: Any) -> Reading:
    whole = front if "date:" in front or "published:" in front else f"date: 2026-03-01\n{front}"
    return compose(
        dataclasses.replace(CONFIG, **changes), key, split_front_matter(f"---\n{whole}\n---\n{body}"), "markdown"
    )


def article(front: str, key: str = "posts/tides.md", body: str = "Text\n", **changes: Any) -> Article:
    """The article, where nothing was wrong with it."""
    read = reading(front, key, body, **changes)
    assert [str(problem) for problem in read.problems] == []
    assert read.article is not None
    return read.article


def warned(front: str, code: str, key: str = "posts/tides.md") -> Article:
    """The article, where one warning was given."""
    read = reading(front, key)
    assert [(problem.code, problem.severity) for problem in read.problems] == [(code, "warning")]
    assert read.article is not None
    return read.article


def refused(front: str, code: str, key: str = "posts/tides.md") -> None:
    read = reading(front, key)
    assert read.article is None
    assert [(problem.code, problem.severity) for problem in read.problems] == [(code, "error")]


def test_a_whole_article_is_read() -> None:
    whole = article(
        "title: Tides\ndate: 2026-03-01\nupdated: 2026-03-02\nauthor: ann\ncategory: Sea\ntags: [moon, water]\n"
        "lang: de\nsummary: High and *low*.\nrights: CC0\nexpires: 2027-01-01\nlayout: post"
    )
    assert whole == Article(
        key="posts/tides.md",
        path="posts/tides",
        slug="tides",
        id="tag:example.org,2026-03-01:posts/tides",
        title="Tides",
        url="https://example.org/posts/tides/",
        published=datetime(2026, 2, 28, 23, tzinfo=UTC),
        updated=datetime(2026, 3, 1, 23, tzinfo=UTC),
        body=whole.body,
        authors=(CONFIG.authors["ann"],),
        categories=(Category("Sea", "https://example.org/category/", "Sea"),),
        tags=tuple(Category(term, "https://example.org/tag/", term) for term in ("moon", "water")),
        section="posts",
        language="de",
        summary="High and low.",
        rights="CC0",
        expires=datetime(2026, 12, 31, 23, tzinfo=UTC),
    )
    assert whole.body.text == "Text\n"


@pytest.mark.parametrize(
    "key", ["date", "published", "pubDate", "pubdate", "created", "publishDate", "publish_date", "Date"]
)
def test_a_date_is_found_under_any_spelling(key: str) -> None:
    assert reading(f"{key}: 2020-01-02T10:00:00Z\ndate_of_birth: x").article
    read = compose(CONFIG, "a.md", split_front_matter(f"---\n{key}: 2020-01-02T10:00:00Z\n---\n"), "markdown")
    assert read.article and read.article.published == datetime(2020, 1, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize("key", ["updated", "lastmod", "modified", "last_modified_at", "date_updated", "dateModified"])
def test_an_update_is_found_under_any_spelling(key: str) -> None:
    assert article(f"title: a\n{key}: 2026-05-01T10:00:00Z").updated == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_no_spelling_belongs_to_two_fields() -> None:
    spellings = [spelling for row in FIELDS.values() for spelling in row.spellings]
    assert len(spellings) == len(set(spellings))
    assert all(spelling == spelling.lower() and spelling.isalnum() for spelling in spellings)


def test_an_update_is_never_before_the_publication() -> None:
    assert article("date: 2026-03-01T10:00:00\nupdated: 2026-03-01").updated == datetime(2026, 3, 1, 9, tzinfo=UTC)
    early = warned("date: 2026-03-01\nupdated: 2020-01-01", "updated-before-published")
    assert early.updated == early.published


def test_an_unreadable_date_leaves_the_article_out_on_its_line() -> None:
    read = reading("title: Tides\ndate: 31.02.2026", "2020-01-02-tides.md")
    (problem,) = read.problems
    assert read.article is None
    assert (problem.code, problem.line, problem.key, problem.file) == (
        "date-unreadable",
        3,
        "date",
        "2020-01-02-tides.md",
    )
    assert problem.what == '"31.02.2026" is not a date'
    assert problem.hint == "February has 28 days in 2026; write it as 2026-02-28. The article is in no feed."


def test_an_unreadable_update_is_only_a_warning_but_an_unreadable_expiry_is_not() -> None:
    assert warned("date: 2026-03-01\nlastmod: soon", "date-unreadable").published
    refused("date: 2026-03-01\nexpires: soon", "date-unreadable")


@pytest.mark.parametrize(
    "key",
    [
        "2020-01-02-tides.md",
        "posts/2020-01-02_tides.md",
        "2020-01-02.md",
        "2020-01-02-tides/index.md",
        "posts/2020-01-02_tides/index.es.md",
        "2020/01/02/tides.md",
        "posts/2020/1/2/tides/index.md",
        "blog/2020/01/02-tides.mdx",
        "blog/2020/01-02-tides.md",
        "blog/2020-01-02/tides.md",
    ],
)
def test_a_missing_date_is_taken_from_where_the_file_stands(key: str) -> None:
    read = compose(CONFIG, key, split_front_matter("---\ntitle: Tides\ndate:\n---\n"), "markdown")
    assert read.article and read.article.published == datetime(2020, 1, 1, 23, tzinfo=UTC)


def test_a_missing_date_is_taken_from_the_address() -> None:
    read = compose(CONFIG, "a.md", split_front_matter('+++\ntitle = "A"\npath = "2020/01/02/a"\n+++\n'), "markdown")
    assert read.article and read.article.published == datetime(2020, 1, 1, 23, tzinfo=UTC)
    assert read.article.url == "https://example.org/2020/01/02/a/"


@pytest.mark.parametrize("key", ["tides.md", "2020/01/tides.md", "2020-01-tides.md", "2020-02-30-tides.md"])
def test_an_article_without_a_date_is_left_out(key: str) -> None:
    read = compose(CONFIG, key, split_front_matter("---\ntitle: Tides\n---\n"), "markdown")
    assert (read.article, read.undated) == (None, True)
    assert [(problem.code, problem.severity, problem.line) for problem in read.problems] == [
        ("date-missing", "error", 1)
    ]


def test_an_article_with_more_wrong_than_its_date_is_not_merely_undated() -> None:
    for front in ("date: soon", "expires: soon"):
        read = compose(CONFIG, "tides.md", split_front_matter(f"---\n{front}\n---\n"), "markdown")
        assert (read.article, read.undated) == (None, False)
    assert article("title: a").published


def test_what_is_kept_beside_a_dated_article_has_no_date_of_its_own() -> None:
    read = compose(CONFIG, "blog/2020-01-02-tides/notes.md", split_front_matter("---\ntitle: Notes\n---\n"), "markdown")
    assert (read.article, read.undated) == (None, True)


def test_a_file_without_front_matter_is_no_article_that_its_first_commit_could_date() -> None:
    read = compose(CONFIG, "notes.md", split_front_matter("Notes\n"), "markdown")
    assert (read.article, read.undated) == (None, 0)
    assert "its first commit does not date it" in read.problems[0].hint
    seen = dataclasses.replace(CONFIG, undated="first-seen")
    assert compose(seen, "notes.md", split_front_matter("Notes\n"), "markdown").undated == WAITS_TO_BE_SEEN


@pytest.mark.parametrize(
    "text",
    [
        *('{ title: "Tides" }\nText', "{\n  'title': 'Tides',\n}\n", '  { "title": "Tides", }\n'),
        *("---js\n{ title: 'x' }\n---\n", "----\ntitle: Tides\n----\nText", "---\n\ntitle: Tides\nText"),
        *("<!--\ntitle: Tides\n-->\nText", "===\ntitle: Tides\n===\n"),
    ],
)
def test_what_looks_like_front_matter_and_cannot_be_read_is_said_to_be_unreadable_not_undated(text: str) -> None:
    for config in (CONFIG, dataclasses.replace(CONFIG, undated="first-seen")):
        read = compose(config, "tides.md", split_front_matter(text), "markdown")
        assert ([problem.code for problem in read.problems], read.undated) == (["front-matter-invalid"], 0), text


@pytest.mark.parametrize(
    "text",
    [
        *("{% include x.html %}\ntitle: a", "{{ x }}\n\na: b", "{:.class}\nText", "---\n\nNote: a text.\n"),
        *("# Title\n\nNote: this.\n", "<!-- a comment -->\n\nText: more\n", "=== a\nb", "{ braces } in a text"),
    ],
)
def test_a_text_that_merely_begins_with_a_sign_is_undated(text: str) -> None:
    read = compose(CONFIG, "tides.md", split_front_matter(text), "markdown")
    assert [problem.code for problem in read.problems] == ["date-missing"], text


def test_an_article_without_a_date_is_new_when_it_was_first_known() -> None:
    first = datetime(2021, 5, 6, tzinfo=UTC)
    around = Around(dates={"tides.md": first})
    read = compose(CONFIG, "tides.md", split_front_matter("---\ntitle: Tides\n---\n"), "markdown", around)
    assert read.problems == ()
    assert read.article and (read.article.published, read.article.updated) == (first, first)
    assert read.article.id == "tag:example.org,2021-05-06:tides"
    dated = compose(CONFIG, "tides.md", split_front_matter("---\ndate: 2020-01-02\n---\n"), "markdown", around)
    assert dated.article and dated.article.published.year == 2020


def test_an_article_without_a_date_may_come_last() -> None:
    config = dataclasses.replace(CONFIG, undated="last")
    read = compose(config, "tides.md", split_front_matter("---\ntitle: Tides\nlastmod: 2021-05-06\n---\n"), "markdown")
    assert read.problems == ()
    assert read.article and read.article.published == UNDATED < datetime(1971, 1, 1, tzinfo=UTC)
    assert read.article.updated == datetime(2021, 5, 5, 22, tzinfo=UTC)


@pytest.mark.parametrize("words", ["Created", "git Created", "Last Modified", "git Last Modified"])
def test_a_date_that_only_git_knows_is_none(words: str) -> None:
    read = compose(CONFIG, "2020-01-02-tides.md", split_front_matter(f"---\ndate: {words}\n---\n"), "markdown")
    assert read.article and read.article.published.year == 2020
    assert read.problems == ()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "UTC"])
def test_a_draft_needs_no_date(zone: str) -> None:
    site = dataclasses.replace(SITE, timezone=zone)
    config = dataclasses.replace(CONFIG, site=site, permalink="/{year}/{slug}/")
    read = compose(config, "tides.md", split_front_matter("---\ndraft: true\n---\n"), "markdown")
    assert read.article and read.article.draft and read.article.published == read.article.updated == NEVER


@pytest.mark.parametrize(
    "front",
    ["draft: true", "draft: yes", 'draft: "1"', "published: false", "status: draft", "status: Private", "hidden: true",
     "private: on", "unlisted: true", "status: skip", "permalink: false", "eleventyExcludeFromCollections: true",
     "_build: {list: never}", "build: {render: false}"],
)  # fmt: skip
def test_a_draft_is_known_by_any_of_its_marks(front: str) -> None:
    assert article(f"date: 2020-01-01\n{front}").draft is True


@pytest.mark.parametrize(
    "front",
    [
        "draft: false",
        "draft: no",
        "draft:",
        "published: true",
        "status: publish",
        "status: {swift: 5}",
        "hidden: false",
        "permalink: /a/",
        "build: {list: always}",
    ],
)
def test_an_article_is_no_draft_without_a_mark(front: str) -> None:
    assert article(f"date: 2020-01-01\n{front}").draft is False


def test_an_unclear_draft_is_kept_back() -> None:
    assert warned("draft: perhaps", "draft-unclear").draft is True


def test_a_file_among_the_drafts_is_a_draft() -> None:
    assert article("title: a", "_drafts/a.md").draft is True


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: 2020", "2020"),
        ("title: 1.10", "1.10"),
        ("title: 007", "007"),
        ("title: true", "true"),
        ("title: Fish &amp; <b>chips</b>", "Fish & chips"),
        ("title: |\n  Two\n  lines", "Two lines"),
    ],
)
def test_a_title_is_plain_text_as_it_was_written(front: str, title: str) -> None:
    assert article(front).title == title


@pytest.mark.parametrize("title", ["[a, b]", "[a, [b]]", "\n  - a\n  - b"])
def test_a_title_that_is_a_list_is_read_as_its_parts_with_a_warning(title: str) -> None:
    assert warned(f"title: {title}", "title-list").title == "a, b"


def test_a_title_that_is_a_map_is_the_text_in_it_or_left_out_with_a_warning() -> None:
    assert article("title: {rendered: Tides}").title == "Tides"
    assert warned("title: {de: Gezeiten}", "value-unusable").title == ""


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("# Tides\n\nText\n", "Tides", "\nText\n"),
        ("Before\n\n# Tides # {#tides}\nText\n", "Tides", "Before\n\nText\n"),
        ("Tides\n=====\nText\n", "Tides", "Text\n"),
        ("```\n# code\n```\n# Tides\n", "Tides", "```\n# code\n```\n"),
        ("~~~~\n~~~\n# code\n~~~~\nText", "", "~~~~\n~~~\n# code\n~~~~\nText"),
        ("## Tides\n", "", "## Tides\n"),
        ("#hashtag\n", "", "#hashtag\n"),
    ],
)
def test_a_missing_title_is_taken_from_the_first_heading(body: str, title: str, rest: str) -> None:
    found = article("layout: post", body=body)
    assert (found.title, found.body.text) == (title, rest)


def test_a_heading_stays_where_there_is_a_title() -> None:
    assert article("title: Sea", body="# Tides\n").body.text == "# Tides\n"


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("author: Ann", ["Ann"]),
        ("author: Josh Aas, ISRG Executive Director", ["Josh Aas, ISRG Executive Director"]),
        ("authors: Ann, Bob, and Cy", ["Ann", "Bob", "Cy"]),
        ("authors: Sea, Ann; Sea, Bob", ["Sea, Ann", "Sea, Bob"]),
        ("by: [Ann, Bob, Ann]", ["Ann", "Bob"]),
        ("creator: {name: Ann}", ["Ann"]),
        ("authors:\n  - name: Ann\n  - ann", ["Ann", "Ann Sea"]),
        ("author: Ann\nauthors: [Bob]", ["Bob"]),
        ("author: 18", ["18"]),
        ("author:", ["The crew"]),
        ("author: false", ["The crew"]),
        ("title: a", ["The crew"]),
    ],
)
def test_authors_are_read_in_any_shape(front: str, names: list[str]) -> None:
    assert [person.name for person in article(front).authors] == names


def test_an_author_has_a_page_where_one_is_given_and_no_mail_address() -> None:
    (person,) = article("author: {name: Bob, mail: bob@example.org, url: /bob/}").authors
    assert person == Person("Bob", None, "https://example.org/bob/")
    assert article("author: Bob <bob@example.org>").authors == (Person("Bob"),)
    assert article("author: {name: Bob, email: bob, url: 'javascript:x'}").authors == (Person("Bob"),)


@pytest.mark.parametrize(
    ("front", "key", "terms"),
    [
        ("tags: [Sea, moon, Sea]", "a.md", ["Sea", "moon"]),
        ("tags: sea, moon", "a.md", ["sea", "moon"]),
        ("tags: sea moon", "a.md", ["sea moon"]),
        ("tags: sea moon", "_posts/2020-01-02-a.md", ["sea", "moon"]),
        ("tags: sea moon", "_posts/a.md", ["sea moon"]),
        ("tag: sea moon", "_posts/2020-01-02-a.md", ["sea moon"]),
        ("keywords: sea, moon", "a.md", ["sea", "moon"]),
        ("tags: [2020, 1.10, null, '']", "a.md", ["2020", "1.10"]),
        ("tags: [[sea, moon], [water]]", "a.md", ["sea", "moon", "water"]),
        ("tags: {term: sea, label: The sea}", "a.md", ["sea"]),
        ("tags: [C &amp; D]", "a.md", ["C & D"]),
        ("tags:", "a.md", []),
    ],
)
def test_terms_are_read_in_any_shape(front: str, key: str, terms: list[str]) -> None:
    assert [tag.term for tag in article(front, key).tags] == terms


def test_a_term_may_have_its_own_label_and_scheme() -> None:
    (term,) = article("category: {term: sea, label: The sea, scheme: 'https://example.com/c'}").categories
    assert term == Category("sea", "https://example.com/c", "The sea")


@pytest.mark.parametrize(
    ("front", "key", "language"),
    [
        ("lang: en_GB", "a.md", "en-GB"),
        ("language: ZH-hans-cn", "a.md", "zh-Hans-CN"),
        ("locale: es-PR", "a.md", "es-PR"),
        ("title: a", "a.es.md", "es"),
        ("title: a", "a/index.pt-br.md", "pt-BR"),
        ("title: a", "crates.io.md", "en"),
        ("title: a", "v1.8.md", "en"),
        ("title: a", "es/a.md", "en"),
    ],
)
def test_the_language_is_that_of_the_front_matter_the_name_or_the_site(front: str, key: str, language: str) -> None:
    assert article(front, key).language == language


def test_what_is_no_language_is_left_out_with_a_warning() -> None:
    assert warned("language: english", "value-unusable").language == "en"


@pytest.mark.parametrize(
    ("front", "feeds"),
    [
        ("feed: false", ()),
        ("feed: true", None),
        ("feed: null", None),
        ("feed: news", ("news",)),
        ("feeds: [news, sea]", ("news", "sea")),
        ("feeds: news, sea", ("news", "sea")),
        ("feeds: []", ()),
        ("feed: {excerpt_only: true}", None),
    ],
)
def test_an_article_names_its_feeds(front: str, feeds: tuple[str, ...] | None) -> None:
    assert article(front).feeds == feeds


def test_related_stories_are_kept_as_they_were_named() -> None:
    front = (
        "related:\n  - tides\n  - A word of water\n  - {title: The sea, url: /sea/}\n  - {title: Only said}\n  - tides"
    )
    assert article(front).references == (
        Reference("tides"),
        Reference("A word of water"),
        Reference("/sea/", "The sea"),
        Reference("", "Only said"),
    )


def test_a_story_says_where_it_comes_from() -> None:
    found = article(
        "via: {url: 'https://example.com/a', title: A}\nsource: {title: S, url: 'https://example.com/feed'}"
    )
    assert found.via == (Link("https://example.com/a", "via", title="A"),)
    assert found.source == Source("S", "https://example.com/feed")
    assert article("source: wire.txt").source is None


def test_the_page_that_an_article_first_appeared_on_is_linked() -> None:
    assert article("canonical: https://example.com/a").via == (Link("https://example.com/a", "via"),)
    assert article("canonical_url: https://example.org/a").url == "https://example.org/a"


@pytest.mark.parametrize("table", ["taxonomies", "params", "extra"])
def test_the_tables_of_zola_and_hugo_are_looked_into(table: str) -> None:
    front = split_front_matter(
        f'+++\ntitle = "A"\ndate = 2020-01-02\n[{table}]\ntags = ["sea"]\ntitle = "B"\nteam = "x"\n+++\n'
    )
    read = compose(CONFIG, "a.md", front, "markdown")
    assert read.problems == ()
    assert read.article and (read.article.title, read.article.tags[0].term) == ("A", "sea")


def test_the_page_of_the_one_author_stands_beside_the_name() -> None:
    assert article("author: Bob\nauthor_url: https://example.com/bob").authors == (
        Person("Bob", None, "https://example.com/bob"),
    )


def test_an_author_is_known_by_the_id_of_the_sites_own_data() -> None:
    around = Around(authors={"bob": Person("Bob Bay"), "bob-bay": Person("Bob Bay"), "ann": Person("Another")})
    front = split_front_matter("---\ndate: 2020-01-02\nauthors: [bob, ann, {key: bob}, Bob Bay, cy]\n---\n")
    read = compose(CONFIG, "a.md", front, "markdown", around)
    assert read.article and [person.name for person in read.article.authors] == ["Bob Bay", "Ann Sea", "cy"]


def test_the_folders_before_posts_are_categories() -> None:
    front = split_front_matter("---\ncategories: [race, sport]\n---\n")
    key = "sport/sailing/_posts/2020-01-02-a.md"
    read = compose(CONFIG, key, front, "markdown", Around(posts=""))
    assert read.article and [category.term for category in read.article.categories] == ["sport", "sailing", "race"]
    read = compose(CONFIG, key, front, "markdown", Around(posts="sport/"))
    assert read.article and [category.term for category in read.article.categories] == ["sailing", "race", "sport"]
    read = compose(CONFIG, key, front, "markdown")
    assert read.article and [category.term for category in read.article.categories] == ["race", "sport"]


def test_the_language_is_that_of_the_folder_where_nothing_else_says_it() -> None:
    around = Around(languages={"content/es": "es"})
    for front, key, language in (
        ("title: a", "content/es/posts/a.md", "es"),
        ("lang: fr", "content/es/posts/a.md", "fr"),
        ("title: a", "content/es/posts/a.pt.md", "pt"),
        ("title: a", "content/it/posts/a.md", "en"),
        ("title: a", "content/es.md", "en"),
    ):
        read = compose(CONFIG, key, split_front_matter(f"---\ndate: 2020-01-02\n{front}\n---\n"), "markdown", around)
        assert read.article and read.article.language == language
    assert around.languages


@pytest.mark.parametrize(
    ("front", "length", "duration"),
    [
        ("file: https://example.org/a.mp3\nduration: '1:00:03'\nlength: '87557234'", 87557234, 3603),
        ("podcast: {file: /a.mp3, length: 7, duration: '10:00'}", 7, 600),
        ("episode: {url: /a.mp3, size: 7, duration: 600}", 7, 600),
        ("audio_url: /a.mp3\naudio_length: 7\naudio_duration: PT10M", 7, 600),
        ("podcast_file: /a.mp3\npodcast_file_size: 7\npodcast_duration: 600", 7, 600),
        ("audio: {mp3: /a.mp3}\nepisode: 12\nvideo: https://video.example/12", 0, None),
    ],
)
def test_an_episode_is_an_enclosure_in_any_spelling(front: str, length: int, duration: int | None) -> None:
    (enclosure,) = article(front).enclosures
    assert enclosure.href == "https://example.org/a.mp3"
    assert (enclosure.type, enclosure.length, enclosure.duration) == ("audio/mpeg", length, duration)


def test_a_picture_of_hugos_bundle_stands_for_the_page_where_its_name_says_so() -> None:
    resources = "resources:\n- {name: chart, src: chart.png}\n- {name: hero, src: hero.png}"
    found = article(resources, "posts/tides/index.md").image
    assert found and found.href == "https://example.org/posts/tides/hero.png"
    assert article("resources:\n- {src: 'images/*.jpg', name: header}\n- {name: data, src: a.csv}").image is None


def test_unknown_keys_are_passed_over_in_silence() -> None:
    assert article("layout: post\nredirect_from: [/a]\nstatus: {swift: 5}\nparams: {doi: x}\ntopicid: 1073").title == ""


NAMES = st.sampled_from(["name", "url", "title", "date", "x"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JUNK = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=3), max_leaves=6
)
KEYS = sorted({spelling for row in FIELDS.values() for spelling in row.spellings} | {"draft", "status", "hidden"})


@given(st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=6))
def test_any_values_make_an_article_or_an_error(values: dict[str, object]) -> None:
    front = dataclasses.replace(split_front_matter("---\n---\nText\n"), values=values)
    read = compose(CONFIG, "2020-01-02-tides.md", front, "markdown")
    assert (read.article is None) is any(problem.severity == "error" for problem in read.problems)
    if read.article:
        assert read.article.updated >= read.article.published
        assert read.article.url.startswith("http")
        json.dumps(dataclasses.asdict(read.article), default=str)
