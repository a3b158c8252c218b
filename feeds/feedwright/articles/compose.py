"""From front matter and text to an Article."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feedwright.articles import permalink_placeholders, permalinks, terms
from feedwright.articles.context import MOST_PROBLEMS, Place
from feedwright.articles.dates import date_in_key, date_in_name, date_in_path, midnight
from feedwright.articles.drafts import is_draft
from feedwright.articles.fields import Candidates, candidates, field
from feedwright.articles.permalink_placeholders import Facts
from feedwright.config.model import MOST_TERMS
from feedwright.errors import Problem
from feedwright.model import NEVER, UNDATED, Article, Body, BodyType, Category, Link
from feedwright.render.body import plain
from feedwright.sources import Reading
from feedwright.sources.folder.site_data import DEEPEST, NOTHING, Around
from feedwright.text.characters import xml_safe
from feedwright.text.code_fences import outside
from feedwright.text.ids import is_absolute_iri, tag_uri
from feedwright.text.language_tags import split_suffix

if TYPE_CHECKING:
    from feedwright.articles.frontmatter.model import FrontMatter
    from feedwright.config import Config

_ATX = re.compile(r" {0,3}#[ \t]+(?P<text>.*?)(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_WHOLE_PAGE = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_META = {
    "date": "date",
    "article:published_time": "date",
    "article:modified_time": "lastmod",
    "author": "author",
    "description": "description",
    "keywords": "keywords",
}


Ends = tuple[datetime | None, datetime | None]
"""When an article expires, and when it was retracted."""


def compose(config: Config, key: str, front: FrontMatter, body_type: BodyType, around: Around = NOTHING) -> Reading:
    """Make an article of its front matter and text.

    Args:
        config: of the site.
        key: the article's file, below the content folder.
        front: with the text as its body.
        around: what is known of it from beside its file.

    Returns: the article with its warnings, or the error that leaves it out.
    """
    place = Place(config, key, front, ZoneInfo(config.site.timezone), around)
    if front.problems:
        told = [problem for problem in front.problems if problem.severity == "error"]
        told += [problem for problem in front.problems if problem.severity != "error"][:MOST_PROBLEMS]
        place.unsaid = len(front.problems) - len(told)
        place.problems.extend(replace(problem, file=key) for problem in told)
        if place.is_refused():
            return Reading(None, tuple(place.problems))
    spelled = candidates(front.values)
    draft = is_draft(front.values, place) or "_drafts" in key.split("/")[:-1]
    published = _published(spelled, draft, place)
    ends = field("expires", spelled, place), field("retracted", spelled, place)
    if published is None or place.is_refused():
        refusals = {problem.code for problem in place.problems if problem.severity == "error"}
        return Reading(None, tuple(place.problems), refusals == {"date-missing"})
    article = _article(spelled, published, body_type, place, draft, ends)
    if len(article.categories) + len(article.authors) + len(article.tags) > MOST_TERMS:
        keys = {name: entries[0][1] for name, entries in spelled.items()}
        terms.warn_of_many(article, keys, place)
    return Reading(article, place.all_problems())


def _article(
    spelled: Candidates, published: datetime, body_type: BodyType, place: Place, draft: bool, ends: Ends
) -> Article:
    config, key = place.config, place.key
    title, body = _title(spelled, body_type, place)
    own_slug = field("slug", spelled, place) or ""
    slug = own_slug or permalinks.slug_of(key)
    categories = _categories(spelled, place)
    folder, of_folder = _language_folder(place)
    own_language = field("language", spelled, place) or split_suffix(permalinks.stem_of(key))[1]
    language = own_language or of_folder or config.site.language
    # The end of time has no later zone.
    local = published if published == NEVER else published.astimezone(place.zone)
    place.facts = facts = Facts(key, config.content, folder, title, own_slug, slug, categories, language, local)
    place.url, original = _addresses(spelled, facts, place)
    path = permalinks.path_of(key)
    id, guid = _identity(spelled, local.date(), path, place)
    return Article(
        key=key,
        path=path,
        slug=slug,
        id=id,
        guid=guid,
        title=title,
        url=place.url,
        published=published,
        updated=_updated(spelled, published, place),
        body=Body(body, body_type),
        authors=field("authors", spelled, place) or config.site.authors,
        contributors=field("contributors", spelled, place) or (),
        categories=categories,
        tags=field("tags", spelled, place) or (),
        section=permalinks.section_of(key, folder),
        language=language,
        summary=field("summary", spelled, place) or "",
        references=field("references", spelled, place) or (),
        via=(*(field("via", spelled, place) or ()), *original),
        source=field("source", spelled, place),
        rights=field("rights", spelled, place) or "",
        enclosures=field("enclosures", spelled, place) or field("attached", spelled, place) or (),
        image=field("image", spelled, place),
        draft=draft,
        expires=ends[0],
        retracted=ends[1],
        retracted_reason=field("retracted_reason", spelled, place) or "",
        feeds=field("feeds", spelled, place),
    )


def _categories(spelled: Candidates, place: Place) -> tuple[Category, ...]:
    """Those of the folders first, as Jekyll has them."""
    found = (*terms.of_folders(place), *(field("categories", spelled, place) or ()))
    first: dict[str, Category] = {}
    for category in found:
        first.setdefault(category.term, category)
    return tuple(first.values())


def _language_folder(place: Place) -> tuple[str, str]:
    """The folder that the article's language names, and that language; empty where there is none."""
    if place.around.languages:
        parts = place.key.split("/")[:-1]
        for depth in range(min(len(parts), DEEPEST), 0, -1):
            folder = "/".join(parts[:depth])
            if language := place.around.languages.get(folder):
                return folder, language
    return "", ""


