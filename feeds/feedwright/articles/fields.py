"""The table: how a field of an article is spelled in front matter, and how its value is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from feedwright.articles import links, media, people, permalinks, terms
from feedwright.articles.context import Candidates, Place, a, as_list, bounded, named, quoted
from feedwright.articles.date_values import OF_A_DATE, of_parts, settled_date
from feedwright.articles.dates import parse_date
from feedwright.articles.permalink_placeholders import STYLES, expanded
from feedwright.errors import IN_NO_FEED, Problem, Severity
from feedwright.model import UNDATED
from feedwright.text import language_tags
from feedwright.text.characters import composed, xml_safe
from feedwright.text.ids import is_absolute_iri
from feedwright.text.mail_addresses import without_addresses
from feedwright.text.plain_text import plain

_YES = frozenset(("true", "yes", "on", "1", "y"))
_NO = frozenset(("false", "no", "off", "0", "n"))
_OF_GIT = frozenset(("created", "last modified", "git created", "git last modified"))
"""What Eleventy puts for a date that the file or its history knows."""
_DATES = frozenset(("published", "updated", "expires"))
_MAPS_OF_DATES = frozenset(("dates", "timestamps"))
_NESTED = ("taxonomies", "params", "extra")
"""Tables that Zola and Hugo keep some of a page's fields in; what stands outside of them counts first."""


class Field(NamedTuple):
    """One row of the table.

    Args:
        spellings: best first; letter case, hyphens, underscores and spaces do not count.
        read: value -> what the model holds, or None where the value says nothing; raises ValueError that says what
            would be right.
        what: what the value is not, where it cannot be read.
        code: of the problem then.
        severity: of the problem then; "error" where an article cannot do without.
        as_written: bare numbers and booleans count as the text that was written: `title: 1.10`.
    """

    spellings: tuple[str, ...]
    read: Callable[[Any, Place], Any]
    what: str
    code: str = "value-unusable"
    severity: Severity = "warning"
    as_written: bool = False


def line(value: Any, place: Place) -> str | None:
    """Plain text on one line."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (dict, list)):
        raise ValueError("Write a text")
    return plain(str(value)) or None


def rights(value: Any, place: Place) -> str | None:
    """As `line`, without the e-mail address of whoever holds them."""
    said = line(value, place)
    return without_addresses(said) or None if said else None


def title(value: Any, place: Place) -> str | None:
    """As `line`, but `title: true` is a title too, and a list is read as its parts."""
    if isinstance(value, dict):
        value = named(value, "rendered", "text", "title", "name") or value
    if isinstance(value, list):
        joined = plain(", ".join(str(entry) for entry in as_list(value) if not isinstance(entry, dict)))
        hint = f"Write it in quotes. {quoted(joined)} was taken."
        place.report("title-list", "the title is a list", hint)
        return joined or None
    return line(str(value).lower() if isinstance(value, bool) else value, place)


def moment(value: Any, place: Place) -> datetime | None:
    """A date in the offset that is written, else the site's; `published: true` is none."""
    if isinstance(value, dict):
        value = named(value, *OF_A_DATE) or of_parts(value)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value is None or isinstance(value, bool) or (isinstance(value, str) and value.strip().lower() in _OF_GIT):
        return None
    if isinstance(value, (list, dict)):
        raise ValueError("Write one date, as 2026-03-01")
    if place.spelling.lower() == "published" and flag(value) is not None:
        return None
    return parse_date(value, place.zone, place.order or place.config.date_order)


def publication(value: Any, place: Place) -> datetime | None:
    """As `moment`; where that could be several days, the one that the file's or the folder's name stands for."""
    try:
        return moment(value, place)
    except ValueError:
        settled = settled_date(value, place)
        if settled is None:
            raise
        return settled


def retracted(value: Any, place: Place) -> datetime | None:
    """A date, as `moment`; UNDATED for `retracted: true`, None for `retracted: false`."""
    answer = flag(value)
    if answer is not None:
        return UNDATED if answer else None
    return moment(value, place)


def series(value: Any, place: Place) -> tuple[str, ...] | None:
    """Names of series; of a map, as some themes have it, what it calls the series."""
    entries = [named(one, "name", "title", "id", "slug") if isinstance(one, dict) else one for one in as_list(value)]
    names = (plain(str(one)) for one in bounded(entries, place) if not isinstance(one, (bool, dict, list)) and one)
    return tuple(dict.fromkeys(name for name in names if name)) or None


def language(value: Any, place: Place) -> str | None:
    """A BCP 47 tag."""
    if isinstance(value, (dict, list, bool)):
        raise ValueError("Write a language tag, e.g. en or pt-BR")
    return language_tags.tag(str(value))


