"""The operation of a migration that seals what a table kept open until then, and its way back."""

from __future__ import annotations

import json
from typing import Any, Final

from django.db import migrations

from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.sealed_fields.envelope import Sealed, unseal
from ansinh.platform.sealed_fields.fields import SealedField, SealedJSON
from ansinh.platform.sealed_fields.rows import Column, rows_of

BATCH: Final = 5_000


def seal_column(app: str, model: str, field: str, *, plain: str) -> migrations.RunPython:
    """Seal every value of the column `plain` into `field`; undone, open them into it again.

    Remove `plain` next and add the `BlindIndex` last: that writes the table anew, and nothing open stays in its file.
    Without an index `written_anew` does.
    """
    return migrations.RunPython(
        lambda apps, _: _seal(apps.get_model(app, model), field, plain),
        lambda apps, _: _open(apps.get_model(app, model), field, plain),
    )


def written_anew(table: str) -> migrations.RunSQL:
    """Write a table to a new file: what removed columns held is gone with the old one."""
    return migrations.RunSQL(f"CLUSTER {table} USING {table}_pkey", migrations.RunSQL.noop)


_READ_OPEN = """
SELECT {key}, {plain} BESIDE FROM {table} WHERE %s::text IS NULL OR {key} > %s::text::{key_type} ORDER BY {key} LIMIT %s
"""
_PUT_SEALED = """
UPDATE {table} SET {name} = given.sealed FROM unnest(%s::text[]::{key_type}[], %s::bytea[]) AS given(key, sealed)
WHERE {table}.{key} = given.key RETURNING 1
"""


@as_the_house()
def _seal(model: Any, name: str, plain: str) -> None:
    field: SealedField = model._meta.get_field(name)
    column, last = Column.of(field), None
    beside = {f"beside{at}": one for at, one in enumerate(getattr(field, "beside", ()))}
    ask = column.sql(_READ_OPEN.replace("BESIDE", "".join(f", {{{one}}}" for one in beside)), plain=plain, **beside)
    while found := rows_of(ask, [last, last, BATCH]):
        kept = []
        for key, value, *others in found:
            row = model(pk=key, **dict(zip(beside.values(), others, strict=True)))
            sealed = field.sealed(row, json.loads(value) if isinstance(field, SealedJSON) else value)
            if sealed is not None:
                kept.append((str(key), bytes(sealed)))
        rows_of(column.sql(_PUT_SEALED), [[key for key, _ in kept], [one for _, one in kept]])
        last = str(found[-1][0])


_READ_SEALED = """
SELECT {key}, {name} FROM {table}
WHERE {name} IS NOT NULL AND (%s::text IS NULL OR {key} > %s::text::{key_type}) ORDER BY {key} LIMIT %s
"""
_PUT_OPEN = """
UPDATE {table} SET {plain} = given.shown::PLAIN_TYPE
FROM unnest(%s::text[]::{key_type}[], %s::text[]) AS given(key, shown) WHERE {table}.{key} = given.key RETURNING 1
"""


@as_the_house()
def _open(model: Any, name: str, plain: str) -> None:
    field: SealedField = model._meta.get_field(name)
    column, last = Column.of(field), None
    put = column.sql(_PUT_OPEN.replace("PLAIN_TYPE", "jsonb" if isinstance(field, SealedJSON) else "text"), plain=plain)
    while found := rows_of(column.sql(_READ_SEALED), [last, last, BATCH]):
        keys = [str(key) for key, _ in found]
        rows_of(put, [keys, [unseal(Sealed(one), column=column.place, row=key) for key, one in found]])
        last = keys[-1]