def _addresses(spelled: Candidates, facts: Facts, place: Place) -> tuple[str, tuple[Link, ...]]:
    """The article's own address, and the page on another site that it first appeared on."""
    site, pattern = place.config.site.url, place.config.permalink
    own: str | None = field("url", spelled, place)
    canonical: str | None = field("canonical", spelled, place)
    if canonical and canonical.startswith(site):
        own, canonical = own or canonical, None
    if not own:
        own = permalinks.from_pattern(
            pattern, site, permalink_placeholders.parts(pattern, facts), facts.local, place.zone
        )
    return own, (Link(canonical, "via"),) if canonical else ()


def _published(spelled: Candidates, draft: bool, place: Place) -> datetime | None:
    """The date of the front matter, else of the file's name, its folders' names or its address, else what is known.

    Returns: NEVER for a draft without a date; None where there is no date, or one that cannot be read.
    """
    said: datetime | None = field("published", spelled, place)
    if said is not None or place.is_refused():
        return said
    day = _day_of_key(place.key) or _day_of_address(spelled)
    if day is not None:
        return midnight(day, place.zone)
    known = place.around.dates.get(place.key)
    if known is not None or place.config.undated == "last":
        return known or UNDATED
    if draft:
        return NEVER
    mend = (
        "Write `date: 2026-03-01` in its front matter, or put the date before its name; or set `undated` in site.toml. "
        "The article is in no feed."
    )
    place.problems.append(Problem("error", "date-missing", place.key, "the article has no date", mend, 1, "date"))
    return None


def _day_of_key(key: str) -> date | None:
    found = date_in_name(permalinks.stem_of(key)) or date_in_name(permalinks.name_of(key))
    if found:
        return found[0]
    return date_in_path(key.split("/")[:-1]) or date_in_key(permalinks.path_of(key))


def _day_of_address(spelled: Candidates) -> date | None:
    for _, _, value in spelled.get("url", ()):
        if isinstance(value, str) and (day := date_in_path(value.split("/"))):
            return day
    return None


def _updated(spelled: Candidates, published: datetime, place: Place) -> datetime:
    updated: datetime | None = field("updated", spelled, place)
    if updated is None or published == NEVER:
        return published
    if updated < published - timedelta(days=1):
        what = "the article was updated before it was published"
        mend = "Write a later date. The date of publication was taken for both."
        place.report("updated-before-published", what, mend)
    return max(updated, published)


def _identity(spelled: Candidates, day: date, path: str, place: Place) -> tuple[str, str | None]:
    """The permanent id, and the RSS guid where that is another."""
    own: str | None = field("id", spelled, place)
    if own and is_absolute_iri(own):
        return own, None
    return tag_uri(place.config.site.authority, day, path), own


def _title(spelled: Candidates, body_type: BodyType, place: Place) -> tuple[str, str]:
    """The title, and the text without the heading that it was taken from."""
    body = place.front.body
    said: str | None = field("title", spelled, place)
    if said:
        return said, body
    if body_type == "html":
        found = _H1.search(body)
        text = plain(found[1]) if found else ""
        return (text, body[: found.start()] + body[found.end() :]) if found and text else ("", body)
    return _markdown_heading(body)


def _markdown_heading(body: str) -> tuple[str, str]:
    """The first heading of the first level outside code, and the text without it."""
    lines = body.split("\n")
    for number, line in outside(lines):
        found, taken = _ATX.fullmatch(line), 1
        text = found["text"] if found else ""
        if not found and line.strip() and number + 1 < len(lines) and _UNDERLINE.fullmatch(lines[number + 1]):
            text, taken = line, 2
        if text and (title := plain(text)):
            return title, "\n".join(lines[:number] + lines[number + taken :])
    return "", body


def page_of(front: FrontMatter) -> FrontMatter:
    """An HTML file: where it has no front matter and is a whole page, its head takes the front matter's place.

    Args:
        front: as it was split.

    Returns: with the inside of <body> as its body, and `title`, `lang`, `date`, `lastmod`, `author`, `description` and
        `keywords` as values, of those that the page has; as it was where it is no whole page.
    """
    if front.syntax != "none" or not _WHOLE_PAGE.search(front.body, 0, 5000):
        return front
    # Large, and for these pages only.
    import lxml.html
    from lxml.etree import LxmlError

    try:
        page = lxml.html.document_fromstring(front.body.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError, AssertionError):
        return front
    inside = page.find("body")
    if inside is None:
        return front
    values: dict[str, object] = {}
    for meta in page.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        if name in _META and meta.get("content"):
            values.setdefault(_META[name], str(meta.get("content")))
    heading = page.find("head/title")
    if heading is not None and heading.text:
        values["title"] = str(heading.text)
    if page.get("lang"):
        values["lang"] = str(page.get("lang"))
    parts = [inside.text or "", *(lxml.html.tostring(child, encoding="unicode") for child in inside)]
    return replace(front, values=values, body=xml_safe("".join(parts)))
