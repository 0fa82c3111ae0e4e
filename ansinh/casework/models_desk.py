"""Lists that officers keep for themselves, and that heads share. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class SavedList(models.Model):
    """A filter with its columns and order under a name. It ends and is never rewritten: changing it makes another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+", help_text="who keeps it")
    office_code = models.CharField(max_length=5, blank=True, help_text="shared with this office; empty: one's own")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict, help_text="casework.filters.Filter")
    columns = ArrayField(models.CharField(max_length=12), default=list, help_text="shown beside due date and number")
    sort = models.CharField(max_length=8, blank=True, help_text="empty: urgent and late first")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        indexes: ClassVar = [
            models.Index(fields=["officer"], name="lists_of_an_officer", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["office_code"], name="lists_of_an_office", condition=Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "name"],
                condition=Q(ended_at__isnull=True),
                name="one_saved_list_of_a_name",
                violation_error_message="Ông/bà đã có danh sách mang tên này.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_list_has_a_name"),
        ]
