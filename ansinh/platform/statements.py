"""Statements whose SQL is worked out once: the same inputs ask in the same words, and most of a list's time went there.

What is kept is the question alone. Each time it is asked anew, as whoever looks then, behind the same walls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

Kind = TypeVar("Kind", bound=Model)
KEPT: Final = 1024
"""Statements that a function marked `lru_cache(KEPT)` keeps, for as many officers and days as a process meets."""
TYPED: Final = "<typed>"
"""Stands in a statement for what somebody types, until that is `put`."""
NO_ROW: Final = UUID(int=0)
"""Stands in a statement for the identifier of a row, until it is asked `about` one."""
AFTER: Final = "<after>"
"""Stands in a statement for the end of what somebody looks for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its values; without SQL nothing can be found, and nothing is asked."""

    sql: str = ""
    values: tuple[Any, ...] = ()

    def put(self, typed: str, *, after: str = "") -> Statement:
        """The same about what was typed; in a pattern its own signs stand for themselves."""
        literal = connection.ops.prep_for_like_query(typed)
        put = {TYPED: typed, AFTER: after, f"{TYPED}%": f"{literal}%", f"%{TYPED}%": f"%{literal}%"}
        return replace(self, values=tuple(put.get(one, one) if isinstance(one, str) else one for one in self.values))

    def about(self, row: UUID) -> Statement:
        """The same about this row."""
        return replace(self, values=tuple(row if one == NO_ROW else one for one in self.values))

    def rows(self) -> list[tuple[Any, ...]]:
        """What is found now, as the database gives it: for plain columns, not for sealed or JSON ones."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return list(cursor.fetchall())

    def count(self) -> int:
        """How many rows are found now."""
        counted = f"SELECT count(*) FROM ({self.sql}) found" if self.sql else ""  # noqa: S608 - Django made it
        return sum(row[0] for row in Statement(counted, self.values).rows())

    def models(self, kind: type[Kind]) -> list[Kind]:
        """What is found now as rows of `kind`; other columns become attributes of these names."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            shape = _shape(kind, tuple(column.name for column in cursor.description))
            return [shape.model(found) for found in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class _Shape(Generic[Kind]):
    """How the columns of a statement become a row of a model; `raw` of Django works it out anew each time."""

    kind: type[Kind]
    names: tuple[str, ...]
    places: tuple[int, ...]
    converters: tuple[tuple[int, Callable[[Any, Any, Any], Any], Any], ...]
    beside: tuple[tuple[str, int], ...]

    def model(self, found: Sequence[Any]) -> Kind:
        values = list(found)
        for place, convert, column in self.converters:
            values[place] = convert(values[place], column, connection)
        row = self.kind.from_db(connection.alias, self.names, [values[place] for place in self.places])
        for name, place in self.beside:
            setattr(row, name, values[place])
        return row


@lru_cache(KEPT)
def _shape(kind: type[Kind], columns: tuple[str, ...]) -> _Shape[Kind]:
    places = {name: place for place, name in enumerate(columns)}
    fields: list[Any] = [field for field in kind._meta.concrete_fields if field.column in places]
    known = {field.column for field in fields}
    converters = [
        (places[field.column], convert, column)
        for field in fields
        for column in [field.get_col(kind._meta.db_table)]
        for convert in (*connection.ops.get_db_converters(column), *field.get_db_converters(connection))
    ]
    return _Shape(
        kind,
        tuple(field.attname for field in fields),
        tuple(places[field.column] for field in fields),
        tuple(converters),
        tuple((name, place) for name, place in places.items() if name not in known),
    )


def statement(rows: QuerySet[Any, Any]) -> Statement:
    """What this would ask. Call it in a function that is kept and given every input by value: days, posts, offices."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return Statement()
    return Statement(intern(sql), tuple(values))
