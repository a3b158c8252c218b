"""Text in a markup that cannot be rendered, as readable HTML: paragraphs, headings and code, everything escaped."""

from __future__ import annotations

import re
from html import escape

_HEADING = re.compile(r"={2,6} (?P<text>\S.*)")
_UNDERLINE = re.compile(r"([=~^*+#\"'-])\1{2,}[ \t]*")
_FENCE = re.compile(r"(-{4,}|\.{4,}|`{3,})(?:\w.*)?[ \t]*")
_BLOCK_LINE = re.compile(
    r"\[[^\[\]]*\]|={4,}|\*{4,}|_{4,}|\+{4,}|--|//.*|:!?[\w-]+!?:.*|(?:image|include|toc)::.*|<<<|\+"
)
_BLOCK_TITLE = re.compile(r"\.(?P<text>[^\s.].*)")
# What would be longer is no link, and is not looked for to the text's end.
_LINK = re.compile(r"(?<![\w/.-])(?:link:)?(?P<url>https?://[^\s\[\]<>\"]{1,1000}+)\[(?P<text>[^\]]{0,1000}+)\]")


def to_html(text: str) -> str:
    """Show a text without knowing its markup well.

    Args:
        text: of AsciiDoc, or of reST where docutils is not installed.

    Returns: paragraphs; headings that are marked by `==` or a line below; fenced and indented code; `url[text]` links.
    """
    parts: list[str] = []
    paragraph: list[str] = []
    code: list[str] = []
    fence = ""

    def close() -> None:
        if paragraph:
            parts.append(_paragraph(paragraph))
            paragraph.clear()

    for line in (*text.split("\n"), ""):
        row = line.rstrip()
        opening = _FENCE.fullmatch(row)
        if fence:
            if row == fence:
                parts.append(f"<pre><code>{escape(chr(10).join(code), quote=False)}</code></pre>")
                fence = ""
                code.clear()
            else:
                code.append(row)
        elif opening and (not paragraph or row[0] in ".`"):
            close()
            fence = opening[1]
        elif not row or _BLOCK_LINE.fullmatch(row):
            close()
        elif _UNDERLINE.fullmatch(row) and len(paragraph) == 1:
            parts.append(f"<h2>{_inline(paragraph.pop())}</h2>")
        elif found := _HEADING.fullmatch(row) or (None if paragraph else _BLOCK_TITLE.fullmatch(row)):
            close()
            level = min(row.index(" "), 6) if row[0] == "=" else 0
            said = _inline(found["text"])
            parts.append(f"<h{level}>{said}</h{level}>" if level else f"<p><b>{said}</b></p>")
        else:
            paragraph.append(row)
    if fence:
        parts.append(f"<pre><code>{escape(chr(10).join(code).rstrip(), quote=False)}</code></pre>")
    return "\n".join(parts) + "\n" if parts else ""


def _paragraph(lines: list[str]) -> str:
    if all(line[0] in " \t" for line in lines):
        return f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"
    return f"<p>{'<br>'.join(_rows(lines))}</p>"


def _rows(lines: list[str]) -> list[str]:
    """The lines of a paragraph; those that begin no list item go on from the one above."""
    rows: list[list[str]] = []
    for line in lines:
        item = re.match(r"[ \t]*(?:[*-]+|\.+|\d+\.)[ \t]+", line)
        if rows and not item:
            rows[-1].append(line.strip())
        else:
            rows.append([line.strip()])
    return [_inline(" ".join(row)) for row in rows]


def _inline(text: str) -> str:
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        parts.append(escape(text[end : found.start()], quote=False))
        parts.append(f'<a href="{escape(found["url"])}">{escape(found["text"] or found["url"], quote=False)}</a>')
        end = found.end()
    return "".join(parts) + escape(text[end:], quote=False)
