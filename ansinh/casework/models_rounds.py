"""A second round of asking, which a superior lets be; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class RoundState(models.TextChoices):
    """Of a proposal to ask once more."""

    PROPOSED = "proposed", "Chờ lãnh đạo phòng, tổ"
    APPROVED = "approved", "Đã đồng ý"
    DECLINED = "declined", "Không đồng ý"


class RoundProposal(models.Model):
    """What an officer wants to ask a second time, and the superior's answer. Nothing was sent before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="round_proposals")
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.PROPOSED)
    asks = models.JSONField(help_text="places with reason, what is wrong and what is right")
    why = models.TextField(help_text="why it could not be asked the first time")
    proposed_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="proposed"), name="one_open_round_proposal",
                violation_error_message="Hồ sơ đang có một đề nghị bổ sung lần nữa chờ lãnh đạo.",
            ),
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(asks=[]), name="round_proposal_has_reasons",
                violation_error_message="Đề nghị bổ sung lần nữa phải ghi vì sao và ghim chỗ nào.",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state="proposed") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="round_decided_by_another",
                violation_error_message="Người đề nghị không tự đồng ý được.",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["proposed_at"]

    def __str__(self) -> str:
        return f"{self.state} {self.proposed_at}"
