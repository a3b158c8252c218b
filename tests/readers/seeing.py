"""What readers see of a feed, in RSS, Atom and JSON: fields by their own names turned into ours, nothing made up.

A field is in an entry where the reader exposes it in that format. What stands for nothing is said alike: `updated` is
`published` where an entry names no other time, `body` and `summary` are "" where there is none, `enclosures` are
addresses, types and bytes. `title` is missing where the article has none, which Atom alone does not allow.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import atoma
import fastfeedparser
import feedparser
from lxml import html

Seen = list[dict[str, Any]]
"""What a reader sees of each entry, field by field."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

ALWAYS = frozenset(("id", "link", "published", "updated"))
"""What every reader exposes of every entry that has a date; and a title, where there is one."""


def by_feedparser(path: Path) -> Seen:
    parsed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    return [
        _titled(
            entry.get("title", ""),
            {
                "id": entry.id,
                "link": entry.link,
                "published": _moment(entry.published_parsed),
                "updated": _moment(entry["updated_parsed"] if "updated" in entry else entry.published_parsed),
                "authors": [author.name for author in entry.authors],
                "categories": _once(tag.term for tag in entry.get("tags", [])),
                "schemes": [(tag.term, tag.scheme) for tag in entry.get("tags", [])],
                "body": "".join(content.value for content in entry.get("content", [])),
                "summary": _summary(path, entry.get("summary", ""), entry.get("content", [])),
                "related": [(link.href, link.get("title")) for link in entry.links if link.rel == "related"],
                "enclosures": [(one.href, one.type, int(one.get("length") or 0)) for one in entry.enclosures],
            },
        )
        for entry in parsed.entries
    ]


def by_fastfeedparser(path: Path) -> Seen:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        entries = fastfeedparser.parse(path.read_bytes()).entries
    found = []
    for entry in entries:
        body = _own_text([(one["type"], one["value"]) for one in entry.get("content", [])])
        written = entry.get("description") or ""
        summary = unescape(written) if path.suffix == ".xml" else written
        # Without a summary, it takes what stands for the text in JSON.
        summary = "" if path.suffix == ".json" and not body and summary == entry.get("title") else summary
        seen = {
            "id": entry["id"],
            "link": entry["link"],
            "published": datetime.fromisoformat(entry["published"]),
            "updated": datetime.fromisoformat(entry.get("updated") or entry["published"]),
            "first author": entry["author"],
            "categories": _once(tag["term"] for tag in entry.get("tags", [])),
            "body": body,
            "summary": summary,
        }
        if path.name == "rss.xml" and body == written:
            # Of an RSS item with one of both, it says that one twice.
            del seen["body"], seen["summary"]
        found.append(_titled(entry.get("title", ""), seen))
    return found


def by_atoma(path: Path) -> Seen:
    data = path.read_bytes()
    if path.suffix == ".json":
        return [
            _titled(
                item.title or "",
                {
                    "id": item.id_,
                    "link": item.url,
                    "published": item.date_published,
                    "updated": item.date_modified or item.date_published,
                    "categories": _once(item.tags),
                    "body": "" if item.content_text else item.content_html or "",
                    "summary": item.summary or "",
                    "first enclosure": [(one.url, one.mime_type, one.size_in_bytes or 0) for one in item.attachments][
                        :1
                    ],
                },
            )
            for item in atoma.parse_json_feed_bytes(data).items
        ]
    if path.name == "rss.xml":
        return [
            _titled(
                item.title or "",
                {
                    "id": item.guid,
                    "link": item.link,
                    "published": item.pub_date,
                    "categories": _once(item.categories),
                    "body": item.content_encoded or "",
                    "summary": _summary(path, item.description, [item.content_encoded]),
                    "first enclosure": [(one.url, one.type, one.length or 0) for one in item.enclosures],
                },
            )
            for item in atoma.parse_rss_bytes(data).items
        ]
    return [
        _titled(
            entry.title.value,
            {
                "id": entry.id_,
                "link": next(link.href for link in entry.links if link.rel == "alternate"),
                "published": entry.published,
                "updated": entry.updated,
                "categories": _once(category.term for category in entry.categories),
                "body": entry.content.value if entry.content else "",
                "summary": _summary(path, entry.summary.value if entry.summary else "", []),
                "first enclosure": [
                    (one.href, one.type_, one.length or 0) for one in entry.links if one.rel == "enclosure"
                ][:1],
            },
        )
        for entry in atoma.parse_atom_bytes(data).entries
    ]


