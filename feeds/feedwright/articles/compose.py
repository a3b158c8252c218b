"""From front matter and text to an Article."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feedwright.articles import permalink_placeholders, permalinks, terms
from feedwright.articles.context import MOST_PROBLEMS, Candidates, Place, as_list
from feedwright.articles.dates import date_in_path, midnight
from feedwright.articles.drafts import is_draft
from feedwright.articles.fields import candidates, field
from feedwright.articles.model import DEEPEST, NOTHING, WAITS_FOR_COMMIT, WAITS_TO_BE_SEEN, Around, Reading
from feedwright.articles.permalink_placeholders import Facts
from feedwright.articles.protection import page_properties
from feedwright.articles.public_part import as_shown, public_part
from feedwright.articles.user_info import cut_user_info
from feedwright.config.model import MOST_TERMS
from feedwright.errors import IN_NO_FEED, Problem
from feedwright.model import NEVER, UNDATED, Article, Body, BodyType, Category, Link
from feedwright.text.code_fences import outside
from feedwright.text.ids import is_absolute_iri, tag_uri
from feedwright.text.language_tags import split_suffix
from feedwright.text.moments import fixed
from feedwright.text.plain_text import plain

if TYPE_CHECKING:
    from feedwright.articles.frontmatter.model import FrontMatter
    from feedwright.config import Config

_ATX = re.compile(r" {0,3}#[ \t]+(?P<text>.*?)(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_PAGES = (".html", ".htm", ".xhtml")


Ends = tuple[datetime | None, datetime | None]
"""When an article expires, and when it was retracted."""


def compose(config: Config, key: str, front: FrontMatter, body_type: BodyType, around: Around = NOTHING) -> Reading:
    """Make an article of its front matter and text.

    Args:
        config: of the site.
        key: the article's file, from the site's folder.
        front: with the text as its body.
        around: what is known of it from beside its file.

    Returns: the article with its warnings, or the error that leaves it out.
    """
    place = Place(config, key, front, ZoneInfo(config.site.timezone), around)
    place.around = around.of(place.folder)
    if front.problems:
        told = [problem for problem in front.problems if problem.severity == "error"]
        told += [problem for problem in front.problems if problem.severity != "error"][:MOST_PROBLEMS]
        place.unsaid = len(front.problems) - len(told)
        place.problems.extend(replace(problem, file=key) for problem in told)
        if place.is_refused():
            return Reading(None, tuple(place.problems))
    spelled = cut_user_info(candidates(front.values), place)
    values = _with_defaults(place)
    draft = is_draft(values, place) or "_drafts" in key.split("/")[:-1]
    public = public_part(values, body_type, place)
    held_back = draft or public.exposure == "none"
    published, page, waits = _own_date(spelled, place), "", 0
    if published is None and not place.is_refused():
        published, page, waits = _without_date(held_back, place)
    ends = field("expires", spelled, place), field("retracted", spelled, place)
    if published is None or place.is_refused():
        if not (held_back or public.protected):
            refusals = {problem.code for problem in place.problems if problem.severity == "error"}
            return Reading(None, tuple(place.problems), waits if refusals == {"date-missing"} else 0)
        # What it was when it was last good is not for the public any more.
        place.problems = [replace(problem, severity="warning") for problem in place.problems]
        published, ends = NEVER, (None, None)
        public = public._replace(exposure="none" if public.protected else "all")
    if public.body is not front.body:
        place.front = replace(front, body=public.body)
    article = as_shown(_article(spelled, published, body_type, place, draft, ends), public)
    if page:
        # What is wrong with it is its engine's; but it may be an article that is being saved.
        problems = tuple(problem for problem in place.problems if problem.code == "front-matter-unclosed")
        return Reading(replace(article, page=page), problems)
    if len(article.categories) + len(article.authors) + len(article.tags) > MOST_TERMS:
        keys = {name: entries[0][1] for name, entries in spelled.items()}
        terms.warn_of_many(article, keys, place)
    return Reading(article, place.all_problems())


def _with_defaults(place: Place) -> dict[str, object]:
    """The front matter with what the article's folders give it, and what Logseq has at the head of a page."""
    values, rules = place.front.values, place.around.rules
    given = rules.values_for(place.below) if rules.defaults else {}
    properties = page_properties(place.front.body)
    return {**given, **properties, **values} if given or properties else values


def _article(
    spelled: Candidates, published: datetime, body_type: BodyType, place: Place, draft: bool, ends: Ends
) -> Article:
    config, key = place.config, place.key
    title, body = _title(spelled, body_type, place)
    categories = _categories(spelled, place)
    # The end of time has no later zone.
    sites = published if published == NEVER else published.astimezone(place.zone)
    place.facts = facts = _facts(spelled, title, categories, sites if _goes_by_its_zone(place) else published, place)
    place.url, original = _addresses(spelled, facts, place)
    id, guid = _identity(spelled, sites.date(), path := permalinks.path_of(key), place)
    return Article(
        key=key,
        path=path,
        slug=facts.slug,
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
        section=facts.section,
        language=facts.language,
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
        aliases=field("aliases", spelled, place) or (),
        weight=field("weight", spelled, place),
        feeds=field("feeds", spelled, place),
        series=field("series", spelled, place) or (),
    )


