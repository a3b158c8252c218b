"""Which feeds there are, and which articles each of them holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from urllib.parse import quote

from feeds.config import TERM_KINDS, Config, FeedRules, Filter, KindRules, OwnFeed
from feeds.config.rules import nearest_line
from feeds.errors import Problem
from feeds.filenames import file_names
from feeds.model import NEVER, Article, EntryOptions, Feed
from feeds.sources.globs import matches

Name = tuple[str, str]
"""A feed's kind and term; the site's own is ("site", ""), one that it declared ("feed", its name)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a feed that was published before.

    Args:
        file: the part of its path that stands for the term.
        id: its permanent id.
        since: when it was first known, aware, UTC.
        updated: the newest change that it ever showed.
        paths: format -> path of its document below `out/`.
        entries: the ids of the articles that it showed last, in order.
    """

    file: str
    id: str
    since: datetime
    updated: datetime
    paths: Mapping[str, str]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A feed before it takes the shape of a format.

    Args:
        file: the part of its path that stands for the term.
        articles: newest first.
        retired: whether it has no source any more, and is kept for its subscribers.
    """

    kind: str
    term: str
    file: str
    title: str
    description: str
    language: str
    rules: FeedRules
    articles: tuple[Article, ...]
    retired: bool = False

    @property
    def name(self) -> Name:
        return self.kind, self.term


def why_not(article: Article, now: datetime) -> str:
    """Why an article is in no feed, in words; empty where it may be shown.

    Args:
        now: aware, UTC.
    """
    if article.draft:
        return "draft"
    if article.feeds == ():
        return "opted out of all feeds"
    if article.published == NEVER:
        return "has no date"
    if article.published > now:
        return f"not before {article.published:%Y-%m-%d %H:%M} UTC"
    if article.expires is not None and article.expires <= now:
        return f"expired {article.expires:%Y-%m-%d %H:%M} UTC"
    return ""


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """In the order of a feed: newest published first, then by id."""
    by_id = sorted(articles, key=lambda article: article.id)
    return sorted(by_id, key=lambda article: article.published, reverse=True)


def terms(article: Article, kind: str) -> tuple[str, ...]:
    """The terms of one kind that an article has, each once."""
    found: Iterable[str]
    match kind:
        case "category":
            found = (category.term for category in article.categories)
        case "tag":
            found = (tag.term for tag in article.tags)
        case "author":
            found = (person.name for person in article.authors)
        case "section":
            found = (article.section,)
        case _:
            found = (article.language,)
    return tuple(dict.fromkeys(term for term in found if term))


