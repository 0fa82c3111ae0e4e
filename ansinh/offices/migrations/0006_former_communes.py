"""Communes of the old map, and what each became."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0005_announcements"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerCommune",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5)),
                (
                    "name_vi",
                    models.CharField(
                        help_text="as it was written, with district where that tells it apart", max_length=120
                    ),
                ),
                (
                    "became",
                    models.CharField(help_text="code of the commune it went into, wholly or in part", max_length=5),
                ),
                ("last_day", models.DateField(help_text="the last day the old commune was there")),
                ("ground", models.CharField(help_text="the resolution that rearranged it", max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "became"), name="former_commune_became_once"),
                    models.CheckConstraint(
                        condition=models.Q(("became__regex", "^\\d{5}$"), ("code__regex", "^\\d{5}$")),
                        name="former_commune_codes_have_five_digits",
                        violation_error_message="Mã xã cũ và mã xã mới đều gồm 5 chữ số.",
                    ),
                ],
            },
        ),
    ]
