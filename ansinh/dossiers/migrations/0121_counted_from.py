"""The day from which limits count, of what came by post: never later than acceptance, and fixed by it."""

from django.db import migrations, models

_GUARD = """
CREATE FUNCTION dossiers_counted_from_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.accepted_at IS NOT NULL
        OR NEW.counted_from > (coalesce(NEW.accepted_at, NEW.last_event_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    THEN
        RAISE EXCEPTION 'the day limits count from is not later than acceptance, and fixed by it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_counted_from_stays BEFORE UPDATE OF counted_from ON dossiers_dossier FOR EACH ROW
    WHEN (OLD.counted_from IS DISTINCT FROM NEW.counted_from) EXECUTE FUNCTION dossiers_counted_from_stays();
"""
_NO_GUARD = """
DROP TRIGGER dossiers_counted_from_stays ON dossiers_dossier;
DROP FUNCTION dossiers_counted_from_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0120_pinned_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="counted_from",
            field=models.DateField(
                blank=True,
                help_text="the day on which what completed it came by post: limits count from it; empty: from accepted_at",
                null=True,
            ),
        ),
        migrations.RunSQL(_GUARD, _NO_GUARD),
    ]
