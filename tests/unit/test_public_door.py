"""What a program imports: `feedwright` itself, its names, its types, and what it says to arguments that are none."""

from __future__ import annotations

import array
import ast
import inspect
import mmap
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import feedwright
from feedwright.testing import assert_valid_feed
from tests.conftest import NOW, SiteOnDisk

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "python.md"
MISSPELT = "from feedwright import biuld\nfrom feedwright.checks import CODSE\n"
RIGHT = """
from pathlib import Path

import feedwright
from feedwright import FeedsError, Options, Problem, Report, Severity, build, check
from feedwright.checks import CODES, PROFILES


def run(min_severity: Severity) -> Report:
    problems: list[Problem] = check(memoryview(b""), min_severity=min_severity, ignore=sorted({*CODES, *PROFILES}))
    try:
        return build("content", Path("out"), options=Options(dry_run=bool(problems)))
    except FeedsError:
        return feedwright.build(Path("content"), "out", file=None, state="state", progress=lambda step, done: None)
"""


def names_in_signatures() -> set[str]:
    """The names of types that the signatures of what is exported name, but for Python's own."""
    tree = ast.parse(Path(feedwright.__file__).read_text())
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name in feedwright.__all__]
    notes = [one.annotation for function in functions for one in (*function.args.args, *function.args.kwonlyargs)]
    found = [node.id for note in notes if note for node in ast.walk(note) if isinstance(node, ast.Name)]
    found += [n.id for one in functions if one.returns for n in ast.walk(one.returns) if isinstance(n, ast.Name)]
    own = {
        "str",
        "int",
        "bytes",
        "bytearray",
        "memoryview",
        "list",
        "os",
        "datetime",
        "Callable",
        "Collection",
        "Executor",
    }
    return set(found) - own


def test_every_type_that_a_signature_names_is_exported_and_nothing_without_a_use() -> None:
    used = names_in_signatures()
    assert used
    assert set(feedwright.__all__) == {*used, "FeedsError", "build", "check"}


def test_what_is_exported_stands_in_the_reference_with_every_argument() -> None:
    section = PAGE.read_text()
    listed = re.findall(r"^\| `(\w+)", section, re.MULTILINE)
    assert sorted(listed) == sorted(feedwright.__all__)
    for name in ("build", "check"):
        arguments = list(inspect.signature(getattr(feedwright, name)).parameters)
        said = re.findall(r"\w+", section.partition(f"| `{name}(")[2].partition(")")[0])
        assert said == arguments
    options = section.partition("| `Options(")[2].partition("\n")[0]
    assert [name for name in inspect.signature(feedwright.Options).parameters if f"`{name}`" not in options] == []


def test_the_inner_functions_take_what_the_public_ones_take() -> None:
    from feedwright import checks, pipeline

    for public, inner in ((feedwright.build, pipeline.build), (feedwright.check, checks.check)):
        assert list(inspect.signature(public).parameters) == list(inspect.signature(inner).parameters)


def test_the_example_of_the_reference_runs(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    site.article("a.md").build()
    monkeypatch.chdir(site.root)
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert code
    exec(compile(code[1], PAGE.name, "exec"), {})


@pytest.mark.parametrize("spelt", ["str", "path", "other"])
def test_a_folder_is_named_by_text_or_by_anything_with_a_path(site: SiteOnDisk, spelt: str) -> None:
    class Way:
        def __init__(self, path: str) -> None:
            self.path = path

        def __fspath__(self) -> str:
            return self.path

    make: Callable[[str], Any] = {"str": str, "path": Path, "other": Way}[spelt]
    site.article("a.md")
    file, state = make(str(site.content / "site.toml")), make(str(site.root / "state"))
    report = feedwright.build(make(str(site.content)), make(str(site.out)), file=file, state=state, now=NOW)
    assert "rss.xml" in report.written
    assert (site.root / "state" / "ledger.db").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"content": 3}, "content is int 3: give a path"),
        ({"content": b"content"}, "content is bytes b'content': give a path"),
        ({"content": None}, "content is NoneType None: give a path"),
        ({"out": ["out"]}, "out is list ['out']: give a path"),
        ({"out": ""}, "out is str '', which no file or folder is called: give a path"),
        ({"file": 1.5}, "file is float 1.5: give a path"),
        ({"state": "a\0b"}, "state is str 'a\\x00b', which no file or folder is called: give a path"),
        ({"now": "today"}, "now is str 'today': give a datetime"),
        ({"now": datetime(2024, 1, 1)}, "which has no time zone: give one"),  # noqa: DTZ001
        ({"options": {"full": True}}, "options is dict {'full': True}: give feedwright.Options(...)"),
        ({"progress": 1}, "progress is int 1: give a function"),
    ],
)
def test_build_says_what_was_given_and_what_would_be_right(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=re.escape(said)) as caught:
        feedwright.build(**{"content": "content", "out": "out", **arguments})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"data": "<rss/>"}, "data is str '<rss/>': give the document's bytes"),
        ({"data": None}, "data is NoneType None: give the document's bytes"),
        ({"data": 5}, "data is int 5: give the document's bytes"),
        ({"data": "<rss/>" * 100}, "data is of type str: give the document's bytes"),
        ({"ignore": "rss-self-missing"}, "ignore is str 'rss-self-missing': give a list of codes"),
        ({"ignore": 5}, "ignore is int 5: give a list of codes"),
        ({"min_severity": "fatal"}, 'min_severity is str \'fatal\': give "error", "warning" or "info"'),
        ({"min_severity": []}, "min_severity is list []: give"),
        ({"media_type": b"text/xml"}, "media_type is bytes b'text/xml': give text"),
        ({"profile": 1}, "profile is int 1: give text"),
        ({"profile": "aple"}, "aple"),
        ({"address": 1}, "address is int 1: give text"),
        ({"file": 1}, "file is int 1: give a path"),
        ({"now": 1}, "now is int 1: give a datetime"),
    ],
)
def test_check_says_what_was_given_and_what_would_be_right(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=re.escape(said)):
        feedwright.check(**{"data": b"", **arguments})


