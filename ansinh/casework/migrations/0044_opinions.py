"""Opinions of colleagues and other agencies: asked once, answered once, never rewritten."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch

OVER: Final = """
CREATE FUNCTION casework_opinion_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an opinion that was given or withdrawn stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_opinion_over BEFORE UPDATE ON casework_opinion
    FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION casework_opinion_over();
"""
NOT_OVER: Final = """
DROP TRIGGER casework_opinion_over ON casework_opinion;
DROP FUNCTION casework_opinion_over();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_apologies"),
        ("dossiers", "0120_pinned_reasons"),
        ("files", "0001_initial"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(help_text="where the dossier was when it was asked", max_length=5)),
                ("asked_at", models.DateTimeField()),
                ("question", models.TextField()),
                ("wanted_by", models.DateField(help_text="the day by which the answer is wanted")),
                ("agency", models.CharField(blank=True, help_text="another agency, in words", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Đang chờ ý kiến"),
                            ("answered", "Đã có ý kiến"),
                            ("withdrawn", "Không hỏi nữa"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document_number",
                    models.CharField(blank=True, help_text="of the other agency's letter", max_length=60),
                ),
                ("document_day", models.DateField(blank=True, null=True)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("reminded_before", models.DateTimeField(blank=True, null=True)),
                ("reminded_after", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="who answered, or who entered the other agency's letter",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="dossiers.dossier"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "to_officer",
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
                "ordering": ["asked_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["to_officer", "wanted_by"],
                        name="opinions_to_give",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_officer__isnull", True), ("agency", ""), _connector="XOR"),
                        name="opinion_of_one_side",
                        violation_error_message="Hỏi một đồng nghiệp hoặc một cơ quan khác.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="opinion_has_question",
                        violation_error_message="Chưa ghi câu hỏi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="answered_opinion_says_what",
                        violation_error_message="Ý kiến đã trả lời phải có nội dung, người và thời điểm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            ("agency", ""),
                            models.Q(
                                models.Q(("document_number", ""), _negated=True),
                                ("document_day__isnull", False),
                                ("file__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="outside_opinion_has_its_paper",
                        violation_error_message="Ý kiến của cơ quan khác phải có văn bản: số, ngày và tệp.",
                    ),
                ],
            },
        ),
        watch("casework_opinion"),
        fixed_but(
            "casework_opinion",
            "state",
            "answer",
            "answered_by_id",
            "answered_at",
            "document_number",
            "document_day",
            "file_id",
            "file_name",
            "reminded_before",
            "reminded_after",
        ),
        migrations.RunSQL(OVER, NOT_OVER),
    ]
