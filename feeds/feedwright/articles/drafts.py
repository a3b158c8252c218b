"""What keeps an article back: the flags of every engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from feedwright.articles.context import Place, as_list, named, quoted
from feedwright.articles.fields import flag

_HIDDEN = frozenset(
    ("draft", "drafts", "private", "hidden", "unlisted", "unpublished", "trash", "pending", "auto-draft", "wip", "skip")
)


def is_draft(values: dict[str, object], place: Place) -> bool:
    """Whether front matter keeps an article back: `draft`, `published: false`, `status`, `hidden` and the like.

    A `draft` that says neither yes nor no keeps it back as well, with a warning.

    Args:
        values: of the front matter, with what its folders give it.
    """
    answer = False
    hiding = place.around.rules.hiding_keys
    for key, value in values.items():
        keeps_back = _rule_of(key) or (_is_on if hiding and _plain(key) in hiding else None)
        if keeps_back and value is not None and value != "":
            place.spelling = key
            answer = keeps_back(value, place) or answer
    return answer


def _is_off(value: Any, place: Place) -> bool:
    return flag(value) is False


def _is_on(value: Any, place: Place) -> bool:
    return flag(value) is True


def _is_false(value: Any, place: Place) -> bool:
    # Eleventy makes no page of it.
    return value is False


def _is_never_built(value: Any, place: Place) -> bool:
    return isinstance(value, dict) and named(value, "list", "render") in ("never", False)


def _is_tagged_so(value: Any, place: Place) -> bool:
    """Nikola's tags "draft" and "private", where its configuration does not say that they are like any other."""
    marks = place.around.rules.tag_marks
    if not (marks or (marks is None and place.front.syntax == "nikola")):
        return False
    said = {str(one).strip().lower() for one in (value.split(",") if isinstance(value, str) else as_list(value))}
    return "draft" in said or (marks is None and "private" in said)


def _is_out_of_lists(value: Any, place: Place) -> bool:
    # A list names parts of the page: Material's `hide: [toc]`.
    return flag(value) is True or value in ("all", "index")


def _is_hidden(value: Any, place: Place) -> bool:
    return isinstance(value, str) and value.strip().lower() in _HIDDEN


def _is_not_denied(value: Any, place: Place) -> bool:
    said = flag(value)
    if said is None:
        place.report("draft-unclear", f"{quoted(value)} is neither true nor false", "It is held back as a draft.")
    return said is not False


_KEEPING_BACK: dict[str, Callable[[Any, Place], bool]] = {
    **dict.fromkeys(("published", "publish"), _is_off),
    **dict.fromkeys(("hidden", "private", "unlisted", "headless", "hiddenfromfeed", "dghide"), _is_on),
    **dict.fromkeys(("eleventyexcludefromcollections", "saveasdraft", "ignorepost"), _is_on),
    "hide": _is_out_of_lists,
    "build": _is_never_built,
    **dict.fromkeys(("status", "visibility"), _is_hidden),
    **dict.fromkeys(("draft", "isdraft"), _is_not_denied),
    "permalink": _is_false,
    "tags": _is_tagged_so,
}


@lru_cache(maxsize=4096)
def _rule_of(key: str) -> Callable[[Any, Place], bool] | None:
    return _KEEPING_BACK.get(_plain(key))


def _plain(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "").replace(" ", "")
