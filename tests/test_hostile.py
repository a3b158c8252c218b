"""Content that means harm, or came to it."""

from __future__ import annotations

import os
import re
import resource
import socket
import time
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest

from feedwright import check
from tests.conftest import SiteOnDisk

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScRiPt:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#x6a&#x61vascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<base href='javascript:'><a href='alert(1)'>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<div style=\"background:url('javascript:alert(1)')\">x</div>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<table background='javascript:alert(1)'><td>x</table>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<video src=x onloadstart=alert(1)><source onerror=alert(1)></video>",
]


class Dangers(HTMLParser):
    """What in HTML could run, as a browser's parser of the simplest kind sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "form", "base", "meta", "svg", "mglyph", "link"):
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.found.append(name)
            if scheme.startswith(("javascript:", "vbscript:", "data:")):
                self.found.append(scheme)


def shown(site: SiteOnDisk, path: str) -> list[str]:
    """Every piece of HTML that a reader of a feed would show."""
    feedparser.SANITIZE_HTML = 0
    try:
        entries = site.feed(path).entries
    finally:
        feedparser.SANITIZE_HTML = 1
    details = [content for entry in entries for content in entry.get("content", [])]
    details += [entry[name] for entry in entries for name in ("title_detail", "summary_detail") if name in entry]
    return [detail.value for detail in details if detail.type != "text/plain"]


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_no_script_gets_out_in_any_dress(site: SiteOnDisk, suffix: str) -> None:
    site.configure("limit = 0\n")
    for number, script in enumerate(SCRIPTS):
        site.write(f"{number}.{suffix}", f"---\ntitle: '{number}'\ndate: 2024-01-01\n---\nBefore {script} after.\n")
    report = site.build()
    assert len(site.titles()) == len(SCRIPTS)
    assert report.problems == ()
    for path in ("atom.xml", "rss.xml"):
        for piece in shown(site, path):
            assert Dangers(piece).found == [], piece


def test_no_script_gets_out_by_a_title_summary_category_author_or_file_name(site: SiteOnDisk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    quoted = f"'{evil}'"
    fields = {"title": quoted, "summary": quoted, "categories": f"[{quoted}]", "tags": f"[{quoted}]", "author": quoted}
    site.article("<script>.md", **fields)
    site.build()
    for path in ("atom.xml", "rss.xml"):
        for piece in shown(site, path):
            assert Dangers(piece).found == [], piece


def everything_but(folder: Path, but: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if not path.is_relative_to(but)}


def test_nothing_is_written_outside_the_output_folder(site: SiteOnDisk) -> None:
    for number, name in enumerate(
        ["../../evil", "/etc/passwd", "..", "a/../../../b", "\\\\evil", ".", "%2e%2e/x", "con\0"]
    ):
        quoted = '"' + name.replace("\\", "\\\\").replace("\0", "\\0") + '"'
        fields = {"slug": quoted, "tags": f"[{quoted}]", "categories": f"[{quoted}]", "author": quoted, "lang": quoted}
        site.article(f"{number}.md", permalink=quoted if number % 2 else None, **fields)
    before = everything_but(site.root, site.out)
    report = site.build()
    folder = site.content / ".feeds"
    state = {str(folder), *(str(folder / name) for name in ("ledger.db", "catalog.db", "lock"))}
    assert everything_but(site.root, site.out) == before | state
    assert report.written
    assert all(".." not in path and not path.startswith("/") for path in report.written)
    for entry in site.feed().entries:
        assert entry.link.startswith("https://tides.example/")
        assert ".." not in entry.link


def test_no_file_outside_the_content_folder_reaches_a_feed(site: SiteOnDisk) -> None:
    secret = site.root / "secret"
    secret.mkdir()
    (secret / "a.md").write_text("---\ntitle: secret\ndate: 2024-01-01\n---\nsecret\n")
    site.article("posts/good.md")
    (site.content / "posts/link.md").symlink_to(secret / "a.md")
    (site.content / "folder").symlink_to(secret)
    (site.content / "loop").symlink_to(site.content)
    (site.content / "dangling.md").symlink_to(site.root / "nowhere")
    report = site.build()
    assert site.titles() == ["good"]
    assert all(b"secret" not in document for document in site.tree().values())
    assert {problem.code for problem in report.problems} >= {"link-outside"}


def test_what_is_no_file_is_not_opened(site: SiteOnDisk) -> None:
    site.article("good.md")
    os.mkfifo(site.content / "fifo.md")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(site.content / "socket.md"))
    site.build()
    listener.close()
    assert site.titles() == ["good"]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
BROKEN = {
    "bomb.md": f"---\n{BOMB}title: *j\ndate: 2024-01-01\n---\nx\n",
    "bomb-tags.md": f"---\n{BOMB}title: x\ntags: *i\ndate: 2024-01-01\n---\nx\n",
    "self.md": "---\ntitle: &a [*a]\ndate: 2024-01-01\n---\nx\n",
    "tag.md": "---\ntitle: !!python/object/apply:os.system ['true']\ndate: 2024-01-01\n---\nx\n",
    "list.md": "---\n- a\n- b\n---\nx\n",
    "scalar.md": "---\njust text\n---\nx\n",
    "open.md": "---\ntitle: never closed\ndate: 2024-01-01\n",
    "empty.md": "",
    "blank.md": "\n\n\n",
    "nul.md": b"---\ntitle: a\0b\ndate: 2024-01-01\n---\n\0\x01\x0b\x1f\xef\xbf\xbf\n",
    "latin.md": "---\ntitle: Ü\ndate: 2024-01-01\n---\nü\n".encode("latin-1"),
    "utf16.md": "---\ntitle: a\ndate: 2024-01-01\n---\nb\n".encode("utf-16"),
    "noise.md": bytes(range(256)) * 40,
    "toml.md": "+++\ntitle = \ndate = 2024-01-01\n+++\nx\n",
    "json.md": '{"title": "a", "date": "2024-01-01",}\n\nx\n',
    "deep-json.md": '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}\nx\n",
    "deep-yaml.md": "---\ntitle: " + "[" * 100_000 + "]" * 100_000 + "\ndate: 2024-01-01\n---\nx\n",
    "deep-toml.md": "+++\ntitle = " + "[" * 100_000 + "]" * 100_000 + "\n+++\nx\n",
    "date-0.md": "---\ntitle: x\ndate: 0001-01-01\n---\nx\n",
    "date-big.md": "---\ntitle: x\ndate: 99999999999999999999\n---\nx\n",
    "date-nan.md": "---\ntitle: x\ndate: .nan\n---\nx\n",
    "deep-quote.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + ">" * 50_000 + " x\n",
    "deep-list.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "- " * 50_000 + "x\n",
    "brackets.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "[" * 100_000 + "\n",
    "stars.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "*a **b " * 50_000 + "\n",
    "angles.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "<" * 300_000 + "\n",
    "divs.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "<div>" * 100_000 + "\n",
    "tables.md": "---\ntitle: x\ndate: 2024-01-01\n---\n" + "<table><tr><td>" * 30_000 + "\n",
    "entities.md": "---\ntitle: '" + "&amp;" * 20_000 + "'\ndate: 2024-01-01\n---\n" + "&lt;" * 100_000 + "\n",
    "attributes.md": "---\ntitle: x\ndate: 2024-01-01\n---\n<p " + "a=1 " * 100_000 + ">x\n",
    "long-title.md": "---\ntitle: " + "x" * 500_000 + "\ndate: 2024-01-01\n---\nx\n",
    "long-tag.md": "---\ntitle: x\ntags: [" + "y" * 100_000 + "]\ndate: 2024-01-01\n---\nx\n",
    "many-tags.md": "---\ntitle: x\ntags: [" + ",".join(f"t{n}" for n in range(300)) + "]\ndate: 2024-01-01\n---\nx\n",
    "huge.md": b"---\ntitle: x\ndate: 2024-01-01\n---\n" + b"word " * 4_000_000,
}


def test_broken_files_are_each_reported_or_made_harmless_in_bounded_time_and_memory(site: SiteOnDisk) -> None:
    for name, text in BROKEN.items():
        site.write(name, text)
    site.article("good.md", date="2024-05-01")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    report = site.build()
    assert time.monotonic() - start < 30
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 700e6
    assert "good" in site.titles()
    shown = report.articles - len(report.left_out)
    named = {Path(problem.file).name for problem in report.problems if problem.severity == "error"}
    assert named == set(report.left_out)
    assert shown >= 1
    for path, document in site.tree().items():
        assert [problem for problem in check(document) if problem.severity == "error"] == [], path


def test_each_broken_file_alone_leaves_the_good_one_in_its_feed(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(sorted(BROKEN.items())):
        site = SiteOnDisk(tmp_path / str(number)).configure().write(name, text).article("good.md", date="2024-05-01")
        report = site.build()
        assert site.titles()[0] == "good", name
        for problem in report.problems:
            assert problem.what, name


def test_names_that_no_terminal_shows_are_no_harm(site: SiteOnDisk) -> None:
    for name in (b"\xff\xfe.md", b"new\nline.md", b"\x1b[31m.md", "ünï.md".encode()):
        (site.content / os.fsdecode(name)).write_bytes(b"---\ntitle: odd\ndate: 2024-01-01\n---\nx\n")
    report = site.article("good.md").build()
    assert "good" in site.titles()
    for problem in report.problems:
        str(problem).encode("utf-8", "surrogateescape")
    for document in site.tree().values():
        assert [problem for problem in check(document) if problem.severity == "error"] == []
