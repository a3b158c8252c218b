"""Related stories, found for an article among the older ones: of its series first, then by what the texts say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from feedwright.articles.story_words import story_words
from feedwright.articles.translations import Version, are_translations, version_of
from feedwright.model import Article
from feedwright.render.related import ranking
from feedwright.render.related.ranking import BIT, Term
from feedwright.state.catalog import stories
from feedwright.state.catalog.stories import Index, Older, Series, Stories, Story
from feedwright.state.serialise import seconds

_AT_ONCE, _CONSIDERED, _LATEST = 10, 4, 12
_TELLING_ALIKE = 8


class Shared(NamedTuple):
    """What two articles share: the text of a category, a tag or a word, and what that is worth, in bits."""

    kind: Literal["category", "tag", "word"]
    text: str
    weight: float


class Candidate(NamedTuple):
    """An older article that has to do with another.

    Args:
        story: the article.
        why: "series", or "text" for what the texts and terms say.
        place: of one of the series, which it is of that: "the one before in Tides", "the first of Tides".
        worth: in bits, after the pull of recency; 0 for one of the series.
        days: how much older it is.
        shared: the most telling first; () for one of the series.
        passed_over: why it is not offered though it would be its turn, in words; empty where it is.
    """

    story: Story
    why: Literal["series", "text"]
    place: str = ""
    worth: float = 0
    days: int = 0
    shared: tuple[Shared, ...] = ()
    passed_over: str = ""


class Finding(NamedTuple):
    """What was found, best first, those of the series before all others; and what would have come next."""

    found: tuple[Candidate, ...]
    next: tuple[Candidate, ...]


def finding(known: Stories, article: Article, count: int, excluded: Collection[str] = (), *, more: int = 0) -> Finding:
    """Find related stories for an article.

    Only older ones that may be shown count, in its language or in none, of which none is its translation. Of those that
    are nearly equal, one is taken, and of those that are nearly equal to the article itself, the newest.

    Args:
        known: what they are found by; without an index, those of the series alone.
        article: as it was read, with the id and the date that it is published under.
        count: how many are found at most.
        excluded: ids that are not to be found, e.g. because its author named them.
        more: how many that come next are told.
    """
    when, taken = seconds(article.published), {article.id, *excluded}
    found: list[Candidate] = []
    for candidate in _of_series(known.series, article, when):
        if candidate.story.id not in taken and len(found) < count:
            taken.add(candidate.story.id)
            found.append(candidate)
    left: list[Candidate] = []
    if known.words is None or (len(found) >= count and not more):
        return Finding(tuple(found), ())
    for candidate in _by_text(known.words, article, when, taken, _CONSIDERED + 2 * count + more, tells=more > 0):
        twin = next((one for one in found if _are_alike(one, candidate)), None)
        if twin and twin.story.id == candidate.story.id:
            continue
        if twin:
            left.append(candidate._replace(passed_over=f"nearly the same as {twin.story.title or twin.story.id}"))
        elif len(found) < count:
            found.append(candidate)
        else:
            left.append(candidate)
        if len(found) >= count and len(left) >= more:
            break
    return Finding(tuple(found), tuple(left[:more]))


def _are_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two older articles are nearly equal: by their titles, or as they share the same many words with one."""
    if ranking.are_alike(one.story.title, other.story.title):
        return True
    mine, others = ({shared.text for shared in both.shared if shared.kind == "word"} for both in (one, other))
    return len(mine & others) >= _TELLING_ALIKE and 10 * len(mine & others) >= 9 * len(mine | others)


def _of_series(series: Series, article: Article, when: int) -> Iterator[Candidate]:
    """The one before in each series of an article, then the first of each."""
    found = [(name, series.older(name, when, article.id)) for name in article.series]
    for last, place in ((True, "the one before in"), (False, "the first of")):
        for name, parts in found:
            mine = [one for one in parts if _may_be_told(article, one)]
            if mine:
                part = mine[-1 if last else 0]
                days = (when - part.published) // 86_400
                yield Candidate(part, "series", f"{place} {name}", days=days)


def _by_text(
    index: Index, article: Article, when: int, taken: Collection[str], most: int, *, tells: bool
) -> Iterator[Candidate]:
    """Those that share enough, best first.

    Args:
        tells: what they share is told, even where it is too little for two to be nearly equal.
    """
    older = index.older_than(when, article.id)
    terms = ranking.telling_terms(story_words(article), older)
    tells = tells or len(terms) >= _TELLING_ALIKE
    told = ((worth, one) for worth, one in _rated(older, terms) if one.id not in taken and _may_be_told(article, one))
    for worth, one in _newest_of_its_kind(article, list(islice(told, most))):
        yield _candidate(one, when, worth / BIT, _all_shared(terms, one) if tells else ())
    # Where all articles are as that of last month, what they share tells nothing.
    latest = [one for one in older.latest(_LATEST) if one.id not in taken and _may_be_told(article, one)]
    if before := next((one for one in latest if ranking.are_alike(article.title, one.title)), None):
        yield _candidate(before, when)


def _candidate(one: Story, when: int, worth: float = 0, shared: tuple[Shared, ...] = ()) -> Candidate:
    return Candidate(one, "text", "", worth, (when - one.published) // 86_400, shared)


def _rated(older: Older, terms: Sequence[Term]) -> Iterator[tuple[int, Story]]:
    """What is worth enough, best first; of what is worth as much, the newer."""
    known = [
        (place, worth, stories.days_between(place, older.day)) for place, worth in ranking.best(terms, older.count)
    ]
    rated = sorted((-ranking.aged(worth, days), days, place) for place, worth, days in known)
    start = 0
    while start < len(rated):
        end = start + _AT_ONCE
        # Numbers of places are no order that lasts: what is worth as much on one day is ordered here.
        while end < len(rated) and rated[end][:2] == rated[end - 1][:2]:
            end += 1
        told = older.index.stories(place for *_, place in rated[start:end])
        some = [(worth, days, -told[at].published, told[at].id, told[at]) for worth, days, at in rated[start:end]]
        yield from ((-worth, one) for worth, *_, one in sorted(some))
        start = end


def _newest_of_its_kind(article: Article, best: Sequence[tuple[int, Story]]) -> Iterator[tuple[int, Story]]:
    """Those whose titles are nearly the article's own begin with the newest, as the digest of last month is."""
    alike = [one for one in best if ranking.are_alike(article.title, one[1].title)]
    newest = sorted(alike, key=lambda one: (-one[1].published, one[1].id))
    for one in best:
        yield newest.pop(0) if one in alike else one


def _may_be_told(article: Article, one: Story) -> bool:
    """Whether an older article is in the language of another, or in none, and not the same in another language."""
    if article.language == one.language:
        return True
    mine, others = (tag.partition("-")[0].lower() for tag in (article.language, one.language))
    if mine == others:
        return True
    story = Version(one.path, one.slug, one.language, one.published)
    return not (mine and others) and not are_translations(version_of(article), story)


def _all_shared(terms: Sequence[Term], one: Story) -> tuple[Shared, ...]:
    return tuple(_shared(word, part) for word, part in ranking.shared(terms, one.place))


def _shared(word: str, worth: int) -> Shared:
    kind, colon, text = word.partition(":")
    if not colon:
        return Shared("word", word, worth / BIT)
    return Shared("tag" if kind == "tag" else "category", text, worth / BIT)
