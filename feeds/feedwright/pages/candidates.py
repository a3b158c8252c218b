"""Which pages an article could have, each with what speaks for it and against it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from feedwright.pages import addresses
from feedwright.pages.page import Page, link_hash
from feedwright.pages.words import Sketch, plain_title, share, title_hash

_SAMPLE = 48
"""Runs of an article that are looked for in pages."""

_FEWEST_RUNS = 4
_ENOUGH = 4 * _FEWEST_RUNS
"""Bytes of so many."""

_LEAST_SHARE = 0.5
_SURE_SHARE = 0.9
_MOST_OTHERS = 3
_FOLDERS_OF_LISTS = frozenset(("tag", "tags", "category", "categories", "author", "authors", "page"))


class Candidate(NamedTuple):
    """A source that may have a page: drafts, and what is left out of feeds, too, since they may be whose page it is.

    Args:
        key: the file's path, as the ledger names it.
        title: plain text.
        day: of its publication, "2026-03-01"; may be empty.
        language: a BCP 47 tag; empty where unknown.
        predicted: its address below the site's by formula, percent-encoded or not; may be empty.
        sketch: of its words, by `sketch_of(words_of_source(text))`.
        kept: the path of the page that it was paired with, where neither has changed since; else empty.
    """

    key: str
    title: str
    day: str
    language: str
    predicted: str
    sketch: Sketch
    kept: str = ""


class Match(NamedTuple):
    """A page that could be an article's.

    Args:
        path: of the page's file.
        score: how much speaks for it; 0 to 9.
        reasons: what does, in words.
        veto: why it cannot be the article's, as the rest of a sentence that begins with the page; empty where it can.
    """

    path: str
    score: float
    reasons: tuple[str, ...]
    veto: str = ""


class Site(NamedTuple):
    """What pages say of one another."""

    pages: Mapping[str, Page]
    by_link: Mapping[int, str]
    """`link_hash` -> the page that it leads to."""
    linked: Mapping[int, Mapping[str, Collection[str]]]
    """`title_hash` -> a page that links this title -> the targets: paths of pages, or numbers of what is not there."""
    languages: frozenset[str]
    """Those that pages say."""
    says_language: bool
    """False where all pages say the same language, which is no source's: then that is its theme's."""


def site_of(pages: Iterable[Page], sources: Iterable[Candidate], titles: Collection[int]) -> Site:
    """What the pages say of one another.

    Args:
        titles: the hashes of the titles that matter.
    """
    known = {page.path: page for page in sorted(pages)}
    by_link: dict[int, str] = {}
    for path in known:
        form = addresses.form_of(decoded := addresses.decoded(path))
        # `blog.html` and `blog/index.html` have one stem: each has the forms that are its own, the file the bare one.
        own: tuple[addresses.Form, ...] = ("html", "bare") if form == "html" else ("folder", "index")
        for one in addresses.FORMS:
            number = link_hash(addresses.stem(decoded), one)
            if one in own:
                by_link[number] = path
            else:
                by_link.setdefault(number, path)
    wanted = frozenset(titles)
    linked: dict[int, dict[str, set[str]]] = defaultdict(dict)
    for path, page in known.items():
        numbers = array("I", page.links)
        if wanted.isdisjoint(numbers[1::2]):
            continue
        for target, title in zip(numbers[::2], numbers[1::2], strict=True):
            if title in wanted:
                linked[title].setdefault(path, set()).add(by_link.get(target, f"?{target & ~3}"))
    languages = frozenset(_primary(page.language) for page in known.values() if page.language and not page.unfit)
    spoken = {_primary(source.language) for source in sources}
    return Site(known, by_link, linked, languages, len(languages) != 1 or not languages.isdisjoint(spoken))


class Held(NamedTuple):
    """What a page holds.

    Args:
        shares: a competing source's key -> the share of its runs, 0 to 1, where that is half of them or more.
        kept: how many other sources.
    """

    shares: Mapping[str, float]
    kept: int


def shares(competing: Sequence[Candidate], kept: Sequence[Candidate], pages: Iterable[Page]) -> dict[str, Held]:
    """What each page holds of the sources that compete for it.

    Args:
        kept: the other sources of the site.
        pages: all that may be given away.

    Returns: by the paths of the pages that hold something.
    """
    pages = list(pages)
    samples = [_sample(source.sketch) for source in competing]
    known = Counter(run for sample in samples for run in sample)
    wanted = set(known)
    for source in kept:
        known.update(wanted.intersection(source.sketch.hashes()))
    holders: dict[int, list[int]] = defaultdict(list)
    asked: list[list[int]] = []
    for index, sample in enumerate(samples):
        own = [run for run in sample if known[run] == 1]
        # Another source with the same text leaves nothing that is this one's alone.
        asked.append(own if len(own) >= _FEWEST_RUNS else sample)
        for run in asked[-1]:
            holders[run].append(index)
    wanted = set(holders)
    found: dict[str, Held] = {}
    for page in pages:
        hits = Counter(index for run in wanted.intersection(page.sketch.hashes()) for index in holders[run])
        steps = ((index, max(page.sketch.step, competing[index].sketch.step)) for index in hits)
        totals = {index: sum(run % step == 0 for run in asked[index]) for index, step in steps}
        held = {index: hits[index] / total for index, total in totals.items() if total >= _FEWEST_RUNS}
        held = {index: found_share for index, found_share in held.items() if found_share >= _LEAST_SHARE}
        if held:
            found[page.path] = Held({competing[index].key: of_it for index, of_it in held.items()}, 0)
    return _with_kept(found, kept, pages) if kept else found


def _with_kept(found: dict[str, Held], kept: Sequence[Candidate], pages: Iterable[Page]) -> dict[str, Held]:
    """Count the other sources that pages hold, too."""
    sketches = {page.path: (set(page.sketch.hashes()), page.sketch.step) for page in pages if page.path in found}
    runs = set().union(*(hashes for hashes, _ in sketches.values()))
    count: Counter[str] = Counter()
    for source in kept:
        hashes = source.sketch.hashes()
        if len(runs.intersection(hashes)) >= _FEWEST_RUNS:
            for path, (held, step) in sketches.items():
                of_it, asked = share(hashes, held, max(step, source.sketch.step))
                count[path] += asked >= _FEWEST_RUNS and of_it >= _LEAST_SHARE
    return {path: held._replace(kept=count[path]) for path, held in found.items()}


def _sample(sketch: Sketch) -> list[int]:
    """A source's runs that are looked for: first those that the coarsest sketch has, too."""
    hashes = sketch.hashes()
    return sorted(hashes, key=lambda run: (-((run & -run) & 7 or 8), run))[:_SAMPLE]


