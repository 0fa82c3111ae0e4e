"""Answers that take the same time whatever was found, so that a stopwatch tells nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_least(seconds: float) -> Iterator[None]:
    """Leave the block no sooner than this long after it was entered, also by an error."""
    ready = time.monotonic() + seconds
    try:
        yield
    finally:
        time.sleep(max(0.0, ready - time.monotonic()))
