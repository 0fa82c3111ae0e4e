"""Notes beside a dossier, linked dossiers, and what was found about possible duplicates."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("casework", "0015_presses_and_lists"),
        ("dossiers", "0094_handler"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="DossierLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "other_number",
                    models.CharField(help_text="shown where the other dossier is another office's", max_length=24),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follows", "Tiếp theo hồ sơ"),
                            ("same_matter", "Cùng một việc với hồ sơ"),
                            ("complaint_of", "Khiếu nại về hồ sơ"),
                            ("correction_of", "Đính chính kết quả của hồ sơ"),
                        ],
                        max_length=13,
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="dossiers.dossier"
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="linked_from", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["linked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dossier", "other", "kind"),
                        name="dossiers_linked_once",
                        violation_error_message="Hai hồ sơ đã được nối như vậy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dossier", models.F("other")), _negated=True),
                        name="dossier_not_linked_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateVerdict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("other_number", models.CharField(max_length=24)),
                ("verdict", models.CharField(choices=[("different", "Không trùng"), ("same", "Trùng")], max_length=9)),
                (
                    "same",
                    models.JSONField(default=list, help_text="what was the same: keys of casework.related.duplicates"),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicate_verdicts",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="duplicate_verdict_says_why",
                        violation_error_message="Chưa ghi căn cứ kết luận trùng hay không.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dossier", models.F("other")), _negated=True), name="duplicate_of_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InternalNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="dossiers.dossier"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="note_says_something",
                        violation_error_message="Ghi chú chưa có nội dung.",
                    )
                ],
            },
        ),
        append_only("casework_internalnote"),
        fixed_but("casework_dossierlink", "ended_at"),
        append_only("casework_duplicateverdict"),
    ]
