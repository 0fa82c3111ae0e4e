"""A claim that officers want cancelled by itself; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class CancellationState(models.TextChoices):
    """Life of a proposal."""

    PROPOSED = "proposed", "Chờ lãnh đạo"
    AGREED = "agreed", "Lãnh đạo đồng ý, đã hủy"
    DECLINED = "declined", "Lãnh đạo không đồng ý"


class CancellationProposal(models.Model):
    """Why a claim of money is to stand no more, and the answer of a leader who did not propose it.

    Nothing happens before the answer. `order_id` asks for the money; what came by it already is given back by
    `back_id`. The database cancels a claim by an agreed proposal, or by a new result of the dossier, by nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="cancellation_proposals")
    claim = models.ForeignKey("registry.RecoveryClaim", on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=8, choices=CancellationState.choices, default=CancellationState.PROPOSED)
    ground = models.CharField(max_length=40, help_text="code of the dated grounds")
    ground_vi = models.CharField(max_length=200)
    ground_en = models.CharField(max_length=200)
    basis_vi = models.CharField(max_length=300, help_text="clause, as it was on that day")
    quality = models.CharField(max_length=20, help_text="how sure the clause is")
    why = models.CharField(max_length=1000, help_text="as the applicant reads it")
    document_number = models.CharField(max_length=60, blank=True)
    document_day = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    order_id = models.UUIDField(
        null=True, blank=True, help_text="the order that asks for the claim, where there is one"
    )
    back_id = models.UUIDField(null=True, blank=True, help_text="the order that gives back what had been paid")

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"], condition=~Q(state="declined"), name="one_cancellation_of_a_claim",
                violation_error_message="Khoản thu hồi này đã có đề nghị hủy.",
            ),
            models.CheckConstraint(
                condition=~Q(ground="") & ~Q(ground_vi="") & ~Q(basis_vi="") & ~Q(why=""),
                name="cancellation_proposal_says_why",
                violation_error_message="Đề nghị hủy khoản thu hồi phải có lý do, căn cứ và giải thích.",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state="proposed") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="cancellation_decided_by_another",
                violation_error_message="Người đề nghị hủy khoản thu hồi không tự đồng ý được.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["proposed_at"], name="cancellations_to_decide", condition=Q(state="proposed"))
        ]
        ordering: ClassVar = ["proposed_at"]

    def __str__(self) -> str:
        return f"{self.state} {self.ground}"
