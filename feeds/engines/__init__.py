"""Recognises the engine that a site was made with, and says in `site.toml` what that engine's configuration says.

Configuration is only read: of programs (Pelican, Nikola, Eleventy, Docusaurus) the literal values, never by running
them.
"""

from feeds.engines.found import Certainty, Finding, Recognised
from feeds.engines.recognising import recognise
from feeds.engines.writing import site_toml

__all__ = ["Certainty", "Finding", "Recognised", "recognise", "site_toml"]
