"""Time-stamps of the past, for results that the demonstration lets the past have made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ansinh.counterparty.timestamps import Temper, TimestampAuthority, serve_timestamps


@contextmanager
def stamped_at(at: datetime) -> Iterator[None]:
    """Inside the block the demonstration's authority stamps as it did at `at`."""
    authority = TimestampAuthority(lambda: Path(settings.SIGNING_DIR), Temper(), clock=lambda: at)
    server = serve_timestamps(authority, "127.0.0.1", 0)
    before = settings.TIMESTAMP_URL
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield
    finally:
        settings.TIMESTAMP_URL = before
        server.shutdown()
        server.server_close()
