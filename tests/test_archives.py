"""Archived feeds: whoever follows the links has every article, and what was closed never changes."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from feedwright import check
from feedwright.commands.prune import prune
from feedwright.errors import FeedsError
from feedwright.pipeline import build
from feedwright.publish.archives import store
from tests.conftest import SiteOnDisk

BASE = "https://tides.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
CLOSED = b'rel="next-archive"'


@dataclass
class Document:
    """What a client reads of a document: its links by relation, and its entries by id."""

    links: dict[str, str]
    entries: list[tuple[str, str, str]]
    archive: bool

    @property
    def ids(self) -> list[str]:
        return [id_ for id_, _, _ in self.entries]


def read(content: bytes) -> Document:
    if content.startswith(b"{"):
        return read_json(json.loads(content))
    root = etree.fromstring(content)
    head = root if root.tag == f"{ATOM}feed" else root[0]
    links = {str(link.get("rel")): str(link.get("href")) for link in head.findall(f"{ATOM}link")}
    archive = head.find("{http://purl.org/syndication/history/1.0}archive") is not None
    if root.tag == f"{ATOM}feed":
        names = (f"{ATOM}id", f"{ATOM}updated", f"{ATOM}content")
        entries = [tuple(entry.findtext(name) or "" for name in names) for entry in head.findall(f"{ATOM}entry")]
    else:
        encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
        entries = [
            (item.findtext("guid") or "", item.findtext(f"{ATOM}updated") or "", item.findtext(encoded) or "")
            for item in head.findall("item")
        ]
    return Document(links, entries, archive)  # type: ignore[arg-type]


def read_json(feed: dict[str, Any]) -> Document:
    links = {"self": feed["feed_url"], **({"prev-archive": feed["next_url"]} if "next_url" in feed else {})}
    entries = [(item["id"], item.get("date_modified", ""), item.get("content_html", "")) for item in feed["items"]]
    return Document(links, entries, archive=True)


@dataclass
class Client:
    """A subscriber that follows archives as RFC 5005 §4.2 has it, and never reads an archive document twice."""

    out: Path
    subscription: str
    have: dict[str, tuple[str, str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def fetch(self, address: str) -> Document:
        assert address.startswith(BASE), address
        return read((self.out / address.removeprefix(BASE)).read_bytes())

    def poll(self) -> None:
        """Newer documents come first, and of two entries with one id the later change counts, else the newer one."""
        document = self.fetch(BASE + self.subscription)
        fresh: dict[str, tuple[str, str]] = {}
        while True:
            assert len(document.ids) == len(set(document.ids))
            for id_, updated, text in document.entries:
                if id_ not in fresh or updated > fresh[id_][0]:
                    fresh[id_] = updated, text
            before = document.links.get("prev-archive")
            if before is None or before in self.seen:
                break
            self.seen.add(before)
            document = self.fetch(before)
            assert document.archive
            assert document.links.get("current", BASE + self.subscription) == BASE + self.subscription
        for id_, (updated, text) in fresh.items():
            if id_ not in self.have or updated >= self.have[id_][0]:
                self.have[id_] = updated, text


def archives(site: SiteOnDisk) -> dict[str, bytes]:
    return {path: held for path, held in site.tree().items() if path.startswith("archive/")}


def without_next(content: bytes) -> bytes:
    return b"\n".join(line for line in content.split(b"\n") if CLOSED not in line)


def chain(site: SiteOnDisk, subscription: str) -> list[Document]:
    """All documents of a feed, the subscription document first."""
    client = Client(site.out, subscription)
    found = [client.fetch(BASE + subscription)]
    while before := found[-1].links.get("prev-archive"):
        found.append(client.fetch(before))
    return found


def archived(site: SiteOnDisk, count: int = 11, more: str = "") -> SiteOnDisk:
    """A site whose feeds show the newest two, and whose archive documents hold three."""
    site.configure(f"limit = 2\narchive = 3\n{more}")
    for number in range(1, count + 1):
        site.article(f"{number:02}.md", f"Text {number}.", date=f"2024-01-{number:02}")
    return site


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_archives_are_filled_from_the_oldest_and_linked(site: SiteOnDisk, name: str) -> None:
    archived(site).build()
    documents = chain(site, name)
    assert [len(one.entries) for one in documents] == [2, 3, 3, 3]
    assert [one.archive for one in documents] == [False, True, True, True]
    assert [id_[-2:] for id_ in documents[3].ids] == ["03", "02", "01"]
    prev = [one.links.get("prev-archive") for one in documents]
    assert prev == [*(f"{BASE}archive/{n}/{name}" for n in (3, 2, 1)), None]
    assert [one.links.get("next-archive") for one in documents] == [None, None, prev[0], prev[1]]
    assert [one.links.get("current") for one in documents] == [None, *[BASE + name] * 3]
    assert [one.links["self"] for one in documents] == [BASE + name, *prev[:3]]
    for path, held in site.tree().items():
        assert not check(held), path


def test_archive_documents_name_no_hub(site: SiteOnDisk) -> None:
    archived(site, more='hubs = ["https://hub.example/"]\n').build()
    assert all((b"hub.example" in held) == ("/" not in path) for path, held in site.tree().items())


def test_json_feeds_lead_to_what_is_older_by_next_url(site: SiteOnDisk) -> None:
    archived(site).build()
    assert [len(one.entries) for one in chain(site, "feed.json")] == [2, 3, 3, 3]
    before = archives(site)
    for number in (12, 13, 14):
        site.article(f"{number}.md", date=f"2024-01-{number}").build()
    assert archives(site)["archive/3/feed.json"] == before["archive/3/feed.json"]


def test_without_the_setting_there_is_no_archive(site: SiteOnDisk) -> None:
    archived(site).configure("limit = 2\n").build()
    assert not archives(site)
    assert b"archive" not in site.tree()["atom.xml"]


def test_what_is_in_no_archive_yet_stays_in_the_subscription_document(site: SiteOnDisk) -> None:
    archived(site, 4).build()
    assert site.titles() == ["04", "03", "02", "01"]
    site.article("05.md", date="2024-01-05").build()
    assert site.titles() == ["05", "04"]
    assert [id_[-2:] for id_ in chain(site, "atom.xml")[1].ids] == ["03", "02", "01"]


def test_an_article_with_an_old_date_reaches_those_who_follow(site: SiteOnDisk) -> None:
    archived(site).build()
    site.article("late.md", date="2023-05-05").build()
    assert site.titles() == ["11", "10", "late"]


def test_a_correction_appears_again_and_the_archive_stays_as_it_was(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    site.article("02.md", "Text 2, corrected.", date="2024-01-02").build()
    assert site.titles() == ["11", "10", "02"]
    assert archives(site) == before
    for number in (12, 13):
        site.article(f"{number}.md", date=f"2024-01-{number}").build()
    assert site.titles() == ["13", "12"]
    assert [id_[-2:] for id_ in chain(site, "atom.xml")[1].ids] == ["11", "10", "02"]


def test_a_withdrawn_article_leaves_the_subscription_document_and_stays_in_its_archive(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    site.article("02.md", draft=True).article("11.md", draft=True).build()
    assert site.titles() == ["10", "09"]
    assert archives(site) == before


def test_an_archive_document_is_told_its_next_once_and_is_closed(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    for number in (12, 13, 14):
        site.article(f"{number}.md", date=f"2024-01-{number}").build()
    after = archives(site)
    assert set(after) - set(before) == {f"archive/4/{name}" for name in ("atom.xml", "feed.json", "rss.xml")}
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"archive/3/atom.xml", "archive/3/rss.xml"}
    for path in changed:
        assert CLOSED not in before[path]
        assert without_next(after[path]) == before[path]


def test_a_build_with_nothing_to_do_touches_no_archive(site: SiteOnDisk) -> None:
    archived(site).build()
    stamps = {path: (site.out / path).stat() for path in site.tree()}
    assert not site.build().written
    assert not site.build(full=True).written
    assert stamps == {path: (site.out / path).stat() for path in site.tree()}


def test_what_is_lost_or_altered_in_the_output_folder_comes_back_bit_by_bit(site: SiteOnDisk) -> None:
    archived(site).build()
    before = site.tree()
    (site.out / "archive/1/atom.xml").unlink()
    (site.out / "archive/2/rss.xml").write_bytes(before["archive/2/rss.xml"].replace(b"Tides", b"spoilt"))
    report = site.article("01.md", "Now it says something else.", date="2024-01-01").build()
    assert [problem.code for problem in report.problems] == ["document-altered"]
    assert archives(site) == {path: held for path, held in before.items() if path.startswith("archive/")}
    shutil.rmtree(site.out)
    site.build()
    assert archives(site) == {path: held for path, held in before.items() if path.startswith("archive/")}


def test_archives_outlast_the_catalog(site: SiteOnDisk) -> None:
    archived(site).build()
    site.article("02.md", "Text 2, corrected.", date="2024-01-02").build()
    before = site.tree()
    (site.content / ".feeds" / "catalog.db").unlink()
    site.build()
    assert site.tree() == before


def test_archives_outlast_the_ledger(site: SiteOnDisk) -> None:
    archived(site).build()
    site.article("02.md", "Text 2, corrected.", date="2024-01-02").build()
    before = site.tree()
    for name in ("ledger.db", "catalog.db"):
        (site.content / ".feeds" / name).unlink()
        site.build()
        assert site.tree() == before
    for number in (12, 13):
        site.article(f"{number}.md", date=f"2024-01-{number}").build()
    assert [len(one.entries) for one in chain(site, "atom.xml")] == [2, 3, 3, 3, 3]


def test_archives_that_were_kept_and_never_published_are_made_anew(site: SiteOnDisk) -> None:
    (site.out).mkdir()
    mark = '<feed xmlns="http://www.w3.org/2005/Atom"><generator>Feedwright</generator>'
    (site.out / "atom.xml").write_text(f"{mark}another site's <entry> </entry></feed>")
    with pytest.raises(FeedsError):
        archived(site).build()
    (site.out / "atom.xml").unlink()
    for number in range(1, 12):
        site.article(f"{number:02}.md", f"Mended {number}.", date=f"2024-01-{number:02}")
    site.build()
    assert b"Mended 1." in archives(site)["archive/1/atom.xml"]


def test_an_older_ledger_changes_no_archive_document(site: SiteOnDisk) -> None:
    archived(site).build()
    older = (site.content / ".feeds/ledger.db").read_bytes()
    site.article("late.md", date="2023-05-05").build()
    for number in (12, 13, 14, 15):
        site.article(f"{number}.md", date=f"2024-01-{number}").build()
    before = archives(site)
    (site.content / ".feeds/ledger.db").write_bytes(older)
    site.build()
    assert archives(site) == before
    assert len({id_ for document in chain(site, "atom.xml") for id_ in document.ids}) == 16


def test_archives_follow_the_feeds_into_another_output_folder(site: SiteOnDisk) -> None:
    archived(site).build()
    before = site.tree()
    build(site.content, site.root / "elsewhere", now=site.now)
    there = site.root / "elsewhere"
    assert {path: (there / path).read_bytes() for path in before} == before


def test_a_try_writes_no_archive(site: SiteOnDisk) -> None:
    report = archived(site).build(dry_run=True)
    assert "archive/1/atom.xml" in report.written
    assert not site.out.exists()
    assert not (site.content / ".feeds").exists()


def test_a_document_that_is_lost_with_its_copy_is_made_anew_and_said(site: SiteOnDisk) -> None:
    archived(site).build()
    (site.out / "archive/2/atom.xml").unlink()
    for copy in (site.content / ".feeds/archive/2").glob("atom.xml.*"):
        copy.unlink()
    assert "archive-lost" in {problem.code for problem in site.build().problems}
    assert not site.build().problems
    assert [len(one.entries) for one in chain(site, "atom.xml")] == [2, 3, 3, 3]


@pytest.mark.parametrize("what", ["its bytes", "what it says of them"])
def test_a_copy_that_is_not_what_was_kept_is_lost_though_it_can_be_read(site: SiteOnDisk, what: str) -> None:
    archived(site).build()
    right = site.tree()
    (site.out / "archive/2/atom.xml").unlink()
    (copy,) = (site.content / ".feeds/archive/2").glob("atom.xml.*")
    line, _, document = gzip.decompress(copy.read_bytes()).partition(b"\n")
    if what == "its bytes":
        document = document.replace(b"Text", b"Test")
    else:
        other = document.replace(b"Text", b"Test")
        line = line.replace(store.hash_of(document).encode(), store.hash_of(other).encode())
        document = other
    copy.write_bytes(gzip.compress(line + b"\n" + document))
    assert "archive-lost" in {problem.code for problem in site.build().problems}
    assert not site.build().problems
    assert site.tree() == right


def test_what_is_kept_beside_archive_documents_and_is_not_ours_stays(site: SiteOnDisk) -> None:
    state = site.content / ".feeds/archive/1"
    state.mkdir(parents=True)
    for name in ("atom.xml.bak", "atom.xml.gz", "atom.xml.0123456789ab.gz.bak"):
        (state / name).write_text("mine")
    (state / "atom.xml.0123456789ab.gz").write_text("older, of ours")
    archived(site).build()
    names = sorted(path.name for path in state.glob("atom.xml.*") if path.read_bytes()[:2] != b"\x1f\x8b")
    assert names == ["atom.xml.0123456789ab.gz.bak", "atom.xml.bak", "atom.xml.gz"]


def test_a_file_of_somebody_else_is_not_overwritten_by_an_archive_document(site: SiteOnDisk) -> None:
    (site.out / "archive/2").mkdir(parents=True)
    (site.out / "archive/2/atom.xml").write_text("mine")
    report = archived(site).build()
    assert "not-ours" in {problem.code for problem in report.problems}
    assert (site.out / "archive/2/atom.xml").read_text() == "mine"
    assert not (site.out / "atom.xml").exists()
    (site.out / "archive/2/atom.xml").unlink()
    site.build()
    assert [len(one.entries) for one in chain(site, "atom.xml")] == [2, 3, 3, 3]


def test_pruning_removes_the_archives_of_retired_feeds_alone(site: SiteOnDisk) -> None:
    site.configure("archive = 1\nlimit = 1\n")
    for number in range(1, 4):
        site.article(f"{number}.md", date=f"2024-01-0{number}", tags="[sea]")
    site.article("4.md", date="2024-01-04")
    site.build()
    for number in range(1, 4):
        site.article(f"{number}.md", date=f"2024-01-0{number}")
    site.build()
    before = archives(site)
    prune(site.content, site.out)
    gone = {path for path in before if path not in archives(site)}
    assert gone == {path for path in before if "/tag/" in path} != set()
    assert not (site.content / ".feeds/archive/tag").exists()
    assert (site.content / ".feeds/archive/1").exists()


def test_closed_documents_keep_their_addresses_whatever_is_configured(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    archived(site, more="[kinds.site]\npath = { atom = 'new.xml', rss = 'news.xml' }\n")
    site.write("site.toml", (site.content / "site.toml").read_text().replace("archive = 3", "archive = 2"))
    site.article("12.md", date="2024-01-12").article("13.md", date="2024-01-13").build()
    after = archives(site)
    assert [len(one.entries) for one in chain(site, "new.xml")] == [2, 2, 3, 3, 3]
    assert {path for path in before if before[path] != after[path]} == {"archive/3/atom.xml", "archive/3/rss.xml"}


def test_archives_that_are_switched_off_stay_linked(site: SiteOnDisk) -> None:
    archived(site).build()
    before = archives(site)
    site.configure("limit = 2\n").article("12.md", date="2024-01-12").build()
    assert site.titles() == ["12", "11"]
    assert chain(site, "atom.xml")[0].links["prev-archive"] == f"{BASE}archive/3/atom.xml"
    assert archives(site) == before


def test_a_format_that_comes_later_gets_all_archives(site: SiteOnDisk) -> None:
    archived(site, more="formats = ['atom']\n").build()
    before = archives(site)
    archived(site).build()
    assert [len(one.entries) for one in chain(site, "rss.xml")] == [2, 3, 3, 3]
    assert {path: held for path, held in archives(site).items() if path in before} == before


def test_only_the_kinds_that_ask_for_it_get_archives(site: SiteOnDisk) -> None:
    site.configure("limit = 2\n[kinds.tag]\narchive = 3\n")
    for number in range(1, 9):
        site.article(f"{number}.md", date=f"2024-01-0{number}", tags="[sea]")
    site.build()
    assert {path.rpartition("/")[0] for path in archives(site)} == {"archive/tag/sea/1", "archive/tag/sea/2"}


def simulate(site: SiteOnDisk, count: int, size: int, polls: int, seed: int) -> None:
    """A month in which articles are published one by one, with edits and deletions; a client looks in now and then."""
    random = Random(seed)
    site.configure(f"limit = 20\narchive = {size}\n[kinds.section]\nenabled = false\n")
    # Later than any file is written, so that none counts as just changed.
    now = datetime(2031, 6, 1, tzinfo=UTC)
    step = timedelta(days=30) / count
    clients = [Client(site.out, name) for name in ("atom.xml", "rss.xml", "feed.json")]
    moments = set(random.sample(range(count), polls))
    closed: dict[str, bytes] = {}
    complete: dict[str, bytes] = {}
    texts: dict[str, str] = {}
    deleted: set[str] = set()
    for number in range(count):
        now += step
        key = f"{number % 100:02}/{number}.md"
        # One in ten has an old date.
        date = now - timedelta(days=random.randrange(1, 900)) if number % 10 == 7 else now
        texts[key] = f"Text {number}."
        site.article(key, texts[key], date=date.isoformat(), title=f"Tide {number}")
        living = sorted(texts)
        if number % 9 == 5:
            edited = random.choice(living)
            written = (site.content / edited).read_text().replace(texts[edited], f"Edited at {number}.")
            texts[edited] = f"Edited at {number}."
            site.write(edited, written)
        if number % 25 == 20:
            gone = random.choice(living)
            (site.content / gone).unlink()
            del texts[gone]
            deleted.add(gone)
        site.build(now)
        for path, held in archives(site).items() if number % max(1, count // 100) == 0 else ():
            assert held == closed.get(path, held), f"{path} was closed and has changed"
            assert without_next(held) == complete.setdefault(path, without_next(held))
            if CLOSED in held:
                closed[path] = held
        if number in moments:
            for client in clients:
                client.poll()
    newcomer = [Client(site.out, name) for name in ("atom.xml", "rss.xml", "feed.json")]
    for client in (*clients, *newcomer):
        client.poll()
        have = {id_.partition(":")[2].partition(":")[2]: text.strip() for id_, (_, text) in client.have.items()}
        expected = {key.removesuffix(".md"): f"<p>{text}</p>" for key, text in texts.items()}
        assert {key: have.get(key) for key in expected} == expected
        assert set(have) - set(expected) <= {key.removesuffix(".md") for key in deleted}
    assert len(closed) >= 2 * (count // size // 2)
    assert max(len(one.entries) for one in chain(site, "atom.xml")) < 20 + size


def test_a_client_that_polls_at_random_moments_has_every_article_in_the_end(site: SiteOnDisk) -> None:
    simulate(site, 60, 5, 4, 1)


@pytest.mark.slow
def test_a_client_that_polls_at_random_moments_has_every_one_of_10_000_articles_in_the_end(site: SiteOnDisk) -> None:
    simulate(site, 10_000, 100, 40, 2)
