"""What the office notes beside a dossier, and which dossiers belong together. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class InternalNote(models.Model):
    """A sentence of an officer for colleagues; the applicant never sees it. It only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="notes")
    office_code = models.CharField(max_length=5)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text=""), name="note_says_something", violation_error_message="Ghi chú chưa có nội dung."
            )
        ]


class LinkKind(models.TextChoices):
    """How a dossier belongs to another."""

    FOLLOWS = "follows", "Tiếp theo hồ sơ"
    SAME_MATTER = "same_matter", "Cùng một việc với hồ sơ"
    COMPLAINT_OF = "complaint_of", "Khiếu nại về hồ sơ"
    CORRECTION_OF = "correction_of", "Đính chính kết quả của hồ sơ"


class DossierLink(models.Model):
    """One dossier belongs to another; both show it. It ends, it is never rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="linked_from")
    other_number = models.CharField(max_length=24, help_text="shown where the other dossier is another office's")
    kind = models.CharField(max_length=13, choices=LinkKind.choices)
    linked_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["linked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "other", "kind"], condition=Q(ended_at__isnull=True), name="dossiers_linked_once",
                violation_error_message="Hai hồ sơ đã được nối như vậy.",
            ),
            models.CheckConstraint(condition=~Q(dossier=F("other")), name="dossier_not_linked_to_itself"),
        ]  # fmt: skip


class Verdict(models.TextChoices):
    """What an officer found two dossiers to be."""

    DIFFERENT = "different", "Không trùng"
    SAME = "same", "Trùng"


class DuplicateVerdict(models.Model):
    """An officer compared a dossier with another that looked the same; kept, so that nobody is asked again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="duplicate_verdicts")
    other = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    other_number = models.CharField(max_length=24)
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    same = models.JSONField(default=list, help_text="what was the same: keys of casework.related.duplicates")
    reason = models.TextField()
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="duplicate_verdict_says_why",
                violation_error_message="Chưa ghi căn cứ kết luận trùng hay không.",
            ),
            models.CheckConstraint(condition=~Q(dossier=F("other")), name="duplicate_of_another"),
        ]  # fmt: skip
