"""Values as TOML has them: for files that we write, and for messages about files that people wrote."""

from __future__ import annotations

import json
import re
from datetime import date, time


def toml_value(value: object) -> str:
    """A value as it would stand in a TOML file, on one line.

    Args:
        value: a text, number, boolean, date, or lists and maps of these; anything else as its text.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{toml_key(str(key))} = {toml_value(part)}' for key, part in value.items())} }}"
    return _quoted(str(value))


def toml_key(name: str) -> str:
    """A key as it stands in a TOML file."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL; half of a surrogate pair is in neither.
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
