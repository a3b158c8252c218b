"""The tree that rules look at: elements with short names, so that a rule reads like its specification."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
THREAD = "http://purl.org/syndication/thread/1.0"

PREFIXES = {
    ATOM: "atom",
    THREAD: "thr",
    XHTML: "xhtml",
    XML: "xml",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://base.google.com/ns/1.0": "g",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://purl.org/atom/ns#": "atom03",
    "http://purl.org/atompub/rank/1.0": "re",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/dc/dcmitype/": "dcmitype",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/": "rss1",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://schemas.google.com/blogger/2008": "blogger",
    "http://schemas.google.com/g/2005": "gd",
    "http://search.yahoo.com/mrss/": "media",
    "http://source.scripting.com/": "source",
    "https://source.scripting.com/": "source",
    "http://web.resource.org/cc/": "cc",
    "http://webns.net/mvcb/": "admin",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://www.georss.org/georss": "georss",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.opengis.net/gml": "gml",
    "http://www.rawvoice.com/rawvoiceRssModule/": "rawvoice",
    SITEMAP: "sm",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/2007/app": "app",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "https://podcastindex.org/namespace/1.0": "podcast",
}
"""Namespaces that we know, and the prefix that stands for each in rules and in reports, whatever the document says."""


Markup = dict[str, str]
"""What was found in HTML -> the first example of it. Keys: script, handler, embed, style, relative, escaped."""


@dataclass(slots=True, eq=False)
class Node:
    """One element that a rule may look at.

    Args:
        name: "item", "atom:link", or "{namespace}local" where the namespace is not one we know. In an Atom
            document, Atom's own elements have no prefix.
        attributes: by name, in the same form; those of the element itself have no prefix.
        text: the character content before the first child element, as it stands.
        children: its element children; empty where what is inside is not for rules (XHTML, unknown extensions).
        markup: what was found in its HTML; filled by `html_hazards.of`.
        names: of its children; filled by `has`.
    """

    name: str
    element: _Element
    parent: Node | None
    attributes: dict[str, str]
    text: str
    children: list[Node] = field(default_factory=list)
    markup: Markup | None = None
    names: frozenset[str] | None = None

    @property
    def tag(self) -> str:
        """Its name as lxml has it: "{namespace}local", or "local"."""
        return str(self.element.tag)

    @property
    def line(self) -> int:
        """The 1-based line on which its start tag ends."""
        return self.element.sourceline or 0

    @property
    def value(self) -> str:
        """The text without the white space around it."""
        return self.text.strip()

    @property
    def path(self) -> str:
        """Where it stands, e.g. "rss/channel/item[3]/guid": an index where there are several of the name."""
        steps = []
        node: Node | None = self
        while node is not None:
            twins = node.parent.all(node.name) if node.parent else [node]
            steps.append(node.name if len(twins) == 1 else f"{node.name}[{twins.index(node) + 1}]")
            node = node.parent
        return "/".join(reversed(steps))

    def all(self, name: str) -> list[Node]:
        """The children of that name, in document order."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def has(self, name: str) -> bool:
        """Whether there is a child of that name."""
        if self.names is None:
            self.names = frozenset([child.name for child in self.children])
        return name in self.names
