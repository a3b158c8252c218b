"""nginx: what is included in a server block. Source: nginx.org, ngx_http_core_module and ngx_http_headers_module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import TYPES, Delivery, Served, other
from feedwright.serve.snippets import rules
from feedwright.serve.snippets.rules import Group


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """The text of a file for `include`."""
    folder = rules.sayable(out, "nginx", "$")
    groups = rules.groups(delivery)
    return "\n".join(
        (
            *_head(delivery, folder),
            *_links(delivery, groups),
            *(_redirect(delivery, *one) for one in rules.redirects(delivery)),
            *(_gone(delivery, address) for address in delivery.gone),
            *([f"location ~ {quoted(rules.hidden(delivery))} {{ return 404; }}", ""] * rules.own_space(delivery)),
            *(line for one in groups for line in _group(delivery, one, folder)),
            *(_rest(delivery, folder) if rules.own_space(delivery) else ()),
        )
    )


def quoted(text: str) -> str:
    """A word of the configuration; `$` still begins a variable where the directive has variables."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _address(text: str) -> str:
    """A URL where variables are looked for, for which nginx has no escape."""
    return text.replace("$", "%24")


def _head(delivery: Delivery, folder: str) -> Iterator[str]:
    yield f"# Feedwright: serves {delivery.site.feeds_url} from {folder}"
    yield "# Save it as /etc/nginx/feedwright.conf, and in the server block of that host write:"
    yield "#     include /etc/nginx/feedwright.conf;"
    yield "# above other locations with ~ (those with ^~ come first). What add_header says there does not reach these."
    yield rules.ANEW
    yield ""


def _links(delivery: Delivery, groups: list[Group]) -> Iterator[str]:
    """The field `Link` for the address that was asked for, where that is spelt as our links spell it."""
    linked = [group for group in groups if group.like.self_url]
    if not linked:
        return
    hubs = _address(rules.link_parts(linked[0].like))
    for index, end in ((False, ""), (True, "/")):
        if any(bool(group.index) == index for group in linked):
            name = _link(index)
            asked = f"^(?<feedwright_self>{rules.canonical(delivery).removesuffix('/?')}{end})(?:[?]|$)"
            value = f'{hubs}<{rules.origin(delivery)}$feedwright_self>; rel="self"'
            yield f'set {name} "";'
            yield f"if ($request_uri ~ {quoted(asked)}) {{"
            yield f"    set {name} {quoted(value)};"
            yield "}"
    yield ""


def _link(index: bool) -> str:
    return "$feedwright_folder_link" if index else "$feedwright_link"


def _redirect(delivery: Delivery, path: str, target: str) -> str:
    kept = f"add_header Cache-Control {quoted(rules.kept(delivery))};"
    return f"location = {quoted(path)} {{ {kept} return 301 {quoted(_address(target))}; }}"


def _gone(delivery: Delivery, address: str) -> str:
    return f"location = {quoted(rules.root(delivery) + address)} {{ return 410; }}"


def _group(delivery: Delivery, group: Group, folder: str) -> Iterator[str]:
    index = f"(?:{rules.literal(group.index)})?" if group.index else ""
    regex = f"^{rules.literal(rules.root(delivery))}(?<feedwright_file>{group.regex}){index}$"
    yield f"location ~ {quoted(regex)} {{"
    if group.index:
        # What ends in a slash is never a file to nginx, and `alias` does not follow a rewrite.
        yield f"    root {quoted(folder)};"
        yield f"    rewrite ^ {quoted(f'/${{feedwright_file}}{group.index}')} break;"
    else:
        yield f"    alias {quoted(f'{folder}/${{feedwright_file}}')};"
    yield "    types { }"
    yield f"    default_type {quoted(group.like.content_type)};"
    yield from _fields(group.like, _link(bool(group.index)))
    yield "}"
    yield ""


def _fields(like: Served, link: str) -> Iterator[str]:
    yield "    charset off;"
    yield "    if_modified_since before;"
    if rules.is_text(like.media_type):
        # gzip_vary would leave it out of answers without content (304).
        yield from ("    gzip on;", "    gzip_vary off;", "    add_header Vary Accept-Encoding;")
        if like.media_type != "text/html":
            yield f"    gzip_types {quoted(like.content_type)};"
    else:
        yield "    gzip off;"
    yield f"    add_header Cache-Control {quoted(like.cache_control)};"
    if like.self_url:
        yield f"    add_header Link {link};"
    if like.shared:
        yield '    add_header Access-Control-Allow-Origin "*";'


def _rest(delivery: Delivery, folder: str) -> Iterator[str]:
    """Whatever else there is, where everything below the root is ours."""
    page = other(delivery.site, "index.html")
    suffixes: dict[str, list[str]] = {}
    for suffix in TYPES:
        suffixes.setdefault(other(delivery.site, f"x.{suffix}").content_type, []).append(suffix)
    texts = [kind for kind in suffixes if rules.is_text(kind.partition(";")[0]) and not kind.startswith("text/html")]
    yield f"location {quoted(rules.root(delivery))} {{"
    yield f"    alias {quoted(f'{folder}/')};"
    yield "    index index.html;"
    yield "    autoindex off;"
    yield "    types {"
    yield from (f"        {quoted(kind)} {' '.join(some)};" for kind, some in sorted(suffixes.items()))
    yield "    }"
    yield f"    default_type {other(delivery.site, 'x').content_type};"
    yield "    charset off;"
    yield "    if_modified_since before;"
    yield "    gzip on;"
    yield "    gzip_vary off;"
    yield "    add_header Vary Accept-Encoding;"
    yield f"    gzip_types {' '.join(map(quoted, [page.content_type, *sorted(texts)]))};"
    yield f"    add_header Cache-Control {quoted(page.cache_control)};"
    yield "}"
    yield ""