def _facts(spelled: Candidates, title: str, categories: tuple[Category, ...], local: datetime, place: Place) -> Facts:
    """What an article's address is made of.

    Args:
        local: when it was published, by the calendar that counts for its address.
    """
    config, languages = place.config, place.around.engine.languages if place.around.engine else ()
    own_slug = field("slug", spelled, place) or ""
    slug = own_slug or permalinks.slug_of(place.below, languages)
    folder, of_folder = _language_folder(place)
    own_language = field("language", spelled, place) or split_suffix(permalinks.stem_of(place.key), languages)[1]
    language = own_language or of_folder or config.site.language
    section = permalinks.section_of(place.below, folder) or place.around.section
    where = (place.below, config.home_of(place.folder), folder, section)
    return Facts(*where, title, own_slug, slug, categories, language, local, config.site.language, languages)


def _goes_by_its_zone(place: Place) -> bool:
    """Whether the day in an address is the one in the site's zone: Jekyll and Hexo know of a date no offset.

    Their posts are in `_posts`, what else Jekyll dates in its other collections.
    """
    if place.around.posts is not None:
        return True
    return _is_in_collection(place.config.home_of(place.folder).name, place.below.rpartition("/")[0])


@lru_cache(maxsize=1024)
def _is_in_collection(content: str, folder: str) -> bool:
    return any(name.startswith("_") for name in (content, *folder.split("/")))


def _categories(spelled: Candidates, place: Place) -> tuple[Category, ...]:
    """Those of the folders first, as Jekyll has them."""
    own = field("categories", _with_default_categories(spelled, place), place)
    found = (*terms.of_folders(place), *(own or ()))
    first: dict[str, Category] = {}
    for category in found:
        first.setdefault(category.term, category)
    return tuple(first.values())


def _with_default_categories(spelled: Candidates, place: Place) -> Candidates:
    """With the `categories` and the `category` that the article's folders give it: Jekyll takes both, in this order."""
    given = place.around.rules.values_for(place.key) if place.around.rules.defaults else {}
    names = [name for name in ("categories", "category") if name in given]
    if not names:
        return spelled
    both: list[object] = []
    for name in ("categories", "category"):
        value = place.front.values.get(name, given.get(name))
        both += value.split() if name == "categories" and isinstance(value, str) else as_list(value)
    return {**spelled, "categories": [(0, names[0], both)]}


def _language_folder(place: Place) -> tuple[str, str]:
    """The folder that the article's language names, and that language; empty where there is none."""
    if place.around.languages:
        parts = place.below.split("/")[:-1]
        for depth in range(min(len(parts), DEEPEST), -1, -1):
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
            pattern, site, permalink_placeholders.parts(pattern, facts), facts.local, facts.local.tzinfo or place.zone
        )
    return own, (Link(canonical, "via"),) if canonical else ()


def _own_date(spelled: Candidates, place: Place) -> datetime | None:
    """The date of the front matter, else of the file's name, its folders' names or its address.

    Returns: None where there is none, or one that cannot be read.
    """
    said: datetime | None = field("published", spelled, place)
    if said is not None or place.is_refused():
        return said
    day = permalinks.day_of(place.below) or _day_of_address(spelled)
    return midnight(day, place.zone) if day else None


def _without_date(draft: bool, place: Place) -> tuple[datetime | None, str, int]:
    """What becomes of a file that has no date.

    Returns: the date that it is given, NEVER for what needs none (a draft, a page), None where it is left out; the
        engine whose page it is, or ""; which date would do, as `Reading.undated` has it.
    """
    from feedwright.articles.frontmatter.unread import is_cut_off, looks_like_front_matter  # most have a date

    config, engine, body = place.config, place.around.engine, place.front.body
    has_front_matter = _has_front_matter(place)
    tags = () if engine is None or not engine.tags else tuple(map(str, as_list(place.front.values.get("tags"))))
    found = place.around.standing(config.root / place.folder, place.below, front_matter=has_front_matter, tags=tags)
    cut_off = not has_front_matter and is_cut_off(body)
    if engine and found == "page" and not draft and not cut_off:
        return NEVER, engine.name, 0
    if cut_off or (not has_front_matter and looks_like_front_matter(body)):
        hint = f"Write it between two lines of `---`, as lines such as `title: Tides`. {IN_NO_FEED}"
        what = "what looks like front matter cannot be read"
        place.problems.append(Problem("error", "front-matter-invalid", place.key, what, hint, 1))
        return None, "", 0
    known = place.around.dates.get(place.key)
    if known is not None or config.undated == "last":
        return fixed(known, place.zone) if known else UNDATED, "", 0
    if draft:
        return NEVER, "", 0
    own = "" if has_front_matter else "Without front matter, its first commit does not date it. "
    hint = (
        "Write `date: 2026-03-01` in its front matter, or put the date before its name; or set `undated` in site.toml. "
        f"{own}{IN_NO_FEED}"
    )
    place.problems.append(Problem("error", "date-missing", place.key, "the article has no date", hint, 1, "date"))
    return None, "", WAITS_FOR_COMMIT if found == "post" else WAITS_TO_BE_SEEN if config.undated == "first-seen" else 0


def _has_front_matter(place: Place) -> bool:
    # The head of a whole page takes its place, and is none.
    is_page = place.key.lower().endswith(_PAGES)
    return place.front.syntax != "none" or (bool(place.front.values) and not is_page)


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
        hint = "Write a later date. The date of publication was taken for both."
        place.report("updated-before-published", what, hint)
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
