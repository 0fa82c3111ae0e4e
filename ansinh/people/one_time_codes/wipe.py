"""A code that is out of time becomes unreadable, even sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.people.models_one_time import OneTimeCode
from ansinh.platform import queue

WIPE_JOB = "one_time_codes.wipe"


def wipe_later(code: OneTimeCode) -> None:
    """Queue the wiping for the moment the code runs out."""
    queue.defer(WIPE_JOB, run_at=code.expires_at, code_id=str(code.pk))


def wipe(*, code_id: UUID, at: datetime) -> None:
    """Wipe the sealed code if its time is over. A code that got more time has a later job of its own."""
    OneTimeCode.objects.filter(pk=code_id, expires_at__lte=at).update(sealed_code=None)
