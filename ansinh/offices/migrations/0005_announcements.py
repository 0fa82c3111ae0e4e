"""Announcements: taken back, never rewritten."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0004_face"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("maintenance", "Bảo trì hệ thống"),
                            ("release", "Phiên bản mới"),
                            ("news", "Thông báo"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        help_text="empty: everywhere",
                        size=None,
                    ),
                ),
                ("title_vi", models.CharField(max_length=160)),
                ("title_en", models.CharField(blank=True, max_length=160)),
                ("body_vi", models.TextField(max_length=5000)),
                ("body_en", models.TextField(blank=True, max_length=5000)),
                ("version", models.CharField(blank=True, help_text="of a release", max_length=30)),
                ("shows_from", models.DateField()),
                ("shows_to", models.DateField()),
                ("starts_at", models.DateTimeField(blank=True, help_text="of the maintenance", null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "urgent_because",
                    models.CharField(blank=True, help_text="why it was not announced in time", max_length=300),
                ),
                ("written_by", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="announcements", to="offices.office"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shows_from", "shows_to"], name="announcements_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shows_to__gte", models.F("shows_from"))),
                        name="announcement_ends_after_it_begins",
                        violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")),
                                ("kind", "maintenance"),
                                ("starts_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "maintenance"), _negated=True),
                                ("ends_at__isnull", True),
                                ("starts_at__isnull", True),
                                ("urgent_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="maintenance_has_its_hours",
                        violation_error_message="Bảo trì phải ghi giờ bắt đầu và giờ kết thúc.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "release"), models.Q(("version", ""), _negated=True)),
                            models.Q(models.Q(("kind", "release"), _negated=True), ("version", "")),
                            _connector="OR",
                        ),
                        name="release_has_its_version",
                        violation_error_message="Phiên bản mới phải ghi số phiên bản.",
                    ),
                ],
            },
        ),
        fixed_but("offices_announcement", "withdrawn_at"),
    ]
