"""What shapes the output besides the articles and the configuration: ourselves, and the libraries that we call."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

RULE = "1"
"""Another number when the same articles give other feeds than before, though the version stays."""

_SHAPING = ("feedwright", "feedgen", "lxml", "nh3", "pyromark", "python-dateutil", "PyYAML", "yaml-rs", "docutils")


def versions() -> str:
    """The versions of all that shapes the output, in one line."""
    return " ".join((RULE, *(f"{name} {_version(name)}" for name in _SHAPING)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
