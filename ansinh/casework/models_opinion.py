"""Opinions asked of a colleague or of another agency. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class OpinionState(models.TextChoices):
    """Life of a question."""

    ASKED = "asked", "Đang chờ ý kiến"
    ANSWERED = "answered", "Đã có ý kiến"
    WITHDRAWN = "withdrawn", "Không hỏi nữa"


class Opinion(models.Model):
    """A question about a dossier: to an officer of the agency, who answers, or to another agency by letter.

    A colleague of another office reads the dossier until the answer or the day (opinions.elsewhere).
    A colleague's answer takes the office's own time; while another agency has it, the ledger says so. The office's
    clock runs on in both cases. It is answered once and never rewritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="opinions")
    office_code = models.CharField(max_length=5, help_text="where the dossier was when it was asked")
    asked_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    question = models.TextField()
    wanted_by = models.DateField(help_text="the day by which the answer is wanted")
    to_officer = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_office = models.CharField(
        max_length=5, blank=True, help_text="where a colleague of another office works; empty: of the dossier's office"
    )
    agency = models.CharField(max_length=200, blank=True, help_text="another agency, in words")
    state = models.CharField(max_length=9, choices=OpinionState.choices, default=OpinionState.ASKED)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="who answered, or who entered the other agency's letter",
    )  # fmt: skip
    answered_at = models.DateTimeField(null=True, blank=True)
    document_number = models.CharField(max_length=60, blank=True, help_text="of the other agency's letter")
    document_day = models.DateField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    reminded_before = models.DateTimeField(null=True, blank=True)
    reminded_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_officer__isnull=True) ^ Q(agency=""), name="opinion_of_one_side",
                violation_error_message="Hỏi một đồng nghiệp hoặc một cơ quan khác.",
            ),
            models.CheckConstraint(
                condition=Q(to_office="") | Q(to_officer__isnull=False) & ~Q(to_office=F("office_code")),
                name="opinion_elsewhere_of_an_officer",
                violation_error_message="Hỏi cơ quan khác của ngành thì phải ghi hỏi cán bộ nào ở đó.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""), name="opinion_has_question",
                violation_error_message="Chưa ghi câu hỏi.",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state="answered") & Q(answered_by__isnull=True, answered_at__isnull=True, answer=""),
                name="answered_opinion_says_what",
                violation_error_message="Ý kiến đã trả lời phải có nội dung, người và thời điểm.",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(agency="")
                | ~Q(document_number="") & Q(document_day__isnull=False, file__isnull=False),
                name="outside_opinion_has_its_paper",
                violation_error_message="Ý kiến của cơ quan khác phải có văn bản: số, ngày và tệp.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["to_officer", "wanted_by"], name="opinions_to_give", condition=Q(state="asked")),
        ]
        ordering: ClassVar = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at}"
