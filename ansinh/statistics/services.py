"""How many services are offered full online (R-137): the same in every province, for procedures are national."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.catalogue.queries import services_on


@dataclass(frozen=True)
class Offered:
    """Services of a day, and how many of them are full online."""

    full: int
    all: int


def fully_online(*, on: date) -> Offered:
    """Services whose folder says `full_online` and which can be filed here."""
    found = [one.procedure for one in services_on(on)]
    return Offered(sum(one.level == "full_online" and one.online for one in found), len(found))
