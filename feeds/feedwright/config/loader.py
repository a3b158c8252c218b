"""Reads `site.toml`: a problem names file, line and key, and says what would be right."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feedwright import bounded
from feedwright.config import folders, old_paths
from feedwright.config.keys import AFTER_PUBLISH, AUTHOR, FEED, FILTER, KIND, PAGES, RELATED, SITE, Key
from feedwright.config.kinds import KINDS, TERM_KINDS
from feedwright.config.model import (
    DEFAULT_FEED_PATH,
    FORMATS,
    Command,
    Config,
    Filter,
    KindRules,
    OwnFeed,
    Pages,
    RelatedRules,
    nearest_line,
)
from feedwright.errors import ConfigError, Problem, require_posix
from feedwright.model import Person, Site
from feedwright.text import nesting
from feedwright.text.characters import composed
from feedwright.text.mail_addresses import has_address
from feedwright.text.suggest import likest
from feedwright.text.toml_values import toml_value
from feedwright.text.urls import absolute
from feedwright.text.user_info import without_user

LARGEST = 2**20
"""Bytes of a configuration file."""

MOST_PROBLEMS = 100
"""Wrong keys that are told of at once."""


def load_config(content: Path, file: Path | None = None, state: Path | None = None) -> Config:
    """Read the configuration of a site.

    Args:
        content: the folder of `site.toml`; where `file` is another one, and does not say `content`, that of articles.
        file: the configuration file; None for `site.toml` in `content`.
        state: the folder of what must last; None for what the file says, else `.feeds` in `content`.

    Raises:
        ConfigError: the file is missing or wrong; it names every wrong key with its line.
        FeedsError: this is no POSIX system, and nothing can be done with a site's folder.
    """
    require_posix()
    path = file or content / "site.toml"
    try:
        text = (bounded.read_named(path, LARGEST) if file else bounded.read_regular(path, LARGEST)).decode("utf-8-sig")
    except FileNotFoundError:
        hint = f"Write one with `feeds init {content}`, or name another with --config."
        raise ConfigError(Problem("error", "config-missing", str(path), "there is no such file", hint)) from None
    except UnicodeDecodeError:
        what = "cannot be read: it is not UTF-8"
        raise ConfigError(Problem("error", "config-unreadable", str(path), what, "Save it as UTF-8.")) from None
    except (OSError, ValueError) as error:
        what = f"cannot be read: {bounded.reason(error)}"
        raise ConfigError(Problem("error", "config-unreadable", str(path), what, "Make it readable.")) from None
    return _Reader(content, path, text).config(state)


def config_of(text: str, content: Path) -> Config:
    """The configuration that a site would have by a file that is not written yet.

    Args:
        text: of its `site.toml`.
        content: the folder that it is to stand in.

    Raises:
        ConfigError: it is wrong.
    """
    return _Reader(content, content / "site.toml", text).config(None)


def names_content(file: Path) -> bool:
    """Whether a configuration names the folders of articles; False where it cannot be read."""
    try:
        return "content" in nesting.toml_loads(bounded.read_named(file, LARGEST).decode("utf-8-sig"))
    except (OSError, ValueError, nesting.TooDeepError):
        return False


def _lines(text: str) -> dict[str, int]:
    """Dotted key -> line; the n-th `[[feed]]` is "feed.n", counted from 0."""
    lines: dict[str, int] = {}
    table = ""
    count: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*+(\[\[?)([^\[\]]++)\]", line):
            table = re.sub(r"""['"\s]""", "", header[2])
            if header[1] == "[[":
                count[table] = count.get(table, -1) + 1
                table += f".{count[table]}"
            table = re.sub(r"^feed(?=\.(?!\d))", lambda _: f"feed.{count.get('feed', 0)}", table)
            lines.setdefault(table, number)
        elif assignment := re.match(r"""\s*+([\w.'"\s-]++)=""", line):
            key = re.sub(r"""['"\s]""", "", assignment[1])
            lines.setdefault(f"{table}.{key}" if table else key, number)
    return lines


def _leading_out(folder: str, outside: str) -> tuple[str, str]:
    what = f"{folder}: a link leads to {outside}, out of the folder that is named"
    return what, "Name the folder that it leads to, with .. where it is above."


def _meant(name: str, known: tuple[str, ...], where: str) -> str:
    """What is right in the place of a key that a table has not."""
    if where and name in SITE:
        return f"`{name}` is a key of the whole site: write it above the first line in brackets."
    near = likest(name, known, 1)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(sorted(set(known)))}."


