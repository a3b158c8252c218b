"""Which articles may be shown: a decision alone, no I/O, and made nowhere else.

The catalog is asked for those of which time may change it; what it leaves out could not be shown at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from feedwright.model import NEVER, UNDATED, Article
from feedwright.text.moments import in_words

HIDDEN_ALWAYS: Mapping[str, str | bool] = {"exposure": "none", "draft": True}
"""Fields of an article -> the values with which it is hidden whatever the time is: most that are hidden are so."""

NO_PAGE = "waits for its page"
"""Why an article is in no feed whose page the site's engine has not made."""


def ineligibility_reason(article: Article, now: datetime, *, released: bool = False, expired: bool = False) -> str:
    """Why an article is in no feed, in words; empty where it may be shown.

    Args:
        now: aware, UTC.
        released: whether it was shown before, and that counts for more than what the clock says.
        expired: whether it was seen to expire, and that counts for more than what the clock says.
    """
    if article.exposure == HIDDEN_ALWAYS["exposure"]:
        return f"protected ({article.protected})"
    if article.draft == HIDDEN_ALWAYS["draft"]:
        return "draft"
    if article.page:
        return f"no article: it has no date, and is not a post of {article.page}'s"
    if article.retracted is not None:
        day = f" {article.retracted:%Y-%m-%d}" if article.retracted != UNDATED else ""
        return f"retracted{day}"
    if article.feeds == ():
        return "opted out of all feeds"
    if article.published == NEVER:
        return "has no date"
    if not article.url:
        return NO_PAGE
    if article.published > now and not released:
        return f"not before {in_words(article.published)}"
    if article.expires is not None and (expired or article.expires <= now):
        return f"expired {in_words(article.expires)}"
    return ""
