"""Which article is which: the id that it was published under, one for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from feeds.errors import Problem
from feeds.ledger import Ledger
from feeds.model import Article


def as_known(article: Article, known: Ledger) -> Article:
    """The article under the id that it was published under before."""
    before = known.articles.get(article.key)
    if before is None or before.id == article.id:
        return article
    return replace(article, id=before.id)


def one_id_each(articles: Sequence[Article], known: Ledger) -> tuple[list[Article], list[Problem]]:
    """Of articles with the same id, the one that was published first keeps it."""
    kept: dict[str, Article] = {}
    for article in sorted(articles, key=lambda a: (a.key not in known.articles, a.published, a.key)):
        kept.setdefault(article.id, article)
    problems = [
        Problem(
            "error",
            "id-taken",
            article.key,
            f"has the id of {kept[article.id].key}: {article.id}",
            "Give it an id of its own. It is in no feed.",
            key="id",
        )
        for article in articles
        if kept[article.id] is not article
    ]
    return [article for article in articles if kept[article.id] is article], problems


def shared_addresses(articles: Iterable[Article]) -> Iterator[Problem]:
    """Articles that have the address of another, as warnings."""
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: (article.published, article.key)):
        other = first.setdefault(article.url, article)
        if other is not article:
            what = f"has the address of {other.key}: {article.url}"
            mend = "Give it a slug of its own, or change `permalink`: readers may take the two for one."
            yield Problem("warning", "address-shared", article.key, what, mend, key="slug")
