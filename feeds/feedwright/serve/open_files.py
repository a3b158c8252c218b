"""Large files that are being sent, held open.

granian opens what it sends by its path, some moments after it was told to, and reads it as its reader takes it; pieces
that it is handed it keeps in memory until they are taken, all of them. The path of an open descriptor leads to the
very file that was examined, whatever a build has put in its place since. Where such paths only stand for another
descriptor of the same file, with one position in it for both (BSD, macOS), each answer has its own. Where there are
none, it is the file's own path.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from feedwright.serve.files import Plain, open_again

SECONDS = 10.0
"""For which a file is held open after it was last asked for: granian has opened it long before that."""


PROC, DEV = "/proc/self/fd", "/dev/fd"
"""Where the system has paths of open descriptors."""


@dataclass(slots=True)
class HeldOpen:
    """Descriptors, each with the time when it was last asked for."""

    descriptors: dict[Plain, tuple[int, float]] = field(default_factory=dict)

    def path(self, content: Plain) -> str | None:
        """A path by which the file can be opened for a while; None where it is not as it was.

        It is called by the event loop's thread alone.

        Raises:
            OSError: it cannot be opened now.
        """
        known = self.descriptors.get(content)
        if known:
            _demand_another(known[0])
            self.descriptors[content] = known[0], time.monotonic()
            return f"{PROC}/{known[0]}"
        descriptor = open_again(content)
        return None if descriptor is None else self._path(content, descriptor)

    def _path(self, content: Plain, descriptor: int) -> str:
        """The path of what was opened just now; it is closed when granian has had time to open it, too."""
        try:
            _demand_another(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        if Path(f"{PROC}/{descriptor}").exists():
            self.descriptors[content] = descriptor, time.monotonic()
            asyncio.get_running_loop().call_later(SECONDS, self._close, content)
            return f"{PROC}/{descriptor}"
        if Path(f"{DEV}/{descriptor}").exists():
            asyncio.get_running_loop().call_later(SECONDS, os.close, descriptor)
            return f"{DEV}/{descriptor}"
        os.close(descriptor)
        return content.file

    def _close(self, content: Plain) -> None:
        descriptor, asked = self.descriptors[content]
        left = asked + SECONDS - time.monotonic()
        if left > 0:
            asyncio.get_running_loop().call_later(left, self._close, content)
            return
        del self.descriptors[content]
        os.close(descriptor)


def _demand_another(descriptor: int) -> None:
    """Raise OSError where granian would have no descriptor left: it would say that there is no such file."""
    os.close(os.dup(descriptor))
