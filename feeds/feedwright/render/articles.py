"""Articles made whole, for the feeds that show them: clean bodies, summaries, related links."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from feedwright.articles.link_names import name_of_id
from feedwright.config import Config, Pages
from feedwright.errors import FeedsError, Problem
from feedwright.model import Article, Body
from feedwright.read.change_set import ChangeSet
from feedwright.read.files import content_hash, dated
from feedwright.render import body, related
from feedwright.render.related import Resolved, linked
from feedwright.render.related.linked import Addresses, Linked
from feedwright.render.related.lookup import Names
from feedwright.run import Run
from feedwright.signals import undisturbed
from feedwright.sources.folder import article_file
from feedwright.state.catalog import Catalog, Row, article_of, built_site
from feedwright.state.serialise import dumps

if TYPE_CHECKING:
    from feedwright.render.related.finder import Finder, Found, Sought

SOME = 200
"""Articles whose texts are in memory at a time."""


FEW = 8
"""Articles for which signals wait."""


class _Text(NamedTuple):
    """An article with a clean body.

    Args:
        read: the same with its text as it was read.
        problems: what of its text could not be rendered, or of its references not be found.
        asked: the names that it was made with.
        links: the addresses in it, until it is known what they come to.
        linked: what they come to.
    """

    row: Row
    article: Article
    read: Article
    named: Resolved
    problems: tuple[Problem, ...]
    asked: frozenset[str]
    links: Collection[str]
    linked: Linked = linked.NOTHING


def render_articles(run: Run, names: Names, changes: ChangeSet, numbers: Collection[int]) -> dict[int, Problem]:
    """Make articles whole that are not yet, or not any more.

    Args:
        changes: with the articles that were read, and what is known from beside their files.
        numbers: of articles that feeds are to show.

    Returns: number -> why the article cannot be shown; those that could be shown before stay as they were.
    """
    config, catalog = run.config, run.catalog
    faults: dict[int, Problem] = {}
    missing = catalog.not_whole(numbers)
    run.expected("render", len(missing))
    addresses = Addresses(catalog, config.site)
    finder = _finder(run) if missing and config.related.auto else None
    late: dict[str, _Text] = {}
    for start in range(0, len(missing), SOME):
        rows = catalog.numbered(missing[start : start + SOME])
        catalog.sound_texts(missing[start : start + SOME])  # of what is spoilt it is said, also where it is made anew
        made = _texts(run, names, changes, rows)
        texts = _with_links(config, addresses, {key: text for key, text in made.items() if isinstance(text, _Text)})
        faults.update({row.n: fault for row in rows if isinstance(fault := made[row.key], Problem)})
        some_found = finder.found(list(map(_sought, texts.values()))) if finder else {}
        late.update({key: _without_text(texts[key]) for key, some in some_found.items() if some is None})
        catalog.store_rendered([_whole(text, some_found.get(key) or ()) for key, text in texts.items()])
        run.progress("render", start + len(rows))
    for key, some in finder.found_late(list(map(_sought, late.values()))) if finder and late else ():
        if whole := catalog.whole(late[key].row.n):
            catalog.store_rendered([_whole(late[key]._replace(article=whole), some)])
    return faults


def _texts(run: Run, names: Names, changes: ChangeSet, rows: Sequence[Row]) -> dict[str, _Text | Problem]:
    made: dict[str, _Text | Problem] = {}
    for start in range(0, len(rows), FEW):
        # What sanitises each text does the same, at several times the cost.
        with undisturbed():
            made.update((row.key, _text(run, names, changes, row)) for row in rows[start : start + FEW])
    return made


def _text(run: Run, names: Names, changes: ChangeSet, row: Row) -> _Text | Problem:
    config, catalog = run.config, run.catalog
    try:
        read = _read(config, catalog, changes, row) if row.state == "ok" else None
        article = read or _as_before(catalog, row)
        if article is None:
            what = "cannot be read now, and no feed ever showed it"
            return Problem("error", "article-unreadable", row.key, what, "It is in no feed until it is corrected.")
        if article.exposure == "none" or (read is None and row.exposure != "all"):
            what = "became protected while the feeds were made"
            return Problem("error", "article-protected", row.key, what, "It is in no feed.")
        article, fault = _as_published(article, row), None
        # Of what is not for all, the page has more than its source is allowed to show.
        if row.built and read and config.pages and config.pages.takes_body and row.exposure == "all":
            article, fault = _with_page_body(run, config.pages, article, row)
        names.asked.clear()
        index = names.index()
        lookup = partial(related.named, article=article, index=index)
        clean = body.clean(article, config.embed_hosts, lookup, config.site, config.folder_of(row.key))
    except FeedsError as error:
        return error.problems[0]
    named = related.resolve(clean.article, index, config.site)
    problems = (*clean.problems, *named.problems, *((fault,) if fault else ()))
    return _Text(row, clean.article, article, named, problems, frozenset(names.asked), clean.links)


def _with_links(config: Config, addresses: Addresses, texts: Mapping[str, _Text]) -> dict[str, _Text]:
    """Texts with what their links come to, which is noted: what comes or goes at these addresses changes them."""
    found = addresses.linked({key: linked.Text(one.article, one.named.links, one.links) for key, one in texts.items()})
    if not config.related.linked:
        found = {key: one._replace(articles=(), others=frozenset(), pages=()) for key, one in found.items()}
    addresses.catalog.note_links({text.row.n: found[key].pages for key, text in texts.items()})
    return {key: one._replace(links=(), linked=found[key]._replace(pages=())) for key, one in texts.items()}


def _with_page_body(run: Run, pages: Pages, article: Article, row: Row) -> tuple[Article, Problem | None]:
    """The article with the body that its page has; as it was before while that is not there."""
    # Few sites have their pages read.
    from feedwright.pages.words import NOTHING, Sketch
    from feedwright.read.pages.body import body_at
    from feedwright.read.pages.rules import rules_for

    catalog = run.catalog
    sketch = built_site.sketch(catalog, row.n)
    found = body_at(pages, rules_for(pages, run.ledger, row), row, Sketch(*sketch) if sketch else NOTHING)
    if found.html:
        built_site.note_body(catalog, row.built, found.hash)
        return replace(article, body=Body(found.html, "page")), None
    before = None if found.is_there else catalog.whole(row.n)
    if before:
        return replace(article, body=before.body), None
    what = f"{pages.folder.name}/{row.built} {found.reason}"
    hint = "Its text is as we render it. Name the element that holds texts in `[pages]`, as `body`."
    return article, Problem("warning", "page-body-missing", row.key, what, hint)


def as_read(run: Run, changes: ChangeSet, row: Row) -> Article:
    """A good article with its text as its file has it; without, where that cannot be read now."""
    try:
        article = _read(run.config, run.catalog, changes, row) if row.state == "ok" else None
    except FeedsError:
        article = None
    return _as_published(article, row) if article else article_of(row)


def _as_published(article: Article, row: Row) -> Article:
    """The article under the id, the address and the date that the catalog has."""
    published = row.when()
    if _known_by(article) == (row.id, row.guid, row.url, published.isoformat()):
        return article
    return replace(article, id=row.id, guid=row.guid, url=row.url, published=published)


def _known_by(article: Article) -> tuple[object, ...]:
    return article.id, article.guid, article.url, article.published.isoformat()


def _read(config: Config, catalog: Catalog, changes: ChangeSet, row: Row) -> Article | None:
    """The article as its file has it; None where that has changed and can no longer be read."""
    if changes.at_hand and (article := changes.at_hand.take(row.key)):
        return article
    # What an article is made of needs much, and most of it is at hand already.
    from feedwright.sources.folder.parse import parse

    content = article_file.content_of(config, row.key)
    if content_hash(content) != row.hash:
        # It changed since it was looked at, and may be changed back: the next run is not to take it for the same.
        catalog.put([row._replace(hash=b"")])
    reading = parse(config, row.key, content, changes.around)
    if reading.undated:
        reading = parse(config, row.key, content, dated(changes.around, {row.key: row.when()}))
    if reading.article is None and content_hash(content) == row.hash:
        raise FeedsError(*reading.problems)
    return reading.article


def _as_before(catalog: Catalog, row: Row) -> Article | None:
    """The article as it was last good."""
    before = catalog.whole(row.n)
    return replace(before, url=row.url) if before else None


def _whole(text: _Text, found: Found) -> tuple[int, Article, str, Collection[str]]:
    """Number, article, problems as JSON, and the names that it was made with."""
    links = {link.href: link for link in text.named.links}
    for one in (*text.linked.articles, *found):
        links.setdefault(one.url, related.link(one))
    in_text = tuple(href for href in links if href in text.linked.urls)
    article = replace(text.article, related=tuple(links.values()), headlines=text.named.headlines, linked=in_text)
    asked = text.asked | {name_of_id(one.id) for one in found}
    return text.row.n, article, dumps(text.problems) if text.problems else "", sorted(asked)


def _finder(run: Run) -> Finder:
    from feedwright.render.related.finder import Finder  # many sites have no stories found

    return Finder(run.ledger, run.catalog, run.config.related.auto)


def _sought(text: _Text) -> Sought:
    """What related stories are found by, but for those that are offered anyway."""
    return text.row, text.read, [*(link.href for link in text.named.links), *text.linked.others]


def _without_text(text: _Text) -> _Text:
    """What is left of an article whose text is written down."""
    bare = article_of(text.row)
    return text._replace(article=bare, read=bare)
