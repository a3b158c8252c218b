"""Documents from the web: one GET, bounded in time, size and redirects."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version

import httpx

from feedwright.checks.lint.model import Document, Unread, unreadable
from feedwright.errors import Problem
from feedwright.text.user_info import without_user
from feedwright.web.bounds import CODINGS, NotSoCodedError, TooLargeError, content, within
from feedwright.web.follow import Asking, Reached, follow
from feedwright.web.guard import RefusedError, Trust

SILENCE = 10.0
"""Seconds that a server may take to connect, or to send the next bytes."""

DEADLINE = 60.0
"""Seconds that all of it may take, redirects too."""

LARGEST = 20 * 2**20
"""Bytes, before decompression and after it."""

REDIRECTS = 5

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/x-opml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1"
)
_FOLLOWED = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)


def fetch(address: str, trust: Trust | None = None) -> Document | Unread:
    """Get a document.

    Args:
        address: begins with http: or https:. A user and password in it are sent, and shown nowhere.
        trust: of the address that the user named, where it is a document that names this one.

    Returns: the document with the Content-Type that it came with; or why there is none.
    """
    name = without_user(address)
    try:
        return within(DEADLINE, lambda: _get(address, name, trust or Trust()))
    except RefusedError as error:
        hint = "If that is meant, give that very URL." if "no public" in str(error) else ""
        return _unread(name, f"it {error}", hint)
    except TooLargeError:
        return _unread(name, f"it has more than {LARGEST} bytes", "Page or archive the feed (RFC 5005).")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as error:
        return _unread(name, _why(error))


def _unread(name: str, what: str, hint: str = "") -> Unread:
    return unreadable(name, what, hint, "url-unreadable")


def _why(error: Exception) -> str:
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return f"the server is silent for {SILENCE:g} s, or sends for more than {DEADLINE:g} s"
    if isinstance(error, NotSoCodedError):
        return "the content is not compressed as its Content-Encoding says"
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return "it is not a URL"
    if isinstance(error, httpx.HTTPError | OSError):
        return f"the server cannot be reached: {error or type(error).__name__}"
    return "it is not a URL"


def _get(address: str, name: str, trust: Trust) -> Document | Unread:
    headers = {
        "User-Agent": f"Feedwright/{version('feedwright')}",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }
    until = time.monotonic() + DEADLINE
    with httpx.Client(headers=headers, timeout=SILENCE) as client:
        reached = follow(client, address, Asking("GET", _FOLLOWED, REDIRECTS), trust)
        with closing(reached.response) as response:
            if not response.is_success:
                what = f"the server answers {response.status_code} {response.reason_phrase}".strip()
                return unreadable(name, what, "Nothing was checked.", "http-status")
            coding = response.headers.get("Content-Encoding", "").strip().lower()
            if coding not in CODINGS:
                return _unread(name, f"it is compressed as {coding}, which was not asked for", "Heed Accept-Encoding.")
            found = content(_in_time(response, until), coding, LARGEST)
            return _document(name, found, response.headers.get("Content-Type", ""), _lasting(reached))


def _in_time(response: httpx.Response, until: float) -> Iterator[bytes]:
    """What comes, as it is sent, until nobody waits for it any more."""
    for part in response.iter_raw():
        if time.monotonic() > until:
            raise TimeoutError
        yield part


def _lasting(reached: Reached) -> str:
    """The address that is to be kept: redirects that are not permanent say that the one before is."""
    kept = (url for status, url in reached.redirects if status not in _PERMANENT)
    return str(next(kept, reached.address))


def _document(name: str, content: bytes, media_type: str, address: str) -> Document:
    if media_type.strip():
        return Document(name, content, media_type, (), address)
    what = "it is served without a Content-Type"
    hint = "Say what it is, such as application/rss+xml."
    missing = Problem("warning", "http-type-missing", name, what, hint, source="RFC 9110 §8.3")
    return Document(name, content, None, (missing,), address)
