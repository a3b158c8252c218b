"""Archived feeds (RFC 5005 §4): a subscription document, and archive documents with all that is no longer in it.

How it goes:

- Whatever a feed shows is waiting until an archive document has it in its present version. What is waiting stays in
  the subscription document, however old it is: so nothing is ever out of reach. That is how an article with an old date
  reaches those who follow, and how a correction does.
- As soon as as many as an archive document takes are waiting that are not among the newest, which the subscription
  document shows anyway, those that were shown first go into the next one. Its entries never change from then on.
- The newest archive document is told its `next-archive` when there is one. With that it is closed: its bytes never
  change again, unless an article is erased from it.
- Articles that are withdrawn leave the subscription document, and stay in the archive documents that have them.
"""
