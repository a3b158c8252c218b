"""Feeds are served as configuration and ledger say, from one request to the next."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from feedwright.commands.prune import prune
from feedwright.serve.application import Application
from feedwright.serve.reload import Where
from tests.conftest import SITE, SiteOnDisk
from tests.serve.folder import application, ask, laid


def served(site: SiteOnDisk) -> Application:
    return Application(Where(site.out, site.content))


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/tag/sea/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/feeds.css", "text/css; charset=utf-8"),
        ("/x.json", "application/json"),
        ("/x.mp3", "audio/mpeg"),
        ("/x.unknown", "application/octet-stream"),
    ],
)
def test_each_document_has_its_media_type(site: SiteOnDisk, path: str, media_type: str) -> None:
    site.article("a.md", tags="[sea]").build()
    others = ("sitemap.xml", "feeds.opml", "index.html", "feeds.css", "x.json", "x.mp3", "x.unknown")
    laid(site.out, dict.fromkeys(others, b"x"))
    reply = ask(served(site), path)
    assert (reply.status, reply["content-type"]) == (200, media_type)


def test_a_feed_names_its_hubs_and_itself_and_how_long_it_may_be_kept(site: SiteOnDisk) -> None:
    site.configure('hubs = ["https://hub.example/"]\nttl = 15\n').article("a.md").build()
    reply = ask(served(site), "/atom.xml")
    assert reply["link"] == '<https://hub.example/>; rel="hub", <https://tides.example/atom.xml>; rel="self"'
    assert reply["cache-control"] == "max-age=900"


def test_a_page_of_another_site_may_read_a_feed_with_conditions_and_its_tag(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    app = served(site)
    etag = ask(app, "/atom.xml")["etag"]
    preflight = ask(
        app,
        "/atom.xml",
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
        method="OPTIONS",
    )
    assert (preflight.status, preflight["access-control-allow-origin"]) == (204, "*")
    assert preflight["access-control-allow-headers"] == "*"
    for reply in (ask(app, "/atom.xml"), ask(app, "/atom.xml", ("If-None-Match", etag))):
        assert reply["access-control-allow-origin"] == "*"
        assert "ETag" in reply["access-control-expose-headers"]


def test_what_is_no_feed_is_not_for_pages_of_other_sites(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    laid(site.out, {"index.html": b"x"})
    assert "access-control-allow-origin" not in ask(served(site), "/index.html")
    assert "access-control-allow-origin" not in ask(served(site), "/index.html", method="OPTIONS")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_documents_can_only_be_read(site: SiteOnDisk, method: str) -> None:
    site.article("a.md").build()
    reply = ask(served(site), "/atom.xml", method=method)
    assert (reply.status, reply["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_old_address_leads_to_the_feed_for_good_with_a_body(site: SiteOnDisk) -> None:
    site.configure('[kinds.site]\nold_paths = { atom = ["index.xml", "old/<feed>.xml"] }\n').article("a.md").build()
    app = served(site)
    moved = ask(app, "/index.xml")
    assert (moved.status, moved["location"]) == (301, "/atom.xml")
    assert b'<a href="/atom.xml">' in moved.body
    assert ask(app, "/index.xml", ("If-None-Match", "*")).status == 301
    assert ask(app, "/old/<feed>.xml")["location"] == "/atom.xml"
    assert ask(app, moved["location"]).status == 200


def test_an_old_address_leads_below_the_path_that_feeds_have_for_the_world(site: SiteOnDisk) -> None:
    site.configure(
        'feeds_url = "https://tides.example/feeds/"\n[kinds.site]\nold_paths = { atom = ["index.xml"] }\n'
    ).article("a.md").build()
    assert ask(served(site), "/index.xml")["location"] == "/feeds/atom.xml"


def test_a_pruned_feed_is_gone_as_soon_as_it_is_pruned_and_there_again_when_it_is_made_again(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").article("b.md").build()
    app = served(site)
    assert ask(app, "/tag/sea/rss.xml").status == 200
    site.article("a.md").build()
    prune(site.content, site.out)
    gone = ask(app, "/tag/sea/rss.xml")
    assert (gone.status, gone["access-control-allow-origin"]) == (410, "*")
    assert ask(app, "/tag/never/rss.xml").status == 404
    site.article("a.md", tags="[sea]").build()
    assert ask(app, "/tag/sea/rss.xml").status == 200


def test_a_pruned_address_leads_at_once_to_where_its_feed_is_now(site: SiteOnDisk) -> None:
    site.article("a.md", tags="[sea]").build()
    app = served(site)
    site.configure('feed_path = "f/{kind}/{term}/{format}"\n').build()
    assert ask(app, "/tag/sea/rss.xml").status == 200
    prune(site.content, site.out)
    moved = ask(app, "/tag/sea/rss.xml")
    assert (moved.status, moved["location"]) == (301, "/f/tag/sea/rss.xml")


def test_a_ledger_that_cannot_be_read_is_not_tried_for_each_request(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    app = served(site)
    with closing(sqlite3.connect(site.content / ".feeds/ledger.db", isolation_level=None)) as db:
        db.execute("INSERT OR REPLACE INTO fact VALUES ('x', 'y')")
        db.execute("BEGIN EXCLUSIVE")
        assert ask(app, "/nothing.xml").status == 404
        begun = time.monotonic()
        assert [ask(app, "/nothing.xml").status for _ in range(20)] == [404] * 20
        assert time.monotonic() - begun < 0.5


def test_a_changed_setting_counts_at_once_and_a_broken_one_not_at_all(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    time.sleep(0.1)  # until the feeds have settled, and are remembered
    app = served(site)
    assert ask(app, "/atom.xml")["cache-control"] == "max-age=300"
    assert app.ready
    site.configure("ttl = 10\n")
    app.look_up()
    assert ask(app, "/atom.xml")["cache-control"] == "max-age=600"
    site.configure("ttl = =\n")
    app.look_up()
    assert ask(app, "/atom.xml")["cache-control"] == "max-age=600"
    site.configure("ttl = 20\n")
    app.look_up()
    assert ask(app, "/atom.xml")["cache-control"] == "max-age=1200"


def test_a_build_that_changes_nothing_in_how_feeds_are_served_forgets_nothing(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    time.sleep(0.1)
    app = served(site)
    ask(app, "/atom.xml")
    remembered = app.ready
    site.article("a.md", "Another text.").build()
    app.look_up()
    assert app.ready is remembered
    assert b"Another text." in ask(app, "/atom.xml").body


def test_a_ledger_that_is_being_written_does_not_keep_feeds_from_being_served(site: SiteOnDisk) -> None:
    site.configure("ttl = 10\n").article("a.md").build()
    with closing(sqlite3.connect(site.content / ".feeds/ledger.db", isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        app = served(site)
        assert ask(app, "/atom.xml").status == 200
    app.look_up()
    assert ask(app, "/atom.xml")["cache-control"] == "max-age=600"


def test_serving_writes_nothing_into_the_state(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    state = site.content / ".feeds"
    before = {file.name: file.stat().st_mtime_ns for file in state.iterdir()}
    ask(served(site), "/atom.xml")
    assert {file.name: file.stat().st_mtime_ns for file in state.iterdir()} == before


def test_a_site_that_was_never_built_has_no_state_after_it_was_served(site: SiteOnDisk) -> None:
    laid(site.out, {"atom.xml": b"<feed/>"})
    assert ask(served(site), "/atom.xml")["content-type"] == "application/atom+xml; charset=utf-8"
    assert not (site.content / ".feeds").exists()


def test_a_folder_without_a_configuration_is_served_by_its_files_names(site: SiteOnDisk) -> None:
    laid(site.out, {"feed.rss": b"<rss/>"})
    app = application(site.out, site.root / "nowhere")
    assert ask(app, "/feed.rss")["content-type"] == "application/rss+xml; charset=utf-8"
    (site.root / "nowhere").mkdir()
    (site.root / "nowhere/site.toml").write_text(SITE + "ttl = 10\n")
    app.look_up()
    assert ask(app, "/feed.rss")["cache-control"] == "max-age=600"
