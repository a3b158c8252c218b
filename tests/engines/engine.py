"""Sites that engines build themselves, and what each engine says of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from tests.engines.articles import POSTS, Post

SITES = Path(__file__).with_name("sites")
NODE_MODULES = Path(os.environ.get("FEEDS_NODE_MODULES", Path(__file__).parents[2] / "node_modules"))


class Truth(NamedTuple):
    """What the engine says of an article.

    Args:
        address: its page's, as it is served, from the host on.
        title: plain text, or as the engine escapes it.
        body: HTML, before the engine's layout was put around it.
    """

    address: str
    title: str
    body: str


class Engine(NamedTuple):
    """An engine, and the site that it builds in tests.

    Args:
        name: of the folder below sites/, too.
        content: the folders of articles.
        place: an article -> its file below the site's folder, and what stands in it.
        command: what builds the site in its folder.
        bound: whether what it builds depends on where the site's folder stands.
        asked: what is run after it to ask the engine, where it does not tell by itself.
        needs: what has to be there, or "" where it is.
        body: the selector of the text, and `drop` those of what is no part of it.
        base: the folder of the host that the site is served from.
        posts: the articles.
        modules: whether npm's packages are looked for in the site's folder.
        deletes: whether the engine empties its folder before it writes.
    """

    name: str
    content: tuple[str, ...]
    place: Callable[[Post], tuple[str, str]]
    command: Callable[[Path], list[str]]
    needs: Callable[[], str]
    body: str
    drop: tuple[str, ...] = ()
    base: str = "/"
    posts: tuple[Post, ...] = POSTS
    modules: bool = False
    deletes: bool = True
    bound: bool = False
    asked: Callable[[Path], list[list[str]]] = lambda folder: []


class EngineSite(NamedTuple):
    """A site on disk.

    Args:
        folder: of its sources; the built site is public/ in it.
        truth: what the engine says, by the source's path below the folder; of drafts, too, where it publishes them.
    """

    engine: Engine
    folder: Path
    truth: dict[str, Truth]

    @property
    def shown(self) -> dict[str, Truth]:
        """Without drafts."""
        drafts = {self.engine.place(post)[0] for post in self.engine.posts if post.draft}
        return {key: truth for key, truth in sorted(self.truth.items()) if key not in drafts}

    @property
    def built(self) -> Path:
        """The folder that is deployed."""
        return self.folder / "public"

    def page_of(self, address: str) -> Path | None:
        """The file that answers an address, as a plain web server has it."""
        path = address.removeprefix(self.engine.base).lstrip("/")
        names = (
            [f"{path}index.html"] if not path or path.endswith("/") else [path, f"{path}.html", f"{path}/index.html"]
        )
        return next((self.built / name for name in names if (self.built / name).is_file()), None)

    def copied(self, to: Path) -> EngineSite:
        """The same site elsewhere, with the times of its files."""
        shutil.copytree(self.folder, to, symlinks=True)
        return self._replace(folder=to)

    def at_home(self) -> EngineSite:
        """As its engine builds it where it stands, which a copy may not be."""
        return self.rebuilt() if self.engine.bound else self

    def rebuilt(self) -> EngineSite:
        """The engine has run again."""
        return self._replace(truth=build(self.engine, self.folder))

    def building(self) -> subprocess.Popen[bytes]:
        """The engine at work: what it says is thrown away."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self.engine.command(self.folder), cwd=self.folder, env=_environment(), **quiet)


def build_site(engine: Engine, folder: Path) -> EngineSite:
    """Write an engine's site and have it built.

    Args:
        folder: is made.
    """
    shutil.copytree(SITES / engine.name, folder)
    for post in engine.posts:
        name, text = engine.place(post)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if engine.modules:
        (folder / "node_modules").symlink_to(NODE_MODULES)
    return EngineSite(engine, folder, build(engine, folder))


def build(engine: Engine, folder: Path) -> dict[str, Truth]:
    """Have the engine build, and ask it what it built."""
    truth = folder / "truth.json"
    environment = {**_environment(), "FEEDS_TRUTH": str(truth)}
    for command in [engine.command(folder), *engine.asked(folder)]:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    rows = json.loads(truth.read_text(encoding="utf-8"))
    return {row["key"]: Truth(row["address"], row["title"], row["body"]) for row in rows}


def _environment() -> dict[str, str]:
    """Engines read UTF-8, count nobody, and know nothing of other sites that have the same node_modules."""
    ours = {"LANG": "C.UTF-8", "ASTRO_TELEMETRY_DISABLED": "1", "DOCUSAURUS_NO_PERSISTENT_CACHE": "true"}
    return {**os.environ, **ours}


def program(name: str) -> str:
    """A program of the environment that tests run in, or of the system; "" where there is none."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name) or ""


def needs_program(name: str) -> Callable[[], str]:
    """An engine that is one program."""
    return lambda: "" if program(name) else f"needs {name}"


def needs_modules(*names: str) -> Callable[[], str]:
    """An engine that npm installed."""

    def needed() -> str:
        if not shutil.which("node"):
            return "needs Node.js"
        absent = [name for name in names if not (NODE_MODULES / name).is_dir()]
        return f"needs {', '.join(absent)} from npm in FEEDS_NODE_MODULES" if absent else ""

    return needed


def needs_distribution(name: str) -> str:
    """A package of PyPI that is no program."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return f"needs {name}"
    return ""
