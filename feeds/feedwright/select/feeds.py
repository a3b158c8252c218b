"""Which feeds there are, and which articles each of them selects: decisions alone, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import quote, unquote

from feedwright.config import Config, FeedRules, Filter, KindRules, OwnFeed
from feedwright.config.kinds import BY_NAME, OWN, SITE, feed_folder
from feedwright.config.model import MOST_TERMS, STYLESHEET
from feedwright.model import Article, EntryOptions, Feed, FeedName, PublishedFeed, Window
from feedwright.text.filenames import file_names
from feedwright.text.globs import matches


@dataclass(frozen=True, slots=True)
class Selection:
    """A feed before it takes the shape of a format.

    Args:
        file: the part of its path that stands for the term.
        retired: whether it has no source any more, and is kept for its subscribers.
    """

    kind: str
    term: str
    file: str
    title: str
    description: str
    language: str
    rules: FeedRules
    retired: bool = False

    @property
    def name(self) -> FeedName:
        return self.kind, self.term


def terms(article: Article, kind: str) -> tuple[str, ...]:
    """The terms of one kind that an article has, each once."""
    of = BY_NAME[kind].terms
    return tuple(dict.fromkeys(filter(None, of(article)))) if of else ()


def same_language(one: str, other: str) -> bool:
    """Whether two language tags are the same or one is the other's region ("en", "en-GB"); unknown ones match."""
    if one == other:
        return True
    short, long = sorted((one.lower(), other.lower()), key=len)
    return not short or short == long or long.startswith(short + "-")


def feeds_of(config: Config, article: Article) -> tuple[FeedName, ...]:
    """Every feed that selects an article, each once, as long as the article may be shown."""
    found: list[FeedName] = []
    for kind, rules in config.kinds.items():
        if not rules.enabled:
            continue
        if kind == SITE:
            own = config.all_languages or same_language(article.language, config.site.language)
            if own and _goes_to(article, SITE, ""):
                found.append((SITE, ""))
            continue
        mine = terms(article, kind)
        if rules.only is not None or rules.excepted:
            mine = tuple(filter(rules.takes, mine))
        found += [(kind, term) for term in mine if article.feeds is None or _goes_to(article, kind, term)]
    if len(found) > MOST_TERMS:
        found = _bounded(found)
    found.extend(
        (OWN, feed.name)
        for feed in config.feeds
        if _named(article, feed) or (_takes(feed, article) and _goes_to(article, OWN, feed.name))
    )
    return tuple(found)


def _bounded(found: Sequence[FeedName]) -> list[FeedName]:
    """Of the terms that an article may have any number of, those that make feeds: tags come last."""
    many = [name for name in found if BY_NAME[name[0]].many]
    without = set(sorted(many, key=lambda name: BY_NAME[name[0]].many)[MOST_TERMS:])
    return [name for name in found if name not in without]


def selections(
    config: Config, there: Mapping[FeedName, int], known: Mapping[FeedName, PublishedFeed]
) -> list[Selection]:
    """Every feed, in the order in which they are listed.

    Args:
        there: what would be a feed -> how many articles it selects that may be shown, as far as that matters.
        known: the feeds that were published before; they keep their file names, and are kept, as retired, where they
            have no source any more.
    """
    names: dict[str, set[str]] = {}
    for (kind, term), count in there.items():
        if (kind, term) in known or count >= least_of(config, kind):
            names.setdefault(kind, set()).add(term)
    found: list[Selection] = []
    for kind, rules in config.kinds.items():
        if not rules.enabled:
            continue
        if kind == SITE:
            found.append(_of_term(config, kind, "", "", rules))
            continue
        groups = names.get(kind, set()) | {term for term in rules.only or () if term not in rules.excepted}
        files = _files(kind, groups, known)
        found.extend(_of_term(config, kind, term, files[term], rules) for term in sorted(groups, key=files.__getitem__))
    files = _files(OWN, (feed.name for feed in config.feeds), known)
    found.extend(_own(config, feed, files[feed.name]) for feed in config.feeds)
    current = {selection.name for selection in found}
    found.extend(_retired(config, name, known[name]) for name in sorted(set(known) - current))
    return found


def least_of(config: Config, kind: str) -> int:
    """How many articles a term of a kind needs to get a feed."""
    return config.kinds[kind].at_least if kind in config.kinds else 1


def most_needed(config: Config) -> int:
    """How many articles a term of any kind needs to get a feed, at most: what has more need not be counted."""
    return max(map(partial(least_of, config), config.kinds), default=1)


def limit_of(config: Config, selection: Selection) -> int:
    """How many entries a feed shows at most; 0 for all."""
    return config.limit if selection.rules.limit is None else selection.rules.limit


def formats_of(config: Config, selection: Selection) -> tuple[str, ...]:
    """The formats that a feed is published in."""
    return selection.rules.formats or config.formats


def max_bytes_of(config: Config, selection: Selection) -> int:
    """How large each document of a feed may be; 0 where that does not matter."""
    return config.max_bytes if selection.rules.max_bytes is None else selection.rules.max_bytes


