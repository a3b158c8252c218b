"""A hub of another make: a plain server on the loopback that can be told to behave badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class Hub:
    """What a hub was asked, and how it answers.

    Args:
        status, phrase: of every answer.
        headers: of every answer.
        answer: a topic -> the status for it; None for `status`.
        seconds: that it takes to answer.
        closes: whether it closes each connection after its answer, without saying so.
        asked: topics, in order, whatever was answered.
        took: topics that were answered with 2xx.
        forms, connections: what was sent, and from where.
    """

    port: int = 0
    status: int = 204
    phrase: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: Callable[[str], int] | None = None
    seconds: float = 0
    closes: bool = False
    asked: list[str] = field(default_factory=list)
    took: list[str] = field(default_factory=list)
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    requests: list[tuple[str, str, str, object]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hub"

    def forget(self) -> None:
        for part in (self.asked, self.took, self.forms, self.requests):
            part.clear()


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serve a hub; at the port that it had before, where it had one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            topic = form["hub.url"][0]
            hub.requests.append((self.path, self.headers["Content-Type"], self.headers["Host"], self.client_address))
            hub.forms.append(form)
            hub.asked.append(topic)
            time.sleep(hub.seconds)
            status = hub.answer(topic) if hub.answer else hub.status
            if 200 <= status < 300:
                hub.took.append(topic)
            self.send_response(status, hub.phrase)
            for name, value in hub.headers.items():
                self.send_header(name, value)
            if status not in (204, 304):
                self.send_header("Content-Length", "0")
            self.end_headers()
            self.close_connection = hub.closes

        def do_GET(self) -> None:
            hub.asked.append("GET")
            self.send_error(405)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        # Whoever asks may have gone by the time that a slow hub answers.
        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", hub.port), Handler)
    hub.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
