"""Real readers see the same entries in every feed's RSS, Atom and JSON, in all that they expose.

What each reader exposes of more than one format, and so can be compared, besides id, title, link and dates:

| reader         | formats         | authors      | categories | body      | summary    | related   | enclosures |
|----------------|-----------------|--------------|------------|-----------|------------|-----------|------------|
| feedparser     | RSS, Atom       | all          | yes        | yes       | yes        | yes       | yes        |
| fastfeedparser | RSS, Atom, JSON | only first   | yes        | yes       | yes        | no        | no         |
| atoma          | RSS, Atom, JSON | no           | yes        | yes       | yes        | no        | first      |
| reader         | RSS, Atom, JSON | only last    | no         | as text   | yes        | no        | yes        |
| rss-parser     | RSS, Atom       | only first   | no         | yes       | no         | no        | no         |
| feedsmith      | RSS, Atom, JSON | all          | yes        | yes       | yes        | XML alone | yes        |
| feed-extractor | RSS, Atom, JSON | no           | no         | no        | no         | no        | no         |

atoma reads neither dc:creator nor JSON Feed's authors; reader keeps the author that feedparser names last and no
categories; rss-parser reads no categories of Atom, and gives the summary of RSS another name; feed-extractor takes the
text of JSON Feed for the summary, and the last change of an Atom entry for its date.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from seeing import ALWAYS, PYTHON, Seen, by_feedparser, by_node, differing

from feedwright.pipeline import build

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = ("rss.xml", "atom.xml", "feed.json")
CORPORA = ("jekyll", "mastodon", "rustacean-podcast", "cedricporter-zh")
NODE = {"rss-parser": NAMES[:2], "feedsmith": NAMES, "@extractus/feed-extractor": NAMES}

each_reader = pytest.mark.parametrize("see", PYTHON, ids=lambda see: see.__name__.removeprefix("by_"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feeds of the sample newsroom."""
    folder = tmp_path_factory.mktemp("readers")
    report = build(ROOT / "content", folder / "out", state=folder / "state", now=datetime(2026, 6, 1, tzinfo=UTC))
    assert report.problems == ()
    return folder / "out"


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feeds of a real site, its own with all entries."""
    source = ROOT.parent / "shared" / "corpora" / request.param
    if not source.is_dir():
        pytest.skip("needs the folder of real posts beside the checkout (../shared)")
    content = tmp_path_factory.mktemp("corpus") / "content"
    shutil.copytree(source, content)
    configuration = 'title = "A real site"\nurl = "https://real.example/"\ntimezone = "UTC"\n[kinds.site]\nlimit = 0\n'
    (content / "site.toml").write_text(configuration)
    build(content, content.parent / "out", now=NOW)
    return content.parent / "out"


def folders(out: Path, every: int = 1) -> list[Path]:
    """The folders of feeds that are there in all formats: all, or every so many."""
    found = sorted({path.parent for path in out.rglob("feed.json")})
    assert all((folder / name).exists() for folder in found for name in NAMES)
    return found[::every]


def agree(see: Callable[[Path], Seen], names: tuple[str, ...], folders: list[Path]) -> int:
    """Compare what a reader sees of each feed in each format; how many entries that was."""
    entries = 0
    for folder in folders:
        first, *others = names
        seen = see(folder / first)
        for other in others:
            assert differing(seen, see(folder / other), first, other) == "", folder / other
        for entry in seen:
            assert entry["id"] and entry["link"] and (entry.get("published") or entry["updated"])
        entries += len(seen)
    return entries


@each_reader
def test_a_reader_sees_the_same_in_every_format(see: Callable[[Path], Seen], out: Path) -> None:
    assert agree(see, PYTHON[see], folders(out, 4)) > 30


@pytest.mark.slow
@each_reader
def test_a_reader_sees_the_same_in_every_format_of_all_feeds(see: Callable[[Path], Seen], out: Path) -> None:
    assert agree(see, PYTHON[see], folders(out)) > 120


@pytest.mark.corpora
@each_reader
def test_a_reader_sees_the_same_in_every_format_of_a_real_sites_feed(see: Callable[[Path], Seen], corpus: Path) -> None:
    assert agree(see, PYTHON[see], [corpus]) > 90


@pytest.mark.slow
@pytest.mark.corpora
@each_reader
def test_a_reader_sees_the_same_in_every_format_of_all_feeds_of_a_real_site(
    see: Callable[[Path], Seen], corpus: Path
) -> None:
    assert agree(see, PYTHON[see], folders(corpus)) > 180


EXPOSED = {
    "by_feedparser": {"authors", "categories", "schemes", "body", "summary", "related", "enclosures"},
    "by_fastfeedparser": {"first author", "categories", "body", "summary"},
    "by_atoma": {"categories", "body", "summary", "first enclosure"},
    "by_reader": {"last author", "text", "summary", "enclosures"},
}


@each_reader
def test_what_a_reader_exposes_is_compared(see: Callable[[Path], Seen], out: Path) -> None:
    for name in PYTHON[see]:
        found = {key for entry in see(out / name) for key in entry}
        missing = {"updated"} if (see.__name__, name) == ("by_atoma", "rss.xml") else set()
        assert found == {*ALWAYS, "title", *EXPOSED[see.__name__]} - missing


def test_related_links_are_found_in_both_formats(out: Path) -> None:
    for name in ("rss.xml", "atom.xml"):
        related = [link for entry in by_feedparser(out / name) for link in entry["related"]]
        assert len(related) > 10
        assert all(href.startswith("https://") for href, _ in related)
        assert any(href.startswith("https://tidewater.example/") and title for href, title in related)
        assert any(not href.startswith("https://tidewater.example/") for href, _ in related)


def seen_by_node(library: str, files: list[Path]) -> dict[Path, Seen]:
    modules = Path(os.environ.get("FEEDS_NODE_MODULES", ROOT / "node_modules"))
    if not shutil.which("node") or not (modules / library).is_dir():
        pytest.skip(f"needs Node.js, and {library} from npm in FEEDS_NODE_MODULES")
    script = str(Path(__file__).with_name("seeing.mjs"))
    command = ["node", script, str(modules), library, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return by_node(done.stdout.splitlines(), files)


@pytest.mark.node
@pytest.mark.parametrize("library", NODE)
def test_a_library_of_node_sees_the_same_in_every_format(library: str, out: Path) -> None:
    files = [folder / name for folder in folders(out) for name in NODE[library]]
    seen = seen_by_node(library, files)
    assert agree(seen.__getitem__, NODE[library], folders(out)) > 120


@pytest.mark.node
@pytest.mark.corpora
@pytest.mark.parametrize("library", NODE)
def test_a_library_of_node_sees_the_same_in_every_format_of_a_real_sites_feed(library: str, corpus: Path) -> None:
    seen = seen_by_node(library, [corpus / name for name in NODE[library]])
    assert agree(seen.__getitem__, NODE[library], [corpus]) > 90
