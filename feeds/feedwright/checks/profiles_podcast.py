"""What podcast directories demand beyond the specifications."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feedwright.checks.node import Node
from feedwright.checks.profile_rules import document_rule, elsewhere, lacking, rule
from feedwright.checks.rule import Rule, shown, words

_APPLE = "Apple, A Podcaster's Guide to RSS"
_SPOTIFY = "Spotify, Podcast Delivery Specification 1.10, §5"
_SPOTIFY_AUDIO = "Spotify, Podcast Delivery Specification 1.10, §4.1"
_PSP = "Podcast Standards Project, PSP-1"
_TYPES = words("audio/x-m4a audio/mpeg video/quicktime video/mp4 video/x-m4v application/pdf")
_SPOKEN = words("audio/mpeg audio/mp3 audio/x-m4a audio/m4a audio/mp4 audio/aac audio/x-aac")
_MOST_BYTES = 4000
_LONGEST = 255


def _suffix(address: str) -> str:
    try:
        return PurePosixPath(urlsplit(address).path).suffix.lower()
    except ValueError:
        return ""


def _type(enclosure: Node) -> str | None:
    kind = enclosure.attributes.get("type", "").lower()
    return None if kind in _TYPES else f"Apple does not play {shown(kind)}"


def _spoken(enclosure: Node) -> str | None:
    kind = enclosure.attributes.get("type", "").lower()
    return None if kind in _SPOKEN or kind.startswith("video/") else f"Spotify does not play {shown(kind)}"


def _plain_http(enclosure: Node) -> str | None:
    insecure = enclosure.attributes.get("url", "").strip().lower().startswith("http:")
    return "the enclosure is not at https" if insecure else None


def _repeated_enclosures(channel: Node) -> Iterator[tuple[Node, str]]:
    seen = set()
    for item in channel.all("item"):
        for enclosure in item.all("enclosure"):
            address = enclosure.attributes.get("url", "").strip()
            if address and address in seen:
                yield enclosure, "another episode has the same enclosure"
            seen.add(address)


def _too_long(node: Node) -> str | None:
    size = len(node.value.encode())
    return f"{node.name} has {size} bytes, more than {_MOST_BYTES}" if size > _MOST_BYTES else None


def _artwork(image: Node) -> str | None:
    suffix = _suffix(image.attributes.get("href", ""))
    return None if suffix in (".jpg", ".jpeg", ".png") else f"the picture's name ends in {shown(suffix)}"


def _no_episode(channel: Node) -> Iterator[tuple[Node, str]]:
    kind = channel.first("itunes:type")
    if kind and kind.value == "serial":
        for item in channel.all("item"):
            if not item.has("itunes:episode"):
                yield item, "the podcast is serial, and the episode has no number"


def _self(channel: Node) -> str | None:
    links = channel.all("atom:link")
    return None if any(link.attributes.get("rel") == "self" for link in links) else "channel has no atom:link rel=self"


def _over_255(node: Node) -> str | None:
    return f"{node.name} has {len(node.value)} characters, more than {_LONGEST}" if len(node.value) > _LONGEST else None


def _not_utf_8(root: Node) -> str | None:
    encoding = root.element.getroottree().docinfo.encoding or "UTF-8"
    return None if encoding.upper() in ("UTF-8", "UTF8") else f"the document is in {encoding}"


_TEXT = "description|media:description|content:encoded"
_HEAD = "itunes:image language itunes:category itunes:explicit"

APPLE: tuple[Rule, ...] = (
    elsewhere("apple-format", "Apple Podcasts", _APPLE),
    *lacking("apple-missing", "error", _APPLE, "channel", _HEAD),
    *lacking("apple-missing", "error", _APPLE, "item", "title enclosure"),
    *lacking("apple-recommended", "warning", _APPLE, "channel", "itunes:author"),
    *lacking("apple-recommended", "warning", _APPLE, "item", "guid pubDate description itunes:duration"),
    rule("apple-enclosure-type", "error", _APPLE, "item/enclosure", "Offer MP3, M4A, MP4, MOV or PDF.", _type),
    rule("apple-enclosure-https", "warning", _APPLE, "item/enclosure", "Serve it at https.", _plain_http),
    document_rule(
        "apple-enclosure-repeated", "error", _APPLE, "*/channel", "Each episode needs its own.", _repeated_enclosures
    ),
    rule("apple-too-long", "error", _APPLE, "channel/description item/description", "Shorten it.", _too_long),
    rule("apple-artwork", "error", _APPLE, "*/itunes:image", "Name it as .jpg or .png.", _artwork),
    document_rule("apple-episode", "error", _APPLE, "*/channel", "Count from 1.", _no_episode),
)

SPOTIFY: tuple[Rule, ...] = (
    elsewhere("spotify-format", "Spotify", _SPOTIFY),
    *lacking("spotify-missing", "error", _SPOTIFY, "channel", "itunes:author itunes:image|image"),
    *lacking("spotify-missing", "error", _SPOTIFY, "item", f"guid title|media:title {_TEXT} enclosure"),
    *lacking("spotify-recommended", "warning", _SPOTIFY, "channel", "language itunes:category"),
    *lacking("spotify-recommended", "warning", _SPOTIFY, "item", "pubDate itunes:duration"),
    rule("spotify-enclosure-type", "warning", _SPOTIFY_AUDIO, "item/enclosure", "Offer MP3 or M4A.", _spoken),
)

PSP: tuple[Rule, ...] = (
    elsewhere("podcast-standard-format", "PSP-1", _PSP),
    rule("podcast-standard-self", "error", _PSP, "*/channel", "Give the feed's URL.", _self),
    *lacking("podcast-standard-missing", "error", _PSP, "channel", _HEAD),
    *lacking("podcast-standard-missing", "error", _PSP, "item", "title enclosure guid"),
    *lacking("podcast-standard-recommended", "warning", _PSP, "channel", "podcast:locked podcast:guid itunes:author"),
    *lacking("podcast-standard-recommended", "warning", _PSP, "item", "link pubDate description itunes:duration"),
    rule("podcast-standard-too-long", "error", _PSP, "channel/title item/title", "Shorten it.", _over_255),
    rule("podcast-standard-encoding", "error", _PSP, "/rss", "Write UTF-8.", _not_utf_8),
)
