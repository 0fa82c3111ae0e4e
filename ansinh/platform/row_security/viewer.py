"""Who looks at the database now. The mouths say it; `backend` tells it to each transaction; policies read it.

What a viewer holds are keys to rows, not a role with rights: the identifiers of the matter acted for, of the account,
of the offices of today's posts, of the browser session. Without any of them no row of a person is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID


class Kind(StrEnum):
    """What the viewer is. Only `counter`, `door` and `house` open rows by themselves (ansinh.walls.register)."""

    NOBODY = ""
    PUBLIC = "public"
    CITIZEN = "citizen"
    OFFICER = "officer"
    COUNTER = "counter"
    DOOR = "door"
    HOUSE = "house"


@dataclass(frozen=True)
class Viewer:
    """The keys of one viewer; `browser` is the secret name of the browser session or token."""

    kind: Kind = Kind.NOBODY
    account_id: UUID | None = None
    owner_id: UUID | None = None
    offices: frozenset[str] = frozenset()
    browser: str = ""
    opened: UUID | None = None
    """The dossier behind a glass that this viewer broke."""

    def settings(self) -> dict[str, str]:
        """What the transaction is told: name of each setting and its text, empty for what is not held."""
        return {
            "ansinh.viewer": self.kind,
            "ansinh.account": str(self.account_id or ""),
            "ansinh.owner": str(self.owner_id or ""),
            "ansinh.offices": ",".join(sorted(self.offices)),
            "ansinh.browser": self.browser,
            "ansinh.opened": str(self.opened or ""),
        }


NOBODY: Final = Viewer()
_present: ContextVar[Viewer] = ContextVar("viewer", default=NOBODY)


def present() -> Viewer:
    """Who looks in this thread or task now."""
    return _present.get()


@contextmanager
def viewing(viewer: Viewer) -> Iterator[None]:
    """The block looks as this viewer, also at what it does in a transaction that is already open."""
    before = _present.set(viewer)
    try:
        yield
    finally:
        _present.reset(before)


def learn(**keys: Any) -> None:
    """The present viewer holds these keys too, until the surrounding `viewing` ends; outside one nobody learns."""
    viewer = _present.get()
    if viewer.kind is not Kind.NOBODY:
        _present.set(replace(viewer, **keys))


@contextmanager
def at_the_door() -> Iterator[None]:
    """The block looks for one account, code or dossier by something that only its holder knows.

    For what must be found before it is known who asks: sign-in, registration, recovery, the public look-up.
    """
    with viewing(replace(_present.get(), kind=Kind.DOOR)):
        yield


@contextmanager
def at_any_counter() -> Iterator[None]:
    """The block serves whoever comes to a counter, wherever the person lives: found by papers, not by office.

    For an officer whose right to serve was asked: recovery, acting for others, the paid account, organisations.
    """
    with viewing(replace(_present.get(), kind=Kind.COUNTER)):
        yield


@contextmanager
def as_the_house() -> Iterator[None]:
    """The block is the program's own work, for nobody's eyes: jobs, commands, what follows from an event."""
    with viewing(replace(_present.get(), kind=Kind.HOUSE)):
        yield
