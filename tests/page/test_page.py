"""The page for people: what it lists, in which words, and that nothing breaks out of it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from lxml import html

from feedwright.model import Site
from feedwright.publish.page.html import LONG, index
from feedwright.publish.page.model import Address, Listed, Page, Story
from feedwright.publish.page.words import Words, own_name, tags, words
from tests.conftest import SiteOnDisk

WANTED = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "it", "ja", "ko", "nb", "nl", "pl", "pt"),
    *("ru", "sv", "tr", "uk", "zh-Hans", "zh-Hant"),
)
NASTY = "</title><script>alert(1)</script>\"'&amp; ]]> \u202e"
VOID = {"meta", "link", "wbr"}


@pytest.fixture
def whole(site: SiteOnDisk) -> SiteOnDisk:
    """A site that makes the page, too."""
    site.configure(alone=())
    return site


class Balance(HTMLParser):
    """Reads a page strictly: every element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def listed(kind: str = "site", name: str = "Sea", url: str = "https://tides.example/rss.xml", **more: object) -> Listed:
    addresses = (Address("rss", "application/rss+xml", url),)
    given: dict[str, object] = {
        "title": name,
        "description": "",
        "language": "en",
        "addresses": addresses,
        "count": 3,
        **more,
    }
    return Listed(kind=kind, name=name, **given)  # type: ignore[arg-type]


def page(*feeds: Listed, stories: tuple[Story, ...] = (), language: str = "en", **more: object) -> Page:
    url = "https://tides.example/"
    given: dict[str, object] = {"title": "Tides", "url": url, "feeds_url": url, "authority": "tides.example", **more}
    return Page(Site(language=language, **given), feeds, stories)  # type: ignore[arg-type]


def read(made: bytes) -> html.HtmlElement:
    strict = Balance()
    strict.feed(made.decode())
    assert strict.open == []
    assert not strict.seen & {"script", "style", "iframe", "object", "form"}
    return html.document_fromstring(made.decode())


def text_of(tree: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(str(found.text_content()).split()) for found in tree.xpath(path)]


def test_the_page_lists_each_feed_with_its_count_newest_article_and_addresses(whole: SiteOnDisk) -> None:
    whole.article("sea/a.md", date="2024-03-01", tags="[moon]").article("sea/b.md", date="2024-05-04").build()
    tree = read(whole.tree()["index.html"])
    own = tree.xpath("//section[@aria-labelledby='site']")[0]
    assert text_of(own, ".//p") == ["Articles: 2 Newest: 4 May 2024"]
    assert text_of(own, ".//code") == [f"https://tides.example/{name}" for name in ("rss.xml", "atom.xml", "feed.json")]
    (moon,) = tree.xpath("//section[@aria-labelledby='tag']//li")
    assert text_of(moon, "./p")[:2] == ["moon", "Articles: 1 Newest: 1 March 2024"]
    assert moon.xpath(".//a/@href") == [
        f"https://tides.example/tag/moon/{name}" for name in ("rss.xml", "atom.xml", "feed.json")
    ]
    assert moon.xpath(".//a/@aria-label") == [f"{name}: moon (Tags)" for name in ("RSS", "Atom", "JSON Feed")]
    assert tree.xpath("//time/@datetime")[0] == "2024-05-04"


def test_the_page_lists_the_newest_articles_newest_first(whole: SiteOnDisk) -> None:
    for day in range(1, 15):
        whole.article(f"{day:02}.md", date=f"2024-01-{day:02}")
    whole.article("unnamed.md", "Nobody named this text.", title="", date="2024-02-01").build()
    found = text_of(read(whole.tree()["index.html"]), "//ol[@class='stories']/li")
    assert found[:2] == ["Nobody named this text. 1 February 2024", "14 14 January 2024"]
    assert len(found) == 12


def test_a_site_without_a_feed_of_its_own_has_a_page_of_the_others(whole: SiteOnDisk) -> None:
    whole.configure("[kinds.site]\nenabled = false\n", alone=()).article("a.md", tags="[moon]").build()
    tree = read(whole.tree()["index.html"])
    assert [found.get("aria-labelledby") for found in tree.xpath("//section")] == ["how", "tag"]


