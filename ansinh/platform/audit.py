"""Database guards for migrations: who changed which state, and tables that only grow."""

from collections.abc import Sequence

from django.db import migrations

from ansinh.platform.sealed_fields.envelope import INDEX

_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
{body}$$;
"""

# `ansinh.actor` is "<proof> <label>" (actor_context); without a blank it is a label that nobody signed.
_BODY = """
DECLARE
    told text := coalesce(current_setting('ansinh.actor', true), '');
    blank int := position(' ' in told);
BEGIN
    INSERT INTO platform_auditevent ("at", "table", row_id, from_state, to_state, actor, proof, "transaction")
    VALUES (now(), TG_TABLE_NAME, NEW.{row},
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.{column}::text END, NEW.{column}::text,
            left(substr(told, blank + 1), 120), left(left(told, greatest(blank - 1, 0)), 80), txid_current());
    RETURN NULL;
END """

_TRIGGERS = """
CREATE TRIGGER {table}_audit_insert AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {table}_audit_update AFTER UPDATE OF {column} ON {table} FOR EACH ROW
    WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION {function}();
"""

_FORGET = """
DROP TRIGGER {table}_audit_update ON {table};
DROP TRIGGER {table}_audit_insert ON {table};
DROP FUNCTION {function}();
"""

_GUARD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ansinh_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ansinh_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ansinh_application') THEN
        REVOKE UPDATE, DELETE ON {table} FROM ansinh_application;
    END IF;
END $$;
"""

_UNGUARD = """
DROP TRIGGER {table}_no_truncate ON {table};
DROP TRIGGER {table}_append_only ON {table};
"""


def watch(table: str, column: str = "state", *, row: str = "id") -> migrations.RunSQL:
    """Record in AuditEvent every value that `column` of `table` takes.

    `row` is the uuid column that tells whose state it is. Raw SQL, COPY and bulk writes are recorded too.
    The migration must depend on ("platform", "0002_guards").
    """
    names = {"table": table, "column": column, "function": f"{table}_audit"}
    return migrations.RunSQL(write_again(table, column, row=row) + _TRIGGERS.format(**names), _FORGET.format(**names))


def write_again(table: str, column: str = "state", *, row: str = "id") -> str:
    """SQL that writes the function behind `watch` as it is now: for tables watched before it changed."""
    return _FUNCTION.format(function=f"{table}_audit", body=body_of_watch(column, row=row))


def body_of_watch(column: str = "state", *, row: str = "id") -> str:
    """The body of the function behind `watch`, as `pg_proc.prosrc` must hold it."""
    return _BODY.format(column=column, row=row)


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table`. The migration must depend on ("platform", "0002_guards")."""
    return migrations.RunSQL(_GUARD.format(table=table), _UNGUARD.format(table=table))


_FIXED = """
CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR to_jsonb(NEW) - '{{{columns}}}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{{{columns}}}'::text[]{same}
    THEN
        RAISE EXCEPTION '% is ended, never rewritten: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_fixed();
"""

_UNFIXED = """
DROP TRIGGER {table}_fixed ON {table};
DROP FUNCTION {table}_fixed();
"""


_SAME_NUMBER = """
        OR substring(NEW.{column} from 1 for {index}) IS DISTINCT FROM substring(OLD.{column} from 1 for {index})"""


def fixed_but(table: str, *columns: str, sealed: Sequence[str] = ()) -> migrations.RunSQL:
    """Refuse DELETE on `table`, and UPDATE of other columns than these: its facts end and are never rewritten.

    `sealed` ones (platform.sealed_fields) may be sealed anew under another key, with the same blind index.
    """
    same = "".join(_SAME_NUMBER.format(column=column, index=INDEX) for column in sealed)
    names = {"table": table, "columns": ",".join([*columns, *sealed]), "same": same}
    return migrations.RunSQL(_FIXED.format(**names), _UNFIXED.format(**names))
