"""User information in the URLs of front matter (`https://user:password@host/`): cut, and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedwright.text.user_info import has_user, without_user

if TYPE_CHECKING:
    from feedwright.articles.context import Candidates, Place


def cut_user_info(spelled: Candidates, place: Place) -> Candidates:
    """What front matter says of each field, with no user information in its URLs; a warning for each key that had some.

    Args:
        spelled: as `fields.candidates` gives it.
    """
    block = place.front.block
    if block and "@" not in block:
        return spelled
    return {name: [(rank, key, cut(key, value, place)) for rank, key, value in said] for name, said in spelled.items()}


def cut(key: str, value: object, place: Place) -> object:
    """A value without what it is not to show; a warning where there was something."""
    if not _has_user(value):
        return value
    what = "a URL holds a user name or password"
    hint = "Remove them: every reader would see them. They were left out of the feeds."
    place.report("url-user-info", what, hint, spelling=key)
    return _without_user(value)


def _has_user(value: object) -> bool:
    if isinstance(value, str):
        return has_user(value)
    if isinstance(value, dict):
        return any(map(_has_user, value.values()))
    return any(map(_has_user, value)) if isinstance(value, (list, tuple)) else False


def _without_user(value: object) -> object:
    if isinstance(value, str):
        return without_user(value)
    if isinstance(value, dict):
        return {key: _without_user(part) for key, part in value.items()}
    return [_without_user(part) for part in value] if isinstance(value, (list, tuple)) else value
