"""What granted dossiers did; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import SealedJSON
from ansinh.platform.sealed_fields.kinds import DECLARED


class AppliedEffect(models.Model):
    """One effect of a decision, done once by it. The record it made names the dossier it came from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="effects")
    decision = models.ForeignKey("casework.Decision", on_delete=models.PROTECT, related_name="effects")
    key = models.CharField(max_length=60, help_text="of the effect in the frozen version")
    row = models.CharField(max_length=8, blank=True, help_text="index of the row in its table; empty: no table")
    does = models.CharField(max_length=40)
    inputs = SealedJSON(kind=DECLARED, help_text="as they were resolved at the signature")
    made = models.JSONField(default=dict, help_text="what came of it: numbers, identifiers of rows")
    says_vi = models.TextField()
    says_en = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "key", "row"],
                name="effect_once",
                violation_error_message="Kết quả này của hồ sơ đã được thực hiện rồi.",
            ),
            models.CheckConstraint(condition=~Q(says_vi="") & ~Q(says_en=""), name="effect_is_said"),
        ]
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """`key`, or `key[row]` of a table."""
        return f"{self.key}[{self.row}]" if self.row else self.key
