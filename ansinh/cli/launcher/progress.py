"""Each step is told before it begins and timed when it ends."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """A numbered list of steps on the terminal, Vietnamese and English."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0

    @contextmanager
    def step(self, vietnamese: str, english: str) -> Iterator[None]:
        """Show the step, run the block, show its time."""
        self._number += 1
        began = time.monotonic()
        _show(f"[{self._number}/{self._total}] {vietnamese} / {english} … ")
        try:
            yield
        except BaseException:
            _show("✗\n")
            raise
        _show(f"✓ {time.monotonic() - began:.1f} s\n")


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
