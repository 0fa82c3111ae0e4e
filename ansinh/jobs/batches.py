"""Jobs of a press for many dossiers: a few rows each, so that several workers share them and a kill repeats none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from ansinh.casework.batch.press import DO_ROW, do_row
from ansinh.platform.plans import keep_plans
from ansinh.platform.queue import task
from ansinh.platform.remembered import remembering

AT_ONCE: Final = 8
"""Rows of one transaction: about a second, so that the page counts on. When one fails, each is tried by itself."""


@task(DO_ROW, batch=AT_ONCE)
def do_rows(*, batch: Sequence[dict[str, str]], at: datetime) -> None:
    """The acts and their results are one transaction."""
    keep_plans()
    with remembering():
        for one in batch:
            do_row(UUID(one["row_id"]), at=at)
