"""Dates go out in the offset that their author wrote, else in the site's, wherever they are shown; instants stay."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from feedwright.state import ledger
from feedwright.state.catalog.schema import STEPS
from tests.conftest import SITE, SiteOnDisk

BERLIN = 'timezone = "Europe/Berlin"\n'
ZULU = "2025-07-01T12:00:00Z"
SOON = datetime(2026, 1, 2, tzinfo=UTC)
ALL = 'language = "en"\nextras = ["page", "sitemap", "news"]\n'


@pytest.fixture
def berlin(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    monkeypatch.chdir(site.root)
    site.now = SOON
    return site.configure(BERLIN)


def dates(site: SiteOnDisk, path: str) -> list[str]:
    """Every date and time in a document, as it is written."""
    found = r"\d{4}-\d\d-\d\dT[\d:]+(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} [\d:]+ [+-]\d{4}"
    return re.findall(found, (site.out / path).read_text())


def once(site: SiteOnDisk, path: str) -> str:
    """The one date and time that a document names, however often."""
    (found,) = set(dates(site, path))
    return found


# --- what is written ---


def test_a_day_is_midnight_of_the_sites_zone_in_every_format(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2026-01-01").build()
    assert once(berlin, "atom.xml") == "2026-01-01T00:00:00+01:00"
    assert once(berlin, "rss.xml") == "Thu, 01 Jan 2026 00:00:00 +0100"
    assert once(berlin, "feed.json") == "2026-01-01T00:00:00+01:00"


@pytest.mark.parametrize(
    ("written", "atom", "rss", "json_"),
    [
        ("2025-07-01", "2025-07-01T00:00:00+02:00", "Tue, 01 Jul 2025 00:00:00 +0200", "2025-07-01T00:00:00+02:00"),
        ("2025-07-01T23:30:00-05:00", "2025-07-01T23:30:00-05:00", "Tue, 01 Jul 2025 23:30:00 -0500", ""),
        ("2025-07-01T00:15:00+05:45", "2025-07-01T00:15:00+05:45", "Tue, 01 Jul 2025 00:15:00 +0545", ""),
        ("2025-07-01T00:15:00-09:30", "2025-07-01T00:15:00-09:30", "Tue, 01 Jul 2025 00:15:00 -0930", ""),
        ("2025-07-01T00:15:00+14:00", "2025-07-01T00:15:00+14:00", "Tue, 01 Jul 2025 00:15:00 +1400", ""),
        (
            "2025-07-01T12:00:00Z",
            "2025-07-01T12:00:00+00:00",
            "Tue, 01 Jul 2025 12:00:00 +0000",
            "2025-07-01T12:00:00Z",
        ),
        ("2025-07-01 12:00", "2025-07-01T12:00:00+02:00", "Tue, 01 Jul 2025 12:00:00 +0200", ""),
        ("1 July 2025 12:00 EST", "2025-07-01T12:00:00-05:00", "Tue, 01 Jul 2025 12:00:00 -0500", ""),
        ("2025-07-01 12:00 America/New_York", "2025-07-01T12:00:00-04:00", "Tue, 01 Jul 2025 12:00:00 -0400", ""),
        ("1751371200", "2025-07-01T14:00:00+02:00", "Tue, 01 Jul 2025 14:00:00 +0200", ""),
    ],
)
def test_a_date_keeps_the_offset_that_is_written_else_has_the_sites(
    berlin: SiteOnDisk, written: str, atom: str, rss: str, json_: str
) -> None:
    berlin.article("a.md", date=written).build()
    assert once(berlin, "atom.xml") == atom
    assert once(berlin, "rss.xml") == rss
    assert once(berlin, "feed.json") == json_ or atom
    assert berlin.build(full=True).written == ()


def test_a_time_that_summer_time_skips_is_the_instant_that_it_was(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2025-03-30 02:30").build()
    assert once(berlin, "atom.xml") == "2025-03-30T03:30:00+02:00"


def test_an_offset_of_seconds_keeps_midnight_on_its_day(site: SiteOnDisk) -> None:
    site.configure('timezone = "Europe/Amsterdam"\n').article("a.md", date="1920-01-01").build()
    assert once(site, "atom.xml") == "1920-01-01T00:00:28+00:20"
    assert site.feed().entries[0].id == "tag:tides.example,1920-01-01:a"


def test_a_change_has_its_own_offset_and_a_feed_that_of_its_newest_change(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2025-07-01", updated="2025-08-01T08:00:00-07:00")
    berlin.article("b.md", date="2025-07-02T00:00:00Z").build()
    changed = "2025-08-01T08:00:00-07:00"
    assert dates(berlin, "atom.xml")[0] == changed
    assert dates(berlin, "rss.xml")[0] == "Fri, 01 Aug 2025 08:00:00 -0700"
    feed = json.loads((berlin.out / "feed.json").read_bytes())
    assert feed["_feedwright"]["updated"] == changed
    assert [(item["date_published"], item.get("date_modified")) for item in feed["items"]] == [
        ("2025-07-02T00:00:00Z", None),
        ("2025-07-01T00:00:00+02:00", changed),
    ]


def test_a_feed_that_is_empty_keeps_the_date_that_it_had(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2026-01-01", tags="[x]").article("b.md", date="2025-12-01").build()
    before = dates(berlin, "tag/x/atom.xml")[0]
    berlin.article("a.md", date="2026-01-01", draft="true").build()
    assert dates(berlin, "tag/x/atom.xml") == [before] == ["2026-01-01T00:00:00+01:00"]
    (berlin.content / ".feeds/catalog.db").unlink()
    assert berlin.build(full=True).written == ()


def test_a_feed_that_was_empty_from_the_first_has_a_date_in_the_sites_zone(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", draft="true").build()
    assert once(berlin, "atom.xml") == "2026-01-02T01:00:00+01:00"


def test_what_is_first_seen_has_the_sites_zone(berlin: SiteOnDisk) -> None:
    berlin.configure(f'{BERLIN}undated = "first-seen"\n').article("a.md", date=None).build()
    assert once(berlin, "atom.xml") == "2026-01-02T01:00:00+01:00"


def test_a_date_of_git_has_the_sites_zone(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date=None)
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    moments = {f"GIT_{who}_DATE": "2025-07-01T12:00:00-05:00" for who in ("AUTHOR", "COMMITTER")}
    for command in (["init", "-q"], ["add", "a.md"], ["commit", "-q", "-m", "a"]):
        environment = {**os.environ, **identity, **moments}
        subprocess.run(["git", *command], cwd=berlin.content, check=True, env=environment)
    berlin.build()
    assert once(berlin, "atom.xml") == "2025-07-01T19:00:00+02:00"


def test_an_offset_that_no_place_has_is_published_in_utc(site: SiteOnDisk) -> None:
    from feedwright.text import moments

    far = moments.at(1_767_225_600, 23 * 60 + 59)
    assert far.isoformat() == "2026-01-01T23:59:00+23:59"
    assert moments.rfc3339(far) == "2026-01-01T00:00:00Z"


def test_a_tombstone_has_the_offset_of_what_it_tells(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2025-12-01").build()
    berlin.article("a.md", date="2025-12-01", retracted="2025-12-24").build()
    assert 'when="2025-12-24T00:00:00+01:00"' in (berlin.out / "atom.xml").read_text()
    assert dates(berlin, "atom.xml")[0] == "2025-12-24T00:00:00+01:00"
    assert berlin.build(full=True).written == ()


# --- what else shows dates ---


def test_all_that_shows_a_date_agrees(berlin: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    berlin.configure(f"{BERLIN}{ALL}", alone=())
    berlin.article("a.md", date="2026-01-01", tags="[x]").build()
    for path in ("atom.xml", "tag/x/atom.xml", "feed.json", "sitemap.xml", "news-sitemap.xml"):
        assert once(berlin, path) == "2026-01-01T00:00:00+01:00", path
    assert set(re.findall(r'datetime="([^"]+)"', (berlin.out / "index.html").read_text())) == {"2026-01-01"}
    assert main(["preview", "out/rss.xml"]) == 0
    preview = Path(capsys.readouterr().out.strip()).read_text()
    assert "2026-01-01 00:00 +01:00" in preview
    assert set(re.findall(r'datetime="([^"]+)"', preview)) == {"2026-01-01T00:00:00+01:00"}
    assert "Jan 01" in preview
    assert main(["explain", "a"]) == 0
    assert "published: 2026-01-01 00:00 +01:00\n" in capsys.readouterr().out
    assert main(["list"]) == 0
    assert "2026-01-01 00:00 +01:00\n" in capsys.readouterr().out


def test_when_an_article_appears_and_leaves_is_said_in_its_own_offset(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2026-02-01").article("b.md", expires="2025-12-01T10:00:00-05:00").build()
    report = berlin.build()
    assert report.hidden == {"a.md": "not before 2026-02-01 00:00 +01:00", "b.md": "expired 2025-12-01 10:00 -05:00"}


def test_the_page_says_the_day_that_is_written(berlin: SiteOnDisk) -> None:
    berlin.configure(f"{BERLIN}{ALL}", alone=())
    berlin.article("a.md", date="2026-01-01T20:00:00-08:00").build(now=datetime(2026, 1, 3, tzinfo=UTC))
    assert set(re.findall(r'datetime="([^"]+)"', (berlin.out / "index.html").read_text())) == {"2026-01-01"}


# --- what stays ---


def test_ids_have_the_day_in_the_sites_zone_as_ever(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2025-12-31T23:30:00Z").article("b.md", date="2026-01-01T10:00:00+13:00").build()
    ids = {entry.title: entry.id for entry in berlin.feed().entries}
    assert ids == {"a": "tag:tides.example,2026-01-01:a", "b": "tag:tides.example,2025-12-31:b"}


def test_a_new_article_does_not_get_the_id_of_one_that_is_gone_in_any_zone(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", "Ebb.", date="2025-12-01", title="Ebb").article("z.md", date="2025-11-01").build()
    (berlin.content / "a.md").rename(berlin.content / "b.md")
    berlin.build()
    berlin.article("a.md", "Flood.", date="2025-12-01", title="Flood").build()
    ids = {entry.title: entry.id for entry in berlin.feed().entries}
    assert ids["Ebb"] == "tag:tides.example,2025-12-01:a"
    assert ids["Flood"] == "tag:tides.example,2025-12-01:a-2"


def test_the_same_content_gives_the_same_bytes_wherever_the_machine_is(berlin: SiteOnDisk) -> None:
    berlin.article("a.md", date="2025-07-01").article("b.md", date="2025-07-01 10:00", updated="3 July 2025 5 pm")
    trees = []
    for zone in ("UTC", "Asia/Kathmandu", "America/St_Johns"):
        out = berlin.root / zone.replace("/", "-")
        command = [sys.executable, "-m", "feedwright", "build", "content", "--out", str(out), "--state", f"{out}.state"]
        subprocess.run(command, cwd=berlin.root, check=True, env={**os.environ, "TZ": zone}, capture_output=True)
        trees.append({path.name: path.read_bytes() for path in sorted(out.glob("*.*"))})
    assert trees[0] == trees[1] == trees[2]


def test_closed_archive_documents_and_ids_of_the_time_before_offsets_stay(berlin: SiteOnDisk) -> None:
    """What was published in UTC: the ledger and the kept documents know no offsets."""
    for number in range(7):
        berlin.article(f"{number}.md", date=f"2025-12-0{number + 1}T12:00:00Z")
    berlin.configure(f"{BERLIN}limit = 2\narchive = 2\n").build()
    archived = {path: held for path, held in berlin.tree().items() if path.startswith("archive/")}
    closed = {path: held for path, held in archived.items() if b"next-archive" in held}
    assert len(closed) >= 2
    ids = [entry.id for entry in berlin.feed().entries]
    for number in range(7):
        berlin.article(f"{number}.md", date=f"2025-12-0{number + 1}T13:00:00+01:00")
    berlin.build()
    after = berlin.tree()
    assert {path: after[path] for path in closed} == closed
    assert [entry.id for entry in berlin.feed().entries][:2] == ids[:2]
    assert "2025-12-07T13:00:00+01:00" in dates(berlin, "atom.xml")


# --- addresses ---


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("2026-01-01", "2026/01/01"),
        ("2025-12-31T23:30:00-05:00", "2025/12/31"),
        ("2026-01-01T00:30:00+13:00", "2026/01/01"),
        ("2025-12-31T23:30:00Z", "2025/12/31"),
        ("2025-12-31T20:00:00", "2025/12/31"),
    ],
)
def test_an_address_has_the_day_that_is_written(berlin: SiteOnDisk, written: str, address: str) -> None:
    berlin.configure(f'{BERLIN}permalink = "/{{year}}/{{month}}/{{day}}/{{slug}}/"\n')
    berlin.article("a.md", date=written).article("hugo.md", date=written, url="/:year/:month/:day/hugo/")
    berlin.build(now=datetime(2026, 1, 3, tzinfo=UTC))
    links = {entry.link for entry in berlin.feed().entries}
    assert links == {f"https://tides.example/{address}/{name}/" for name in ("a", "hugo")}


@pytest.mark.parametrize("key", ["_posts/2026-01-01-a.md", "blog/_posts/2026-01-01-a.md", "_sea/a.md"])
def test_an_address_of_jekylls_has_the_day_in_its_zone(berlin: SiteOnDisk, key: str) -> None:
    berlin.configure(f'{BERLIN}permalink = "/{{year}}/{{month}}/{{day}}/{{slug}}/"\n')
    berlin.article(key, date="2025-12-31T23:30:00Z", title="a").build()
    (entry,) = berlin.feed().entries
    assert entry.link == "https://tides.example/2026/01/01/a/"
    assert once(berlin, "atom.xml") == "2025-12-31T23:30:00+00:00"


def test_a_content_folder_that_is_jekylls_is_known_by_its_name(tmp_path: Path) -> None:
    site = SiteOnDisk(tmp_path, SOON)
    posts = tmp_path / "content/_posts"
    site.configure().write("_posts/site.toml", f'{SITE}{BERLIN}permalink = "/{{year}}/{{month}}/{{day}}/{{slug}}/"\n')
    site.article("_posts/a.md", date="2025-12-31T23:30:00Z")
    from feedwright.pipeline import build

    build(posts, site.out, now=SOON)
    assert site.feed().entries[0].link == "https://tides.example/2026/01/01/a/"


def test_addresses_that_a_new_version_makes_anew_are_no_slip_of_the_configuration(berlin: SiteOnDisk) -> None:
    for name in "abcdef":
        berlin.article(f"{name}.md", date="2025-12-01")
    berlin.build()
    for file, statement in (
        ("ledger.db", "UPDATE article SET url = url || 'old'"),
        ("catalog.db", "DELETE FROM fact WHERE name = 'versions'"),
    ):
        with sqlite3.connect(berlin.content / ".feeds" / file) as db:
            db.execute(statement)
        db.close()
    berlin.build()
    with pytest.raises(FeedsError, match="allow-relink"):
        berlin.configure(f'{BERLIN}permalink = "/other/{{slug}}/"\n').build()


# --- what was kept before ---


def test_a_state_that_knows_no_offsets_is_brought_up_to_date(berlin: SiteOnDisk) -> None:
    berlin.configure(f"{BERLIN}limit = 2\narchive = 2\n")
    for number in range(5):
        berlin.article(f"{number}.md", date=f"2025-12-0{number + 1}", tags="[x]")
    berlin.article("gone.md", date="2025-11-01").build()
    berlin.article("gone.md", date="2025-11-01", retracted="true").build()
    after, ids = berlin.tree(), [entry.id for entry in berlin.feed().entries]
    state = berlin.content / ".feeds"
    for file, version, steps in (
        ("catalog.db", 4, STEPS),
        ("ledger.db", 5, ledger.STEPS),
    ):
        added = "".join(step for number, step in steps.items() if number > version)
        with sqlite3.connect(state / file) as db:
            for kind, name in re.findall(r"CREATE (TABLE|INDEX) (\w+)", added):
                db.execute(f"DROP {kind} {name}")
            for table, name, new in re.findall(r"ALTER TABLE (\w+) RENAME COLUMN (\w+) TO (\w+)", added):
                db.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {name}")
            for table, name in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", added):
                db.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
            if file == "catalog.db":
                db.execute("UPDATE whole SET article = replace(article, ',60]', '') WHERE article LIKE '%[%,60]%'")
                db.execute("UPDATE whole SET article = replace(article, '\"v\":[1', '\"v\":1')")
                for n, article in db.execute("SELECT n, article FROM whole").fetchall():
                    db.execute("UPDATE whole SET hash = ? WHERE n = ?", (sha256(article.encode()).digest()[:16], n))
            db.execute(f"PRAGMA user_version = {version}")
        db.close()
    report = berlin.build()
    assert report.problems == ()
    changed = {path for path, held in berlin.tree().items() if held != after[path]}
    # The newest change of an empty feed, and when an article was taken back, were kept in UTC.
    assert changed <= {"atom.xml", "rss.xml", "feed.json"}
    assert [entry.id for entry in berlin.feed().entries] == ids
    assert berlin.build().written == ()
