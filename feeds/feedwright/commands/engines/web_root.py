"""How feeds and the pages of a site's engine get into one web root: what that engine does with its folder.

Sources: each engine's documentation of its own feed, and of the folder that it builds into.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from feedwright.commands.engines.built import find
from feedwright.commands.engines.findings import Recognised
from feedwright.sources.site import relative


class Habits(NamedTuple):
    """What an engine does.

    Args:
        off: how its own feeds are switched off; empty where it makes none by itself.
        empties: whether it removes what others have put into its folder, each time it builds.
        exclude: how it is kept from publishing an out/ that stands in the site's folder; empty where it does not.
    """

    off: str
    empties: bool
    exclude: str = ""


_OF_JEKYLL = "no `jekyll-feed` among the `plugins` of _config.yml, nor a feed.xml of its own"
HABITS = {
    "Hugo": Habits('`disableKinds = ["rss"]` in its configuration', False),
    "Jekyll": Habits(_OF_JEKYLL, True, "`exclude: [out]` in _config.yml"),
    "Octopress": Habits("no source/atom.xml", True),
    "Zola": Habits("`generate_feeds = false` in config.toml (before Zola 0.19 `generate_feed`)", True),
    "Pelican": Habits(
        "`FEED_ALL_ATOM`, `CATEGORY_FEED_ATOM`, `AUTHOR_FEED_ATOM`, `TRANSLATION_FEED_ATOM` = None, also in "
        "publishconf.py",
        False,
    ),
    "Eleventy": Habits("no `feedPlugin` in its configuration, nor a feed's template", False),
    "Hexo": Habits("no `hexo-generator-feed` in package.json", False),
    "Docusaurus": Habits("`feedOptions: { type: null }` in the options of its blog", True),
    "Nikola": Habits("`GENERATE_RSS = False` and `GENERATE_ATOM = False` in conf.py", False),
    "Astro": Habits("no src/pages/rss.xml.js", True),
    "VitePress": Habits("", True),
    "MkDocs": Habits("no `rss` among the `plugins` of mkdocs.yml", True),
    "Gatsby": Habits("no `gatsby-plugin-feed` in gatsby-config", False),
    "Metalsmith": Habits("no plugin that makes a feed", True),
    "Quartz": Habits("`enableRSS: false` in Plugin.ContentIndex", True),
}


def advice(found: Recognised, content: Path, build: str) -> Iterator[str]:
    """What is to be done to publish feeds beside an engine's pages, in a few lines.

    Args:
        content: the folder of `site.toml`, as the user named it.
        build: the command that builds the feeds.
    """
    site = find(found)
    built = str(relative(found.root / (site.name if site else found.built or "public"), content))
    engine = found.engine if found.engine in HABITS else "the engine"
    habits = HABITS.get(found.engine, Habits("", True))
    yield f"The feeds go into out/, {engine}'s pages into {built}/: on the web, both are one folder."
    yield f"  Run {engine}, then `{build}`; publish {built}/, and then out/ over it."
    if habits.exclude:
        yield f"  Write {habits.exclude}, or {engine} publishes out/ as a folder of its own, too."
    if habits.empties:
        yield f"  Do not build the feeds into {built}/: {engine} removes what others put there."
        return
    off = f", with {engine}'s own feeds switched off: {habits.off}" if habits.off else ""
    yield f"  Or build the feeds into it: `{build} --out {built}`{off}."
