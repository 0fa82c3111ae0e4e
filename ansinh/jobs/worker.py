"""The loop that does deferred work: `python -m ansinh.jobs.worker`. Run as many as the queue needs."""

import gc
import logging
import os
import signal
import threading
from datetime import UTC, datetime
from types import FrameType

import django
import psycopg
from django.db import DatabaseError, InterfaceError, connection

from ansinh.platform.row_security.viewer import as_the_house

log = logging.getLogger(__name__)

# Without a word from the database a worker looks again by itself: for jobs of a later hour, and behind a pooler.
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_AFTER_LOSS = 0.5


class Worker:
    """Works until it is asked to stop, finishing the job in hand; a lost database is waited for."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._ear: psycopg.Connection | None = None

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Stop after the job in hand."""
        self._stopping.set()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping.is_set():
            try:
                self._work()
            except (DatabaseError, InterfaceError, psycopg.OperationalError) as error:
                log.warning("database lost, trying again: %s", error)
                self._forget_connections()
                self._stopping.wait(SECONDS_AFTER_LOSS)
        self._forget_connections()

    def _work(self) -> None:
        from ansinh.platform.queue import run_one

        ear = self._listening()
        while not self._stopping.is_set():
            if not run_one(datetime.now(UTC)):
                for _ in ear.notifies(timeout=SECONDS_BETWEEN_LOOKS, stop_after=1):
                    break

    def _listening(self) -> psycopg.Connection:
        from ansinh.platform.queue import CHANNEL

        if self._ear is None:
            parameters = connection.get_connection_params()
            wanted = {
                key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
            }
            self._ear = psycopg.connect(**wanted, autocommit=True, application_name="ansinh-worker-ear")
            self._ear.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(CHANNEL)))
        return self._ear

    def _forget_connections(self) -> None:
        if self._ear is not None:
            self._ear.close()
            self._ear = None
        connection.close()


def main() -> None:
    """Set Django up and work until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("ANSINH_PROCESS", "ansinh-worker")
    django.setup()
    from ansinh.platform.queue.tasks import load_tasks

    load_tasks()
    from ansinh.jobs.rounds import Rounds

    gc.collect()
    gc.freeze()  # what is loaded stays for good: not to be gone through again with every few rows
    gc.set_threshold(20_000, 20, 20)  # rows of a press make few rings, and were looked through three times each
    worker, rounds = Worker(), Rounds()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    rounds.start()
    with as_the_house():
        worker.run()
    rounds.stop()


if __name__ == "__main__":
    main()