def test_any_buffer_is_a_document(site: SiteOnDisk, tmp_path: Path) -> None:
    site.article("a.md").build()
    file = site.out / "rss.xml"
    document = file.read_bytes()
    expected = feedwright.check(document.replace(b"<guid", b"<gu"))
    assert expected
    broken = document.replace(b"<guid", b"<gu")
    some: list[Any] = [bytearray(broken), memoryview(broken), array.array("B", broken)]
    assert [feedwright.check(one) for one in some] == [expected] * 3
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert feedwright.check(mapped) == []  # type: ignore[arg-type]
    assert_valid_feed(bytearray(document))
    with pytest.raises(TypeError, match="give the document's bytes"):
        assert_valid_feed(document.decode())  # type: ignore[arg-type]


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'feedwright' has no attribute 'biuld'"):
        feedwright.biuld  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError):
        from feedwright import Article  # type: ignore[attr-defined]  # noqa: F401


def test_importing_loads_nothing_that_builds_or_checks() -> None:
    code = "import sys, feedwright; print(sorted(name for name in sys.modules if name.startswith('feedwright.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['feedwright.errors', 'feedwright.visible']"


def test_mypy_tells_of_a_misspelt_import_and_of_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="needs mypy: pip install -e '.[dev]'")
    wrong, right = tmp_path / "wrong.py", tmp_path / "right.py"
    wrong.write_text(MISSPELT)
    right.write_text(RIGHT)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--cache-dir", str(tmp_path / "cache"), str(wrong), str(right)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert re.findall(r'(\w+\.py:\d+): error: Module "(\S+)" has no attribute "(\w+)"', done.stdout) == [
        ("wrong.py:1", "feedwright", "biuld"),
        ("wrong.py:2", "feedwright.checks", "CODSE"),
    ]
    assert "Found 2 errors in 1 file" in done.stdout


@pytest.mark.node
def test_pyright_tells_of_a_misspelt_import_and_of_nothing_else(tmp_path: Path) -> None:
    pyright = Path(os.environ.get("FEEDS_NODE_MODULES", ROOT / "node_modules")) / ".bin" / "pyright"
    if not (shutil.which("node") and pyright.exists()):
        pytest.skip("needs Node.js, and pyright from npm in FEEDS_NODE_MODULES")
    (tmp_path / "wrong.py").write_text(MISSPELT)
    (tmp_path / "right.py").write_text(RIGHT)
    command = [str(pyright), "--pythonpath", sys.executable, "wrong.py", "right.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert re.findall(r'(\w+\.py):\d+:\d+ - error: "(\w+)" is unknown import symbol', done.stdout) == [
        ("wrong.py", "biuld"),
        ("wrong.py", "CODSE"),
    ]
    assert "2 errors" in done.stdout


def test_the_same_folder_spelt_otherwise_is_no_change(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    site.article("posts/a.md").article("b.md", updated="2023-01-01")
    (site.root / "link").symlink_to("content")
    monkeypatch.chdir(site.root)
    first = feedwright.build("content", "out")
    assert first.new_problems
    time.sleep(3)  # what was written just now is read again, as it may have changed once more
    feedwright.build("content", "out")

    def read(*_: object) -> None:
        raise AssertionError("something is read or decided")

    monkeypatch.setattr("feedwright.read.refresh._decide", read)
    for spelt in ("./content", "content/", str(site.content), "content/../content", "link", "link/../content"):
        report = feedwright.build(spelt, f"{site.root}/./out")
        assert (report.changed, report.written, report.new_problems) == (0, (), ()), spelt
    monkeypatch.chdir(site.content)
    report = feedwright.build(".", "../out", state=site.content / ".feeds", file="site.toml")
    assert (report.changed, report.written) == (0, ())


def test_an_address_goes_by_the_folder_and_not_by_the_way_to_it(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site.root / "content" / "_essays"
    folder.mkdir()
    (folder / "site.toml").write_text((site.content / "site.toml").read_text())
    (folder / "a.md").write_text("---\ntitle: A\ndate: 2024-01-01\npermalink: /:collection/:title/\n---\nText.\n")
    monkeypatch.chdir(folder)
    feedwright.build(".", "../../one")
    monkeypatch.chdir(site.root)
    feedwright.build("content/_essays", "other", state="state")
    assert (site.root / "one/feed.json").read_bytes() == (site.root / "other/feed.json").read_bytes()
    assert b"/essays/a/" in (site.root / "one/feed.json").read_bytes()
