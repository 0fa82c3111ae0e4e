"""How the database is emptied after a test that committed.

Django truncates every table and then makes its content types and permissions anew: seconds for a hundred and fifty
tables, of which a test filled twenty. Here only filled tables are emptied, and what Django made at the migration stays.
"""

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

_MADE_BY_MIGRATIONS = {"django_content_type", "auth_permission"}
"""What `post_migrate` would make again, always the same."""
_SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_EMPTY_THE_FILLED = """DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY {tables}::text[] LOOP
    IF pg_relation_size(name::regclass) > 0 THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
END $$"""
_PAST_GUARDS = "SET LOCAL session_replication_role = replica"
"""Append-only tables are emptied too, and in any order; only a superuser, as tests have, can do this."""
_truncating = DatabaseOperations.sql_flush


def quickly() -> None:
    """Let Django's tests empty the database this way, in this process."""
    DatabaseOperations.sql_flush = _sql_flush  # type: ignore[method-assign, assignment]
    setattr(flush, "emit_post_migrate_signal", lambda *arguments, **options: None)  # noqa: B010  # it only imports it


def _sql_flush(self: DatabaseOperations, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
    emptied = sorted(set(tables) - _MADE_BY_MIGRATIONS)
    if not emptied:
        return []
    if options.get("reset_sequences") or not _sees_every_row():
        return [_PAST_GUARDS, *_truncating(self, style, emptied, **options)]
    names = sql.SQL(_EMPTY_THE_FILLED).format(tables=sql.Literal([self.quote_name(name) for name in emptied]))
    return [_PAST_GUARDS, names.as_string(None)]


def _sees_every_row() -> bool:
    """An owner from whom walls hide rows would leave them there."""
    with connection.cursor() as cursor:
        cursor.execute(_SEES_ALL)
        found: tuple[bool] = cursor.fetchone()
        return found[0]
