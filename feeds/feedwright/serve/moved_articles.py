"""Where articles were before, so that a server can lead from there to where they are now.

Readers keep the link that they saw first: an article that got another address is not found there any more, unless the
site's server redirects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from feedwright.config import Config
from feedwright.serve.delivery import ArticleRedirect, Delivery
from feedwright.state.catalog import Catalog, article_of
from feedwright.state.ledger import Ledger
from feedwright.visible import visible

_IN_URLS = "!#$%&'()*+,/:;=?@[]~"
"""What stands in a URL as it is, besides letters, digits and the like."""


def moved_articles(config: Config, ledger: Ledger, catalog: Catalog, delivery: Delivery) -> tuple[ArticleRedirect, ...]:
    """Every former address of an article that is shown, by path: its `aliases`, then what the ledger knows.

    None is where another article or a feed is now, or on another host than the feeds are.

    Args:
        delivery: what else is served.
    """
    host = urlsplit(config.site.feeds_url).netloc
    urls = {row.id: row.url for row in catalog.shown_rows()}
    taken = {_bare(path) for url in urls.values() if (path := _path(url, host))}
    root = unquote(urlsplit(config.site.feeds_url).path)
    feeds = (*delivery.documents, *delivery.redirects, *delivery.gone, *(one.path for one in delivery.others))
    taken.update(_bare(root + address) for address in feeds)
    found: dict[str, ArticleRedirect] = {}
    for former, url in _former(ledger, catalog, urls):
        path = _path(former, host)
        if path and _bare(path) not in taken:
            for spelling in _spellings(path):
                found.setdefault(spelling, ArticleRedirect(spelling, quote(url, _IN_URLS)))
    return tuple(found[path] for path in sorted(found))


def _former(ledger: Ledger, catalog: Catalog, urls: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Former and present addresses of articles; what authors say comes first."""
    for row in catalog.shown_with_aliases():
        yield from ((alias, row.url) for alias in article_of(row).aliases)
    yield from ((url, urls[id_]) for url, id_ in ledger.former_urls() if id_ in urls)


def _path(url: str, host: str) -> str:
    """The path of an address that a server can tell by its path alone; empty for others."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.netloc != host or parts.query or parts.fragment or visible(path) != path:
        return ""
    inner = path.strip("/").split("/")
    is_plain = path.startswith("/") and not any(part in ("", ".", "..") for part in inner)
    return path if is_plain and not any(one in path for one in "\\\ufffd") else ""


def _bare(path: str) -> str:
    return path.removesuffix("index.html").rstrip("/")


def _spellings(path: str) -> tuple[str, ...]:
    """An address with and without its last slash, which servers take for the same where there is a folder."""
    bare = path.rstrip("/")
    return (path,) if "." in bare.rpartition("/")[2] else (bare, f"{bare}/")
