"""Whatever strangers call their files, ids and answers: what is printed steers no terminal and forges no line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from feedwright.cli import main
from tests.announce.hub import Hub, serving
from tests.conftest import SiteOnDisk

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
EVIL = "\x1b]0;x\x07\r\x9b31m\x7f\u202egnp\u2066\u2028"
FORGED = "\nerror: forged.md: all is lost [forged]"


@pytest.fixture
def here(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> SiteOnDisk:
    """A site with names that mean harm, and its folder as the working directory."""
    monkeypatch.chdir(site.root)
    site.article(f"{EVIL}{FORGED}.md", "a", title=json.dumps(f"Tides {EVIL}{FORGED}"))
    site.article(f"late{EVIL}.md", "b", date="2999-01-01")
    site.write(f"broken{EVIL}{FORGED}.md", f'---\ntitle: "{EVIL}\n---\nx')
    site.write(f"dated{EVIL}.md", f"---\ntitle: a\ndate: '{EVIL}'\n---\nx".encode("utf-8", "surrogatepass"))
    Path(os.fsdecode(os.fsencode(site.content) + b"/\xff\x1b.md")).write_text("---\ntitle: b\n---\n")
    return site


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints, all of it, where that is safe."""
    try:
        main(list(arguments))
    except SystemExit as ended:
        assert ended.code == 64
    printed = capsys.readouterr()
    text = printed.out + printed.err
    assert not STEERING.search(text), ascii(text)
    assert not re.search(r"(?m)^error: forged", text), text
    return text


def test_no_command_prints_what_steers_or_forges(here: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    name = f"{EVIL}{FORGED}.md"
    assert "\\u001b]0;x\\u0007\\u000d\\u009b31m\\u007f\\u202egnp" in said(capsys, "build", "--why")
    for arguments in (
        ["build", "--quiet"],
        ["build", "--dry-run", "--full", "--why"],
        ["build", "--full", "--strict", "--format", "json"],
        ["list"],
        ["list", EVIL],
        ["explain", name],
        ["explain", name, "--format", "json"],
        ["explain", EVIL],
        ["ids"],
        ["ids", "--format", "json"],
        ["ids", "--set", name, f"urn:x:{EVIL}"],
        ["ids", "--adopt", EVIL],
        ["ids", "--import", EVIL],
        ["status"],
        ["status", "--format", "json"],
        ["retract", EVIL],
        ["history", EVIL],
        ["preview", EVIL],
        ["check", EVIL],
        ["check", "--explain", EVIL],
        ["serve", EVIL],
        ["snippets", "nginx", "--out", EVIL],
        ["snippets", "nginx"],
        ["snippets", "html"],
        ["schedule"],
        ["schedule", "--out", EVIL],
        ["schedule", "--out", "a\u202eb"],
        ["import", "page", f"content/{name}"],
        ["import", "page", EVIL],
        ["init", "--from", EVIL],
        ["announce", EVIL],
        ["prune", "--dry-run"],
        ["--wrong", EVIL],
        [EVIL],
        ["build", "content", EVIL],
        ["status", "--max-age", EVIL],
    ):
        assert said(capsys, *arguments) or "--quiet" in arguments, arguments
    json.loads(said(capsys, "build", "--format", "json").splitlines()[-1])


def test_a_forged_name_is_one_line_of_a_log(here: SiteOnDisk) -> None:
    command = [sys.executable, "-m", "feedwright", "build"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
    lines = (done.stdout + done.stderr).decode("ascii").splitlines()
    assert not [line for line in lines if line.startswith("error: forged")]
    assert any("\\udcff\\u001b.md" in line for line in lines)


def test_a_folder_whose_name_has_a_line_break_forges_nothing(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article(f"a{FORGED}/b{EVIL}.md", date="nonsense")
    text = said(capsys, "build", str(site.content), "--out", str(site.root / f"out{EVIL}"))
    assert f"a{FORGED}".replace("\n", "\\u000a") in text


def test_a_hub_steers_no_terminal(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Hub()) as hub:
        hub.status, hub.phrase = 403, "No \x1b[2J\x9b31m\x7f"
        site.configure(f'hubs = ["{hub.url}"]\n').article("a.md")
        place = [str(site.content), "--out", str(site.out)]
        assert "answers 403 No \\u001b[2J" in said(capsys, "build", *place)
        said(capsys, "status", str(site.content))
        said(capsys, "announce", str(site.content))


def test_what_a_command_says_steers_no_terminal(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    printed = 'printf "\\033[2J\\n\\302\\233x\\177\\n"; exit 1'
    site.configure(f"[[after_publish]]\ncommand = ['sh', '-c', '{printed}']\n").article("a.md")
    assert "It said: \\u009bx\\u007f" in said(capsys, "build", str(site.content), "--out", str(site.out))


def test_ids_and_addresses_of_foreign_feeds_steer_no_terminal(
    site: SiteOnDisk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [{"id": f"{number}{EVIL}{FORGED}\ud800", "url": EVIL, "title": EVIL, "content_text": ""} for number in "11"]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": EVIL, "home_page_url": EVIL, "items": items}
    (tmp_path / "feed.json").write_text(json.dumps({**feed, "next_url": f"https://a.example/{EVIL}{FORGED}"}))
    monkeypatch.chdir(tmp_path)
    site.article("a.md").build()
    for arguments in (["history"], ["ids", "--adopt"], ["check"], ["check", "--format", "json"]):
        assert said(capsys, *arguments, "feed.json")
    said(capsys, "history", "feed.json", "--format", "json")


def test_a_table_of_ids_steers_no_terminal(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    site.article("a.md")
    head = "id\tkey\tpublished\ttitle\thash\tdated\tguid"
    row = f"{EVIL}\ta.md\t2024-01-01T00:00:00Z\tx\t\t\t"
    table = site.root / "table.tsv"
    table.write_text(f"{head}\n{row}\n{EVIL}\n")
    assert "is not an id" in said(capsys, "ids", str(site.content), "--import", str(table))


def test_links_for_pages_spell_what_hides(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    site.configure(site='title = "Tides\\u202E\\u200F"\nurl = "https://tides.example/"\n').article("a.md").build()
    assert 'title="Tides&#x202E;&#x200F;' in said(capsys, "snippets", "html", str(site.content))


@pytest.mark.parametrize("name", ["nginx", "caddy", "apache"])
def test_what_a_server_would_be_told_wrongly_is_refused(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    site.configure('[kinds.site]\npath = { rss = "a\\u200Eb.xml" }\n')
    assert main(["snippets", name, str(site.content)]) == 2
    assert "\u200e" not in "".join(capsys.readouterr())
