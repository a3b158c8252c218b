"""The small vocabulary of news pages: their furniture, labels, bylines, dates and datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from feeds.sources.dates import LONGEST, parse_date

LONGEST_FURNITURE = 220
"""Characters: what is longer is read as text, whatever it begins with."""

_NETWORKS = (
    r"(?:facebook|twitter|x|instagram|whatsapp|telegram|linkedin|youtube|google news|pinterest|reddit|tiktok|threads"
    r"|bluesky|mastodon|social media|rss|viber|flipboard)"
)
_WHOLE = "|".join(
    (
        r"advertisements?|sponsored(?: content)?|promoted|ad|anzeige|werbung|publicité|publicidad|publicidade|реклама|广告",
        r"(?:story|article) continues below(?: (?:this )?ad(?:vertisement)?)?|scroll to continue|continue reading",
        r"share(?: (?:this|it|on|via|to|with friends).{0,40})?|分享(?:到.{0,12})?|поделиться|teilen|partager|compartir",
        rf"(?:(?:share on |tweet|e-?mail|print|copy link|{_NETWORKS})(?:[\s,/|·•]+|$))+",
        r"(?:post|leave|add|view|show|hide|read) (?:a |all |your )?comments?|(?:no|\d+) comments?|comments?(?: \(\d+\))?",
        r"(?:skip|jump) to (?:main )?(?:content|navigation)|back to top|top of page|go back|menu|search|home|close",
        r"(?:log|sign) ?(?:in|out|up)|register|my account|subscribe(?: now)?|donate|loading\W*|next|previous",
        r"(?:next|previous) (?:article|story|post)(?: ?[:>»].*)?|print this (?:page|article)|listen to this (?:article|story)",
        r"\d+[- ]min(?:ute)?s?(?: read)?|(?:a |an |\d+ )(?:min(?:ute)?|hour|day|week|month)s? ago|just now|read time.{0,12}",
        r"(?:image|photo|picture) \d+ of \d+|\d+ ?/ ?\d+|\d{1,2}|\d+ shares?|file photo|getty images",
    )
)
_START = "|".join(
    (
        r"(?:join|follow|find|like|connect with|add|get|catch) .{0,60}\b(?:whatsapp|telegram|viber|discord) (?:group|channel)s?\b",
        rf"(?:join|follow|find|like|connect with) (?:us|our|the|me|@?\w+)\b.{{0,60}} (?:on|at) {_NETWORKS}\b.{{0,60}}$",
        rf"(?:follow|like|join|find) us(?: on| at)?:?(?:$| {_NETWORKS})",
        r"(?:subscribe|sign up|register)\b.{0,40}\b(?:newsletters?|updates|alerts|channel|briefing|podcast)\b",
        r"(?:get|receive) .{0,50}\b(?:newsletters?|in your inbox|to your inbox)\b|subscribe to (?:our|the|us)\b",
        r"(?:download|install|get) (?:our|the|this) .{0,30}\bapp\b|available on (?:the )?(?:app store|google play)",
        r"click here\b|tap here\b|read more (?:about|at|on|from|in|here)\b.{0,60}$",
        r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b|by (?:continuing|using|browsing)\b.{0,80}\bcookies\b",
        r"(?:accept|reject|manage)(?: all)? cookies\b|cookie (?:policy|notice|settings|preferences)\b|privacy policy\b",
        r"(?:copyright\b ?)?(?:©|\(c\)) ?(?:copyright\b|\d{4}|[A-Z])|copyright (?:©|\(c\)|\d{4})|.{0,60}\ball rights reserved\b",
        r"terms (?:of (?:use|service)|and conditions)\b.{0,40}$",
        r"(?:tags?|topics?|keywords|filed under|labels|categor(?:y|ies)|метки|теги|schlagwörter|标签|关键词) ?[:：]",
        r"(?:photo|image|picture|pic|photograph|foto|фото) ?(?:credits?|courtesy|source)? ?[:/©]|(?:photo|image) (?:by|credit|courtesy)\b",
        r"\((?:photo|image|file photo|picture)\b.{0,80}\)$|图片来源 ?[:：]|责任编辑 ?[:：]|[【(（]编辑 ?[:：]",
    )
)
_FURNITURE = re.compile(rf"(?:(?:{_WHOLE})[.:!…]*$|(?:{_START}))", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:home|startseite|accueil|inicio|главная|首页)\s*[>›»/|].*", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)|[\s\d,–-]|by\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|[.|])+", re.I
)

_ALSO = (
    r"also read|read also|read more|read next|see also|also see|must[ -]read|read this|don['’]t miss|more|related"
    r"|related (?:news|story|stories|article|articles|coverage)|read|watch also|lesen sie auch|mehr zum thema"
    r"|(?:à )?lire aussi|sur le même sujet|lea también|lee también|te puede interesar|leia também|leggi anche"
    r"|lees ook|läs också|les også|czytaj także|читайте также|по теме|см\. также|читайте також|यह भी पढ़ें|ये भी पढ़ें"
    r"|اقرأ أيضا|延伸阅读|相关阅读|相关新闻|相关报道|延伸閱讀|相關新聞|関連記事|관련기사"
)
_ALONE = (
    rf"{_ALSO}|related(?: (?:posts|links|content|reading|topics))?"
    r"|more (?:news|stories|articles|headlines)|more (?:on this (?:story|topic)|(?:from|in|on|about) \S+(?: \S+){0,3})"
    r"|(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|recommended(?: (?:for you|stories|articles|reading))?"
    r"|trending(?: (?:now|stories|news|topics))?|most (?:read|popular|viewed|shared|commented)(?: (?:stories|news|articles))?"
    r"|(?:top|latest|other|recent|popular) (?:news|stories|headlines|articles|posts)|editor['’]?s['’]? (?:picks?|choice)"
    r"|(?:what to )?read next|up next|further reading|in other news|from around the web|weitere (?:artikel|meldungen)"
    r"|das könnte sie auch interessieren|articles liés|noticias relacionadas|notícias relacionadas|другие новости"
    r"|новости по теме|похожие новости|संबंधित खबरें|热门新闻|推荐阅读|猜你喜欢"
)
_LABEL = re.compile(rf"[*#>\W]*(?:{_ALONE})\s*(?:[:：…»>▼|.-]|\.{{3}})*", re.IGNORECASE)
_ALSO_LINE = re.compile(rf"(?P<label>\W*(?:{_ALSO})\s*(?:[:：|»]|\s[-–—]))\s*(?P<headline>\S.*)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-–—*•·▪◦‣»›>→+●■]|\(?\d{1,2}[.)](?=\s)|\d{1,2}、|#\d{1,2}(?=\s))\s*(?=\S)")
_SUFFIX = re.compile(r"(?P<base>.*\S)(?P<suffix>\s+(?:[|·•»]|[-–—]|::)\s+(?P<site>[^|]{2,40}))")

_AGENCY = (
    r"(?:The )?Associated Press|Agence France-Presse|AP|AFP|Reuters|REUTERS|Xinhua|ANI|PTI|IANS|UNI|UPI|[Dd][Pp][Aa]|EFE"
    r"|ANSA|Bloomberg|Kyodo(?: News)?|Yonhap|Anadolu(?: Agency)?|TASS|PA Media|APA|ТАСС|РИА Новости|Интерфакс|新华社|中新社"
)
_AGENCY_LINE = re.compile(
    rf"\W*(?:source ?: ?|with (?:inputs?|reporting) from |来源 ?[:：] ?)?(?P<agency>{_AGENCY}|agencies)\W*",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?:[—–-]\s*|[(\[])(?P<agency>{_AGENCY})[)\]]?\.?$")

_PARTICLES = frozenset(
    "de da do dos del della di du la le van von der den ten ter zu bin ibn al el and und et y e i и".split()
)
_BYLINE = re.compile(
    r"(?P<by>(?:written |reported |posted |story |text )?by:?\s|author ?:|reporter ?:|von\s|autor(?:in|a)? ?:|par\s|por\s"
    r"|di\s|auteur ?:|автор ?:|текст ?:|(?:作者|记者|文|撰文|記者) ?[:：/]|(?:记者|記者) )\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r",? (?:staff (?:writer|reporter)|(?:\w+ )?(?:correspondent|editor|reporter)|news desk|in [A-Z]\w+).*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?P<label>(?P<late>(?:last )?(?:updated|modified)(?: on| at)?|aktualisiert(?: am)?|mis à jour(?: le)?|обновлено|更新时间)"
    r"|(?:first )?(?:published|posted)(?: on| at)?|publication date|date|published date|issued(?: on)?|veröffentlicht(?: am)?"
    r"|publié(?: le)?|publicado(?: el| em)?|опубликовано|дата|发布时间|发表于|发布|时间)\s*[:：]?\s+(?P<date>\S.*)",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARTS = re.compile(r"\s+[|·•/]\s+")

_WORD = r"[^\W\d_][\w.'’]*(?:-\w+)*"
_PLACE = rf"{_WORD}(?: {_WORD}){{0,3}}(?:(?:, |/){_WORD}(?: {_WORD}){{0,2}})?"
_DAY = r"(?:[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? [^\W\d_]{3,10}\.?(?: \d{4})?)"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}?)(?:,? (?P<date>{_DAY}))?,?(?: ?[(\[/](?P<agency>[^()\[\]/]{{2,30}})[)\]/])?(?P<stop> ?[:：]|,? (?:[-–—]|--)) +(?=\S)"
)
_CHINESE_DATELINE = re.compile(
    r"[(（【]?(?P<agency>[^\W\d]{2,4}[社网網])(?P<place>[^\W\d]{2,6})(?P<date>\d{1,2}月\d{1,2}日)[电電]"
)
_NO_PLACE = frozenset(
    "note notes update updated correction exclusive breaking watch opinion analysis background question answer q a summary "
    "editorial review interview comment explained explainer live video photos factbox warning live developing just".split()
)
_SMALL = frozenset("de da do dos del la las los le les of the and am an im der die den upon on sur sous en e y".split())


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line under the headline says of the article; empty where it says nothing of it."""

    author: str = ""
    date: str = ""
    updated: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story comes from, as its first paragraph begins."""

    place: str = ""
    date: str = ""
    agency: str = ""


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the site, not to the story."""
    return len(line) <= LONGEST_FURNITURE and (
        _FURNITURE.match(line) is not None or not any(char.isalnum() for char in line)
    )


