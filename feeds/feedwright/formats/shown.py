"""What is shown of an article, the same in every format: its title, authors, body and links. Text and HTML, no XML."""

from __future__ import annotations

from html import escape

from feedwright.model import Article, Category, EntryOptions, Link, Person, Site

TITLE_LENGTH = 60
"""Characters of the text that stand for a title where there is none."""

RELATED = {
    "ar": "ذات صلة",
    "ca": "Relacionat",
    "cs": "Související",
    "da": "Læs også",
    "de": "Zum Thema",
    "el": "Σχετικά",
    "en": "Related",
    "es": "Relacionado",
    "fi": "Lue myös",
    "fr": "À lire aussi",
    "he": "כתבות קשורות",
    "hu": "Kapcsolódó",
    "it": "Leggi anche",
    "ja": "関連記事",
    "ko": "관련 기사",
    "nb": "Les også",
    "nl": "Lees ook",
    "nn": "Les òg",
    "no": "Les også",
    "pl": "Czytaj także",
    "pt": "Leia também",
    "ro": "Citește și",
    "ru": "По теме",
    "sv": "Läs också",
    "tr": "İlgili",
    "uk": "Читайте також",
    "zh": "相关阅读",
    "zh-hant": "相關閱讀",
    "zh-hk": "相關閱讀",
    "zh-tw": "相關閱讀",
}
"""The words above a list of related stories, by language tag in lower case."""

COLONS = {"fr": "\u00a0:", "ja": "：", "zh": "："}
"""How a colon is written where it is not simply one, by primary language subtag."""


def require_substance(article: Article) -> None:
    """Refuse an article that no reader could show.

    Raises:
        ValueError: it has neither title, summary nor body.

    Source: RSS 2.0, elements of item (a title or a description); RFC 4287 §4.1.1.1.
    """
    if not (article.title or article.summary or article.body.text.strip()):
        raise ValueError("it has neither a title, a summary nor a body")


def title(article: Article) -> str:
    """Name an article, by the first words of its text where it has no title.

    Returns: plain text on one line, never empty unless the slug is.

    Source: RFC 4287 §4.1.2 (an entry has exactly one title).
    """
    if article.title:
        return article.title
    alt = article.image.alt if article.image else ""
    return _first_words(article.summary or _body_text(article) or alt) or article.slug


def authors(article: Article, site: Site) -> tuple[Person, ...]:
    """Name those who wrote an article: its own authors, else the site's, else the site.

    Returns: at least one, so that an entry is whole wherever it is shown.

    Source: RFC 4287 §4.1.2 (an entry has an author, its own or its feed's).
    """
    return article.authors or site_authors(site)


def site_authors(site: Site) -> tuple[Person, ...]:
    """Name those who stand for a site: its authors, else the site itself.

    Source: RFC 4287 §4.1.1.
    """
    return site.authors or (Person(site.title, url=site.url),)


def categories(article: Article) -> tuple[Category, ...]:
    """List an article's categories, then its tags, each term of a scheme once."""
    named: dict[tuple[str, str | None], Category] = {}
    for category in article.categories + article.tags:
        named.setdefault((category.term, category.scheme), category)
    return tuple(named.values())


def related_links(article: Article) -> tuple[Link, ...]:
    """List the links that lead on from an article, each with its own relation.

    Source: RFC 4287 §4.2.7.2.
    """
    related = (Link(link.href, "related", link.type, link.hreflang, link.title) for link in article.related)
    via = (Link(link.href, "via", link.type, link.hreflang, link.title) for link in article.via)
    return (*related, *via)


def enclosure_links(article: Article) -> tuple[Link, ...]:
    """Say an article's enclosures as links.

    Source: RFC 4287 §4.2.7.2 ("enclosure"), §4.2.7.6 (a length is a hint: none where it is unknown).
    """
    return tuple(
        Link(item.href, "enclosure", item.type, title=item.title, length=item.length or None)
        for item in article.enclosures
    )


def body(article: Article, options: EntryOptions) -> str:
    """Make the HTML that an entry carries in full.

    Args:
        article: with a clean body.
        options: `related_in_body` sets a list of related stories at its end, but for those to which it links already.

    Returns: HTML with "\\n" for every newline, without white space around it, which some readers drop and others
        keep; empty where the entry is to be a summary, or there is no text.
    """
    text = article.body.text.strip()
    if options.body != "full" or not text:
        return ""
    if options.related_in_body and (listed := _listed(article)):
        text = f"{text}\n<p>{_heading(article.language)}</p>\n<ul>\n{listed}\n</ul>"
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def summary_html(article: Article) -> str:
    """An article's summary as HTML, on one line; empty where it has none.

    Source: RSS 2.0 (`description` is HTML); RFC 4287 §4.2.13, §3.1.1.2.
    """
    return escape(article.summary, quote=False)


def _listed(article: Article) -> str:
    """The related stories to which the text does not link anyway, as items of a list; empty for none."""
    links = (
        f'<li><a href="{escape(link.href)}">{escape(link.title or link.href, quote=False)}</a></li>'
        for link in article.related
        if link.href not in article.linked
    )
    headlines = (f"<li>{escape(headline, quote=False)}</li>" for headline in article.headlines)
    return "\n".join((*links, *headlines))


def _heading(language: str) -> str:
    tag = language.lower()
    primary = tag.partition("-")[0]
    traditional = next((known for known in RELATED if "-" in known and f"{tag}-".startswith(f"{known}-")), primary)
    return RELATED.get(traditional, RELATED["en"]) + COLONS.get(primary, ":")


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line.rfind(" ", 1, TITLE_LENGTH + 1)
    # A script without spaces, or one endless word, is cut where the room ends.
    return line[: cut if cut > 0 else TITLE_LENGTH].rstrip(" ,;:.–—-") + "…"


def _body_text(article: Article) -> str:
    if not article.body.text.strip():
        return ""
    from lxml import html  # rarely needed: a clean article has a summary

    fragment = html.fragment_fromstring(article.body.text, create_parent="div")
    return " ".join(str(fragment.text_content()).split())
