"""Plans of statements, kept or made anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_KEEP = "SET LOCAL plan_cache_mode = force_generic_plan"


def keep_plans() -> None:
    """To the end of the transaction a prepared statement keeps the plan it has, whatever its values are.

    For work that asks the same things by their keys again and again. A plan behind the walls takes PostgreSQL up to
    twenty milliseconds, and left alone it often makes a new one for every value. The walls are part of either plan.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP)


@contextmanager
def keeping_plans() -> Iterator[None]:
    """The block asks in one transaction that keeps its plans, and tells it once who looks: for many short questions.

    For a page that only reads by keys. An error of the block leaves nothing behind.
    """
    with transaction.atomic():
        keep_plans()
        yield
