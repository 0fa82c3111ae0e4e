"""Frozen procedure versions: a dossier keeps the one it was made under. Corrections put a dated version beside."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class ProcedureVersion(models.Model):
    """One procedure folder as it was on the day it was frozen; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=80)
    in_force_from = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical content")
    content = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "in_force_from", "digest"], name="version_frozen_once"),
        ]
        indexes = [models.Index(fields=["slug", "in_force_from", "frozen_at"])]

    def __str__(self) -> str:
        return f"{self.slug} {self.in_force_from}"


class CorrectionState(models.TextChoices):
    """Life of a correction."""

    PROPOSED = "proposed", "Chờ người thứ hai duyệt"
    APPROVED = "approved", "Đã duyệt"
    REFUSED = "refused", "Không duyệt"


class Correction(models.Model):
    """Facts of a procedure that an administrator puts right from a day on; another person approves it.

    `edits` are limits, fee and papers (ansinh.catalogue.corrections.Edits); approved, they are a frozen `version`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=80)
    base = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="corrected_by")
    in_force_from = models.DateField()
    edits = models.JSONField()
    document = models.CharField(max_length=200, help_text="the text of law or decision it rests on")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=CorrectionState.choices, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=500, blank=True)
    version = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="made_by"
    )

    class Meta:
        indexes = [models.Index(fields=["slug", "in_force_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="correction_decided_by_another",
                violation_error_message="Người đề nghị điều chỉnh không tự duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decision_has_a_name",
                violation_error_message="Điều chỉnh đã quyết định phải có người và thời điểm quyết định.",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(version__isnull=False),
                name="approved_correction_has_its_version",
                violation_error_message="Điều chỉnh đã duyệt phải có bản thủ tục đi kèm.",
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(reason=""),
                name="correction_rests_on_a_text",
                violation_error_message="Điều chỉnh phải ghi văn bản làm căn cứ và lý do.",
            ),
        ]