def is_crumbs(line: str) -> bool:
    """Whether a line is the way from the front page: "Home > World > Europe"."""
    return _CRUMBS.fullmatch(line) is not None and len(line) <= LONGEST_FURNITURE


def copyright_holder(line: str) -> str:
    """Who a copyright line names; empty where it is none."""
    if not is_furniture(line) or not re.search(r"©|\(c\)|copyright|rights reserved", line, re.IGNORECASE):
        return ""
    return max((part.strip() for part in _COPYRIGHT.split(line)), key=len, default="")


def is_label(line: str) -> bool:
    """Whether a line announces other stories: "Related News"."""
    return len(line) <= 60 and _LABEL.fullmatch(line) is not None


def also_read(line: str) -> tuple[str, str] | None:
    """The label and the headline of "Also read: A headline"; None where a line is no such thing."""
    found = _ALSO_LINE.fullmatch(line) if len(line) <= LONGEST_FURNITURE else None
    return (found["label"].strip(), unbulleted(found["headline"])) if found else None


def unbulleted(line: str) -> str:
    """A line without the bullet or number in front."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line


def split_suffix(line: str) -> tuple[str, str, str]:
    """A headline, and the site's name behind it: ("A headline", "| The Site", "The Site")."""
    found = _SUFFIX.fullmatch(line)
    return (found["base"], found["suffix"].strip(), found["site"].strip()) if found else (line, "", "")


