"""What Docusaurus knows of each article, from what it keeps of a build: `python docusaurus_truth.py FOLDER`.

There is no HTML before the layout, which is React's; the text is what its theme puts into the element of that name.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from lxml import html

KEPT = ".docusaurus/docusaurus-plugin-content-blog/default"


def main(folder: Path) -> None:
    """Into the file that FEEDS_TRUTH names."""
    rows = []
    for path in sorted((folder / KEPT).glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(article, dict) and "permalink" in article and "date" in article):
            continue
        page = folder / "public" / article["permalink"].removeprefix("/news/") / "index.html"
        text = html.fromstring(page.read_bytes()).get_element_by_id("__blog-post-container")
        for anchor in text.find_class("hash-link"):
            anchor.drop_tree()
        key = article["source"].removeprefix("@site/")
        body = html.tostring(text, encoding="unicode")
        rows.append({"key": key, "address": article["permalink"], "title": article["title"], "body": body})
    Path(os.environ["FEEDS_TRUTH"]).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
