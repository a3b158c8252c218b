"""The names that an article can be called by: its id, its address, its path, its slug, its title."""

from __future__ import annotations

import re
from posixpath import normpath
from urllib.parse import urlsplit

from feedwright.model import Article, Site
from feedwright.text.characters import composed
from feedwright.text.language_tags import split_suffix

ID, URL, PATH, SLUG, TITLE = "iupst"
"""The letter before a name says what it is."""

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]*+)([^?#]*+)(\?[^#]*+)?")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def names_of(article: Article) -> list[str]:
    """Every name that an article can be called by, each once; the letter before it says what it is."""
    key, path, slug = composed(article.key), composed(article.path), composed(article.slug).casefold()
    names = [ID + article.id, URL + shared_address(article.url), PATH + key, PATH + path]
    names += [URL + shared_address(alias) for alias in article.aliases]
    if article.guid:
        names.append(ID + article.guid)
    # "tides.de" is the German "tides", and meant where a German article names that.
    if "." in path and (bare := page_path(split_suffix(path)[0])) != path:
        names.append(PATH + bare)
    names += [SLUG + slug, SLUG + path.rpartition("/")[2].casefold(), TITLE + shared_headline(article.title)]
    return [name for name in dict.fromkeys(names) if len(name) > 1]


def name_of_id(id_: str) -> str:
    """The name of the article that has an id."""
    return ID + id_


def shared_address(url: str) -> str:
    """What two addresses of one page have in common."""
    page = url.partition("#")[0].removesuffix("index.html").rstrip("/")
    return page.removeprefix("https:").removeprefix("http:")


def site_page(url: str, site: Site) -> str:
    """What all addresses of one page of the site have in common.

    Args:
        url: absolute.

    Returns: "/posts/tides" for "http://www.tides.example/posts/tides/index.html#ebb"; empty for another site's page.
    """
    parts = _ADDRESS.match(url)
    if parts is None or parts[1] != urlsplit(site.url).netloc.removeprefix("www."):
        return ""
    path = parts[2].removesuffix("index.html").removesuffix("index.htm")
    path = path.removesuffix(".html").removesuffix(".htm").rstrip("/") or "/"
    if "%" in path:
        path = _ESCAPE.sub(lambda escape: escape[0].upper(), path)
    return path + (parts[3] or "")


def shared_headline(title: str) -> str:
    """What two spellings of one title have in common."""
    return " ".join(composed(title).casefold().split())


def page_path(path: str) -> str:
    """A path without what leads nowhere: ".", "..", and the name of a folder's page."""
    return normpath(path).removesuffix("/index")
