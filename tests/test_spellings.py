"""Terms that are equal in NFC are one; letter case makes two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from unicodedata import normalize

import pytest

from feedwright.articles import fields, people, permalinks, terms
from feedwright.cli import main
from feedwright.commands.prune import prune
from feedwright.commands.retract import retract
from feedwright.config import load_config, loader, validators
from feedwright.errors import ConfigError
from feedwright.read import refresh
from feedwright.serve.delivery import delivery
from feedwright.state import spellings
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SiteOnDisk, documents

NFC = "Zürich"
NFD = normalize("NFD", NFC)
SPELLED = (NFC, NFD)


def folders(site: SiteOnDisk, kind: str) -> list[str]:
    """The folders of a kind's feeds."""
    return sorted(path.name for path in (site.out / kind).iterdir())


@pytest.mark.parametrize("kind", ["tag", "category", "author"])
@pytest.mark.parametrize("first", SPELLED)
def test_two_spellings_of_a_term_have_one_feed(site: SiteOnDisk, kind: str, first: str) -> None:
    site.article("a.md", date="2024-01-02", **{kind: first}).build()
    for name, spelled in zip("bc", SPELLED, strict=True):
        site.article(f"{name}.md", **{kind: spelled})
    assert site.build().problems == ()
    assert folders(site, kind) == ["zürich"]
    assert site.titles(f"{kind}/zürich/atom.xml") == ["a", "c", "b"]
    assert site.feed(f"{kind}/zürich/rss.xml").feed.title == f"Tides: {NFC}"
    for document in site.tree().values():
        assert NFD.encode() not in document


def test_a_term_that_stands_twice_in_an_article_is_shown_once(site: SiteOnDisk) -> None:
    site.article("a.md", tags=f"[{NFD}, {NFC}, {{term: {NFD}, label: {NFD}}}]", categories=[NFC, NFD]).build()
    assert [(tag.term, tag.label) for tag in site.feed().entries[0].tags] == [(NFC, NFC)] * 2
    (item,) = json.loads((site.out / "feed.json").read_bytes())["items"]
    assert item["tags"] == [NFC]


def test_letter_case_makes_two_terms(site: SiteOnDisk) -> None:
    site.article("a.md", tags=NFD).article("b.md", tags=NFC.upper()).build()
    assert len(folders(site, "tag")) == 2


def test_a_folder_in_either_spelling_is_one_section(site: SiteOnDisk) -> None:
    for name, spelled in zip("ab", SPELLED, strict=True):
        site.article(f"{spelled}/{name}.md")
    assert site.build().problems == ()
    assert folders(site, "section") == ["zürich"]
    assert site.titles("section/zürich/atom.xml") == ["b", "a"]


def test_folders_of_jekyll_posts_in_either_spelling_are_one_category(site: SiteOnDisk) -> None:
    site.article(f"{NFC}/_posts/2024-01-01-a.md").article(f"{NFD}/_posts/2024-01-01-b.md").build()
    assert folders(site, "category") == ["zürich"]


@pytest.mark.parametrize("ours", SPELLED)
@pytest.mark.parametrize("theirs", SPELLED)
def test_filters_take_either_spelling(site: SiteOnDisk, ours: str, theirs: str) -> None:
    site.configure(
        f'[kinds.tag]\nonly = ["{ours}"]\n[kinds.category]\nexcept = ["{ours}"]\n'
        f'[[feed]]\nname = "t"\ninclude = {{ tag = ["{ours}"] }}\n'
        f'[[feed]]\nname = "s"\ninclude = {{ section = ["{ours}"] }}\n'
        f'[[feed]]\nname = "p"\ninclude = {{ path = ["{ours}/**"] }}\n'
        f'[[feed]]\nname = "x"\nexclude = {{ author = ["{ours}"] }}\n'
    )
    site.article(f"{theirs}/a.md", tags=theirs, category=theirs, author=theirs)
    assert site.build().problems == ()
    assert folders(site, "tag") == ["zürich"] and not (site.out / "category").exists()
    assert [site.titles(f"feed/{name}/atom.xml") for name in "tspx"] == [["a"], ["a"], ["a"], []]


@pytest.mark.parametrize("ours", SPELLED)
@pytest.mark.parametrize("theirs", SPELLED)
def test_articles_name_feeds_and_authors_in_either_spelling(site: SiteOnDisk, ours: str, theirs: str) -> None:
    site.configure(f'[[feed]]\nname = "{ours}"\ninclude = {{ tag = ["none"] }}\n[authors."{ours}"]\nname = "Zoe"\n')
    site.article("a.md", feeds=f"[{theirs}, tag/{theirs}]", tags=ours, author=theirs).article("b.md")
    assert [problem.code for problem in site.build().problems] == ["filter-matches-nothing"]
    assert site.titles("feed/zürich/atom.xml") == site.titles("tag/zürich/atom.xml") == ["a"]
    assert site.titles() == ["b"]
    assert site.feed("tag/zürich/atom.xml").entries[0].author == "Zoe"


def test_two_own_feeds_whose_names_are_one_are_refused(site: SiteOnDisk) -> None:
    site.configure(f'[[feed]]\nname = "{NFC}"\n[[feed]]\nname = "{NFD}"\n')
    with pytest.raises(ConfigError, match="is another feed's name"):
        site.build()


def test_files_are_excluded_in_either_spelling(site: SiteOnDisk) -> None:
    site.configure(f'exclude = ["{NFC}/**"]\n').article(f"{NFD}/a.md").article("b.md").build()
    assert site.titles() == ["b"]


