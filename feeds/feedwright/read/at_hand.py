"""Articles that this run has read, so that those which feeds turn out to show need not be read again."""

from __future__ import annotations

from heapq import heappop, heappush

from feedwright.model import Article

ROOM = 24_000_000
"""Characters of the texts that are kept."""


class ArticlesAtHand:
    """The newest of the articles that were read, with their texts: what feeds show is most often among them.

    Args:
        room: characters of texts that are kept at most.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._articles: dict[str, Article] = {}
        self._oldest: list[tuple[int, str]] = []

    def keep(self, article: Article, published: int) -> None:
        """Keep an article, and let the oldest go where there is no room for all.

        Args:
            published: when it was, in seconds since 1970.
        """
        key = article.key
        if key in self._articles:
            self.take(key)
        self.room -= len(article.body.text)
        self._articles[key] = article
        heappush(self._oldest, (published, key))
        while self.room < 0:
            self.take(heappop(self._oldest)[1])

    def take(self, key: str) -> Article | None:
        """The article of a file, which is kept no longer; None where it is not at hand."""
        article = self._articles.pop(key, None)
        if article:
            self.room += len(article.body.text)
        return article

    def clear(self) -> None:
        """Let all go."""
        for key in list(self._articles):
            self.take(key)
        self._oldest.clear()
