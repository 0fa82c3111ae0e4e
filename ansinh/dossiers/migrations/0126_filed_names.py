"""The names of an office, each once, kept by the database; and the index of patterns nobody could use goes.

Who files locks the name until the end, and who takes a name off its last dossier looks only after locking it: a name
goes when no dossier has it any more, and never while one comes.
"""

from typing import Final

from django.db import migrations, models

KEEP: Final = """
CREATE FUNCTION dossiers_keep_name() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    LOOP
        PERFORM FROM dossiers_filedname WHERE office_code = NEW.office_code AND name = NEW.applicant_key
            FOR KEY SHARE;
        EXIT WHEN FOUND;
        INSERT INTO dossiers_filedname (office_code, name) VALUES (NEW.office_code, NEW.applicant_key)
            ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION dossiers_drop_name() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    PERFORM FROM dossiers_filedname WHERE office_code = OLD.office_code AND name = OLD.applicant_key FOR UPDATE;
    DELETE FROM dossiers_filedname kept WHERE kept.office_code = OLD.office_code AND kept.name = OLD.applicant_key
        AND NOT EXISTS (SELECT FROM dossiers_dossier dossier
            WHERE dossier.office_code = OLD.office_code AND dossier.applicant_key = OLD.applicant_key);
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_keep_name AFTER INSERT ON dossiers_dossier FOR EACH ROW
    EXECUTE FUNCTION dossiers_keep_name();
CREATE TRIGGER dossiers_keep_other_name AFTER UPDATE OF office_code, applicant_key ON dossiers_dossier FOR EACH ROW
    WHEN ((OLD.office_code, OLD.applicant_key) IS DISTINCT FROM (NEW.office_code, NEW.applicant_key))
    EXECUTE FUNCTION dossiers_keep_name();
CREATE TRIGGER dossiers_name_changed AFTER UPDATE OF office_code, applicant_key ON dossiers_dossier FOR EACH ROW
    WHEN ((OLD.office_code, OLD.applicant_key) IS DISTINCT FROM (NEW.office_code, NEW.applicant_key))
    EXECUTE FUNCTION dossiers_drop_name();
CREATE TRIGGER dossiers_name_gone AFTER DELETE ON dossiers_dossier FOR EACH ROW
    EXECUTE FUNCTION dossiers_drop_name();
INSERT INTO dossiers_filedname (office_code, name) SELECT DISTINCT office_code, applicant_key FROM dossiers_dossier;
"""
LET_GO: Final = """
DROP TRIGGER dossiers_name_gone ON dossiers_dossier;
DROP TRIGGER dossiers_name_changed ON dossiers_dossier;
DROP TRIGGER dossiers_keep_other_name ON dossiers_dossier;
DROP TRIGGER dossiers_keep_name ON dossiers_dossier;
DROP FUNCTION dossiers_drop_name();
DROP FUNCTION dossiers_keep_name();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0125_not_back_without_reason")]

    operations = [
        migrations.CreateModel(
            name="FiledName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office_code", models.CharField(max_length=5)),
                (
                    "name",
                    models.CharField(help_text="ansinh.law.names.search_key, as on the dossiers", max_length=100),
                ),
            ],
        ),
        migrations.AddConstraint(
            "FiledName",
            models.UniqueConstraint(
                fields=("office_code", "name"),
                name="one_filed_name_an_office",
                violation_error_message="Cơ quan đã có tên này.",
            ),
        ),
        migrations.RemoveIndex("Dossier", "dossier_name_trigrams"),
        migrations.AddIndex(
            "Dossier", models.Index(fields=["office_code", "applicant_key"], name="dossier_name_at_office")
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
