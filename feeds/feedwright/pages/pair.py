"""Which page is which article's: one page for one article, and none where two could be."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from feedwright.pages import addresses
from feedwright.pages.candidates import (
    Candidate,
    Match,
    Site,
    best,
    matches_of,
    predicted_pages,
    shares,
    site_of,
    titled_pages,
)
from feedwright.pages.page import Page, link_hash
from feedwright.pages.words import plain_title, title_hash

_MARGIN = 0.3
"""What is nearer than this is as good."""

_USUAL: dict[bool, tuple[addresses.Form, ...]] = {True: ("folder", "bare"), False: ("html", "bare", "folder")}
"""The forms in which a page may be linked, by whether it is an `index.html`."""


class Pair(NamedTuple):
    """An article and its page.

    Args:
        path: of the page's file below the folder.
        address: the page's below the site's, percent-encoded, in the form that its canonical link or other pages use.
        reasons: what speaks for it, in words; of a pair that was kept none.
    """

    path: str
    address: str
    reasons: tuple[str, ...] = ()


class Pairing(NamedTuple):
    """What became of all sources, by their keys.

    Args:
        pairs: those that have their page.
        ambiguous: those of which nobody can tell: the pages that it could be, or that another could have as well.
        absent: those that have no page: the nearest, and why each is not it.
    """

    pairs: Mapping[str, Pair]
    ambiguous: Mapping[str, tuple[Match, ...]]
    absent: Mapping[str, tuple[Match, ...]]


def pair(sources: Iterable[Candidate], pages: Iterable[Page]) -> Pairing:
    """Find the page of each article.

    Args:
        sources: all of the site, those that no feed shows, too; one that is `kept` has its page, if that is there.
        pages: all that are in the folder.
    """
    sources = sorted(sources, key=lambda source: source.key)
    known = {page.path: page for page in pages}
    taken = _kept(sources, known)
    competing = [source for source in sources if source.key not in taken]
    titles = {plain_title(source.title) for source in competing} - {""}
    site = site_of(known.values(), sources, {*map(title_hash, titles)})
    free = known.keys() - set(taken.values())
    matches = _all_matches(competing, [source for source in sources if source.key in taken], site, free, titles)
    settled, unsettled = _settle(matches, free)
    forms = _forms(known)
    pairs = {key: Pair(path, address_of(known[path], forms)) for key, path in taken.items()}
    for key, match in settled.items():
        pairs[key] = Pair(match.path, address_of(known[match.path], forms), match.reasons)
    owners = {found.path: key for key, found in pairs.items()}
    rest = {
        source.key: [_with_owner(match, owners) for match in matches[source.key]]
        for source in competing
        if source.key not in settled
    }
    return Pairing(
        dict(sorted(pairs.items())),
        {key: tuple(best([match for match in rest[key] if not match.veto])) for key in sorted(unsettled)},
        {key: tuple(best(found)) for key, found in sorted(rest.items()) if key not in unsettled},
    )


def _with_owner(match: Match, owners: Mapping[str, str]) -> Match:
    if match.veto or match.path not in owners:
        return match
    return match._replace(veto=f"is the page of {owners[match.path]}")


def _kept(sources: Sequence[Candidate], pages: Mapping[str, Page]) -> dict[str, str]:
    """The pairs of before, but for those of which two sources have one page."""
    count = Counter(source.kept for source in sources)
    return {
        source.key: source.kept
        for source in sources
        if source.kept in pages and count[source.kept] == 1 and not pages[source.kept].unfit
    }


def _all_matches(
    competing: Sequence[Candidate], kept: Sequence[Candidate], site: Site, free: set[str], titles: set[str]
) -> dict[str, list[Match]]:
    held = shares(competing, kept, (site.pages[path] for path in sorted(free)))
    body: dict[str, dict[str, float]] = {}
    for path, of_page in held.items():
        for key, share in of_page.shares.items():
            body.setdefault(key, {})[path] = share
    titled = titled_pages(site.pages.values(), titles)
    found = {}
    for source in competing:
        own = body.get(source.key, {})
        named = [path for path in titled.get(plain_title(source.title), ()) if path in free]
        paths = {*own, *named, *predicted_pages(source, site)}
        counts = {path: len(held[path].shares) + held[path].kept - (path in own) for path in paths if path in held}
        found[source.key] = matches_of(source, site, own, counts, named)
    return found


def _settle(matches: Mapping[str, Sequence[Match]], free: set[str]) -> tuple[dict[str, Match], set[str]]:
    """Give pages away, the surest first, until nothing is left but what is ambiguous.

    Returns: those that have a page; those that could have several, or one that another could have as well.
    """
    open_matches = {
        key: [match for match in found if not match.veto and match.path in free] for key, found in matches.items()
    }
    wanting: dict[str, dict[str, float]] = {}
    for key, found in open_matches.items():
        for match in found:
            wanting.setdefault(match.path, {})[key] = match.score
    edges = sorted(
        ((match, key) for key, found in open_matches.items() for match in found),
        key=lambda edge: (-edge[0].score, edge[1], edge[0].path),
    )
    settled: dict[str, Match] = {}
    gone: set[str] = set()
    while True:
        left = []
        count = len(settled)
        for match, key in edges:
            if key in settled or match.path in gone:
                continue
            rivals = [other.score for other in open_matches[key] if other.path not in gone and other is not match]
            rivals += [score for other, score in wanting[match.path].items() if other != key and other not in settled]
            if match.score > 0 and all(match.score - score >= _MARGIN for score in rivals):
                settled[key] = match
                gone.add(match.path)
            else:
                left.append((match, key))
        edges = left
        if len(settled) == count:
            return settled, {key for match, key in edges if key not in settled and match.path not in gone}


def address_of(page: Page, forms: Mapping[str, addresses.Form]) -> str:
    """A page's address below the site's, percent-encoded.

    Args:
        forms: of pages that have no canonical link, as `_forms` found them.
    """
    path = addresses.decoded(page.path)
    if page.address:
        return page.address if addresses.form_of(page.address) != "index" else addresses.written(path, "folder")
    return addresses.written(path, forms.get(page.path, "folder"))


def _forms(pages: Mapping[str, Page]) -> dict[str, addresses.Form]:
    """In which form pages are linked by their titles, or else most of their kind are: `index.html`, or other files."""
    stems = {
        path: addresses.stem(addresses.decoded(path))
        for path, page in pages.items()
        if not page.unfit and not page.address
    }
    kinds = {path: addresses.form_of(path) == "index" for path in stems}
    titles = {path: {*map(title_hash, (*pages[path].titles, pages[path].heading))} for path in stems}
    numbers = {link_hash(stems[path], form): (path, form) for path in stems for form in _USUAL[kinds[path]]}
    count: dict[str, Counter[addresses.Form]] = {path: Counter() for path in stems}
    usual: dict[bool, Counter[addresses.Form]] = {True: Counter(), False: Counter()}
    for page in pages.values() if numbers else ():
        links = array("I", page.links)
        for target, title in zip(links[::2], links[1::2], strict=True):
            if (found := numbers.get(target)) and title in titles[found[0]]:
                count[found[0]][found[1]] += 1
                usual[kinds[found[0]]][found[1]] += 1
    most = {kind: _most(of_kind, _USUAL[kind][0]) for kind, of_kind in usual.items()}
    # Texts link pages in the forms of their authors: one link in the form of the site's other pages says more.
    return {
        path: most[kind] if count[path][most[kind]] else _most(count[path], most[kind]) for path, kind in kinds.items()
    }


def _most(count: Counter[addresses.Form], otherwise: addresses.Form) -> addresses.Form:
    return max(count, key=lambda form: (count[form], form)) if count else otherwise
