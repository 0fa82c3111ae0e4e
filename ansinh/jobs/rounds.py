"""What a worker does again and again beside its jobs: a thread with a connection of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

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


class Tidying(Protocol):
    """A part of the tidying, in transactions of its own."""

    def __call__(self, *, at: datetime) -> object: ...


TIDYING: Final[Sequence[tuple[str, Tidying]]] = (
    ("orders to pay past their day", expire),
    ("apologies", tend),
    ("opinions reminded", remind_opinions),
    ("holders of letters reminded", remind),
    ("units of campaigns reminded", remind_campaigns),
    ("passing files removed", passing.forget_old),
    ("expired offers removed", forget_expired_offers),
)
"""What is tidied every hour, in words of the log; each answers how much it did."""

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


def tidy(*, at: datetime, parts: Sequence[tuple[str, Tidying]] = TIDYING) -> None:
    """End orders past their last day; draft apologies; remind who owes an answer; forget files of tokens or offers.

    Each is tried by itself: what fails is logged, and the rest is done all the same.
    """
    for words, part in parts:
        try:
            count = part(at=at)
        except Exception:  # the boundary: one part that fails must not hold up the others
            log.exception("tidying failed: %s", words)
            _give_up_the_connection()
        else:
            if isinstance(count, int) and count:
                log.info("%s: %d", words, count)


def _give_up_the_connection() -> None:
    """A part that broke off may have left its connection unusable; the next one opens another. In a transaction of the
    caller the connection stays: it is not ours to end.
    """
    if not connection.in_atomic_block:
        connection.close()
