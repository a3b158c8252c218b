"""A site with a hub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.announce.hub import Hub, serving
from tests.conftest import SiteOnDisk

KINDS = 'formats = ["rss", "atom"]\n' + "".join(
    f"[kinds.{kind}]\nenabled = false\n" for kind in ("category", "author", "section", "language")
)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as found:
        yield found


@pytest.fixture
def tides(site: SiteOnDisk, hub: Hub) -> SiteOnDisk:
    """Two articles of different tags, whose feeds are not built yet: six documents."""
    site.configure(f'hubs = ["{hub.url}"]\n{KINDS}')
    return site.article("a.md", tags="[sea]").article("b.md", tags="[land]")
