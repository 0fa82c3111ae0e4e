"""Jobs of assignment: give what nobody has to whom the offices' rules name."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.assignment.assign import SHARE_OUT, assign_by_rules
from ansinh.platform.queue import task


@task(SHARE_OUT)
def share_out(*, at: datetime) -> None:
    """A round's worth; the next round goes on."""
    assign_by_rules(at=at)
