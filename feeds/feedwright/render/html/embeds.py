"""What feed readers refuse to show in place, as links to it; pictures that a script was to load, as pictures.

Works on what nh3 wrote (attribute values in double quotes), and what it returns is sanitised once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

TAGS = frozenset(("iframe", "embed", "object", "param", "input"))
"""The elements to be let through to `linked`."""

LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original")
ATTRIBUTES = {
    "iframe": {"src", "title", "width", "height", *LAZY_SOURCES},
    "embed": {"src", "title", *LAZY_SOURCES},
    "object": {"data", "title"},
    "param": {"name", "value"},
    "input": {"type", "checked", "disabled"},
    "img": {"data-srcset", *LAZY_SOURCES},
}
"""Those of their attributes that `linked` needs, and of pictures."""

# Spelled out, because ignoring case makes the search ten times as slow.
_EMBED = re.compile(r"<(?:[Ii][Ff][Rr]|[Ii][Nn][Pp]|[Ee][Mm][Bb]|[Oo][Bb][Jj]|[Nn][Oo][Ss])")
_NOSCRIPT = re.compile(r"</?noscript(?:\s[^<>]*+)?>", re.IGNORECASE)
_ELEMENT = re.compile(r'<(iframe|embed|object|param|input|img)((?: [a-z-]+="[^"]*+")*+)>')
_IFRAME_CONTENTS = re.compile(r'(<iframe(?: [a-z-]+="[^"]*+")*+>).*?</iframe>', re.DOTALL)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*+)"')
_YOUTUBE = re.compile(r"/(?:embed|v|shorts|live)/([\w-]+)", re.ASCII)
_VIMEO = re.compile(r"/video/(\d+)", re.ASCII)
_ITEM = re.compile(r'<li(?: [a-z-]+="[^"]*+")*+>\s*+(?:<p(?: [a-z-]+="[^"]*+")*+>\s*+)?\Z')
_ITEM_LENGTH = 500
_CHECKBOX = {False: "☐ ", True: "☑ "}

Resolve = Callable[[str], str | None]


def present(html: str, common: bool = False) -> bool:
    """Whether there is anything for `linked` to do.

    Args:
        html: raw.
        common: its tags are known to be of the common ones, so that only pictures need to be looked for.
    """
    if not common and _EMBED.search(html):
        return True
    return "data-" in html and any(name in html for name in LAZY_SOURCES)


def without_noscript(html: str) -> str:
    """Show what is there for readers without scripts, as feed readers are.

    Args:
        html: raw; a parser that runs scripts would take the contents of noscript for text.
    """
    return _NOSCRIPT.sub("", html)


def linked(html: str, resolve: Resolve, hosts: Collection[str]) -> str:
    """Turn embedded documents into links, checkboxes into characters, and give pictures their sources.

    Args:
        html: as nh3 wrote it, with `TAGS` and `ATTRIBUTES` let through.
        resolve: a URL of the document -> absolute, or None where it is unusable.
        hosts: whose iframes stay; a subdomain of one counts as well.

    Returns: HTML that is yet to be sanitised.
    """
    html = _IFRAME_CONTENTS.sub(r"\1", html).replace("</object>", "").replace("</embed>", "")
    shown: set[str] = set()

    def element(match: re.Match[str]) -> str:
        name = match[1]
        attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(match[2])}
        if name == "img":
            return _picture(match[0], attributes, resolve, shown)
        if name == "input":
            return _checkbox(match, attributes)
        return _embedded(name, attributes, resolve, hosts, shown)

    for picture in re.finditer(r'<img(?: [a-z-]+="[^"]*+")*? src="([^"]*+)"', html):
        shown.add(resolve(unescape(picture[1])) or "")
    return _ELEMENT.sub(element, html)


def _checkbox(match: re.Match[str], attributes: dict[str, str]) -> str:
    """The box of a task, which nobody can tick, or which begins an item of a list; other ones are a form's."""
    if attributes.get("type", "").lower() != "checkbox":
        return ""
    if "disabled" not in attributes and not _ITEM.search(
        match.string[max(0, match.start() - _ITEM_LENGTH) : match.start()]
    ):
        return ""
    box = _CHECKBOX["checked" in attributes]
    return box.rstrip() if match.string[match.end() : match.end() + 1].isspace() else box


def _picture(tag: str, attributes: dict[str, str], resolve: Resolve, shown: set[str]) -> str:
    if attributes.get("src", "") and resolve(attributes["src"]):
        return tag
    lazy = next((url for name in LAZY_SOURCES if (url := resolve(attributes.get(name, "")))), None)
    if lazy in shown:
        return ""
    kept = {key: value for key, value in attributes.items() if not key.startswith("data-") and key != "src"}
    if lazy:
        shown.add(lazy)
        kept = {"src": lazy, **kept}
    if "srcset" not in kept and "data-srcset" in attributes:
        kept["srcset"] = attributes["data-srcset"]
    return "<img" + "".join(f' {key}="{escape(value)}"' for key, value in kept.items()) + ">"


def _embedded(name: str, attributes: dict[str, str], resolve: Resolve, hosts: Collection[str], shown: set[str]) -> str:
    if name == "param":
        written = [attributes.get("value", "") if attributes.get("name", "").lower() in ("movie", "src") else ""]
    else:
        written = [attributes.get(key, "") for key in ("src", "data", *LAZY_SOURCES)]
    url = next((found for candidate in written if candidate and (found := resolve(candidate))), None)
    if url is None or url in shown or not url.startswith(("http:", "https:")):
        return ""
    shown.add(url)
    if name == "iframe" and is_of(url, hosts):
        size = "".join(
            f' {key}="{escape(attributes[key])}"' for key in ("title", "width", "height") if key in attributes
        )
        return f'<iframe src="{escape(url)}"{size}></iframe>'
    label = attributes.get("title", "").strip() or urlsplit(url).hostname or url
    return f'<a href="{escape(_page_of(url))}">{escape(label)}</a>'


def is_of(url: str, hosts: Collection[str]) -> bool:
    """Whether a URL's host is one of these, or a subdomain of one.

    Args:
        url: absolute.
        hosts: domain names, in lower case.
    """
    host = urlsplit(url).hostname or ""
    return any(host == known or host.endswith("." + known) for known in hosts)


def _page_of(url: str) -> str:
    """The page on which people watch what a player's URL plays; the URL itself where there is none known."""
    parts = urlsplit(url)
    if is_of(url, ("youtube.com", "youtube-nocookie.com")) and (video := _YOUTUBE.match(parts.path)):
        if video[1] != "videoseries":
            return f"https://www.youtube.com/watch?v={video[1]}"
        playlist = parse_qs(parts.query).get("list", [""])[0]
        return f"https://www.youtube.com/playlist?list={playlist}" if re.fullmatch(r"[\w-]+", playlist) else url
    if is_of(url, ("player.vimeo.com",)) and (video := _VIMEO.match(parts.path)):
        return f"https://vimeo.com/{video[1]}"
    return url
