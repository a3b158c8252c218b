"""What git leaves of a file in which two people changed the same lines."""

from __future__ import annotations

import re

_CODE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = r"(?:highlight|code|codeblock|raw|verbatim)\b"
_OPENS = re.compile(rf"<pre\b|\{{[%{{][<%-]?\s*{_CODE}", re.IGNORECASE)
_CLOSES = re.compile(rf"</pre\b|\{{[%{{][<%-]?\s*(?:end|/)\s*{_CODE}", re.IGNORECASE)


def conflict(text: str) -> int:
    """The 1-based line on which a conflict begins, outside code; 0 where there is none.

    Args:
        text: of an article's file.

    Source: git-merge(1), "How conflicts are presented".
    """
    fence, in_code, begun, halved = "", False, 0, False
    for number, line in enumerate(text.split("\n"), 1):
        mark = _CODE_FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and line.strip() == mark[1])):
            fence = "" if fence else mark[1]
        in_code = not _CLOSES.search(line) and (in_code or _OPENS.search(line) is not None)
        if fence or in_code:
            continue
        if line.startswith("<<<<<<< "):
            begun, halved = number, False
        elif begun and line.rstrip() == "=======":
            halved = True
        elif halved and line.startswith(">>>>>>> "):
            return begun
    return 0
