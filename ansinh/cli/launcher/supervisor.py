"""Keeps services alive: what dies is started again, what cannot live stops everything with a sentence."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ansinh.cli.launcher.services import Service
from ansinh.cli.launcher.words import CannotStart
from ansinh.platform.errors import DomainError

_LOOK_SECONDS = 0.2
_SHORT_LIFE_SECONDS = 10.0
_SHORT_LIVES_ALLOWED = 8
_LONGEST_REST_SECONDS = 5.0


class StopAsked(BaseException):
    """Somebody asked to stop."""


@dataclass
class _Life:
    service: Service
    began: float = 0.0
    short_lives: int = 0
    rest_until: float = 0.0


@dataclass
class Supervisor:
    """Starts services in order, watches them, and stops them in the opposite order."""

    clock: Callable[[], float] = time.monotonic
    stop_asked: bool = False
    """Kept as well as raised: where Python ignores exceptions (hooks around a fork, a `__del__`) a raise is lost."""
    is_starting: bool = False
    """A service is being started: a stop is kept and not raised, for in the middle of a fork it would leave a child
    that nobody knows and nobody ends."""
    _lives: list[_Life] = field(default_factory=list)

    def start(self, service: Service) -> None:
        """Start a service and watch it from now on. Raises StopAsked when that was asked meanwhile."""
        self._lives.append(_Life(service, began=self.clock()))
        self._begin(service)

    def watch(self) -> None:
        """Restart whatever dies, for ever; ends by an exception only (a signal, or a hopeless service)."""
        while True:
            self.look()
            time.sleep(_LOOK_SECONDS)

    def look(self) -> None:
        """Restart now what has died.

        Raises CannotStart when a service dies again and again, StopAsked when somebody asked to stop.
        """
        if self.stop_asked:
            raise StopAsked
        for life in self._lives:
            if not life.service.alive() and self.clock() >= life.rest_until:
                self._revive(life)

    def stop(self) -> None:
        """Stop everything, last started first; the first (the database) only when the others are gone."""
        services: Sequence[Service] = [life.service for life in reversed(self._lives)]
        for service in services[:-1]:
            service.ask_to_stop()
        for service in services[:-1]:
            service.wait_until_stopped()
        for service in services[-1:]:
            service.ask_to_stop()
            service.wait_until_stopped()
        self._lives.clear()

    def _revive(self, life: _Life) -> None:
        now = self.clock()
        life.short_lives = life.short_lives + 1 if now - life.began < _SHORT_LIFE_SECONDS else 1
        if life.short_lives > _SHORT_LIVES_ALLOWED:
            raise CannotStart(
                "service-keeps-dying",
                "{name} cứ tắt ngay sau khi chạy: hãy xem nhật ký trong var/log.",
                "{name} keeps dying right after it starts: see the logs in var/log.",
                name=life.service.name,
            )
        life.began = now
        life.rest_until = now + min(0.1 * 2**life.short_lives, _LONGEST_REST_SECONDS)
        print(f"{life.service.name}: chạy lại / started again", file=sys.stderr, flush=True)
        try:
            self._begin(life.service)
        except DomainError as error:
            print(error, file=sys.stderr, flush=True)

    def _begin(self, service: Service) -> None:
        self.is_starting = True
        try:
            service.start()
        finally:
            self.is_starting = False
        if self.stop_asked:
            raise StopAsked
