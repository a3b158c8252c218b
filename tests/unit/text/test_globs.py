"""Globs on paths below the content folder."""

from __future__ import annotations

import pytest

from feedwright.text.globs import matches


@pytest.mark.parametrize("key", ["drafts/a.md", "x/drafts/a.md", "x/y/drafts/z/a.md"])
def test_a_folder_of_a_name_is_found_at_any_depth(key: str) -> None:
    assert matches(key, ("**/drafts/**",))
    assert not matches(key.replace("drafts", "draft"), ("**/drafts/**",))
