"""Recognises the engine that a site was made with, and says in `site.toml` what that engine's configuration says.

Configuration is only read: of programs (Pelican, Nikola, Eleventy, Docusaurus) the literal values, never by running
them.
"""

from feedwright.commands.engines.detect import recognise
from feedwright.commands.engines.findings import Certainty, Finding, Recognised
from feedwright.commands.engines.write import site_toml

__all__ = ["Certainty", "Finding", "Recognised", "recognise", "site_toml"]
