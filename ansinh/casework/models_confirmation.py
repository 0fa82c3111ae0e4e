"""The ending of a round in which the earlier result proved right; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class Confirmation(models.Model):
    """A result that was looked at again stands: why, and who says so. One for a reopening; rows are only added.

    Nothing of the result is undone or done again. The database ends a new round by a decision signed since, or by this.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reopening = models.OneToOneField("casework.Reopening", on_delete=models.PROTECT, related_name="confirmation")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()
    why = models.CharField(max_length=1000, help_text="as the applicant reads it")
    decided_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    decided_title = models.CharField(max_length=200)
    decided_capacity = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(why=""), name="confirmation_says_why",
                violation_error_message="Giữ nguyên kết quả phải ghi vì sao kết quả cũ đúng.",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return self.why