def test_the_page_leads_to_the_list_of_all_feeds_where_there_is_one(whole: SiteOnDisk) -> None:
    whole.article("a.md").build()
    (link,) = read(whole.tree()["index.html"]).xpath("//section[@aria-labelledby='how']//a/@href")
    assert link == "https://tides.example/feeds.opml"
    assert "feeds.opml" in whole.tree()
    whole.configure('extras = ["page"]\n', alone=()).build()
    assert b"feeds.opml" not in whole.tree()["index.html"]


def test_drafts_and_articles_to_come_are_neither_counted_nor_named(whole: SiteOnDisk) -> None:
    whole.article("a.md").article("secret.md", draft="true", tags="[hidden]")
    whole.article("later.md", date="2030-01-01", tags="[hidden]").build()
    made = whole.tree()["index.html"].decode()
    assert "Articles: 1<" in made
    assert not any(word in made for word in ("secret", "later", "hidden"))


def test_a_feed_that_is_kept_for_its_subscribers_alone_is_not_offered(whole: SiteOnDisk) -> None:
    whole.article("a.md", tags="[old]").build()
    assert "tag/old/" in whole.tree()["index.html"].decode()
    whole.article("a.md", tags="[new]").build()
    assert "tag/old/rss.xml" in whole.tree()
    made = whole.tree()["index.html"].decode()
    assert "tag/new/" in made
    assert "tag/old/" not in made


def test_an_edit_that_the_page_does_not_show_leaves_it_as_it_is(whole: SiteOnDisk) -> None:
    whole.article("a.md").build()
    assert "index.html" not in whole.article("a.md", "Another text.").build().written
    assert "index.html" in whole.article("a.md", title="Another title").build().written
    assert whole.build(full=True).written == ()


def test_the_day_is_the_one_that_is_written_else_the_sites(whole: SiteOnDisk) -> None:
    whole.configure('timezone = "Pacific/Auckland"\n', alone=())
    whole.article("a.md", date="2024-03-01T23:30:00Z").article("b.md", date="2024-03-02").build()
    assert read(whole.tree()["index.html"]).xpath("//time/@datetime") == ["2024-03-01", "2024-03-01", "2024-03-02"]


def test_an_article_without_a_date_has_none_on_the_page(whole: SiteOnDisk) -> None:
    whole.configure('undated = "last"\n', alone=())
    whole.article("a.md", date=None).build()
    made = whole.tree()["index.html"].decode()
    assert "<time" not in made
    assert "1970" not in made


def test_the_page_names_the_sites_feeds_for_autodiscovery(whole: SiteOnDisk) -> None:
    own = '[[feed]]\nname = "pod"\ntitle = "Read \\"aloud\\""\nformats = ["rss"]\n'
    whole.configure(own, alone=()).article("a.md", tags="[x]").build()
    links = read(whole.tree()["index.html"]).xpath("/html/head/link[@rel='alternate']")
    assert [(link.get("type"), link.get("title"), link.get("href")) for link in links] == [
        ("application/rss+xml", "Tides (RSS)", "https://tides.example/rss.xml"),
        ("application/atom+xml", "Tides (Atom)", "https://tides.example/atom.xml"),
        ("application/feed+json", "Tides (JSON Feed)", "https://tides.example/feed.json"),
        ("application/rss+xml", 'Read "aloud" (RSS)', "https://tides.example/feed/pod/rss.xml"),
    ]


def test_a_page_of_the_sites_own_is_left_alone_and_the_style_is_there_all_the_same(whole: SiteOnDisk) -> None:
    whole.out.mkdir()
    (whole.out / "index.html").write_text("<p>mine")
    report = whole.article("a.md").build()
    assert [(problem.code, problem.severity) for problem in report.problems] == [("not-ours", "warning")]
    assert (whole.out / "index.html").read_text() == "<p>mine"
    assert "feeds.css" in whole.tree()
    report = whole.configure("extras = []\n", alone=()).build()
    assert report.problems == ()
    assert set(whole.tree()) == {"atom.xml", "feed.json", "feeds.css", "index.html", "rss.xml"}


