"""Pictures and enclosures: their addresses, types and sizes."""

from __future__ import annotations

import os
import re
from stat import S_ISREG
from urllib.parse import unquote, urlsplit

from feedwright.articles.context import MOST_LINKED, Place, as_list, bounded, named, quoted
from feedwright.model import Enclosure, Image
from feedwright.text.plain_text import plain
from feedwright.text.urls import absolute

UNKNOWN_TYPE = "application/octet-stream"
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/x-m4a",
    "m4b": "audio/x-m4b",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "jxl": "image/jxl",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "epub": "application/epub+zip",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "vtt": "text/vtt",
}
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*(?:\s*;.*)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7})(?:\.\d+)?", re.ASCII)
_ISO_SPAN = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,7})(?:\.\d+)?S)?", re.ASCII)
_LINES = re.compile(
    r"(?P<url>[^\s{}]*[./][^\s{}]*)(?:\s+(?P<length>\d{1,15})(?=\s|$))?"
    r"(?:\s+(?P<type>[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*)(?=\s|$))?(?:\s+(?P<rest>[aOs]:\d.*))?",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_PHP = re.compile(r's:\d+:"(URI|size|duration)";(?:s:\d+:"|i:)([^";]+)')
_STANDS_FOR = re.compile(r"\b(?:hero|cover|featured?|thumbnail|header|banner)", re.IGNORECASE)
_OF_ADDRESS = re.compile(r"[_-]?(?:url|file|src|link)$", re.IGNORECASE)
_DETAILS = {"length": ("size", "bytes", "filesize", "file_size")}
_ALONE = {
    "length": ("filesizeraw", "length", "audiolength", "audiosize"),
    "duration": ("duration", "itunesduration", "audioduration"),
}
_PLAYABLE = ("audio/", "video/")


def media_type(url: str) -> str | None:
    """The media type that an address's suffix stands for; None where it stands for none that we know."""
    return MEDIA_TYPES.get(urlsplit(url).path.rpartition(".")[2].lower())


def image(value: object, place: Place) -> Image | None:
    """The picture that a value names, the first of a list; None for none."""
    entries = _of_bundle(value) if place.spelling.lower() == "resources" else as_list(value)
    entry = next(iter(entries), None)
    if entry is None or isinstance(entry, bool):
        return None
    details = entry if isinstance(entry, dict) else {}
    written = _address(entry)
    if written is None:
        if details and not place.spelling.lower().startswith("image"):
            return None
        raise ValueError("Write its URL or path, or a map with `url` and `alt`")
    url = _resolved(written, place)
    alt = named(details, "alt", "alttext", "title", "caption") or _sibling(place, "alt")
    width, height = _count(named(details, "width")), _count(named(details, "height"))
    return Image(url, plain(_text(alt)), media_type(url), width or None, height or None)


def _of_bundle(value: object) -> list[object]:
    """Of Hugo's resources, those whose name says that they stand for the page."""
    maps = [entry for entry in as_list(value) if isinstance(entry, dict)]
    named_so = [entry for entry in maps if _STANDS_FOR.search(_text(named(entry, "name")))]
    return [entry for entry in named_so if "*" not in _text(named(entry, "src"))]


def enclosures(value: object, place: Place) -> tuple[Enclosure, ...] | None:
    """The media files that a value names; None for none."""
    if isinstance(value, bool):
        return None
    found = []
    for entry in bounded(as_list(value), place, MOST_LINKED):
        try:
            enclosure = _enclosure(_of_plugin(entry), place)
        except ValueError as error:
            place.left_out(entry, "media file", str(error))
            continue
        if enclosure:
            found.append(enclosure)
    return tuple(dict.fromkeys(found)) or None


def attached(value: object, place: Place) -> tuple[Enclosure, ...] | None:
    """As `enclosures`, for keys that hold other things too (`file`): only what can be played counts."""
    every = map(_of_plugin, as_list(value))
    entries = [entry for entry in every if (media_type(_address(entry) or "") or "").startswith(_PLAYABLE)]
    return enclosures(entries, place)


def _of_plugin(entry: object) -> object:
    """A media file that WordPress and its podcast plugins wrote over several lines, as the map that it stands for.

    The lines are its address, length and type, and PHP's serialised details; some may be missing, and YAML may
    have folded them into one.
    """
    text = entry.strip() if isinstance(entry, str) else ""
    if text.startswith(("a:", "s:")):
        given = dict(_PHP.findall(text))
        return {"url": given.get("URI"), "length": given.get("size"), "duration": given.get("duration")}
    found = _LINES.fullmatch(text)
    if found is None or not (found["length"] or found["type"] or found["rest"]):
        return entry
    duration = dict(_PHP.findall(found["rest"] or "")).get("duration")
    return {"url": found["url"], "length": found["length"], "type": found["type"], "duration": duration}


def seconds(value: object) -> int:
    """A duration in whole seconds: 3725, "1:02:05", "62:05" or "PT1H2M5S".

    Raises:
        ValueError: it is no duration.
    """
    text = str(value).strip()
    found = _CLOCK.fullmatch(text) or (_ISO_SPAN.fullmatch(text) if len(text) > 2 else None)
    if not found or isinstance(value, bool):
        raise ValueError("Write a duration in seconds, or as 1:02:05")
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def _enclosure(entry: object, place: Place) -> Enclosure | None:
    details = entry if isinstance(entry, dict) else {}
    written = _address(entry)
    if written is None:
        raise ValueError("Write its URL or path, or a map with `url`, `type` and `length`")
    url = _resolved(written, place)
    length = _count(named(details, "length", "size", "bytes", "filesize", "sizeinbytes") or _sibling(place, "length"))
    given = named(details, "type", "mimetype", "mediatype", "contenttype") or _sibling(place, "type")
    kind = given.strip().lower() if isinstance(given, str) and _TYPE.fullmatch(given.strip()) else media_type(url)
    if kind is None:
        what = f"the type of {quoted(written)} is not known"
        hint = f"Give it one, e.g. `type: audio/mpeg`. {UNKNOWN_TYPE} was written."
        place.report("enclosure-type-unknown", what, hint)
    duration = named(details, "duration", "itunesduration", "durationinseconds") or _sibling(place, "duration")
    span = None
    if duration is not None:
        try:
            span = seconds(duration)
        except ValueError as error:
            place.left_out(duration, "duration", str(error))
    if length is None:
        length = _size(written, place)
    title = plain(_text(named(details, "title", "name")))
    return Enclosure(url, kind or UNKNOWN_TYPE, length or 0, title or None, span)


def _address(entry: object) -> str | None:
    if isinstance(entry, dict):
        entry = named(entry, "url", "src", "href", "file", "path", "image", "feature", "mp3", "relative")
        if isinstance(entry, dict):
            entry = named(entry, "url", "src", "href", "path")
    return entry.strip() if isinstance(entry, str) and entry.strip() else None


def _sibling(place: Place, what: str) -> object:
    """A detail that stands beside the key that names the file: `length`, `image_alt`, `audio_duration`."""
    spelling = place.spelling
    stem = _OF_ADDRESS.sub("", spelling)
    for name in dict.fromkeys((spelling, stem)):
        for detail in (what, *_DETAILS.get(what, ())):
            for spelled in (f"{name}_{detail}", f"{name}{detail.title()}", f"{name}-{detail}"):
                if place.front.values.get(spelled) not in (None, ""):
                    return place.front.values[spelled]
    alone = (*_ALONE.get(what, ()), *_DETAILS.get(what, ()))
    return named(place.front.values, *alone) if alone else None


def _resolved(written: str, place: Place) -> str:
    base = place.url
    site = place.config.site.url
    if written.startswith("/") and not written.startswith("//"):
        # A site's paths begin at the site, even where it stands in a folder of its host.
        base, inside = site, urlsplit(site).path
        written = written if written.startswith(inside) else written.lstrip("/")
    elif not urlsplit(written).scheme and not _beside(written, place) and _stat(place, _local(written)):
        base = site
    url = absolute(written, base)
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("Write its URL or its path")
    return url


def _local(written: str) -> str:
    return unquote(urlsplit(written).path).lstrip("/")


def _beside(written: str, place: Place) -> os.stat_result | None:
    return None if written.startswith("/") else _stat(place, f"{place.below.rpartition('/')[0]}/{_local(written)}")


def _size(written: str, place: Place) -> int | None:
    """The bytes of a file beside the article or below the content folder; None where there is no such file."""
    if urlsplit(written).scheme or written.startswith("//"):
        return None
    found = _beside(written, place) or _stat(place, _local(written))
    return found.st_size if found else None


def _stat(place: Place, below: str) -> os.stat_result | None:
    """Of a regular file below the article's content folder, also after links; None for anything else."""
    home = place.config.root / place.folder
    path = os.path.normpath(f"{home}/{below.lstrip('/')}")
    try:
        if not os.path.lexists(path):
            return None
        real = os.path.realpath(path)
        if not real.startswith(os.path.realpath(home).rstrip("/") + "/"):
            return None
        found = os.stat(real)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return found if S_ISREG(found.st_mode) else None


def _count(value: object) -> int | None:
    text = str(value).replace(",", "").replace("_", "").removesuffix("px").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value)
