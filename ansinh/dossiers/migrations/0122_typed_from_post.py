"""A draft may be typed from a paper form that came by post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0121_counted_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="assisteddraft",
            name="incoming_id",
            field=models.UUIDField(
                blank=True,
                help_text="the postal item whose paper form is typed; empty: somebody is here",
                null=True,
                unique=True,
            ),
        ),
    ]
