"""Check feeds in the tests of other projects.

`assert_valid_feed` is for any test runner. With pytest, `pytest_plugins = ["feedwright.testing"]` in the topmost
conftest.py makes it the fixture `check_feed`.

PYTEST_DONT_REWRITE: no assert statement is here, so that this may be imported before pytest loads it.
"""

from __future__ import annotations

from feedwright.testing.valid_feed import assert_valid_feed

__all__ = ["assert_valid_feed"]

pytest_plugins = ("feedwright.testing.fixtures",)
