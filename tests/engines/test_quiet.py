"""What the engine builds again without any change changes no feed; an edit changes its own entry."""

from __future__ import annotations

from pathlib import Path

from tests.engines.engine import EngineSite
from tests.engines.feeds import build_feeds, entries, tree


def source(site: EngineSite, name: str) -> Path:
    return site.folder / next(key for key in site.shown if name in key)


def test_a_site_that_was_built_again_unchanged_has_no_document_written(site: EngineSite) -> None:
    site = site.at_home()
    build_feeds(site)
    before = tree(site)
    report = build_feeds(site.rebuilt())
    assert report.written == ()
    assert tree(site) == before


def test_an_edit_changes_its_own_entry_alone(site: EngineSite) -> None:
    site = site.at_home()
    build_feeds(site)
    before = entries(site)
    path = source(site, "kittiwake")
    path.write_text(path.read_text(encoding="utf-8") + "\nA sentence was added.\n", encoding="utf-8")
    build_feeds(site.rebuilt())
    after = entries(site)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert len(changed) == 1 and "kittiwake" in changed.pop()
    assert sum("A sentence was added." in entry.body for entry in after.values()) == 1


def test_a_new_layout_changes_no_entry(site: EngineSite) -> None:
    """A word in each page's footer."""
    build_feeds(site)
    before = tree(site)
    for page in sorted(site.built.rglob("*.html")):
        page.write_bytes(page.read_bytes().replace(b"</body>", b"<p>Closed on Sundays</p></body>"))
    build_feeds(site)
    assert tree(site) == before


def test_an_article_that_is_new_comes_when_its_page_is_built(site: EngineSite) -> None:
    site = site.at_home()
    build_feeds(site)
    before = entries(site)
    old = source(site, "kittiwake")
    new = old.with_name(old.name.replace("kittiwake", "guillemot"))
    text = old.read_text(encoding="utf-8").replace("Kittiwake", "Guillemot").replace("kittiwake", "guillemot")
    new.write_text(text.replace("letters", "parcels"), encoding="utf-8")
    build_feeds(site)
    assert entries(site) == before
    build_feeds(site.rebuilt())
    assert len(entries(site)) == len(before) + 1
    assert entries(site).items() >= before.items()
