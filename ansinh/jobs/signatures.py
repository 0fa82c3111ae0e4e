"""Jobs of signatures: finish approvals that waited for a time-stamp."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.sign import FINISH, finish_signature
from ansinh.platform.queue import task


@task(FINISH)
def finish(*, dossier_id: str, at: datetime) -> None:
    """Sign, stamp, give and close what a leader approved."""
    finish_signature(UUID(dossier_id), at=at)
