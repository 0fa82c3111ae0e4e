"""Whether a page helped, and what was missing (R-185). Nobody is named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class PageFeedback(models.Model):
    """One answer under a published letter or the guide of a service; the owner reads it and says what was done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.CharField(max_length=120, help_text="letter:<uuid> or guide:<slug>")
    title = models.CharField(max_length=300, help_text="of the page as it was")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+", help_text="its owner")
    helped = models.BooleanField()
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(max_length=500, blank=True, help_text="what the owner did about it")

    class Meta:
        indexes = [models.Index(fields=["office", "answered_at", "-at"], name="feedback_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, done="") | Q(answered_at__isnull=False) & ~Q(done=""),
                name="answered_feedback_says_what_was_done",
            ),
        ]
