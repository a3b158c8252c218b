"""The picture of the README: the sample's feed in a reader, its page, and the terminal, as they are.

`python -m tests.docs.pictures` makes it anew. It needs Chromium, tmux, newsboat, rich, and a font that
has Chinese.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "feedwright.png"
WIDTH, HEIGHT = 1560, 940
_PAGE = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; width: {width}px; height: {height}px; background: #e9edf3; }}
body {{ font: 600 17px sans-serif; color: #28396b; }}
figure {{ position: absolute; margin: 0; }}
figcaption {{ padding: 0 0 8px 4px; }}
iframe {{ border: 0; width: 700px; height: 852px; background: #fff; }}
iframe {{ border-radius: 8px; box-shadow: 0 2px 14px #28396b40; }}
img {{ display: block; width: 760px; }}
</style>
<figure style="left: 30px; top: 28px"><figcaption>The page</figcaption><iframe src="{page}"></iframe></figure>
<figure style="left: 765px; top: 28px"><figcaption>The terminal</figcaption><img src="{terminal}"></figure>
<figure style="left: 765px; top: 478px"><figcaption>A reader (newsboat)</figcaption><img src="{reader}"></figure>
"""


def drawn(ansi: str, title: str, to: Path, *, width: int = 88) -> None:
    """Draw what a terminal shows as SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(ansi), no_wrap=True, crop=True)
    console.save_svg(str(to), title=title)


def in_tmux(command: str, keys: list[str], folder: Path, *, lines: int = 19, columns: int = 88) -> str:
    """What a program shows in a terminal after some keys."""
    tmux = ["tmux", "-L", "feedwright-pictures"]
    size = ["-x", str(columns), "-y", str(lines)]
    subprocess.run([*tmux, "-f", "/dev/null", "new-session", "-d", *size, "-c", str(folder), command], check=True)
    try:
        for key in keys:
            time.sleep(3)
            subprocess.run([*tmux, "send-keys", key], check=True)
        time.sleep(3)
        shown = subprocess.run([*tmux, "capture-pane", "-e", "-p"], check=True, capture_output=True, text=True)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    return shown.stdout


def main() -> None:
    """Make the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns(".feeds"))
        feeds = [sys.executable, "-m", "feedwright"]
        said = ""
        for command in ("build", "build", "list"):
            done = subprocess.run([*feeds, command], cwd=folder, capture_output=True, text=True, check=True)
            lines = (done.stdout + done.stderr).splitlines()
            kept = [*lines[:7], "..."] if len(lines) > 8 else lines
            said += f"\x1b[32m$\x1b[0m feeds {command}\n" + "\n".join(line[:88] for line in kept) + "\n"
        drawn(said, "~/newsroom", folder / "terminal.svg")
        (folder / "urls").write_text(f"file://{folder}/out/rss.xml\n")
        newsboat = f"newsboat --url-file={folder}/urls --cache-file={folder}/cache.db --refresh-on-start"
        drawn(in_tmux(newsboat, ["Enter"], folder), "newsboat", folder / "reader.svg")
        parts = {"page": "out/index.html", "terminal": "terminal.svg", "reader": "reader.svg"}
        html = _PAGE.format(width=WIDTH, height=HEIGHT, **{key: str(folder / path) for key, path in parts.items()})
        (folder / "all.html").write_text(html)
        chromium = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--allow-file-access-from-files"]
        size = [f"--window-size={WIDTH},{HEIGHT}", "--virtual-time-budget=3000", f"--screenshot={PICTURE}"]
        subprocess.run([*chromium, *size, f"file://{folder}/all.html"], check=True, capture_output=True)


if __name__ == "__main__":
    main()
