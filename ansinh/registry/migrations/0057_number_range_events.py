"""Who entered or closed a range of first numbers, and on which letter."""

import django.db.models.deletion
from django.db import migrations, models

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0056_first_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberRangeEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("entered", "Nhập dải"), ("closed", "Đóng dải")], max_length=8),
                ),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(help_text="label of who did it", max_length=120)),
                ("actor_name", models.CharField(max_length=120)),
                ("ground", models.CharField(help_text="the letter it rests on", max_length=200)),
                (
                    "range",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="registry.numberrange"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(ground=""),
                        name="number_range_event_names_its_letter",
                        violation_error_message="Mỗi lần nhập hoặc đóng dải số phải ghi văn bản.",
                    ),
                ],
            },
        ),
        append_only("registry_numberrangeevent"),
    ]