class _Reader:
    """Reads one file, collecting every problem before it gives up."""

    def __init__(self, content: Path, file: Path, text: str) -> None:
        self.content, self.file = content, file
        self.problems: list[Problem] = []
        self.lines = _lines(text)
        try:
            self.tree: dict[str, Any] = nesting.toml_loads(text)
        except nesting.TooDeepError as error:
            hint = f"Nothing in it is nested more than {nesting.DEEPEST} deep."
            raise ConfigError(Problem("error", "config-syntax", str(file), error.what, hint, error.line)) from None
        except ValueError as error:
            line = re.search(r"line (\d+)", str(error))
            number = int(line[1]) if line else len(text.splitlines())
            raise ConfigError(
                Problem("error", "config-syntax", str(file), f"is not valid TOML: {error}", line=number)
            ) from None

    def problem(self, code: str, key: str, what: str, hint: str) -> None:
        line = nearest_line(self.lines, key)
        self.problems.append(Problem("error", code, str(self.file), what, hint, line, key))

    def table(self, tree: Any, keys: Mapping[str, Key], where: str, *besides: str) -> dict[str, Any]:
        """The values of one table, by the names of the fields that they go to."""
        found: dict[str, Any] = {}
        prefix = f"{where}." if where else ""
        if not isinstance(tree, dict):
            self.problem("config-value", where, "is not a table", f"Write it as [{where}].")
            return found
        for name, value in tree.items():
            if name in besides:
                continue
            if len(self.problems) >= MOST_PROBLEMS:
                break
            if name not in keys:
                said = _meant(name, (*keys, *besides), where)
                self.problem("config-unknown", prefix + name, "there is no such key", said)
                continue
            try:
                found[keys[name].name or name] = keys[name].read(value)
            except ValueError as error:
                what = without_user(f"{toml_value(value)} cannot be used")
                self.problem("config-value", prefix + name, what, f"{error}")
        return found

    def required(self, found: Mapping[str, Any], where: str, *names: str) -> Iterator[str]:
        for name in names:
            dotted = f"{where}.{name}" if where else name
            wrong = any(problem.key == dotted for problem in self.problems)
            if name not in found and not wrong:
                self.problem("config-missing-key", dotted, "is missing", "It is required.")
            if name not in found:
                yield name

    def config(self, state: Path | None) -> Config:
        top = self.table(self.tree, SITE, "", "related", "pages", "kinds", "authors", "feed", "after_publish")
        self.place(top.get("content", ()))
        people = self.people()
        related = RelatedRules(**self.table(self.tree.get("related", {}), RELATED, "related"))
        pages = self.pages(top)
        kinds = self.kinds()
        feeds = self.own_feeds()
        after_publish = self.after_publish()
        rules = (top.get("formats", FORMATS), top.get("feed_path", DEFAULT_FEED_PATH))
        for key, what, hint in old_paths.faults(kinds, feeds, *rules):
            self.problem("config-value", key, what, hint)
        if list(self.required(top, "", "title", "url")) or self.problems:
            raise ConfigError(*self.problems)
        site = self.site(top, people)
        folder = self.content / top.pop("state", ".feeds")
        if self.problems:
            raise ConfigError(*self.problems)
        return Config(
            self.content,
            self.file,
            state or folder,
            site,
            pages=pages,
            related=related,
            kinds=kinds,
            authors=people,
            feeds=feeds,
            after_publish=after_publish,
            lines=self.lines,
            **top,
        )

    def place(self, content: tuple[str, ...]) -> None:
        """See that the folders of articles that are named are where they are meant to be, and apart."""
        if not content:
            return
        own = self.file.parent
        if os.path.realpath(own) != os.path.realpath(self.content):
            hint = f"Name {own}, or no folder: those of articles stand in the file."
            self.problem("config-value", "content", f"another folder is named as well: {self.content}", hint)
            return
        for folder in content:
            if outside := folders.escape(own, folder):
                self.problem("config-value", "content", *_leading_out(folder, outside))
        for inner, outer in folders.overlaps(own, content):
            hint = "Name one of the two: its files would be two articles each."
            self.problem("config-value", "content", f"{inner or '.'} is in {outer or '.'}", hint)

    def pages(self, top: dict[str, Any]) -> Pages | None:
        """The table of the built site; where that is among the articles, it is none of them."""
        if "pages" not in self.tree:
            return None
        found = self.table(self.tree["pages"], PAGES, "pages")
        if not isinstance(self.tree["pages"], dict) or list(self.required(found, "pages", "folder")):
            return None
        folder = found.pop("folder")
        content = top.get("content", ("",))
        if folder in content:
            hint = "Name the folder into which the engine builds."
            self.problem("config-value", "pages.folder", "it is a folder of articles", hint)
        if outside := folders.escape(self.content, folder):
            self.problem("config-value", "pages.folder", *_leading_out(folder, outside))
        if any(folders.is_within(folder, one) for one in content):
            top["exclude"] = (*top.get("exclude", ()), f"{folder}/**")
        return Pages(self.content / folder, **found)

    def people(self) -> dict[str, Person]:
        people = {}
        for name, tree in self.named("authors"):
            found = self.table(tree, AUTHOR, f"authors.{name}")
            people[composed(name)] = Person(**{"name": composed(name), **found})
        return people

    def named(self, where: str) -> Iterator[tuple[str, Any]]:
        tree = self.tree.get(where, {})
        if not isinstance(tree, dict):
            self.problem("config-value", where, "is not a table", f"Write one [{where}.NAME] for each.")
            return
        yield from tree.items()

    def kinds(self) -> dict[str, KindRules]:
        kinds = {kind: KindRules() for kind in KINDS}
        for name, tree in self.named("kinds"):
            if name not in kinds:
                near = likest(name, KINDS, 1) or KINDS
                self.problem("config-unknown", f"kinds.{name}", "there is no such kind", f"Known: {', '.join(near)}.")
                continue
            kinds[name] = KindRules(**self.table(tree, KIND, f"kinds.{name}"))
            for format_, path in kinds[name].paths.items():
                if name in TERM_KINDS and "{term}" not in path:
                    hint = "Name {term} in it, or all feeds of this kind have the same URL."
                    self.problem("config-value", f"kinds.{name}.path", f"{format_}: {path!r} cannot be used", hint)
        return kinds

    def each(self, where: str) -> Iterator[tuple[str, Any]]:
        """The tables of a list of these, each with its place."""
        trees = self.tree.get(where, [])
        if not isinstance(trees, list):
            self.problem("config-value", where, "is not a list of tables", f"Write [[{where}]] above each.")
            return
        yield from ((f"{where}.{number}", tree) for number, tree in enumerate(trees))

    def after_publish(self) -> tuple[Command, ...]:
        commands = []
        for where, tree in self.each("after_publish"):
            found = self.table(tree, AFTER_PUBLISH, where)
            list(self.required(found, where, "command"))
            commands.append(Command(**found))
        return tuple(commands)

    def own_feeds(self) -> tuple[OwnFeed, ...]:
        feeds = tuple(self.own_feed(tree, where) for where, tree in self.each("feed"))
        names = [feed.name.casefold() for feed in feeds]
        for number, name in enumerate(names):
            if name and name in names[:number]:
                where = f"feed.{number}.name"
                self.problem(
                    "config-value", where, f"{feeds[number].name!r} is another feed's name", "Give it another name."
                )
        return feeds

    def own_feed(self, tree: Any, where: str) -> OwnFeed:
        found = self.table(tree, FEED, where)
        list(self.required(found, where, "name"))
        for part in ("include", "exclude"):
            if part in found:
                terms = self.table(found[part], FILTER, f"{where}.{part}")
                found[part] = Filter(paths=terms.pop("path", ()), terms=terms)
        return OwnFeed(**found)

    def site(self, top: dict[str, Any], people: Mapping[str, Person]) -> Site:
        names = (
            "title",
            "url",
            "description",
            "language",
            "timezone",
            "authority",
            "rights",
            "icon",
            "logo",
            "ttl",
            "hubs",
        )
        found = {name: top.pop(name) for name in names if name in top}
        url = found["url"]
        found.setdefault("authority", urlsplit(url).hostname or "")
        found["feeds_url"] = top.pop("feeds_url", url)
        found["authors"] = tuple(people.get(name, Person(name)) for name in top.pop("author", ()))
        if any(has_address(person.name) for person in found["authors"] if person not in people.values()):
            hint = "Write a name, or the id of an [authors.ID] with `name` and `email`."
            self.problem("config-value", "author", "an e-mail address stands in it", hint)
        for name in ("icon", "logo"):
            if name in found:
                picture = absolute(found[name], url)
                found[name] = picture
                if not picture:
                    self.problem("config-value", name, "cannot be used", "Write a path below url, or a URL.")
        return Site(**found)
