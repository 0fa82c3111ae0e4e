"""Corrections of procedures, by two officers."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.CharField(max_length=80)),
                ("in_force_from", models.DateField()),
                ("edits", models.JSONField()),
                ("document", models.CharField(help_text="the text of law or decision it rests on", max_length=200)),
                ("reason", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Chờ người thứ hai duyệt"),
                            ("approved", "Đã duyệt"),
                            ("refused", "Không duyệt"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("refused_why", models.CharField(blank=True, max_length=500)),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="catalogue.procedureversion",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["slug", "in_force_from"], name="catalogue_c_slug_2bc42a_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="correction_decided_by_another",
                        violation_error_message="Người đề nghị điều chỉnh không tự duyệt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "proposed"),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_decision_has_a_name",
                        violation_error_message="Điều chỉnh đã quyết định phải có người và thời điểm quyết định.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True), ("version__isnull", False), _connector="OR"
                        ),
                        name="approved_correction_has_its_version",
                        violation_error_message="Điều chỉnh đã duyệt phải có bản thủ tục đi kèm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="correction_rests_on_a_text",
                        violation_error_message="Điều chỉnh phải ghi văn bản làm căn cứ và lý do.",
                    ),
                ],
            },
        ),
    ]
