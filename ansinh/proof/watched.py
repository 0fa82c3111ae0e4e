"""Which tables have a state, and so must be watched: read from the models, so that a new one cannot be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.apps import apps

NOT_WATCHED: Final = {
    "notifications.Message": "delivery of a message changes no right; MessageEvent keeps every step of it",
    "people.OneTimeCode": "the delivery of a code lives for minutes and is told by its message",
    "platform.AuditEvent": "the trail itself",
}
"""Models with a state that no audit event follows, each with the reason."""


@dataclass(frozen=True)
class Watched:
    """A table whose `column` is followed; `row` is its uuid key."""

    table: str
    column: str
    row: str


def with_state() -> dict[str, tuple[str, ...]]:
    """Label of each of our models → its columns that hold a state."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("ansinh."):
            columns = tuple(f.column for f in model._meta.concrete_fields if f.name.split("_")[-1] == "state")
            if columns:
                found[model._meta.label] = columns
    return found


def watched() -> tuple[Watched, ...]:
    """Every table that must be followed."""
    return tuple(
        Watched(apps.get_model(label)._meta.db_table, column, apps.get_model(label)._meta.pk.column)
        for label, columns in sorted(with_state().items())
        if label not in NOT_WATCHED
        for column in columns
    )
