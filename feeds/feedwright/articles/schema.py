"""A JSON Schema of front matter, from the table of its fields: by it editors complete keys, and mark what is misread.

Front matter takes nearly anything, and so does the schema: keys that are not known are other tools', and a value that
says nothing is none. Refused is what would be reported and left out because it is of the wrong kind, such as a map for
a text; whether a text is a date or a language, only reading it tells.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from feedwright.articles.fields import FIELDS

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-04/schema#"
TITLE = "Front matter of Feedwright's articles"

_TEXT = ["string", "number", "boolean", "null"]
_DATE = [*_TEXT, "object", "array"]
_LIST = [*_TEXT, "object", "array"]


class _Row(NamedTuple):
    """A key as it is offered.

    Args:
        key: as people mostly write it.
        types: of values that are not refused.
        doc: what it means, one line.
        example: a value.
    """

    key: str
    types: list[str]
    doc: str
    example: object


_ROWS: dict[str, _Row] = {
    "title": _Row("title", [*_TEXT, "object"], "plain text; without it, the first heading", "Tides"),
    "published": _Row("date", _DATE, "when it was published; without an offset, in the site's zone", "2026-03-01"),
    "updated": _Row("updated", _DATE, "the last change that readers should know of", "2026-03-02"),
    "expires": _Row("expires", _DATE, "when it leaves all feeds", "2026-12-31"),
    "retracted": _Row("retracted", _DATE, "the day when it was retracted, or true", "2026-03-03"),
    "retracted_reason": _Row("retracted_reason", _TEXT, "why, for all to read", "The figures were wrong"),
    "authors": _Row("authors", _LIST, "names, ids of [authors.ID], or maps with name and url", ["jane"]),
    "contributors": _Row("contributors", _LIST, "likewise", ["John Roe"]),
    "categories": _Row("categories", _LIST, "terms; each gets a feed", ["News"]),
    "tags": _Row("tags", _LIST, "terms; each gets a feed", ["sea"]),
    "language": _Row("lang", ["string", "number", "null"], "a language tag, if not the site's", "de"),
    "slug": _Row("slug", _TEXT, "the last part of its URL", "tides"),
    "url": _Row("permalink", _LIST, "its whole URL, as the site has it", "/2026/tides/"),
    "canonical": _Row("canonical", _LIST, "the URL where it first appeared", "https://www.example.org/tides/"),
    "summary": _Row(
        "summary", _TEXT, "plain text; without it, what stands before <!--more-->", "Water comes and goes."
    ),
    "rights": _Row("rights", _TEXT, "its own copyright line", "© Jane Doe"),
    "id": _Row("id", _LIST, "its permanent id, if it has one from another tool", "https://old.example/?p=1"),
    "weight": _Row("weight", ["number", "string", "null"], "its place among articles of the same time", 10),
    "feeds": _Row("feeds", _LIST, "the only feeds that it goes to; false for none", ["podcast"]),
    "references": _Row("related", _LIST, "slugs, paths, URLs or ids; maps with title and url", ["other-article"]),
    "aliases": _Row("aliases", _LIST, "addresses at which it was before", ["/old/tides/"]),
    "series": _Row("series", _LIST, "the series that it is a part of", ["The moon"]),
    "via": _Row("via", _LIST, "where you found it: a URL", "https://www.example.org/found"),
    "source": _Row(
        "source",
        _LIST,
        "the feed it was taken over from: title and url",
        {"title": "A", "url": "https://a.example/feed"},
    ),
    "image": _Row("image", _LIST, "a URL or path, or a map with url, alt, width, height", "tides.jpg"),
    "enclosures": _Row(
        "enclosures", _LIST, "media files: URLs or paths, or maps with url, type, length", ["tides.mp3"]
    ),
    "attached": _Row("podcast", _LIST, "a media file, where it can be played", "tides.mp3"),
}
_DRAFT = {"description": "true keeps it out of all feeds", "type": _TEXT, "examples": [True]}


def of_front_matter() -> Schema:
    """The schema of an article's front matter, read as a map."""
    properties: dict[str, Schema] = {"draft": _DRAFT}
    others: dict[str, Schema] = {}
    for name, field in FIELDS.items():
        row = _ROWS[name]
        properties[row.key] = {"description": row.doc, "type": row.types, "examples": [row.example]}
        # Other spellings are checked, but not offered.
        spelled = sorted({*field.spellings} - {row.key, "published"})
        if spelled:
            others[f"^({'|'.join(spelled)})$"] = {"description": row.doc, "type": row.types}
    about = "Made by Feedwright from its table of fields; `feeds init --schema` writes it again. Edit it nowhere else."
    return {
        "$schema": DRAFT,
        "title": TITLE,
        "description": about,
        "type": "object",
        "properties": properties,
        "patternProperties": others,
    }
