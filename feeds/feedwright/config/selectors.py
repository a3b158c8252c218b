"""CSS selectors in `site.toml`, as far as they can be judged without a page."""

from __future__ import annotations

import re
from typing import Any

from feedwright.config.validators import line, lines, name

_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NO_SELECTOR = re.compile(r"""[{};@<"'`]|^[^\w.#\[*:\\]|[>+~,]\s*$|,\s*,""")


def selector(value: Any) -> str:
    """A CSS selector."""
    text = line(value)
    if _NO_SELECTOR.search(_QUOTED.sub("", text)) or any(text.count(a) != text.count(b) for a, b in ("()", "[]")):
        raise ValueError("Write a CSS selector: article > div, or .post-content")
    return text


def selectors(value: Any) -> tuple[str, ...]:
    """CSS selectors, each once, in the order of the file."""
    return tuple(dict.fromkeys(selector(part) for part in lines(value)))


def selectors_by_name(value: Any) -> dict[str, str]:
    """Section or language -> CSS selector; that of "" is for all others, and is what a single one is for."""
    if isinstance(value, str):
        return {"": selector(value)}
    if not isinstance(value, dict):
        raise ValueError('Write a CSS selector, or a table of some: { posts = "article", "*" = "main" }.')
    return {"" if key == "*" else name(key): selector(part) for key, part in value.items()}
