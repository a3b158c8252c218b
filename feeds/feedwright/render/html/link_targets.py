"""Link targets that are written as source files: an engine replaces them by the address of what it makes of these."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from feedwright.model import Article, Site

Lookup = Callable[[str], Article | None]
"""The name of a source file, without fragment -> its article."""

_BRACED = re.compile(
    r"(?:\{|%7[Bb]|\||%7[Cc])(filename|static|attach|index|tag|category|author)(?:\}|%7[Dd]|\||%7[Cc])([^\n]*)"
)
_SOURCE = re.compile(
    r"(?![A-Za-z][A-Za-z0-9+.-]*:|//)(?:@/[^?#\n]+|[^?#\n]+\.(?i:mdx?|mdown|mkdn?|mkdown|markdown|rst|rest|adoc|asciidoc|org))"
)


def target(url: str, article: Article, lookup: Lookup | None, site: Site | None = None, content: str = "") -> str:
    """What a link leads to, where it names the source of another article, or a file beside it, as engines allow.

    Args:
        url: as written, or percent-encoded: `tides.md#ebb`, `@/sea/tides.md`, `{filename}/sea/tides.md`,
            `|static|chart.png`.
        article: whose link it is.
        lookup: the name of a source file, without fragment -> its article.
        site: below whose address files are; None for the article's own host.
        content: the content folder that the article is in, as `Config.content` has it.

    Returns: `url` itself where it is an ordinary one.

    Source: Pelican, "Linking to internal content"; Zola, "Internal links".
    """
    braced = _BRACED.match(url) if url[:1] in ("{", "%", "|") else None
    if braced:
        return _of_pelican(braced[1], braced[2], article, lookup, site, content)
    # Every source has an "@" or a dot, most links to pages have none.
    source = _SOURCE.match(url) if lookup and ("." in url or url[:1] == "@") else None
    if source is None or lookup is None or url[source.end() : source.end() + 1] not in ("", "#", "?"):
        return url
    known = lookup(unquote(source[0]))
    return known.url + url[source.end() :] if known and known.url else url


def _of_pelican(kind: str, rest: str, article: Article, lookup: Lookup | None, site: Site | None, content: str) -> str:
    path, hash_, fragment = rest.partition("#")
    home = site.url if site else "/"
    if kind == "index":
        return home
    if kind in ("tag", "category", "author"):
        return f"{home}{kind}/{path.strip('/').lower().replace(' ', '-')}.html"
    if kind == "filename":
        known = lookup(unquote(path)) if lookup else None
        if known and known.url:
            return f"{known.url}{hash_}{fragment}"
    if kind == "attach" and not path.startswith("/"):
        return path
    below = path if path.startswith("/") else join("/", dirname(article.key[len(content) :].lstrip("/")), path)
    return home + normpath(below).lstrip("/") + hash_ + fragment