def slug(value: Any, place: Place) -> str | None:
    """One part of a path."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (dict, list)):
        raise ValueError("Write a text")
    written = xml_safe(str(value))
    safe = permalinks.safe_slug(written)
    if safe != written.strip():
        was = f'"{safe}" was taken' if safe else "The file's name was taken"
        place.report("slug-unsafe", f"{quoted(value)} is not a single part of a path", f"{was}.")
    return safe or None


def address(value: Any, place: Place) -> str | None:
    """The article's URL, as its author wrote it."""
    if isinstance(value, (bool, dict, list)):
        return None
    written = str(value).strip()
    if place.facts and (":" in written or written in STYLES):
        written = expanded(written, place.spelling.lower(), place.facts)
    if place.spelling == "path" and not written.endswith((".html", ".htm")):
        # Zola's, whose addresses end in a slash.
        written = written.rstrip("/") + "/"
    return permalinks.from_words(written, place.config.site.url)


def original(value: Any, place: Place) -> str | None:
    """The URL of the page that an article first appeared on, or its own."""
    if isinstance(value, dict):
        value = named(value, "url", "href", "link")
    return address(value, place) if value else None


def identifier(value: Any, place: Place) -> str | None:
    """An id that was used before, as it stands; one under `id` that is no IRI is another engine's own."""
    if isinstance(value, dict):
        value = named(value, "value", "text", "url")
    if value is None or isinstance(value, (bool, list)):
        return None
    text = xml_safe(str(value)).strip()
    return text if text and ("guid" in place.spelling.lower() or is_absolute_iri(text)) else None


def feed_names(value: Any, place: Place) -> tuple[str, ...] | None:
    """The only feeds that an article goes to; () for none at all; None for all that select it."""
    if isinstance(value, dict):
        # jekyll-feed's own settings.
        return None
    answer = flag(value)
    if answer is not None:
        return None if answer else ()
    entries: list[object] = [*value.split(",")] if isinstance(value, str) else as_list(value)
    names = (composed(plain(str(entry))) for entry in bounded(entries, place) if not isinstance(entry, (dict, bool)))
    return tuple(dict.fromkeys(name for name in names if name))


