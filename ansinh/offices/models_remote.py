"""Far and difficult areas, in which some limits of the law are longer. `offices.models` imports this file."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.offices.dated import Dated, no_overlap
from ansinh.platform.identifiers import uuid7


class RemoteArea(Dated):
    """A commune, or all that an office serves, that is far and hard to reach by a document.

    What was entered is ended, or taken back when it was wrong from its first day; it is never rewritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="remote_areas")
    commune_code = models.CharField(max_length=5, blank=True, help_text="empty: all that the office serves")
    document = models.CharField(max_length=200, help_text="number and day of the decision that names the area")
    entered_by = models.CharField(max_length=120, help_text="label of the officer")
    entered_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120, blank=True, help_text="who ended it or took it back")
    taken_back_at = models.DateTimeField(null=True, blank=True, help_text="wrong from its first day: never held")

    class Meta:
        constraints = [
            no_overlap(
                "office", "commune_code", name="remote_area_once", condition=Q(taken_back_at__isnull=True),
                message="Địa bàn này đã được ghi trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="remote_area_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="remote_area_says_by_which_document",
                violation_error_message="Phải ghi số, ngày văn bản quy định địa bàn.",
            ),
        ]  # fmt: skip
        ordering = ["office_id", "commune_code", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.office_id} {self.commune_code}".strip()