def matches_of(
    source: Candidate, site: Site, body: Mapping[str, float], others: Mapping[str, int], titled: Iterable[str]
) -> list[Match]:
    """The pages that could be a source's, the best first.

    Args:
        body: a page's path -> the share of the source's runs that it holds.
        others: a page's path -> how many other sources it holds.
        titled: the pages that have its title.
    """
    predicted = predicted_pages(source, site)
    paths = {*body, *titled, *predicted}
    title = plain_title(source.title)
    weighed = [
        _weigh(source, title, site.pages[path], site, body, others.get(path, 0), path in predicted)
        for path in sorted(paths)
    ]
    return sorted(weighed, key=lambda match: (-match.score, match.path))


def predicted_pages(source: Candidate, site: Site) -> set[str]:
    """The page at the address that a formula gives; without regard to slash and suffix, as these are settings."""
    path = addresses.decoded(source.predicted.lstrip("/"))
    if not path and not source.predicted:
        return set()
    found = site.by_link.get(link_hash(addresses.stem(path), addresses.form_of(path)))
    return {found} if found else set()


def _weigh(
    source: Candidate, title: str, page: Page, site: Site, body: Mapping[str, float], others: int, predicted: bool
) -> Match:
    of_text = body.get(page.path, 0.0)
    path = addresses.decoded(page.path)
    names = addresses.names_in(addresses.decoded(source.key))
    titled = bool(title) and title in page.titles
    headed = bool(title) and title == page.heading
    linking = site.linked.get(title_hash(title), {}) if title else {}
    linked = any(page.path in targets for by, targets in linking.items() if by != page.path)
    named = addresses.last_name(path) in addresses.own_names(addresses.decoded(source.key))
    around = addresses.parents(path)
    same_day = _is_near(source.day, page.day)
    same_language = bool(source.language) and _primary(source.language) == _primary(page.language)
    parts = [
        (2 * of_text, f"{of_text:.0%} of the text"),
        (2.0 * predicted, "the URL by permalink"),
        (1.5 * titled, "the title"),
        (0.5 * (headed and not titled), "the heading"),
        (1.5 * linked, "links with this title lead to it"),
        (1.0 * named, "the file's name"),
        (0.5 * len(around & names) / len(around) if around else 0.0, "the folders' names"),
        (0.7 * same_day, "the day"),
        (0.5 * same_language, "the language"),
    ]
    # Of an article whose language nobody knows, copies stand in the folders of the others.
    copied = not source.language and not addresses.codes_in(path) <= addresses.codes_in(source.key)
    score = sum(points for points, _ in parts) - 0.7 * min(others, _MOST_OTHERS) - 0.5 * copied
    veto = (
        (f"{page.unfit}" if page.unfit else "")
        or _foreign(source, page, site, of_text, len(body))
        or _listing(page, linking, titled)
        or ("is a list by its URL" if _is_of_a_list(path, names) and not predicted else "")
    )
    if not veto and not (titled or predicted or named or (headed and not page.titles) or (linked and of_text >= 0.8)):
        veto = "has neither its title nor its name"
    signs = (predicted, named, linked, same_day)
    # Namesakes have one sign in common; where there is hardly any text, no more can be asked.
    if not veto and not of_text and not (titled and sum(signs) >= (2 if len(source.sketch.runs) >= _ENOUGH else 1)):
        veto = "has not its text"
    return Match(page.path, round(score, 3), tuple(text for points, text in parts if points > 0), veto)


