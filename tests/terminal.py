"""What a command writes to a terminal, as somebody who looks on sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence


def run_on_terminal(command: Sequence[str], environment: Mapping[str, str], columns: int = 80) -> tuple[int, str, str]:
    """Run a command whose standard error is a terminal.

    Args:
        columns: of the terminal.

    Returns: the exit code, what it wrote to the terminal, and what to its standard output.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # the terminal's other end is closed: all is read
        pass
    os.close(ours)
    out = running.communicate(timeout=60)[0].decode()
    return running.returncode, shown.decode(), out
