"""User information in URLs reaches no document, no page and no message, wherever it was written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedwright.errors import ConfigError
from tests.conftest import SiteOnDisk

SECRET = "hunter2"
URL = f"https://me:{SECRET}@files.example.org/a"


def leaks(site: SiteOnDisk) -> list[str]:
    return [path for path, content in site.tree().items() if SECRET.encode() in content]


@pytest.mark.parametrize(
    "field",
    [
        f"url: {URL}",
        f"canonical: {URL}",
        f"image: {URL}.png",
        f"image: {{url: '{URL}.png'}}",
        f"enclosure: {{url: '{URL}.mp3', type: audio/mpeg, length: 3}}",
        f"author: {{name: Jane, url: '{URL}'}}",
        f"author: Jane\nauthor_url: {URL}",
        f"related: ['{URL}']",
        f"via: '{URL}'",
        f"summary: See {URL}",
        f"title: See {URL}",
        f"tags: ['{URL}']",
    ],
)
def test_a_password_in_a_field_is_the_problem_of_its_article(site: SiteOnDisk, field: str) -> None:
    (site.content / "posts").mkdir(parents=True, exist_ok=True)
    (site.content / "posts/a.md").write_text(f"---\ndate: 2026-01-01\n{field}\n---\nText\n")
    report = site.build()
    assert [(one.code, Path(one.file).name, one.line) for one in report.problems if one.code == "url-user-info"] == [
        ("url-user-info", "a.md", field.count("\n") + 3)
    ]
    assert leaks(site) == []
    assert not any(SECRET in str(problem) for problem in report.problems)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"[a]({URL})", "a URL"),
        (f"<{URL}>", "a URL"),
        (f"![a]({URL}.png) and <img src='//me:{SECRET}@e.org/x.png'>", "2 URLs"),
        (f"<a href='https:\\\\me:{SECRET}@e.org/'>a</a>", "a URL"),
        (f"The whole is {URL}, as text.", "a URL"),
        (f"<video poster='{URL}.png' src='{URL}.mp4'></video>", "2 URLs"),
    ],
)
def test_a_password_in_a_text_is_cut_and_counted(site: SiteOnDisk, text: str, count: str) -> None:
    site.article("a.md", body=text)
    report = site.build()
    (problem,) = [one for one in report.problems if one.code == "url-user-info"]
    assert problem.what.startswith(f"{count} in the text hold")
    assert leaks(site) == []


def test_a_password_in_code_is_an_example_and_stays(site: SiteOnDisk) -> None:
    site.article("a.md", body=f"`git clone {URL}`")
    assert not site.build().problems
    assert leaks(site)


@pytest.mark.parametrize(
    "setting",
    [
        f'url = "{URL}"',
        f'feeds_url = "{URL}"',
        f'hubs = ["{URL}"]',
        f'icon = "{URL}"',
        f'description = "{URL}"',
        f'[authors.jane]\nurl = "{URL}"',
        f'[[feed]]\nname = "x"\ndescription = "{URL}"',
    ],
)
def test_a_password_in_the_configuration_is_refused_and_not_repeated(tmp_path: Path, setting: str) -> None:
    from feedwright.config import load_config

    first = "" if setting.startswith("url") else 'url = "https://example.org/"\n'
    (tmp_path / "site.toml").write_text(f'title = "T"\n{first}{setting}\n')
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert "user and password" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_command_may_hold_a_password_as_nobody_reads_it(tmp_path: Path) -> None:
    from feedwright.config import load_config

    command = f'[[after_publish]]\ncommand = ["curl", "{URL}"]\n'
    (tmp_path / "site.toml").write_text(f'title = "T"\nurl = "https://example.org/"\n{command}')
    assert load_config(tmp_path).after_publish[0].command == ("curl", URL)


def test_init_refuses_a_password_and_does_not_repeat_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "feedwright", "init", str(tmp_path / "site"), "--title", "T", "--url", URL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert SECRET not in done.stdout + done.stderr
