"""Permanent ids: listed, kept beside the articles, taken over from other tools, changed on purpose."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import feedparser
import pytest

from feedwright.checks.lint import inputs
from feedwright.cli import main
from feedwright.state.catalog import stamp
from feedwright.state.ids_file import tsv
from tests.conftest import SiteOnDisk
from tests.test_golden_pairs import DATAFUSION, configured

HEAD = "id\tkey\tpublished\ttitle\thash\tdated\tguid"
SEA = "tag:tides.example,2024-01-01:sea"


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """The site, with its folder as the working directory."""
    monkeypatch.chdir(site.root)
    return site


def ids(site: SiteOnDisk, path: str = "atom.xml") -> dict[str, str]:
    """Title -> id of each entry."""
    return {entry.title: entry.id for entry in site.feed(path).entries}


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def clone(site: SiteOnDisk) -> None:
    """What a throw-away machine has of a site: its content, and nothing of ours."""
    shutil.rmtree(site.content / ".feeds")
    shutil.rmtree(site.out)


# --- listing, exporting, importing ---


def test_ids_are_listed_of_articles_that_are_published_and_of_others(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("sea.md").article("draft.md", draft="true", guid="an old one")
    main(["build"])
    capsys.readouterr()
    assert main(["ids"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["tag:tides.example,2024-01-01:draft", "draft.md", "draft", "an", "old", "one"]
    assert lines[2].split() == [SEA, "sea.md", "sea"]
    assert main(["ids", "--format", "json"]) == 0
    draft, sea, summary = said(capsys)
    assert (draft["guid"], draft["published"]) == ("an old one", False)
    assert (sea["id"], sea["file"], sea["published"]) == (SEA, "sea.md", True)
    assert summary == {"type": "summary", "articles": 2, "exit": 0}


def test_a_table_of_all_ids_is_written_and_read(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("sea.md", title='"Tides \\\\ and moons"').article("b.md", guid="17")
    main(["build"])
    assert main(["ids", "--export", "all.tsv"]) == 0
    head, *rows = (here.root / "all.tsv").read_text().splitlines()
    assert head == HEAD
    assert [row.split("\t")[1] for row in rows] == ["b.md", "sea.md"]
    before = ids(here), ids(here, "rss.xml")
    clone(here)
    for name in ("sea", "b"):
        (here.content / f"{name}.md").rename(here.content / f"moved-{name}.md")
    assert main(["ids", "--import", "all.tsv"]) == 0
    assert "2 ids taken over" in capsys.readouterr().out
    assert main(["build"]) == 0
    assert (ids(here), ids(here, "rss.xml")) == before
    assert ids(here, "rss.xml")["b"] == "17"


def test_an_imported_table_replaces_ids(here: SiteOnDisk) -> None:
    here.article("sea.md").article("b.md")
    main(["build"])
    main(["ids", "--export", "all.tsv"])
    table = here.root / "all.tsv"
    table.write_text(table.read_text().replace(SEA, "urn:example:sea"))
    assert main(["ids", "--import", "all.tsv"]) == 0
    assert main(["build"]) == 0
    assert ids(here)["sea"] == "urn:example:sea"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<<<<<<< HEAD", "merge conflict"),
        ("=======", "merge conflict"),
        ("x\ty", "2 columns"),
        ("no iri\tc.md\t2024-01-01T00:00:00Z\tc\t\t\t", "absolute IRI"),
        ("urn:example:c\t../c.md\t2024-01-01T00:00:00Z\tc\t\t\t", "not a file below"),
        ("urn:example:c\tc.md\tyesterday\tc\t\t\t", "not a moment"),
        ("urn:example:c\tc.md\t2024-01-01T00:00:00Z\tc\tff\t\t", "not a hash"),
        ("urn:example:c\tsea.md\t2024-01-01T00:00:00Z\tc\t\t\t", "the file of line 2"),
        (f"{SEA}\tc.md\t2024-01-01T00:00:00Z\tc\t\t\t", "the id of line 2"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(
    line: str, what: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("sea.md")
    main(["build"])
    main(["ids", "--export", "all.tsv"])
    with (here.root / "all.tsv").open("a") as file:
        file.write(f"{line}\n")
    assert main(["ids", "--import", "all.tsv"]) == 2
    printed = capsys.readouterr().err
    assert "all.tsv:3" in printed
    assert what in printed


# --- ids.tsv ---


def test_the_table_beside_the_articles_keeps_itself(here: SiteOnDisk) -> None:
    here.article("sea.md")
    main(["build"])
    assert not (here.content / "ids.tsv").exists()
    here.write("ids.tsv", "")
    assert main(["build"]) == 0
    table = here.content / "ids.tsv"
    lines = table.read_text().splitlines()
    assert lines == sorted(lines)
    assert [line.split("\t")[:3] for line in lines if line.startswith("article")] == [["article", "sea.md", SEA]]
    before = stamp(table)
    assert main(["build"]) == 0
    here.article("sea.md", body="Another body.", updated="2024-02-01")
    (here.content / "sea.md").write_bytes((here.content / "sea.md").read_bytes())
    assert main(["build", "--dry-run"]) == 0
    assert stamp(table) == before
    here.article("b.md")
    assert main(["build"]) == 0
    assert table.read_text().count("\narticle\t") == 2


def test_a_fresh_clone_gives_the_same_ids(here: SiteOnDisk) -> None:
    here.article("a.md").article("b.md", body="Body of b.").article("c.md").write("ids.tsv", "")
    here.article("d.md")
    main(["build"])
    main(["ids", "--set", "content/c.md", "urn:example:c"])
    main(["build"])
    before = ids(here)
    assert before["c"] == "urn:example:c"
    clone(here)
    (here.content / "sub").mkdir()
    (here.content / "b.md").rename(here.content / "sub/moved.md")  # found by content
    (here.content / "a.md").unlink()
    here.article("other.md", title="a", body="Edited, too.")  # found by title and date
    (here.content / "d.md").unlink()
    assert main(["build"]) == 0
    del before["d"]
    assert ids(here) == before


def test_a_table_with_conflicts_is_left_alone_and_said(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("a.md").write("ids.tsv", "")
    main(["build"])
    table = here.content / "ids.tsv"
    right = table.read_text()
    broken = right + "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"
    table.write_text(broken)
    here.article("b.md")
    for _ in range(2):
        capsys.readouterr()
        assert main(["build"]) == 1
        printed = capsys.readouterr().err
        assert f"content/ids.tsv:{right.count(chr(10)) + 1}:" in printed
        assert "neither read nor kept up" in printed
        assert table.read_text() == broken
        assert set(ids(here)) == {"a", "b"}
    table.write_text(right)
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""
    assert table.read_text().count("\narticle\t") == 2


def test_nothing_is_published_where_the_only_ids_there_are_cannot_be_read(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("a.md").write("ids.tsv", f"{HEAD}\n<<<<<<< HEAD\n")
    assert main(["build"]) == 2
    assert "only place of ids" in capsys.readouterr().err
    assert not list(here.out.glob("*.xml"))


def test_a_refused_run_leaves_the_table_as_it_was(here: SiteOnDisk) -> None:
    for name in "abcdef":
        here.article(f"{name}.md")
    here.write("ids.tsv", "")
    main(["build"])
    before = (here.content / "ids.tsv").read_bytes()
    for name in "abcde":
        (here.content / f"{name}.md").unlink()
    here.article("new.md")
    assert main(["build"]) == 2
    assert (here.content / "ids.tsv").read_bytes() == before


# --- setting ---


def test_an_id_is_changed_on_purpose(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("sea.md").article("b.md").article("later.md", draft="true")
    main(["build"])
    assert main(["ids", "--set", "content/sea.md", "urn:example:sea"]) == 0
    assert SEA in capsys.readouterr().out
    assert main(["ids", "--set", "later.md", "urn:example:later"]) == 0
    assert main(["build"]) == 0
    assert ids(here)["sea"] == ids(here, "rss.xml")["sea"] == "urn:example:sea"
    assert main(["build", "--full"]) == 0
    assert ids(here)["sea"] == "urn:example:sea"
    here.article("later.md")
    assert main(["build"]) == 0
    assert ids(here)["later"] == "urn:example:later"


@pytest.mark.parametrize(
    ("file", "id_", "what"),
    [
        ("sea.md", "no iri", "percent-encoded"),
        ("sea.md", "sea", "is not absolute"),
        ("sea.md", "tag:tides.example,2024-01-01:b", "is the id of b.md"),
        ("c.md", "urn:example:c", "not an article"),
    ],
)
def test_an_id_that_cannot_be_is_refused(
    file: str, id_: str, what: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("sea.md").article("b.md")
    main(["build"])
    assert main(["ids", "--set", file, id_]) == 2
    assert what in capsys.readouterr().err


def test_the_id_of_an_article_that_is_gone_can_be_given_to_the_right_one(here: SiteOnDisk) -> None:
    here.article("sea.md").article("b.md").article("c.md").article("d.md")
    main(["build"])
    (here.content / "sea.md").unlink()
    here.article("ocean.md", title="Ocean", body="All written anew.")
    main(["build"])
    assert ids(here)["Ocean"] != SEA
    assert main(["ids", "--set", "ocean.md", SEA]) == 0
    main(["build"])
    assert ids(here)["Ocean"] == SEA


def test_found_related_links_stay_when_an_id_changes(here: SiteOnDisk) -> None:
    here.configure("[related]\nauto = 2\n")
    here.article("old.md", tags="[tides]", date="2023-01-01").article("new.md", tags="[tides]")
    main(["build"])
    before = (here.out / "atom.xml").read_text()
    assert 'rel="related"' in before
    main(["ids", "--set", "old.md", "urn:example:old"])
    main(["build"])
    assert (here.out / "atom.xml").read_text() == before.replace("tag:tides.example,2023-01-01:old", "urn:example:old")


# --- adopting ---

RSS = """<rss version="2.0"><channel><title>x</title><link>https://tides.example/</link><description>x</description>
<item><title>Sea</title><link>http://tides.example/sea/index.html</link><guid isPermaLink="false">17</guid></item>
<item><title>Other  title</title><link>https://tides.example/b</link><guid>https://tides.example/b/</guid></item>
<item><title>c</title><link>https://old.example/c</link><guid isPermaLink="false">urn:example:c</guid>
<pubDate>Sun, 31 Dec 2023 20:00:00 GMT</pubDate></item>
<item><title>nowhere</title><link>https://tides.example/nowhere</link><guid isPermaLink="false">9</guid></item>
<item><title>draft</title><link>https://tides.example/draft/</link>
<guid isPermaLink="false">urn:example:draft</guid></item>
</channel></rss>"""


def test_guids_are_adopted_by_address_and_by_title_and_date(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("sea.md").article("b.md").article("c.md").article("draft.md", draft="true")
    main(["build"])
    capsys.readouterr()
    (here.root / "old.xml").write_text(RSS)
    assert main(["ids", "--adopt", "old.xml"]) == 1
    printed = capsys.readouterr().out
    assert "not adopted: nowhere <9>: no article" in printed
    assert "c.md: urn:example:c (by its title)" in printed
    assert "4 ids adopted, 1 not" in printed
    assert "1 of 4 have another URL in that feed than here:\n  c.md: " in printed
    assert main(["build"]) == 0
    guids = ids(here, "rss.xml")
    assert guids == {"sea": "17", "b": "https://tides.example/b/", "c": "urn:example:c"}
    assert ids(here) == guids | {"sea": SEA}  # what is no IRI can be no Atom id
    document = (here.out / "rss.xml").read_text()
    assert re.search(r'<guid isPermaLink="true">https://tides.example/b/</guid>', document)
    assert re.search(r'<guid isPermaLink="false">17</guid>', document)
    here.article("draft.md")
    main(["build"])
    assert ids(here)["draft"] == "urn:example:draft"


def test_guids_are_adopted_from_a_feed_on_the_web(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("sea.md").article("b.md").article("c.md")
    main(["build"])
    served = here.root / "served"
    served.mkdir()
    (served / "feed.xml").write_text(RSS)
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(served))) as server,
        closing_thread(server),
    ):
        address = f"http://127.0.0.1:{server.server_port}"
        capsys.readouterr()
        assert main(["ids", "--adopt", f"{address}/feed.xml"]) == 1
        assert "3 ids adopted, 2 not" in capsys.readouterr().out
        assert main(["ids", "--adopt", f"{address}/nothing.xml"]) == 2
        assert "404" in capsys.readouterr().err
    main(["build"])
    assert ids(here, "rss.xml") == {"sea": "17", "b": "https://tides.example/b/", "c": "urn:example:c"}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def closing_thread(server: ThreadingHTTPServer) -> Iterator[None]:
    """The server at work in a thread of its own."""
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def test_ids_are_adopted_before_the_first_build(here: SiteOnDisk) -> None:
    here.article("sea.md").article("undated.md", date=None)
    (here.root / "old.json").write_text(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "x",
                "items": [
                    {"id": "urn:example:sea", "url": "https://tides.example/sea/", "title": "sea"},
                    {"id": 5, "url": "https://tides.example/undated/"},
                ],
            }
        )
    )
    here.configure('undated = "first-seen"\n')
    assert main(["ids", "--adopt", "old.json"]) == 0
    assert main(["build"]) == 0
    assert ids(here, "rss.xml") == {"sea": "urn:example:sea", "undated": "5"}


def test_what_can_be_meant_twice_is_not_adopted(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    here.article("sea.md").article("b.md")
    main(["build"])
    item = "<item><title>x</title><link>https://tides.example/{}/</link><guid isPermaLink='false'>{}</guid></item>"
    items = item.format("sea", "urn:example:1") + item.format("sea", "urn:example:2") + item.format("b", SEA)
    (here.root / "old.xml").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
    capsys.readouterr()
    assert main(["ids", "--adopt", "old.xml", "--format", "json"]) == 1
    lines = said(capsys)
    assert [line["type"] for line in lines] == ["left", "left", "left", "summary"]
    assert f"{SEA}" in lines[2]["guid"] and "is that of sea.md" in lines[2]["why"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<html/>", "feed-unknown-format"),
        ("<rss", "not-well-formed"),
        ("{", "not-well-formed"),
        ("{}", "feed-unknown-format"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel>&e;</channel></rss>', ""),
    ],
)
def test_what_is_no_feed_is_refused(
    content: str, code: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.article("sea.md")
    (here.root / "old.xml").write_text(content)
    assert main(["ids", "--adopt", "old.xml"]) == (2 if code else 0)
    assert code in capsys.readouterr().err
    assert main(["ids", "--adopt", "missing.xml"]) == 2


RUST = """
title = "Rust Blog"
url = "https://blog.rust-lang.org/"
permalink = "/{year}/{month}/{day}/{slug}.html"
limit = 0
exclude = ["inside-rust/**"]
[kinds.site]
path = { atom = "feed.xml" }
"""


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("pair", "published", "ours", "count"),
    [
        ("jekyll", "feed.xml", "feed.xml", 10),
        ("cocoapods", "feed.xml", "feed.xml", 86),
        ("rust-blog", "feed.xml", "feed.xml", 10),
        ("datafusion", "output/feeds/all-en.atom.xml", "feeds/all-en.atom.xml", 75),
        ("datafusion", "output/feeds/agrove.rss.xml", "feeds/agrove.rss.xml", 2),
        ("datafusion", "output/feed.xml", "feed.xml", 75),
    ],
)
def test_subscribers_of_another_tools_feed_see_nothing_twice(
    pair: str, published: str, ours: str, count: int, shared: Path, tmp_path: Path
) -> None:
    source = shared / "golden" / pair / "source"
    if pair in ("jekyll", "cocoapods"):
        content, configuration = configured(source, 'timezone = "America/Los_Angeles"' if pair == "cocoapods" else "")
    else:
        content = source / ("posts" if pair == "rust-blog" else "content")
        configuration = RUST if pair == "rust-blog" else DATAFUSION
    file = tmp_path / "site.toml"
    file.write_text(configuration, encoding="utf-8")
    feed = shared / "golden" / pair / "published" / published
    site = [str(content), "--config", str(file), "--state", str(tmp_path / "state")]
    before = [(entry.id, entry.guidislink) for entry in feedparser.parse(feed.read_bytes()).entries]
    assert len(before) == count
    assert main(["ids", *site, "--adopt", str(feed)]) == 0
    assert main(["build", *site, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    entries = feedparser.parse((tmp_path / "out" / ours).read_bytes()).entries
    after = {entry.id for entry in entries}
    assert {id_ for id_, _ in before} <= after
    if pair == "cocoapods":
        assert [(entry.id, entry.guidislink) for entry in entries][: len(before)] == before


# --- what is no usual file ---


def test_a_table_of_ids_that_is_too_large_or_no_file_is_said(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here.article("a.md")
    assert main(["build"]) == 0
    monkeypatch.setattr(tsv, "LARGEST", 2**20)
    assert main(["ids", "--import", "/dev/zero"]) == 2
    assert "more than 1048576 bytes" in capsys.readouterr().err
    table = here.content / "ids.tsv"
    table.symlink_to("/dev/zero")
    assert main(["build"]) == 1
    assert "not a regular file" in capsys.readouterr().err
    table.unlink()
    table.write_bytes(bytes(2**20 + 1))
    assert main(["build"]) == 1
    assert "more than 1048576 bytes" in capsys.readouterr().err
    table.unlink()
    os.mkfifo(table)
    assert main(["build"]) == 1
    assert "not a regular file" in capsys.readouterr().err


def test_a_feed_to_adopt_from_has_a_limit(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here.article("a.md")
    monkeypatch.setattr(inputs, "LARGEST", 2**20)
    assert main(["ids", "--adopt", "/dev/zero"]) == 2
    assert "more than 1048576 bytes" in capsys.readouterr().err
    assert main(["ids", "--adopt", "missing.xml"]) == 2
    assert "Name the file or the URL of a feed." in capsys.readouterr().err
