"""What subscribers see of a change: one life of a site, with all its readers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.serve.folder import serving
from tests.subscribers.changes import Steps
from tests.subscribers.newsroom import Newsroom, is_whole, name_in
from tests.subscribers.subscriber import Held, Subscriber


class Seen(NamedTuple):
    """Names of articles, in order.

    Args:
        unread: shown as unread since the subscription.
        updated: held anew under the same key.
        doubled: there under one key more than before.
        gone: there before, and no longer.
        cut: held without its end at any time.
    """

    unread: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def lived(
    change: Callable[[Any], Steps],
    site: Newsroom,
    subscribers: Iterable[Subscriber],
    paths: Mapping[str, str],
    options: Sequence[str] = (),
) -> dict[tuple[str, str], Seen]:
    """Publish a site, subscribe to it, and let it change.

    Args:
        paths: of the feed below what is served, by format.
        options: of `feeds serve`.

    Returns: (name of the reader, format) -> what it saw.
    """
    steps = change(site)
    next(steps)
    site.publish()
    with serving(site.out, *options) as server:
        polls = []
        for subscriber in subscribers:
            folder = site.root / subscriber.name
            folder.mkdir()
            urls = {format_: server.url + path for format_, path in paths.items() if format_ in subscriber.formats}
            polls.append((subscriber.name, subscriber.subscribe(folder, urls)))
        stages: dict[tuple[str, str], list[Sequence[Held]]] = defaultdict(list)

        def poll_all() -> None:
            for name, poll in polls:
                for format_, held in poll().items():
                    stages[name, format_].append(held)

        poll_all()
        for _ in steps:
            site.publish()
            poll_all()
    return {key: _seen(polled) for key, polled in stages.items()}


def _seen(stages: Sequence[Sequence[Held]]) -> Seen:
    first, *later = stages
    unread, updated, doubled, gone = set[str](), set[str](), set[str](), set[str]()
    before = first
    for held in later:
        versions = {entry.key: entry.version for entry in before}
        unread |= {name_in(entry.text) for entry in held if entry.unread}
        updated |= {name_in(e.text) for e in held if versions.get(e.key, e.version) != e.version}
        more = _counted(held) - _counted(before)
        doubled |= {name for name in more if _counted(held)[name] > 1}
        gone |= _counted(before).keys() - _counted(held).keys()
        before = held
    cut = {name_in(entry.text) for held in stages for entry in held if not is_whole(entry.text)}
    return Seen(*(tuple(sorted(names)) for names in (unread, updated, doubled, gone, cut)))


def _counted(held: Sequence[Held]) -> Counter[str]:
    return Counter(name_in(entry.text) for entry in held)
