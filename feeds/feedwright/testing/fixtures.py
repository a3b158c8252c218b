"""What pytest finds; apart from the function, so that this alone needs pytest. PYTEST_DONT_REWRITE."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedwright.testing.valid_feed import assert_valid_feed


@pytest.fixture(scope="session")
def check_feed() -> Callable[..., None]:
    """Demand that a document is valid; takes what `feedwright.testing.assert_valid_feed` takes."""
    return assert_valid_feed
