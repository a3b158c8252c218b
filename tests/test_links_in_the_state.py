"""Links that a repository brings into the state folder: nothing is written through them."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedwright.errors import FeedsError
from tests.conftest import SiteOnDisk


@pytest.mark.parametrize("name", ["lock", "ledger.db", "catalog.db", "ledger.db-journal", "catalog.db-journal"])
def test_a_link_in_the_state_folder_is_refused_by_name(site: SiteOnDisk, tmp_path: Path, name: str) -> None:
    keys = tmp_path / "authorized_keys"
    keys.write_text("ssh-ed25519 AAAA me\n")
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / name).symlink_to(keys)
    site.article("a.md")
    with pytest.raises(FeedsError, match="is a link") as caught:
        site.build()
    assert Path(caught.value.problems[0].file).name == name
    assert keys.read_text() == "ssh-ed25519 AAAA me\n"


def test_a_link_to_a_file_that_is_not_there_makes_none(site: SiteOnDisk, tmp_path: Path) -> None:
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / "lock").symlink_to(tmp_path / "new")
    site.article("a.md")
    with pytest.raises(FeedsError, match="is a link"):
        site.build()
    assert not (tmp_path / "new").exists()


def test_the_state_folder_itself_may_be_a_link(site: SiteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    site.article("a.md")
    (site.content / ".feeds").symlink_to(tmp_path / "kept")
    assert site.build().exit_code == 0
    assert (tmp_path / "kept/ledger.db").is_file()


def test_the_folder_of_archives_may_be_none(site: SiteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.configure("archive = 1\nlimit = 1\n")
    for number in range(1, 6):
        site.article(f"{number}.md", date=f"2024-01-0{number}")
    state = site.content / ".feeds"
    state.mkdir(parents=True)
    (state / "archive").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FeedsError, match="is a link"):
        site.build()
    assert list((tmp_path / "elsewhere").iterdir()) == []
