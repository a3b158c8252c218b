"""The facts of one built page: all that pairing asks of it, small enough to be kept between runs."""

from __future__ import annotations

import json
import re
from array import array
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from feedwright.pages import addresses
from feedwright.pages.tree import UnreadablePage, shown_text, text_of, tree_of
from feedwright.pages.words import NOTHING, Sketch, plain_title, sketch_of, title_hash, words_of
from feedwright.text.language_tags import tag
from feedwright.text.urls import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 4096
_ASSET = re.compile(rb"\.(?:css|m?js|json|woff2?|ico|svg|png|jpe?g|webp)(?:\?\S*)?\Z", re.IGNORECASE)
"""What many engines give another name at each build."""
_TELLING = re.compile(
    rb"<html\b[^<>]{0,500}>|<title\b[^<>]{0,500}>[^<]{0,2000}|\bcanonical\b"
    rb"|<meta\b[^<>]{0,2000}?\b(?:robots|googlebot|refresh|og:title)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_HEADING = re.compile(rb"<h1\b[^<>]{0,500}>[^<]{0,2000}")
_TARGET = re.compile(rb"href\s{0,9}=\s{0,9}[\"']?[^\"'<>\s]{0,2000}")
_PARTS = re.compile(r"\s+(?:\||-|·|–|—|::|»|•)\s+")
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?=[/?#]|\Z)")
_MAX_LINKS = 20_000
_LONGEST_TITLE = 1_000


EMPTY, CUT_OFF = "is empty", "is cut off: it has no </html>"
"""Why pages are unfit that an engine may just be writing."""


class Page(NamedTuple):
    """A built page.

    Args:
        path: of its file below the folder, "/"-separated.
        unfit: why it can be no article's page, as the rest of a sentence; empty where it can.
        address: the path below the site's that its canonical link says, percent-encoded; empty where it says none.
        host: that of its canonical link where that is another than the site's; else empty.
        language: a BCP 47 tag; empty where it says none.
        titles: the words of what it calls itself in its head, and of parts of that.
        heading: the words of its first h1.
        day: of its publication, "2026-03-01"; empty where it says none.
        links: to other pages of the site, eight bytes each: `link_hash` of the target, `title_hash` of the text.
        sketch: of all its words.
    """

    path: str
    unfit: str = ""
    address: str = ""
    host: str = ""
    language: str = ""
    titles: tuple[str, ...] = ()
    heading: str = ""
    day: str = ""
    links: bytes = b""
    sketch: Sketch = NOTHING

    @property
    def is_unfinished(self) -> bool:
        """Whether its engine may just be writing it."""
        return self.unfit in (EMPTY, CUT_OFF)


def read_page(path: str, html: bytes, site_url: str) -> Page:
    """Read what there is to know of a page.

    Args:
        path: of its file below the folder, "/"-separated.
        html: the file.
        site_url: the address at which the folder stands; ends in "/".
    """
    if not html.strip():
        return Page(path, EMPTY)
    if not is_whole(html):
        return Page(path, CUT_OFF)
    try:
        tree = tree_of(html)
    except UnreadablePage as error:
        return Page(path, str(error))
    if tree.body is None:
        return Page(path, "has no body")
    facts = _of_head(path, tree, site_url)
    if facts.unfit:
        return facts
    own = absolute(addresses.written(path, "index"), site_url) or site_url
    day = facts.day or _day(tree, html)
    heading = tree.css_first("h1")
    title = plain_title(heading.text()[:_LONGEST_TITLE]) if heading else ""
    links = _links(tree, own, site_url, {*facts.titles, title})
    words = words_of(shown_text(tree.body))
    if not words:
        return facts._replace(unfit="has no words")
    return facts._replace(day=day, heading=title, links=links, sketch=sketch_of(words))


def telling_sum(html: bytes) -> int:
    """A sum of what tells whose page it can be, and what it links, as that is written: a short cut to reading all."""
    end = html.find(b"</head>") + 1
    found = _TELLING.findall(html, 0, end or len(html)) + _HEADING.findall(html) + _TARGET.findall(html)
    return crc32(b"\0".join(one for one in found if not _ASSET.search(one)))


def is_whole(html: bytes) -> bool:
    """Whether a page has an end; one that its engine is just writing has none."""
    return bool(_END.search(html, max(0, len(html) - _TAIL)) or _END.search(html))


def link_hash(name: str, form: addresses.Form) -> int:
    """A page's address as links name it: a number whose last two bits are the form.

    Args:
        name: what all forms have in common, `addresses.stem`.
    """
    return crc32(name.encode("utf-8", "surrogatepass")) & ~3 | addresses.FORMS.index(form)


def as_json(page: Page) -> str:
    """A page as it is kept between runs."""
    packed = [b64encode(data).decode() for data in (page.links, page.sketch.runs)]
    return json.dumps([*page[:8], packed[0], page.sketch.words, page.sketch.step, packed[1]])


def from_json(text: str) -> Page:
    """A page as it was kept.

    Raises:
        ValueError: it is none.
    """
    try:
        path, unfit, address, host, language, titles, heading, day, links, words, step, runs = json.loads(text)
        sketch = Sketch(words, step, b64decode(runs))
        return Page(path, unfit, address, host, language, tuple(titles), heading, day, b64decode(links), sketch)
    except TypeError as error:
        raise ValueError(f"Not a page: {error}") from None


def _of_head(path: str, tree: LexborHTMLParser, site_url: str) -> Page:
    properties: dict[str, str] = {}
    for node in tree.css("meta"):
        known = node.attributes
        name = (known.get("property") or known.get("name") or known.get("http-equiv") or "").lower()
        properties.setdefault(name, (known.get("content") or "").strip())
    root = tree.root
    written = (root.attributes.get("lang") or root.attributes.get("xml:lang") if root else "") or ""
    page = Page(
        path,
        language=_language(written or properties.get("og:locale", "") or properties.get("content-language", "")),
        titles=_titles(properties.get("og:title", ""), tree),
        day=_day_in(properties.get("article:published_time", "")),
    )
    if "refresh" in properties and "url" in properties["refresh"].lower():
        return page._replace(unfit="leads on to another page")
    if any("noindex" in properties.get(name, "").lower() for name in ("robots", "googlebot")):
        return page._replace(unfit="is hidden from search engines (noindex)")
    canonical = tree.css_first('link[rel~="canonical" i][href]')
    written = canonical.attributes.get("href") or "" if canonical else ""
    return _with_canonical(page, written, site_url) if written else page


def _with_canonical(page: Page, written: str, site_url: str) -> Page:
    own = absolute(addresses.written(page.path, "index"), site_url) or site_url
    url = absolute(written, own)
    path = addresses.below(url, site_url) if url else None
    if url is None:
        return page
    if path is None:
        return page._replace(host=url.split("/")[2])
    clean = path.partition("?")[0].partition("#")[0]
    if addresses.stem(clean) != addresses.stem(addresses.decoded(page.path)):
        return page._replace(unfit=f"names another page as its canonical one: /{clean}")
    return page._replace(address=addresses.written(clean, addresses.form_of(clean)))


def _titles(og_title: str, tree: LexborHTMLParser) -> tuple[str, ...]:
    """Plain titles of the head, the most exact first, each once."""
    node = tree.css_first("head > title")
    title = " ".join((node.text() if node else "").split())[:_LONGEST_TITLE]
    pieces = _PARTS.split(title)
    found = [og_title[:_LONGEST_TITLE], title]
    found += pieces
    # A part before or after a mark; those between two are none's title alone, but may belong to one that has a mark.
    marks = list(_PARTS.finditer(title))
    found += [title[: mark.start()] for mark in marks] + [title[mark.end() :] for mark in marks]
    return tuple(dict.fromkeys(filter(None, map(plain_title, found))))


def _language(written: str) -> str:
    try:
        return tag(written) if written else ""
    except ValueError:
        return ""


def _day_in(text: str) -> str:
    found = _DAY.match(text.strip())
    return found[0] if found else ""


def _day(tree: LexborHTMLParser, html: bytes) -> str:
    """The day that a page's structured data or its first time say."""
    if b"datePublished" in html and (found := _LD_DATE.search(text_of(html))):
        return found[1]
    node = tree.css_first("time.dt-published[datetime]") or tree.css_first("time[datetime]")
    return _day_in(node.attributes.get("datetime") or "") if node else ""


def _links(tree: LexborHTMLParser, own: str, site_url: str, titles: set[str]) -> bytes:
    found: dict[tuple[int, int], None] = {}
    lengths: dict[int, int] = {}
    for node in tree.css("a[href]")[:_MAX_LINKS]:
        target = (node.attributes.get("href") or "").strip()
        if not target or target.startswith("#"):
            continue
        # What begins with a slash or a scheme leads to the same page from everywhere.
        if _is_elsewhere(target, site_url):
            continue
        number = _target(target, site_url if target[0] == "/" or ":" in target else own, site_url)
        title = _link_title(node) if number is not None else ""
        # A text may name another page by the title of its own; only a list does so outside of sentences.
        if title and number is not None and not (title in titles and _is_in_sentence(node, lengths)):
            found[number, title_hash(title)] = None
    return array("I", [number for pair in found for number in pair]).tobytes()


def _is_elsewhere(target: str, site_url: str) -> bool:
    """Whether a link surely leads to another site: said without taking it apart, as most do on some pages."""
    found = _HOST.match(target)
    return found is not None and found[1].lower().removeprefix("www.") != addresses.host_of(site_url)


@lru_cache(maxsize=8192)
def _target(written: str, base: str, site_url: str) -> int | None:
    """A link's target as a number; None where it is none of the site."""
    url = absolute(written.partition("#")[0].partition("?")[0], base)
    path = addresses.below(url, site_url) if url else None
    return None if path is None else link_hash(addresses.stem(path), addresses.form_of(path))


def _is_in_sentence(node: LexborNode, lengths: dict[int, int]) -> bool:
    """Whether a link is part of a paragraph that says more.

    Args:
        lengths: of paragraphs, in words, as far as they were counted.
    """
    around = node.parent
    while around is not None and around.tag in ("em", "strong", "i", "b", "span", "code", "cite"):
        around = around.parent
    if around is None or around.tag != "p":
        return False
    if around.mem_id not in lengths:
        lengths[around.mem_id] = len(words_of(around.text()))
    return lengths[around.mem_id] > len(words_of(node.text())) + 2


def _link_title(node: LexborNode) -> str:
    """The words of a link, or where it holds a heading, a whole card, those of that."""
    text = node.text()
    if len(text) > _LONGEST_TITLE or "\n" in text.strip():
        heading = node.css_first("h1, h2, h3, h4, h5, h6")
        text = heading.text() if heading else text
    return plain_title(text[:_LONGEST_TITLE])
