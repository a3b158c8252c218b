"""What other projects check their feeds with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedwright.errors import Problem
from feedwright.testing import assert_valid_feed

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:example.org,2026:feed</id>
  <title>Sea</title>
  <updated>2026-03-01T09:30:00Z</updated>
  <author><name>Ann</name></author>
</feed>
"""
BROKEN = b"<rss><channel>"


def test_a_valid_feed_is_let_through() -> None:
    assert_valid_feed(ATOM)


def test_what_is_wrong_is_said_in_words() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_valid_feed(BROKEN)
    head, first, *_ = str(caught.value).splitlines()
    assert head == "the feed has 1 problem"
    assert first.startswith("error: feed:1")
    assert first.endswith("[not-well-formed]")


def test_what_is_ignored_is_let_through() -> None:
    assert_valid_feed(BROKEN, ignore=["not-well-formed"])


def test_warnings_fail_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "feedwright.checks.check", lambda *_, **__: [Problem("warning", "not-well-formed", "feed", "what")]
    )
    assert_valid_feed(ATOM)
    with pytest.raises(AssertionError, match="warning: feed: what"):
        assert_valid_feed(ATOM, severity="warning")


def test_a_code_or_profile_that_there_is_not_is_no_failure_of_the_feed() -> None:
    with pytest.raises(ValueError, match="not-well-formed"):
        assert_valid_feed(ATOM, ignore=["not-wellformed"])
    with pytest.raises(ValueError, match="no profile"):
        assert_valid_feed(ATOM, profile="nobody")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_fixture_is_there_for_whoever_names_the_plugin(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        'import feedwright.testing\nimport feedwright.testing.fixtures\npytest_plugins = ["feedwright.testing"]\n'
    )
    (tmp_path / "test_mine.py").write_text(
        f"def test_good(check_feed):\n    check_feed({ATOM!r})\ndef test_bad(check_feed):\n    check_feed({BROKEN!r})\n"
    )
    done = run(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "-c", os.devnull, "test_mine.py"
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "AssertionError: the feed has 1 problem" in done.stdout
    assert "feedwright/testing" not in done.stdout


def test_without_pytest_the_function_is_there(tmp_path: Path) -> None:
    code = f"import sys\nfrom feedwright.testing import assert_valid_feed\nassert_valid_feed({ATOM!r})\n"
    code += "print('pytest' in sys.modules)"
    done = run(tmp_path, "-c", code)
    assert (done.stdout, done.stderr) == ("False\n", "")
