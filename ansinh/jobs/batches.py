"""Jobs of one press for many dossiers: a job for each, so that several workers share them and a kill repeats none."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.batch.press import DO_ROW, do_row
from ansinh.platform.queue import task


@task(DO_ROW)
def do_a_row(*, row_id: str, at: datetime) -> None:
    """The act and its result are one transaction."""
    do_row(UUID(row_id), at=at)
