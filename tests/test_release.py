"""What is released: the package's metadata, and the files that other tools read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from feedwright.cli import main
from tests.snippets.servers import NGINX_CONF

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SCHEMAS = {
    "vendor.github-workflows": sorted(ROOT.glob(".github/workflows/*.yml")),
    "vendor.github-actions": [ROOT / "action.yml"],
    "vendor.github-issue-forms": [
        file for file in sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml")) if file.stem != "config"
    ],
    "vendor.github-issue-config": [ROOT / ".github/ISSUE_TEMPLATE/config.yml"],
    "vendor.compose-spec": [ROOT / "compose.yaml"],
}
"""The schemas that check-jsonschema has with it -> the files that follow them."""


def tool(name: str) -> str:
    """A program of the extra `dev`."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    return found or pytest.skip(f"needs {name}, which the extra dev brings")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_for_other_tools_follow_their_schemas(schema: str) -> None:
    files = SCHEMAS[schema]
    assert files and all(file.is_file() for file in files)
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_nginx_takes_what_the_compose_file_gives_it(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin") or pytest.skip("needs nginx")
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    server = compose["configs"]["nginx"]["content"].replace("$$", "$").replace("listen 80;", "listen 127.0.0.1:1;")
    conf = tmp_path / "nginx.conf"
    conf.write_text(NGINX_CONF.partition("    server {{")[0].format(work=tmp_path) + server + "}\n")
    command = [nginx, "-t", "-e", str(tmp_path / "error.log"), "-c", str(conf)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    done = subprocess.run([tool("hadolint"), str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_holds_what_the_wheel_is_made_from() -> None:
    copied = {
        source
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == let_in
    asked = {PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml"}
    assert asked <= copied


def instructions(name: str) -> list[str]:
    """What follows an instruction of the Dockerfile, in both of its stages."""
    whole = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    return re.findall(rf"(?m)^{name} (.+)$", whole)


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_give_a_command_that_builds_and_knows_that_it_is_well(tmp_path: Path) -> None:
    """As a builder does them, but on this system, and in a virtual environment. They need the network."""
    source, site, image = tmp_path / "source", tmp_path / "site", tmp_path / "image"
    for words in (line.split() for line in instructions("COPY") if not line.startswith("--from")):
        for one in words[:-1]:
            (source / one).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / one).is_dir() else shutil.copy)(ROOT / one, source / one)
    subprocess.run([sys.executable, "-m", "venv", image], check=True)
    environment = {**os.environ, "PATH": f"{image / 'bin'}:{os.environ['PATH']}"}

    def run(command: str | list[str], where: Path) -> None:
        words = command if isinstance(command, list) else ["sh", "-euc", command]
        done = subprocess.run(words, cwd=where, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    for step in (step.strip() for line in instructions("RUN") for step in line.split("&&")):
        of_the_system = ("apt-get ", "rm -r /wheel", "rm -rf /var/", "useradd ", "git config --system ")
        assert step.startswith(("pip ", *of_the_system))
        if step.startswith("pip "):
            run(step.replace("/wheel", str(tmp_path / "wheel")), source)
    shutil.copytree(ROOT / "content", site / "content", ignore=shutil.ignore_patterns(".feeds"))
    entry, command = json.loads(*instructions("ENTRYPOINT")), json.loads(*instructions("CMD"))
    run([shutil.which(entry[0], path=str(image / "bin")) or "", *entry[1:], *command], site)
    assert (site / "out/rss.xml").stat().st_size
    run(json.loads(*instructions("HEALTHCHECK")[0].split(" CMD ")[1:]), site)


def test_the_version_stands_in_one_place_and_is_the_one_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert PROJECT["version"] in capsys.readouterr().out
    stated = re.compile(rf"""(?:version|VERSION)\w* *[:=] *["']{re.escape(PROJECT["version"])}["']""")
    files = [*ROOT.glob("feeds/**/*.py"), *ROOT.glob("*.toml"), *ROOT.glob("*.y*ml"), ROOT / "Dockerfile"]
    assert [file.name for file in files if stated.search(file.read_text())] == ["pyproject.toml"]


def test_the_changelog_begins_with_the_version_that_comes_next_or_is() -> None:
    heads = re.findall(r"^## \[(.+?)\](?: - (.+))?$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heads
    for version, date in heads:
        assert version == "Unreleased" or re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)) is (version != "Unreleased")
    assert PROJECT["version"] in [version for version, _ in heads]


def test_no_address_of_ours_is_invented() -> None:
    """None is known before the first release: there is one place for them."""
    assert "urls" not in PROJECT
    assert "# [project.urls]" in (ROOT / "pyproject.toml").read_text()


def test_what_the_package_says_of_systems_and_versions_is_what_is_tested() -> None:
    told = {line.rpartition(" :: ")[2] for line in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", line)}
    workflow = (ROOT / ".github/workflows/ci.yml").read_text()
    tested = set(re.findall(r'"(3\.\d+)"', workflow))
    assert told == tested
    assert PROJECT["requires-python"] == f">={min(told, key=lambda one: int(one.partition('.')[2]))}"
