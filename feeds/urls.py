"""Text that XML can hold, and URLs made absolute as browsers make them."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _mended(match: re.Match[str]) -> str:
    # What reads as U+0080 to U+009F is nearly always windows-1252 taken for ISO 8859-1: browsers read it so, too.
    char = match[0]
    return bytes((ord(char),)).decode("windows-1252", "ignore") if "\x80" <= char <= "\x9f" else ""


def xml_safe(text: str) -> str:
    """Drop the characters that XML 1.0 forbids or discourages; read U+0080 to U+009F as windows-1252.

    Args:
        text: any, lone surrogates included.

    Returns: `text` itself where nothing had to go.

    Source: XML 1.0 §2.2; HTML Living Standard §13.2.5.80.
    """
    return text if _FORBIDDEN.search(text) is None else _FORBIDDEN.sub(_mended, text)


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
_CONTROLS = re.compile("[\x00-\x1f\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE_URL_CHAR = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")
_REFERENCE = re.compile(r"(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[0-9A-Fa-f:.]+\]|[^:@\[\]]+)(?::([0-9]{0,5}))?", re.DOTALL)
_PLAIN_HOST = re.compile(r"(?!.*xn--)(?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*\.?")
_NO_HOST_CHAR = re.compile(r"[\s<>\"'&^|`{}\\]")


def absolute(url: str, base: str) -> str | None:
    """Resolve a URL as browsers do, and write it in ASCII.

    Args:
        url: absolute, protocol-relative or relative, with whatever whitespace and characters its author left in.
        base: the absolute http(s) URL it is relative to; empty where only an absolute `url` will do.

    Returns: an absolute URL without dot segments, its host in lower case (an internationalised one in punycode),
        percent-encoded; None where it is empty, cannot be parsed, or its scheme is unsafe or unknown
        (only http, https, mailto, tel and a few like them pass).

    Source: RFC 3986 §5; WHATWG URL §4.4.
    """
    if _NORMAL_URL.fullmatch(url) and "/." not in url and "xn--" not in url:
        return url
    url = _CONTROLS.sub("", xml_safe(url)).strip()
    scheme = _SCHEME.match(url)
    if scheme is None:
        return _resolved(url, base) if url else None
    name, rest = scheme[1].lower(), url[scheme.end() :]
    if name in ("http", "https"):
        return _joined(name, "//" + rest.lstrip("/\\"), "", "", None)
    return f"{name}:{_percent_encoded(rest)}" if name in OPAQUE_SCHEMES and rest.strip("/") else None


def _resolved(reference: str, base: str) -> str | None:
    head = _SCHEME.match(base)
    if head is None or head[1].lower() not in ("http", "https"):
        return None
    parts = _REFERENCE.fullmatch(base, head.end())
    if parts is None or not parts[1]:
        return None
    return _joined(head[1].lower(), reference, parts[1], parts[2], parts[3])


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
    if parts is None or int(parts[3] or 0) > 65535:
        return None
    host = parts[2].lower()
    if not _PLAIN_HOST.fullmatch(host):
        found = _parsed_host(host)
        if found is None:
            return None
        host = found
    user = _percent_encoded(parts[1]).replace("/", "%2F") + "@" if parts[1] else ""
    return f"{user}{host}:{int(parts[3])}" if parts[3] else user + host


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
