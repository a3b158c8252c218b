"""Documents from the web: real requests to a server on this machine."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from feedwright.checks import lint
from feedwright.checks.lint import Options, model, web
from feedwright.web import guard
from feedwright.web.guard import Trust

GOOD = b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:example.org,2026:a</id></feed>'
BOMB = gzip.compress(gzip.compress(bytes(2**24)) * 100)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server that says nothing of those who hang up."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        pass


def answer(content: bytes = GOOD, status: int = 200, **headers: str) -> Answer:
    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return say


def endless(part: bytes, pause: float = 0.0) -> Answer:
    def say(request: BaseHTTPRequestHandler) -> None:
        answer(b"", Content_Type="application/rss+xml")(request)
        for _ in range(10_000):
            request.wfile.write(part)
            time.sleep(pause)

    return say


def sent_on_with_a_bomb(request: BaseHTTPRequestHandler) -> None:
    """A redirect whose body would fill all memory if it was read: gzip within gzip."""
    answer(BOMB, 302, Location="/good", Content_Encoding="gzip, gzip", Content_Length=str(len(BOMB)))(request)


def sent_on_without_end(request: BaseHTTPRequestHandler) -> None:
    answer(b"", 302, Location="/good")(request)
    for _ in range(10_000):
        request.wfile.write(bytes(2**16))


def silent(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def slow_head(request: BaseHTTPRequestHandler) -> None:
    for _ in range(100):
        request.wfile.write(b"H")
        time.sleep(0.05)


def _port(request: BaseHTTPRequestHandler) -> int:
    return int(request.connection.getsockname()[1])


ATOM = {"Content_Type": "application/atom+xml; charset=utf-8"}
ANSWERS: dict[str, Answer] = {
    "/good": answer(**ATOM),
    "/gzip": answer(gzip.compress(GOOD), Content_Encoding="gzip", **ATOM),
    "/not-gzip": answer(GOOD, Content_Encoding="gzip", **ATOM),
    "/brotli": answer(b"?", Content_Encoding="br", **ATOM),
    "/bomb": answer(gzip.compress(bytes(30 * 2**20)), Content_Encoding="gzip", **ATOM),
    "/huge": endless(bytes(2**16)),
    "/drip": endless(b"a", 0.05),
    "/silent": silent,
    "/slow-head": slow_head,
    "/missing": answer(b"no", 404),
    "/failing": answer(b"no", 503),
    "/html": answer(Content_Type="text/html; charset=iso-8859-1"),
    "/as-rss": answer(Content_Type="application/rss+xml"),
    "/text-xml": answer(Content_Type="Text/XML"),
    "/untyped": answer(),
    "/elsewhere": answer(
        GOOD.replace(b"</feed>", b'<link rel="self" href="https://example.org/atom.xml"/></feed>'), **ATOM
    ),
    "/page": answer(b"<html></html>", Content_Type="text/html"),
    "/steering": answer(Content_Type="text/\x1b[31mred"),
    "/sent-on-with-a-bomb": sent_on_with_a_bomb,
    "/sent-on-without-end": sent_on_without_end,
    "/to-localhost": lambda request: answer(b"", 302, Location=f"http://localhost:{_port(request)}/good")(request),
    "/to-a-login": lambda request: answer(b"", 302, Location=f"http://a:b@127.0.0.1:{_port(request)}/good")(request),
    "/to-myself": lambda request: answer(b"", 302, Location=f"http://127.0.0.1:{_port(request)}/good")(request),
    "/cut-off": answer(gzip.compress(GOOD)[:-9], Content_Encoding="gzip", **ATOM),
    "/loop": answer(b"", 302, Location="/loop"),
    "/5": answer(b"", 301, Location="/4"),
    "/6": answer(b"", 301, Location="/5"),
    "/4": answer(b"", 302, Location="/3"),
    "/3": answer(b"", 307, Location="/2"),
    "/2": answer(b"", 308, Location="/1"),
    "/1": answer(b"", 303, Location="/good"),
    "/to-file": answer(b"", 302, Location="file:///etc/passwd"),
    "/to-nowhere": answer(b"", 302, Location="http://[::1"),
}


@pytest.fixture(scope="module")
def asked() -> list[BaseHTTPRequestHandler]:
    """The requests that came."""
    return []


@pytest.fixture(scope="module")
def server(asked: list[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server that answers by path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self)
            ANSWERS[self.path.partition("?")[0]](self)

        def log_message(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask no proxy for this machine, and be less patient."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(web, "SILENCE", 0.3)
    monkeypatch.setattr(web, "DEADLINE", 0.6)
    monkeypatch.setattr(web, "LARGEST", 2**20)


def document(address: str) -> model.Document:
    found = web.fetch(address)
    assert isinstance(found, model.Document)
    return found


def refusal(address: str) -> str:
    found = web.fetch(address)
    assert isinstance(found, model.Unread)
    return f"{found.problem.what} [{found.problem.code}]"


def test_a_document_comes_with_its_type_and_charset(server: str, asked: list[BaseHTTPRequestHandler]) -> None:
    good = f"{server}/good"
    assert document(good) == model.Document(good, GOOD, "application/atom+xml; charset=utf-8", address=good)
    assert asked[-1].headers["User-Agent"].startswith("Feedwright/0")
    assert asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


def test_a_compressed_document_is_read(server: str) -> None:
    assert document(f"{server}/gzip").content == GOOD


@pytest.mark.parametrize("path", ["/not-gzip", "/brotli", "/cut-off"])
def test_a_wrong_content_encoding_is_said(server: str, path: str) -> None:
    assert "compressed" in refusal(server + path)


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
def test_what_is_too_large_is_not_read_to_its_end(server: str, path: str) -> None:
    assert "more than 1048576 bytes" in refusal(server + path)


@pytest.mark.parametrize("path", ["/silent", "/drip", "/slow-head"])
def test_a_slow_server_is_not_waited_for(server: str, path: str) -> None:
    before = time.monotonic()
    assert "silent for 0.3 s" in refusal(server + path)
    assert time.monotonic() - before < 2


def test_five_redirects_are_followed_and_no_more(server: str) -> None:
    assert document(f"{server}/5").name == f"{server}/5"
    assert "redirects more than 5 times" in refusal(f"{server}/6")
    assert "redirects more than 5 times" in refusal(f"{server}/loop")


@pytest.mark.parametrize(("path", "kept"), [("/good", "/good"), ("/5", "/4"), ("/2", "/1"), ("/1", "/1")])
def test_the_address_to_keep_is_where_permanent_redirects_lead(server: str, path: str, kept: str) -> None:
    assert document(f"{server}{path}").address == f"{server}{kept}"
    assert document(f"{server.replace('//', '//ann:secret@')}{path}").address == f"{server}{kept}"


def test_a_self_link_that_leads_elsewhere_is_told(server: str) -> None:
    address = f"{server}/elsewhere"
    outcome = lint.run([address], Options(), io.BytesIO())
    (line,) = [line for line in outcome.lines if "[self-link-elsewhere]" in line]
    assert f'"https://example.org/atom.xml", and was found at "{address}"' in line


def test_a_redirect_out_of_the_web_is_not_followed(server: str) -> None:
    assert "redirects to no http or https URL" in refusal(f"{server}/to-file")
    assert "redirects to no URL [url-unreadable]" in refusal(f"{server}/to-nowhere")


@pytest.mark.parametrize("path", ["/sent-on-with-a-bomb", "/sent-on-without-end"])
def test_the_body_of_a_redirect_is_not_read(server: str, path: str) -> None:
    tracemalloc.start()
    assert document(server + path).content == GOOD
    assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    tracemalloc.stop()


def test_a_redirect_into_our_own_network_is_refused(server: str) -> None:
    assert refusal(f"{server}/to-localhost") == (
        "it redirects to localhost, which is not a public address [url-unreadable]"
    )
    assert document(f"{server}/to-myself").content == GOOD
    assert document(f"{server.replace('127.0.0.1', 'localhost')}/to-localhost").content == GOOD


def test_the_internet_sends_nobody_into_our_own_network(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = guard.is_public
    answers = iter([True])
    monkeypatch.setattr(guard, "is_public", lambda number: next(answers, None) or real(number))
    assert "redirects to 127.0.0.1, which is not a public address" in refusal(f"{server}/to-myself")


def test_an_address_that_a_document_names_is_asked_only_where_the_user_went_or_on_the_internet(server: str) -> None:
    for trust in (Trust(""), Trust("example.org")):
        found = web.fetch(f"{server}/good", trust)
        assert isinstance(found, model.Unread)
        assert found.problem.what == "it leads to 127.0.0.1, which is not a public address"
    trust = Trust()
    assert isinstance(web.fetch(f"{server}/good", trust), model.Document)
    assert (trust.host, trust.login) == ("127.0.0.1", None)
    assert isinstance(web.fetch(f"{server}/1", trust), model.Document)


def test_a_password_goes_to_its_own_origin_alone(server: str, asked: list[BaseHTTPRequestHandler]) -> None:
    address = server.replace("//", "//ann:s3cret@")
    assert document(f"{address}/1").content == GOOD
    assert [one.headers["Authorization"] for one in asked[-2:]] == ["Basic YW5uOnMzY3JldA=="] * 2
    assert "a URL with a user or password" in refusal(f"{address}/to-a-login")
    trust = Trust()
    web.fetch(f"{address}/good", trust)
    web.fetch(f"{server}/good", trust)
    assert asked[-1].headers["Authorization"] == "Basic YW5uOnMzY3JldA=="
    trust.origin = ("http", "127.0.0.1", 1)
    web.fetch(f"{server}/good", trust)
    assert asked[-1].headers["Authorization"] is None


@pytest.mark.parametrize(("path", "status"), [("/missing", "404 Not Found"), ("/failing", "503 Service Unavailable")])
def test_an_error_of_the_server_is_said(server: str, path: str, status: str) -> None:
    assert refusal(server + path) == f"the server answers {status} [http-status]"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://no-such-host.invalid/",
        "http://",
        "http://[::1",
        "http://a:b:c/",
        "http://\udcff/",
    ],
)
def test_an_address_that_leads_nowhere_is_said(address: str) -> None:
    assert "[url-unreadable]" in refusal(address)


def test_a_document_without_a_type_is_a_warning(server: str) -> None:
    found = document(f"{server}/untyped")
    assert found.media_type is None
    assert [(one.severity, one.code, one.what) for one in found.problems] == [
        ("warning", "http-type-missing", "it is served without a Content-Type"),
    ]


def test_another_type_than_that_of_the_document_is_a_warning(server: str) -> None:
    assert "warning: " in served(f"{server}/html")
    assert "[media-type]" in served(f"{server}/html")
    assert "[media-type]" in served(f"{server}/as-rss")
    assert "[media-type]" not in served(f"{server}/text-xml")
    assert "[format-unknown]" in served(f"{server}/page")


def served(address: str) -> str:
    return "\n".join(lint.run([address], Options(), io.BytesIO()).lines)


def test_a_password_is_sent_and_shown_nowhere(server: str, asked: list[BaseHTTPRequestHandler]) -> None:
    address = server.replace("//", "//ann:s3cret@")
    assert document(f"{address}/good").name == f"{server}/good"
    assert asked[-1].headers["Authorization"].startswith("Basic ")
    assert "s3cret" not in str(web.fetch(f"{address}/missing"))
    assert "s3cret" not in str(web.fetch("http://ann:s3cret@[::1"))
    assert "s3cret" not in str(web.fetch("http://ann:s3cret@127.0.0.1:1/"))


def test_the_web_and_files_are_checked_in_one_run(server: str) -> None:
    outcome = lint.run([f"{server}/good", f"{server}/missing", "-"], Options(), io.BytesIO(GOOD))
    lines = list(outcome.lines)
    assert (outcome.tally.files, outcome.tally.unread, outcome.exit_code) == (2, 1, 2)
    assert any(line.startswith(f"error: {server}/missing: the server answers 404") for line in lines)


def test_no_server_steers_a_terminal(server: str) -> None:
    printed = served(f"{server}/steering")
    assert "[media-type]" in printed
    assert "\x1b" not in printed
