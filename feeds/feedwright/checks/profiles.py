"""What each aggregator demands beyond the specifications; loaded only where a profile is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from lxml import etree

from feedwright.checks import profiles_podcast, rules
from feedwright.checks.node import Node
from feedwright.checks.profile_rules import document_rule, elsewhere, lacking, rule
from feedwright.checks.rule import Rule

NAMES: dict[str, str] = {
    "apple": "Apple Podcasts: A Podcaster's Guide to RSS",
    "flipboard": "Flipboard: RSS guidelines for publishers",
    "google-news": "Google News: technical feed requirements of Publisher Center",
    "msn": "MSN and Microsoft Start: feed item requirements of Partner Hub",
    "podcast-standard": "Podcast Standards Project: PSP-1",
    "rss-best-practice": "RSS Advisory Board: Best Practices Profile 1.0",
    "spotify": "Spotify: podcast delivery specification",
}

_RBP = "RSS Best Practices Profile"
_GOOGLE = "Google, Technical feed requirements"
_FLIPBOARD = "Flipboard, RSS guidelines"
_MSN = "Microsoft, MSN feed item metadata requirements"
_MSN_HTML = "Microsoft, MSN HTML guidelines and tag restrictions"
_STRIPPED = ("<script", "<style", "<object", "<embed", "<param", "<applet")
_LARGEST_FEED, _LARGEST_ARTICLE = 2 * 2**20, 2**20


@dataclass(frozen=True, slots=True)
class Profile:
    """What an aggregator demands.

    Args:
        description: one line.
        codes: of its own rules, and those of the general rules that it repeats, in order.
    """

    description: str
    codes: tuple[str, ...]


def _size(element: Node) -> int:
    return len(etree.tostring(element.element, encoding="utf-8", with_tail=False))


def _feed_too_large(root: Node) -> str | None:
    size = _size(root)
    return f"the feed has {size} bytes, more than 2 MB" if size > _LARGEST_FEED else None


def _article_too_large(entry: Node) -> str | None:
    size = _size(entry)
    return f"the article has {size} bytes, more than 1 MB" if size > _LARGEST_ARTICLE else None


def _more_than(most: int, name: str, words: str) -> Callable[[Node], str | None]:
    def find(holder: Node) -> str | None:
        count = len(holder.all(name))
        return f"there are {count} {words}, more than {most}" if count > most else None

    return find


def _fewer_than(least: int) -> Callable[[Node], str | None]:
    def find(channel: Node) -> str | None:
        count = len(channel.all("item"))
        return f"there are {count} items, fewer than {least}" if count < least else None

    return find


def _length(least: int, most: int) -> Callable[[Node], str | None]:
    def find(node: Node) -> str | None:
        length = len(node.value)
        if least <= length <= most:
            return None
        bound = f"fewer than {least}" if length < least else f"more than {most}"
        return f"{node.name} has {length} characters, {bound}"

    return find


def _other_host(channel: Node) -> Iterator[tuple[Node, str]]:
    links = [link for link in channel.all("atom:link") if link.attributes.get("rel") == "self"]
    own = _host(links[0].attributes.get("href", "")) if links else ""
    for item in channel.all("item"):
        link = item.first("link")
        if own and link and _host(link.value) not in ("", own):
            yield link, f"the article is on {_host(link.value)}, the feed on {own}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _no_body(item: Node) -> str | None:
    said = any(item.has(name) for name in ("content:encoded", "description", "content", "summary"))
    return None if said else "the article has no body"


def _stripped(node: Node) -> str | None:
    low = node.text.lower()
    return next((f"MSN takes out {tag}>" for tag in _STRIPPED if tag in low), None)


def _text_input(node: Node) -> str | None:
    return f"{node.name} is for what nobody does"


def _no_domain(category: Node) -> str | None:
    return None if category.attributes.get("domain") else "the category does not say which scheme it is of"


_BODIES = "item/content:encoded item/description entry/content"
_ALL: dict[str, tuple[Rule, ...]] = {
    "apple": profiles_podcast.APPLE,
    "spotify": profiles_podcast.SPOTIFY,
    "podcast-standard": profiles_podcast.PSP,
    "rss-best-practice": (
        elsewhere("rss-best-practice-format", "The profile", _RBP),
        rule("rss-best-practice-textinput", "warning", _RBP, "channel/textInput", "Leave it out.", _text_input),
        rule(
            "rss-best-practice-ttl",
            "info",
            _RBP,
            "channel/ttl",
            "Let HTTP say how long the feed may be kept.",
            lambda node: "few readers look at ttl",
        ),
        rule("rss-best-practice-domain", "info", _RBP, "item/category", "Say domain.", _no_domain),
    ),
    "google-news": (
        *lacking("google-news-missing", "error", _GOOGLE, "item", "guid pubDate title link"),
        *lacking("google-news-missing", "error", _GOOGLE, "entry", "id updated title"),
        rule("google-news-size", "error", _GOOGLE, "/rss /feed", "Leave out the older articles.", _feed_too_large),
        rule("google-news-size", "error", _GOOGLE, "*/item */entry", "Split it.", _article_too_large),
        rule(
            "google-news-number",
            "warning",
            _GOOGLE,
            "*/channel",
            "At most 60 new articles are read at a time.",
            _more_than(60, "item", "articles"),
        ),
        rule(
            "google-news-number",
            "warning",
            _GOOGLE,
            "/feed",
            "At most 60 new articles are read at a time.",
            _more_than(60, "entry", "articles"),
        ),
    ),
    "flipboard": (
        elsewhere("flipboard-format", "Flipboard", _FLIPBOARD),
        *lacking("flipboard-missing", "error", _FLIPBOARD, "channel", "language"),
        *lacking("flipboard-missing", "error", _FLIPBOARD, "item", "title link description pubDate guid"),
        *lacking("flipboard-recommended", "warning", _FLIPBOARD, "item", "dc:creator enclosure"),
        rule(
            "flipboard-summary",
            "warning",
            _FLIPBOARD,
            "item/description",
            "Write 300 characters or more.",
            _length(300, 10**9),
        ),
        rule("flipboard-number", "warning", _FLIPBOARD, "*/channel", "Show at least 20.", _fewer_than(20)),
        document_rule("flipboard-host", "info", _FLIPBOARD, "*/channel", "One host is preferred.", _other_host),
    ),
    "msn": (
        *lacking("msn-missing", "error", _MSN, "item", "guid title pubDate link"),
        *lacking("msn-missing", "error", _MSN, "entry", "id title published link"),
        rule("msn-missing", "error", _MSN, "*/item */entry", "Give the whole article.", _no_body),
        rule("msn-title", "warning", _MSN, "item/title entry/title", "Write 20 to 150.", _length(20, 150)),
        rule("msn-html", "warning", _MSN_HTML, _BODIES, "Take it out.", _stripped),
    ),
}


def rules_of(profile: str) -> tuple[Rule, ...]:
    """The rules of a profile.

    Raises:
        ValueError: there is none of that name.
    """
    if profile not in _ALL:
        raise ValueError(f"There is no profile {profile!r}; there are {', '.join(sorted(NAMES))}")
    return _ALL[profile]


@cache
def every() -> dict[str, Profile]:
    """All profiles, by name."""
    made = {}
    for name, own in sorted(_ALL.items()):
        codes = {rule.code for rule in own}
        if name == "rss-best-practice":
            codes |= {rule.code for rule in rules.RULES if rule.source.startswith(_RBP)}
        made[name] = Profile(NAMES[name], tuple(sorted(codes)))
    return made


def all_rules() -> tuple[Rule, ...]:
    """The rules of every profile."""
    return tuple(rule for name in sorted(_ALL) for rule in _ALL[name])
