"""Articles and their pages in the built site: which is whose, and what becomes of an article that has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from feedwright.errors import IN_NO_FEED, Problem
from feedwright.model import NEVER, UNDATED
from feedwright.pages.candidates import Candidate, Match
from feedwright.pages.page import Page, from_json
from feedwright.pages.pair import Pair, Pairing, pair
from feedwright.pages.words import NOTHING, Sketch
from feedwright.read.decide import at_page, with_problem, without_problems
from feedwright.read.pages.body import LEAST, body_at
from feedwright.read.pages.folder import GRACE, BuiltSite, facts_of
from feedwright.read.pages.rules import learn_rules, rules_for
from feedwright.read.record import Record
from feedwright.run import Run
from feedwright.select.eligibility import ineligibility_reason
from feedwright.state.catalog import Row, article_of, built_site, facts
from feedwright.state.catalog.built_site import BuiltFile
from feedwright.state.serialise import seconds

MISSING = "page-missing"
AMBIGUOUS = "page-ambiguous"


def pair_articles(run: Run, record: Record, site: BuiltSite) -> None:
    """Give each article its page, and decide about those that have another one now, or none."""
    catalog, now = run.catalog, seconds(run.time.now)
    rows, known = list(catalog.read_rows()), built_site.files(catalog)
    sketches = {n: Sketch(words, step, runs) for n, words, step, runs in built_site.sketches(catalog)}
    same = {row.built for row in rows if row.built in site.changed and _has_same_body(run, row, known, sketches)}
    built_site.put_pages(catalog, ((path, facts_of(run.config, path)) for path in sorted(site.unread - same)))
    pages = list(_pages(run, site))
    sure = known.keys() - (site.changed - (site.unread & same)) - site.missing
    pairing = pair((_candidate(run, row, sketches, record.read, sure) for row in rows), pages)
    given_away = {page.path for page in pages if page.unfit} | {one.path for one in pairing.pairs.values()}
    since = built_site.pageless(catalog)
    waiting: dict[int, int] = {}
    changed: list[tuple[Row, Row]] = []
    for row in rows:
        found = pairing.pairs.get(row.key)
        if found and row.built in site.missing and found.path not in site.new:
            # Its page may come back; what was no article's before is not its page now.
            found = None
        stays = found is None and row.built in known and row.built not in given_away
        # While pages are missing that link it, nobody can tell in which form an address is written.
        stays = stays or (found is not None and bool(site.missing) and found.path == row.built)
        new = row if stays else _at_page(run, row, found)
        if not new.built:
            waiting[row.n] = since.get(row.n, now)
        new = _told(run, new, pairing, waiting.get(row.n))
        if new != row or (new.built in site.changed and new.built not in same):
            changed.append((row, new))
    learn_rules(run, record.changes.around, {key: one.path for key, one in pairing.pairs.items()})
    published = run.ledger.among([row.key for row, _ in changed])
    for row, new in changed:
        record.take(at_page(record.rules, row, new, published.get(row.key)))
    found_by = {key: ", ".join(one.reasons) for key, one in pairing.pairs.items() if one.reasons}
    built_site.put_evidence(catalog, [(row.n, found_by[row.key]) for row in rows if row.key in found_by])
    built_site.put_pageless(catalog, waiting.items())
    ends = [then + GRACE for then in waiting.values()] + [one.gone + GRACE for one in known.values() if one.gone]
    catalog.note(facts.PAGES_DUE, min((end for end in ends if end > now), default=None))
    record.write()


def _pages(run: Run, site: BuiltSite) -> Iterator[Page]:
    """The pages that are there, in the languages that the configuration says."""
    assert run.config.pages is not None
    folders = sorted(((folder, tag) for tag, folder in run.config.pages.languages.items()), reverse=True)
    for page in map(from_json, built_site.pages(run.catalog)):
        if page.path not in site.missing:
            language = next((tag for folder, tag in folders if page.path.startswith(folder)), page.language)
            yield page._replace(language=language)


def _candidate(
    run: Run, row: Row, sketches: Mapping[int, Sketch], read: Collection[int], sure: Collection[str]
) -> Candidate:
    """An article as one that may have a page.

    Args:
        read: numbers of articles that may be others than before.
        sure: pages that are as they were.
    """
    day = "" if row.when() in (NEVER, UNDATED) else f"{row.when():%Y-%m-%d}"
    predicted = row.predicted.removeprefix(run.config.site.url)
    kept = row.built if row.n not in read and row.built in sure else ""
    return Candidate(row.key, row.title, day, row.language, predicted, sketches.get(row.n, NOTHING), kept)


def _has_same_body(run: Run, row: Row, known: Mapping[str, BuiltFile], sketches: Mapping[int, Sketch]) -> bool:
    """Whether a page whose bytes have changed shows the same text as when it was last rendered, or never was."""
    pages, file = run.config.pages, known[row.built]
    assert pages is not None
    if not file.body or not pages.takes_body:
        return True
    rules, sketch = rules_for(pages, run.ledger, row), sketches.get(row.n, NOTHING)
    # To find the same text again, it need not be asked whether it is the article's.
    return any(body_at(pages, rules, row, sketch, least).hash == file.body for least in (0, LEAST))


def _at_page(run: Run, row: Row, at: Pair | None) -> Row:
    """An article at its page, or without one."""
    pages = run.config.pages
    assert pages is not None
    url = run.config.site.url + at.address if at else row.predicted if pages.missing == "formula" else ""
    return row._replace(built=at.path if at else "", url=url if pages.takes_address else row.url)


def _told(run: Run, row: Row, pairing: Pairing, since: int | None) -> Row:
    """The article with what is to be said of its page: nothing where it has one, or would be in no feed with it."""
    row = without_problems(row, (MISSING, AMBIGUOUS))
    if since is None or ineligibility_reason(article_of(row._replace(url=row.predicted)), run.time.now):
        return row
    pages = run.config.pages
    assert pages is not None
    near = pairing.ambiguous.get(row.key) or pairing.absent.get(row.key, ())
    is_held = pages.takes_address and pages.missing == "hold"
    is_late, is_ambiguous = seconds(run.time.now) - since >= GRACE, row.key in pairing.ambiguous
    what = f"{'could have several pages' if is_ambiguous else 'has no page'} in {pages.folder.name}/"
    hint = f"{_nearest(near)}{IN_NO_FEED if is_held else 'Its text is as we render it.'}"
    return with_problem(
        row,
        Problem(
            "error" if is_held and is_late else "info",
            AMBIGUOUS if is_ambiguous else MISSING,
            row.key,
            what,
            hint,
        ),
    )


def _nearest(matches: Sequence[Match]) -> str:
    if not matches:
        return "No page has its text or its title. "
    said = [f"{one.path} ({one.veto or ', '.join(one.reasons)})" for one in matches]
    return f"Nearest: {'; '.join(said)}. "
