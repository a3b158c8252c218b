"""A small site that changes: what is in it, and how Feedwright makes its feeds."""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedwright.pipeline import Options, build

NAMES = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")
"""Of the articles: the first five are there from the beginning, a day apart."""
_BEGINS = re.compile(rf"\b({'|'.join(name.capitalize() for name in NAMES)}) begins\b")


@dataclass(frozen=True)
class Post:
    """An article as its author has it; `file` and `slug` are without suffix."""

    name: str
    title: str
    file: str
    date: str
    body: str
    slug: str = ""
    category: str = "Sea"
    author: str = "jane"
    updated: str = ""
    summary: str = ""
    draft: bool = False


def body(name: str, words: int = 60, middle: str = "") -> str:
    """A text that nothing is related to, and by which its article is known wherever it turns up."""
    return (
        f"{name.capitalize()} begins. {middle}{' '.join(f'{name}{n}' for n in range(words))}. {name.capitalize()} ends."
    )


def name_in(text: str) -> str:
    """Which article's text this is, or its summary."""
    found = _BEGINS.search(" ".join(text.split()))
    assert found, text[:200]
    return found[1].lower()


def is_whole(text: str) -> bool:
    """Whether a text goes on to its end."""
    return f"{name_in(text).capitalize()} ends." in " ".join(text.split())


def post(name: str, date: str = "", words: int = 60) -> Post:
    """An article as it is first published."""
    day = f"2024-03-{NAMES.index(name) + 1:02}"
    return Post(name, f"On {name} tides", name, date or day, body(name, words))


@dataclass
class Newsroom(ABC):
    """A site on disk: `posts` are written anew for each build.

    Args:
        root: an empty folder, or none.
        host: that links and ids are made from.
        author: the display name of the one author.
    """

    root: Path
    host: str = "tides.example"
    author: str = "Jane Doe"
    posts: dict[str, Post] = field(default_factory=lambda: {name: post(name) for name in NAMES[:5]})

    @property
    def out(self) -> Path:
        """What is served."""
        return self.root / "out"

    def add(self, name: str, date: str = "", words: int = 60) -> None:
        """A new article."""
        self.posts[name] = post(name, date, words)

    def edit(self, name: str, **fields: str | bool) -> None:
        """Another article under the same name."""
        self.posts[name] = replace(self.posts[name], **fields)  # type: ignore[arg-type]

    def remove(self, name: str) -> None:
        """An article's file is deleted."""
        del self.posts[name]

    @abstractmethod
    def publish(self) -> None:
        """Build what is served."""


@dataclass
class Feedwright(Newsroom):
    """A site whose feeds we make.

    Args:
        settings: more lines of `site.toml`.
        now: the time of the next build; an hour passes with each.
        allow_relink: whether the next build may change most links.
    """

    settings: str = ""
    now: datetime = datetime(2024, 6, 1, 12, tzinfo=UTC)
    allow_relink: bool = False

    @property
    def content(self) -> Path:
        return self.root / "content"

    def publish(self) -> None:
        self._write()
        build(self.content, self.out, now=self.now, options=Options(allow_relink=self.allow_relink))
        self.now += timedelta(hours=1)
        self.allow_relink = False

    def lose(self, *names: str) -> None:
        """Files or folders of the site's folder are gone."""
        for name in names:
            path = self.root / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _write(self) -> None:
        self.content.mkdir(parents=True, exist_ok=True)
        head = f'title = "Tides"\nurl = "https://{self.host}/"\nextras = []\n'
        rest = f'{self.settings}[authors.jane]\nname = "{self.author}"\n'
        _put(self.content / "site.toml", f'{head}permalink = "/{{year}}/{{slug}}/"\n{rest}')
        files = {self.content / f"{post.file}.md": post for post in self.posts.values()}
        for path in set(self.content.rglob("*.md")) - files.keys():
            path.unlink()
        for path, post in files.items():
            _put(path, "\n".join(["---", *_front_matter(post), "---", post.body, ""]))


def _front_matter(post: Post) -> list[str]:
    lines = {"title": post.title, "date": post.date, "slug": post.slug, "category": post.category}
    lines |= {"author": post.author, "updated": post.updated, "summary": post.summary}
    lines |= {"draft": "true" if post.draft else ""}
    return [f"{key}: {value}" for key, value in lines.items() if value]


def _put(path: Path, text: str) -> None:
    """Write a file where it would say something else."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
