"""Who acts, told to the database, so that its audit trail names somebody even for raw SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ansinh.platform.errors import DomainError


@contextmanager
def acting_as(label: str) -> Iterator[None]:
    """Audit rows written inside the block carry `label` (at most 120 characters, for example `officer:<id>`).

    Holds for the surrounding transaction only, so it cannot leak through a pooled connection; an error of the
    program outside one. Blocks nest.
    """
    if not connection.in_atomic_block:
        raise DomainError("no-transaction", "acting_as cần một giao dịch cơ sở dữ liệu đang mở.")
    before = _set(label)
    yield
    _set(before)  # after an error the transaction, or its savepoint, takes the setting back by itself


def _set(label: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('ansinh.actor', true), ''), set_config('ansinh.actor', %s, true)",
            [label[:120]],
        )
        before: str = cursor.fetchone()[0]
    return before