def credit(line: str) -> Credit | None:
    """What a line of the story's credits says: "By Jane Doe | Published: 16 April 2021"; None where it is none."""
    if len(line) > 2 * LONGEST:
        return None
    parts = _PARTS.split(line)
    found = [_credit(part) for part in parts]
    if found[0] is None or any(said is None and len(part.split()) > 4 for said, part in zip(found, parts, strict=True)):
        return None
    said = [part for part in found if part]
    names = ("author", "date", "updated", "agency")
    return Credit(**{name: next((value for part in said if (value := getattr(part, name))), "") for name in names})


def signed(paragraph: str) -> str:
    """The agency that a paragraph is signed with: "… he said. — Reuters"; empty where there is none."""
    found = _SIGNED.search(paragraph)
    return found["agency"] if found else ""


def dateline(paragraph: str) -> Dateline | None:
    """How a first paragraph begins: "PARIS, March 3 (AP) — "; None where there is no dateline."""
    if found := _CHINESE_DATELINE.match(paragraph):
        return Dateline(found["place"], "", found["agency"])
    found = _DATELINE.match(paragraph)
    if not found or columns_of_place(found["place"]) > 40:
        return None
    place, rest = found["place"], paragraph[found.end() :]
    words = [word for word in re.split(r"[ ,/-]+", place) if word]
    capitalised = all(word[0].isupper() or word.lower() in _SMALL for word in words) and words[0][0].isupper()
    begins = rest.lstrip("\"'“‘«„(")[:1]
    if not capitalised or words[0].lower().strip(".") in _NO_PLACE or begins.islower():
        return None
    shouted = place.isupper() or place.partition(",")[0].isupper()
    said_more = bool(found["date"] or found["agency"])
    if not (shouted or said_more) and len(words) > 3:
        return None
    agency = (found["agency"] or "").strip()
    dated = found["date"] or ""
    return Dateline(_in_mixed_case(place), readable_date(dated), agency)


