"""The names that an article can be called by: its id, its address, its path, its slug, its title."""

from __future__ import annotations

from posixpath import normpath

from feedwright.model import Article
from feedwright.text.characters import composed
from feedwright.text.language_tags import split_suffix

ID, URL, PATH, SLUG, TITLE = "iupst"
"""The letter before a name says what it is."""


def names_of(article: Article) -> list[str]:
    """Every name that an article can be called by, each once; the letter before it says what it is."""
    key, path, slug = composed(article.key), composed(article.path), composed(article.slug).casefold()
    names = [ID + article.id, URL + shared_address(article.url), PATH + key, PATH + path]
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


def shared_headline(title: str) -> str:
    """What two spellings of one title have in common."""
    return " ".join(composed(title).casefold().split())


def page_path(path: str) -> str:
    """A path without what leads nowhere: ".", "..", and the name of a folder's page."""
    return normpath(path).removesuffix("/index")
