"""Due dates that changed by decision or by law; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class DueChange(models.Model):
    """One change of a due date, with the old and the new day and why. Rows are only added.

    An extension takes part in the counting: another limit, or days added. A change of the calendar is only told here:
    the day itself follows from the calendar.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="due_changes")
    kind = models.CharField(max_length=10, choices=[("extension", "Gia hạn"), ("calendar", "Lịch nghỉ thay đổi")])
    at = models.DateTimeField()
    old_due = models.DateField(null=True, blank=True)
    new_due = models.DateField(null=True, blank=True)
    why_vi = models.CharField(max_length=500, help_text="as the applicant reads it")
    ground = models.CharField(max_length=60, blank=True, help_text="of an extension: a code of the dated grounds")
    basis_vi = models.CharField(max_length=300, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    document_day = models.DateField(null=True, blank=True)
    result_key = models.CharField(max_length=60, blank=True, help_text="which result; empty: all")
    limit_value = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the limit in place of the first")
    limit_unit = models.CharField(max_length=50, blank=True)
    adds = models.PositiveSmallIntegerField(default=0, help_text="days of the limit's own kind")
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="extension")
                | (~Q(ground="") & ~Q(basis_vi="") & ~Q(document_number="") & Q(document_day__isnull=False)
                   & Q(decided_by__isnull=False) & (Q(adds__gt=0) ^ Q(limit_value__isnull=False))),
                name="extension_has_its_ground",
                violation_error_message="Gia hạn phải có căn cứ, văn bản, người quyết định và số ngày.",
            ),
            models.CheckConstraint(condition=~Q(why_vi=""), name="due_change_says_why"),
        ]  # fmt: skip
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_due} {self.new_due}"
