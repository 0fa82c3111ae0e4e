"""Programs with tokens, good ones and others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ansinh.people.tokens import give_token, revoke_token
from tests.matrix.principals import Is, Principal
from tests.matrix.things import MONDAY, Given
from tests.walls.people import NEIGHBOUR_ID
from tests.world import ID_NUMBER, PASSWORD


def principals(given: Given) -> Iterator[Principal]:
    """Tokens of the owner and the neighbour, of an officer, revoked, out of time, invented, none."""
    for name, login, citizen in (
        ("token of the citizen", ID_NUMBER, given.world.citizen),
        ("token of the other citizen", NEIGHBOUR_ID, given.neighbour),
    ):
        yield Principal(name, Is.PROGRAM, token=_token(login), owners=frozenset({citizen.person_id}))
    yield Principal("token of an officer", Is.STRANGER, token=_token("can-bo-counter"))
    revoked = _token(ID_NUMBER)
    revoke_token(revoked, at=MONDAY)
    yield Principal("revoked token", Is.STRANGER, token=revoked)
    late = give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=MONDAY - timedelta(days=2))[0]
    yield Principal("token out of time", Is.STRANGER, token=late)
    yield Principal("invented token", Is.STRANGER, token="x" * 43)
    yield Principal("no token", Is.STRANGER)


def _token(login: str) -> str:
    return give_token(login, PASSWORD, network="203.0.113.7", at=MONDAY)[0]
