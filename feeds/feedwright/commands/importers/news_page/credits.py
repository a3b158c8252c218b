"""Who wrote a story, when and where: bylines, dates, agencies and datelines of plain-text news pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category, east_asian_width
from zoneinfo import ZoneInfo

from feedwright.articles.dates import LONGEST, parse_date

_AGENCY = (
    r"(?:(?:The )?Associated Press|Agence France-Presse|AP|AFP|Reuters|REUTERS|Xinhua|ANI|PTI|IANS|UNI|UPI|dpa|DPA"
    r"|EFE|ANSA|Bloomberg|Kyodo(?: News)?|Yonhap|Anadolu(?: Agency)?|TASS|PA Media|APA"
    r"|ТАСС|РИА Новости|Интерфакс|新华社|中新社)"
)
_AGENCY_LINE = re.compile(
    r"[^\w\s]*\s*(?:[Ss]ource ?: ?|[Ww]ith (?:inputs?|reporting) from |来源 ?[:：] ?)?"
    rf"(?P<agency>{_AGENCY}|agencies)\W*"
)
_SIGNED = re.compile(rf"(?:[—–-]\s*|[(\[])(?P<agency>{_AGENCY})[)\]]?\.?$")

_BYLINE = re.compile(
    r"(?:(?:written |reported |posted |story |text )?by:?\s|(?:von|par|por|di)\s"
    r"|(?:author|reporter|autor(?:in|a)?|auteur|автор|текст) ?:|(?:作者|记者|文|撰文|記者) ?[:：/]|[记記]者 )"
    r"\s*(?P<names>\S.*)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r",? (?:staff (?:writer|reporter)|(?:\w+ )?(?:correspondent|editor|reporter)|news desk|in [A-Z]\w+).*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r",\s*|、|\s+(?:and|und|et|y|и)\s+|\s*&\s*")
_PARTICLES = frozenset(
    (
        *("de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ten"),
        *("ter", "zu", "bin", "ibn", "al", "el", "and", "und", "et", "y", "e", "i", "и"),
    )
)

_LATE = r"(?:last )?(?:updated|modified)(?: on| at)?|aktualisiert(?: am)?|mis à jour(?: le)?|обновлено|更新时间"
_EARLY = (
    r"(?:first )?(?:published|posted)(?: on| at)?|(?:publication |published )?date|issued(?: on)?"
    r"|veröffentlicht(?: am)?|publié(?: le)?|publicado(?: el| em)?|опубликовано|дата|发布时间|发表于|发布|时间"
)
_DATED = re.compile(
    rf"(?:(?P<late>{_LATE})|{_EARLY})(?P<colon>\s*[:：]\s*|\s+)(?P<date>\S.*)",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_DAY_AND_YEAR = re.compile(r"(?:\w+\.? )?\d{1,2}\b.*(?<!\d)\d{4}(?!\d).*")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARTS = re.compile(r"\s+[|·•/]\s+")

_WORD = r"[^\W\d_][\w.'’]*(?:-\w+)*"
_DAY = r"(?:[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? [^\W\d_]{3,10}\.?(?: \d{4})?)"
_DATELINE = re.compile(
    rf"(?P<place>{_WORD}(?: {_WORD}){{0,3}}?(?:(?:, |/){_WORD}(?: {_WORD}){{0,2}})??)"
    rf"(?:,? (?P<date>{_DAY}))?,?(?: ?[(\[/](?P<agency>[^()\[\]/]{{2,30}})[)\]/])?"
    r"(?:[ \u00a0\u202f]?[:：]|,?[ \u00a0](?:[-–—]|--)) +(?=\S)"
)
_WITHOUT_CASE = re.compile(r"(?P<place>[^\s:,.]{2,20}(?: [^\s:,.]{2,20})?) ?: +(?=\S)")
_CHINESE_DATELINE = re.compile(
    r"[(（【]?(?P<agency>[^\W\d]{2,4}?[社网網])(?P<place>[^\W\d]{2,6})(?P<date>\d{1,2}月\d{1,2}日)[电電]"
)
_NO_PLACE = frozenset(
    (
        *("note", "notes", "update", "updated", "correction", "exclusive", "breaking", "watch", "opinion"),
        *("analysis", "background", "question", "answer", "q", "a", "summary", "editorial", "review", "interview"),
        *("comment", "explained", "explainer", "live", "video", "photos", "factbox", "warning", "just"),
        *("developing"),
    )
)
_SMALL = frozenset(
    (
        *("de", "da", "do", "dos", "del", "la", "las", "los", "le", "les", "of", "the", "and", "am", "an", "im"),
        *("der", "die", "den", "upon", "on", "sur", "sous", "en", "e", "y"),
    )
)
_LONGEST_PLACE = 40


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line says of the story; empty where it says nothing of it."""

    author: str = ""
    date: str = ""
    updated: str = ""
    agency: str = ""

    def __or__(self, other: Credit) -> Credit:
        """What this one says, and what only the other says."""
        return Credit(
            self.author or other.author,
            self.date or other.date,
            self.updated or other.updated,
            self.agency or other.agency,
        )


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story comes from, as its first paragraph begins."""

    place: str = ""
    date: str = ""
    agency: str = ""


def credit(line: str) -> Credit | None:
    """What a line of credits says: "By Jane Doe | Published: 16 April 2021"; None where it is none."""
    if len(line) > 2 * LONGEST:
        return None
    parts = _PARTS.split(line)
    found = [_credit(part) for part in parts]
    whole = Credit()
    for part, said in zip(parts, found, strict=True):
        if said is None and len(part.split()) > 4:
            return None
        whole |= said or Credit()
    return whole if found[0] is not None else None


def names(author: str) -> list[str]:
    """The people of a byline, one by one."""
    return [name.strip() for name in _JOINED.split(author) if name.strip()]


def signed(paragraph: str) -> str:
    """The agency that a paragraph is signed with: "… he said. — Reuters"; empty where there is none."""
    found = _SIGNED.search(paragraph)
    return found["agency"] if found else ""


def dateline(paragraph: str) -> Dateline | None:
    """How a first paragraph begins: "PARIS, March 3 (AP) — "; None where there is no dateline."""
    if found := _CHINESE_DATELINE.match(paragraph):
        return Dateline(found["place"], "", found["agency"])
    if (found := _WITHOUT_CASE.match(paragraph)) and _is_caseless(found["place"]):
        return Dateline(found["place"])
    found = _DATELINE.match(paragraph)
    if not found or len(found["place"]) > _LONGEST_PLACE:
        return None
    place, agency = found["place"], (found["agency"] or "").strip()
    words = re.split(r"[ ,/-]+", place)
    is_named = all(word[:1].isupper() or word.lower() in _SMALL for word in words) and words[0][:1].isupper()
    # In mixed case, and with nothing else that tells, four words are rather the subject of a sentence.
    is_long = len(words) > 3 and not (found["date"] or agency or place.partition(",")[0].isupper())
    goes_on = paragraph[found.end() :].lstrip("\"'“‘«„(")[:1].islower()
    if not is_named or is_long or goes_on or words[0].lower().strip(".") in _NO_PLACE:
        return None
    agency = "" if any(char.isdigit() for char in agency) else agency
    return Dateline(_in_mixed_case(place), readable_date(found["date"] or ""), agency)


def readable_date(text: str) -> str:
    """A date with its year, in a form that `feedwright.articles.dates` reads; empty where it is none."""
    written = _EAST_ASIAN.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text).strip(" .,()[]")
    if len(written) > LONGEST or not _YEAR.search(written) or len(written) < len("1.1.2021"):
        return ""
    try:
        # Only whether it can be read counts here; which is the month is for whoever reads it.
        parse_date(written, ZoneInfo("UTC"), "dmy")
    except ValueError:
        return ""
    return written


def _credit(part: str) -> Credit | None:
    if found := _DATED.fullmatch(part):
        date = readable_date(found["date"])
        if date or found["colon"].strip() or _DAY_AND_YEAR.fullmatch(found["date"]):
            return Credit(updated=date) if found["late"] else Credit(date=date)
        return None
    if found := _AGENCY_LINE.fullmatch(part):
        return Credit(agency="" if found["agency"] == "agencies" else found["agency"])
    if (found := _BYLINE.fullmatch(part)) and (author := _author(found["names"])):
        return Credit(author=author)
    date = readable_date(part)
    return Credit(date=date) if date else None


def _author(text: str) -> str:
    """The names of a byline, without what their owners do; empty where these are no names."""
    named = _OFFICE.sub("", text).strip(" .,")
    head, _, last = named.rpartition(", ")
    if head and re.fullmatch(_AGENCY, last):
        named = head
    words = re.split(r"[\s,&-]+", named)
    likely = all(not word[:1].islower() or word in _PARTICLES for word in words)
    return named if likely and 0 < len(words) <= 10 and not any(char.isdigit() for char in named) else ""


def _is_caseless(text: str) -> bool:
    """Whether a text is in a script that has neither capitals nor wide characters: Devanagari, Arabic."""
    return all(char == " " or (category(char) in ("Lo", "Mn", "Mc") and east_asian_width(char) != "W") for char in text)


def _in_mixed_case(place: str) -> str:
    """NEW DELHI as New Delhi; what is not all in capitals stays."""
    if not place.isupper():
        head, comma, region = place.partition(",")
        return _in_mixed_case(head) + comma + region if comma else place
    parts = re.split(r"([ ,/-]+)", place)
    return "".join(
        part.lower() if number and part.lower() in _SMALL else part if "." in part[:-1] else part.capitalize()
        for number, part in enumerate(parts)
    )
