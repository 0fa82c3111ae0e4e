"""One press for many dossiers: what was chosen, and what became of each. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class BatchPress(models.Model):
    """An officer chose up to 500 dossiers and one act; the worker does it, dossier by dossier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20, help_text="key of casework.batch.acts")
    arguments = models.JSONField(default=dict, help_text="note, reason, whom it is given to")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        indexes: ClassVar = [models.Index(fields=["officer", "-made_at"], name="batches_of_an_officer")]


class Outcome(models.TextChoices):
    """What became of one dossier of a press."""

    WAITING = "", "Chưa đến lượt"
    DONE = "done", "Đã xong"
    KEPT = "kept", "Đã duyệt, chờ ký xong"
    REFUSED = "refused", "Không làm được"


class BatchRow(models.Model):
    """One dossier of a press. Written once when its turn has come, in the transaction of the act itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    press = models.ForeignKey(BatchPress, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default=Outcome.WAITING)
    code = models.CharField(max_length=60, blank=True, help_text="of the refusal")
    message = models.TextField(blank=True, help_text="Vietnamese sentence with {places}")
    facts = models.JSONField(default=dict, help_text="what fills the places")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["press", "dossier"], name="dossier_once_in_a_press"),
            models.CheckConstraint(
                condition=Q(outcome="", at__isnull=True) | ~Q(outcome="") & Q(at__isnull=False),
                name="batch_row_done_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(message=""),
                name="batch_row_refused_says_why",
                violation_error_message="Không làm được thì phải nói vì sao.",
            ),
        ]
