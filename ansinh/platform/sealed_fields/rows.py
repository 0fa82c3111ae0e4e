"""Whole columns of sealed values: which there are, under which keys, and sealing them anew batch by batch.

A batch is one transaction and changes only values that still are as they were read, so the work may be killed at any
moment, runs beside a working portal, and is simply started again.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

from ansinh.platform.errors import DomainError
from ansinh.platform.sealed_fields.envelope import INDEX, Sealed, blind_index, seal, unseal
from ansinh.platform.sealed_fields.fields import SealedField
from ansinh.platform.sealed_fields.keys import present_version

BATCH: Final = 2_000


@dataclass(frozen=True)
class Column:
    """One sealed column."""

    table: str
    name: str
    key: str
    key_type: str

    @classmethod
    def of(cls, field: SealedField) -> Column:
        """The column of a field."""
        key = field.model._meta.pk
        return cls(field.model._meta.db_table, field.column, key.column, str(key.db_type(connection)).split("(")[0])

    @property
    def place(self) -> str:
        """`table.column`."""
        return f"{self.table}.{self.name}"

    def sql(self, text: str, **names: str) -> str:
        """SQL with {table}, {name}, {key} and further names in their quotes, {key_type} as it is."""
        known = {"table": self.table, "name": self.name, "key": self.key, **names}
        quoted = {name: connection.ops.quote_name(value) for name, value in known.items()}
        return text.format(**quoted, key_type=self.key_type)


def sealed_columns() -> list[Column]:
    """Every sealed column of the installation, in a fixed order."""
    return [Column.of(field) for field in _fields()]


def versions(column: Column) -> dict[int, int]:
    """How many values there are under each version of the key."""
    text = "SELECT get_byte({name}, %s), count(*) FROM {table} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 1"
    return dict(rows_of(column.sql(text), [INDEX]))


def faults() -> list[str]:
    """What is wrong with the keys, in words: for each column and version one value that does not open or fit."""
    asked = [(field, version) for field in _fields() for version in versions(Column.of(field))]
    return [fault for field, version in asked if (fault := _fault(field, _ONE_OF_VERSION, [INDEX, version]))]


def first_faults() -> list[str]:
    """The same, of one value for each column: quick, and enough to see that a database came without its keys."""
    return [fault for field in _fields() if (fault := _fault(field, _ANY, []))]


_ONE_OF_VERSION = "SELECT {key}, {name} FROM {table} WHERE get_byte({name}, %s) = %s LIMIT 1"
_ANY = "SELECT {key}, {name} FROM {table} WHERE {name} IS NOT NULL LIMIT 1"


def _fault(field: SealedField, one: str, values: Sequence[Any]) -> str:
    column = Column.of(field)
    for key, value in rows_of(column.sql(one), values):
        try:
            text = unseal(Sealed(value), column=column.place, row=key)
        except DomainError as fault:
            return str(fault)
        row = field.model._default_manager.filter(pk=key).first()
        if row is not None and blind_index(field.kind, *field.parts_of(row, field.value_of(text))) != value[:INDEX]:
            return f"identifiers-index: {column.place} ({key})"
    return ""


def reseal(column: Column, *, batch: int = BATCH) -> Generator[int]:
    """Seal every value of the column under the present version; yields how many each batch changed.

    A value that somebody writes meanwhile is left as that writer sealed it. Raises KeyMissing, SealBroken.
    """
    version, last = present_version(), None
    while True:
        with transaction.atomic():
            found = rows_of(column.sql(_OLD_VERSION), [last, last, INDEX, version, batch])
            if not found:
                return
            opened = [(key, before, Sealed(before)) for key, before in found]
            anew = [
                seal(unseal(one, column=column.place, row=key), column=column.place, row=key, index=one.found_by)
                for key, _, one in opened
            ]
            keys, before = [str(key) for key, _ in found], [value for _, value in found]
            changed = rows_of(column.sql(_PUT_AGAIN), [keys, before, [bytes(one) for one in anew]])
        last = str(found[-1][0])
        yield len(changed)


_OLD_VERSION = """
SELECT {key}, {name} FROM {table}
WHERE (%s::text IS NULL OR {key} > %s::text::{key_type}) AND get_byte({name}, %s) <> %s
ORDER BY {key} LIMIT %s
"""
_PUT_AGAIN = """
UPDATE {table} SET {name} = given.after
FROM unnest(%s::text[]::{key_type}[], %s::bytea[], %s::bytea[]) AS given(key, before, after)
WHERE {table}.{key} = given.key AND {table}.{name} = given.before
RETURNING 1
"""


def rows_of(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _fields() -> list[SealedField]:
    every = (field for model in apps.get_models() for field in model._meta.local_fields)
    return sorted((one for one in every if isinstance(one, SealedField)), key=lambda one: one.place)
