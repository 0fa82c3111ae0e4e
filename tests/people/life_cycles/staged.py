"""A case that tells its whole story by itself, at moments it chooses: of officers, whose days matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ansinh.platform.errors import DomainError
from tests.world import World

A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class LifeCycle:
    """A named case. `ended` builds it by the real actions at a moment, proves that the right is held, ends it, and
    tells whether a second later it is gone.
    """

    name: str
    ended: Callable[[World, datetime], bool]

    @property
    def title(self) -> str:
        """What happens, as it is printed."""
        return f"officer: {self.name.replace('_', ' ')}"


def can(act: Callable[[], object]) -> bool:
    """Whether an act is done rather than refused; whatever it did is undone."""
    with transaction.atomic():
        try:
            act()
        except DomainError:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def held(right: Callable[[datetime], bool], *, at: datetime) -> None:
    """The right is held at the moment; a case without one proves nothing."""
    if not right(at):
        raise AssertionError("the right was never held")
