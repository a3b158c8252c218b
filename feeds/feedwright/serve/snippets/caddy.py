"""Caddy: what is imported into a site block. Source: caddyserver.com/docs/caddyfile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import TYPES, Delivery, Served, other
from feedwright.serve.snippets import rules
from feedwright.serve.snippets.rules import Group


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """The text of a file for `import`."""
    folder = rules.sayable(out, "Caddy", "`", "{", "}")
    groups = rules.groups(delivery)
    lines = (
        *_addresses(delivery),
        *(line for one in groups for line in _group(delivery, one, folder)),
        *(_rest(delivery, folder) if rules.own_space(delivery) else ()),
    )
    return "\n".join((*_head(delivery, folder, groups), "route {", *_indented(lines), "}", ""))


def quoted(text: str) -> str:
    """A word of the Caddyfile, as it stands; it holds neither a backquote nor a placeholder by chance."""
    return f"`{text}`"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"\t{line}" if line else "" for line in lines)


def _head(delivery: Delivery, folder: str, groups: list[Group]) -> Iterator[str]:
    yield f"# Feedwright: serves {delivery.site.feeds_url} from {folder}"
    yield "# Save it as /etc/caddy/feedwright.caddy, and in the site block of that host write:"
    yield "#     import /etc/caddy/feedwright.caddy"
    yield rules.ANEW
    yield "# Caddy tells the versions of a file apart by its size and by the second in which it was written."
    yield ""
    linked = [group for group in groups if group.like.self_url]
    for index, end in ((False, ""), (True, "/")):
        if any(bool(group.index) == index for group in linked):
            # The address as it was asked for, where it is spelt as our links spell it.
            asked = f"~^({rules.canonical(delivery).removesuffix('/?')}{end})(?:[?].*)?$"
            links = f"{rules.link_parts(linked[0].like)}<{rules.origin(delivery)}".replace("$", "$$")
            yield f"map {{http.request.orig_uri}} {_link(index)} {{"
            yield f"\t{quoted(asked)} {quoted(links + '${1}>; rel=' + chr(34) + 'self' + chr(34))}"
            yield "\tdefault none"
            yield "}"
    yield "map {path} {feedwright_target} {"
    yield from (f"\t{_path(path)} {quoted(_target(path, target))}" for path, target in rules.redirects(delivery))
    yield from (f"\t{_path(rules.root(delivery) + address)} gone" for address in delivery.gone)
    yield "\tdefault none"
    yield "}"


def _link(index: bool) -> str:
    return "{feedwright_folder_link}" if index else "{feedwright_link}"


def _is_plain(text: str) -> bool:
    return re.fullmatch(r"[\w/. -]+", text) is not None


def _path(path: str) -> str:
    return quoted(path if _is_plain(path) else f"~^{rules.literal(path)}$")


def _target(path: str, target: str) -> str:
    # Only what a regular expression leads to has parts put in.
    return target if _is_plain(path) else target.replace("$", "$$")


def _addresses(delivery: Delivery) -> Iterator[str]:
    yield "@feedwright_gone vars {feedwright_target} gone"
    yield "respond @feedwright_gone 410"
    yield "@feedwright_moved not vars {feedwright_target} none"
    yield f"header @feedwright_moved Cache-Control {quoted(rules.kept(delivery))}"
    yield "redir @feedwright_moved {feedwright_target} 301"
    if rules.own_space(delivery):
        yield f"@feedwright_hidden path_regexp {quoted(rules.hidden(delivery))}"
        yield "respond @feedwright_hidden 404"
    yield ""


def _group(delivery: Delivery, group: Group, folder: str) -> Iterator[str]:
    name = group.name
    index = f"(?:{rules.literal(group.index)})?" if group.index else ""
    yield f"@feedwright_{name} path_regexp {quoted(f'^{rules.literal(rules.root(delivery))}(?:{group.regex}){index}$')}"
    yield from _handled(f"@feedwright_{name}", _served(delivery, group, folder))


def _handled(matcher: str, lines: Iterable[str]) -> Iterator[str]:
    # Only a route is followed in the order in which it is written.
    yield from (f"handle {matcher} {{", "\troute {", *_indented(_indented(lines)), "\t}", "}", "")


def _served(delivery: Delivery, group: Group, folder: str) -> Iterator[str]:
    like, name = group.like, group.name
    there = f"file {{path}} {{path}}{group.index}" if group.index else "file"
    yield from _found(delivery, folder)
    yield f"@there_{name} {there}"
    yield f"header @there_{name} {{"
    yield from _indented(_fields(like))
    yield "}"
    if like.self_url:
        yield f"@linked_{name} {{"
        yield f"\t{there}"
        yield f"\tnot vars {_link(bool(group.index))} none"
        yield "}"
        yield f"header @linked_{name} Link {_link(bool(group.index))}"
    yield from _files(group.index or "index.html")


def _files(index: str) -> Iterator[str]:
    yield from ("file_server {", f"\tindex {index}", "\thide .*", "}")


def _found(delivery: Delivery, folder: str) -> Iterator[str]:
    yield f"root * {quoted(folder)}"
    if rules.raw_root(delivery) != "/":
        yield f"uri strip_prefix {quoted(rules.raw_root(delivery).removesuffix('/'))}"


def _fields(like: Served) -> Iterator[str]:
    yield f"Content-Type {quoted(like.content_type)}"
    yield f"Cache-Control {quoted(like.cache_control)}"
    if like.shared:
        yield "Access-Control-Allow-Origin *"
    if rules.is_text(like.media_type):
        yield "Vary Accept-Encoding"


def _rest(delivery: Delivery, folder: str) -> Iterator[str]:
    """Whatever else there is, where everything below the root is ours."""
    suffixes: dict[str, list[str]] = {}
    for suffix in TYPES:
        suffixes.setdefault(other(delivery.site, f"x.{suffix}").content_type, []).append(suffix)
    yield f"@feedwright_rest path_regexp {quoted(f'^{rules.literal(rules.root(delivery))}')}"
    yield from _handled("@feedwright_rest", _anything(delivery, folder, suffixes))


def _anything(delivery: Delivery, folder: str, suffixes: Mapping[str, list[str]]) -> Iterator[str]:
    yield from _found(delivery, folder)
    yield "@there file {path} {path}index.html"
    yield f"header @there Cache-Control {quoted(other(delivery.site, 'index.html').cache_control)}"
    for number, (content_type, some) in enumerate(suffixes.items()):
        named = f"(?i)[.](?:{'|'.join(some)})$"
        yield from (f"@type_{number} {{", "\tfile", f"\tpath_regexp {quoted(named)}", "}")
        yield f"header @type_{number} Content-Type {quoted(content_type)}"
    yield from _files("index.html")