@pytest.mark.parametrize("text", [NASTY, '"><img src=x onerror=alert(1)>', "<!--", "&lt;b&gt;", "שלום", "🌊"])
def test_whatever_a_title_holds_stays_text(text: str) -> None:
    feeds = [listed(kind, text, description=text) for kind in ("feed", "tag", "author")]
    story = Story(text, "https://tides.example/a/?b=1&c=\"'<", date(2024, 1, 2), "en")
    tree = read(index(page(*feeds, stories=(story,), title=text, rights=text)))
    assert [found for found in tree.xpath("//p[@class='name']") if found.text_content() == text] != []
    assert tree.xpath("//ol[@class='stories']//a")[0].text_content() == text
    assert tree.xpath("//ol[@class='stories']//a/@href") == [story.url]
    assert tree.xpath("//footer")[0].text_content().strip() == text
    assert not tree.xpath("//img | //script | //@onerror")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "tag:tides.example,2024:a"])
def test_an_address_that_no_browser_should_follow_is_no_link(url: str) -> None:
    tree = read(index(page(stories=(Story("Tides", url),))))
    assert text_of(tree, "//ol[@class='stories']/li") == ["Tides"]
    assert not tree.xpath("//ol[@class='stories']//a")


def test_a_long_list_is_folded_away_and_a_short_one_is_not() -> None:
    feeds = [listed("tag", f"tag {number}") for number in range(LONG + 1)]
    tree = read(index(page(*feeds, listed("author", "Jane"))))
    assert text_of(tree, "//section[@aria-labelledby='tag']/details/summary") == [f"Show all ({LONG + 1})"]
    assert len(tree.xpath("//details//li")) == LONG + 1
    assert not tree.xpath("//section[@aria-labelledby='author']/details")


def test_of_very_many_feeds_of_a_kind_the_page_lists_those_with_the_most_articles(
    whole: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedwright.publish.extras.page.MOST", 2)
    monkeypatch.setattr("feedwright.publish.page.html.LONG", 1)
    whole.article("a.md", tags="[x, y]").article("b.md", tags="[y, z]").article("c.md", tags="[z]").build()
    tree = read(whole.tree()["index.html"])
    assert text_of(tree, "//section[@aria-labelledby='tag']//p[@class='name']") == ["y", "z"]
    assert text_of(tree, "//summary") == ["The feeds with the most articles (2 / 3)"]


def test_there_are_words_in_every_wanted_language() -> None:
    assert tuple(sorted(tags().values())) == WANTED


@pytest.mark.parametrize("tag", WANTED)
def test_words_are_whole_and_dates_hold_day_month_and_year(tag: str) -> None:
    say = words(tag)
    assert isinstance(say, Words)
    assert (len(say.months), len(set(say.months)), len(say.steps)) == (12, 12, 3)
    assert set(say.kinds) == {"site", "feed", "category", "section", "author", "language", "tag"}
    assert not [text for text in (*say.kinds.values(), *say.steps, say.about, say.copy) if text != text.strip()]
    assert say.day(date(2024, 10, 19)) != say.day(date(2024, 9, 19))
    plain = say.day(date(2024, 10, 19)).translate(str.maketrans(say.digits or "0123456789", "0123456789"))
    assert {"19", "2024"} < set(re.findall(r"\d+", plain)) | {"0"}
    assert (say.dir == "rtl") == (tag in ("ar", "fa", "he"))
    read(index(page(listed(), listed("tag", newest=date(2024, 1, 1)), language=tag)))


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        *(("", "en"), ("sw", "en"), ("de-AT", "de"), ("EN-gb", "en"), ("no", "nb"), ("nn-NO", "nb"), ("iw", "he")),
        *(("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("pt-BR", "pt")),
    ],
)
def test_words_are_those_of_the_nearest_language(language: str, tag: str) -> None:
    assert words(language).tag == tag


def test_a_language_is_called_what_it_calls_itself() -> None:
    assert [own_name(tag) for tag in ("es", "pt-BR", "zh", "ZH-hant", "gd", "")] == [
        *("Español", "Português (pt-BR)", "简体中文", "繁體中文", "gd", "")
    ]


def test_the_page_says_which_language_its_words_and_its_names_are_in() -> None:
    tree = read(index(page(listed("tag", "bahari"), language="sw")))
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    assert tree.xpath("//p[@class='site']//bdi/@lang") == ["sw"]
    assert read(index(page(language="he"))).get("dir") == "rtl"
