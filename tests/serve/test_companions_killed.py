"""kill -9 while documents and their codings are written: what is served is whole, and the next build heals."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.faults import newsroom as newsrooms
from tests.faults import strace
from tests.faults.newsroom import Newsroom
from tests.serve.folder import application, ask

ARTICLES = 12


def killed_at(newsroom: Newsroom, log: Path, call: str, nth: int) -> bool:
    """Kill a build at the nth time of a call, and build again; whether it was killed."""
    newsroom.change()
    prefix = strace.injecting(log, (call,), "signal=SIGKILL", nth, newsroom.disk())
    outcome = newsroom.run(prefix=prefix)
    assert outcome.code in (0, 137)
    app = application(newsroom.out)
    for file in newsroom.out.rglob("*.xml"):
        reply = ask(app, f"/{file.relative_to(newsroom.out).as_posix()}", ("Accept-Encoding", "gzip"))
        assert (gzip.decompress(reply.body) if "content-encoding" in reply else reply.body) == file.read_bytes()
    newsroom.run().in_words()
    documents = {file for file in newsroom.out.rglob("*.xml") if not file.name.startswith(".")}
    coded = set(newsroom.out.rglob("*.xml.gz"))
    assert {file.with_name(f"{file.name}.gz") for file in documents} == coded
    assert all(gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes() for file in coded)
    assert {file.name for file in newsroom.out.rglob(".*.new")} == {
        Path(name).name for name in newsrooms.FOREIGN if name.endswith(".new")
    }
    return outcome.code == 137


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr(newsrooms, "SITE", 'precompress = ["gzip"]\n' + newsrooms.SITE)
    return Newsroom(tmp_path / "site").found(ARTICLES)


@strace.needed()
def test_a_build_killed_between_a_coding_and_its_document_is_healed_by_the_next(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    assert killed_at(newsroom, tmp_path / "log", "rename", 2)


@pytest.mark.slow
@strace.needed()
@pytest.mark.parametrize("call", ["rename", "fsync", "openat", "unlink", "pwrite64"])
def test_builds_killed_at_many_calls_of_a_kind(newsroom: Newsroom, tmp_path: Path, call: str) -> None:
    killed = [killed_at(newsroom, tmp_path / "log", call, nth) for nth in range(1, 60, 3)]
    assert sum(killed) > (0 if call == "unlink" else 5)