def columns_of_place(place: str) -> int:
    """Characters; a name that is longer than any place's is none."""
    return len(place)


def readable_date(text: str) -> str:
    """A date with its year in a form that `feeds.sources.dates` reads; empty where it is none."""
    written = _EAST_ASIAN.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text).strip(" .,()[]")
    if len(written) > LONGEST or not _YEAR.search(written):
        return ""
    try:
        # Only whether it can be read counts here; the order of day and month is for whoever reads it.
        parse_date(written, ZoneInfo("UTC"), "dmy")
    except ValueError:
        return ""
    return written


def _credit(part: str) -> Credit | None:
    if found := _DATED.fullmatch(part):
        date = readable_date(found["date"])
        if date or any(char.isdigit() for char in found["date"]):
            return Credit(updated=date) if found["late"] else Credit(date=date)
        return None
    if found := _AGENCY_LINE.fullmatch(part):
        return Credit(agency=found["agency"])
    if (found := _BYLINE.fullmatch(part)) and (author := _names(found["name"])):
        return Credit(author=author)
    date = readable_date(part)
    return Credit(date=date) if date else None


def _names(text: str) -> str:
    """The names of a byline, without what their owners do; empty where these are no names."""
    name, _, agency = _TITLES.sub("", text).strip(" .,").partition(", ")
    if agency and not re.fullmatch(_AGENCY, agency):
        name = f"{name}, {agency}"
    words = re.split(r"[\s,&-]+", name)
    named = all(not word[:1].islower() or word in _PARTICLES for word in words)
    return name if named and 0 < len(words) <= 10 and not any(char.isdigit() for char in name) else ""


def _in_mixed_case(place: str) -> str:
    """NEW DELHI as New Delhi; what is not all capitals stays."""
    if not place.isupper():
        head, comma, region = place.partition(",")
        return _in_mixed_case(head) + comma + region if comma else place
    parts = re.split(r"([ ,/-]+)", place)
    words = [
        part.lower() if number and part.lower() in _SMALL else part if "." in part[1:-1] else part.capitalize()
        for number, part in enumerate(parts)
    ]
    return "".join(words)
