"""Real readers see the same entries in every feed's RSS and Atom.

What each reader exposes of both formats, and so can be compared:

| reader         | entries, id, title, link, date | authors      | categories | body | summary | related |
|----------------|--------------------------------|--------------|------------|------|---------|---------|
| feedparser     | yes                            | all          | yes        | yes  | yes     | yes     |
| fastfeedparser | yes                            | only first   | yes        | yes  | yes     | yes     |
| atoma          | yes                            | Atom alone   | yes        | yes  | yes     | no      |
| reader         | yes                            | only last    | no         | yes  | yes     | no      |
| rss-parser     | yes                            | only first   | RSS alone  | yes  | no      | no      |

atoma does not read dc:creator; reader keeps the author that feedparser names last and no categories; rss-parser reads
no categories of Atom, and gives the summary of RSS another name.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import atoma
import fastfeedparser
import feedparser
import pytest

from feeds.pipeline import build

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
Seen = list[dict[str, Any]]
"""What a reader sees of each entry, field by field."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feeds of the sample newsroom."""
    folder = tmp_path_factory.mktemp("readers")
    report = build(ROOT / "content", folder / "out", state=folder / "state", now=NOW)
    assert report.problems == ()
    return folder / "out"


def pairs(out: Path) -> list[tuple[Path, Path]]:
    """Every feed that is there in both formats."""
    found = [(path, path.with_name("atom.xml")) for path in sorted(out.rglob("rss.xml"))]
    assert len(found) > 50
    assert all(atom.exists() for _, atom in found)
    return found


def by_feedparser(path: Path) -> Seen:
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "link": entry.link,
            "published": entry.published_parsed,
            "authors": [author.name for author in entry.authors],
            "categories": [(tag.term, tag.scheme) for tag in entry.tags],
            "body": [content.value for content in entry.get("content", [])],
            "summary": entry.summary,
            "related": [dict(link) for link in entry.links if link.rel == "related"],
            "enclosures": [(link.href, link.type, link.get("length")) for link in entry.enclosures],
        }
        for entry in parsed.entries
    ]


def by_fastfeedparser(path: Path) -> Seen:
    return [
        {
            "id": entry["id"],
            "title": entry["title"],
            "link": entry["link"],
            "published": entry["published"],
            "authors": entry["author"],
            "categories": [(tag["term"], tag["scheme"]) for tag in entry["tags"]],
            # In RSS it takes the summary for the body where there is none.
            "body": [c["value"] for c in entry.get("content", []) if c["value"] != entry["description"]],
            "summary": entry["description"],
            "related": [link for link in entry.get("links", []) if link["rel"] == "related"],
        }
        for entry in fastfeedparser.parse(path.read_bytes()).entries
    ]


def by_atoma(path: Path) -> Seen:
    if path.name == "rss.xml":
        return [
            {
                "id": item.guid,
                "title": item.title,
                "link": item.link,
                "published": item.pub_date,
                "categories": item.categories,
                "body": item.content_encoded or None,
                "summary": item.description,
            }
            for item in atoma.parse_rss_bytes(path.read_bytes()).items
        ]
    return [
        {
            "id": entry.id_,
            "title": entry.title.value,
            "link": next(link.href for link in entry.links if link.rel == "alternate"),
            "published": entry.published,
            "categories": [category.term for category in entry.categories],
            "body": entry.content.value if entry.content else None,
            "summary": entry.summary.value,
        }
        for entry in atoma.parse_atom_bytes(path.read_bytes()).entries
    ]


def by_reader(path: Path) -> Seen:
    from reader import make_reader

    with make_reader(":memory:", feed_root=str(path.parent)) as reader:
        reader.add_feed(path.name)
        reader.update_feeds()
        entries = sorted(reader.get_entries(), key=lambda entry: entry.id)
        assert reader.get_feed(path.name).last_exception is None
        return [
            {
                "id": entry.id,
                "title": entry.title,
                "link": entry.link,
                "published": entry.published,
                "authors": [author.name for author in entry.authors],
                "body": [content.value for content in entry.content],
                "summary": entry.summary,
            }
            for entry in entries
        ]


EXPOSED: dict[Callable[[Path], Seen], set[str]] = {
    by_feedparser: {"authors", "categories", "body", "summary", "related", "enclosures"},
    by_fastfeedparser: {"authors", "categories", "body", "summary", "related"},
    by_atoma: {"categories", "body", "summary"},
    by_reader: {"authors", "body", "summary"},
}


@pytest.mark.parametrize("see", EXPOSED, ids=lambda see: see.__name__.removeprefix("by_"))
def test_a_reader_sees_the_same_in_rss_and_atom(see: Callable[[Path], Seen], out: Path) -> None:
    entries = 0
    for rss, atom in pairs(out):
        seen = see(rss)
        assert seen == see(atom), rss
        entries += len(seen)
        for entry in seen:
            assert set(entry) == {"id", "title", "link", "published"} | EXPOSED[see]
            assert entry["id"] and entry["title"] and entry["link"] and entry["published"]
    assert entries > 100


def test_related_links_are_found_in_both_formats(out: Path) -> None:
    for name in ("rss.xml", "atom.xml"):
        related = [link for entry in by_feedparser(out / name) for link in entry["related"]]
        assert len(related) > 10
        assert all(link["href"].startswith("https://") for link in related)
        assert any(link["href"].startswith("https://tidewater.example/") and link["title"] for link in related)
        assert any(not link["href"].startswith("https://tidewater.example/") for link in related)


@pytest.mark.node
def test_rss_parser_sees_the_same_in_rss_and_atom(out: Path) -> None:
    modules = Path(os.environ.get("FEEDS_NODE_MODULES", ROOT / "node_modules"))
    if not shutil.which("node") or not (modules / "rss-parser").is_dir():
        pytest.skip("needs Node.js, and rss-parser from npm in FEEDS_NODE_MODULES")
    files = [str(path) for pair in pairs(out) for path in pair]
    script = str(Path(__file__).with_name("rss_parser.js"))
    done = subprocess.run(["node", script, str(modules), *files], capture_output=True, text=True, check=True)
    seen = dict(zip(files, map(json.loads, done.stdout.splitlines()), strict=True))
    assert sum(map(len, seen.values())) > 200
    for rss, atom in pairs(out):
        assert seen[str(rss)] == seen[str(atom)], rss
        for entry in seen[str(rss)]:
            assert set(entry) >= {"id", "title", "link", "published", "author"}
            assert all(entry.values())
