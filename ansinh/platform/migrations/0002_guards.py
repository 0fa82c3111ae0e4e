"""The function behind `audit.append_only`, the guard of the audit trail itself, and vacuum for a table that churns."""

from django.db import migrations

from ansinh.platform.audit import append_only

APPEND_ONLY = """
CREATE FUNCTION ansinh_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

# The queue is nearly always almost empty while rows rush through it: clean it by count, not by share.
VACUUM = """
ALTER TABLE platform_job SET (
    fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000
);
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION ansinh_append_only()"),
        append_only("platform_auditevent"),
        migrations.RunSQL(VACUUM, "ALTER TABLE platform_job RESET (fillfactor, autovacuum_vacuum_scale_factor)"),
    ]
