"""URLs as authors write them, made absolute."""

from __future__ import annotations

import re
from functools import lru_cache

from feedwright.text.characters import xml_safe

OPAQUE_SCHEMES = frozenset(
    (
        "ftp",
        "geo",
        "gemini",
        "gopher",
        "irc",
        "ircs",
        "magnet",
        "mailto",
        "news",
        "nntp",
        "sftp",
        "sip",
        "sms",
        "tel",
        "webcal",
        "xmpp",
    )
)

_URL_CHARS = r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+(?:%(?!2[Ee])[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)*+"
_NORMAL_URL = re.compile(
    rf"https?://[a-z0-9.-]+\.[a-z]{{2,}}(?::[1-9]\d{{1,3}})?(?:[/?]{_URL_CHARS})?(?:\#{_URL_CHARS})?"
)
# Relative to a folder or a host, with nothing to resolve or encode: it only needs what stands before it.
_PLAIN_REFERENCE = re.compile(rf"(?:/(?!/)|(?![A-Za-z][A-Za-z0-9+.-]*:)(?=[^./?#])){_URL_CHARS}(?:\#{_URL_CHARS})?")
_CONTROLS = re.compile("[\x00-\x1f\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE_URL_CHAR = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")
_REFERENCE = re.compile(r"(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[0-9A-Fa-f:.]+\]|[^:@\[\]]+)(?::([0-9]{0,5}))?", re.DOTALL)
_OPAQUE_USER = re.compile(r"\A//[^/?#]*@")
_PLAIN_HOST = re.compile(r"(?!.*xn--)(?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*\.?")
_NO_HOST_CHAR = re.compile(r"[\s<>\"'&^|`{}\\]")


def absolute(url: str, base: str) -> str | None:
    """Resolve a URL as browsers do, and write it in ASCII.

    Args:
        url: absolute, protocol-relative or relative, with whatever whitespace and characters its author left in.
        base: the absolute http(s) URL it is relative to; empty where only an absolute `url` will do.

    Returns: an absolute URL without dot segments, its host in lower case (an internationalised one in punycode),
        percent-encoded, without user information; None where it is empty, cannot be parsed, or its scheme is unsafe
        or unknown (only http, https, mailto, tel and a few like them pass).

    Source: RFC 3986 §5; WHATWG URL §4.4.
    """
    if _NORMAL_URL.fullmatch(url) and "/." not in url and "xn--" not in url:
        return url
    if _PLAIN_REFERENCE.fullmatch(url) and "/." not in url and (before := _before(base)):
        return before[url[0] != "/"] + url
    return in_full(url, base)


def in_full(url: str, base: str) -> str | None:
    """What `absolute` returns, without its short ways for what most URLs are."""
    url = _CONTROLS.sub("", xml_safe(url)).strip()
    scheme = _SCHEME.match(url)
    if scheme is None:
        return _resolved(url, base) if url else None
    name, rest = scheme[1].lower(), url[scheme.end() :]
    if name in ("http", "https"):
        return _joined(name, "//" + rest.lstrip("/\\"), "", "", None)
    rest = _OPAQUE_USER.sub("//", rest)
    return f"{name}:{_percent_encoded(rest)}" if name in OPAQUE_SCHEMES and rest.strip("/") else None


@lru_cache(maxsize=16)
def _before(base: str) -> tuple[str, str] | None:
    """What stands before a plain reference that begins with a slash, and before another one.

    Returns: None where that is not all, since something in `base` is yet to be resolved or encoded, or has no host.
    """
    parts = _base(base)
    host = _authority(parts[1]) if parts else None
    if parts is None or host is None:
        return None
    origin, folder = f"{parts[0]}://{host}", parts[2].rpartition("/")[0] + "/"
    return (origin, origin + folder) if "/." not in folder and re.fullmatch(_URL_CHARS, folder) else None


def _base(url: str) -> tuple[str, str, str, str | None] | None:
    """Scheme, authority, path and query of a URL that others may be relative to."""
    head = _SCHEME.match(url)
    if head is None or head[1].lower() not in ("http", "https"):
        return None
    parts = _REFERENCE.fullmatch(url, head.end())
    return (head[1].lower(), parts[1], parts[2], parts[3]) if parts and parts[1] else None


def _resolved(reference: str, base: str) -> str | None:
    parts = _base(base)
    return _joined(parts[0], reference, *parts[1:]) if parts else None


def _joined(scheme: str, reference: str, authority: str, base_path: str, base_query: str | None) -> str | None:
    mark = re.search(r"[?#]", reference)
    end = mark.start() if mark else len(reference)
    parts = _REFERENCE.fullmatch(reference[:end].replace("\\", "/") + reference[end:])
    if parts is None:
        return None
    path, query, fragment = parts[2], parts[3], parts[4]
    if parts[1] is not None:
        authority = parts[1]
    elif not path:
        path, query = base_path, base_query if query is None else query
    elif not path.startswith("/"):
        path = base_path.rpartition("/")[0] + "/" + path
    host = _authority(authority)
    if host is None:
        return None
    url = f"{scheme}://{host}{_without_dots(_percent_encoded(path))}"
    url += "" if query is None else "?" + _percent_encoded(query)
    return url if fragment is None else f"{url}#{_percent_encoded(fragment)}"


def _percent_encoded(text: str) -> str:
    return _UNSAFE_URL_CHAR.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def _without_dots(path: str) -> str:
    if "/." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    last = ""
    for segment in path.split("/")[1:]:
        last = segment.replace("%2E", ".").replace("%2e", ".")
        if last == "..":
            del kept[-1:]
        elif last != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and last in (".", "..") else "")


def _authority(text: str) -> str | None:
    parts = _AUTHORITY.fullmatch(text)
    if parts is None or int(parts[2] or 0) > 65535:
        return None
    host = parts[1].lower()
    if not _PLAIN_HOST.fullmatch(host):
        found = _parsed_host(host)
        if found is None:
            return None
        host = found
    return f"{host}:{int(parts[2])}" if parts[2] else host


def _parsed_host(host: str) -> str | None:
    # nh3 parses URLs as browsers do (UTS 46); Python's own codec is IDNA 2003, where straße.de is another's strasse.de.
    import nh3

    if _NO_HOST_CHAR.search(host):
        return None
    link = nh3.clean(
        f'<a href="//{host}/">',
        tags={"a"},
        attributes={"a": {"href"}},
        link_rel=None,
        url_relative=("rewrite_with_base", "https://example.org/"),
    )
    found = re.match(r'<a href="https://([a-z0-9_.:\[\]-]+)/"', link)
    return found[1] if found else None
