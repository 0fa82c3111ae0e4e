"""A complaint about a decided dossier, with a clock of its own. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class ComplaintState(models.TextChoices):
    """Life of a complaint."""

    FILED = "filed", "Đã nhận khiếu nại, chờ giải quyết"
    ANSWERED = "answered", "Đã trả lời khiếu nại"
    WITHDRAWN = "withdrawn", "Đã rút khiếu nại"


class Complaint(models.Model):
    """What the applicant objects to; the limit it is answered in is kept with it, whatever the rules become.

    Answered once, by somebody who had no part in the decision: the database refuses anybody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=32, unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="complaints")
    office_code = models.CharField(max_length=5, help_text="the office that answers")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    about = models.TextField(help_text="what is wrong, in the applicant's words")
    wants = models.TextField(help_text="what the applicant wants")
    due_on = models.DateField()
    basis_vi = models.CharField(max_length=200, help_text="of the limit, as it was when it was filed")
    state = models.CharField(max_length=9, choices=ComplaintState.choices, default=ComplaintState.FILED)
    outcome = models.CharField(
        max_length=8, blank=True, choices=[("upheld", "Khiếu nại đúng"), ("partly", "Khiếu nại đúng một phần"),
                                           ("rejected", "Khiếu nại không đúng")],
    )  # fmt: skip
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_title = models.CharField(max_length=200, blank=True)
    answered_capacity = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="filed"), name="one_open_complaint",
                violation_error_message="Hồ sơ đang có một khiếu nại chờ giải quyết.",
            ),
            models.CheckConstraint(
                condition=~Q(about="") & ~Q(wants=""), name="complaint_says_what",
                violation_error_message="Khiếu nại phải ghi điều không đồng ý và đề nghị.",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer="") & ~Q(outcome="")
                | ~Q(state="answered") & Q(answered_by__isnull=True, answered_at__isnull=True, answer="", outcome=""),
                name="answered_complaint_says_by_whom",
                violation_error_message="Trả lời khiếu nại phải có kết luận, lý do, người ký và thời điểm.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["office_code", "due_on"], name="complaints_to_answer", condition=Q(state="filed")),
        ]
        ordering: ClassVar = ["filed_at", "id"]

    def __str__(self) -> str:
        return self.number
