"""Apache: what is included in a virtual host. Source: httpd.apache.org, mod_rewrite, mod_headers, core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import TYPES, Delivery, other
from feedwright.serve.snippets import rules
from feedwright.serve.snippets.rules import Group


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """The text of a file for `Include`."""
    folder = rules.sayable(out, "Apache", "$", "%", "\\", '"')
    groups = rules.groups(delivery)
    own = rules.own_space(delivery)
    return "\n".join(
        (
            *_head(delivery, folder),
            *(_redirect(*one) for one in rules.redirects(delivery)),
            *(f"RewriteRule {_asked(delivery, rules.literal(address))} - [G]" for address in delivery.gone),
            *([f"RewriteRule {raw(rules.hidden(delivery))} - [R=404,L]"] * own),
            "",
            *(line for one in groups for line in _file(delivery, one, folder)),
            *_folder(delivery, folder, own),
            # Of sections that match, the last has the last word; of rules above, the first.
            *(line for one in reversed(groups) for line in _section(delivery, one)),
        )
    )


def quoted(text: str) -> str:
    """A word of other directives."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def raw(text: str) -> str:
    """A word of a rule for rewriting, where backslashes stay as they are; it must hold no quotation mark."""
    return f'"{text}"'


def _head(delivery: Delivery, folder: str) -> Iterator[str]:
    yield f"# Feedwright: serves {delivery.site.feeds_url} from {folder}"
    yield "# Save it as /etc/apache2/feedwright.conf, and in the <VirtualHost> of that host write:"
    yield "#     Include /etc/apache2/feedwright.conf"
    yield "# It needs: a2enmod headers rewrite. Rules for rewriting that come before it there are followed first."
    yield rules.ANEW
    yield ""
    yield "RewriteEngine On"
    yield f"Header always set Cache-Control {quoted(rules.kept(delivery))} env=feedwright_moved"
    # The address as it was asked for, where it is spelt as our links spell it.
    asked = f"^[A-Z]+ ({rules.canonical(delivery)})(?:[?][^ ]*)? HTTP/"
    yield f'RewriteCond "%{{THE_REQUEST}}" {raw(asked)}'
    yield 'RewriteRule "^" "-" [E=feedwright_self:%1]'


def _asked(delivery: Delivery, regex: str) -> str:
    return raw(f"^{rules.literal(rules.root(delivery))}(?:{regex})$")


def _redirect(path: str, target: str) -> str:
    # In what is put in its place, these mean parts of what was matched.
    url = target.replace("%", "\\%").replace("$", "\\$")
    return f"RewriteRule {raw(f'^{rules.literal(path)}$')} {raw(url)} [R=301,L,NE,E=feedwright_moved:1]"


def _file(delivery: Delivery, group: Group, folder: str) -> Iterator[str]:
    """Where the documents are."""
    index = f"(?:{rules.literal(group.index)})?" if group.index else ""
    regex = f"^{rules.literal(rules.root(delivery))}({group.regex}){index}$"
    # Not by a rule: what is rewritten must not hold a question mark.
    yield f"AliasMatch {quoted(regex)} {quoted(f'{folder}/$1{group.index}')}"
    yield ""


def _folder(delivery: Delivery, folder: str, own: bool) -> Iterator[str]:
    page = other(delivery.site, "index.html")
    if own:
        yield f"Alias {quoted(rules.root(delivery))} {quoted(f'{folder}/')}"
    yield f"<Directory {quoted(folder)}>"
    yield "    Require all granted"
    yield "    Options -Indexes -MultiViews"
    yield "    AllowOverride None"
    yield "    AddDefaultCharset Off"
    yield "    FileETag MTime Size"
    if own:
        yield "    DirectoryIndex index.html"
        for suffix in TYPES:
            yield f"    AddType {quoted(other(delivery.site, f'x.{suffix}').content_type)} .{suffix}"
        yield f"    Header set Cache-Control {quoted(page.cache_control)}"
        texts = [suffix for suffix in TYPES if rules.is_text(TYPES[suffix])]
        yield f"    <FilesMatch {quoted(f'(?i)[.](?:{chr(124).join(texts)})$')}>"
        yield '        Header merge Vary "Accept-Encoding"'
        yield "    </FilesMatch>"
    yield "    # mod_deflate marks ETags of what it compresses, and would not know them again."
    yield '    RequestHeader edit "If-None-Match" "-gzip\\"" "\\""'
    yield "</Directory>"
    yield ""


def _section(delivery: Delivery, group: Group) -> Iterator[str]:
    like = group.like
    index = f"(?:{rules.literal(group.index)})?" if group.index else ""
    yield f"<LocationMatch {quoted(f'^{rules.literal(rules.root(delivery))}(?:{group.regex}){index}$')}>"
    yield f"    ForceType {quoted(like.content_type)}"
    yield f"    Header set Cache-Control {quoted(like.cache_control)}"
    if like.shared:
        yield '    Header set Access-Control-Allow-Origin "*"'
    if like.self_url:
        # In a header's value, a percent sign begins what is put in.
        links = f"{rules.link_parts(like)}<{rules.origin(delivery)}".replace("%", "%%")
        value = links + '%{feedwright_self}e>; rel="self"'
        yield f"    Header set Link {quoted(value)} env=feedwright_self"
    if rules.is_text(like.media_type):
        yield '    Header merge Vary "Accept-Encoding"'
    yield "</LocationMatch>"
    yield ""
