"""The files that pages have people write for hosts and servers are ones that these take."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import Block, blocks, pages
from tests.snippets.servers import NGINX_CONF

ALL = [(page, block) for page in pages() for block in blocks(page)]
PLACES = [pytest.param(block, id=f"{page.stem}-{block.line}") for page, block in ALL]


def of(*languages: str) -> list[object]:
    return [param for param in PLACES if param.values[0].language in languages]  # type: ignore[union-attr]


@pytest.mark.parametrize("block", of("nginx"))
def test_nginx_takes_its_settings(block: Block, tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if not program:
        pytest.skip("needs nginx")
    settings = block.text.replace("include /etc/nginx/feedwright.conf;", "").replace(
        "listen 80;", "listen 127.0.0.1:0;"
    )
    inner = settings if block.text.startswith("server {") else f"server {{ listen 127.0.0.1:1;\n{settings} }}"
    whole = NGINX_CONF.partition("    server {{")[0].format(work=tmp_path)
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"{whole}{inner.replace('127.0.0.1:0', '127.0.0.1:1')}\n}}\n")
    command = [program, "-t", "-e", str(tmp_path / "error.log"), "-c", str(conf)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", of("toml"))
def test_toml_is_toml(block: Block) -> None:
    assert tomllib.loads(block.text)


@pytest.mark.parametrize("block", of("yaml", "yml"))
def test_yaml_is_yaml(block: Block) -> None:
    parts = [part for part in block.text.split("---\n") if part.strip()]
    assert all(yaml.safe_load(part) for part in parts)


@pytest.mark.parametrize("block", of("sh"))
def test_a_shell_takes_the_commands(block: Block) -> None:
    done = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("block", [param for param in of("yaml") if ".github/workflows" in param.values[0].file])  # type: ignore
def test_a_workflow_is_one_that_github_takes(block: Block, tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    (tmp_path / "workflow.yml").write_text(block.text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, str(tmp_path / "workflow.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_netlify_builds_a_folder_with_a_command() -> None:
    found = [tomllib.loads(block.text) for _, block in ALL if block.file == "netlify.toml"]
    assert len(found) == 2
    for settings in found:
        assert set(settings) <= {"build", "redirects", "headers"}
        assert set(settings["build"]) == {"command", "publish", "environment"}
