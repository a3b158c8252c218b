"""The page for people, `index.html`: what it lists, from the catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from feedwright import formats
from feedwright.config.kinds import BY_NAME, OWN, SITE, WITHOUT_TERMS
from feedwright.formats import shown
from feedwright.model import UNDATED, Feed
from feedwright.publish.extras import opml
from feedwright.publish.extras.model import Extra, Scene, hash_of
from feedwright.publish.page.html import index
from feedwright.publish.page.model import Address, Listed, Page, Story
from feedwright.publish.page.words import own_name, words
from feedwright.text.moments import written

PATH = "index.html"
paths = (PATH,)

STORIES = 12
"""Articles that are listed, the newest."""

MOST = 300
"""Feeds of one kind that are listed: the page is for people, who do not read a list of thousands."""


def documents(scene: Scene) -> Iterator[Extra]:
    """The page, made where what it shows has changed."""
    page = page_of(scene)
    yield Extra(PATH, hash_of(page), lambda: index(page))


def due(scene: Scene) -> int | None:
    """Never: what the page shows changes with articles and settings alone."""
    return None


def page_of(scene: Scene) -> Page:
    """What the page shows."""
    site = scene.config.site
    whole_list = site.feeds_url + opml.PATH if "opml" in scene.config.extras else ""
    every = list(_listed(scene))
    counts = Counter(feed.kind for feed in every)
    totals = tuple((kind, count) for kind, count in counts.items() if count > MOST)
    return Page(site, tuple(_fewer(every)), tuple(_stories(scene)), totals, whole_list)


def _listed(scene: Scene) -> Iterator[Listed]:
    """The feeds that somebody may subscribe to, each with what its kind calls it."""
    there = scene.catalog.counts()
    shapes: dict[int, list[Feed]] = {}
    for number, feed in scene.feeds:
        shapes.setdefault(number, []).append(feed)
    for number, (feed, *others) in shapes.items():
        count, newest = there.get(number, (0, None))
        # A term without articles is one that the configuration names, for articles to come.
        if count or feed.kind in WITHOUT_TERMS:
            addresses = tuple(
                Address(one.format, formats.load(one.format).media_type, one.self_url) for one in (feed, *others)
            )
            of_its_own = feed.description not in (feed.title, scene.config.site.description)
            description = feed.description if of_its_own else ""
            when = _day(newest) if newest else None
            name = _name(feed)
            yield Listed(feed.kind, name, feed.title, description, feed.language, addresses, count, when)


def _name(feed: Feed) -> str:
    if feed.kind == SITE:
        return words(feed.site.language).kinds[SITE]
    if feed.kind == OWN:
        return feed.title
    return own_name(feed.term) if BY_NAME[feed.kind].is_language else feed.term


def _fewer(feeds: Sequence[Listed]) -> list[Listed]:
    """Of each kind those with the most articles, in the order in which they came."""
    kinds: dict[str, list[int]] = {}
    for at, feed in enumerate(feeds):
        kinds.setdefault(feed.kind, []).append(at)
    kept = {at for of in kinds.values() for at in sorted(of, key=lambda at: -feeds[at].count)[:MOST]}
    return [feed for at, feed in enumerate(feeds) if at in kept]


def _stories(scene: Scene) -> Iterator[Story]:
    """The newest articles of the site's own feed, where it has one."""
    if not scene.config.kinds[SITE].enabled:
        return
    _, numbers = scene.catalog.window((SITE, ""), min(STORIES, scene.config.limit or STORIES))
    rows = {row.n: row for row in scene.catalog.numbered(numbers)}
    for row in (rows[n] for n in numbers):
        article = None if row.title else scene.catalog.whole(row.n)
        title = row.title or (shown.title(article) if article else row.slug)
        yield Story(title, row.url, _day(row.when()), row.language)


def _day(published: datetime) -> date | None:
    return None if published == UNDATED else written(published).date()
