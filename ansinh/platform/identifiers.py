"""Identifiers of rows: UUID version 7 (RFC 9562, 5.7), so that an index grows at its end."""

import secrets
import threading
import time
from uuid import UUID

_NANOSECONDS_PER_MILLISECOND = 1_000_000
_lock = threading.Lock()
_last_tick = 0


def _next_tick() -> int:
    """Milliseconds with 12 further bits of the fraction, strictly growing within this process."""
    global _last_tick
    milliseconds, rest = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
    tick = milliseconds << 12 | rest * 4096 // _NANOSECONDS_PER_MILLISECOND
    with _lock:
        _last_tick = max(tick, _last_tick + 1)
        return _last_tick


def uuid7() -> UUID:
    """A new identifier. Those of one process sort in the order they were made (RFC 9562, 6.2, method 3)."""
    tick = _next_tick()
    value = (tick >> 12) << 80 | 0x7 << 76 | (tick & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
