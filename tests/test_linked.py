"""Stories to which a text links are related stories; and what is listed at the end of a text."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedwright.render.related.linked import MOST
from tests.conftest import SiteOnDisk

B, C, D = (f"https://tides.example/{name}/" for name in "bcd")


def links(site: SiteOnDisk, title: str = "a") -> list[str]:
    """The related links of an article, as Atom has them."""
    (entry,) = [entry for entry in site.feed().entries if entry.title == title]
    return [link.href for link in entry.links if link.rel == "related"]


def text(site: SiteOnDisk, title: str = "a") -> str:
    (entry,) = [entry for entry in site.feed().entries if entry.title == title]
    return str(entry.content[0].value)


def some(site: SiteOnDisk) -> SiteOnDisk:
    return site.article("b.md").article("c.md").article("d.md")


LIGHT = "The keeper of the lighthouse counts neap tides by lantern."


def among_others(site: SiteOnDisk) -> SiteOnDisk:
    """A site of thirty articles, four of which are about the lighthouse."""
    site.configure("limit = 100\n[related]\nauto = 1\n")
    titles = ("Harbour opened", "Council votes", "Storm warning", "Market day", "Bridge closed")
    for day in range(1, 31):
        tag, body = ("lighthouse", LIGHT) if day in (3, 9, 15, 21) else (f"t{day}", f"Text {day}.")
        site.article(f"{day}.md", body, title=f"{titles[day % 5]} {day}", date=f"2023-01-{day:02}", tags=f"[{tag}]")
    return site


def test_articles_to_which_a_text_links_are_related_in_its_order_each_once(site: SiteOnDisk) -> None:
    some(site).article("a.md", "[c](/c/), [b](/b/), [c again](/c/#high), [elsewhere](https://x.example/d/).").build()
    assert links(site) == [C, B]
    items = json.loads((site.out / "feed.json").read_bytes())["items"] if (site.out / "feed.json").exists() else []
    assert all("related" not in item for item in items)


@pytest.mark.parametrize(
    "link",
    [
        "[b](/b/)",
        "[b](/b)",
        "[b](../b/)",
        "[b](/b/index.html)",
        "[b](/b.html)",
        "[b](/b/?utm_source=x)",
        "[b](/b/#low-water)",
        "[b](/b/?x=1#low-water)",
        "[b](b.md)",
        "[b](./b.md#low-water)",
        "[b](/b.md)",
        "[b](https://tides.example/b/)",
        "[b](http://tides.example/b)",
        "[b](https://www.tides.example/b/)",
        "[b](//tides.example/b/)",
        "[b](HTTPS://Tides.Example/b/)",
        "<https://tides.example/b/>",
        "[b][of b]\n\n[of b]: /b/",
        "[b]\n\n[b]: b.md 'B'",
        '<a class="x" href="/b/">b</a>',
        "<div><a title='b' href=/b/>b</a></div>",
        '[b]({{< ref "b" >}})',
        '[b]({{< relref "b.md#low-water" >}})',
        "[b]({% post_url b %})",
        "[b]({% link b.md %})",
        "[b](@/b.md)",
        "A note[^1].\n\n[^1]: See [b](/b/).",
        "| t |\n|---|\n| [b](/b/) |",
        "[![picture](p.jpg)](/b/)",
    ],
)
def test_an_article_is_related_however_a_text_links_to_it(site: SiteOnDisk, link: str) -> None:
    some(site).article("a.md", f"See {link}").build()
    assert links(site) == [B]
    assert text(site).count("<li>") == text(site).count("<li id")


@pytest.mark.parametrize(
    "not_a_link",
    [
        "`[b](/b/)`",
        "```html\n<a href='/b/'>b</a>\n```",
        "<!-- [b](/b/) -->",
        "![picture](/b/)",
        "<blockquote cite='/b/'>b</blockquote>",
        "[elsewhere](https://other.example/b/)",
        "[elsewhere](https://tides.example.evil.example/b/)",
        "[elsewhere](https://evil.example/tides.example/b/)",
        "[other port](https://tides.example:8443/b/)",
        "[mail](mailto:b@tides.example)",
        "[itself](/a/), [itself](a.md#x), [itself](#x)",
        "[front page](/), [nothing](/nothing/), [b's folder](/b/c/)",
    ],
)
def test_what_is_no_link_to_another_article_relates_none(site: SiteOnDisk, not_a_link: str) -> None:
    some(site).article("a.md", not_a_link).build()
    assert links(site) == []


def test_named_stories_come_before_linked_ones_and_these_before_found_ones(site: SiteOnDisk) -> None:
    body = f"{LIGHT} [one](/1/), [two](/2/)."
    among_others(site).article("a.md", body, date="2024-02-01", tags="[lighthouse]", related="[2, 4]").build()
    assert links(site)[:3] == ["https://tides.example/2/", "https://tides.example/4/", "https://tides.example/1/"]
    assert len(links(site)) == 4


def test_what_a_text_links_to_makes_room_for_others_that_are_found(site: SiteOnDisk) -> None:
    among_others(site).article("a.md", LIGHT, date="2024-02-01", tags="[lighthouse]").build()
    (found,) = links(site)
    site.article("b.md", f"{LIGHT} [found]({found}).", date="2024-02-01", tags="[lighthouse]").build()
    first, *others = links(site, "b")
    assert first == found
    assert len(others) == 1 and found not in others


@pytest.mark.parametrize(
    "hidden",
    [
        {"draft": "true"},
        {"expires": "2024-02-01"},
        {"date": "2025-01-01"},
        {"protected": "true", "password": "secret"},
        {"retracted": "2024-02-01"},
        {"feeds": "[]"},
    ],
)
def test_what_may_not_be_shown_is_not_related_and_nothing_is_said(site: SiteOnDisk, hidden: dict[str, str]) -> None:
    site.article("b.md", **hidden).article("c.md")  # type: ignore[arg-type]
    report = site.article("a.md", "[b](/b/), [b](b.md), [c](/c/)").build()
    assert links(site) == [C]
    assert not any(problem.file.endswith("a.md") for problem in report.problems)


def test_a_link_comes_and_goes_with_what_it_leads_to(site: SiteOnDisk) -> None:
    site.article("a.md", "[b](/b/).").build()
    assert links(site) == []
    site.article("b.md", date="2024-05-01").build()
    assert links(site) == [B]
    site.article("b.md", date="2024-05-01", title="Other").build()
    assert [link.title for link in site.feed().entries[-1].links if link.rel == "related"] == ["Other"]
    site.article("b.md", date="2024-05-01", draft="true").build()
    assert links(site) == []
    site.article("b.md", date="2024-05-01").build()
    (site.content / "b.md").unlink()
    site.build()
    assert links(site) == []


def test_a_link_comes_when_the_time_of_what_it_leads_to_comes(site: SiteOnDisk) -> None:
    site.article("a.md", "[b](/b/).").article("b.md", date="2024-06-02").build()
    assert links(site) == []
    site.build(now=datetime(2024, 6, 3, tzinfo=UTC))
    assert links(site) == [B]


def test_an_edit_of_what_a_text_links_to_does_not_touch_its_entry(site: SiteOnDisk) -> None:
    some(site).article("a.md", "[b](/b/).").build()
    before = (site.out / "atom.xml").read_text()
    site.article("b.md", "Another text.").build()
    after = (site.out / "atom.xml").read_text()
    assert [one for one in after.split("<entry>") if "<title>a</title>" in one] == [
        one for one in before.split("<entry>") if "<title>a</title>" in one
    ]


def test_links_that_are_added_and_removed_are_related_and_not_any_more(site: SiteOnDisk) -> None:
    some(site).article("a.md", "Water.").build()
    site.article("a.md", "[b](/b/), [c](/c/).").build()
    assert links(site) == [B, C]
    site.article("a.md", "[c](/c/).").build()
    assert links(site) == [C]
    (site.content / "b.md").unlink()
    report = site.build()
    assert links(site) == [C]
    assert "atom.xml" in report.written


def test_many_new_articles_at_once_are_found_by_those_that_link_to_them(site: SiteOnDisk) -> None:
    site.configure("limit = 100\n").article("a.md", "[b](/b/), [d](/d/?x#y), [five](/5/).").build()
    for number in range(30):
        site.article(f"{number}.md")
    some(site).build()
    assert links(site) == [B, D, "https://tides.example/5/"]


def test_an_index_of_hundreds_has_the_first_few(site: SiteOnDisk) -> None:
    for number in range(60):
        site.article(f"{number}.md", date="2023-01-01")
    body = " ".join(f"[{number}](/{number}/)" for number in range(60))
    site.configure("limit = 100\n[related]\nauto = 3\n").article("a.md", body).build()
    assert links(site) == [f"https://tides.example/{number}/" for number in range(MOST)]


def test_it_can_be_switched_off_and_on(site: SiteOnDisk) -> None:
    some(site).article("a.md", "[b](/b/).").build()
    with_links = site.tree()
    site.configure("[related]\nlinked = false\n").build()
    assert links(site) == []
    site.article("c.md", title="Other").build()
    site.configure().article("c.md").build()
    assert site.tree() == with_links


def test_of_two_articles_at_one_page_one_is_related(site: SiteOnDisk) -> None:
    site.article("x/b.md", permalink="/b/").article("y/b.md", permalink="/b/").article("a.md", "[b](/b/)").build()
    assert links(site) == [B]


def test_the_same_article_in_another_language_is_no_related_story(site: SiteOnDisk) -> None:
    site.configure("all_languages = true\n").article("a.de.md", title="Gezeiten", date="2024-01-03").article("b.de.md")
    site.article("de/c.md", title="C auf Deutsch", lang="de").article("c.md", "[de](/de/c/)", title="c")
    body = "In [German](a.de.md). See [b](b.de.md)."
    site.article("a.md", body, date="2024-01-02", related="[b.de.md]").build()
    assert links(site) == ["https://tides.example/b.de/"]
    assert links(site, "c") == []


def test_a_site_in_a_folder_of_its_host_relates_its_own_articles(site: SiteOnDisk) -> None:
    site.configure(site='title = "Tides"\nurl = "https://tides.example/blog/"\n')
    some(site).article("a.md", "[b](/blog/b/), [c](../c/), [d](d.md), [shop](/b/)").build()
    assert links(site) == [f"https://tides.example/blog/{name}/" for name in "bcd"]


@pytest.mark.parametrize(
    "front",
    [
        {"aliases": "[/old/tides/, other]"},
        {"aliases": "/old/tides"},
        {"redirect_from": "/old/tides/index.html"},
        {"redirect_from": "[https://www.tides.example/old/tides.html]"},
        {"alias": "../old/tides/"},
        {"aliases": "[old/tides]"},
    ],
)
def test_a_link_to_a_former_address_leads_to_the_article(site: SiteOnDisk, front: dict[str, str]) -> None:
    site.article("x/b.md", permalink="/x/b/", **front).article("a.md", "[b](/old/tides/), [b](/x/b/)").build()
    assert links(site) == ["https://tides.example/x/b/"]


def test_a_link_stays_when_its_target_gets_another_address_and_notes_the_former_one(site: SiteOnDisk) -> None:
    site.article("b.md").article("a.md", "[b](/b/)").build()
    site.article("b.md", permalink="/new/", aliases="[/b/]").build()
    assert links(site) == ["https://tides.example/new/"]
    before = site.tree()
    site.build(full=True)
    assert site.tree() == before
    site.article("b.md", permalink="/new/").build()
    assert links(site) == []


def test_an_article_at_an_address_is_meant_before_one_that_was_there(site: SiteOnDisk) -> None:
    site.article("a.md", "[b](/b/)").article("c.md", aliases="[/b/]").build()
    assert links(site) == [C]
    site.article("b.md").build()
    assert links(site) == [B]


def test_other_names_of_a_note_are_no_addresses(site: SiteOnDisk) -> None:
    report = site.article("b.md", aliases="[Tide tables, {x: y}, true, ../../../x, 'mailto:b@x.example']").build()
    assert report.problems == ()


def test_a_story_can_be_named_by_a_former_address(site: SiteOnDisk) -> None:
    site.article("b.md", aliases="[/old/]").article("a.md", related="[/old/]")
    assert site.build().problems == ()
    assert links(site) == [B]


def test_an_address_in_another_script_is_known_encoded_or_not(site: SiteOnDisk) -> None:
    site.article("gezeiten-übersicht.md").article("潮汐.md")
    site.article("a.md", "[1](/gezeiten-übersicht/), [2](/%e6%bd%ae%E6%B1%90/)").build()
    assert links(site) == [
        "https://tides.example/gezeiten-%C3%BCbersicht/",
        "https://tides.example/%E6%BD%AE%E6%B1%90/",
    ]


def test_a_text_that_is_for_members_gives_no_links_away(site: SiteOnDisk) -> None:
    some(site).configure('protected = "title"\n')
    site.article("a.md", "[b](/b/)", password="secret").build()
    assert links(site) == []


def test_everything_made_anew_is_the_same(site: SiteOnDisk) -> None:
    some(site).article("a.md", "[b](/b/), [c](c.md), [new](/new/).", related="[d]").build()
    (site.content / "b.md").rename(site.content / "moved.md")
    site.article("new.md").build()
    before = site.tree()
    site.build(full=True)
    assert site.tree() == before
    for catalog in (site.content / ".feeds").glob("catalog.db*"):
        catalog.unlink()
    site.build()
    assert site.tree() == before


# --- The list at the end of a text ---


def test_named_stories_are_listed_at_the_end_of_a_text(site: SiteOnDisk) -> None:
    some(site).article("a.md", "Water.", related="[b]").build()
    assert f'<li><a href="{B}">b</a></li>' in text(site)


def test_what_a_text_links_to_is_not_listed_again(site: SiteOnDisk) -> None:
    some(site).article("a.md", "See [b](/b/#x).", related="[c, b, {title: Only a headline}]").build()
    assert links(site) == [C, B]
    listed = text(site).partition("<ul>")[2]
    assert C in listed and "Only a headline" in listed and B not in listed


def test_where_a_text_links_to_all_of_them_there_is_no_list(site: SiteOnDisk) -> None:
    outside = "[x](https://x.example/y#z)"
    some(site).article("a.md", f"[b](b.md), {outside}.", related="[b, 'https://x.example/y']").build()
    assert links(site) == [B, "https://x.example/y"]
    assert "<ul>" not in text(site)


def test_it_is_not_listed_either_where_linked_ones_are_not_related(site: SiteOnDisk) -> None:
    site.configure("[related]\nlinked = false\n")
    some(site).article("a.md", "[b](/b/), [c](/c/).", related="[b]").build()
    assert links(site) == [B]
    assert "<ul>" not in text(site)


def test_the_list_can_be_switched_off(site: SiteOnDisk) -> None:
    site.configure("[related]\nin_body = false\n")
    some(site).article("a.md", "Water.", related="[b]").build()
    assert links(site) == [B]
    assert "<ul>" not in text(site)


def test_a_description_in_the_place_of_a_summary_has_no_list(site: SiteOnDisk) -> None:
    some(site).article("a.md", "![](p.jpg)", related="[b]").build()
    rss = (site.out / "rss.xml").read_text()
    (item,) = [one for one in rss.split("<item>") if "<title>a</title>" in one]
    assert "p.jpg" in item.partition("<description>")[2].partition("</description>")[0]
    assert B not in item.partition("<description>")[2].partition("</description>")[0]
    assert B in item.partition("<content:encoded>")[2]


def test_summaries_and_feeds_of_summaries_have_no_list(site: SiteOnDisk) -> None:
    some(site).configure('formats = ["rss", "atom", "json"]\n[related]\nin_body = true\n')
    site.article("a.md", "Water.", related="[b]").build()
    assert [entry.summary for entry in site.feed().entries if entry.title == "a"] == ["Water."]
    site.configure('formats = ["rss", "atom", "json"]\nbody = "summary"\n[related]\nin_body = true\n').build()
    for path in ("rss.xml", "atom.xml", "feed.json"):
        assert "<li>" not in (site.out / path).read_text() and "&lt;li&gt;" not in (site.out / path).read_text()
