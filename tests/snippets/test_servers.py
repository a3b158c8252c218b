"""Real servers do with a snippet what `feedwright.serve.delivery` says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from feedwright.serve.delivery import Gone, Redirect, Served
from feedwright.serve.snippets import rules
from tests.conftest import LOCK
from tests.snippets.servers import SERVERS, needed, refused, running
from tests.snippets.sites import ROOTS, Made, made

FIELDS = ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin")
HIDDEN = 403, 404
ALL = [pytest.param((server, place), id=f"{server}-{place}") for server in SERVERS for place in ROOTS]


class Running:
    """A site that is served."""

    def __init__(self, one: Made, client: httpx.Client) -> None:
        self.made, self.client = one, client
        self.root = rules.raw_root(one.delivery)

    def get(self, address: str, method: str = "GET", **headers: str) -> httpx.Response:
        """The answer at an address below the feeds' root, percent-decoded."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, self.root + quote(address), headers={"Accept-Encoding": "", **named})


@pytest.fixture(scope="module", params=ALL)
def served(request: pytest.FixtureRequest) -> Iterator[Running]:
    name, place = request.param
    needed(SERVERS[name])
    # Servers that are started as root give that up, and could not read below pytest's own folder.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        one = made(Path(folder), ROOTS[place])
        for path in ("feeds.css", "tag/x.txt"):
            (one.site.out / path).write_text("Feedwright")
        with running(SERVERS[name], one.snippet(name), one.pages) as base, httpx.Client(base_url=base) as client:
            yield Running(one, client)


def link(answer: httpx.Response) -> set[str]:
    """The links of an answer; our addresses hold no comma followed by a space."""
    return set(answer.headers["Link"].split(", ")) if "Link" in answer.headers else set()


def test_each_document_has_the_fields_that_it_should_have(served: Running) -> None:
    documents = list(served.made.delivery.documents.values())
    assert len(documents) == 18
    for one in documents:
        answer = served.get(one.address)
        assert answer.status_code == 200, (one.address, answer.text)
        assert answer.content == (served.made.site.out / one.path).read_bytes()
        fields = {name: answer.headers.get(name) for name in FIELDS}
        assert fields == {name: one.headers.get(name) for name in FIELDS}
        expected = set(one.link.split(", "))
        # nginx has no way to write that.
        assert {part.replace("$", "%24") for part in link(answer)} == {part.replace("$", "%24") for part in expected}


def test_a_document_is_asked_for_again_with_its_etag_or_date(served: Running) -> None:
    for one in served.made.delivery.documents.values():
        first = served.get(one.address)
        for asked in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
            again = served.get(one.address, **asked)
            assert again.status_code == 304, (one.address, asked)
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert again.headers["ETag"] == first.headers["ETag"]
            assert "accept-encoding" in again.headers["Vary"].lower()
        changed = served.get(one.address, If_None_Match='"other"')
        assert (changed.status_code, changed.content) == (200, first.content)


def test_a_part_and_the_head_alone_can_be_asked_for(served: Running) -> None:
    part = served.get("atom.xml", Range="bytes=2-5")
    assert (part.status_code, part.content) == (206, served.get("atom.xml").content[2:6])
    head = served.get("atom.xml", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == served.get("atom.xml").headers["ETag"]


def test_old_addresses_are_redirected_for_good(served: Running) -> None:
    redirects = served.made.delivery.redirects
    assert len(redirects) == 6
    for one in redirects.values():
        answer = served.get(one.address)
        assert answer.status_code == 301, one.address
        assert answer.headers["Location"].replace("%24", "$") == one.target
        assert answer.headers["Cache-Control"] == "max-age=3600"


def test_what_was_pruned_is_gone(served: Running) -> None:
    assert len(served.made.delivery.gone) == 7
    for address in served.made.delivery.gone:
        assert served.get(address).status_code == 410, address


def test_a_new_term_needs_no_new_snippet(served: Running) -> None:
    found = served.made.delivery.at("tag/new €/rss.xml")
    assert isinstance(found, Served)
    file = served.made.site.out / found.path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"<rss/>")
    answer = served.get(found.address)
    assert (answer.status_code, answer.content) == (200, b"<rss/>")
    assert answer.headers["Content-Type"] == found.content_type
    assert f'<{found.self_url}>; rel="self"' in link(answer)


@pytest.mark.parametrize(
    "path", [LOCK, "tag/.new.xml", ".hidden/rss.xml", "tag/.hidden/rss.xml", "tag/..%2f..%2fx/rss.xml"]
)
def test_what_is_hidden_is_never_served(served: Running, path: str) -> None:
    file = served.made.site.out / path
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"secret")
    assert served.get(path).status_code in HIDDEN


def test_no_folder_is_listed(served: Running) -> None:
    for path in ("tag/", "tag", "section/land/"):
        answer = served.get(path)
        assert answer.status_code in (301, *HIDDEN), path
        assert "rss.xml" not in answer.text


def test_a_document_that_was_not_compressed_is_asked_for_again_as_cheaply(served: Running) -> None:
    first = served.get("section/land/rss.xml", Accept_Encoding="gzip")
    again = served.get("section/land/rss.xml", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert again.status_code == 304


def test_lists_and_pages_have_the_fields_that_they_should_have(served: Running) -> None:
    month = served.made.delivery.at("sitemap-2024-06.xml")
    assert isinstance(month, Served)
    (served.made.site.out / month.path).write_text(f"Feedwright made {month.path}")
    others = [*(one for one in served.made.delivery.others if one.path in ("feeds.opml", "sitemap.xml")), month]
    assert len(others) == 3
    for one in others:
        answer = served.get(one.address)
        assert {name: answer.headers.get(name) for name in FIELDS} == {name: one.headers.get(name) for name in FIELDS}
        assert answer.text == f"Feedwright made {one.path}"


def test_where_the_feeds_have_no_root_of_their_own_the_site_is_as_it_was(served: Running) -> None:
    if rules.own_space(served.made.delivery):
        page = served.get("")
        assert page.text == served.get("index.html").text == "Feedwright made index.html"
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert served.get("feeds.css").headers["Content-Type"] == "text/css; charset=utf-8"
        assert served.get("tag/x.txt").headers["Cache-Control"] == "max-age=3600"
    else:
        assert served.get("").text == "The site's own front page."
        assert served.get("about.html").text == "The site's own."
        assert served.get("feeds.css").status_code == 404


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_takes_thousands_of_old_addresses(tmp_path: Path, name: str) -> None:
    needed(SERVERS[name])
    one = made(tmp_path)
    terms = [f"ü{number}-{'x' * 60}" for number in range(3000)]
    like = one.delivery.documents["atom.xml"]
    documents = {path: replace(like, path=path, address=path) for path in (f"former/{term}.xml" for term in terms)}
    many = replace(
        one.delivery,
        documents=documents,
        redirects={f"old/{term}": Redirect(f"old/{term}", like.self_url) for term in terms},
        gone={f"gone/{term}": Gone(f"gone/{term}") for term in terms},
    )
    assert refused(SERVERS[name], Made(one.site, many).snippet(name), one.pages) == ""
