"""Where articles were before, servers lead to where they are now: readers keep the link that they saw first."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest

from feedwright import config
from feedwright.cli import main
from feedwright.serve.delivery import Delivery
from feedwright.serve.delivery import delivery as delivery_of
from feedwright.serve.moved_articles import moved_articles
from feedwright.serve.snippets import SNIPPETS
from feedwright.state.catalog import Catalog
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SITE, SiteOnDisk
from tests.snippets.servers import SERVERS, needed, running
from tests.snippets.sites import ODD, Made

HERE = "https://tides.example"


def described(site: SiteOnDisk) -> Delivery:
    settings = config.load_config(site.content)
    state = settings.state
    with opened(Ledger, state, copy=True) as ledger, opened(Catalog, state, copy=True) as catalog:
        found = delivery_of(settings, ledger)
        return replace(found, moved=moved_articles(settings, ledger, catalog, found))


def moved(site: SiteOnDisk) -> dict[str, str]:
    """Former path -> present URL, of those with a slash at the end, or a suffix."""
    found = dict(described(site).moved)
    return {path: target for path, target in found.items() if f"{path}/" not in found}


def test_an_article_that_got_another_address_is_led_to_from_all_that_it_had(site: SiteOnDisk) -> None:
    site.article("a.md", permalink="/one/").article("b.md").build()
    assert moved(site) == {}
    site.article("a.md", permalink="/two/").build()
    site.article("a.md", permalink="/three/").build()
    assert moved(site) == {"/one/": f"{HERE}/three/", "/two/": f"{HERE}/three/"}
    assert {"/one", "/two"} < dict(described(site).moved).keys()
    site.article("a.md", permalink="/one/").build()
    assert moved(site) == {"/two/": f"{HERE}/one/", "/three/": f"{HERE}/one/"}


def test_a_file_that_is_renamed_is_led_to(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md").build()
    (site.content / "a.md").rename(site.content / "c.md")
    site.build()
    assert moved(site) == {"/a/": f"{HERE}/c/"}


def test_what_a_lost_catalog_knew_is_known_to_the_ledger(site: SiteOnDisk) -> None:
    site.article("a.md", permalink="/one/").article("b.md").build()
    site.article("a.md", permalink="/two/").build()
    (site.content / ".feeds/catalog.db").unlink()
    site.build(full=True)
    assert moved(site) == {"/one/": f"{HERE}/two/"}


@pytest.mark.parametrize("key", ["aliases", "redirect_from", "alias"])
def test_aliases_that_authors_note_are_led_from(site: SiteOnDisk, key: str) -> None:
    site.article("a.md", **{key: "[/old/a/, /2019/a.html, https://tides.example/x/]"}).article("b.md").build()
    assert moved(site) == dict.fromkeys(("/old/a/", "/2019/a.html", "/x/"), f"{HERE}/a/")


def test_what_may_not_be_shown_is_not_led_to(site: SiteOnDisk) -> None:
    site.article("a.md", permalink="/one/", aliases="[/old/]").article("b.md").build()
    site.article("a.md", permalink="/two/", aliases="[/old/]", draft="true").build()
    assert moved(site) == {}
    site.article("a.md", permalink="/two/", aliases="[/old/]").build()
    assert moved(site) == {"/old/": f"{HERE}/two/", "/one/": f"{HERE}/two/"}


def test_nothing_leads_away_from_where_an_article_or_a_feed_is(site: SiteOnDisk) -> None:
    site.article("a.md", permalink="/one/", aliases="[/b/, /b, /rss.xml, /tag/x/rss.xml, /, /atom.xml]", tags="[x]")
    site.article("b.md").build()
    assert moved(site) == {}
    site.article("a.md", permalink="/two/").build()
    assert moved(site) == {"/one/": f"{HERE}/two/"}
    site.article("c.md", permalink="/one/").build()
    assert moved(site) == {}


def test_what_no_path_tells_or_another_host_has_is_left_out(site: SiteOnDisk) -> None:
    site.article("a.md", aliases='["/?p=12", "https://elsewhere.example/a/", "mailto:a@b.example"]').build()
    assert moved(site) == {}
    site.configure(site='title = "Tides"\nurl = "https://sea.example/"\n').build(allow_relink=True)
    assert "/a/" not in moved(site)


def test_feeds_on_a_host_of_their_own_say_nothing_of_articles(site: SiteOnDisk) -> None:
    site.configure('feeds_url = "https://feeds.tides.example/"\n').article("a.md", aliases="[/old/]").build()
    assert moved(site) == {}


# --- each server ---


@pytest.fixture
def one(site: SiteOnDisk) -> Made:
    """A site whose article was at odd addresses, and is at one."""
    (site.root / "pages").mkdir()
    (site.root / "pages/about.html").write_text("The site's own.")
    site.article("a.md", permalink="/before's $1/x y/", aliases="[/old/a.html]").article("b.md").build()
    site.article("a.md", permalink="/now ü/$2/", aliases="[/old/a.html]").build()
    return Made(site, described(site))


@pytest.fixture(params=sorted(SERVERS))
def served(request: pytest.FixtureRequest) -> Iterator[tuple[Delivery, httpx.Client]]:
    needed(SERVERS[request.param])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        site = SiteOnDisk(Path(folder)).configure(site=f'{SITE}feeds_url = "{HERE}/feeds/"\n')
        (site.root / "pages/b").mkdir(parents=True)
        (site.root / "pages/b/index.html").write_text("b")
        place = "/" + quote(ODD.replace("/", "").replace("?", "").replace("#", ""))
        site.article("a.md", permalink=f'"{place}/"', aliases="[/old/a.html]").article("b.md").build()
        site.article("a.md", permalink="/now/$2/", aliases="[/old/a.html]").build()
        one = Made(site, described(site))
        assert len(one.delivery.moved) >= 3
        server = SERVERS[request.param]
        with running(server, one.snippet(server.name), one.pages) as base, httpx.Client(base_url=base) as client:
            yield one.delivery, client


def test_servers_lead_from_former_addresses_of_articles(served: tuple[Delivery, httpx.Client]) -> None:
    delivery, client = served
    for path, target in delivery.moved:
        answer = client.get(quote(path))
        assert answer.status_code == 301, path
        assert unquote(answer.headers["Location"]) == unquote(target)
    assert client.get("/b/").text == "b"


@pytest.mark.parametrize(("name", "code"), [("netlify", " 301!"), ("cloudflare", " 301")])
def test_hosts_have_a_line_for_each(one: Made, name: str, code: str) -> None:
    lines = one.text(name).splitlines()
    for path, target in one.delivery.moved:
        assert f"{quote(path)} {target}{code}" in lines
        assert " " not in target


def test_s3_has_an_object_for_each(one: Made) -> None:
    text = one.text("s3")
    assert "--key=old/a.html --website-redirect-location='https://tides.example/now%20%C3%BC/$2/'" in text
    assert "x y/index.html" in text


def test_github_pages_has_a_page_for_each_unless_there_is_another(one: Made) -> None:
    script = one.text("github-pages")
    for _ in range(2):
        subprocess.run(["sh"], input=script, text=True, check=True)
        page = one.site.out / "old/a.html"
        assert f'content="0; url={HERE}/now%20%C3%BC/$2/"' in page.read_text()
        assert (one.site.out / "before's $1/x y/index.html").exists()
    page.write_text("mine")
    subprocess.run(["sh"], input=script, text=True, check=True)
    assert page.read_text() == "mine"
    assert one.site.build().problems == ()


@pytest.mark.parametrize("name", sorted(SNIPPETS))
def test_the_command_prints_them(site: SiteOnDisk, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.article("a.md", aliases="[/older-one/]").article("b.md").build()
    assert main(["snippets", name, str(site.content), "--out", str(site.out)]) == 0
    assert "older-one" in capsys.readouterr().out
    shutil.rmtree(site.content / ".feeds")
    assert main(["snippets", name, str(site.content), "--out", str(site.out)]) == 0
