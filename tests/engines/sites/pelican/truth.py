"""A plugin that writes what Pelican knows of each article, before its layout."""

import json
import os
from pathlib import Path

from pelican import signals


def write_truth(generators):
    """Into the file that FEEDS_TRUTH names."""
    rows = []
    for generator in generators:
        for article in [*getattr(generator, "articles", ()), *getattr(generator, "translations", ())]:
            key = Path(article.source_path).relative_to(Path.cwd()).as_posix()
            rows.append(
                {"key": key, "address": f"/news/{article.url}", "title": article.title, "body": article.content}
            )
    Path(os.environ["FEEDS_TRUTH"]).write_text(json.dumps(rows), encoding="utf-8")


def register():
    """Pelican calls this."""
    if "FEEDS_TRUTH" in os.environ:
        signals.all_generators_finalized.connect(write_truth)
