"""Sealed values for rows that are written by COPY, without an object for each row."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from ansinh.platform.sealed_fields.envelope import blind_index, seal
from ansinh.platform.sealed_fields.fields import SealedText


def sealer(model: type[models.Model], name: str) -> Callable[[object, str], bytes]:
    """What seals a number for the column of a field: `(primary key, number)` → octets for COPY."""
    field = model._meta.get_field(name)
    assert isinstance(field, SealedText) and not field.beside
    place, kind = field.place, field.kind

    def sealed(key: object, number: str) -> bytes:
        return bytes(seal(number, column=place, row=key, index=blind_index(kind, number)))

    return sealed