def _listing(page: Page, linking: Mapping[str, Collection[str]], titled: bool) -> str:
    """Why a page is a list of articles: it links the title to another page."""
    targets = set(linking.get(page.path, ())) - {page.path, _missing(page.path)}
    # A page that has this title itself may link its namesake, but none that is not there.
    if any(target.startswith("?") for target in targets) if titled else targets:
        return "is a list: it links this title to another page"
    return ""


def _is_of_a_list(path: str, names: Collection[str]) -> bool:
    """Whether a page stands in a folder that engines keep for lists, and the source in none of that name."""
    return not _FOLDERS_OF_LISTS.isdisjoint(addresses.parents(path) - set(names))


def _missing(path: str) -> str:
    return f"?{link_hash(addresses.stem(addresses.decoded(path)), 'folder') & ~3}"


def _foreign(source: Candidate, page: Page, site: Site, share: float, holders: int) -> str:
    """Why a page is in another language than the article; a mistaken language of the source's is forgiven."""
    own, other = _primary(source.language), _primary(page.language)
    if not site.says_language or not own or not other or own == other:
        return ""
    if own not in site.languages and share >= _LEAST_SHARE:
        return ""
    if share >= _SURE_SHARE and holders == 1 and other in addresses.codes_in(source.key):
        return ""
    return f"is in another language ({page.language})"


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _is_near(one: str, other: str) -> bool:
    """Whether two days are the same but for the time zone."""
    if not one or not other:
        return False
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1
    except ValueError:
        return False


def titled_pages(pages: Iterable[Page], titles: Collection[str]) -> dict[str, list[str]]:
    """Plain titles -> the paths of pages that have them."""
    found: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for title in dict.fromkeys((*page.titles, page.heading)):
            if title in titles:
                found[title].append(page.path)
    return found


def best(matches: Sequence[Match], most: int = 3) -> Iterator[Match]:
    """The nearest of them, those that could be first."""
    yield from sorted(matches, key=lambda match: (bool(match.veto), -match.score, match.path))[:most]
