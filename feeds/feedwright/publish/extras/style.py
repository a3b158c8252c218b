"""The style sheet of the page, and of feeds that are opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from feedwright.config.model import STYLESHEET
from feedwright.publish.extras.model import Extra, Scene
from feedwright.publish.page.css import sheet

paths = (STYLESHEET,)


def documents(scene: Scene) -> Iterator[Extra]:
    """The one style sheet, which differs with the site's language alone."""
    made = sheet(scene.config.site.language)
    yield Extra(STYLESHEET, sha256(made).digest()[:16], lambda: made)


def due(scene: Scene) -> int | None:
    """Never."""
    return None
