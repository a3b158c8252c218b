"""The application: an RSGI interface (granian's own, without the cost of ASGI's messages) to a folder of documents."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from feedwright.serve import responses
from feedwright.serve.codings import Coded, Compressed, available
from feedwright.serve.delivery import Gone, Redirect, Served, other
from feedwright.serve.files import LARGE, examine, opened, read, stamp
from feedwright.serve.host import names_one_host
from feedwright.serve.open_files import HeldOpen
from feedwright.serve.reload import Described, Where, brought_up_to_date, is_outdated, started
from feedwright.serve.responses import Answer, Part, Ready, varies
from feedwright.serve.rsgi import Fields, HTTPProtocol, Scope

REMEMBERED = 4096
"""Addresses whose files' validators are remembered: some kilobytes each."""

AT_ONCE = 1 << 17
"""Bytes from which a file is looked at by another thread: below, even to compress it takes but some milliseconds."""

TRIES = 10
"""Times that a file is looked at anew when a build swaps it while it is read."""

CHECKED = 1.0
"""Seconds between two looks at whether configuration or ledger have changed."""


class Request(NamedTuple):
    """What is asked for; `path` is percent-decoded."""

    method: str
    path: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Copied:
    """The header of a request, for other threads."""

    lines: Sequence[tuple[str, str]]

    def get_all(self, key: str, /) -> Sequence[str]:
        """As `Fields` has it."""
        return [value for name, value in self.lines if name == key]

    def items(self) -> Sequence[tuple[str, str]]:
        """As `Fields` has it."""
        return self.lines


