"""Who asks. Each module of this package has `principals(given)`; a new one is found by being there."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from uuid import UUID

from ansinh.people.models import Account
from tests.browsers import Client
from tests.matrix.things import Given


class Is(Enum):
    """What the pages take a principal for."""

    NOBODY = "nobody who signed in"
    CITIZEN = "a citizen"
    OFFICER = "an officer"
    PROGRAM = "a program with a citizen's token"
    STRANGER = "a program without a good token"


@dataclass(frozen=True)
class Principal:
    """One who asks: with what, whose matters are open to it, and the offices of its posts today."""

    name: str
    is_a: Is
    session: str = ""
    token: str = ""
    owners: frozenset[UUID] = frozenset()
    offices: frozenset[str] = frozenset()
    at_counter: bool = False
    manages: frozenset[str] = frozenset()
    """Offices whose people it manages."""
    reviews: frozenset[str] = frozenset()
    """Offices whose looks and requests it watches."""

    @property
    def by_interface(self) -> bool:
        """Whether it asks the programming interface, and not the pages."""
        return self.is_a in {Is.PROGRAM, Is.STRANGER}


def everybody(given: Given) -> list[Principal]:
    """Every principal of every module here, in the order of their names."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return [one for module in modules for one in module.principals(given)]


def session_of(account_id: UUID) -> str:
    """A browser session in which this account signed in."""
    client = Client()
    client.force_login(Account.objects.get(pk=account_id))
    return str(client.cookies["sessionid"].value)
