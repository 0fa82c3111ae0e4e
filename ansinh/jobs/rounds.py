"""What a worker does again and again beside its jobs: a thread with a connection of its own."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import close_old_connections, connection

from ansinh.casework.apologies.draft import tend
from ansinh.casework.assignment.assign import ask_to_share_out
from ansinh.casework.opinions.remind import remind_opinions
from ansinh.directives.campaigns.follow import remind_campaigns
from ansinh.directives.follow import remind
from ansinh.dossiers.expired_offers import forget_expired_offers
from ansinh.payments.orders import expire
from ansinh.platform import passing
from ansinh.platform.errors import DomainError
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.proof.seal_log import seal_all
from ansinh.proof.stamps import stamp_last
from ansinh.statistics.fold import fold
from ansinh.walls.drift import look

SECONDS_BETWEEN: Final = 5.0
"""The log is sealed at least every ten seconds; a run takes milliseconds."""
GUARDS_EVERY: Final = timedelta(seconds=30)
"""So often the guards of the database are compared with what the migrations built."""
BETWEEN_TIDYING: Final = timedelta(hours=1)
SHARE_OUT_EVERY: Final = timedelta(minutes=1)
"""So often dossiers that nobody has are shared out, at offices with a rule for it."""

log = logging.getLogger(__name__)


class Rounds(threading.Thread):
    """Seals the log, adds up the statistics and watches the guards until asked to stop, also while a long job runs, and
    tidies up every hour.

    Several workers take turns by a lock.
    """

    def __init__(self) -> None:
        super().__init__(name="rounds", daemon=True)
        self._stopping = threading.Event()
        self._tidy_at = datetime.now(UTC)
        self._guards_at = datetime.min.replace(tzinfo=UTC)
        self._shared_at = datetime.min.replace(tzinfo=UTC)

    def run(self) -> None:
        """One round after another."""
        with as_the_house():
            while not self._stopping.is_set():
                self._one_round()
                self._stopping.wait(SECONDS_BETWEEN)
        connection.close()

    def stop(self) -> None:
        """End after the present round."""
        self._stopping.set()
        self.join()

    def _one_round(self) -> None:
        close_old_connections()
        try:
            at = datetime.now(UTC)
            seal_all(at=at)
            stamp_last(at=at)
            fold()
            if at >= self._tidy_at:
                self._tidy_at = at + BETWEEN_TIDYING
                tidy(at=at)
            if at - self._shared_at >= SHARE_OUT_EVERY:
                self._shared_at = at
                ask_to_share_out(at=at)
            if at - self._guards_at >= GUARDS_EVERY:
                self._guards_at = at
                look(at=at)
        except DomainError as refusal:  # kept as an alarm; officers are stopped when it lasts
            log.error("the log could not be sealed: %s", refusal)
        except Exception:  # the boundary: a round that fails must not end the rounds
            log.exception("a round failed")
            connection.close()


def tidy(*, at: datetime) -> None:
    """End orders past their last day; draft apologies; remind who owes an answer; forget files of tokens or offers."""
    over = expire(at=at)
    tend(at=at)
    remind_opinions(at=at)
    if reminded := remind(at=at):
        log.info("%d holders of letters were reminded", reminded)
    if asked := remind_campaigns(at=at):
        log.info("%d units of campaigns were reminded", asked)
    if over:
        log.info("%d orders to pay are past their day", over)
    gone = passing.forget_old(at=at) + forget_expired_offers(at=at)
    if gone:
        log.info("%d files that are over were removed", gone)
