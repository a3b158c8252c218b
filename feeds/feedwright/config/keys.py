"""The keys of `site.toml`, as a table: name, meaning, and the function that reads the value.

The commented file that `feeds init` writes and the documentation's list come from the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from feedwright.config import folders, selectors, validators
from feedwright.config.kinds import TERM_KINDS
from feedwright.config.model import EXTRAS, FORMATS, TAKEN


class Key(NamedTuple):
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
    "limit": Key(validators.count, "entries in a feed, the newest; 0 for all", "20"),
    "archive": Key(validators.count, "entries in each archive document (RFC 5005); 0 for no archives", "100"),
    "max_bytes": Key(validators.count, "bytes of a feed, at most: oldest entries leave first; 0 for any", "500000"),
    "body": Key(validators.one_of("full", "summary"), "what entries show: full or summary", '"full"'),
    "formats": Key(validators.some_of(*FORMATS), "formats of each feed", str(list(FORMATS)).replace("'", '"')),
}
_PATHS = "where its documents are below out/, by format"
_OLD_PATHS = "addresses below feeds_url that lead to it, by format"

SITE = {
    "title": Key(validators.line, "the site's name (required)", '"The Tidewater Courier"'),
    "url": Key(validators.base_url, "the site's URL (required)", '"https://www.example.org/"'),
    "feeds_url": Key(validators.base_url, "the URL that out/ is served at, if not url", '"https://feeds.example.org/"'),
    "description": Key(validators.line, "what the site is, in a sentence", '"News of the coast"'),
    "language": Key(validators.language, "the site's own language", '"en"'),
    "timezone": Key(validators.timezone, "the zone of dates without an offset", '"Europe/Berlin"'),
    "authority": Key(
        validators.authority, "a domain or e-mail address that was yours all along; in new ids", '"example.org"'
    ),
    "author": Key(validators.names, "who wrote what names no author: ids of [authors], or names", '"jane"'),
    "rights": Key(validators.line, "copyright of the whole", '"© The Tidewater Courier"'),
    "icon": Key(validators.line, "a small square picture, below url", '"/icon.png"'),
    "logo": Key(validators.line, "a picture twice as wide as high, below url", '"/logo.png"'),
    "ttl": Key(validators.from_one("minutes", 525_600), "minutes a reader may wait between polls", "60"),
    "hubs": Key(validators.hubs, "WebSub hubs, told at once what has changed", '["https://pubsubhubbub.appspot.com/"]'),
    "content": Key(
        folders.content_folders, "folders of articles, from site.toml's own", '["content/posts", "content/notes"]'
    ),
    "permalink": Key(validators.permalink, "pattern of an article's URL, below url", '"/{year}/{month}/{slug}/"'),
    **_RULES,
    "extras": Key(
        validators.some_of(*EXTRAS, fewest=0), "what is made besides feeds", str(list(EXTRAS)).replace("'", '"')
    ),
    "retracted_for": Key(validators.days, "days that a retraction is told in Atom feeds", "90"),
    "stylesheet": Key(validators.flag, "whether a feed opened in a browser is shown with a style", "false"),
    "feed_path": Key(validators.feed_path, "where a feed is below out/", '"{kind}/{term}/{format}"'),
    "all_languages": Key(validators.flag, "whether the site's own feed has every language", "false"),
    "date_order": Key(validators.one_of("dmy", "mdy", "ymd"), "how to read 03/04/2020", '"dmy"'),
    "undated": Key(
        validators.one_of("first-seen", "last"), "articles without a date: new when first seen, or last", '"first-seen"'
    ),
    "protected": Key(
        validators.one_of("out", "title"), "articles behind a password: in no feed, or title and link alone", '"out"'
    ),
    "include": Key(validators.some_globs, "which files are articles", '["**/*.md", "**/*.html"]'),
    "exclude": Key(validators.globs, "which of these are not", '["pages/**"]'),
    "state": Key(validators.state_folder, "the state folder, from site.toml's own: keep it", '".feeds"'),
    "embed_hosts": Key(
        validators.hosts, "hosts whose players stay embedded; others become links", '["player.example.org"]'
    ),
}
RELATED = {
    "auto": Key(validators.count, "related stories to find for each article, at most", "3"),
    "linked": Key(validators.flag, "whether articles of the site that a text links to are related stories", "false"),
    "in_body": Key(validators.flag, "whether related stories are listed at the end of the text, too", "false"),
}
PAGES = {
    "folder": Key(folders.folder, "the site as its engine built it, from site.toml's folder (required)", '"public"'),
    "body": Key(
        selectors.selectors_by_name,
        'CSS selector of an article\'s text; or a table: section or language = selector, "*" for others',
        '"article > div"',
        "bodies",
    ),
    "drop": Key(selectors.relatives, "CSS selectors of what is left out of it", '["header.title"]'),
    "take": Key(validators.some_of(*TAKEN), "what an article has of its page", str(list(TAKEN)).replace("'", '"')),
    "languages": Key(folders.language_folders, "folders of languages, where pages do not say theirs", '{ es = "es/" }'),
    "missing": Key(
        validators.one_of("hold", "formula"),
        "articles without a page: held back, or with a URL by permalink",
        '"hold"',
    ),
}
KIND = {
    "enabled": Key(validators.flag, "whether there are such feeds", "true"),
    "only": Key(validators.names, "the only terms that get one", '["News", "Sport"]'),
    "except": Key(validators.names, "terms that get none", '["Internal"]', "excepted"),
    "at_least": Key(validators.number, "articles that a term needs to get one; one that exists stays", "3"),
    "title": Key(validators.feed_title, "its title, with {site} and {term}", '"{site}: {term}"'),
    **_RULES,
    "path": Key(validators.paths, _PATHS, '{ rss = "tag/{term}.xml" }', "paths"),
    "old_paths": Key(validators.old_paths, _OLD_PATHS, '{ rss = ["tags/{term}/feed/"] }'),
}
AUTHOR = {
    "name": Key(validators.name, "as it is shown", '"Jane Doe"'),
    "email": Key(validators.email, "shown to every reader; no other e-mail address is", '"jane@example.org"'),
    "url": Key(validators.url, "the author's page", '"https://www.example.org/jane"'),
}
FILTER = {
    **{kind: Key(validators.names, f"articles with any of these as {kind}", '["News"]') for kind in TERM_KINDS},
    "path": Key(validators.globs, "articles whose file any of these globs names", '["posts/**"]'),
}
FEED = {
    "name": Key(validators.name, "its name, part of its URL (required)", '"podcast"'),
    "title": Key(validators.line, "its title", '"The Tidewater Podcast"'),
    "description": Key(validators.line, "what it is, in a sentence", '"Read aloud"'),
    "language": Key(validators.language, "its language, if not the site's", '"de"'),
    "include": Key(validators.table, "which articles it has: any of these", '{ category = ["News"] }'),
    "exclude": Key(validators.table, "which of these it has not", '{ tag = ["brief"] }'),
    **_RULES,
    "path": Key(validators.paths, _PATHS, '{ rss = "podcast.xml" }', "paths"),
    "old_paths": Key(validators.old_paths, _OLD_PATHS, '{ rss = ["podcast/feed/"] }'),
}
AFTER_PUBLISH = {
    "command": Key(
        validators.command,
        "a program, told which files changed (required)",
        '["rsync", "-a", "--files-from=-", ".", "host:feeds/"]',
    ),
    "timeout": Key(validators.from_one("seconds", 86_400), "seconds that it may take", "60"),
}
