"""What the readers of metadata blocks share."""

from __future__ import annotations


class BlockError(ValueError):
    """A block of metadata cannot be read, nor mended.

    Args:
        what: what the parser says.
        line: 1-based in the block; 0 where it is not known.
    """

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


class ExcessError(BlockError):
    """A block of metadata is nested too deep or says too much: nothing in it is to be mended."""
