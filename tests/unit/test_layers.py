"""The interface and the layers themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import feedwright
from tests.conftest import SiteOnDisk

ROOT = Path(feedwright.__file__).parent
LAYERS = [
    {"model", "errors", "versions", "slips", "characters", "compress", "undisturbed"},
    {
        "html",
        "urls",
        "config",
        "sources",
        "related",
        "select",
        "filenames",
        "markup",
        "plain",
        "database",
        "lock",
        "processes",
    }
    | {"catalog", "ledger", "names", "moves", "reading", "changes", "refreshed", "deciding", "halfsaved", "refresh"}
    | {"placing", "uniqueness"},
    {"formats", "checks", "page"},
    {"extras"},
    {"publish", "render", "texts", "plan", "output", "differences", "report", "guards", "ids", "agreement"}
    | {"companions", "announce", "archives", "retractions", "views", "sizes", "staging"},
    {"pipeline"},
    {"opened", "survey"},
    {"autodiscovery", "init", "engines", "lint", "testing", "renaming", "status", "schedule", "prune", "watch"}
    | {"delivery", "preview", "snippets", "retract", "history", "followed", "remembering"},
    {"serve"},
    {"cli", "__main__", "__init__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def imported(tree: ast.Module) -> set[str]:
    """The parts of feeds that a module imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "feeds":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("feeds."):
            names.add(node.module.split(".")[1])
    return names & set(RANK)


def test_a_module_imports_only_from_its_own_layer_and_below() -> None:
    modules = sorted(path for path in ROOT.rglob("*.py") if path.name not in ("cli.py", "__init__.py", "__main__.py"))
    assert len(modules) > 20
    for path in modules:
        mine = path.relative_to(ROOT).parts[0].removesuffix(".py")
        assert mine in RANK, f"{mine} has no layer"
        above = {name for name in imported(ast.parse(path.read_text())) if RANK[name] > RANK[mine]}
        assert not above, f"{path.name} imports {above}"


def test_a_build_with_nothing_to_do_loads_nothing_that_reads_or_renders_articles(site: SiteOnDisk) -> None:
    site.article("a.md")
    time.sleep(3)  # what was written just now is read again, as it may have changed once more
    heavy = {"concurrent.futures", "dateutil", "difflib", "feedgen", "feedwright.render.body", "feedwright.read.decide", "feedwright.checks.lint"}
    heavy |= {"httpx", "importlib.metadata", "lxml", "multiprocessing", "nh3", "pyromark", "shutil", "subprocess"}
    heavy |= {"tqdm", "yaml", "zoneinfo"}
    code = f"import sys; from feedwright.cli import main; main(sys.argv[1:]); print(sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", code, "build", str(site.content), "--out", str(site.out), "--quiet"]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_exported_is_there() -> None:
    assert sorted(feedwright.__all__) == feedwright.__all__
    assert all(getattr(feedwright, name) for name in feedwright.__all__)


def test_importing_feeds_is_light() -> None:
    heavy = {"lxml", "feedgen", "dateutil", "sqlite3"}
    code = f"import sys, feedwright, feedwright.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_formats_of_the_configuration_are_those_that_are_registered() -> None:
    from feedwright import formats
    from feedwright.config.validators import FORMATS

    assert tuple(sorted(FORMATS)) == tuple(sorted(formats.NAMES))
