"""Feeds whose author or term goes by another name now: they move, and are kept up where they were.

Feeds are known by names, so that another name would be another feed, and the one that there was would stand still for
ever. Two are the same feed where that can be known:

- an author of `[authors]`, or of the site's own data, has the same id and another name;
- a term is spelt otherwise, and every article that had it has the new spelling instead;
- a section's folder has another name, and all articles in it moved there;
- a feed of `site.toml` is spelt otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from feedwright.articles.people import name_of
from feedwright.config.kinds import OWN, TERM_KINDS
from feedwright.errors import Problem
from feedwright.model import FeedName, PublishedFeed
from feedwright.read.change_set import ChangeSet
from feedwright.run import Run
from feedwright.select.feeds import first_file
from feedwright.state import feed_names, ledger_facts
from feedwright.text.filenames import file_names
from feedwright.text.spellings import bare

AUTHOR, SECTION = "author", "section"

Renames = dict[FeedName, FeedName]
"""Name of a feed before -> now."""


class _Looked(NamedTuple):
    """What there is after a refresh.

    Args:
        changes: what it found.
        known: the feeds that were published before.
        there: what selects an article now.
    """

    run: Run
    changes: ChangeSet
    known: Mapping[FeedName, PublishedFeed]
    there: Collection[FeedName]


def follow(run: Run, changes: ChangeSet) -> None:
    """Have feeds go along with those whose names have changed.

    Args:
        changes: what a refresh found; it is told of them, and that they are touched.
    """
    ledger, catalog = run.ledger, run.catalog
    looked = _Looked(run, changes, ledger.feeds(), catalog.with_members())
    renames = _of_authors(looked)
    renames |= _of_terms(looked, renames)
    if not renames:
        return
    heirs = _heirs(looked, renames)
    feed_names.take_over(ledger, heirs, _files(looked, heirs))
    feed_names.rename_elsewhere(ledger, lambda name: renames.get(name, name))
    catalog.keep_feeds(ledger.feed_rows(), all_=True)
    for old in renames:
        catalog.forget_documents(catalog.documents_of(catalog.number(old)))
        catalog.show(catalog.number(old), ())
    for old, new in sorted(renames.items()):
        changes.causes[catalog.number(new)].append(f"the {old[0]} {old[1]!r} is {new[1]!r} now")
        changes.renamed.append((*old, new[1]))


def _of_authors(looked: _Looked) -> Renames:
    """Those of authors whose ids stayed; the names that these have now are noted."""
    run, kind = looked.run, looked.run.config.kinds[AUTHOR]
    if not kind.enabled:
        return {}
    before, now = run.ledger.fact(ledger_facts.AUTHORS), _author_names(looked)
    run.ledger.note(ledger_facts.AUTHORS, now)
    claims: dict[FeedName, set[str]] = {}
    for id_, name in before.items():
        if now.get(id_, name) != name and (AUTHOR, name) in looked.known:
            claims.setdefault((AUTHOR, name), set()).add(now[id_])
    # Of two that change names, each has articles, which are the other's.
    free = {old for old in claims if not _has_source(looked, old) or any(old[1] in new for new in claims.values())}
    return _undivided(looked, {old: claims[old] for old in claims if old in free})


def _author_names(looked: _Looked) -> dict[str, str]:
    """Id of an author -> name; ids of the site's own data stand behind their folder."""
    around, ours = looked.changes.around, looked.run.config.authors
    found = {}
    for folder, one in (around.of_folders or {"": around}).items():
        found.update({f"{folder}/{id_}": name for id_, person in one.authors.items() if (name := name_of(person.name))})
    return found | {id_: person.name for id_, person in ours.items()}


