"""Lists of dossiers whose time of keeping is over, and what was destroyed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class DestructionState(models.TextChoices):
    """Life of a list."""

    PROPOSED = "proposed", "Chờ lãnh đạo duyệt"
    APPROVED = "approved", "Đã duyệt, đang hủy"
    REFUSED = "refused", "Không duyệt"
    DONE = "done", "Đã hủy"


class DestructionList(models.Model):
    """Dossiers an office proposes to destroy; another person approves it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=DestructionState.choices, default=DestructionState.PROPOSED)
    proposed_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="why it was not approved")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="destruction_decided_by_another",
                violation_error_message="Người lập danh mục không tự duyệt hủy.",
            ),
            models.CheckConstraint(
                condition=Q(state=DestructionState.PROPOSED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="destruction_decision_has_a_name",
                violation_error_message="Danh mục đã quyết định phải có người và thời điểm quyết định.",
            ),
        ]


class ToDestroy(models.Model):
    """One dossier of a list. Number, digest and hashes stay for good: they prove what there was (R-062)."""

    listed = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="entries")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="destructions")
    number = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    files = models.JSONField(help_text="SHA-256 of each paper and issued document")
    ground = models.CharField(max_length=200)
    kept_until = models.DateField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed", "dossier"], name="dossier_once_in_destruction_list"),
        ]
