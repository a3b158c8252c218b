"""One running server for the tests that need no folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.folder import Server, laid, serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents."""
    return laid(tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """That folder, served."""
    with serving(folder, "--content", str(folder / "no-content")) as one:
        yield one