def _of_terms(looked: _Looked, done: Renames) -> Renames:
    """Those of terms that are spelt otherwise, and of folders.

    Args:
        done: what is known to be renamed.
    """
    kinds = [kind for kind in TERM_KINDS if looked.run.config.kinds[kind].enabled]
    lost = [name for name in looked.known if name not in done and not _has_source(looked, name)]
    spellings = {(kind, bare(term)) for kind, term in looked.there} if lost else set()
    claims = {old: set(_claims(looked, old, spellings)) for old in lost if old[0] in kinds}
    claims |= {old: set(_own_claims(looked, old)) for old in lost if old[0] == OWN}
    return _undivided(looked, {old: some for old, some in claims.items() if some})


def _has_source(looked: _Looked, name: FeedName) -> bool:
    """Whether there would be such a feed, were it not known."""
    kind, term = name
    config = looked.run.config
    if kind == OWN:
        return any(feed.name == term for feed in config.feeds)
    return name in looked.there or (term in (config.kinds[kind].only or ()) if kind in config.kinds else False)


def _claims(looked: _Looked, old: FeedName, spellings: Collection[tuple[str, str]]) -> Iterator[str]:
    """The terms that all articles have now that a feed showed last, and had not then.

    Args:
        spellings: kind, and what all spellings of a term have in common, of each term that an article has.
    """
    kind, term = old
    if kind != SECTION and (kind, bare(term)) not in spellings:
        return
    catalog = looked.run.catalog
    shown, numbers = catalog.kept(looked.known[old].entries)
    common = set.intersection(*map(catalog.feeds_of, numbers)) if numbers else set()
    for other in sorted(name for name, f in catalog.numbers.items() if f in common and name[0] == kind):
        known = looked.known.get(other)
        if known and not set(shown.entries).isdisjoint(known.entries):
            continue
        holds_no_more = known is None or catalog.with_members(len(numbers) + 1)[other] == len(numbers)
        if bare(other[1]) == bare(term) or (kind == SECTION and holds_no_more):
            yield other[1]


def _own_claims(looked: _Looked, old: FeedName) -> Iterator[str]:
    """The feeds of `site.toml` that are not known yet, and are spelt otherwise."""
    for feed in looked.run.config.feeds:
        if (OWN, feed.name) not in looked.known and bare(feed.name) == bare(old[1]):
            yield feed.name


def _undivided(looked: _Looked, claims: Mapping[FeedName, set[str]]) -> Renames:
    """Those of which one thing alone can be meant; the others are said, and stay as they were."""
    for (kind, term), terms in sorted(claims.items()):
        if len(terms) > 1:
            names = " and ".join(map(repr, sorted(terms)))
            what = f"the {kind} {term!r} has no articles any more, and could be {names} now"
            hint = "Its feed stays as it was, until `feeds prune`: subscribers are not led to either."
            looked.changes.problems.append(Problem("warning", "feed-divided", "", what, hint))
    return {old: (old[0], min(terms)) for old, terms in sorted(claims.items()) if len(terms) == 1}


def _heirs(looked: _Looked, renames: Renames) -> dict[FeedName, list[FeedName]]:
    """Name of a feed -> the feeds that it takes the places of; itself first where it stays, else the oldest."""
    known = looked.known
    heirs: dict[FeedName, list[FeedName]] = {}
    for old, new in sorted(renames.items(), key=lambda one: (known[one[0]].since, one[0])):
        stays = [new] if new in known and new not in renames else []
        heirs.setdefault(new, stays).append(old)
    return heirs


def _files(looked: _Looked, heirs: Mapping[FeedName, list[FeedName]]) -> dict[FeedName, str]:
    """Names of files for feeds that have another name: none that another feed has, or had first."""
    files: dict[FeedName, str] = {}
    for (kind, term), sources in heirs.items():
        if (kind, term) == sources[0]:
            continue
        others = {name: one for name, one in looked.known.items() if name[0] == kind and name not in sources}
        given = [file for (of, _), file in files.items() if of == kind]
        taken = [*(one.file for one in others.values()), *map(partial(first_file, kind), others.values()), *given]
        files[kind, term] = file_names([term], {}, taken)[term]
    return files
