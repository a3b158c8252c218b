"""A hook that writes what MkDocs knows of each article, before its theme."""

import json
import os
from pathlib import Path

_PAGES = []


def on_page_content(html, page, config, files):
    """Each page as it is rendered."""
    if page.file.src_uri.startswith("blog/posts/"):
        _PAGES.append(page)
    return html


def on_post_build(config):
    """Into the file that FEEDS_TRUTH names."""
    rows = [
        {"key": f"docs/{page.file.src_uri}", "address": f"/{page.url}", "title": page.title, "body": page.content}
        for page in _PAGES
    ]
    if "FEEDS_TRUTH" in os.environ:
        Path(os.environ["FEEDS_TRUTH"]).write_text(json.dumps(rows), encoding="utf-8")
