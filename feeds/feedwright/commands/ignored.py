"""What a `.gitignore` should name: what a build makes, and keeps."""

from __future__ import annotations

import os
from pathlib import Path

from feedwright import bounded

LARGEST = 2**20
_STATE = ".feeds"


def unignored(content: Path, out: Path) -> list[str]:
    """The folders that a repository's `.gitignore` does not name yet, as it would name them: the state, the output.

    Args:
        content: the folder of `site.toml`.
        out: of the feeds.
    """
    real = Path(os.path.realpath(content))
    here = Path(os.path.realpath(out.parent))
    repository = next((way for way in (real, *real.parents) if (way / ".git").exists()), None)
    root = repository or Path(os.path.commonpath((real, here)))
    known = _lines(root / ".gitignore")
    found = []
    for folder in (real / _STATE, here / out.name):
        if folder.is_relative_to(root):
            path = folder.relative_to(root).as_posix()
            if not known & {
                f"{start}{name}{end}" for start in ("", "/") for name in (path, folder.name) for end in ("", "/")
            }:
                found.append(f"/{path}/")
    return found


def _lines(file: Path) -> set[str]:
    try:
        return set(bounded.read_regular(file, LARGEST).decode("utf-8", "replace").splitlines())
    except (OSError, ValueError):
        return set()
