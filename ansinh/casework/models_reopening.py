"""A closed dossier that is looked at again; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7

UPHELD = "complaint-upheld"
"""The ground that only a complaint found right gives."""


class Reopening(models.Model):
    """Why a decided dossier was opened again, by whom, and how long the office has. Rows are only added.

    The dossier keeps its number and its ledger; the earlier decision stays and says what it said. The database opens
    no closed dossier without the row of its reopening.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="reopenings")
    round = models.PositiveSmallIntegerField(help_text="2: the second time the dossier is decided")
    at = models.DateTimeField()
    ground = models.CharField(max_length=40, help_text="code of the dated grounds")
    ground_vi = models.CharField(max_length=200)
    ground_en = models.CharField(max_length=200)
    basis_vi = models.CharField(max_length=300, help_text="clause, as it was on that day")
    quality = models.CharField(max_length=20, help_text="how sure the clause is")
    why = models.CharField(max_length=1000, help_text="as the applicant reads it")
    document_number = models.CharField(max_length=60, blank=True, help_text="judgment, minutes, answer to a complaint")
    document_day = models.DateField(null=True, blank=True)
    limit_value = models.PositiveSmallIntegerField()
    limit_unit = models.CharField(max_length=50)
    complaint = models.OneToOneField(
        "casework.Complaint", null=True, blank=True, on_delete=models.PROTECT, related_name="reopening"
    )
    decision = models.ForeignKey(
        "casework.Decision", on_delete=models.PROTECT, related_name="reopenings", help_text="the earlier one"
    )
    earlier_result = models.CharField(max_length=24)
    earlier_closed_at = models.DateTimeField()
    earlier_was_late = models.BooleanField()
    decided_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=5, help_text="where the officer holds the post it was decided in")
    decided_title = models.CharField(max_length=200)
    decided_capacity = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "round"], name="reopened_once_a_round"),
            models.UniqueConstraint(fields=["dossier", "earlier_closed_at"], name="reopened_once_a_closing"),
            models.CheckConstraint(
                condition=~Q(ground="") & ~Q(ground_vi="") & ~Q(basis_vi="") & ~Q(why="") & Q(limit_value__gt=0),
                name="reopening_says_why",
                violation_error_message="Mở lại hồ sơ phải có căn cứ, điều khoản, lý do và thời hạn.",
            ),
            models.CheckConstraint(
                condition=Q(ground=UPHELD) ^ Q(complaint__isnull=True), name="reopened_for_the_complaint_named",
                violation_error_message="Mở lại theo khiếu nại thì phải nêu khiếu nại đã kết luận đúng.",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["round"]

    def __str__(self) -> str:
        return f"{self.round} {self.ground}"