class Application:
    """Serves a folder.

    Args:
        where: the folder, and where it is described.
        described: how it is to be served; None for what is to be found out.
    """

    def __init__(self, where: Where, described: Described | None = None) -> None:
        self.where = where
        self.root = os.fspath(where.out.absolute())
        self.compressed = Compressed(available())
        self.described = described or started(where)
        self.ready: dict[str, Ready] = {}
        self.checked = time.monotonic()
        self.not_before = 0.0
        self.held_open = HeldOpen()
        self.lock = Lock()
        self.threads = ThreadPoolExecutor(2, "files")

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request."""
        if time.monotonic() - self.checked > CHECKED:
            self.checked = time.monotonic()
            self.threads.submit(self.look_up)
        request = Request(scope.method, scope.path, scope.headers)
        if not names_one_host(scope.http_version, scope.headers.get_all("host")):
            self._sent(request, responses.wrong_host(), proto)
            return
        try:
            await self._respond(request, proto)
        except OSError:
            # Nothing was sent yet. What is not there is no error.
            self._sent(request, responses.unreadable(), proto)

    async def _respond(self, request: Request, proto: HTTPProtocol) -> None:
        for _ in range(TRIES):
            answer = self.known(request)
            if answer is None:
                answer = await self._found(request)
            if self._sent(request, answer, proto):
                return
            self.ready.pop(request.path, None)
        self._sent(request, responses.busy(), proto)

    def _sent(self, request: Request, answer: Answer, proto: HTTPProtocol) -> bool:
        """Send an answer; whether its file was still as the answer says."""
        if request.method == "HEAD" and answer.status != 304:
            proto.response_empty(answer.status, [*answer.headers, ("content-length", str(answer.length))])
        elif isinstance(answer.body, Part):
            return self._part_sent(answer, answer.body, proto)
        elif answer.body:
            proto.response_bytes(answer.status, answer.headers, answer.body)
        else:
            proto.response_empty(answer.status, answer.headers)
        return True

    def _part_sent(self, answer: Answer, part: Part, proto: HTTPProtocol) -> bool:
        if isinstance(part.content, Coded):
            whole = self.compressed.bytes_of(part.content.of, part.content.coding)
            if whole is None:
                return False
            proto.response_bytes(answer.status, answer.headers, whole[part.start : part.end])
            return True
        if answer.length < LARGE:
            with opened(part.content) as descriptor:
                found = None if descriptor is None else read(descriptor, part.content, part.start, part.end)
            if found is None:
                return False
            proto.response_bytes(answer.status, answer.headers, found)
            return True
        file = self.held_open.path(part.content)
        if file is None:
            return False
        headers = [*answer.headers, ("content-length", str(answer.length))]
        proto.response_file_range(answer.status, headers, file, part.start, part.end)
        return True

    def look_up(self) -> None:
        """See whether configuration or ledger have changed."""
        now = brought_up_to_date(self.where, self.described)
        stale = now.delivery != self.described.delivery
        self.described = now
        # What cannot be read now is not tried for each request.
        self.not_before = time.monotonic() + CHECKED if is_outdated(self.where, now) else 0.0
        if stale:
            # In this order: what is remembered from now on is made from the new one.
            self.ready = {}

    def answer(self, request: Request) -> Answer:
        """Answer a request, reading what has to be read for that."""
        try:
            found = self.known(request) or self._examined(request)
            if found.status in (301, 404, 410) and self._is_outdated():
                # Something was given up, moved or came back since it was last looked at.
                self.look_up()
                found = self._examined(request)
        except OSError:
            return responses.unreadable()
        return found

    def _is_outdated(self) -> bool:
        return time.monotonic() >= self.not_before and is_outdated(self.where, self.described)

    def known(self, request: Request) -> Answer | None:
        """The answer where its file is as it was when it was read; else None."""
        one = self.ready.get(request.path)
        if one is None or request.method not in ("GET", "HEAD") or not one.held.is_same():
            return None
        return self._answered(request, one, int(time.time()))

    def _answered(self, request: Request, one: Ready, now: int) -> Answer:
        return responses.respond(request.method, request.fields, one, self.compressed.codings, now)

    async def _found(self, request: Request) -> Answer:
        """As `answer`, in another thread where that may take long."""
        there = stamp(self.root + request.path)
        if (there is None and not self._is_outdated()) or (there and there.size < AT_ONCE):
            return self.answer(request)
        copied = Request(request.method, request.path, Copied(list(request.fields.items())))
        return await asyncio.get_running_loop().run_in_executor(self.threads, self.answer, copied)

    def _examined(self, request: Request) -> Answer:
        ready, described = self.ready, self.described.delivery
        address = request.path.removeprefix("/")
        found = described.at(address) if request.path.startswith("/") else None
        if request.method == "OPTIONS":
            return responses.options(isinstance(found, Served) and found.shared)
        if request.method not in ("GET", "HEAD"):
            return responses.unknown_method()
        if isinstance(found, Redirect):
            return responses.moved(_below(found.target, described.site.feeds_url))
        if isinstance(found, Gone):
            return responses.gone(other(described.site, "").max_age)
        if found is None:
            return responses.missing()
        held = examine(self.root, found.path, self.compressed if varies(found) else None)
        if held is None:
            return self._folder(address)
        now = int(time.time())
        one = responses.ready(found, held, now)
        if held.lasting:
            self._remember(ready, request.path, one)
        return self._answered(request, one, now)

    def _folder(self, address: str) -> Answer:
        """A folder's address without its slash leads to that with it, where it has an index."""
        index = self.described.delivery.at(f"{address}/")
        if address and not address.endswith("/") and isinstance(index, Served) and examine(self.root, index.path):
            return responses.moved(f"./{quote(address.rpartition('/')[2])}/")
        return responses.missing()

    def _remember(self, ready: dict[str, Ready], path: str, one: Ready) -> None:
        with self.lock:
            while len(ready) >= REMEMBERED:
                del ready[next(iter(ready))]
            ready[path] = one


def _below(target: str, base: str) -> str:
    """An address without scheme and host where these are the feeds' own: whoever asked has reached us already."""
    if not target.startswith(base):
        return target
    return urlunsplit(urlsplit(target)._replace(scheme="", netloc="")) or "/"
