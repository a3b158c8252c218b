"""A small site that is built through the command, disturbed or not, beside a twin that nothing ever disturbs."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

from feedwright import check
from feedwright.pipeline import Options
from feedwright.pipeline import build as build_here

COMMAND = Path(__file__).with_name("command.py")
NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
"""Later than any file is written, so that none counts as just changed."""

TAGS = ("spring", "neap", "storm", "moon", "harbour")
CATEGORIES = ("Science", "Sea", "News")
AUTHORS = ("Ada", "Ben", "Cleo")
SITE = """title = "{title}"
url = "https://tides.example/"
{more}
[related]
auto = 2
"""
FOREIGN = {".notes.new": b"mine", ".other.xml.new": b"", ".rss.xml.swp": b"\0swap", "tag/.keep": b"", "page.html": b"x"}
"""Files of others in the output folder."""

PAGES = {"index.html": (b"<!DOCTYPE html>", b"</html>\n"), "feeds.css": (b"/*", b"}\n")}
"""Documents that are no feeds: how they begin and end."""

STAYS = frozenset((".feeds.lock",))
"""What a build leaves in the output folder and is no document."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended.

    Args:
        code: as the shell has it: 128 and the signal's number where one ended it.
    """

    code: int
    out: str
    err: str

    def in_words(self) -> None:
        """Demand that nothing fell through."""
        assert "Traceback" not in self.err, self.err


@dataclass
class Newsroom:
    """A content folder, what is built from it, and the twin's.

    Args:
        root: holds `content` and `out`, and `twin/content` and `twin/out`.
        now: what the clock says; None where it is to go.
        steps: the changes made so far.
        place: name of the content folder.
        kinds: of changes, which take turns.
        apart: whether configuration and state are outside the content folder.
        more: lines of the configuration.
    """

    root: Path
    now: datetime | None = NOW
    steps: int = 0
    title: str = "Tides"
    place: str = "content"
    apart: bool = False
    more: str = ""
    kinds: tuple[str, ...] = ("edit", "new", "edit", "delete", "move", "config", "terms")
    articles: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        return self.root / self.place

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def state(self) -> Path:
        return self.root / "state" if self.apart else self.content / ".feeds"

    @property
    def settings(self) -> Path:
        return self.root / "site.toml" if self.apart else self.content / "site.toml"

    @property
    def twin(self) -> Path:
        return self.root / "twin"

    # --- the site ---

    def found(self, count: int) -> Newsroom:
        """Begin with some articles, built once, with other people's files in the output folder."""
        self.configure()
        for number in range(count):
            self.write(*article(number, Random(number)))
        self.build_twin()
        self.run().in_words()
        for name, held in FOREIGN.items():
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            (self.out / name).write_bytes(held)
        return self

    def configure(self) -> None:
        self.write("site.toml", SITE.format(title=self.title, more=self.more))
        if self.apart:
            self.settings.write_text(SITE.format(title=self.title, more=self.more))
            (self.content / "site.toml").unlink()

    def write(self, name: str, text: str) -> None:
        """Write a file, here and in the twin."""
        for root in (self.root, self.twin):
            path = root / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if name != "site.toml":
            self.articles[name] = text

    def remove(self, name: str) -> None:
        for root in (self.root, self.twin):
            (root / "content" / name).unlink()
        del self.articles[name]

    def change(self) -> str:
        """Make the next change; what it was, in words."""
        self.steps += 1
        random = Random(self.steps)
        names = sorted(self.articles)
        kind = self.kinds[self.steps % len(self.kinds)]
        name = random.choice(names)
        if kind == "edit":
            self.write(name, self.articles[name] + f"\nMore at {self.steps}.\n")
        elif kind == "new":
            name, text = article(1000 + self.steps, random)
            self.write(name, text)
        elif kind == "delete":
            self.remove(name)
        elif kind == "move":
            text = self.articles[name]
            self.remove(name)
            name = f"moved/{self.steps}.md"
            self.write(name, text)
        elif kind == "terms":
            self.write(name, self.articles[name].replace("tags: [", f"tags: [new{self.steps % 3}, "))
        else:
            name = "site.toml"
            self.title = f"Tides {self.steps}"
            self.configure()
        return f"change {self.steps}: {kind} {name}"

    def published(self) -> list[str]:
        """The paths of all documents that there are or will be, below the output folder."""
        return sorted({*documents(self.out), *documents(self.twin / "out")})

    def disk(self) -> list[Path]:
        """Every path that a build may write to."""
        names = ("catalog.db", "catalog.db-journal", "ledger.db", "ledger.db-journal", "lock")
        published = [self.out / path for path in self.published()]
        staged = [path.with_name(f".{path.name}.new") for path in published]
        folders = {path.parent for path in published}
        return [
            *(self.state / name for name in names),
            self.out / ".feeds.lock",
            *published,
            *staged,
            *folders,
            *self.kept(),
        ]

    def kept(self) -> list[Path]:
        """Every path below the state folder that copies of archive documents may be written to."""
        twin = self.twin / "content" / ".feeds"
        found = {self.state / path.relative_to(twin) for path in twin.glob("archive/**/*")}
        found.update(self.state.glob("archive/**/*"))
        return sorted({*found, *(path.with_name(f".{path.name}.new") for path in found)})

    # --- building ---

    def argv(self, *flags: str) -> list[str]:
        """The command line of a build; the clock stands still."""
        return [
            *(sys.executable, str(COMMAND), "build", str(self.content), "--out", str(self.out)),
            *(("--now", self.now.isoformat()) if self.now else ()),
            *(("--config", str(self.settings), "--state", str(self.state)) if self.apart else ()),
            *flags,
        ]

    def run(self, *flags: str, prefix: Sequence[str] = (), timeout: float = 60, **options: object) -> Outcome:
        """Build through the command, to its end."""
        return ended([*prefix, *self.argv(*flags)], timeout, **options)

    def build_twin(self, **options: bool) -> None:
        build_here(self.twin / "content", self.twin / "out", now=self.now, options=Options(**options))

    # --- what came of it ---

    def old_and_new(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """What undisturbed builds give before and after the last change."""
        before = documents(self.twin / "out")
        self.build_twin()
        return before, documents(self.twin / "out")

    def assert_whole(self, old: dict[str, bytes], new: dict[str, bytes], injected: str) -> None:
        """Every file is old or new, valid and there, and those of others are as they were."""
        now = everything(self.out)
        for name, held in FOREIGN.items():
            assert now.pop(name, None) == held, f"{injected}: {name}, which is not ours, was touched"
        for path, held in now.items():
            if is_unfinished(path):
                continue
            assert path in old or path in new, f"{injected}: {path} is from nowhere"
            assert held in (old.get(path), new.get(path)), f"{injected}: {path} is neither old nor new"
            assert_valid(path, held, injected)
        missing = old.keys() - now.keys()
        assert not missing, f"{injected}: {sorted(missing)} are missing"

    def assert_right(self, new: dict[str, bytes], injected: str) -> None:
        """All is as an undisturbed build leaves it: feeds, ids, and no left-overs."""
        now = everything(self.out)
        for name, held in FOREIGN.items():
            assert now.pop(name, None) == held, f"{injected}: {name}, which is not ours, was touched by the next run"
        differing = [path for path in now.keys() | new.keys() if now.get(path) != new.get(path)]
        assert not differing, f"{injected}: after the next run {sorted(differing)} are not as undisturbed"
        mine, twins = ledger(self.state), ledger(self.twin / "content" / ".feeds")
        assert mine == twins, f"{injected}: the next run remembers other than undisturbed: {unlike(mine, twins)}"
        twin = self.twin / "content" / ".feeds"
        left = {path.name for path in self.state.iterdir()} - {"catalog.db", "ledger.db", "lock", "archive"}
        assert not left, f"{injected}: {left} are left in the state folder"
        kept, twins_kept = everything(self.state / "archive"), everything(twin / "archive")
        assert kept == twins_kept, (
            f"{injected}: archives are not kept as undisturbed: {kept.keys() ^ twins_kept.keys()}"
        )

    def assert_right_after(self, outcome: Outcome, injected: str) -> None:
        """A build ended well, and as the twin's did."""
        assert outcome.code == 0, f"{injected}: {outcome}"
        self.assert_right(documents(self.twin / "out"), injected)

    def assert_heals(self, new: dict[str, bytes], injected: str) -> None:
        """The next run ends where an undisturbed one does."""
        outcome = self.run()
        assert outcome.code == 0, f"{injected}: the next run ended with {outcome.code}: {outcome.err}"
        self.assert_right(new, injected)


def article(number: int, random: Random) -> tuple[str, str]:
    """Name and text of an article that nothing but its number decides."""
    tags = ", ".join(random.sample(TAGS, 2))
    head = f"title: Tide {number}\ndate: 2024-{number % 12 + 1:02}-{number % 28 + 1:02} 08:{number % 60:02}\n"
    more = f"tags: [{tags}]\ncategories: [{random.choice(CATEGORIES)}]\nauthors: [{random.choice(AUTHORS)}]\n"
    body = "\n\n".join(f"Water comes and goes, {random.random()} times." for _ in range(random.randrange(1, 20)))
    return f"{random.choice(('north', 'south'))}/{number}.md", f"---\n{head}{more}---\n{body}\n"


def ended(argv: Sequence[str], timeout: float = 60, **options: object) -> Outcome:
    """Run a program to its end."""
    done = subprocess.run(argv, capture_output=True, text=True, timeout=timeout, **options)  # type: ignore[call-overload]
    return Outcome(done.returncode if done.returncode >= 0 else 128 - done.returncode, done.stdout, done.stderr)


def everything(out: Path) -> dict[str, bytes]:
    """Every file of a folder, but for the lock."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name not in STAYS)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def documents(out: Path) -> dict[str, bytes]:
    """Every file of a folder that is neither hidden nor somebody else's."""
    return {path: held for path, held in everything(out).items() if path not in FOREIGN and not is_unfinished(path)}


def is_unfinished(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".")


_VALID: set[bytes] = set()


def assert_valid(path: str, held: bytes, injected: str) -> None:
    """Demand that a document has no error."""
    hash_ = sha256(held).digest()
    if path in PAGES:
        begins, ends = PAGES[path]
        assert held.startswith(begins) and held.endswith(ends), f"{injected}: {path} is not whole"
    elif hash_ not in _VALID:
        errors = [problem for problem in check(held) if problem.severity == "error"]
        assert not errors, f"{injected}: {path} is invalid: {errors}"
        _VALID.add(hash_)


def ledger(state: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a site remembers for ever."""
    with closing_db(state / "ledger.db") as db:
        tables = {
            name: db.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall()
            for name in ("article", "feed", "archive", "waiting")
        }
        tables["file"] = db.execute("SELECT path FROM file ORDER BY 1").fetchall()
        return tables


@contextmanager
def closing_db(file: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        yield db
    finally:
        db.close()


def unlike(mine: dict[str, list[tuple[object, ...]]], twins: dict[str, list[tuple[object, ...]]]) -> str:
    """In what two ledgers differ."""
    lines = [(name, "+", row) for name in mine for row in mine[name] if row not in twins[name]]
    lines += [(name, "-", row) for name in twins for row in twins[name] if row not in mine[name]]
    return "\n".join(map(str, lines))


def started(argv: Sequence[str]) -> subprocess.Popen[str]:
    """A build of its own process group that has said that it is ready."""
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def kill(process: subprocess.Popen[str], how: int = signal.SIGKILL, *, group: bool = True) -> Outcome:
    """Send a process that we started a signal, and wait for its end."""
    try:
        if group:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
    except ProcessLookupError:
        pass
    out, err = process.communicate(timeout=60)
    return Outcome(process.returncode if process.returncode >= 0 else 128 - process.returncode, out, err)


def has(program: str) -> bool:
    return shutil.which(program) is not None
