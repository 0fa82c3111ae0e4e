"""The apology for an answer that will not be in time, with its new date. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class ApologyState(models.TextChoices):
    """A draft made by the machine, until a leader signs it or the dossier ends in time."""

    DRAFTED = "drafted", "Dự thảo, chờ lãnh đạo ký"
    ISSUED = "issued", "Đã gửi người nộp"
    DROPPED = "dropped", "Không cần nữa"


class Apology(models.Model):
    """One for one due date (form 04). It moves no due date: a late dossier stays late, the new day is a promise."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="apologies")
    due_on = models.DateField(help_text="the day that will not be kept")
    promised_on = models.DateField(help_text="the new day")
    reason_vi = models.CharField(max_length=500, help_text="as the applicant reads it")
    state = models.CharField(max_length=7, choices=ApologyState.choices, default=ApologyState.DRAFTED)
    drafted_at = models.DateTimeField()
    number = models.CharField(max_length=40, blank=True)
    signed_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_title = models.CharField(max_length=200, blank=True)
    signed_capacity = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "due_on"], name="one_apology_for_one_due_date",
                violation_error_message="Ngày hẹn này đã có thư xin lỗi.",
            ),
            models.CheckConstraint(
                condition=Q(promised_on__gt=F("due_on")) & ~Q(reason_vi=""), name="apology_has_date_and_reason",
                violation_error_message="Thư xin lỗi phải có lý do và ngày hẹn lại sau ngày hẹn cũ.",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(number="") & ~Q(signed_title="")
                | ~Q(state="issued") & Q(signed_by__isnull=True, signed_at__isnull=True, number="", signed_title=""),
                name="issued_apology_has_signer",
                violation_error_message="Thư xin lỗi đã gửi phải có số, người ký và thời điểm ký.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["dossier"], name="drafted_apologies", condition=Q(state="drafted"))]
        ordering: ClassVar = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.due_on}"
