"""What RSGI hands to an application, as far as ours uses it (granian's own types name only a part).

Source: https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Headers = list[tuple[str, str]]


class Fields(Protocol):
    """The header of a request."""

    def get_all(self, key: str, /) -> Sequence[str]:
        """The values of all lines of a field, whose name is in lower case."""
        ...

    def items(self) -> Sequence[tuple[str, str]]:
        """All lines."""
        ...


class Scope(Protocol):
    """A request; `path` is percent-decoded, `http_version` is such as "1.1"."""

    @property
    def http_version(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def headers(self) -> Fields: ...


class HTTPProtocol(Protocol):
    """Where the response goes: exactly one of these is called."""

    def response_empty(self, status: int, headers: Headers, /) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes, /) -> None: ...
    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int, /) -> None: ...
