"""Targets for the rate of electronic transactions; `statistics.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class ElectronicTarget(models.Model):
    """By a day the rate of a field is to reach a value, or that of another field in the same province (R-133).

    A later row for the same field, kind and day replaces an earlier one, which stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field = models.CharField(max_length=20, help_text="key of fields.yaml")
    kind = models.CharField(max_length=12, blank=True, help_text="individual, organisation; empty: both together")
    by_day = models.DateField()
    permille = models.PositiveSmallIntegerField(null=True, blank=True)
    as_field = models.CharField(max_length=20, blank=True, help_text="key of the field whose rate is to be reached")
    document = models.CharField(max_length=120, help_text="number and day of the text that sets it")
    set_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ElectronicTarget]] = models.Manager()

    class Meta:
        app_label = "statistics"
        ordering: ClassVar = ["by_day", "field", "kind"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(permille__isnull=False, permille__gte=1, permille__lte=1000, as_field="")
                | Q(permille__isnull=True) & ~Q(as_field=""),
                name="target_is_a_value_or_another_field",
                violation_error_message="Mục tiêu là một tỷ lệ từ 0,1 % đến 100 %, hoặc bằng tỷ lệ của lĩnh vực khác.",
            ),
            models.UniqueConstraint(
                fields=["field", "kind", "by_day"],
                condition=Q(replaced_at__isnull=True),
                name="one_target_a_field_and_day",
                violation_error_message="Lĩnh vực này đã có mục tiêu đến ngày đó.",
            ),
            models.CheckConstraint(condition=Q(kind__in=["", "individual", "organisation"]), name="target_for_a_kind"),
            models.CheckConstraint(condition=~Q(document=""), name="target_rests_on_a_text"),
        ]
