"""The keys of `site.toml`, as a table: name, meaning, and the function that reads the value.

The commented file that `feeds init` writes and the documentation's list come from the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feeds.compress import SUFFIXES
from feeds.config import values
from feeds.config.rules import EXTRAS, FORMATS, TERM_KINDS


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file.

    Args:
        read: the value as TOML gives it -> as Config holds it; raises ValueError that says what would be right.
        doc: what it means, one line.
        sample: how it could be written, in TOML.
        name: the field it goes to, where that is not the key.
    """

    read: Callable[[Any], Any]
    doc: str
    sample: str
    name: str = ""


_RULES = {
    "limit": Key(values.count, "entries in a feed, the newest; 0 for all", "20"),
    "body": Key(values.one_of("full", "summary"), "what entries show: full or summary", '"full"'),
    "formats": Key(values.some_of(*FORMATS), "formats of each feed", str(list(FORMATS)).replace("'", '"')),
}
_PATHS = "where its documents are below out/, by format"
_OLD_PATHS = "addresses below feeds_url that lead to it, by format"

SITE = {
    "title": Key(values.line, "the site's name (required)", '"The Tidewater Courier"'),
    "url": Key(values.base_url, "the site's address (required)", '"https://www.example.org/"'),
    "feeds_url": Key(values.base_url, "the address that out/ is served at, if not url", '"https://feeds.example.org/"'),
    "description": Key(values.line, "what the site is, in a sentence", '"News of the coast"'),
    "language": Key(values.language, "the site's own language", '"en"'),
    "timezone": Key(values.timezone, "the zone of dates without an offset", '"Europe/Berlin"'),
    "authority": Key(
        values.authority, "a domain or e-mail address that was yours all along; in new ids", '"example.org"'
    ),
    "author": Key(values.lines, "who wrote what names no author: ids of [authors], or names", '"jane"'),
    "rights": Key(values.line, "copyright of the whole", '"© The Tidewater Courier"'),
    "icon": Key(values.line, "a small square picture, below url", '"/icon.png"'),
    "logo": Key(values.line, "a picture twice as wide as high, below url", '"/logo.png"'),
    "ttl": Key(values.minutes, "minutes a reader may wait between polls", "60"),
    "hubs": Key(values.hubs, "WebSub hubs, told at once what has changed", '["https://pubsubhubbub.appspot.com/"]'),
    "permalink": Key(values.permalink, "an article's address below url", '"/{year}/{month}/{slug}/"'),
    **_RULES,
    "precompress": Key(
        values.some_of(*SUFFIXES, fewest=0), "codings that also stand beside documents: br, gzip", '["gzip", "br"]'
    ),
    "extras": Key(values.some_of(*EXTRAS, fewest=0), "what is made besides feeds", str(list(EXTRAS)).replace("'", '"')),
    "stylesheet": Key(values.flag, "whether a feed opened in a browser is shown with a style", "false"),
    "feed_path": Key(values.feed_path, "where a feed is below out/", '"{kind}/{term}/{format}"'),
    "all_languages": Key(values.flag, "whether the site's own feed has every language", "false"),
    "date_order": Key(values.one_of("dmy", "mdy", "ymd"), "how to read 03/04/2020", '"dmy"'),
    "undated": Key(
        values.one_of("first-seen", "last"), "articles without a date: new when first seen, or last", '"first-seen"'
    ),
    "include": Key(values.lines, "which files are articles", '["**/*.md", "**/*.html"]'),
    "exclude": Key(values.lines, "which of these are not", '["pages/**"]'),
    "state": Key(values.line, "folder of what must last, below the content folder", '".feeds"'),
    "embed_hosts": Key(
        values.lines, "hosts whose players stay embedded; others become links", '["player.example.org"]'
    ),
}
RELATED = {
    "auto": Key(values.count, "related stories to find for each article, at most", "3"),
    "in_body": Key(values.flag, "whether they are also listed at the end of the text", "true"),
}
KIND = {
    "enabled": Key(values.flag, "whether there are such feeds", "true"),
    "only": Key(values.lines, "the only terms that get one", '["News", "Sport"]'),
    "except": Key(values.lines, "terms that get none", '["Internal"]', "excepted"),
    "title": Key(values.line, "its title, with {site} and {term}", '"{site}: {term}"'),
    **_RULES,
    "path": Key(values.paths, _PATHS, '{ rss = "tag/{term}.xml" }', "paths"),
    "old_paths": Key(values.old_paths, _OLD_PATHS, '{ rss = ["tags/{term}/feed/"] }'),
}
AUTHOR = {
    "name": Key(values.line, "as it is shown", '"Jane Doe"'),
    "email": Key(values.email, "shown to every reader", '"jane@example.org"'),
    "url": Key(values.url, "the author's page", '"https://www.example.org/jane"'),
}
FILTER = {
    **{kind: Key(values.lines, f"articles with any of these as {kind}", '["News"]') for kind in TERM_KINDS},
    "path": Key(values.lines, "articles whose file any of these globs names", '["posts/**"]'),
}
FEED = {
    "name": Key(values.line, "its name, part of its address (required)", '"podcast"'),
    "title": Key(values.line, "its title", '"The Tidewater Podcast"'),
    "description": Key(values.line, "what it is, in a sentence", '"Read aloud"'),
    "language": Key(values.language, "its language, if not the site's", '"de"'),
    "include": Key(values.table, "which articles it has: any of these", '{ category = ["News"] }'),
    "exclude": Key(values.table, "which of these it has not", '{ tag = ["brief"] }'),
    **_RULES,
    "path": Key(values.paths, _PATHS, '{ rss = "podcast.xml" }', "paths"),
    "old_paths": Key(values.old_paths, _OLD_PATHS, '{ rss = ["podcast/feed/"] }'),
}
AFTER_PUBLISH = {
    "command": Key(
        values.command,
        "a program, told which files changed (required)",
        '["rsync", "-a", "--files-from=-", ".", "host:feeds/"]',
    ),
    "timeout": Key(values.seconds, "seconds that it may take", "60"),
}
