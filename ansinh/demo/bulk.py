"""Fill tables without their indexes, and build those once at the end: ten times fewer pages touched than row by row.

And without the wall that holds their owner too: COPY refuses a table with one, except from a superuser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

# Indexes behind a primary key or a unique constraint stay: they guard the rows while these come in.
_PLAIN_INDEXES = """
    SELECT indexes.indexrelid::regclass::text, pg_get_indexdef(indexes.indexrelid)
    FROM pg_index indexes
    WHERE indexes.indrelid = ANY(%s::regclass[]) AND NOT indexes.indisunique
    ORDER BY 1
"""

_WALLED = "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY(%s::regclass[]) AND relforcerowsecurity ORDER BY 1"


@contextmanager
def before_the_wall(tables: Sequence[str]) -> Iterator[None]:
    """Inside the caller's transaction their owner fills the tables; nobody else reaches them meanwhile.

    A failure or a kill undoes the transaction, and the wall stands.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WALLED, [list(tables)])
        walled = [name for (name,) in cursor.fetchall()]
        for name in walled:
            cursor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
    yield
    with connection.cursor() as cursor:
        for name in walled:
            cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Inside the caller's transaction the tables have no plain index until the yielded function puts them back.

    A failure or a kill undoes the transaction, and with it the dropping. Foreign keys are checked statement by
    statement: left to the end, their waiting checks would forbid building an index.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(_PLAIN_INDEXES, [list(tables)])
        indexes: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")

    def put_back() -> None:
        with connection.cursor() as cursor:
            for _, definition in indexes:
                cursor.execute(definition)

    yield put_back
