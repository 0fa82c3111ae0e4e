"""Whether a complaint comes from a far area that is hard to reach, with the longer limits of the law."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0051_confirmations"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="remote",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="from a far area that is hard to reach: the longer limits of the law",
            ),
        ),
    ]
