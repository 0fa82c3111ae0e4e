"""Jobs of retention: destroy what an approved list names, then the files one by one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.retention.destroy import REMOVE_FILE, destroy_listed, forget_file
from ansinh.casework.retention.lists import DESTROY
from ansinh.platform.queue import task
from ansinh.platform.storage import remove_older


@task(DESTROY)
def destroy(*, list_id: str, at: datetime) -> None:
    """All dossiers of the list, or none."""
    destroy_listed(UUID(list_id), at=at)


@task(REMOVE_FILE)
def remove_file(*, sha256: str, at: datetime) -> None:
    """The bytes go last: a job that runs twice finds them gone, and one that fails leaves only bytes without a row."""
    if forget_file(sha256):
        remove_older(sha256, than=at)
