"""How what is in the output folder is to be served."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright import config, formats
from feedwright.commands.prune import prune
from feedwright.config.old_paths import FILE_NAMES
from feedwright.errors import ConfigError
from feedwright.serve.delivery import Delivery, Gone, Redirect, Served, delivery
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SiteOnDisk

HUB = 'hubs = ["https://hub.example/"]\n'


def of(site: SiteOnDisk) -> Delivery:
    """The delivery of a site as it is configured and was built."""
    settings = config.load_config(site.content)
    with opened(Ledger, settings.state, copy=True) as ledger:
        return delivery(settings, ledger)


def headers(found: object) -> dict[str, str]:
    assert isinstance(found, Served), found
    return found.headers


def target(found: object) -> str:
    assert isinstance(found, Redirect), found
    return found.target


def test_each_kind_of_file_has_its_media_type_and_charset(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).build()
    found = of(site)
    types = {
        "rss.xml": "application/rss+xml; charset=utf-8",
        "tag/sea/atom.xml": "application/atom+xml; charset=utf-8",
        "feeds.opml": "text/x-opml; charset=utf-8",
        "sitemap.xml": "application/xml; charset=utf-8",
        "": "text/html; charset=utf-8",
        "feeds.css": "text/css; charset=utf-8",
        "talk.mp3": "audio/mpeg",
        "talk.MP4": "video/mp4",
        "thing.unknown": "application/octet-stream",
        "nothing": "application/octet-stream",
    }
    assert {path: headers(found.at(path))["Content-Type"] for path in types} == types


def test_json_has_no_charset(site: SiteOnDisk) -> None:
    assert headers(of(site).at("feed.json"))["Content-Type"] == "application/feed+json"
    assert headers(of(site).at("x.json"))["Content-Type"] == "application/json"


def test_a_document_may_be_kept_as_long_as_ttl_says(site: SiteOnDisk) -> None:
    assert headers(of(site).at("rss.xml"))["Cache-Control"] == "max-age=300"
    site.configure("ttl = 60\n")
    assert headers(of(site).at("rss.xml"))["Cache-Control"] == "max-age=3600"


def test_an_archive_document_that_is_closed_never_changes(site: SiteOnDisk) -> None:
    settings = config.load_config(site.content)
    folder = "archive/tag/sea/"
    with opened(Ledger, settings.state) as ledger:
        ledger.claim(f"{folder}{number}/{name}.xml" for number in (9, 10, 11) for name in ("rss", "atom"))
        found = delivery(settings, ledger)
    kept = {number: headers(found.at(f"{folder}{number}/rss.xml"))["Cache-Control"] for number in (9, 10, 11, 12)}
    closed = "max-age=31536000, immutable"
    assert kept == {9: closed, 10: closed, 11: "max-age=86400", 12: "max-age=86400"}
    first = headers(found.at("archive/1/atom.xml"))
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert first["Access-Control-Allow-Origin"] == "*"


def test_feeds_name_themselves_and_their_hubs_and_other_files_do_not(site: SiteOnDisk) -> None:
    site.configure(HUB).article("a.md", tags=["Über uns"]).build()
    found = of(site)
    link = '<https://hub.example/>; rel="hub", <https://tides.example/tag/%C3%BCber-uns/rss.xml>; rel="self"'
    assert headers(found.at("tag/über-uns/rss.xml"))["Link"] == link
    assert "Link" not in headers(found.at("feeds.opml"))


def test_what_readers_in_a_browser_fetch_may_be_read_from_other_sites(site: SiteOnDisk) -> None:
    found = of(site)
    shared = {"rss.xml", "atom.xml", "feeds.opml", "archive/1/rss.xml"}
    paths = (*shared, "index.html", "feeds.css", "sitemap.xml", "talk.mp3")
    assert {path for path in paths if "Access-Control-Allow-Origin" in headers(found.at(path))} == shared


def test_a_folder_is_served_with_its_feed_or_its_page(site: SiteOnDisk) -> None:
    site.configure('[kinds.site]\npath = { rss = "feed/" }\n[kinds.tag]\npath = { rss = "t/{term}/" }\n')
    found = of(site)
    feed, tag, page = found.at("feed/"), found.at("t/new/"), found.at("")
    assert isinstance(feed, Served)
    assert (feed.path, feed.address, feed.self_url) == ("feed/index.xml", "feed/", "https://tides.example/feed/")
    assert isinstance(tag, Served)
    assert (tag.path, tag.self_url) == ("t/new/index.xml", "https://tides.example/t/new/")
    assert isinstance(page, Served)
    assert page.path == "index.html"


def test_a_feed_of_a_term_that_is_new_is_served_as_those_that_are_known(site: SiteOnDisk) -> None:
    site.configure(HUB).article("a.md", tags=["sea"]).build()
    found = of(site)
    new = headers(found.at("tag/sky/atom.xml"))
    assert new == {name: value.replace("sea", "sky") for name, value in headers(found.at("tag/sea/atom.xml")).items()}


@pytest.mark.parametrize("path", [".feeds.lock", "tag/.rss.xml.new", "../x", "tag//rss.xml", "a\\b", "a\0b", "//"])
def test_what_is_hidden_or_no_path_is_never_served(site: SiteOnDisk, path: str) -> None:
    assert of(site).at(path) is None


def test_old_addresses_lead_to_where_the_feed_is(site: SiteOnDisk) -> None:
    site.configure(
        '[kinds.site]\nold_paths = { rss = ["index.xml", "feed/"], atom = ["atom/"] }\n'
        '[kinds.tag]\nold_paths = { rss = ["tags/{term}/feed/", "t%C3%A4gs/{term}"] }\n'
        '[[feed]]\nname = "podcast"\nold_paths = { atom = ["{term}.atom"] }\n'
    )
    site.article("a.md", tags=["Über uns"]).build()
    found = of(site)
    assert not found.problems
    assert {old: target(found.at(old)) for old in found.redirects} == {
        "index.xml": "https://tides.example/rss.xml",
        "feed/": "https://tides.example/rss.xml",
        "atom/": "https://tides.example/atom.xml",
        "tags/über-uns/feed/": "https://tides.example/tag/%C3%BCber-uns/rss.xml",
        "tägs/über-uns": "https://tides.example/tag/%C3%BCber-uns/rss.xml",
        "podcast.atom": "https://tides.example/feed/podcast/atom.xml",
    }


def test_an_old_address_where_a_feed_is_now_stays_that_feeds(site: SiteOnDisk) -> None:
    site.configure('[kinds.tag]\npath = { rss = "{term}.xml" }\n[kinds.site]\nold_paths = { rss = ["sea.xml"] }\n')
    site.article("a.md", tags=["sea"]).build()
    found = of(site)
    assert isinstance(found.at("sea.xml"), Served)
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.key) == ("old-path-taken", 8, "kinds.site.old_paths")


@pytest.mark.parametrize(
    ("more", "key", "says"),
    [
        ('[kinds.site]\nold_paths = { rss = ["../x"] }', "kinds.site", "without dots"),
        ('[kinds.site]\nold_paths = { rss = ["%2e%2e/x"] }', "kinds.site", "without dots"),
        ('[kinds.site]\nold_paths = { rss = ["/"] }', "kinds.site", "below feeds_url"),
        ('[kinds.site]\nold_paths = { rss = ["?feed=rss2"] }', "kinds.site", "without host"),
        ('[kinds.site]\nold_paths = { rss = ["https://x.example/feed"] }', "kinds.site", "without host"),
        ('[kinds.site]\nold_paths = { rss = ["a%0Ab"] }', "kinds.site", "below feeds_url"),
        ('[kinds.site]\nold_paths = { rss = ["caf%E9"] }', "kinds.site", "UTF-8"),
        ('[kinds.site]\nold_paths = { rss = ["{term}"] }', "kinds.site", "no {term}"),
        ('[kinds.site]\nold_paths = { rss = ["{slug}"] }', "kinds.site", "means nothing"),
        ('[kinds.site]\nold_paths = { ress = ["x"] }', "kinds.site", "not a format"),
        ('[kinds.site]\nformats = ["atom"]\nold_paths = { rss = ["x"] }', "kinds.site", "not published as rss"),
        ('[kinds.site]\nold_paths = { rss = ["atom.xml"] }', "kinds.site", "has its documents there"),
        ('[kinds.site]\nold_paths = { rss = ["x", "x"] }', "kinds.site", "has it too"),
        ('[kinds.site]\nold_paths = { rss = ["x/"], atom = ["x/index.xml"] }', "kinds.site", "has it too"),
        ('[kinds.tag]\nold_paths = { rss = ["tags.xml"] }', "kinds.tag", "Name {term}"),
        ('[kinds.tag]\nold_paths = { rss = ["category/{term}/rss.xml"] }', "kinds.tag", "kinds.category has"),
        ('[[feed]]\nname = "a"\n[[feed]]\nname = "b"\nold_paths = { rss = ["feed/a/rss.xml"] }', "feed.1", "feed.0"),
    ],
)
def test_old_addresses_that_cannot_be_are_told_with_their_line(tmp_path: Path, more: str, key: str, says: str) -> None:
    site = SiteOnDisk(tmp_path).configure(more + "\n")
    with pytest.raises(ConfigError) as caught:
        config.load_config(site.content)
    (problem,) = caught.value.problems
    line = 5 + more.splitlines().index(next(row for row in more.splitlines() if row.startswith("old_paths")))
    assert (problem.key, problem.line) == (f"{key}.old_paths", line)
    assert says in problem.hint


def test_an_address_of_a_format_that_is_not_published_may_be_an_old_one(site: SiteOnDisk) -> None:
    site.configure('formats = ["atom"]\n[kinds.site]\nold_paths = { atom = ["rss.xml"] }\n')
    assert target(of(site).at("rss.xml")) == "https://tides.example/atom.xml"


def test_feeds_that_were_given_up_are_gone_until_they_are_published_again(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).article("b.md").build()
    site.article("a.md").build()
    assert isinstance(of(site).at("tag/sea/rss.xml"), Served)
    prune(site.content, site.out)
    assert set(of(site).gone) == {"tag/sea/rss.xml", "tag/sea/atom.xml", "tag/sea/feed.json"}
    assert of(site).at("tag/sea/rss.xml") == Gone("tag/sea/rss.xml")
    site.article("a.md", tags=["sea"]).build()
    assert not of(site).gone
    assert isinstance(of(site).at("tag/sea/rss.xml"), Served)


def test_a_folder_that_was_given_up_is_gone_with_its_index(site: SiteOnDisk) -> None:
    site.configure('[kinds.tag]\nformats = ["rss"]\npath = { rss = "t/{term}/" }\n')
    site.article("a.md", tags=["sea"]).article("b.md").build()
    site.article("a.md").build()
    prune(site.content, site.out)
    assert set(of(site).gone) == {"t/sea/", "t/sea/index.xml"}


def test_a_rehearsed_prune_leaves_nothing_gone(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).article("b.md").build()
    site.article("a.md").build()
    prune(site.content, site.out, dry_run=True)
    assert not of(site).gone


def test_a_feed_that_got_another_path_is_found_at_its_former_ones(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).build()
    for path in ("first/{term}", "second/{term}"):
        site.configure(f'[kinds.tag]\nformats = ["rss"]\npath = {{ rss = "{path}" }}\n').build()
    found = of(site)
    now = "https://tides.example/second/sea"
    assert {path: target(found.at(path)) for path in ("first/sea", "tag/sea/rss.xml")} == dict.fromkeys(
        ("first/sea", "tag/sea/rss.xml"), now
    )
    kept_up = found.at("tag/sea/atom.xml")
    assert isinstance(kept_up, Served)
    assert kept_up.self_url == "https://tides.example/tag/sea/atom.xml"
    prune(site.content, site.out)
    former = ("first/sea", "tag/sea/rss.xml", "tag/sea/atom.xml")
    assert {path: target(of(site).at(path)) for path in former} == dict.fromkeys(former, now)
    site.configure().build()
    assert isinstance(of(site).at("tag/sea/rss.xml"), Served)
    assert target(of(site).at("first/sea")) == "https://tides.example/tag/sea/rss.xml"


def test_a_feed_without_articles_is_served_where_it_was_when_it_had_some(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).article("b.md").build()
    site.article("a.md").build()
    site.configure('feed_path = "f/{kind}/{term}/{format}"\n').build()
    assert "tag/sea/rss.xml" in site.tree()
    assert isinstance(of(site).at("tag/sea/rss.xml"), Served)


@pytest.mark.parametrize("gone", [False, True])
def test_each_document_names_itself_as_it_is_served(site: SiteOnDisk, gone: bool) -> None:
    site.configure('[kinds.tag]\npath = { rss = "t/{term}/" }\n[kinds.site]\npath = { rss = "feed/" }\n')
    site.article("a.md", tags=["Über", "sea"]).article("b.md").build()
    if gone:
        site.article("a.md").build()
    found = of(site)
    tree = site.tree()
    assert len(tree) == 9
    for path, document in tree.items():
        served = found.at(path)
        assert isinstance(served, Served)
        named = (
            f'"feed_url": "{served.self_url}"' if served.path.endswith("json") else f'"{served.self_url}" rel="self"'
        )
        assert named.encode() in document, path
        assert found.at(served.address) == served


def test_all_former_addresses_of_a_feed_that_was_given_up_are_gone(site: SiteOnDisk) -> None:
    site.article("a.md", tags=["sea"]).article("b.md").build()
    site.configure('[kinds.tag]\nformats = ["rss"]\npath = { rss = "first/{term}" }\n').build()
    site.article("a.md").build()
    prune(site.content, site.out)
    assert set(of(site).gone) == {"first/sea", "tag/sea/rss.xml", "tag/sea/atom.xml", "tag/sea/feed.json"}


def test_the_usual_names_of_documents_are_those_of_the_formats() -> None:
    assert {name: formats.load(name).file_name for name in formats.NAMES} == FILE_NAMES


def test_extras_are_known_before_they_are_made_also_those_that_come_with_time(site: SiteOnDisk) -> None:
    site.configure('extras = ["opml", "sitemap", "news"]\n')
    found = of(site)
    assert {one.path for one in found.others} == {"feeds.opml", "sitemap.xml", "news-sitemap.xml"}
    paths = {one.path for one in found.patterns}
    assert {"sitemap-{number}.xml", "news-sitemap-{number}.xml"} <= paths
    assert headers(found.at("sitemap-2024-06.xml"))["Content-Type"] == "application/xml; charset=utf-8"
