"""Telling hubs (WebSub): one POST for each feed, hubs at the same time, bounded in time whatever they do."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx

from feedwright.announce.queue import FAILS, REFUSES, Failure
from feedwright.state.catalog.announcements import Ping
from feedwright.web.follow import Asking, follow
from feedwright.web.guard import RefusedError, Trust

REDIRECTS = 3

IN_A_ROW = 3
"""Feeds that fail one after another, from which on it is the hub that fails."""

ANSWER = 65536
"""Bytes of an answer that are read, so that the connection can be used again."""

_FOLLOWED = (301, 302, 307, 308)
_ITS_OWN_FAULT = (408, 425, 429)


@dataclass(slots=True)
class Heard:
    """What came of it.

    Args:
        told: what hubs took.
        failed: what they did not, and why.
        dead: hub -> why it can be told of nothing.
    """

    told: list[Ping] = field(default_factory=list)
    failed: list[tuple[Ping, Failure]] = field(default_factory=list)
    dead: dict[str, Failure] = field(default_factory=dict)


@dataclass(slots=True)
class _Talk:
    """What one hub was told so far; only its own thread writes here, until it is given up.

    Args:
        answers: a failure for each feed that the hub was asked to take, or None where it did.
        asked: when the one was sent that has no answer yet; None where there is none.
        dead: why it can be told of nothing.
    """

    answers: list[tuple[Ping, Failure | None]] = field(default_factory=list)
    asked: float | None = None
    dead: Failure | None = None


def tell(asked: Mapping[str, Sequence[Ping]], now: datetime, patience: float, limit: float) -> Heard:
    """Tell hubs which feeds have changed.

    Args:
        asked: hub -> what it is to be told of, in this order.
        now: aware.
        patience: seconds that a hub has to answer.
        limit: seconds for all; what was not sent by then waits for the next time.
    """
    talks = {hub: _Talk() for hub in asked}
    threads = [
        # Looking up a name cannot be broken off: such a thread must not keep the process from ending.
        threading.Thread(target=_talk, args=(talks[hub], hub, pings, now, patience), daemon=True)
        for hub, pings in asked.items()
    ]
    until = time.monotonic() + limit
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    heard = Heard()
    for hub, talk in talks.items():
        answers, since, dead = list(talk.answers), talk.asked, talk.dead
        heard.told += (ping for ping, failure in answers if failure is None)
        heard.failed += ((ping, failure) for ping, failure in answers if failure)
        if dead is None and since is not None and time.monotonic() - since >= patience:
            dead = _silent(patience)
        if dead:
            heard.dead[hub] = dead
    return heard


def _talk(talk: _Talk, hub: str, pings: Sequence[Ping], now: datetime, patience: float) -> None:
    """Tell one hub, over one connection as far as it keeps that open, until it is found to be dead."""
    talk.asked = time.monotonic()
    headers = {"User-Agent": f"Feedwright/{version('feedwright')}", "Accept": "*/*"}
    try:
        # The environment may name a proxy or certificates that cannot be used.
        with httpx.Client(headers=headers, timeout=patience) as client:
            talk.dead = _told_all(client, talk, hub, pings, now, patience)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError) as error:
        talk.dead = _unreachable(error, patience)


def _told_all(
    client: httpx.Client, talk: _Talk, hub: str, pings: Sequence[Ping], now: datetime, patience: float
) -> Failure | None:
    """Send pings one after another; why the hub can be told of nothing more, where that is so."""
    in_a_row = 0
    for ping in pings:
        talk.asked = time.monotonic()
        response = _post(client, hub, ping.topic)
        failure = _judged(response, now)
        talk.answers.append((ping, failure))
        talk.asked = None
        _drain(response, time.monotonic() + patience)
        in_a_row = in_a_row + 1 if failure else 0
        if failure and (failure.wait is not None or in_a_row == IN_A_ROW):
            return failure
    return None


def _post(client: httpx.Client, hub: str, topic: str) -> httpx.Response:
    """Send one ping, and again where it is redirected to; the answer is yet to be read.

    Raises:
        httpx.HTTPError, OSError: the hub cannot be reached.
        RefusedError: it redirects to where nobody is sent.
    """
    # Both names of the topic are in use, and hubs pass over the one that they do not know.
    form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    return follow(client, hub, Asking("POST", _FOLLOWED, REDIRECTS, form), Trust()).response


def _drain(response: httpx.Response, until: float) -> None:
    """Read what is left of an answer, so that its connection can be used again; what is too long or slow is cut off."""
    read = 0
    try:
        for part in response.iter_raw():
            read += len(part)
            if read > ANSWER or time.monotonic() > until:
                break
    except (httpx.HTTPError, OSError):
        pass
    finally:
        response.close()


def _judged(response: httpx.Response, now: datetime) -> Failure | None:
    """Why an answer is none; None where it is.

    Source: WebSub leaves it open how a hub is told; all of them answer 2xx where they took it.
    """
    if response.is_success:
        return None
    code = response.status_code
    refuses = code < 500 and code not in _ITS_OWN_FAULT
    fault = f"answers {code} {response.reason_phrase}".strip()
    return Failure(REFUSES if refuses else FAILS, fault, _asked_to_wait(response.headers.get("Retry-After", ""), now))


def _asked_to_wait(text: str, now: datetime) -> int | None:
    """Seconds. Source: RFC 9110 §10.2.3."""
    if text.isascii() and text.isdecimal():
        return int(text[:9])
    try:
        until = parsedate_to_datetime(text)
        return max(0, int((until - now).total_seconds()))
    except (TypeError, ValueError):
        return None


def _unreachable(error: Exception, patience: float) -> Failure:
    if isinstance(error, httpx.TimeoutException):
        return _silent(patience)
    if isinstance(error, RefusedError | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return Failure(REFUSES, str(error) if isinstance(error, RefusedError) else "redirects to no URL")
    return Failure(FAILS, f"cannot be reached: {error or type(error).__name__}")


def _silent(patience: float) -> Failure:
    return Failure(FAILS, f"does not answer within {patience:g} s")
