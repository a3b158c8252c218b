"""What shapes the output besides the articles and the configuration: ourselves, and the libraries that we call."""

from __future__ import annotations

import os
import sys

RULE = "4"
"""Another number when the same articles give other feeds than before, though the version stays."""

_SHAPING = (
    "feedwright",
    "feedgen",
    "lxml",
    "nh3",
    "pyromark",
    "python-dateutil",
    "pyyaml",
    "yaml-rs",
    "docutils",
    "selectolax",
)


def versions() -> str:
    """The versions of all that shapes the output, in one line.

    They are in the names of the folders that describe what is installed. importlib.metadata, which opens all of these,
    would be a tenth of a run that has nothing to do.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = sorted(os.listdir(place or "."))  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                project, _, version = name.rpartition(".")[0].partition("-")
                found.setdefault(project.lower().replace("_", "-").replace(".", "-"), version)
    return " ".join((RULE, *(f"{name} {found.get(name, '-')}" for name in _SHAPING)))
