"""The `site.toml` that says what an engine's configuration said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from feedwright.commands.engines.findings import PATHS, Finding, Recognised, words
from feedwright.commands.site_file import sample, samples_of_tables
from feedwright.config.keys import SITE
from feedwright.text.toml_values import toml_key, toml_value

_INSTEAD = {"title": "My site", "url": "https://www.example.org/"}
_WIDTH = 56
_LONGEST = 200


class Pages(NamedTuple):
    """What a `site.toml` says of the built site.

    Args:
        folder: from that of the file.
        body: selector of a page's text; empty where none is known.
        drop: selectors of what is left out of it.
        take: what articles have of their pages; empty for all.
        comment: what is known of it.
    """

    folder: str
    body: str = ""
    drop: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    comment: str = ""


def site_toml(
    found: Recognised, content: Sequence[str] = (), pages: Pages | None = None, *, all_keys: bool = False
) -> str:
    """A `site.toml` of all that was found, with a comment of where each setting came from.

    Args:
        found: as `recognise` gives it.
        content: the folders of articles, from that of the file; empty where that is the one.
        pages: what it says of the built site; None for nothing.
        all_keys: whether all others are shown as well, behind "# ".

    Returns: what `feedwright.config.load_config` reads; title and url stand in it even where they were not found.
    """
    known = {finding.key: finding for finding in found.findings if finding.certainty != "missing"}
    known |= dict(_below(content, known))
    lines = [f"# Taken from the configuration of {_shown(found.engine)}. What was not sure is marked as a guess.", ""]
    for key in SITE:
        if key == "content" and content:
            lines.append(_line(key, list(content), "its folders of articles"))
        elif key in known:
            lines.append(_setting(key, known[key]))
        elif key in _INSTEAD:
            lines.append(_line(key, _instead(key, found), "not found: write your own"))
        elif all_keys:
            lines.append(sample(key))
    lines += [f"# {line}" for line in _missing(found)]
    if pages is not None:
        settings = {"folder": pages.folder, "body": pages.body, "drop": list(pages.drop), "take": list(pages.take)}
        lines += ["", f"[pages] # {_shown(pages.comment)}"]
        lines += [f"{name} = {toml_value(value)}" for name, value in settings.items() if value]
    if PATHS in known:
        lines += ["", "[kinds.site]", _setting("path", known[PATHS])]
    for key, finding in known.items():
        if key.startswith("authors.") and isinstance(finding.value, dict):
            lines += ["", f"[authors.{toml_key(key.removeprefix('authors.'))}] # {_comment(finding)}"]
            lines += [f"{name} = {toml_value(value)}" for name, value in finding.value.items()]
    if all_keys:
        lines += samples_of_tables(("pages",) if pages is not None else ())
    return "\n".join(lines) + "\n"


def _below(content: Sequence[str], known: Mapping[str, Finding]) -> Iterator[tuple[str, Finding]]:
    """The settings that name files, from the folder of `site.toml` instead of that of articles."""
    for key in ("include", "exclude"):
        if content and key in known and isinstance(known[key].value, (list, tuple)):
            globs = tuple(f"{content[0]}/{glob}" for glob in words(known[key].value))
            yield key, replace(known[key], value=globs)


def _instead(key: str, found: Recognised) -> str:
    """What stands for a setting that is not known; for an address of which the path alone is known, with that."""
    known = next((one.value for one in found.findings if (one.key, one.certainty) == (key, "missing")), None)
    path = known if key == "url" and isinstance(known, str) and known.startswith("/") else ""
    return _INSTEAD[key].rstrip("/") + path if path else _INSTEAD[key]


def _missing(found: Recognised) -> Iterator[str]:
    for finding in found.findings:
        if finding.certainty == "missing":
            yield f"Not taken: {_shown(finding.key)} ({_shown(finding.where)})"


def _setting(key: str, finding: Finding) -> str:
    return _line(key, finding.value, _comment(finding))


def _line(key: str, value: object, comment: str) -> str:
    return f"{f'{key} = {toml_value(value)}':<{_WIDTH}} # {comment}"


def _comment(finding: Finding) -> str:
    return _shown(f"a guess from {finding.where}" if finding.certainty == "guess" else finding.where)


def _shown(text: str) -> str:
    kept = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"
