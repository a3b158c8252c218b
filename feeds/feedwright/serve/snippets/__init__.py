"""Settings for servers and hosts, that serve what is in the output folder as `feedwright.serve.delivery` says.

Each is a module of this package with a function `text`; none is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from feedwright.config import Config
    from feedwright.serve.delivery import Delivery

SNIPPETS = {
    "nginx": "nginx",
    "caddy": "caddy",
    "apache": "apache",
    "netlify": "netlify",
    "cloudflare": "cloudflare",
    "github-pages": "github_pages",
    "s3": "s3",
}
"""What can be asked for -> its module."""


class Snippet(Protocol):
    """What a snippet's module holds at its top level."""

    def text(self, delivery: Delivery, config: Config, out: Path) -> str:
        """The text to be put into a configuration.

        Args:
            out: the output folder, absolute.

        Raises:
            FeedsError: it cannot be said there.
        """
        ...


def load(name: str) -> Snippet:
    """Import a snippet, by one of the names in `SNIPPETS`."""
    return cast(Snippet, import_module(f"feedwright.serve.snippets.{SNIPPETS[name]}"))