def flag(value: Any) -> bool | None:
    """True or false in any of the ways people write it; None where it is neither."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    return True if text in _YES else False if text in _NO else None


def number(value: Any, place: Place) -> float:
    """A number, as it is or as text."""
    try:
        read = math.nan if isinstance(value, (bool, dict, list)) else float(value)
    except (ValueError, OverflowError, TypeError):
        read = math.nan
    if not math.isfinite(read):
        raise ValueError("Write a number, e.g. 10")
    return read


def _spelled(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DATE_LOST = "date-unreadable"
FIELDS: dict[str, Field] = {
    "title": Field(_spelled("title headline"), title, "title", as_written=True),
    # When a page may be shown first is what readers, and what is shown too early, depend on: Hugo's publishDate.
    "published": Field(
        _spelled(
            "publishdate date published publishedat publishedon publishedtime publishtime datepublished "
            "publicationdate pubdate articlepublishedtime posted postedon postdate created createdat createdon "
            "datecreated creationdate dccreated dcdate dateadded revdate docdate"
        ),
        publication,
        "date",
        _DATE_LOST,
        "error",
    ),
    "updated": Field(
        _spelled(
            "updated lastmod modified lastmodified lastmodifiedat lastmodifiedtime dateupdated datemodified updatedat "
            "updatedon updatedate modifieddate modifiedat moddate lastupdated lastupdate articlemodifiedtime"
        ),
        moment,
        "date",
        _DATE_LOST,
    ),
    "expires": Field(
        _spelled("expires expirydate expire expiration expirationdate expiresat expireson unpublishdate"),
        moment,
        "date",
        _DATE_LOST,
        "error",
    ),
    "retracted": Field(_spelled("retracted retractedat retractedon"), retracted, "date", _DATE_LOST, "error"),
    "retracted_reason": Field(_spelled("retractedreason retractionreason"), line, "text", as_written=True),
    "authors": Field(
        _spelled("authors author by byline creator creators dccreator writer writers postauthor"),
        people.people,
        "person",
        as_written=True,
    ),
    "contributors": Field(_spelled("contributors contributor dccontributor"), people.people, "person", as_written=True),
    "categories": Field(_spelled("categories category"), terms.categories, "category", as_written=True),
    "tags": Field(_spelled("tags tag keywords keyword"), terms.tags, "tag", as_written=True),
    "series": Field(_spelled("series serie seriesname seriestitle"), series, "series", as_written=True),
    "language": Field(_spelled("lang language locale"), language, "language"),
    "slug": Field(_spelled("slug"), slug, "slug", as_written=True),
    "url": Field(_spelled("permalink url path"), address, "URL of an article", "permalink-unusable"),
    "canonical": Field(_spelled("canonical canonicalurl canonicallink original originalurl"), original, "URL"),
    "summary": Field(
        _spelled("summary excerpt description abstract teaser lead intro lede metadescription"),
        line,
        "text",
        as_written=True,
    ),
    "rights": Field(_spelled("rights copyright"), rights, "text", as_written=True),
    "id": Field(_spelled("guid id atomid"), identifier, "id", as_written=True),
    "weight": Field(_spelled("weight order"), number, "number"),
    "feeds": Field(_spelled("feeds feed"), feed_names, "name of a feed"),
    "references": Field(
        _spelled("related relatedposts relatedarticles relatedlinks relatedstories seealso"),
        links.references,
        "related story",
        as_written=True,
    ),
    "aliases": Field(_spelled("aliases alias redirectfrom redirectsfrom"), links.aliases, "URL"),
    "via": Field(_spelled("via hattip"), links.via, "URL"),
    "source": Field(_spelled("source"), links.source, "source"),
    "image": Field(
        _spelled(
            "image featuredimage featureimage featuredimg cover coverimage heroimage headerimage thumbnail thumb "
            "thumbnailurl banner ogimage socialimage previewimage images resources"
        ),
        media.image,
        "picture",
    ),
    "enclosures": Field(
        _spelled("enclosures enclosure audio audiourl audiofile audiosrc mp3 mp3url podpressmedia"),
        media.enclosures,
        "media file",
    ),
    "attached": Field(
        _spelled(
            "podcast episode file podcastfile podcasturl episodefile episodeurl fileurl media mediaurl video videourl"
        ),
        media.attached,
        "media file",
    ),
}

_BY_SPELLING: dict[str, tuple[str, int]] = {
    spelling: (name, rank) for name, row in FIELDS.items() for rank, spelling in enumerate(row.spellings)
}


@lru_cache(maxsize=4096)
def _row_of(key: str) -> tuple[str, int] | None:
    return _BY_SPELLING.get(key.lower().replace("-", "").replace("_", "").replace(" ", ""))


def is_known(key: str) -> bool:
    """Whether a key is a spelling of a field."""
    return _row_of(key) is not None


def candidates(values: dict[str, object]) -> Candidates:
    """What front matter says of each field, in however many spellings.

    Args:
        values: of the front matter; unknown keys, nulls and empty texts say nothing.
    """
    found: Candidates = {}
    for key, value in values.items():
        row = _row_of(key)
        if row and value is not None and value != "":
            found.setdefault(row[0], []).append((row[1], key, value))
            if isinstance(value, dict) and row[0] in _DATES:
                _add_dates(found, key, value)
        elif key in _NESTED and isinstance(value, dict):
            for inner, entry in value.items():
                row = _row_of(str(inner))
                if row and entry is not None and entry != "":
                    found.setdefault(row[0], []).append((row[1] + len(_BY_SPELLING), str(inner), entry))
                    if isinstance(entry, dict) and row[0] in _DATES:
                        _add_dates(found, str(inner), entry)
        elif key in _MAPS_OF_DATES and isinstance(value, dict):
            _add_dates(found, key, value)
    for spelled in found.values():
        if len(spelled) > 1:
            spelled.sort(key=lambda candidate: candidate[0])
    return found


def _add_dates(found: Candidates, key: str, value: dict[object, object]) -> None:
    """What a map of dates says: `date: {created: 2026-03-01, updated: 2026-03-02}`, as MkDocs has it."""
    for inner, entry in value.items():
        row = _row_of(str(inner))
        if row and row[0] in _DATES and entry is not None and entry != "":
            found.setdefault(row[0], []).append((row[1] + len(_BY_SPELLING), key, entry))


def field(name: str, spelled: Candidates, place: Place) -> Any:
    """What the best spelling of a field says.

    Args:
        name: a row of FIELDS.

    Returns: what the model holds; None where no spelling says anything that can be read.
    """
    if name not in spelled:
        return None
    row = FIELDS[name]
    for _, key, value in spelled[name]:
        place.spelling = key
        if row.as_written and (name == "title" or not isinstance(value, bool)) and _has_bare(value):
            value = place.front.as_written(key, value)
            value = value if value is not None else ""
        try:
            read = row.read(value, place)
        except ValueError as error:
            place.problems.append(_unreadable(row, value, str(error), place))
            if row.severity == "error":
                return None
            continue
        if read is not None:
            return read
    return None


def _has_bare(value: object) -> bool:
    if value is None or isinstance(value, str):
        return False
    if isinstance(value, dict):
        return any(map(_has_bare, value.values()))
    return any(map(_has_bare, value)) if isinstance(value, (list, tuple)) else True


def _unreadable(row: Field, value: object, right: str, place: Place) -> Problem:
    what = f"{quoted(value)} is not {a(row.what)}"
    done = IN_NO_FEED if row.severity == "error" else "It was left out."
    place.lines = place.lines or place.front.lines
    line_number = place.lines.get(place.spelling, 0)
    return Problem(row.severity, row.code, place.key, what, f"{right}. {done}", line_number, place.spelling)
