"""feeds snippets."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from feedwright.cli import main
from feedwright.serve.snippets import SNIPPETS
from tests.conftest import SiteOnDisk


def said(site: SiteOnDisk, name: str, *more: str) -> tuple[str, ...]:
    return ("snippets", name, str(site.content), "--out", str(site.out), *more)


@pytest.mark.parametrize("name", SNIPPETS)
def test_each_snippet_is_printed_and_nothing_is_written(
    site: SiteOnDisk, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("a.md").build()
    files = sorted(site.root.rglob("*"))
    assert main(said(site, name)) == 0
    printed = capsys.readouterr()
    assert str(site.out) in printed.out
    assert printed.err == ""
    assert sorted(site.root.rglob("*")) == files


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_the_same_every_time(site: SiteOnDisk, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.article("a.md", tags=["sea", "fog"]).build()
    texts = []
    for _ in range(2):
        main(said(site, name))
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]


def test_before_the_first_build_the_feeds_that_there_will_be_are_known(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(said(site, "nginx")) == 0
    assert "rss[.]xml" in capsys.readouterr().out
    assert not (site.content / ".feeds").exists()


def test_programs_get_the_text_in_json(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(said(site, "nginx", "--format", "json")) == 0
    snippet, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert (snippet["type"], snippet["name"]) == ("snippet", "nginx")
    assert "location" in snippet["text"]
    assert summary == {"type": "summary", "exit": 0}


def test_an_old_address_that_is_taken_is_told(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    site.configure('[kinds.tag]\npath = { rss = "{term}.xml" }\n[kinds.site]\nold_paths = { rss = ["sea.xml"] }\n')
    site.article("a.md", tags=["sea"]).build()
    assert main(said(site, "nginx")) == 1
    printed = capsys.readouterr()
    assert "old-path-taken" in printed.err
    assert "location" in printed.out


def test_a_host_that_is_not_known_is_wrong_usage(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(said(site, "iis"))
    assert caught.value.code == 64
    assert "nginx" in capsys.readouterr().err


def test_an_output_folder_that_cannot_be_named_is_told(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("snippets", "nginx", str(site.content), "--out", "/srv/a$b")) == 2
    assert "out-unsayable" in capsys.readouterr().err


def test_the_text_is_utf_8_whatever_the_terminal_shows(site: SiteOnDisk) -> None:
    site.configure('[kinds.site]\nold_paths = { rss = ["größe.xml"] }\n')
    command = [sys.executable, "-m", "feedwright", *said(site, "nginx")]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert 'location = "/größe.xml"'.encode() in done.stdout
