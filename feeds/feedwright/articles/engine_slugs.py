"""How other engines make a part of an address of a title, a slug or a file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

_DATED = re.compile(r"(?P<folder>(?:.*/)?)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*)")
_DATE_OF_JEKYLL = re.compile(r"\A(?:\d\d)?\d\d-\d\d?-\d\d?-(?=.)")
# What NFKD leaves of Latin letters that are no letter with a mark.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"ð": "d", "þ": "th", "ı": "i", "№": "No", "—": "--", "–": "-", "…": "..."}
)


def _is_kept(char: str, marks: str) -> bool:
    return char in marks or unicodedata.category(char) in ("Nd", "Mn", "Mc", "Me") or char.isalpha()


def undated(name: str) -> str:
    """The name of a file of Jekyll's without the date in front."""
    return _DATE_OF_JEKYLL.sub("", name, count=1)


def jekyll(text: str) -> str:
    """Jekyll's slug of a file's name or a slug: letter case and some marks stay, all else is one hyphen.

    Source: Jekyll 4, `Utils.slugify`, mode "pretty", cased.
    """
    kept = "".join(char if _is_kept(char, "._~!$&'()+,;=@") else "-" for char in text)
    return "-".join(part for part in kept.split("-") if part)


def hugo(text: str) -> str:
    """Hugo's slug of a title or slug: white space is a hyphen, and what is no letter, digit or one of a few marks goes.

    Source: Hugo 0.168 as it does it: `hugo list all` of sites with `:slug` in their permalinks.
    """
    kept = "".join(char if _is_kept(char, "._-#~@/") else " " if char.isspace() or char == "+" else "" for char in text)
    return re.sub(r"[ -]* [ -]*", "-", kept.strip()).lower()


def hugo_name(text: str) -> str:
    """Hugo's part of an address for the name of a folder or file: likewise, but each space is a hyphen.

    Source: Hugo 0.168 as it does it.
    """
    return "".join(char if _is_kept(char, "._-#~@+") else "-" if char == " " else "" for char in text).lower()


def pelican(title: str) -> str:
    """Pelican's slug of a title; empty where the title is in no Latin letters, which Pelican transcribes.

    Source: Pelican 4, `utils.slugify` and `SLUG_REGEX_SUBSTITUTIONS`.
    """
    plain = unicodedata.normalize("NFKD", title.translate(_LATIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()).lower()


def mkdocs(title: str) -> str:
    """Material for MkDocs's slug of a title: letter case goes, each space is a hyphen, other marks go.

    Source: pymdownx.slugs, `slugify(case="lower")`, the blog plugin's `post_slugify`.
    """
    plain = unicodedata.normalize("NFC", title).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")


def astro(path: str) -> str:
    """Astro's address of an entry below its collection: each part in lower case, without dots and other marks.

    Args:
        path: of the entry's file below the collection's folder, without suffix and `index`.

    Source: Astro 5, the glob loader's `generateId`, by github-slugger.
    """
    return "/".join(mkdocs(part) for part in path.split("/"))


def docusaurus(path: str) -> str:
    """Docusaurus's address of a post below its blog: the day in a path is folders of their own, in front.

    Args:
        path: of the post's file below the blog's folder, without suffix and `index`.

    Source: Docusaurus 3, `plugin-content-blog`, `parseBlogFileName`.
    """
    found = _DATED.fullmatch(path)
    if not found:
        return path
    return f"{found['date'].replace('-', '/')}/{found['folder']}{found['text']}"


def hugo_folders(content: Sequence[str], folders: Sequence[str], languages: Collection[str]) -> list[str]:
    """The folders below Hugo's content folder and that of a language, which are in an address.

    Args:
        content: the parts of the path of the content folder that is read.
        folders: those of an article below it.
        languages: names that the folder of its language may have.
    """
    parts = [*content, *folders]
    if "content" in content:
        start = len(content) - list(content)[::-1].index("content")
    else:
        start = parts.index("content", len(content)) + 1 if "content" in folders else len(content)
    below = parts[start:]
    return below[1:] if below and below[0] in languages else below
