"""Complaints: answered once, by somebody who had no part in the decision, never rewritten."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch

BY_ANOTHER: Final = """
CREATE FUNCTION casework_complaint_by_another() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF OLD.state <> 'filed' THEN
        RAISE EXCEPTION 'a complaint that is over stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.answered_by_id IS NOT NULL AND EXISTS (
        SELECT FROM casework_decision decision WHERE decision.dossier_id = NEW.dossier_id
            AND NEW.answered_by_id IN (decision.proposed_by_id, decision.controlled_by_id, decision.signed_by_id)
    ) THEN
        RAISE EXCEPTION 'a complaint is answered by somebody who had no part in the decision'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_complaint_by_another BEFORE UPDATE ON casework_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_complaint_by_another();
"""
NOT_BY_ANOTHER: Final = """
DROP TRIGGER casework_complaint_by_another ON casework_complaint;
DROP FUNCTION casework_complaint_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0044_opinions"),
        ("dossiers", "0120_pinned_reasons"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=32, unique=True)),
                ("office_code", models.CharField(help_text="the office that answers", max_length=5)),
                ("filed_at", models.DateTimeField()),
                ("about", models.TextField(help_text="what is wrong, in the applicant's words")),
                ("wants", models.TextField(help_text="what the applicant wants")),
                ("due_on", models.DateField()),
                ("basis_vi", models.CharField(help_text="of the limit, as it was when it was filed", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "Đã nhận khiếu nại, chờ giải quyết"),
                            ("answered", "Đã trả lời khiếu nại"),
                            ("withdrawn", "Đã rút khiếu nại"),
                        ],
                        default="filed",
                        max_length=9,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Khiếu nại đúng"),
                            ("partly", "Khiếu nại đúng một phần"),
                            ("rejected", "Khiếu nại không đúng"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_title", models.CharField(blank=True, max_length=200)),
                ("answered_capacity", models.CharField(blank=True, max_length=60)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "answered_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="complaints", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["filed_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "filed")),
                        fields=["office_code", "due_on"],
                        name="complaints_to_answer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("dossier",),
                        name="one_open_complaint",
                        violation_error_message="Hồ sơ đang có một khiếu nại chờ giải quyết.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", ""), _negated=True), models.Q(("wants", ""), _negated=True)
                        ),
                        name="complaint_says_what",
                        violation_error_message="Khiếu nại phải ghi điều không đồng ý và đề nghị.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="answered_complaint_says_by_whom",
                        violation_error_message="Trả lời khiếu nại phải có kết luận, lý do, người ký và thời điểm.",
                    ),
                ],
            },
        ),
        watch("casework_complaint"),
        fixed_but(
            "casework_complaint",
            "state",
            "outcome",
            "answer",
            "answered_by_id",
            "answered_at",
            "answered_title",
            "answered_capacity",
        ),
        migrations.RunSQL(BY_ANOTHER, NOT_BY_ANOTHER),
    ]
