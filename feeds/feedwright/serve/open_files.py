"""Large files that are being sent, held open.

granian opens what it sends by its path, some moments after it was told to, and reads it as its reader takes it; pieces
that it is handed it keeps in memory until they are taken, all of them. The path of an open descriptor leads to the
very file that was examined, whatever a build has put in its place since.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field

from feedwright.serve.files import Coded, open_again

SECONDS = 10.0
"""For which a file is held open after it was last asked for: granian has opened it long before that."""


@dataclass(slots=True)
class HeldOpen:
    """Descriptors, each with the time when it was last asked for."""

    descriptors: dict[Coded, tuple[int, float]] = field(default_factory=dict)

    def path(self, content: Coded) -> str | None:
        """A path by which the file can be opened for a while; None where it is not as it was.

        It is called by the event loop's thread alone.
        """
        known = self.descriptors.get(content)
        descriptor = known[0] if known else open_again(content)
        if descriptor is None:
            return None
        self.descriptors[content] = descriptor, time.monotonic()
        if not known:
            asyncio.get_running_loop().call_later(SECONDS, self._close, content)
        return f"/proc/self/fd/{descriptor}"

    def _close(self, content: Coded) -> None:
        descriptor, asked = self.descriptors[content]
        left = asked + SECONDS - time.monotonic()
        if left > 0:
            asyncio.get_running_loop().call_later(left, self._close, content)
            return
        del self.descriptors[content]
        os.close(descriptor)
