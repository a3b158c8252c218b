"""What is said where the folder, or the file, that somebody names is not what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from feedwright.pipeline import build
from tests.conftest import SITE, SiteOnDisk

COMMANDS = (
    *("build", "list", "explain a", "status", "schedule", "ids --export x.tsv", "prune --yes", "retract a"),
    *("announce", "snippets nginx", "history out/atom.xml", "serve --content"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """A built site, in whose root commands are run."""
    monkeypatch.chdir(tmp_path)
    site = SiteOnDisk(tmp_path).configure().article("posts/a.md")
    site.build()
    return site


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says that is not done."""
    assert main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert "Errno" not in printed.err
    assert "feeds init" not in printed.err
    return printed.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_that_a_folder_is_not_there_and_names_the_nearest(
    command: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(capsys, *command.split(), "contnet")
    assert "contnet: there is no such folder [content-missing]" in printed
    assert "Did you mean content?" in printed
    assert not (here.root / "contnet").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_that_a_file_is_no_folder_and_names_its_folder(
    command: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(capsys, *command.split(), "content/posts/a.md")
    assert "content/posts/a.md: is a file, not a folder" in printed
    assert "`feeds build content`" in printed


@pytest.mark.parametrize(
    ("named", "what", "meant"),
    [
        (
            "nosuch",
            "there is no such folder",
            "a site.toml in content: name that folder, as in `feeds build content`.",
        ),
        ("nosuch/deep", "there is no such folder", "as in `feeds build content`"),
        ("contnet/posts", "there is no such folder", "Did you mean content/posts?"),
        ("content/post", "there is no such folder", "Did you mean content/posts?"),
        ("content/posts/a.md/x", "there is no such folder", "content/posts/a.md is a file"),
        ("content/site.toml", "is a file, not a folder", "It is the configuration of content"),
        ("content/posts/a.md", "is a file, not a folder", "as in `feeds build content`"),
        ("content/posts", "there is no such file", "content has one: name that folder, as in `feeds build content`."),
        (".", "there is no such file", "There is one in content: name that folder, as in `feeds build content`."),
        ("link", "is a link that leads nowhere", "It leads to gone."),
        ("loop", "cannot be looked into (ELOOP)", "Name the folder"),
        ("/no/such/folder", "there is no such folder", "Name the folder of articles."),
        ("x" * 300, "cannot be looked into (ENAMETOOLONG)", "Name the folder"),
    ],
)
def test_what_is_there_and_what_was_meant_is_said(
    named: str, what: str, meant: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (here.root / "link").symlink_to("gone")
    (here.root / "loop").symlink_to("loop")
    printed = said(capsys, "build", named)
    assert what in printed
    assert meant in printed


def test_below_the_root_of_the_file_system_no_site_is_looked_for(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.content)  # a site below /proc, whatever else the machine runs
    assert Path("/proc/self/cwd/site.toml").is_file() or not Path("/proc").exists()
    for named in ("/no/such/folder", "//no-such-folder"):
        assert ".toml" not in said(capsys, "build", named)


@pytest.mark.parametrize("command", ["build", "status", "list"])
def test_in_the_content_folder_itself_the_way_to_name_it_is_said(
    command: str, here: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(here.content)
    printed = said(capsys, command)
    assert "content: there is no such folder" in printed
    assert "`feeds build .`" in printed


def test_without_any_site_a_new_one_is_advised_only_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "Begin a site with `feeds init content`" in capsys.readouterr().err
    (tmp_path / "texts").mkdir()
    assert "This folder holds texts." in said(capsys, "build", "nosuch")
    assert main(["build", "texts"]) == 2
    assert "`feeds init texts`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "named", "what"),
    [
        ("--config", "nosuch.toml", "nosuch.toml: there is no such file [config-missing]"),
        ("--config", "content/siet.toml", "Did you mean content/site.toml?"),
        (
            "--config",
            "content",
            "is a folder, not a file [config-unreadable]\n    Did you mean content/site.toml?",
        ),
        ("--config", "link", "link: is a link that leads nowhere"),
        ("--state", "content/site.toml", "content/site.toml: is a file, not a folder [state-no-folder]"),
        ("--state", "content/site.toml/x", "content/site.toml: is a file, not a folder [state-no-folder]"),
        ("--state", "link", "link: is a link that leads nowhere [state-no-folder]"),
        ("--out", "content/site.toml", "content/site.toml: is a file, not a folder [out-no-folder]"),
        ("--out", "content/site.toml/x", "content/site.toml: is a file, not a folder [out-no-folder]"),
        ("--out", "link", "link: is a link that leads nowhere [out-no-folder]"),
    ],
)
def test_what_options_name_is_looked_at_in_the_same_way(
    option: str, named: str, what: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (here.root / "link").symlink_to("gone")
    assert what in said(capsys, "build", option, named)


@pytest.mark.parametrize("command", [["serve", "uot"], ["preview", "--out", "uot"]])
def test_an_output_folder_that_is_not_there_is_said_to_be_so(
    command: list[str], here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(capsys, *command)
    assert "uot: there is no such folder" in printed
    assert "Did you mean out?" in printed


def test_a_configuration_that_is_a_folder_or_leads_nowhere_is_said_to_be_so(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here.content / "site.toml"
    file.unlink()
    file.mkdir()
    assert "content/site.toml: is a folder, not a file" in said(capsys, "build")
    file.rmdir()
    file.symlink_to("gone")
    assert "content/site.toml: is a link that leads nowhere" in said(capsys, "build")


def test_the_folder_is_looked_for_through_the_interface_of_python_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.toml").write_text(SITE)
    with pytest.raises(FeedsError) as caught:
        build(tmp_path / "contents", tmp_path / "out")
    assert caught.value.problems[0].code == "content-missing"
    assert f"Did you mean {tmp_path / 'content'}?" in caught.value.problems[0].hint


def test_the_default_folder_need_not_be_there_to_follow_a_feed(
    here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    here.content.rename(here.root / "texts")
    assert main(["history", "out/atom.xml"]) == 0


@pytest.mark.parametrize("command", ["build", "status", "explain a"])
def test_with_a_configuration_beside_it_a_folder_that_is_gone_is_no_other_site(
    command: str, here: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    (here.content / "site.toml").rename(here.root / "site.toml")
    here.content.rename(here.root / "texts")
    printed = said(capsys, *command.split(), "content", "--config", "site.toml")
    assert "content: there is no such folder [folder-unreadable]\n    Is it the right folder" in printed
    assert "Did you mean texts?" in said(capsys, *command.split(), "text", "--config", "site.toml")
    assert not (here.root / "content").exists()
    assert not (here.root / "text").exists()
