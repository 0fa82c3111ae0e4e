"""Jobs of messages: hand them to their networks, and wipe codes that are out of time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.notifications.notify import SEND_JOB
from ansinh.notifications.send import send
from ansinh.people.one_time_codes.fall_back import FALL_BACK_JOB, fall_back_if_stuck
from ansinh.people.one_time_codes.wipe import WIPE_JOB, wipe
from ansinh.platform.queue import task


@task(SEND_JOB)
def send_message(*, message_id: str, at: datetime) -> None:
    """Hand one message over."""
    send(message_id=UUID(message_id), at=at)


@task(WIPE_JOB)
def wipe_code(*, code_id: str, at: datetime) -> None:
    """Make a code that is out of time unreadable."""
    wipe(code_id=UUID(code_id), at=at)


@task(FALL_BACK_JOB)
def fall_back(*, code_id: str, at: datetime) -> None:
    """Send a code that does not get through the other way."""
    fall_back_if_stuck(code_id=UUID(code_id), at=at)
