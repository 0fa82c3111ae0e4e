"""Problems reported to the office above; an answer is written once."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but

_ONCE = """
CREATE FUNCTION directives_problem_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answered report is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER directives_problem_answered BEFORE UPDATE ON directives_problemreport
    FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION directives_problem_answered();
"""
_OFTEN = """
DROP TRIGGER directives_problem_answered ON directives_problemreport;
DROP FUNCTION directives_problem_answered();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0003_feedback"),
        ("offices", "0005_announcements"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProblemReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("portal", "Cổng, phần mềm"),
                            ("procedure", "Thủ tục, nghiệp vụ"),
                            ("account", "Tài khoản, mã xác thực, chữ ký số"),
                            ("network", "Đường truyền, thiết bị"),
                            ("other", "Việc khác"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField(max_length=5000)),
                (
                    "urgent",
                    models.BooleanField(default=False, help_text="people cannot file, or are not paid, meanwhile"),
                ),
                ("reported_at", models.DateTimeField()),
                ("due_on", models.DateField(help_text="last day to answer, for who owes it now")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, max_length=5000)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "from_office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "to_office",
                    models.ForeignKey(
                        help_text="who owes the answer",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProblemStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(help_text="reported, passed_on, answered", max_length=10)),
                ("due_on", models.DateField(blank=True, help_text="day to answer from this step on", null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "office",
                    models.ForeignKey(
                        help_text="who did it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="directives.problemreport"
                    ),
                ),
            ],
            options={
                "ordering": ["report", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="problemreport",
            index=models.Index(fields=["to_office", "answered_at", "due_on"], name="problems_to_answer"),
        ),
        migrations.AddIndex(
            model_name="problemreport",
            index=models.Index(fields=["from_office", "-reported_at"], name="problems_reported"),
        ),
        migrations.AddConstraint(
            model_name="problemreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_answer_has_words_and_a_name",
                violation_error_message="Trả lời cần có nội dung và người trả lời.",
            ),
        ),
        migrations.AddConstraint(
            model_name="problemreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_office", models.F("to_office")), _negated=True),
                name="nobody_reports_to_oneself",
            ),
        ),
        fixed_but(
            "directives_problemreport",
            "to_office_id",
            "due_on",
            "answered_at",
            "answered_by_id",
            "answer",
        ),
        append_only("directives_problemstep"),
        migrations.RunSQL(_ONCE, _OFTEN),
    ]
