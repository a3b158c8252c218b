"""feeds history: every article is there once, or it says what is not."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedwright.checks.lint import inputs
from feedwright.cli import main
from feedwright.commands.history import follow
from feedwright.commands.history.expected import expected
from feedwright.commands.history.follow import History, history
from feedwright.errors import FeedsError
from tests.conftest import SiteOnDisk
from tests.test_archives import archived


def followed(site: SiteOnDisk, name: str = "atom.xml") -> History:
    source = str(site.out / name)
    return history(source, expected(source, site.content))


def codes(found: History) -> set[str]:
    return {problem.code for problem in found.problems}


def alter(site: SiteOnDisk, path: str, old: str, new: str) -> None:
    file = site.out / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed.json"])
def test_every_article_is_found_once_through_the_archives(site: SiteOnDisk, name: str) -> None:
    archived(site).build()
    found = followed(site, name)
    assert (len(found.articles), [step.entries for step in found.steps]) == (11, [2, 3, 3, 3])
    assert (found.repeated, found.problems, found.exit_code) == (0, [], 0)


def test_a_correction_is_no_second_article(site: SiteOnDisk) -> None:
    archived(site).build()
    site.article("02.md", "Corrected.", date="2024-01-02", updated="2024-03-03").build()
    found = followed(site)
    assert (len(found.articles), found.repeated, found.problems) == (11, 1, [])


def test_changes_are_compared_whatever_their_offsets(site: SiteOnDisk) -> None:
    archived(site).build()
    site.article("02.md", "Corrected.", date="2024-01-02", updated="2024-01-01T23:00:00-05:00").build()
    assert "2024-01-01T23:00:00-05:00" in (site.out / "atom.xml").read_text()
    assert followed(site).problems == []


def test_adopted_guids_count_as_they_stand_in_rss(site: SiteOnDisk) -> None:
    archived(site).article("03.md", date="2024-01-03", guid="4711").build()
    assert followed(site, "rss.xml").problems == []
    assert "4711" in followed(site, "rss.xml").articles


def test_without_archives_what_is_out_of_reach_is_said(site: SiteOnDisk) -> None:
    archived(site).configure("limit = 2\n").build()
    found = followed(site)
    assert codes(found) == {"history-out-of-reach"}
    assert "9 of 11" in found.problems[0].what
    assert found.exit_code == 1


def test_a_document_that_is_missing_or_altered_is_said(site: SiteOnDisk) -> None:
    archived(site).build()
    alter(site, "archive/2/atom.xml", "Text 5", "Text five")
    assert codes(followed(site)) == {"history-changed"}
    (site.out / "archive/1/atom.xml").unlink()
    found = followed(site)
    assert codes(found) == {"history-changed", "history-broken", "history-out-of-reach"}
    assert "3 of 11" in found.problems[-1].what


def test_links_that_lead_in_a_circle_are_said(site: SiteOnDisk) -> None:
    archived(site).build()
    alter(site, "archive/2/atom.xml", "archive/1/atom.xml", "atom.xml")
    assert "history-loop" in codes(followed(site))


def test_documents_of_another_feed_and_wrong_links_are_said(site: SiteOnDisk) -> None:
    archived(site).build()
    alter(site, "archive/1/atom.xml", "<id>https://tides.example/</id>", "<id>https://tides.example/x</id>")
    alter(site, "archive/2/atom.xml", 'https://tides.example/atom.xml" rel="current', 'https://b.example" rel="current')
    alter(site, "archive/2/atom.xml", "archive/3/atom.xml", "archive/4/atom.xml")
    assert codes(history(str(site.out / "atom.xml"))) == {"history-other-feed", "history-current", "history-next"}


def test_an_article_twice_in_a_document_is_said(site: SiteOnDisk) -> None:
    archived(site).build()
    text = (site.out / "archive/1/atom.xml").read_text()
    entry = text[text.index("  <entry") : text.index("</entry>\n") + 9]
    alter(site, "archive/1/atom.xml", entry, entry * 2)
    assert codes(history(str(site.out / "atom.xml"))) == {"history-twice"}


def test_a_json_feed_is_followed_by_its_next_url(tmp_path: Path) -> None:
    def write(name: str, ids: list[str], next_: str = "") -> None:
        feed = {"feed_url": f"https://a.example/{name}", "items": [{"id": id_} for id_ in ids]}
        text = json.dumps({**feed, "next_url": f"https://a.example/{next_}"} if next_ else feed)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    write("feed.json", ["4", "3"], "old/1.json")
    write("old/1.json", ["2", "1"])
    found = history(str(tmp_path / "feed.json"))
    assert sorted(found.articles) == ["1", "2", "3", "4"]
    assert not found.problems


def test_feeds_of_nested_folders_are_followed_on_disk(site: SiteOnDisk) -> None:
    site.configure("limit = 1\narchive = 1\n[kinds.tag]\npath = { atom = 'topics/{term}/' }\n")
    for number in (1, 2, 3):
        site.article(f"{number}.md", date=f"2024-01-0{number}", tags="[The Sea]")
    site.build()
    found = followed(site, "topics/the-sea/index.xml")
    assert (len(found.articles), len(found.steps), found.problems) == (3, 3, [])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    (tmp_path / "out").mkdir()
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "out")))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()
    running.server_close()


def test_a_served_feed_is_followed_over_http(site: SiteOnDisk, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    archived(site).write(
        "site.toml", (site.content / "site.toml").read_text().replace("https://tides.example/", server)
    )
    site.build()
    assert main(["history", f"{server}atom.xml", str(site.content), "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"type": "summary", "articles": 11, "documents": 4, "repeated": 0, "problems": 0, "exit": 0}
    (site.out / "archive/1/atom.xml").unlink()
    assert main(["history", f"{server}atom.xml", str(site.content)]) == 1
    assert "3 of 11 are out of reach" in capsys.readouterr().out


def test_what_is_no_feed_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text("<p>no feed")
    for source in ("page.html", "missing.xml"):
        assert main(["history", str(tmp_path / source), str(tmp_path)]) == 2
        assert source in capsys.readouterr().err


# --- what strangers' feeds lead to ---


def chain(folder: Path, link: str, address: str = "https://a.example/f/feed.json") -> Path:
    """A feed of somebody else, with a link to what is older."""
    folder.mkdir(parents=True, exist_ok=True)
    feed = {"feed_url": address, "items": [{"id": "2"}], "next_url": link}
    (folder / "feed.json").write_text(json.dumps({name: value for name, value in feed.items() if value}))
    return folder / "feed.json"


def older(file: Path, link: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"items": [{"id": "1"}], "next_url": link}))
    return file


def broken(found: History) -> str:
    (problem,) = found.problems
    assert problem.code == "history-broken"
    return f"{problem.what} | {problem.hint}"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/dev/zero", "https://a.example/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/feed.json"),
        ("file:///dev/zero", "file:///feed.json"),
        ("/../../../../../../../../../../../../dev/zero", ""),
        ("https://a.example/f/%2e%2e/%2e%2e/secret.json", "https://a.example/f/feed.json"),
        ("https://a.example/secret.json", "https://a.example/f/feed.json"),
    ],
)
def test_a_strangers_feed_reads_no_file_outside_of_its_folder(tmp_path: Path, link: str, address: str) -> None:
    older(tmp_path / "secret.json")
    found = history(str(chain(tmp_path / "feed", link, address)))
    assert list(found.articles) == ["2"]
    assert "leads nowhere" in broken(found)


def test_another_folder_is_read_where_the_user_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older(tmp_path / "old.json")
    feed = str(chain(tmp_path / "feed", "https://a.example/old.json"))
    assert "outside of the folder" in broken(history(feed)) and "--root" in broken(history(feed))
    assert list(history(feed, root=str(tmp_path)).articles) == ["2", "1"]
    assert main(["history", feed, str(tmp_path), "--root", str(tmp_path)]) == 0
    assert main(["history", feed, str(tmp_path)]) == 1
    assert "--root" in capsys.readouterr().err


def test_no_pipe_device_or_link_to_elsewhere_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    feed = str(chain(folder, "https://a.example/f/old.json"))
    old = folder / "old.json"
    os.mkfifo(old)
    assert "not a regular file" in broken(history(feed))
    old.unlink()
    old.mkdir()
    assert "not a regular file" in broken(history(feed))
    old.rmdir()
    for target in ("/dev/zero", str(older(tmp_path / "secret.json"))):
        old.symlink_to(target)
        assert "outside of the folder" in broken(history(feed))
        old.unlink()
    old.symlink_to(older(folder / "real.json").name)
    assert list(history(feed).articles) == ["2", "1"]
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(FeedsError, match="not a regular file"):
        history(str(tmp_path / "pipe.json"))


def test_a_document_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LARGEST", 1000)
    feed = str(chain(tmp_path, "https://a.example/f/old.json"))
    older(tmp_path / "old.json").write_bytes(bytes(1001))
    assert "more than 1000 bytes" in broken(history(feed))


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_of_our_own_feed_only_what_is_below_out_is_read(site: SiteOnDisk, tmp_path: Path, name: str) -> None:
    archived(site).build()
    document = site.out / "archive/2" / name
    document.rename(tmp_path / "moved.xml")
    document.symlink_to(tmp_path / "moved.xml")
    found = followed(site, name)
    assert "history-broken" in codes(found)
    assert any(f"outside of the folder {site.out}" in problem.what for problem in found.problems)
    (site.out / name).rename(tmp_path / "first.xml")
    (site.out / name).symlink_to(tmp_path / "first.xml")
    with pytest.raises(FeedsError, match="outside of the folder"):
        followed(site, name)


@pytest.mark.parametrize("link", ["gopher://a.example/", "javascript:alert(1)", "http://[::1", "//[", "file://b/c"])
def test_what_is_no_address_is_said(tmp_path: Path, server: str, link: str) -> None:
    assert "leads nowhere" in broken(history(str(chain(tmp_path / "feed", link))))
    chain(tmp_path / "out", link, f"{server}feed.json")
    assert "leads nowhere" in broken(history(f"{server}feed.json"))


def test_a_password_is_shown_nowhere(tmp_path: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    chain(tmp_path / "out", "old.json", "")
    older(tmp_path / "out/old.json")
    address = server.replace("//", "//ann:s3cret@")
    assert main(["history", f"{address}feed.json", str(tmp_path)]) == 0
    (tmp_path / "out/feed.json").write_text("no feed")
    assert main(["history", f"{address}feed.json", str(tmp_path)]) == 2
    assert main(["history", f"{address}none.json", str(tmp_path)]) == 2
    assert main(["ids", str(tmp_path), "--adopt", f"{address}feed.json"]) == 2
    assert main(["preview", f"{address}feed.json"]) == 2
    printed = capsys.readouterr()
    assert "s3cret" not in printed.out + printed.err


def test_a_document_names_no_address_in_our_own_network(tmp_path: Path, server: str) -> None:
    older(tmp_path / "out/old.json")
    private = f"{server}old.json"
    assert "not a public address" in broken(history(str(chain(tmp_path / "feed", private))))
    local = server.replace("127.0.0.1", "localhost")
    chain(tmp_path / "out", private, f"{local}feed.json")
    assert "leads to 127.0.0.1, which is not a public address" in broken(history(f"{local}feed.json"))
    assert list(history(f"{server}feed.json").articles) == ["2", "1"]


def test_a_history_that_never_ends_is_not_followed_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = str(chain(tmp_path, "https://a.example/f/1.json"))
    for number in range(1, 9):
        older(tmp_path / f"{number}.json", f"https://a.example/f/{number + 1}.json")
    monkeypatch.setattr(follow, "MOST", 5)
    found = history(feed)
    assert (len(found.steps), [problem.code for problem in found.problems]) == (5, ["history-endless"])
    monkeypatch.setattr(follow, "LARGEST", 1)
    assert len(history(feed).steps) == 2
