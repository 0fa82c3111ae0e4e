"""Fixtures of every test. The database and the rules of the run are set up in `tests/environment.py`."""

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

_sql_flush = DatabaseOperations.sql_flush


def _flush_past_guards(self: DatabaseOperations, *arguments: Any, **options: Any) -> list[str]:
    """Between tests append-only tables are emptied too; only a superuser, as tests have, can do this."""
    statements = _sql_flush(self, *arguments, **options)
    return ["SET LOCAL session_replication_role = replica", *statements] if statements else statements


DatabaseOperations.sql_flush = _flush_past_guards  # type: ignore[method-assign, assignment]
