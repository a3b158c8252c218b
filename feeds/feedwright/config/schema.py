"""A JSON Schema of `site.toml`, from the table of its keys: editors complete and check the file by it.

It is of draft 4, in which 20.0 is not an integer, as here; every validator of the later drafts reads it, too. It
accepts whatever `load_config` accepts, but for control characters within texts. What `load_config` alone refuses: keys
and folders that contradict one another, time zones and CSS selectors that do not exist, the length of names in bytes,
percent-encoded old paths, pictures that are no URL, hosts without a dot, an e-mail address as an author's name.

Source: JSON Schema Validation, draft-fge-json-schema-validation-00.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from typing import Any, TypeAlias

from feedwright.config import folders, selectors, validators
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.config.kinds import KINDS, TERM_KINDS
from feedwright.config.model import FORMATS, Command, Config, KindRules, Pages, RelatedRules
from feedwright.config.validators import LARGEST, LONGEST_NAME, MOST_DAYS, PLACEHOLDERS, TELLING_APART

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-04/schema#"
TITLE = "site.toml of Feedwright"

_PART = """[^\\s/?#\\\\"'<>`]*"""
_USER = rf"(^|[^A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]+:[/\\]{{2,}}{_PART}|//{_PART}:{_PART})@"
"""User and password in a URL, as `feedwright.text.user_info` has it."""
_CONTROL = r"[\u0000-\u001f\u007f-\u009f]"
_DRIVE = r"^\s*[A-Za-z]:"
_NAMED = r"([^./\s][^/]*|\.[^./][^/]*|\.\.[^/]+|\s+[^/\s][^/]*)"
"""A part of a path that is neither "." nor ".."."""


def of_site() -> Schema:
    """The schema of a whole `site.toml`."""
    top = _table(SITE, _defaults(Config), required=("title", "url"))
    top["properties"] |= {
        "related": _about("related stories", _table(RELATED, _defaults(RelatedRules))),
        "pages": _about("the site as its engine built it", _table(PAGES, Pages._field_defaults, required=("folder",))),
        "kinds": _about(
            "the feeds that make themselves",
            _object({kind: {"$ref": f"#/definitions/{_definition(kind)}"} for kind in KINDS}),
        ),
        "authors": _about(
            "people, by the id that articles name", {"type": "object", "additionalProperties": _table(AUTHOR)}
        ),
        "feed": _about("feeds of your own", {"type": "array", "items": _table(FEED, required=("name",))}),
        "after_publish": _about(
            "what is run when files have changed",
            {"type": "array", "items": _table(AFTER_PUBLISH, _defaults(Command), required=("command",))},
        ),
    }
    kind = _table(KIND, _defaults(KindRules))
    termed = _table(KIND, _defaults(KindRules))
    termed["properties"]["path"] = _documented(KIND["path"], _by_format(_path("term", needed=("term",))))
    definitions = {"user": {"pattern": _USER}, "kind": kind, "kind-of-terms": termed, "filter": _table(FILTER)}
    about = "Made by Feedwright from its table of keys; `feeds init --schema` writes it again. Edit it nowhere else."
    return {"$schema": DRAFT, "title": TITLE, "description": about, **top, "definitions": definitions}


def _definition(kind: str) -> str:
    return "kind-of-terms" if kind in TERM_KINDS else "kind"


def _about(text: str, schema: Schema) -> Schema:
    return {"description": text, **schema}


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _table(keys: Mapping[str, Key], defaults: Mapping[str, object] = {}, required: Collection[str] = ()) -> Schema:
    """The schema of one table.

    Args:
        defaults: field -> what holds where the key is not there.
        required: keys that have to be there.
    """
    made = _object({name: _documented(key, _of_reader(key.read)) for name, key in keys.items()})
    for name, key in keys.items():
        default = _shown(defaults.get(key.name or name))
        if default is not None:
            made["properties"][name]["default"] = default
    return {**made, "required": sorted(required)} if required else made


def _documented(key: Key, schema: Schema) -> Schema:
    return {"description": key.doc, **schema, "examples": [tomllib.loads(f"it = {key.sample}")["it"]]}


def _defaults(of: type) -> Mapping[str, object]:
    return {field.name: field.default for field in fields(of)}


def _shown(default: object) -> object:
    """A default as TOML has it; None where there is none that could be written."""
    if isinstance(default, tuple):
        return list(default) if default and all(isinstance(part, str) and part for part in default) else None
    return default if isinstance(default, (bool, int)) or (isinstance(default, str) and default) else None


# --- What the readers of values take ---


def _text(*patterns: str, never: Collection[str] = ()) -> Schema:
    """A text on one line.

    Args:
        patterns: it matches each of these.
        never: it matches none of these.
    """
    more = [{"pattern": pattern} for pattern in patterns]
    without = [{"$ref": "#/definitions/user"}, *({"pattern": one} for one in never)]
    kept: Schema = {"type": "string", "pattern": r"\S", "not": {"anyOf": without}}
    return {**kept, "allOf": more} if more else kept


def _list(item: Schema, **bounds: int) -> Schema:
    return {"type": "array", "items": item, **bounds}


def _or_list(item: Schema, **bounds: int) -> Schema:
    """A list of values, or one."""
    return {"anyOf": [item, _list(item, **bounds)]}


def _by_format(item: Schema) -> Schema:
    return _object(dict.fromkeys(FORMATS, item))


def _number(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _unknown_word(*known: str) -> str:
    """A word in braces that means nothing."""
    return rf"\{{(?!({'|'.join(sorted(known))})\}})[^{{}}]*\}}"


def _path(*known: str, needed: Collection[str] = ()) -> Schema:
    """A path below out/.

    Args:
        known: words that may stand in it in braces.
        needed: those of them that have to.
    """
    name = rf"[^./\\\s][^/\\]{{0,{LONGEST_NAME - 1}}}"
    after = rf"[^./\\][^/\\]{{0,{LONGEST_NAME - 1}}}"
    words = [rf"\{{{word}\}}" for word in needed]
    return _text(rf"^\s*{name}(/{after})*/?\s*$", *words, never=(_CONTROL, _DRIVE, _unknown_word(*known)))


_URL = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]"
_LANGUAGE = r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$"
_LONG_NAME = rf"[^/\s][^/]{{{LONGEST_NAME - 1},}}[^/\s]"
_FOLDER = _text(never=(_CONTROL, r"^\s*[/~]", r"\\", _DRIVE, rf"(^\s*|/){_NAMED}/([^/]*/)*\.\.\s*(/|$)", _LONG_NAME))
_GLOB = _text(never=(r"(^\s*|/)\.\.(/|\s*$)", r"\\"))
_ZONE = r"^\s*[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*\s*$"
_HOST_LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"

_OF_READER: dict[Callable[[Any], Any], Schema] = {
    validators.line: _text(),
    validators.name: _text(),
    validators.names: _or_list(_text()),
    validators.flag: {"type": "boolean"},
    validators.count: _number(0, LARGEST),
    validators.number: _number(1, LARGEST),
    validators.days: _number(0, MOST_DAYS),
    validators.command: {
        "type": "array",
        "minItems": 1,
        "items": [{"type": "string", "pattern": r"\S", "not": {"pattern": r"\u0000"}}],
        "additionalItems": {"type": "string", "not": {"pattern": r"\u0000"}},
    },
    validators.url: _text(_URL),
    validators.base_url: _text(_URL, never=("[?#]",)),
    validators.hubs: _or_list(_text(_URL, never=("#",))),
    validators.email: _text(r"^\s*[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+\s*$"),
    validators.language: _text(_LANGUAGE),
    validators.timezone: _text(_ZONE, never=(r"^\s*(localtime|posixrules|Factory)\s*$",)),
    validators.authority: _text(rf"^\s*([a-z0-9._-]+@)?{_HOST_LABEL}(\.{_HOST_LABEL})*\s*$"),
    validators.feed_title: _text(never=(_unknown_word("site", "term"),)),
    validators.permalink: _text(rf"\{{({'|'.join(sorted(TELLING_APART))})\}}", never=(_unknown_word(*PLACEHOLDERS),)),
    validators.feed_path: _path("kind", "term", "format", needed=("kind", "term", "format")),
    validators.paths: _by_format(_path("term")),
    validators.old_paths: _by_format(
        _or_list(_text(never=(r"[?#\\]|//", r"(^\s*|/)(\.|%2[eE])", r"^\s*/?\s*$", _unknown_word("term"))))
    ),
    validators.state_folder: _text(
        never=(_CONTROL, r"^\s*[/~]", r"\\", _DRIVE, r"(^\s*|/)\.\.(/|\s*$)", r"^\s*(\.?/)*\.?\s*$")
    ),
    validators.globs: _or_list(_GLOB),
    validators.some_globs: _or_list(_GLOB, minItems=1),
    validators.hosts: _or_list(_text(never=(r"[/:@*?#]", r"^\s*\."))),
    validators.table: {"$ref": "#/definitions/filter"},
    folders.folder: _FOLDER,
    folders.content_folders: _or_list(_FOLDER, minItems=1),
    folders.language_folders: {
        "type": "object",
        "patternProperties": {_LANGUAGE: {"allOf": [_FOLDER, {"not": {"pattern": r"^\s*(\./|/)*\.\.(/|\s*$)"}}]}},
        "additionalProperties": False,
    },
    selectors.selectors_by_name: {"anyOf": [_text(), {"type": "object", "additionalProperties": _text()}]},
    selectors.relatives: _or_list(_text()),
}


def _of_reader(read: Callable[[Any], Any]) -> Schema:
    """The schema of what a reader of values takes."""
    if isinstance(read, validators.OneOf):
        return {"enum": list(read.known)}
    if isinstance(read, validators.SomeOf):
        # Spaces around a word do not count; editors offer what is listed.
        spaced = {"type": "string", "pattern": rf"^\s*({'|'.join(read.known)})\s*$"}
        word = {"anyOf": [{"enum": list(read.known)}, spaced]}
        return _or_list(word, minItems=read.fewest)
    if isinstance(read, validators.FromOne):
        return _number(1, read.most)
    return dict(_OF_READER[read])
