"""Database guards for migrations: who changed which state, and tables that only grow."""

from django.db import migrations

_RECORD = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO platform_auditevent ("at", "table", row_id, from_state, to_state, actor, "transaction")
    VALUES (now(), TG_TABLE_NAME, NEW.{row},
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.{column}::text END, NEW.{column}::text,
            coalesce(current_setting('ansinh.actor', true), ''), txid_current());
    RETURN NULL;
END $$;
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
    names = {"table": table, "column": column, "row": row, "function": f"{table}_audit"}
    return migrations.RunSQL(_RECORD.format(**names), _FORGET.format(**names))


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table`. The migration must depend on ("platform", "0002_guards")."""
    return migrations.RunSQL(_GUARD.format(table=table), _UNGUARD.format(table=table))
