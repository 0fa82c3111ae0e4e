"""The apology for an answer that will not be in time: one for each due date, fixed once it was sent."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import watch

KEPT: Final = """
CREATE FUNCTION casework_apology_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'issued'
        OR (NEW.id, NEW.dossier_id, NEW.due_on) IS DISTINCT FROM (OLD.id, OLD.dossier_id, OLD.due_on)
    THEN
        RAISE EXCEPTION 'an apology that was sent stays as it is, and each belongs to its due date: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_apology_kept BEFORE UPDATE OR DELETE ON casework_apology
    FOR EACH ROW EXECUTE FUNCTION casework_apology_kept();
"""
NOT_KEPT: Final = """
DROP TRIGGER casework_apology_kept ON casework_apology;
DROP FUNCTION casework_apology_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_postal"),
        ("dossiers", "0120_pinned_reasons"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Apology",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("due_on", models.DateField(help_text="the day that will not be kept")),
                ("promised_on", models.DateField(help_text="the new day")),
                ("reason_vi", models.CharField(help_text="as the applicant reads it", max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Dự thảo, chờ lãnh đạo ký"),
                            ("issued", "Đã gửi người nộp"),
                            ("dropped", "Không cần nữa"),
                        ],
                        default="drafted",
                        max_length=7,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_title", models.CharField(blank=True, max_length=200)),
                ("signed_capacity", models.CharField(blank=True, max_length=60)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="apologies", to="dossiers.dossier"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "drafted")), fields=["dossier"], name="drafted_apologies")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "due_on"),
                        name="one_apology_for_one_due_date",
                        violation_error_message="Ngày hẹn này đã có thư xin lỗi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("promised_on__gt", models.F("due_on")), models.Q(("reason_vi", ""), _negated=True)
                        ),
                        name="apology_has_date_and_reason",
                        violation_error_message="Thư xin lỗi phải có lý do và ngày hẹn lại sau ngày hẹn cũ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("state", "issued"),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("signed_title", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "issued"), _negated=True),
                                ("number", ""),
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signed_title", ""),
                            ),
                            _connector="OR",
                        ),
                        name="issued_apology_has_signer",
                        violation_error_message="Thư xin lỗi đã gửi phải có số, người ký và thời điểm ký.",
                    ),
                ],
            },
        ),
        watch("casework_apology"),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
