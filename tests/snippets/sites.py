"""Sites that snippets are made for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from feedwright import config
from feedwright.commands.prune import prune
from feedwright.serve import snippets
from feedwright.serve.delivery import Delivery, delivery
from feedwright.state.ledger import Ledger
from feedwright.state.sqlite import opened
from tests.conftest import SiteOnDisk

ODD = "a b\"c'd$1e;f}g{h(i)j[k]|l^m~n*o+p,q:r=s@t%20u<v>w&x#y?z`$A%B$Cü日"
"""Characters that mean something to one configuration or another, all of which a path may hold."""

AGO = 1_700_000_000
"""When all was written, in seconds since 1970."""

ROOTS = {
    "the site's": "https://tides.example/",
    "a folder": "https://tides.example/f%C3%BC%20e'd$s;x/",
    "a host": "https://feeds.tides.example/",
}
"""Where feeds are, of a site at https://tides.example/."""


@dataclass(frozen=True)
class Made:
    """A site that was built, and how it is to be served."""

    site: SiteOnDisk
    delivery: Delivery

    @property
    def pages(self) -> Path:
        """The folder of the site's own pages."""
        return self.site.root / "pages"

    def text(self, name: str) -> str:
        """A snippet."""
        settings = config.load_config(self.site.content)
        return snippets.load(name).text(self.delivery, settings, self.site.out.absolute())

    def snippet(self, name: str) -> Path:
        """The file with a snippet, alone in its folder."""
        file = self.site.root / "server" / "snippet.conf"
        file.parent.mkdir(exist_ok=True)
        file.write_text(self.text(name), encoding="utf-8")
        return file


def of(site: SiteOnDisk) -> Made:
    """How a site that was built is to be served."""
    settings = config.load_config(site.content)
    with opened(Ledger, settings.state, copy=True) as ledger:
        return Made(site, delivery(settings, ledger))


def made(root: Path, feeds_url: str = ROOTS["the site's"]) -> Made:
    """A site with feeds of all sorts: at folders and files, with odd names, moved, given up, pruned."""
    site = SiteOnDisk(root)
    head = f'title = "Tides"\nurl = "https://tides.example/"\nfeeds_url = "{feeds_url}"\nttl = 60\n'
    head += 'hubs = ["https://hub.example/", "https://hub.example/a?b=$c;d,e\'f&g=%20"]\n'
    head += 'extras = ["opml", "sitemap", "news"]\n'
    old = json.dumps([f"old/{quote(ODD)}/{{term}}", "tags/{term}/feed/"])
    head += '[kinds.site]\npath = { rss = "feed/" }\nold_paths = { rss = ["index.xml", "rss/"] }\n'
    head += f'[kinds.tag]\npath = {{ atom = "t/{{term}}/" }}\nold_paths = {{ rss = {old} }}\n'
    feed = '[[feed]]\nname = "{0}"\npath = {{ rss = {1} }}\n'
    site.configure(head + feed.format("gone", json.dumps(f"gone/{ODD}")), "")
    site.article("land/a.md", tags='["sea", "Über uns"]').article("sea/b.md", tags="[fog]").build()
    site.article("sea/b.md")
    site.configure(head + feed.format("odd", json.dumps(f"odd/{ODD}")), "").build()
    prune(site.content, site.out)
    for name in ("index.html", "feeds.opml", "sitemap.xml"):
        (site.out / name).write_text(f"Feedwright made {name}")
    with opened(Ledger, config.load_config(site.content).state) as ledger:
        ledger.claim(["index.html", "feeds.opml", "sitemap.xml"])
        ledger.commit()
    # Apache calls the ETag of what was written just now weak.
    for file in site.out.rglob("*"):
        os.utime(file, (AGO, AGO))
    (root / "pages").mkdir()
    (root / "pages" / "index.html").write_text("The site's own front page.")
    (root / "pages" / "about.html").write_text("The site's own.")
    return of(site)
