"""For the pages of the site: the links in their heads by which browsers and readers find feeds.

It is no setting of a server, so it is none of `SNIPPETS`, and takes what those do not.
"""

from __future__ import annotations

from feedwright.config import Config
from feedwright.serve.autodiscovery import links
from feedwright.visible import visible


def text(config: Config, feed: str = "", article: str = "") -> str:
    """The links of the whole site, of a page about one feed's articles, or of an article's page.

    Args:
        feed, article: as `autodiscovery.links` takes them.

    Raises:
        FeedsError: there is no such feed or article.

    Source: https://www.rssboard.org/rss-autodiscovery.
    """
    return "".join(
        f"{visible(link, _reference)}\n" for link in links(config.root, config.file, config.state, feed, article)
    )


def _reference(character: str) -> str:
    return f"&#x{ord(character):X};"
