"""Jobs of personal data: make a copy that was asked for, and wipe it when its hours are over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.own_data.copy import make
from ansinh.people.data_rights.exports import MAKE_JOB, WIPE_JOB, wipe
from ansinh.platform.queue import task


@task(MAKE_JOB)
def make_copy(*, export_id: str, at: datetime) -> None:
    """Gather and seal one copy."""
    make(UUID(export_id), at=at)


@task(WIPE_JOB)
def wipe_copy(*, export_id: str, at: datetime) -> None:
    """Forget a copy that is out of time."""
    wipe(export_id=UUID(export_id), at=at)
