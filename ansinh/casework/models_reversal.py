"""How effects of a replaced result were undone; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class EffectReversal(models.Model):
    """One effect of an earlier decision undone, once and for good: by a reversing entry, or by hand.

    The effect itself is never changed. By hand: somebody says with which document it was put right elsewhere, before
    the new decision is signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    effect = models.OneToOneField("casework.AppliedEffect", on_delete=models.PROTECT, related_name="reversal")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="reversals")
    decision = models.ForeignKey(
        "casework.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="reversals",
        help_text="the new one, where the machine did it with its signature",
    )  # fmt: skip
    says_vi = models.TextField()
    says_en = models.TextField()
    made = models.JSONField(default=dict, help_text="what came of it: numbers, identifiers of rows")
    document = models.CharField(max_length=60, blank=True, help_text="by hand: the paper it rests on")
    officer = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(says_vi="") & ~Q(says_en="")
                & (Q(decision__isnull=False, officer__isnull=True, document="")
                   | Q(decision__isnull=True, officer__isnull=False) & ~Q(document="")),
                name="undone_by_entry_or_by_hand",
                violation_error_message="Gỡ tác động bằng tay phải ghi đã làm gì, theo văn bản nào.",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.says_vi