def same_language(one: str, other: str) -> bool:
    """Whether two language tags are the same or one is the other's region ("en", "en-GB"); unknown ones match."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return not short or short == long or long.startswith(short + "-")


def select(
    config: Config, articles: Sequence[Article], known: Mapping[Name, Known]
) -> tuple[list[Selection], list[Problem]]:
    """Every feed with its articles.

    Args:
        articles: those that may be shown, newest first.
        known: the feeds that were published before; they keep their file names, and those that have no source
            any more keep the entries that may still be shown.

    Returns: the feeds in the order in which they are listed, and what in the configuration matches nothing.
    """
    problems: list[Problem] = []
    found: list[Selection] = []
    for kind, rules in config.kinds.items():
        if rules.enabled:
            found.extend(_of_kind(config, kind, rules, articles, known))
            problems.extend(_unmatched(config, kind, rules, articles))
    files = _files("feed", (feed.name for feed in config.feeds), known)
    for number, feed in enumerate(config.feeds):
        found.append(_own(config, feed, files[feed.name], articles))
        problems.extend(_own_unmatched(config, f"feed.{number}", feed, articles))
    problems.extend(_unknown_feeds(articles, {selection.name for selection in found}))
    found.extend(_retired(config, {selection.name for selection in found}, articles, known))
    return found, problems


def _of_kind(
    config: Config, kind: str, rules: KindRules, articles: Sequence[Article], known: Mapping[Name, Known]
) -> Iterator[Selection]:
    site = config.site
    if kind == "site":
        own = [a for a in articles if config.all_languages or same_language(a.language, site.language)]
        shown = _window(config, rules, (article for article in own if _goes_to(article, "site", "")))
        yield Selection(kind, "", "", site.title, site.description, site.language, rules, shown)
        return
    groups: dict[str, list[Article]] = {term: [] for term in rules.only or () if term not in rules.excepted}
    limit = _limit(config, rules)
    for article in articles:
        for term in terms(article, kind):
            wanted = (rules.only is None or term in rules.only) and term not in rules.excepted
            if wanted and _goes_to(article, kind, term) and len(group := groups.setdefault(term, [])) < limit:
                group.append(article)
    files = _files(kind, groups, known)
    for term in sorted(groups, key=lambda term: files[term]):
        yield _of_term(config, kind, term, files[term], rules, tuple(groups[term]))


def _files(kind: str, named: Iterable[str], known: Mapping[Name, Known]) -> dict[str, str]:
    return file_names(named, {term: one.file for (of, term), one in known.items() if of == kind})


def _of_term(
    config: Config, kind: str, term: str, file: str, rules: KindRules, articles: tuple[Article, ...]
) -> Selection:
    site = config.site
    pattern = rules.title or ("{site}: {term}" if term else "{site}")
    title = pattern.replace("{site}", site.title).replace("{term}", term)
    language = term if kind == "language" else site.language
    return Selection(kind, term, file, title, site.description, language, rules, articles)


def _own(config: Config, feed: OwnFeed, file: str, articles: Sequence[Article]) -> Selection:
    site = config.site
    shown = (a for a in articles if _named(a, feed) or (_takes(feed, a) and _goes_to(a, "feed", feed.name)))
    return Selection(
        "feed",
        feed.name,
        file,
        feed.title or f"{site.title}: {feed.name}",
        feed.description or site.description,
        feed.language or site.language,
        feed,
        _window(config, feed, shown),
    )


def _takes(feed: OwnFeed, article: Article) -> bool:
    everything = not feed.include.terms and not feed.include.paths
    return (everything or _meets(feed.include, article)) and not _meets(feed.exclude, article)


def _meets(rules: Filter, article: Article) -> bool:
    if rules.paths and matches(article.key, rules.paths):
        return True
    return any(term in wanted for kind, wanted in rules.terms.items() for term in terms(article, kind))


def _named(article: Article, feed: OwnFeed) -> bool:
    return article.feeds is not None and bool({feed.name, f"feed/{feed.name}"} & set(article.feeds))


def _goes_to(article: Article, kind: str, term: str) -> bool:
    """Whether an article that names its feeds names this one: by kind, by kind and term, or by its own name."""
    return article.feeds is None or bool({kind, f"{kind}/{term}"} & set(article.feeds))


def _limit(config: Config, rules: FeedRules) -> float:
    limit = config.limit if rules.limit is None else rules.limit
    return limit or float("inf")


def _window(config: Config, rules: FeedRules, articles: Iterable[Article]) -> tuple[Article, ...]:
    limit = _limit(config, rules)
    shown: list[Article] = []
    for article in articles:
        if len(shown) >= limit:
            break
        shown.append(article)
    return tuple(shown)


def _retired(
    config: Config, current: Collection[Name], articles: Sequence[Article], known: Mapping[Name, Known]
) -> Iterator[Selection]:
    gone = sorted(set(known) - set(current))
    if not gone:
        return
    by_id = {article.id: article for article in articles}
    for kind, term in gone:
        one = known[kind, term]
        kept = tuple(by_id[entry] for entry in one.entries if entry in by_id)
        rules = config.kinds.get(kind, KindRules())
        shown = _of_term(config, kind, term, one.file, rules, kept)
        yield replace(shown, rules=replace(rules, formats=tuple(one.paths), paths=one.paths), retired=True)


def _unmatched(config: Config, kind: str, rules: KindRules, articles: Sequence[Article]) -> Iterator[Problem]:
    for key, wanted in (("only", rules.only or ()), ("except", rules.excepted)):
        if wanted:
            yield from _missing(config, f"kinds.{kind}.{key}", wanted, _having(kind, articles), kind)


def _own_unmatched(config: Config, where: str, feed: OwnFeed, articles: Sequence[Article]) -> Iterator[Problem]:
    for part, rules in (("include", feed.include), ("exclude", feed.exclude)):
        for kind, wanted in rules.terms.items():
            yield from _missing(config, f"{where}.{part}.{kind}", wanted, _having(kind, articles), kind)
        for glob in rules.paths:
            if not any(matches(article.key, (glob,)) for article in articles):
                yield from _missing(config, f"{where}.{part}.path", (glob,), (), "path")


def _having(kind: str, articles: Sequence[Article]) -> set[str]:
    return {term for article in articles for term in terms(article, kind)}


def _missing(config: Config, key: str, wanted: Iterable[str], there: Collection[str], kind: str) -> Iterator[Problem]:
    for term in wanted:
        if term not in there:
            near = get_close_matches(term, sorted(there), 1, 0.6)
            mend = f"Did you mean {near[0]!r}?" if near else "It is kept for articles to come."
            what = f"no article that may be shown has the {kind} {term!r}"
            line = nearest_line(config.lines, key)
            yield Problem("warning", "filter-matches-nothing", str(config.file), what, mend, line, key)


def _unknown_feeds(articles: Sequence[Article], there: Collection[Name]) -> Iterator[Problem]:
    names = {kind for kind, _ in there} | {f"{kind}/{term}" for kind, term in there}
    names |= {term for kind, term in there if kind == "feed"}
    for article in articles:
        for name in article.feeds or ():
            if name not in names:
                near = get_close_matches(name, sorted(names), 1, 0.5)
                mend = f"Did you mean {near[0]!r}?" if near else f"Known are kinds ({', '.join(TERM_KINDS)}) and names."
                yield Problem("warning", "feed-unknown", article.key, f"there is no feed {name!r}", mend, key="feeds")


def shape(
    config: Config, selection: Selection, format_: str, file_name: str, known: Known | None, since: datetime
) -> Feed:
    """A selection as a feed of one format.

    Args:
        format_: the format's name.
        file_name: the usual name of its document, e.g. "rss.xml".
        known: what is remembered of the feed.
        since: aware, UTC; what an empty feed that was never known before gets as its `updated`.
    """
    site = config.site
    path = _path(config, selection, format_, file_name)
    newest = max((article.updated for article in selection.articles), default=None)
    before = known.updated if known and not selection.articles else None
    return Feed(
        site=site,
        kind=selection.kind,
        term=selection.term,
        id=known.id if known else feed_id(config, selection),
        title=selection.title,
        description=selection.description or selection.title,
        url=site.url,
        self_url=site.feeds_url + quote(path),
        path=path + "index.xml" if path.endswith("/") else path,
        format=format_,
        updated=newest or before or since,
        language=selection.language,
        entries=tuple(article.id for article in selection.articles),
        options=EntryOptions(selection.rules.body or config.body, config.related.in_body),
    )


def feed_id(config: Config, selection: Selection) -> str:
    """The id of a feed that has none yet: the address that it is first known under."""
    below = "" if selection.kind == "site" else f"{selection.kind}/{quote(selection.file)}/"
    return config.site.feeds_url + below


def _path(config: Config, selection: Selection, format_: str, file_name: str) -> str:
    own = selection.rules.paths.get(format_)
    if own is not None:
        return own.replace("{term}", selection.file)
    if selection.kind == "site":
        return file_name
    path = config.feed_path.replace("{kind}", selection.kind)
    return path.replace("{term}", selection.file).replace("{format}", file_name)
