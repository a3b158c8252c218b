"""Hubs are told of feeds whose bytes changed, once each, whatever hubs do meanwhile."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feedwright.announce import dispatch, queue
from feedwright.cli import main
from feedwright.commands import watch
from feedwright.config import load_config
from tests.announce.conftest import KINDS
from tests.announce.hub import Hub, serving
from tests.conftest import NOW, SiteOnDisk

URL = "https://tides.example/"
SITE = [URL + "atom.xml", URL + "rss.xml"]
SEA = [URL + "tag/sea/atom.xml", URL + "tag/sea/rss.xml"]
LAND = [URL + "tag/land/atom.xml", URL + "tag/land/rss.xml"]
Announce = Callable[..., tuple[int, dict[str, Any]]]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def built(tides: SiteOnDisk, hub: Hub) -> SiteOnDisk:
    """The site, whose feeds the hub knows."""
    tides.build()
    hub.forget()
    return tides


def waiting(site: SiteOnDisk) -> list[str]:
    """Addresses of the feeds that any hub is still to be told of."""
    return sorted(topic for _, topic in site.build().waiting)


# --- what is told ---


def test_a_hub_is_told_of_every_feed_that_is_new(tides: SiteOnDisk, hub: Hub) -> None:
    report = tides.build()
    assert sorted(hub.took) == sorted(SITE + SEA + LAND)
    assert sorted(report.told) == sorted((hub.url, topic) for topic in hub.took)
    assert report.waiting == ()


def test_a_hub_is_told_of_each_format(site: SiteOnDisk, hub: Hub) -> None:
    site.configure(f'hubs = ["{hub.url}"]\n').article("a.md").build()
    assert sorted(hub.took) == sorted([*SITE, URL + "feed.json"])


def test_a_ping_is_the_form_that_hubs_take(built: SiteOnDisk, hub: Hub) -> None:
    built.article("a.md", "Other water.", tags="[sea]").build()
    assert {form["hub.mode"][0] for form in hub.forms} == {"publish"}
    assert all(form["hub.url"] == form["hub.topic"] for form in hub.forms)
    assert {(path, type_) for path, type_, *_ in hub.requests} == {("/hub", "application/x-www-form-urlencoded")}


def test_only_feeds_whose_bytes_changed_are_told_of(built: SiteOnDisk, hub: Hub) -> None:
    built.article("a.md", "Other water.", tags="[sea]").build()
    assert sorted(hub.took) == sorted(SITE + SEA)


def test_nothing_is_told_where_nothing_changed(built: SiteOnDisk, hub: Hub) -> None:
    for _ in range(3):
        assert built.build().told == ()
    built.build(full=True)
    (built.content / "a.md").touch()
    built.build()
    assert hub.asked == []


def test_a_feed_that_is_written_again_as_it_was_is_told_of_again(built: SiteOnDisk, hub: Hub) -> None:
    (built.out / "atom.xml").unlink()
    built.build()
    assert hub.took == [URL + "atom.xml"]


def test_topics_are_where_the_feeds_are_served(tides: SiteOnDisk, hub: Hub) -> None:
    tides.configure(f'hubs = ["{hub.url}"]\nfeeds_url = "https://feeds.example/f/"\n')
    tides.article("a.md", tags="[Ebbe & Flut]").build()
    told = [topic for topic in hub.took if "ebbe" in topic]
    assert told and all(topic.startswith("https://feeds.example/f/tag/ebbe") for topic in told)


def test_all_feeds_go_over_one_connection(tides: SiteOnDisk, hub: Hub) -> None:
    tides.build()
    assert len({client for *_, client in hub.requests}) == 1 < len(hub.requests)


def test_a_hub_may_close_its_connections(tides: SiteOnDisk, hub: Hub) -> None:
    hub.closes = True
    assert tides.build().waiting == ()
    assert sorted(hub.took) == sorted(SITE + SEA + LAND)
    assert len({client for *_, client in hub.requests}) == 6


def test_several_hubs_are_told_at_the_same_time(tides: SiteOnDisk, hub: Hub) -> None:
    with serving(Hub(seconds=0.15)) as slow, serving(Hub(seconds=0.15)) as other:
        tides.configure(f'hubs = ["{slow.url}", "{other.url}"]\n[kinds.tag]\nenabled = false\n')
        began = time.monotonic()
        tides.build()
        assert sorted(slow.took) == sorted(other.took) and len(slow.took) >= 2
    assert time.monotonic() - began < 0.15 * (len(slow.took) + len(other.took)) + 2
    assert hub.asked == []


def test_a_run_that_is_only_tried_tells_nobody(built: SiteOnDisk, hub: Hub) -> None:
    built.article("a.md", "Other water.", tags="[sea]")
    report = built.build(dry_run=True)
    assert (hub.asked, report.told, report.due) == ([], (), False)
    built.build()
    assert sorted(hub.took) == sorted(SITE + SEA)


# --- hubs that fail ---


def test_a_dead_hub_fails_no_build_and_is_told_once_it_is_back(tides: SiteOnDisk) -> None:
    with serving(Hub()) as gone:
        pass
    tides.configure(f'hubs = ["{gone.url}"]\n{KINDS}')
    report = tides.build()
    assert (report.exit_code, report.problems, report.told) == (0, (), ())
    assert sorted(topic for _, topic in report.waiting) == sorted(SITE + SEA + LAND)
    for number in range(3):
        tides.article("a.md", f"Water {number}.", tags="[sea]").build()
    with serving(gone):
        tides.build(NOW + HOUR)
        tides.build(NOW + 2 * HOUR)
    assert sorted(gone.took) == sorted({topic for _, topic in report.waiting})
    assert tides.build(NOW + 3 * HOUR).waiting == ()


def test_a_dead_hub_is_not_asked_again_before_its_time_whatever_changes(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 503
    built.article("a.md", "1", tags="[sea]").build()
    asked = len(hub.asked)
    for number in range(5):
        built.article("b.md", f"{number}", tags="[land]").build(NOW + timedelta(seconds=10 * number))
    assert len(hub.asked) == asked == queue_tries(hub)
    hub.status = 204
    built.build(NOW + MINUTE)
    assert sorted(hub.took) == sorted(SITE + SEA + LAND)


def queue_tries(hub: Hub) -> int:
    """How many feeds a hub is asked to take before it counts as dead."""
    from feedwright.announce.hubs import IN_A_ROW

    return min(IN_A_ROW, len(hub.asked))


def test_tries_become_rarer_and_no_rarer_than_hourly() -> None:
    assert [queue.backoff(tries) // 60 for tries in range(1, 10)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert queue.backoff(10_000) == 3600


def test_a_hub_that_fails_for_a_day_is_given_up_and_reported(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    reports = {hours: built.build(NOW + hours * HOUR) for hours in (1, 2, 23, 24, 25)}
    assert [hours for hours, report in reports.items() if report.problems] == [24, 25]
    given_up = [reports[24], reports[25]]
    (problem,) = given_up[0].problems
    assert (problem.code, problem.severity, problem.key) == ("hub-given-up", "warning", "hubs")
    assert "answers 500" in problem.what and hub.url in problem.what
    assert [bool(report.new_problems) for report in given_up] == [True, False]
    assert all(report.exit_code == 0 for report in reports.values())
    asked = len(hub.asked)
    built.build(NOW + 40 * HOUR)
    assert len(hub.asked) == asked


def test_what_was_given_up_is_told_of_when_it_changes_again(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    for hours in (1, 25):
        built.build(NOW + hours * HOUR)
    hub.status = 204
    hub.forget()
    later = NOW + 30 * HOUR
    built.article("a.md", "2", tags="[sea]").build(later)
    assert sorted(hub.took) == sorted(SITE + SEA)
    assert built.build(later + MINUTE).problems == ()


def test_a_day_in_which_nothing_was_tried_does_not_count(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    hub.status = 204
    assert sorted(topic for _, topic in built.build(NOW + 240 * HOUR).told) == sorted(SITE + SEA)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "gopher://nowhere/"), ("ALL_PROXY", "socks5://127.0.0.1:9"), ("SSL_CERT_FILE", "/")],
)
def test_an_environment_that_cannot_be_used_fails_no_build(
    built: SiteOnDisk, hub: Hub, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    report = built.article("a.md", "1", tags="[sea]").build()
    assert (report.exit_code, len(report.told) + len(report.waiting)) == (0, 4)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 303])
def test_a_hub_that_refuses_is_reported_at_once_and_tried_again(built: SiteOnDisk, hub: Hub, status: int) -> None:
    hub.status = status
    report = built.article("a.md", "1", tags="[sea]").build()
    (problem,) = report.new_problems
    assert (problem.code, problem.severity) == ("hub-refuses", "warning")
    assert f"answers {status}" in problem.what
    assert problem.file == str(built.content / "site.toml") and problem.line == 5
    assert built.build(NOW + MINUTE).new_problems == ()
    hub.status = 202
    assert built.build(NOW + HOUR).problems == ()
    assert sorted(hub.took) == sorted(SITE + SEA)


@pytest.mark.parametrize("bad", SITE + SEA)
def test_a_feed_that_a_hub_does_not_take_keeps_no_other_from_it(built: SiteOnDisk, hub: Hub, bad: str) -> None:
    hub.answer = lambda topic: 500 if topic == bad else 204
    report = built.article("a.md", "1", tags="[sea]").build()
    assert sorted(hub.took) == sorted({*SITE, *SEA} - {bad})
    assert report.waiting == ((hub.url, bad),)


def test_feeds_that_a_hub_does_not_take_come_last(tides: SiteOnDisk, hub: Hub) -> None:
    hub.answer = lambda topic: 500 if topic in (*SITE, LAND[0]) else 204
    for hours in range(5):
        tides.build(NOW + hours * HOUR)
    assert sorted(hub.took) == sorted([*SEA, LAND[1]])


@pytest.mark.parametrize(
    ("asks", "seconds"),
    [("90", 90), ("0", 60), ("9999999", 6 * 3600), ("Sat, 01 Jun 2024 12:10:00 GMT", 600), ("soon", 60), ("-1", 60)],
)
def test_a_hub_that_asks_to_wait_is_waited_for_within_bounds(
    built: SiteOnDisk, hub: Hub, asks: str, seconds: int
) -> None:
    hub.status, hub.headers = 429, {"Retry-After": asks}
    built.article("a.md", "1", tags="[sea]").build()
    hub.status, hub.headers = 204, {}
    built.build(NOW + timedelta(seconds=seconds - 1))
    assert hub.took == []
    built.build(NOW + timedelta(seconds=seconds))
    assert sorted(hub.took) == sorted(SITE + SEA)


def test_a_hub_that_is_slow_does_not_hold_up_the_run_for_long(
    built: SiteOnDisk, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "BUILD", dispatch.Patience(0.3, 0.5, 1, 1))
    hub.seconds = 1.5
    began = time.monotonic()
    report = built.article("a.md", "1", tags="[sea]").build()
    assert time.monotonic() - began < 1.4
    assert (report.exit_code, report.told, len(hub.asked)) == (0, (), 1)
    hub.seconds = 0
    hub.forget()
    built.build(NOW + HOUR)
    assert sorted(hub.took) == sorted(SITE + SEA)


def test_a_clock_that_ran_ahead_delays_nothing_for_ever(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build(NOW + 24 * 365 * HOUR)
    hub.status = 204
    built.build(NOW + MINUTE)
    assert sorted(hub.took) == sorted(SITE + SEA)


def test_a_hub_that_is_given_up_in_the_settings_is_forgotten(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 404
    built.article("a.md", "1", tags="[sea]").build()
    assert built.configure().build(NOW + MINUTE).problems == ()
    hub.status = 204
    hub.forget()
    built.build(NOW + HOUR)
    assert hub.asked == []


def test_a_document_that_is_gone_is_not_told_of(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    hub.status = 204
    hub.forget()
    for path in ("tag/sea/rss.xml", "tag/sea/atom.xml"):
        (built.out / path).unlink()
    config = load_config(built.content)
    announced = dispatch.announce(config, NOW + HOUR)
    assert sorted(topic for _, topic in announced.told) == sorted(SITE)
    assert announced.waiting == ()


def test_a_build_that_has_nobody_to_tell_loads_nothing_for_it(site: SiteOnDisk, hub: Hub) -> None:
    heavy = {
        "feedwright.announce.hubs",
        "feedwright.announce.commands",
        "feedwright.announce.dispatch",
        "httpx",
        "subprocess",
    }
    code = f"import sys; from feedwright.cli import main; main(sys.argv[1:]); print(sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", code, "build", str(site.content), "--out", str(site.out), "--quiet"]
    site.article("a.md")
    told = f'hubs = ["{hub.url}"]\n[[after_publish]]\ncommand = ["true"]\n'
    for settings, loaded in (("", "[]"), (told, "httpx"), (told, "[]")):
        site.configure(settings)
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert loaded in done.stdout


def test_whoever_watches_tries_again_when_it_is_time(
    built: SiteOnDisk, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RETRY", timedelta(0))
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    found = watch.moments(load_config(built.content), built.out, lambda: False)
    assert next(found) == "what could not be announced is tried again"
    found.close()  # type: ignore[attr-defined]


# --- the catalog is lost ---


@pytest.mark.parametrize("lost", ["catalog.db", "ledger.db"])
@pytest.mark.parametrize("how", [Path.unlink, lambda file: file.write_bytes(b"no database" * 1000)])
def test_a_database_that_is_lost_loses_no_announcement(
    built: SiteOnDisk, hub: Hub, lost: str, how: Callable[[Path], object]
) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    file = built.content / ".feeds" / lost
    how(file)
    if lost == "ledger.db" and file.exists():
        # It is never thrown away but by hand.
        file.unlink()
    hub.status = 204
    hub.forget()
    built.build(NOW + MINUTE)
    assert sorted(hub.took) == sorted(SITE + SEA)


def test_a_catalog_that_is_lost_announces_nothing_that_was_told(built: SiteOnDisk, hub: Hub) -> None:
    for _ in range(3):
        (built.content / ".feeds/catalog.db").unlink()
        built.build()
    assert hub.asked == []


def test_a_catalog_of_an_older_version_gets_its_queue(
    built: SiteOnDisk, hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(built.content / ".feeds/catalog.db")) as db:
        db.executescript("DROP TABLE untold; DROP TABLE ping; DROP TABLE hub; PRAGMA user_version = 1")
    assert main(["status", str(built.content)]) == 0
    built.article("a.md", "1", tags="[sea]").build()
    assert sorted(hub.took) == sorted(SITE + SEA)


# --- by hand ---


@pytest.fixture
def by_hand(built: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Announce:
    """Run the command; its exit code and its summary."""
    monkeypatch.setattr("feedwright.pipeline.clock", lambda: NOW)

    def run(*flags: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main(["announce", str(built.content), "--format", "json", *flags])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


def test_by_hand_all_is_tried_at_once(built: SiteOnDisk, hub: Hub, by_hand: Announce) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    hub.status = 204
    hub.forget()
    code, found = by_hand()
    assert (code, found["waiting"]) == (0, [])
    assert sorted(found["announced"]) == sorted([hub.url, topic] for topic in SITE + SEA)
    assert sorted(hub.took) == sorted(SITE + SEA)
    assert by_hand()[1]["announced"] == []


def test_by_hand_what_still_waits_is_exit_code_1(built: SiteOnDisk, hub: Hub, by_hand: Announce) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    code, found = by_hand()
    assert code == 1 and len(found["waiting"]) == 4


def test_by_hand_it_is_a_command(built: SiteOnDisk, hub: Hub) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    hub.status = 204
    command = [sys.executable, "-m", "feedwright", "announce", str(built.content)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "4 announced, 0 to be announced"
    assert done.stderr == ""


def test_by_hand_what_would_be_told_is_only_said(built: SiteOnDisk, hub: Hub, by_hand: Announce) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    hub.forget()
    code, found = by_hand("--dry-run")
    assert (code, hub.asked, len(found["announced"])) == (0, [], 4)
    assert built.build().waiting


def test_status_says_what_waits(built: SiteOnDisk, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.status = 500
    built.article("a.md", "1", tags="[sea]").build()
    assert main(["status", str(built.content)]) == 0
    shown = capsys.readouterr().out
    assert f"{hub.url} is still to be told of 4 feeds, since " in shown
    assert "answers 500" in shown and "2024-06-01 12:01:00" in shown
    assert shown.endswith("the last run was done: 4 feeds still to be announced\n")