def archive_of(config: Config, selection: Selection) -> int:
    """How many entries each archive document of a feed holds; 0 where it gets no more of them."""
    if selection.retired:
        return 0
    return config.archive if selection.rules.archive is None else selection.rules.archive


def _files(kind: str, named: Iterable[str], known: Mapping[FeedName, PublishedFeed]) -> dict[str, str]:
    there = {term: one for (of, term), one in known.items() if of == kind}
    # Ids are made of the first one, and no two feeds have the same.
    first = (first_file(kind, one) for one in there.values())
    return file_names(named, {term: one.file for term, one in there.items()}, first)


def _of_term(config: Config, kind: str, term: str, file: str, rules: KindRules) -> Selection:
    site = config.site
    pattern = rules.title or ("{site}: {term}" if term else "{site}")
    title = pattern.replace("{site}", site.title).replace("{term}", term)
    kind_ = BY_NAME.get(kind)
    language = term if kind_ and kind_.is_language else site.language
    return Selection(kind, term, file, title, site.description, language, rules)


def _own(config: Config, feed: OwnFeed, file: str) -> Selection:
    site = config.site
    return Selection(
        OWN,
        feed.name,
        file,
        feed.title or f"{site.title}: {feed.name}",
        feed.description or site.description,
        feed.language or site.language,
        feed,
    )


def _retired(config: Config, name: FeedName, known: PublishedFeed) -> Selection:
    kind, term = name
    rules = config.kinds.get(kind, KindRules())
    # What is served as a folder stays one, also in its self link.
    folders = {name for name, path in rules.paths.items() if path.endswith("/")}
    paths = {name: path.removesuffix("index.xml") if name in folders else path for name, path in known.paths.items()}
    kept = replace(rules, formats=tuple(known.paths), paths=paths)
    return replace(_of_term(config, kind, term, known.file, kept), retired=True)


def _takes(feed: OwnFeed, article: Article) -> bool:
    everything = not feed.include.terms and not feed.include.paths
    return (everything or _meets(feed.include, article)) and not _meets(feed.exclude, article)


def _meets(rules: Filter, article: Article) -> bool:
    if rules.paths and matches(article.key, rules.paths):
        return True
    return any(term in wanted for kind, wanted in rules.terms.items() for term in terms(article, kind))


def _named(article: Article, feed: OwnFeed) -> bool:
    return article.feeds is not None and bool({feed.name, f"{OWN}/{feed.name}"} & set(article.feeds))


def _goes_to(article: Article, kind: str, term: str) -> bool:
    """Whether an article that names its feeds names this one: by kind, by kind and term, or by its own name."""
    return article.feeds is None or bool({kind, f"{kind}/{term}"} & set(article.feeds))


def shape(
    config: Config,
    selection: Selection,
    window: Window,
    format_: str,
    file_name: str,
    known: PublishedFeed | None,
    since: datetime,
) -> Feed:
    """A selection as a feed of one format.

    Args:
        window: what it shows.
        format_: the format's name.
        file_name: the usual name of its document, e.g. "rss.xml".
        known: what is remembered of the feed.
        since: aware, UTC; what an empty feed that was never known before gets as its `updated`.
    """
    site = config.site
    path = _path(config, selection, format_, file_name)
    before = known.updated if known else None
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
        updated=window.updated or before or since,
        language=selection.language,
        entries=window.entries,
        options=EntryOptions(selection.rules.body or config.body, config.related.in_body),
        stylesheet=STYLESHEET if config.stylesheet else "",
    )


def former_shapes(config: Config, shapes: Sequence[Feed], known: PublishedFeed) -> Iterator[Feed]:
    """A feed at the addresses that it had before, until `feeds prune`: nobody who subscribed there is left behind.

    Their self links name the address that the feed has now in the same format, where there is one.

    Args:
        shapes: the feed as it is now, in each of its formats.
        known: what is remembered of it.
    """
    now = {one.format: one for one in shapes}
    taken = {one.path for one in shapes}
    for format_, path in known.places:
        if path not in taken:
            here = config.site.feeds_url + quote(path)
            like = now.get(format_) or replace(shapes[0], format=format_, self_url=here)
            yield replace(like, path=path, former=True)


def feed_id(config: Config, selection: Selection) -> str:
    """The id of a feed that has none yet: the address that it is first known under."""
    return config.site.feeds_url + feed_folder(selection.kind, quote(selection.file))


def first_file(kind: str, known: PublishedFeed) -> str:
    """The part of a feed's first address that stood for its term, which is in its id for ever."""
    _, mark, file = known.id.rpartition(f"/{kind}/")
    return unquote(file.removesuffix("/")) if mark else known.file


def _path(config: Config, selection: Selection, format_: str, file_name: str) -> str:
    own = selection.rules.paths.get(format_)
    if own is not None:
        return own.replace("{term}", selection.file)
    path = BY_NAME[selection.kind].path or config.feed_path.replace("{kind}", selection.kind)
    return path.replace("{term}", selection.file).replace("{format}", file_name)
