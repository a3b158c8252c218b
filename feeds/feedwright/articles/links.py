"""What an article links to beside its text: related stories, where it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from feedwright.articles.context import MOST_LINKED, Place, as_list, bounded, named
from feedwright.articles.permalinks import from_words
from feedwright.model import Link, Reference, Source
from feedwright.text.characters import xml_safe
from feedwright.text.mail_addresses import has_address
from feedwright.text.plain_text import plain
from feedwright.text.urls import absolute


def references(value: object, place: Place) -> tuple[Reference, ...] | None:
    """The related stories that a value names; None for none. Which articles they are is found out later."""
    if isinstance(value, bool):
        return None
    found = []
    for entry in bounded(as_list(value), place, MOST_LINKED):
        if isinstance(entry, dict):
            target = named(entry, "url", "href", "link", "path", "slug", "id", "permalink", "target")
            title = named(entry, "title", "name", "headline", "text", "label")
        else:
            target, title = entry, None
        reference = Reference(xml_safe(_text(target)).strip(), plain(_text(title)))
        if reference.target or reference.title:
            found.append(reference)
        else:
            place.left_out(entry, "related story", "Name its slug, its path or its URL, or give it a title")
    return tuple(dict.fromkeys(found)) or None


def aliases(value: object, place: Place) -> tuple[str, ...] | None:
    """The addresses from which readers of an article are redirected; other names of a note are passed over.

    One that begins with no slash is beside the article's own, as Hugo has it; below the site's, as Zola has it, and
    where the engine is not known, one of several parts.

    Source: Hugo, "Aliases"; jekyll-redirect-from; Zola, "Front matter" of pages.
    """
    site, engine = place.config.site.url, place.around.engine.name if place.around.engine else ""
    found: dict[str, None] = {}
    for entry in bounded(as_list(value), place, MOST_LINKED):
        written = "" if isinstance(entry, (dict, bool)) else _text(entry).strip()
        if not written or any(map(str.isspace, written)):
            continue
        below_site = engine == "Zola" or (not engine and written[0] != "." and "/" in written.rstrip("/"))
        rooted = written.startswith("/") or "://" in written or below_site
        try:
            address = from_words(written, site) if rooted else absolute(f"../{written}", place.url.rstrip("/") + "/")
        except ValueError:
            continue
        if address and address != place.url and not has_address(address):
            found[address] = None
    return tuple(found) or None


def via(value: object, place: Place) -> tuple[Link, ...] | None:
    """Where the author found the story; None for nowhere."""
    if isinstance(value, bool):
        return None
    found = []
    for entry in bounded(as_list(value), place, MOST_LINKED):
        if isinstance(entry, dict):
            written, title = named(entry, "url", "href", "link"), named(entry, "title", "name", "text")
        else:
            written, title = entry, None
        url = absolute(_text(written), place.url) if written else None
        if url is None or has_address(url):
            place.left_out(entry, "URL", "Write a URL, or a map with `url` and `title`")
        else:
            found.append(Link(url, "via", title=plain(_text(title)) or None))
    return tuple(dict.fromkeys(found)) or None


def source(value: object, place: Place) -> Source | None:
    """The feed that an article was taken over from; None where the value names no feed."""
    if not isinstance(value, dict):
        # Other engines keep a file's name, a licence or a publisher under this key.
        return None
    written = named(value, "url", "href", "feed", "link")
    url = absolute(_text(written), place.config.site.url) if written else None
    title = plain(_text(named(value, "title", "name")))
    if url is None or has_address(url):
        place.left_out(value, "source", "Write a map with the feed's `title` and `url`")
        return None
    return Source(title or urlsplit(url).hostname or url, url)


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value)
