"""One press for many dossiers, and the lists that officers keep."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("casework", "0014_assignments"),
        ("dossiers", "0094_handler"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchPress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("act", models.CharField(help_text="key of casework.batch.acts", max_length=20)),
                ("arguments", models.JSONField(default=dict, help_text="note, reason, whom it is given to")),
                ("made_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Chưa đến lượt"),
                            ("done", "Đã xong"),
                            ("kept", "Đã duyệt, chờ ký xong"),
                            ("refused", "Không làm được"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, help_text="of the refusal", max_length=60)),
                ("message", models.TextField(blank=True, help_text="Vietnamese sentence with {places}")),
                ("facts", models.JSONField(default=dict, help_text="what fills the places")),
                ("at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "press",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="casework.batchpress"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="SavedList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "office_code",
                    models.CharField(blank=True, help_text="shared with this office; empty: one's own", max_length=5),
                ),
                ("name", models.CharField(max_length=60)),
                ("filters", models.JSONField(default=dict, help_text="casework.filters.Filter")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        default=list,
                        help_text="shown beside due date and number",
                        size=None,
                    ),
                ),
                ("sort", models.CharField(blank=True, help_text="empty: urgent and late first", max_length=8)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        help_text="who keeps it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="batchpress",
            index=models.Index(fields=["officer", "-made_at"], name="batches_of_an_officer"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("press", "dossier"), name="dossier_once_in_a_press"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at__isnull", True), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("at__isnull", False)),
                    _connector="OR",
                ),
                name="batch_row_done_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), _negated=True),
                    models.Q(("message", ""), _negated=True),
                    _connector="OR",
                ),
                name="batch_row_refused_says_why",
                violation_error_message="Không làm được thì phải nói vì sao.",
            ),
        ),
        migrations.AddIndex(
            model_name="savedlist",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["officer"], name="lists_of_an_officer"
            ),
        ),
        migrations.AddIndex(
            model_name="savedlist",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["office_code"], name="lists_of_an_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("officer", "name"),
                name="one_saved_list_of_a_name",
                violation_error_message="Ông/bà đã có danh sách mang tên này.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_list_has_a_name"
            ),
        ),
        append_only("casework_batchpress"),
        fixed_but("casework_batchrow", "outcome", "code", "message", "facts", "at"),
        fixed_but("casework_savedlist", "ended_at"),
    ]