def by_reader(path: Path) -> Seen:
    from reader import make_reader

    with make_reader(":memory:", feed_root=str(path.parent)) as reader:
        reader.add_feed(path.name)
        reader.update_feeds()
        assert reader.get_feed(path.name).last_exception is None
        found = []
        for entry in sorted(reader.get_entries(), key=lambda entry: entry.link or ""):
            body = _own_text([(content.type, content.value) for content in entry.content])
            seen = {
                "id": entry.id,
                "link": entry.link,
                "published": entry.published,
                "updated": entry.updated or entry.published,
                "last author": [author.name for author in entry.authors][-1:],
                # It cleans HTML in XML alone, which is the same text then, not the same HTML.
                "text": html.fromstring(f"<div>{body}</div>").text_content().split(),
                "summary": _summary(path, entry.summary or "", entry.content),
                "enclosures": [(one.href, one.type, one.length or 0) for one in entry.enclosures],
            }
            found.append(_titled(entry.title or "", seen))
        return found


def by_node(lines: list[str], files: list[Path]) -> dict[Path, Seen]:
    """What a library of Node.js sees, as `seeing.mjs` prints it: a line of JSON for each file."""
    found = {}
    for path, line in zip(files, lines, strict=True):
        entries = json.loads(line)
        for entry in entries:
            for key in ALWAYS & set(entry) - {"id", "link"}:
                entry[key] = datetime.fromisoformat(entry[key]) if entry[key] else entry["published"]
            if "summary" in entry:
                entry["summary"] = _summary(path, entry["summary"], [entry.get("body")])
            if "categories" in entry:
                entry["categories"] = _once(entry["categories"])
            if "enclosures" in entry:
                entry["enclosures"] = [(href, kind, length or 0) for href, kind, length in entry["enclosures"]]
        found[path] = [_titled(entry.pop("title"), entry) for entry in entries]
    return found


PYTHON: dict[Callable[[Path], Seen], tuple[str, ...]] = {
    by_feedparser: ("rss.xml", "atom.xml"),
    by_fastfeedparser: ("rss.xml", "atom.xml", "feed.json"),
    by_atoma: ("rss.xml", "atom.xml", "feed.json"),
    by_reader: ("rss.xml", "atom.xml", "feed.json"),
}
"""Readers in Python, and the documents that they read."""


def differing(one: Seen, other: Seen, *names: str) -> str:
    """How two views of a feed differ in what both expose; empty where they do not.

    Args:
        names: of the two documents.
    """
    if [entry["link"] for entry in one] != [entry["link"] for entry in other]:
        return f"entries: {len(one)} {len(other)}"
    for left, right in zip(one, other, strict=True):
        # An id that is no IRI, taken over from another tool, is one of RSS and JSON alone.
        shared = {"id"} if not (_IRI.match(left["id"]) and _IRI.match(right["id"])) and "atom.xml" in names else set()
        for key in sorted((set(left) & set(right)) - shared):
            if left[key] != right[key]:
                return f"{left['id']}: {key}: {left[key]!r} {right[key]!r}"
    return ""


def _titled(title: str, seen: dict[str, Any]) -> dict[str, Any]:
    return {**seen, "title": title} if title else seen


def _once(terms: Any) -> list[str]:
    return list(dict.fromkeys(terms))


def _moment(parsed: Any) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def _summary(path: Path, written: str | None, bodies: Any) -> str:
    """An entry's summary: in XML HTML, and in RSS the body again where the article has none."""
    if path.suffix != ".xml":
        return written or ""
    values = [getattr(one, "value", one) for one in bodies] if path.name == "rss.xml" else []
    return "" if written in values else unescape(written or "")


def _own_text(contents: list[tuple[str | None, str]]) -> str:
    """An entry's body; where JSON Feed has it as plain text as well, that stands for a text that is not there."""
    if any(type_ == "text/plain" for type_, _ in contents):
        return ""
    return "".join(value for _, value in contents)
