"""Articles whose addresses are those of the pages that the site's engine built."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright.errors import FeedsError
from feedwright.publish.report import Report
from tests.conftest import SiteOnDisk

PAGES = '[pages]\nfolder = "../public"\nbody = "article"\n'
LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
"""After the pages are written, as in life."""
TEXTS = {
    "tides": "Water comes and goes twice a day, pulled by the moon and, less, by the sun behind it.",
    "boats": "A wooden boat wants paint each spring, oil each autumn, and company in every storm at sea.",
    "gulls": "Gulls steal chips from tourists who look away, and return the next day for the vinegar too.",
    "ropes": "Hemp was twisted in long sheds by walking men until nylon came and the sheds fell silent.",
    "nets": "Nets dry on poles along the harbour wall while the crew sleeps until noon or longer.",
}
SHOWN = ("tides", "boats", "gulls", "ropes")
ALL = {name.title(): f"/notes/{name}/" for name in SHOWN}
MORE = {**ALL, "Nets": "/notes/nets/"}


def page(title: str, text: str, links: dict[str, str] = ALL, head: str = "") -> str:
    """A page as an engine makes it: with its title in several places, and links to all others."""
    others = "".join(f'<li><a href="{address}">{other}</a></li>' for other, address in links.items())
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Sea</title>{head}</head><body>"
        f"<nav><ul>{others}</ul></nav>"
        f"<main><article><h1>{title}</h1><p>{text}</p></article></main></body></html>"
    )


class Sea:
    """A site, and what its engine makes of it."""

    def __init__(self, site: SiteOnDisk) -> None:
        self.site = site
        self.public = site.root / "public"
        site.now = LATER
        site.configure(PAGES)

    def article(self, name: str, **fields: object) -> None:
        self.site.article(f"{name}.md", TEXTS[name], title=name.title(), **fields)

    def deploy(self, links: dict[str, str] = ALL, head: str = "") -> None:
        """Make all pages anew: the home page, which holds all texts, too."""
        shutil.rmtree(self.public, ignore_errors=True)
        for title, address in links.items():
            file = self.public / (f"{address[1:]}index.html" if address.endswith("/") else address[1:])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(title, TEXTS[title.lower()], links, head.format(address)))
        (self.public / "index.html").write_text(
            page("Sea", " ".join(map(TEXTS.__getitem__, map(str.lower, links))), links)
        )

    def build(self, minutes: int = 0, **options: bool) -> Report:
        self.site.now += timedelta(minutes=minutes)
        return self.site.build(**options)

    def links(self) -> dict[str, str]:
        """Title -> address."""
        return {entry.title: entry.link.removeprefix("https://tides.example") for entry in self.site.feed().entries}

    def ids(self) -> dict[str, str]:
        return {entry.title: entry.id for entry in self.site.feed().entries}


@pytest.fixture
def sea(site: SiteOnDisk) -> Sea:
    """Four articles, each with its page; built."""
    made = Sea(site)
    for name in SHOWN:
        made.article(name)
    made.deploy()
    assert made.build().problems == ()
    return made


def test_an_article_has_the_address_of_its_page(sea: Sea) -> None:
    assert sea.links() == ALL
    assert sea.build().written == sea.build(full=True).written == ()


def test_an_article_without_a_page_is_held_back_and_released_by_the_run_that_finds_it(sea: Sea) -> None:
    sea.article("nets")
    report = sea.build()
    assert report.hidden == {"nets.md": "waits for its page"}
    assert [(one.code, one.severity) for one in report.problems] == [("page-missing", "info")]
    assert report.exit_code == 0
    assert sea.links() == ALL
    report = sea.build(minutes=11)
    assert [(one.code, one.severity) for one in report.problems] == [("page-missing", "error")]
    assert report.exit_code == 1
    sea.deploy(MORE)
    assert sea.build().problems == ()
    assert sea.links() == MORE


def test_an_article_whose_page_is_gone_leaves_after_the_grace_and_comes_back_with_its_id(sea: Sea) -> None:
    before = sea.ids()
    sea.deploy({title: address for title, address in ALL.items() if title != "Boats"})
    assert sea.build().written == sea.build(minutes=9).written == ()
    report = sea.build(minutes=2)
    assert report.hidden == {"boats.md": "waits for its page"}
    assert "Boats" not in sea.links()
    sea.deploy()
    assert sea.build().problems == ()
    assert sea.links() == ALL
    assert sea.ids() == before


@pytest.mark.parametrize("how", ["removed", "empty", "cut off", "half of them"])
def test_while_the_engine_builds_everything_stays_as_it_was(sea: Sea, how: str) -> None:
    before = sea.site.tree()
    files = sorted(sea.public.rglob("*.html"))
    for file in files[: 3 if how == "half of them" else None]:
        text = file.read_text()
        if how in ("removed", "half of them"):
            file.unlink()
        else:
            file.write_text("" if how == "empty" else text[: len(text) // 2])
        os.utime(file.parent)
    sea.article("tides", tags="[x]")
    for file in sea.public.rglob("*.html"):
        os.utime(file, (LATER.timestamp(), LATER.timestamp()))
    assert sea.build(minutes=1).problems == ()
    assert set(sea.links()) == set(ALL)
    assert sea.links() == ALL
    with pytest.raises(FeedsError) as raised:
        sea.build(minutes=10)
    assert [one.code for one in raised.value.problems] == ["pages-gone"]
    assert sea.links() == ALL
    assert before.keys() <= sea.site.tree().keys()
    report = sea.build(allow_shrink=True)
    assert set(report.hidden.values()) == {"waits for its page"}


def test_a_folder_without_a_page_is_refused(site: SiteOnDisk) -> None:
    sea = Sea(site)
    sea.article("tides")
    with pytest.raises(FeedsError, match="holds no page"):
        sea.build()


def test_a_site_that_was_built_for_another_address_is_refused(sea: Sea) -> None:
    sea.deploy(head='<link rel="canonical" href="http://localhost:1313{}">')
    with pytest.raises(FeedsError, match=r"is built for localhost:1313, not for https://tides\.example/"):
        sea.build()
    assert sea.links() == ALL


def test_without_a_page_the_address_can_be_that_by_permalink(sea: Sea) -> None:
    sea.site.configure(PAGES + 'missing = "formula"\n')
    sea.article("nets")
    assert [one.code for one in sea.build().problems] == ["page-missing"]
    assert sea.links() == {**ALL, "Nets": "/nets/"}


@pytest.mark.parametrize("lost", ["catalog.db", "ledger.db"])
def test_pairs_outlast_what_is_kept_between_runs(sea: Sea, lost: str) -> None:
    before = sea.site.tree()
    (sea.site.content / ".feeds" / lost).unlink()
    sea.build()
    assert sea.site.tree() == before


def test_a_page_with_another_address_is_followed_at_once(sea: Sea) -> None:
    before = sea.ids()
    moved = {**ALL, "Boats": "/vessels.html"}
    sea.deploy(moved)
    sea.build()
    assert sea.links() == moved
    assert sea.ids() == before


def test_most_addresses_do_not_change_at_once_unless_that_is_meant(sea: Sea) -> None:
    moved = {title: address.replace("notes", "blog") for title, address in ALL.items()}
    sea.deploy(moved)
    with pytest.raises(FeedsError, match="allow-relink"):
        sea.build(allow_shrink=True)
    sea.build(allow_shrink=True, allow_relink=True)
    assert sea.links() == moved


def test_when_pages_do_not_count_any_more_addresses_are_made_by_permalink(sea: Sea) -> None:
    sea.site.configure()
    sea.build(allow_relink=True)
    assert sea.links() == {name.title(): f"/{name}/" for name in SHOWN}


def test_drafts_and_listings_give_nobody_their_pages(sea: Sea) -> None:
    sea.article("ropes", draft="true")
    sea.deploy({title: address for title, address in ALL.items() if title != "Gulls"})
    sea.build()
    sea.build(minutes=11)
    assert sea.links() == {title: ALL[title] for title in ("Tides", "Boats")}


def test_a_run_that_finds_nothing_new_reads_no_page(sea: Sea, monkeypatch: pytest.MonkeyPatch) -> None:
    sea.build()
    monkeypatch.setattr("feedwright.pages.page.read_page", None)
    assert sea.build().written == ()


def folders_listed(sea: Sea) -> list[str]:
    """The folders of the built site that a build lists that finds nothing new."""
    folders: list[str] = []
    scandir = os.scandir
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "scandir", lambda path: (folders.append(str(path)), scandir(path))[1])
        assert sea.build().written == ()
    return [one for one in folders if "/public" in one]


def test_no_folder_is_listed_while_none_has_changed(sea: Sea) -> None:
    sea.build()
    assert folders_listed(sea) == []
    (sea.public / "notes/later").mkdir()
    assert len(folders_listed(sea)) == 7
    assert folders_listed(sea) == []
    sea.article("nets")
    sea.deploy(MORE)
    sea.build()
    assert sea.links() == MORE


def test_folders_are_listed_again_that_changed_a_moment_ago(site: SiteOnDisk) -> None:
    sea = Sea(site)
    sea.article("tides")
    sea.deploy()
    site.now = datetime.now(UTC)
    sea.build()
    assert folders_listed(sea) != []
    assert folders_listed(sea) != []


def test_links_that_lead_out_of_the_folder_are_no_pages(sea: Sea, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text(page("Nets", TEXTS["nets"], MORE))
    sea.deploy(MORE)
    (sea.public / "notes/nets/index.html").unlink()
    (sea.public / "notes/nets/index.html").symlink_to(tmp_path / "secret.html")
    sea.article("nets")
    assert sea.build().hidden == {"nets.md": "waits for its page"}


# --- bodies ---


def bodies(sea: Sea) -> dict[str, str]:
    """Title -> text."""
    return {entry.title: entry.content[0].value for entry in sea.site.feed().entries}


def rewrite(sea: Sea, old: str, new: str, only: str = "**/*.html") -> None:
    for file in sea.public.glob(only):
        file.write_text(file.read_text().replace(old, new))


def test_a_text_is_the_one_of_the_page_without_its_title(sea: Sea) -> None:
    assert bodies(sea) == {name.title(): f"<p>{TEXTS[name]}</p>" for name in SHOWN}
    rewrite(sea, "<p>Gulls steal", '<p>Herring <a href="../boats/">gulls</a> steal')
    sea.build()
    assert bodies(sea)["Gulls"].startswith('<p>Herring <a href="https://tides.example/notes/boats/"'), (
        "relative to the page"
    )


def test_pages_that_are_made_anew_with_the_same_texts_change_nothing(sea: Sea) -> None:
    rewrite(sea, "</body>", "<!-- built at 12:01 --><script src='/a.4711.js'></script></body>")
    rewrite(sea, "<nav>", "<nav><p>New: our shop</p>")
    report = sea.build()
    assert report.written == ()
    assert report.changed == 0
    assert sea.build(full=True).written == ()


def test_one_text_that_changes_on_its_page_changes_one_entry(sea: Sea) -> None:
    before = bodies(sea)
    rewrite(sea, "</body>", "<!-- built at 12:02 --></body>")
    rewrite(sea, "company in every storm", "a crew in every storm", "notes/boats/*")
    assert sea.build().changed == 1
    assert {title for title, text in bodies(sea).items() if text != before[title]} == {"Boats"}
    assert sea.build().written == sea.build(full=True).written == ()


def test_a_protected_article_takes_nothing_of_its_page(sea: Sea) -> None:
    sea.article("tides", visibility="members")
    assert sea.build().hidden == {"tides.md": "protected (visibility)"}
    sea.site.configure('protected = "title"\n' + PAGES)
    sea.build()
    assert "Water comes" not in sea.site.out.joinpath("atom.xml").read_text()


def test_where_the_text_is_not_found_on_the_page_it_is_the_one_that_we_render(sea: Sea) -> None:
    rewrite(sea, TEXTS["gulls"], "Text follows when scripts have run.", "notes/gulls/*")
    report = sea.build()
    assert [(one.code, one.severity) for one in report.problems] == [("page-body-missing", "warning")]
    assert bodies(sea)["Gulls"] == f"<p>{TEXTS['gulls']}</p>"


def test_while_a_page_is_being_written_its_article_keeps_its_text(sea: Sea) -> None:
    before = bodies(sea)
    rewrite(sea, "</html>", "", "notes/gulls/*")
    sea.article("gulls", tags="[x]")
    assert sea.build().problems == ()
    assert bodies(sea) == before


def test_what_is_named_is_left_out_of_texts(sea: Sea) -> None:
    rewrite(sea, "</article>", '<p class="fans">Tell your friends.</p></article>')
    sea.build()
    assert all("Tell your friends." in text for text in bodies(sea).values())
    sea.site.configure(PAGES + 'drop = [".fans"]\n')
    sea.build()
    assert bodies(sea) == {name.title(): f"<p>{TEXTS[name]}</p>" for name in SHOWN}


def test_an_article_that_stood_elsewhere_first_is_at_its_page_here(sea: Sea) -> None:
    canonical = '<head><link rel="canonical" href="https://another.example/gulls/">'
    rewrite(sea, "<head>", canonical, "notes/gulls/*")
    assert sea.build().problems == ()
    assert sea.links() == ALL


def test_lists_may_go_all_at_once(sea: Sea) -> None:
    for number in range(9):
        file = sea.public / f"page/{number}/index.html"
        file.parent.mkdir(parents=True)
        file.write_text(page("All", "All that there is."))
    sea.build()
    shutil.rmtree(sea.public / "page")
    assert sea.build().problems == sea.build(minutes=11).problems == ()
    assert sea.links() == ALL


def test_while_pages_are_missing_that_link_it_a_page_keeps_the_form_of_its_address(sea: Sea) -> None:
    bare = {**ALL, "Boats": "/notes/boats.html"}
    sea.deploy(bare)
    rewrite(sea, "boats.html", "boats")
    sea.build()
    assert sea.links()["Boats"] == "/notes/boats"
    rewrite(sea, 'href="/notes/boats"', 'href="/"', "notes/**/*.html")
    (sea.public / "index.html").unlink()
    assert sea.build().problems == ()
    assert sea.links()["Boats"] == "/notes/boats"


def test_a_site_that_was_built_for_another_path_is_refused(site: SiteOnDisk) -> None:
    sea = Sea(site)
    for name in SHOWN:
        sea.article(name)
    sea.deploy()
    rewrite(sea, 'href="/', 'href="/below/')
    with pytest.raises(FeedsError, match="is built for /below/"):
        sea.build()
    site.configure(PAGES, site='title = "Tides"\nurl = "https://tides.example/below/"\n')
    assert sea.build().problems == ()
    assert sea.links() == {title: f"/below{address}" for title, address in ALL.items()}


def test_what_the_text_of_a_page_links_to_is_related_and_what_stands_beside_it_is_not(sea: Sea) -> None:
    text = f'{TEXTS["tides"]} See <a href="../boats/">boats</a>, <a href="/notes/tides/">this</a>.'
    (sea.public / "notes/tides/index.html").write_text(page("Tides", text))
    sea.build(20)
    related = {
        entry.title: [link.href for link in entry.links if link.rel == "related"] for entry in sea.site.feed().entries
    }
    assert related == {"Tides": ["https://tides.example/notes/boats/"], "Boats": [], "Gulls": [], "Ropes": []}