def test_related_stories_are_found_by_either_spelling(site: SiteOnDisk) -> None:
    site.configure("[related]\nauto = 1\n")
    for number in range(4):
        site.article(f"other{number}.md", title=f"Something {number}", date="2023-01-01")
    site.article("old.md", title="Harbour", tags=NFD, date="2023-02-01").article("new.md", title="Lake", tags=NFC)
    site.build()
    (links,) = [entry.links for entry in site.feed().entries if entry.title == "Lake"]
    assert [link.href for link in links if link.rel == "related"] == ["https://tides.example/old/"]


def test_the_links_of_a_feed_are_printed_for_either_spelling(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.root)
    site.article("a.md", tags=NFC).build()
    for spelled in SPELLED:
        assert main(["snippets", "html", "--feed", f"tag/{spelled}"]) == 0
        assert "/tag/z%C3%BCrich/atom.xml" in capsys.readouterr().out


# --- what was published under both ---


@contextmanager
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Builds that know nothing of spellings."""

    def forget() -> None:
        for cached in (terms._often_named, people._often_named, permalinks._section):
            cached.cache_clear()

    def as_written(text: str) -> str:
        return text

    modules: tuple[ModuleType, ...] = (fields, people, permalinks, terms, loader, validators)
    forget()
    with monkeypatch.context() as patched:
        for module in modules:
            patched.setattr(module, "composed", as_written)
        patched.setattr(refresh, "versions", lambda: "1")
        patched.setattr(spellings, "unite", lambda *_: {})
        yield
    forget()


@pytest.mark.parametrize("first", [*SPELLED, ""])
@pytest.mark.parametrize("lost", ["", "catalog.db"])
def test_of_two_feeds_of_one_term_the_first_known_stays_and_the_other_is_a_former_address(
    site: SiteOnDisk, first: str, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_it_was(monkeypatch):
        for number, spelled in enumerate(sorted(SPELLED, key=lambda one: one != first)):
            site.article(f"{number}.md", tags=spelled, date=f"2024-01-0{number + 1}")
            if first:
                site.build(site.now.replace(day=number + 1))
        site.build()
        names = folders(site, "tag")
        assert len(names) == 2 and "zürich" in names
        (other,) = set(names) - {"zürich"}
        id_ = site.feed("tag/zürich/atom.xml").feed.id
    if lost:
        (site.content / ".feeds" / lost).unlink()
    report = site.build()
    assert report.problems == ()
    assert report.former == documents(f"tag/{other}/")
    assert report.retired == ()
    for folder in names:
        for name in ("atom.xml", "feed.json", "rss.xml"):
            assert site.titles(f"tag/{folder}/{name}") == ["1", "0"]
        feed = site.feed(f"tag/{folder}/atom.xml").feed
        assert (feed.id, feed.title) == (id_, f"Tides: {NFC}")
        assert [link.href for link in feed.links if link.rel == "self"] == [
            "https://tides.example/tag/z%C3%BCrich/atom.xml"
        ]
    assert site.build().written == site.build(full=True).written == ()
    site.article("2.md", tags=NFD, date="2024-01-03").build()
    assert site.titles(f"tag/{other}/rss.xml") == site.titles("tag/zürich/rss.xml") == ["2", "1", "0"]
    with opened(Ledger, site.content / ".feeds") as ledger:
        redirects = delivery(load_config(site.content), ledger).redirects
    assert redirects[f"tag/{other}/rss.xml"].target.endswith("/tag/z%C3%BCrich/rss.xml")
    assert prune(site.content, site.out).removed == documents(f"tag/{other}/")
    assert site.build().former == ()
    assert folders(site, "tag") == ["zürich"]


def test_a_term_that_was_only_known_decomposed_keeps_its_feed(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    spelled = f"{NFD} & more"
    with as_it_was(monkeypatch):
        site.article("a.md", tags=f"'{spelled}'").build()
        (name,) = folders(site, "tag")
        before = site.feed(f"tag/{name}/atom.xml").feed.id
    site.article("b.md", tags=f"'{normalize('NFC', spelled)}'").build()
    assert folders(site, "tag") == [name]
    assert site.titles(f"tag/{name}/atom.xml") == ["b", "a"]
    assert site.feed(f"tag/{name}/atom.xml").feed.id == before


def test_an_article_that_cannot_be_read_now_is_in_the_one_feed_too(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_it_was(monkeypatch):
        site.article("a.md", tags=NFC).article("b.md", tags=NFD, date="2024-01-02").build()
    site.write("b.md", "---\ntitle: [\n---\n").build()
    assert site.titles("tag/zürich/atom.xml") == ["b", "a"]
    assert len(folders(site, "tag")) == 2


def test_archives_of_both_spellings_stay_and_can_be_erased_from(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.configure("[kinds.tag]\nlimit = 1\narchive = 1\n")
    with as_it_was(monkeypatch):
        for number, spelled in enumerate(4 * SPELLED):
            site.article(f"{number}.md", f"Told {number}.", tags=spelled, date=f"2024-01-0{number + 1}").build()
    before = {path: document for path, document in site.tree().items() if path.startswith("archive/tag/")}
    assert len({path.split("/")[2] for path in before}) == 2
    assert site.build().problems == ()
    after = site.tree()
    closed = [path for path in before if path.split("/")[3] != "3"]
    assert len(closed) == 12 and all(after[path] == before[path] for path in closed)
    assert set(before) <= set(after) and site.build(full=True).written == ()
    # Whoever walks the one feed finds every article.
    texts = [after[path] for path in after if path.startswith(("archive/tag/zürich/", "tag/zürich/"))]
    for number in range(8):
        assert any(f"Told {number}.".encode() in text for text in texts)
    (site.content / "1.md").unlink()
    site.build()
    retract(site.content, "1.md", erase=True)
    site.build()
    assert all(b"Told 1." not in document for document in site.tree().values())
