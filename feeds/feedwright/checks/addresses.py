"""What IRIs, web addresses and e-mail addresses look like: each function says what is wrong, or None."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

from feedwright.checks.rule import shown, words

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_NOT_IN_AN_IRI = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`\ufff0-\uffff]|%(?![0-9A-Fa-f]{2})')
_WEB = re.compile(r"https?://(?:[^/?#@]*@)?(?:\[[^/?#@\[\]]+\]|[^/?#@:\[\]]+)(?::\d{0,5})?(?:[/?#].*)?", re.IGNORECASE)
_HOST_IN_BRACKETS = re.compile(r"[^/?#]*//(?:[^/?#@]*@)?\[([^/?#\[\]]*)\]")
_BRACKET = re.compile(r"[\[\]]")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:.+", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"tag:(?:[\w.+-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*,"
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?:.*",
    re.ASCII | re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
_CONTACT = re.compile(rf"{_EMAIL.pattern}(?:\s+\([^()]*\))?|[^<>@]*<{_EMAIL.pattern}>")
_MAILBOX = re.compile(rf"{_EMAIL.pattern}[ \t]+\(\s*[^()\s][^()]*\)")
# Registered by IANA, permanently, provisionally or of old, as far as they name something to follow.
_SCHEMES = words(
    "aaa aaas about acap acct acr adiumxtra afp afs aim android apt at attachment aw barion beshare bitcoin"
    " bitcoincash blob bolo brid browserext callto cap chrome chrome-extension cid coap coaps content cvs dab"
    " data dav diaspora dict did dis dlna-playcontainer dlna-playsingle dns doi dtn dvb ed2k ethereum example"
    " facetime fax feed feedready file filesystem finger fish fm ftp fuchsia-pkg geo gg git github gitoid"
    " gizmoproject go gopher graph gtalk h323 ham hcp http https hydrazone iax icap icon im imap info iotdisco"
    " ipfs ipn ipns ipp ipps irc irc6 ircs iris isbn isostore itms jabber jar jms keyparc lastfm lbry ldap ldaps"
    " lightning magnet mailserver mailto maps market matrix message mid mms modem ms-help msnim msrp msrps mtqp"
    " mumble mupdate mvn news nfs ni nih nntp notes onenote openid opaquelocktoken pack palm paparazzi payto"
    " pkcs11 platform pop pres prospero proxy psyc query redis rediss reload res resource rmi rsync rtmfp rtmp"
    " rtsp rtsps rtspu secondlife service session sftp sgn shc shttp sieve simpleledger sip sips skype smb sms"
    " smtp snews snmp soldat spotify ssb ssh steam stun stuns submit svn swh tag teamspeak tel teliaeid telnet"
    " tftp things tip tn3270 tool turn turns tv udp unreal urn ut2004 vemmi ventrilo view-source vnc wais web3"
    " webcal wpid ws wss wtai wyciwyg xcon xfire xmlrpc xmpp xri ymsgr z39.50 z39.50r z39.50s"
)


def iri_reference(text: str) -> str | None:
    """Judge an IRI that may be relative. Source: RFC 3987 §2.2."""
    if text.strip() != text:
        return f"{shown(text)} has white space around it"
    if wrong := _NOT_IN_AN_IRI.search(text):
        return f"{shown(text)} has {shown(wrong[0])} in it, which must be percent-encoded"
    if text[:5].lower() in ("http:", "https") and ":" in text[:6] and not _WEB.fullmatch(text):
        return f"{shown(text)} is not a URL on the web: it has no host, or a wrong port"
    if "[" in text or "]" in text:
        return _brackets(text)
    return f"{shown(text)} has a second #, which must be percent-encoded" if text.count("#") > 1 else None


def _brackets(text: str) -> str | None:
    rest = text
    if host := _HOST_IN_BRACKETS.match(text):
        rest = text[host.end() :]
        try:
            ipaddress.IPv6Address(host[1])
        except ValueError:
            return f"{shown(host[1])} is not an IPv6 address"
    wrong = _BRACKET.search(rest)
    return f"{shown(text)} has {shown(wrong[0])} in it, which must be percent-encoded" if wrong else None


def absolute_iri(text: str) -> str | None:
    """Judge an IRI that must be absolute. Source: RFC 3987 §2.2, RFC 4151 §2.1, RFC 4122 §3, RFC 8141 §2."""
    if not text:
        return "it is empty"
    if what := iri_reference(text):
        return what
    if not (scheme := _SCHEME.match(text)) or len(text) == scheme.end():
        return f"{shown(text)} is not absolute"
    low = scheme[0].lower()
    if low == "urn:":
        if text[4:9].lower() == "uuid:":
            return None if _UUID.fullmatch(text) else f"{shown(text)} is not a UUID"
        return None if _URN.fullmatch(text) else f"{shown(text)} is not a URN, as urn:isbn:0451450523"
    if low == "tag:" and not _TAG.fullmatch(text):
        return f"{shown(text)} is not a tag URI, as tag:example.org,2026:name"
    return None


def absolute_uri(text: str) -> str | None:
    """Judge an address of RSS: absolute; whether it is ASCII is `not_ascii`'s to say. White space around is let be."""
    return absolute_iri(text.strip())


