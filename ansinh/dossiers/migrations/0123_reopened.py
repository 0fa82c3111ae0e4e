"""When a dossier was last opened again after a result. The ground is a row of casework, which guards it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0122_typed_from_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="reopened_at",
            field=models.DateTimeField(
                blank=True,
                help_text="when it was last opened again after a result; casework keeps on what ground",
                null=True,
            ),
        ),
    ]
