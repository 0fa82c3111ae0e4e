"""Work for later: queued in the transaction that causes it, done in the transaction that deletes it.

`defer` queues, `task` names who does it (in `ansinh/jobs/`), `run_one` and `drain` do it.
"""

from ansinh.platform.queue.runner import drain, run_one
from ansinh.platform.queue.tasks import task
from ansinh.platform.queue.waiting import CHANNEL, dead_letters, defer, defer_many, is_queued, next_run_at, revive, wake

__all__ = [
    "CHANNEL", "dead_letters", "defer", "defer_many", "drain", "is_queued", "next_run_at", "revive", "run_one", "task",
    "wake",
]  # fmt: skip
