"""An announcement can be about one service (R-157)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0008_ordinary_days")]

    operations = [
        migrations.AddField(
            model_name="announcement",
            name="procedure",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="slug of the service it is about; empty: of none",
                max_length=80,
            ),
        ),
    ]  # fmt: skip
