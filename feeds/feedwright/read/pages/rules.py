"""Where in the built pages articles' texts are: as `site.toml` says, else as is learnt from the pages themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedwright.articles.model import Around
from feedwright.config import Config, Pages
from feedwright.errors import FeedsError
from feedwright.pages.body import BodyRules
from feedwright.pages.learn import Sample, chosen, learn
from feedwright.pages.words import words_of_source
from feedwright.read.pages.folder import page_bytes
from feedwright.run import Run
from feedwright.sources.folder import article_file
from feedwright.sources.folder.parse import parse
from feedwright.state import ledger_facts
from feedwright.state.catalog import Row
from feedwright.state.ledger import Ledger


def rules_for(pages: Pages, ledger: Ledger, row: Row) -> BodyRules:
    """Where in its page an article's text is, and what of that is none."""
    if pages.bodies:
        selector = pages.body_of(row.section, row.language)
        return BodyRules((selector,) if selector else (), pages.drop)
    selectors, drops = ledger.fact(ledger_facts.PAGE_BODY) or ((), ())
    return BodyRules(selectors, (*drops, *pages.drop))


def learn_rules(run: Run, around: Around, pairs: Mapping[str, str]) -> None:
    """Learn where texts are, once and for all, where `site.toml` does not say it.

    Args:
        pairs: file of an article -> its page.
    """
    pages, ledger = run.config.pages, run.ledger
    if pages is None or pages.bodies or not pages.takes_body or ledger.fact(ledger_facts.PAGE_BODY):
        return
    learnt = learn(_samples(run.config, pages, around, pairs))
    if learnt.rules.selectors:
        ledger.note(ledger_facts.PAGE_BODY, tuple(learnt.rules))


def _samples(config: Config, pages: Pages, around: Around, pairs: Mapping[str, str]) -> Iterator[Sample]:
    for key in chosen(pairs):
        content = page_bytes(pages.folder, pairs[key])
        try:
            article = parse(config, key, article_file.content_of(config, key), around).article
        except FeedsError:
            continue
        if content is not None and article is not None:
            yield Sample(article.title, words_of_source(article.body.text), content)
