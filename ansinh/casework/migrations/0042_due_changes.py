"""Changes of due dates, only added: extensions with their ground, and what a change of the calendar moved."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0041_pinned_refusals"),
        ("platform", "0002_guards"),
        ("dossiers", "0120_pinned_reasons"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="DueChange",
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
                        choices=[("extension", "Gia hạn"), ("calendar", "Lịch nghỉ thay đổi")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("old_due", models.DateField(blank=True, null=True)),
                ("new_due", models.DateField(blank=True, null=True)),
                ("why_vi", models.CharField(help_text="as the applicant reads it", max_length=500)),
                (
                    "ground",
                    models.CharField(
                        blank=True, help_text="of an extension: a code of the dated grounds", max_length=60
                    ),
                ),
                ("basis_vi", models.CharField(blank=True, max_length=300)),
                ("document_number", models.CharField(blank=True, max_length=60)),
                ("document_day", models.DateField(blank=True, null=True)),
                ("result_key", models.CharField(blank=True, help_text="which result; empty: all", max_length=60)),
                (
                    "limit_value",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="the limit in place of the first", null=True
                    ),
                ),
                ("limit_unit", models.CharField(blank=True, max_length=50)),
                ("adds", models.PositiveSmallIntegerField(default=0, help_text="days of the limit's own kind")),
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
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="due_changes", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "extension"), _negated=True),
                            models.Q(
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("basis_vi", ""), _negated=True),
                                models.Q(("document_number", ""), _negated=True),
                                ("document_day__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("adds__gt", 0), ("limit_value__isnull", False), _connector="XOR"),
                            ),
                            _connector="OR",
                        ),
                        name="extension_has_its_ground",
                        violation_error_message="Gia hạn phải có căn cứ, văn bản, người quyết định và số ngày.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why_vi", ""), _negated=True), name="due_change_says_why"
                    ),
                ],
            },
        ),
        append_only("casework_duechange"),
    ]
