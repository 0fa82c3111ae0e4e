"""The title of a signatory may name the absent colleague."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_retention"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="signed_title",
            field=models.CharField(blank=True, help_text="the leader's title on that day", max_length=200),
        ),
    ]
