"""Counts of the statistics: facts as they come, by day, by month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0001_registration_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("channel", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=12)),
                ("measure", models.CharField(max_length=16)),
                ("bucket", models.CharField(max_length=60)),
                ("n", models.BigIntegerField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("office_code", models.CharField(max_length=5)),
                ("procedure", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=12)),
                ("measure", models.CharField(max_length=16)),
                ("bucket", models.CharField(max_length=60)),
                ("n", models.BigIntegerField()),
                ("day", models.DateField()),
                ("office_code", models.CharField(max_length=5)),
                ("procedure", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office_code", "measure", "day", "procedure", "bucket", "channel", "kind"),
                        name="one_count_a_day_and_cell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=12)),
                ("measure", models.CharField(max_length=16)),
                ("bucket", models.CharField(max_length=60)),
                ("n", models.BigIntegerField()),
                ("month", models.DateField(help_text="its first day")),
                ("area", models.CharField(max_length=5)),
                ("service", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["measure", "service", "month"], name="counts_of_a_service")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "measure", "month", "service", "bucket", "channel", "kind"),
                        name="one_count_a_month_and_cell",
                    )
                ],
            },
        ),
    ]
