"""A new `site.toml`, as text: the few keys that matter, or every key with what it means."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from feedwright.config import KINDS
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.text.toml_values import toml_value

FIRST = ("title", "url", "description", "language", "timezone", "author", "permalink", "limit")
"""The keys of a new file: those that nearly every site sets."""


def short(title: str, url: str) -> str:
    """A `site.toml` with the keys that matter first, all but two behind "# "."""
    given = {"title": toml_value(title), "url": toml_value(url)}
    lines = [
        "# What Feedwright makes of this folder. Keys behind a # are examples: without them, defaults hold.",
        "# There are more: `feeds init --all-keys` writes them all into a new file.",
        "",
        *(_line(name, SITE[name], given.get(name)) for name in FIRST),
    ]
    return "\n".join(lines) + "\n"


def configuration(title: str, url: str) -> str:
    """A `site.toml` that says what every key means, with all but the first two behind "# "."""
    given = {"title": toml_value(title), "url": toml_value(url)}
    lines = [
        "# What Feedwright makes of this folder. Keys behind a # are examples: without them, defaults hold.",
        "",
        *(_line(name, key, given.get(name)) for name, key in SITE.items()),
        *samples_of_tables(),
    ]
    return "\n".join(lines) + "\n"


def sample(name: str) -> str:
    """A line that shows how a key outside of tables could be written, behind "# "."""
    return _line(name, SITE[name], None)


def samples_of_tables(without: Collection[str] = ()) -> Iterator[str]:
    """Every key of every table, behind "# ".

    Args:
        without: tables that are left out, as they stand there already.
    """
    tables: dict[str, tuple[str, str, Mapping[str, Key]]] = {
        "related": ("Related stories.", "[related]", RELATED),
        "pages": ("Addresses and texts as the site's engine built them.", "[pages]", PAGES),
        "kinds": (f"The feeds that make themselves: {', '.join(KINDS)}.", "[kinds.tag]", KIND),
        "authors": ("People, by the id that articles name.", "[authors.jane]", AUTHOR),
        "feed": ("A feed of your own; any number of these.", "[[feed]]", FEED),
        "after_publish": (
            "What is run when files have changed, before hubs are told; any number of these.",
            "[[after_publish]]",
            AFTER_PUBLISH,
        ),
    }
    for name, (about, head, keys) in tables.items():
        if name not in without:
            yield from ("", f"# {about}", f"# {head}", *(_line(key, row, None) for key, row in keys.items()))
    yield from ("", "# What include and exclude of a [[feed]] may hold.")
    yield from (_line(name, key, None) for name, key in FILTER.items())


def _line(name: str, key: Key, given: str | None) -> str:
    assignment = f"{name} = {given}" if given else f"# {name} = {key.sample}"
    return f"{assignment:<48} # {key.doc}"
