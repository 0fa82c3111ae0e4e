"""The title of whoever acted may name the absent colleague."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0011_assisted_drafts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossierevent",
            name="actor_title",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
