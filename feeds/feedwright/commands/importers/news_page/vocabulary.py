"""The small vocabulary of news pages: the site's furniture, and the labels of other stories."""

from __future__ import annotations

import re

LONGEST = 220
"""Characters: what is longer is text, whatever it begins with."""
LONGEST_LABEL = 60

_NETWORK = (
    r"(?:facebook|twitter|x|instagram|whatsapp|telegram|linkedin|youtube|google news|pinterest|reddit|tiktok|threads"
    r"|bluesky|mastodon|social media|rss|viber|flipboard)"
)
_GROUP = r"\b(?:whatsapp|telegram|viber|discord) (?:group|channel)s?\b"
_LETTER = r"\b(?:newsletters?|updates|alerts|channel|briefing|podcast)\b"
_BY_PHOTO = r"(?:photo|image|picture|pic|photograph|foto|фото)"

_WHOLE = (
    r"advertisements?|sponsored(?: content)?|promoted|ad|anzeige|werbung|publicité|publicidad|publicidade|реклама|广告",
    r"(?:story|article) continues below(?: (?:this )?ad(?:vertisement)?)?|scroll to continue|continue reading",
    r"share(?: (?:this|it|on|via|to|with friends).{0,40})?|分享(?:到.{0,12})?|поделиться|teilen|partager|compartir",
    rf"(?:(?:share on |tweet|e-?mail|print|copy link|{_NETWORK})(?:[\s,/|·•]+|$))+",
    r"(?:post|leave|add|view|show|hide|read) (?:a |all |your )?comments?|(?:no|\d+) comments?|comments?(?: \(\d+\))?",
    r"(?:skip|jump) to (?:main )?(?:content|navigation)|back to top|top of page|go back|menu|search|home|close",
    r"(?:log|sign) ?(?:in|out|up)|register|my account|subscribe(?: now)?|donate|loading|next|previous",
    r"(?:next|previous) (?:article|story|post)(?: ?[:>»].*)?|(?:print|listen to) this (?:page|article|story)",
    r"\d+[- ]min(?:ute)?s?(?: read)?|read time.{0,12}|just now",
    r"(?:updated |posted |published )?(?:a|an|\d+) (?:min(?:ute)?|hour|day|week|month)s? ago",
    r"(?:image|photo|picture) \d+ of \d+|\d+ ?/ ?\d+|\d{1,2}|\d+ shares?|file photo|getty images",
)
_START = (
    rf"(?:join|follow|find|like|connect with|add|get|catch) .{{0,60}}{_GROUP}",
    rf"(?:join|follow|find|like|connect with) (?:us|our|the|me|@?\w+)\b.{{0,60}} (?:on|at) {_NETWORK}\b.{{0,60}}$",
    rf"(?:follow|like|join|find) us(?: on| at)?:?(?:$| {_NETWORK}\b)",
    rf"(?:subscribe|sign up|register)\b.{{0,40}}{_LETTER}",
    r"(?:get|receive) .{0,50}\b(?:newsletters?|in your inbox|to your inbox)\b|subscribe to (?:our|the|us)\b",
    r"(?:download|install|get) (?:our|the|this) .{0,30}\bapp\b|available on (?:the )?(?:app store|google play)",
    r"click here\b|tap here\b|read more (?:about|at|on|from|in|here)\b.{0,60}$",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b",
    r"by (?:continuing|using|browsing)\b.{0,80}\bcookies\b",
    r"(?:accept|reject|manage)(?: all)? cookies\b|cookie (?:policy|notice|settings|preferences)\b|privacy policy\b",
    r"(?:copyright\b ?)?(?:© ?(?:copyright\b|\w)|\(c\) ?(?:copyright\b|\d{4}))|copyright (?:©|\(c\)|\d{4})",
    r".{0,60}\ball rights reserved\b|terms (?:of (?:use|service)|and conditions)\b.{0,40}$",
    r"(?:tags?|topics?|keywords|filed under|labels|categor(?:y|ies)|метки|теги|schlagwörter|标签|关键词) ?[:：]",
    rf"{_BY_PHOTO} ?(?:credits?|courtesy|source)? ?[:/©]|(?:photo|image) (?:by|credit|courtesy)\b",
    rf"\((?:file )?{_BY_PHOTO}\b.{{0,80}}\)$|图片来源 ?[:：]|责任编辑 ?[:：]|[【(（]编辑 ?[:：]",
)
_FURNITURE = re.compile(rf"(?:(?:{'|'.join(_WHOLE)})[.:!…]*$|(?:{'|'.join(_START)}))", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:home|startseite|accueil|inicio|главная|首页)\s*[>›»/|].*", re.IGNORECASE)
_RIGHTS = re.compile(r"©|\(c\)|copyright|rights reserved", re.IGNORECASE)
_WORDS_BETWEEN = re.compile(r"copyright|©|\(c\)|\bby\b|all rights reserved|\d{4}|[.|,–-]", re.IGNORECASE)

