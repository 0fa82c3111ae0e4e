"""Far and difficult areas: what was entered is ended or taken back, never rewritten."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.dated
import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0006_former_communes"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="RemoteArea",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "commune_code",
                    models.CharField(blank=True, help_text="empty: all that the office serves", max_length=5),
                ),
                (
                    "document",
                    models.CharField(help_text="number and day of the decision that names the area", max_length=200),
                ),
                ("entered_by", models.CharField(help_text="label of the officer", max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("changed_by", models.CharField(blank=True, help_text="who ended it or took it back", max_length=120)),
                (
                    "taken_back_at",
                    models.DateTimeField(blank=True, help_text="wrong from its first day: never held", null=True),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remote_areas", to="offices.office"
                    ),
                ),
            ],
            options={
                "ordering": ["office_id", "commune_code", "-valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        expressions=[
                            (models.F("office"), "="),
                            (models.F("commune_code"), "="),
                            (
                                ansinh.offices.dated.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="remote_area_once",
                        violation_error_message="Địa bàn này đã được ghi trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="remote_area_ends_after_it_begins",
                        violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True),
                        name="remote_area_says_by_which_document",
                        violation_error_message="Phải ghi số, ngày văn bản quy định địa bàn.",
                    ),
                ],
            },
        ),
        fixed_but("offices_remotearea", "valid_to", "changed_by", "taken_back_at"),
    ]
