"""Citizens and those who are none (any more)."""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.people.models import Account
from tests.matrix.principals import Is, Principal, session_of
from tests.matrix.things import Given
from tests.world import an_account


def principals(given: Given) -> Iterator[Principal]:
    """Nobody, the owner, the neighbour, whose account was closed, whose registration waits."""
    yield Principal("nobody", Is.NOBODY)
    yield Principal("a session that never was", Is.NOBODY, session="x" * 32)
    for name, one in (("citizen", given.world.citizen), ("other citizen", given.neighbour)):
        yield Principal(name, Is.CITIZEN, session=session_of(one.account_id), owners=frozenset({one.person_id}))
    closed = an_account("090080000029", "Đã Đóng")
    session = session_of(closed.pk)
    Account.objects.filter(pk=closed.pk).update(state="closed")
    yield Principal("whose account was closed", Is.NOBODY, session=session)
    waiting = an_account("pending:x", "Đang Chờ", state="pending", activated_at=None)
    yield Principal("whose registration waits", Is.NOBODY, session=session_of(waiting.pk))
