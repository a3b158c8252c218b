"""What git leaves of a file in which two people changed the same lines."""

from __future__ import annotations

import re

from feedwright.text.code_fences import outside

_CODE = r"(?:highlight|code|codeblock|raw|verbatim)\b"
_OPENS = re.compile(rf"<pre\b|\{{[%{{][<%-]?\s*{_CODE}", re.IGNORECASE)
_CLOSES = re.compile(rf"</pre\b|\{{[%{{][<%-]?\s*(?:end|/)\s*{_CODE}", re.IGNORECASE)


def conflict(text: str) -> int:
    """The 1-based line on which a conflict begins, outside code; 0 where there is none.

    Args:
        text: of an article's file.

    Source: git-merge(1), "How conflicts are presented".
    """
    in_code, begun, halved = False, 0, False
    for place, line in outside(text.split("\n")):
        in_code = not _CLOSES.search(line) and (in_code or _OPENS.search(line) is not None)
        if in_code:
            continue
        if line.startswith("<<<<<<< "):
            begun, halved = place + 1, False
        elif begun and line.rstrip() == "=======":
            halved = True
        elif halved and line.startswith(">>>>>>> "):
            return begun
    return 0