def registered(text: str) -> str | None:
    """Judge whether an absolute address has a scheme that is registered. Source: RSS 2.0, Comments: links."""
    scheme = _SCHEME.match(text)
    known = scheme is None or scheme[0][:-1].lower() in _SCHEMES
    return None if known else f"{shown(scheme[0] if scheme else text)} is not a registered scheme"


def web_address(text: str) -> str | None:
    """Judge an absolute http or https address."""
    if what := absolute_uri(text):
        return what
    return None if _WEB.fullmatch(text.strip()) else f"{shown(text)} is not an http or https URL"


def not_ascii(text: str) -> str | None:
    """Judge whether an IRI is a URI. Source: RFC 3987 §3.1."""
    return None if text.isascii() else f"{shown(text)} has characters that are not ASCII"


def not_normal(text: str) -> str | None:
    """Judge whether an id is in the form that RFC 4287 §4.2.6.1 asks for."""
    scheme, colon, rest = text.partition(":")
    if colon and scheme != scheme.lower() and _SCHEME.match(text):
        return f"{shown(text)} has a scheme that is not in lower case"
    if scheme not in ("http", "https") or not rest.startswith("//"):
        return None
    authority, path = re.fullmatch(r"//([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    if authority != authority.lower():
        return f"{shown(text)} has a host that is not in lower case"
    if authority.endswith((":", ":80" if scheme == "http" else ":443")):
        return f"{shown(text)} names the default port"
    if path[:1] != "/":
        return f"{shown(text)} has no path: write a slash after the host"
    if re.search(r"/\.\.?(?:/|$|[?#])", re.split(r"[?#]", path)[0]):
        return f"{shown(text)} has dot segments"
    return None


def contact(text: str) -> str | None:
    """Judge text that must be an e-mail address, with or without a name, or a mailto: URI.

    Source: RSS 2.0, author, managingEditor, webMaster; RSS Best Practices Profile, data types.
    """
    plain = unquote(text.removeprefix("mailto:").partition("?")[0]) if text.startswith("mailto:") else text
    return None if _CONTACT.fullmatch(plain) else f"{shown(text)} is not an e-mail address"


def mailbox(text: str) -> str | None:
    """Judge whether text is an address with a name in parentheses. Source: RSS Best Practices Profile, author."""
    return None if _MAILBOX.fullmatch(text) else f"{shown(text)} is not of the form user@example.org (Name)"


def email(text: str) -> str | None:
    """Judge a bare e-mail address. Source: RFC 4287 §3.2.3."""
    return None if _EMAIL.fullmatch(text) else f"{shown(text)} is not an e-mail address"