_ALSO = (
    r"also read",
    r"read (?:also|more|next|this)",
    r"see also|also see|watch also",
    r"must[ -]read|don['’]t miss|more|read",
    r"related(?: (?:news|story|stories|articles?|coverage))?",
    r"lesen sie auch|mehr zum thema|lees ook|läs också|les også",
    r"(?:à )?lire aussi|sur le même sujet|lea también|lee también|te puede interesar|leia também|leggi anche",
    r"czytaj także|читайте также|по теме|см\. также|читайте також|यह भी पढ़ें|ये भी पढ़ें|اقرأ أيضا",
    r"延伸阅读|相关阅读|相关新闻|相关报道|延伸閱讀|相關新聞|関連記事|관련기사",
)
_ONLY_ABOVE = (
    r"related (?:posts|links|content|reading|topics)",
    r"more (?:news|stories|articles|headlines)|more on this (?:story|topic)|more (?:from|in|on|about) \S+(?: \S+){0,3}",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|recommended(?: (?:for you|stories|articles|reading))?",
    r"trending(?: (?:now|stories|news|topics))?",
    r"most (?:read|popular|viewed|shared|commented)(?: (?:stories|news|articles))?",
    r"(?:top|latest|other|recent|popular) (?:news|stories|headlines|articles|posts)",
    r"editor['’]?s['’]? (?:picks?|choice)|(?:what to )?read next|up next|further reading|in other news",
    r"weitere (?:artikel|meldungen)|das könnte sie auch interessieren|articles liés",
    r"noticias relacionadas|notícias relacionadas|другие новости|новости по теме|похожие новости|संबंधित खबरें",
    r"热门新闻|推荐阅读|猜你喜欢",
)
_LABEL = re.compile(rf"[^\w\s]*\s*(?:{'|'.join((*_ALSO, *_ONLY_ABOVE))})\s*[:：…»>▼|.-]*", re.IGNORECASE)
_ALSO_LINE = re.compile(
    rf"(?P<label>[^\w\s]*\s*(?:{'|'.join(_ALSO)})(?:\s*[:：|»]|\s[-–—](?=\s)))\s*(?P<headline>\S.*)", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[*•·▪◦‣»›>→●■]\s*|[-–—+]\s+|\(?\d{1,2}[.)]\s+|\d{1,2}、\s*|#\d{1,2}\s+)(?=\S)")
_SUFFIX = re.compile(r"(?P<base>.*\S)(?P<suffix>\s+(?:[|·•»]|[-–—]|::)\s+(?P<site>[^|]{2,40}))")


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the site, not to the story."""
    if not any(char.isalnum() for char in line):
        return True
    return len(line) <= LONGEST and _FURNITURE.match(line) is not None


def is_crumbs(line: str) -> bool:
    """Whether a line is the way from the front page: "Home > World > Europe"."""
    return len(line) <= LONGEST and _CRUMBS.fullmatch(line) is not None


def copyright_holder(line: str) -> str:
    """Whom a copyright line names; empty where it is none."""
    if len(line) > LONGEST or not _RIGHTS.search(line):
        return ""
    return max((part.strip() for part in _WORDS_BETWEEN.split(line)), key=len)


def is_label(line: str) -> bool:
    """Whether a line announces other stories: "Related News"."""
    return len(line) <= LONGEST_LABEL and _LABEL.fullmatch(line) is not None


def also_read(line: str) -> tuple[str, str] | None:
    """The label and the headline of "Also read: A headline"; None where a line is no such thing."""
    found = _ALSO_LINE.fullmatch(line) if len(line) <= LONGEST else None
    return (found["label"], found["headline"]) if found else None


def unbulleted(line: str) -> str:
    """A line without the bullet or number in front."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line


def split_suffix(line: str) -> tuple[str, str, str]:
    """A headline, and the site's name behind it: ("A headline", "| The Site", "The Site")."""
    found = _SUFFIX.fullmatch(line)
    return (found["base"], found["suffix"].strip(), found["site"].strip()) if found else (line, "", "")
