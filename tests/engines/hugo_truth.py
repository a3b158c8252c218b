"""Hugo's build of texts alone as one file: `python hugo_truth.py FOLDER`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Into the file that FEEDS_TRUTH names.

    Args:
        folder: of the site; .truth/ in it is the build.
    """
    rows = [json.loads(page.read_text(encoding="utf-8")) for page in sorted((folder / ".truth").rglob("truth*.html"))]
    rows = [{**row, "key": f"content/{row['source']}"} for row in rows]
    Path(os.environ["FEEDS_TRUTH"]).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
