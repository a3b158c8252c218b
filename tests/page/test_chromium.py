"""What a real browser makes of the page and of feeds.

They need Chromium, Node.js, and axe-core and puppeteer-core from npm in the folder that FEEDS_NODE_MODULES names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from feedwright.pipeline import build
from tests.conftest import NOW, SiteOnDisk
from tests.serve.folder import serving

ROOT = Path(__file__).parents[2]
LOOK = Path(__file__).with_name("look.js")
Look = Callable[..., list[dict[str, Any]]]

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def look() -> Look:
    """What Chromium makes of addresses, one after the other."""
    modules = Path(os.environ.get("FEEDS_NODE_MODULES", ROOT / "node_modules"))
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium or not shutil.which("node"):
        pytest.skip("needs Chromium and Node.js")
    if not all((modules / name).is_dir() for name in ("axe-core", "puppeteer-core")):
        pytest.skip("needs axe-core and puppeteer-core from npm in FEEDS_NODE_MODULES")

    def looked(*urls: str) -> list[dict[str, Any]]:
        command = ["node", str(LOOK), str(modules), str(chromium), *urls]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return looked


class Quiet(SimpleHTTPRequestHandler):
    """Serves feeds as most servers do that nobody has told about them."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "application/xml" if str(path).endswith(".xml") else super().guess_type(path)

    def translate_path(self, path: str) -> str:
        found = super().translate_path(path)
        return f"{found}index.xml" if path.endswith("/") else found

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def served(site: SiteOnDisk) -> Iterator[str]:
    """The address of the output folder; `site` makes all there is by default."""
    site.configure(alone=())
    site.out.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.out)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    build(ROOT / "content", folder / "out", state=folder / "state", now=NOW)
    return folder / "out"


def test_axe_finds_nothing_wrong_with_the_page_in_light_and_dark_wide_and_narrow(look: Look, sample: Path) -> None:
    (seen,) = look((sample / "index.html").as_uri())
    assert [one["violations"] for one in seen["looks"]] == [[], [], [], []]
    assert all(one["root"]["width"] <= one["width"] for one in seen["looks"])
    backgrounds = [one["root"]["background"] for one in seen["looks"]]
    assert len({*backgrounds[:2]}) == len({*backgrounds[2:]}) == 1
    assert backgrounds[0] != backgrounds[2]


@pytest.mark.slow
def test_axe_finds_nothing_wrong_with_a_page_that_is_written_from_right_to_left(
    look: Look, site: SiteOnDisk, served: str
) -> None:
    site.configure('language = "ar"\n', alone=())
    site.article("a.md", title="مد وجزر", tags="[بحر, tide]").article("b.md", "x" * 500, title="y" * 200).build()
    (seen,) = look(served + "index.html")
    assert [one["violations"] for one in seen["looks"]] == [[], [], [], []]
    assert all(one["root"]["width"] <= one["width"] for one in seen["looks"])


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_a_browser_shows_of_a_feed_title_hint_and_entries_and_no_markup(
    look: Look, site: SiteOnDisk, served: str, format_: str
) -> None:
    body = "<p>Water <b>comes</b> &amp; goes.</p><script>alert(1)</script>"
    site.article("b.md", body, title="'Ebb & <flow>'", date="2024-02-03", summary="High < low").article("a.md").build()
    (seen,) = look(f"{served}{format_}.xml")
    hint, *shown = seen["shown"]
    assert hint.startswith("This is a feed.")
    assert "copy its address" in hint
    assert shown[0] == "Tides"
    texts = {text for text in shown if not text.endswith("+0000") and "T00:00:00" not in text}
    # A summary is HTML, as readers want it; a style sheet can only show what is written.
    summaries = {"High &lt; low", "Water comes and goes."} if format_ == "atom" else set()
    links = {"https://tides.example/a/", "https://tides.example/b/"}
    assert texts == {"Tides", "Ebb & <flow>", "a", *summaries, *links}
    assert shown.index("Ebb & <flow>") < shown.index("https://tides.example/b/") < shown.index("a")
    assert len([text for text in shown if "2024" in text]) == 2
    assert seen["failed"] == []
    assert all(one["root"]["width"] <= one["width"] for one in seen["looks"])
    assert seen["looks"][0]["root"]["background"] != seen["looks"][2]["root"]["background"]


@pytest.mark.slow
def test_the_style_is_found_from_feeds_in_folders_and_from_a_disk(look: Look, site: SiteOnDisk, served: str) -> None:
    site.configure('[kinds.site]\npath = { rss = "feed/" }\n', alone=())
    site.article("a.md", tags="[Zürich]").build()
    (tag,) = (site.out / "tag").iterdir()
    addresses = (f"{served}feed/", f"{served}tag/{tag.name}/atom.xml", (tag / "rss.xml").as_uri())
    for seen in look(*addresses):
        assert seen["failed"] == []
        assert seen["shown"][0].startswith("This is a feed."), seen["url"]


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_a_feed_from_feeds_serve_is_shown_too(look: Look, sample: Path, format_: str) -> None:
    with serving(sample, "--content", str(ROOT / "content"), "--state", str(sample.parent / "state")) as server:
        (seen,) = look(f"{server.url}{format_}.xml")
    assert seen["shown"][0].startswith("This is a feed.")
    assert seen["shown"][1] == "The Tidewater Courier"
    assert seen["failed"] == []
