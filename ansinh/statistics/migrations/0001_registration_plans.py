"""Plans of registrations by office and days."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0040_former_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegistrationPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField()),
                ("target", models.PositiveIntegerField()),
                ("document", models.CharField(help_text="the plan's number and day", max_length=120)),
                ("set_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("set_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.officer")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_day__gte", models.F("from_day")), ("target__gte", 1)),
                        name="plan_ends_after_it_begins",
                        violation_error_message="Kế hoạch có ngày cuối sau ngày đầu và chỉ tiêu từ 1 trở lên.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        expressions=[
                            ("office_code", "="),
                            (
                                ansinh.offices.models.DateRange(
                                    "from_day",
                                    "to_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_plan_an_office_and_day",
                        violation_error_message="Cơ quan này đã có kế hoạch trong thời gian đó.",
                    ),
                ],
            },
        ),
    ]
