"""Documents from the web: one GET, bounded in time, size and redirects."""

from __future__ import annotations

import asyncio
import re
from importlib.metadata import version

import httpx

from feedwright.checks.lint.inputs import Document, Unread, unreadable
from feedwright.errors import Problem

SILENCE = 10.0
"""Seconds that a server may take to connect, or to send the next bytes."""

DEADLINE = 60.0
"""Seconds that all of it may take, redirects too."""

LARGEST = 20 * 2**20
"""Bytes, after decompression."""

REDIRECTS = 5

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/x-opml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1"
)
_LOGIN = r"(?<=//)[^/?#]*@"
_PERMANENT = (301, 308)
_DECODED = frozenset(("", "identity", "gzip", "deflate"))


def fetch(address: str) -> Document | Unread:
    """Get a document.

    Args:
        address: begins with http: or https:. A user and password in it are sent, and shown nowhere.

    Returns: the document with the Content-Type that it came with; or why there is none.
    """
    name = re.sub(_LOGIN, "", address)
    try:
        return asyncio.run(_get(address, name))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as error:
        return _unread(name, _why(error))


def _unread(name: str, what: str, mend: str = "") -> Unread:
    return unreadable(name, what, mend, "url-unreadable")


def _why(error: Exception) -> str:
    if isinstance(error, httpx.TooManyRedirects):
        return f"it leads to more than {REDIRECTS} redirects"
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return f"the server is silent for {SILENCE:g} s, or sends for more than {DEADLINE:g} s"
    if isinstance(error, httpx.DecodingError):
        return "the content is not compressed as its Content-Encoding says"
    if isinstance(error, httpx.UnsupportedProtocol):
        return "it redirects to what is neither http: nor https:"
    if isinstance(error, httpx.HTTPError | OSError):
        return f"the server cannot be reached: {error or type(error).__name__}"
    return "it is no address"


async def _get(address: str, name: str) -> Document | Unread:
    headers = {
        "User-Agent": f"Feedwright/{version('feedwright')}",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }
    client = httpx.AsyncClient(headers=headers, timeout=SILENCE, follow_redirects=True, max_redirects=REDIRECTS)
    async with asyncio.timeout(DEADLINE), client, client.stream("GET", address) as response:
        if not response.is_success:
            mend = "Nothing was checked."
            what = f"the server answers {response.status_code} {response.reason_phrase}".strip()
            return unreadable(name, what, mend, "http-status")
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _DECODED:
            return _unread(name, f"it is compressed as {encoding}, which was not asked for", "Heed Accept-Encoding.")
        content = bytearray()
        async for part in response.aiter_bytes():
            content += part
            if len(content) > LARGEST:
                return _unread(name, f"it has more than {LARGEST} bytes", "Page or archive the feed (RFC 5005).")
        media_type = response.headers.get("Content-Type", "")
        return _document(name, bytes(content), media_type, _lasting(response))


def _lasting(response: httpx.Response) -> str:
    """The address that is to be kept: redirects that are not permanent say that the one before is."""
    followed = (*response.history, response)
    kept = next((one for one in followed if one.status_code not in _PERMANENT), response)
    return re.sub(_LOGIN, "", str(kept.url))


def _document(name: str, content: bytes, media_type: str, address: str) -> Document:
    if media_type.strip():
        return Document(name, content, media_type, (), address)
    what = "it is served without a Content-Type"
    mend = "Say what it is, such as application/rss+xml."
    missing = Problem("warning", "http-type-missing", name, what, mend, source="RFC 9110 §8.3")
    return Document(name, content, None, (missing,), address)
