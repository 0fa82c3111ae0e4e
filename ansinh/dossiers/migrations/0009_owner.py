"""Whose matter a draft and a dossier is, beside who filed it."""

from django.db import migrations, models

_FILL = """
UPDATE dossiers_dossier SET owner_id = coalesce(account.person_id, account.id)
FROM people_account account WHERE account.id = account_id;
UPDATE dossiers_draft SET owner_id = account.person_id
FROM people_account account WHERE account.id = account_id AND session_key = '';
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_approved"), ("people", "0005_capacities")]

    operations = [
        migrations.AddField(
            "draft",
            "owner_id",
            models.UUIDField(null=True, blank=True, help_text="the person or organisation whose matter it is"),
        ),
        migrations.AddField(
            "dossier",
            "owner_id",
            models.UUIDField(
                null=True,
                blank=True,
                help_text="the person or organisation whose matter it is; before approval the account",
            ),
        ),
        migrations.AlterField(
            "dossier",
            "account",
            models.ForeignKey(
                "people.Account", null=True, blank=True, on_delete=models.PROTECT, help_text="who filed it"
            ),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex("dossier", "my_dossiers"),
        migrations.AddIndex("dossier", models.Index(fields=["owner_id", "-submitted_at"], name="my_dossiers")),
        migrations.RemoveIndex("draft", "open_drafts"),
        migrations.AddIndex(
            "draft",
            models.Index(
                fields=["owner_id", "account", "-updated_at"],
                name="open_drafts",
                condition=models.Q(submitted_at__isnull=True, discarded_at__isnull=True),
            ),
        ),
    ]
