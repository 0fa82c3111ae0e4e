"""Lists of registration dossiers whose time of keeping is over; every decision on one is audited."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_words_of_waiting"),
        ("dossiers", "0009_owner"),
        ("platform", "0003_signed_actor"),
        ("people", "0040_former_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DestructionList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Chờ lãnh đạo duyệt"),
                            ("approved", "Đã duyệt, đang hủy"),
                            ("refused", "Không duyệt"),
                            ("done", "Đã hủy"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="why it was not approved", max_length=500)),
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
            ],
        ),
        migrations.CreateModel(
            name="ToDestroy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24)),
                ("digest", models.CharField(max_length=64)),
                ("files", models.JSONField(help_text="SHA-256 of each paper and issued document")),
                ("ground", models.CharField(max_length=200)),
                ("kept_until", models.DateField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="destructions", to="dossiers.dossier"
                    ),
                ),
                (
                    "listed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="casework.destructionlist",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="destruction_decided_by_another",
                violation_error_message="Người lập danh mục không tự duyệt hủy.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "proposed"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="destruction_decision_has_a_name",
                violation_error_message="Danh mục đã quyết định phải có người và thời điểm quyết định.",
            ),
        ),
        migrations.AddConstraint(
            model_name="todestroy",
            constraint=models.UniqueConstraint(fields=("listed", "dossier"), name="dossier_once_in_destruction_list"),
        ),
        watch("casework_destructionlist"),
    ]
