"""What the post brings: registered on the day it came, scanned, and matched to a dossier or set aside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class IncomingState(models.TextChoices):
    """What became of an incoming item."""

    WAITING = "waiting", "Chưa khớp hồ sơ"
    MATCHED = "matched", "Đã khớp hồ sơ"
    SET_ASIDE = "set_aside", "Không thuộc hồ sơ nào"


class IncomingItem(models.Model):
    """An envelope as it came in; of an ordinary letter the number is empty."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    number = models.CharField(max_length=30, blank=True, help_text="the carrier's, from its bar code")
    sender = models.CharField(max_length=100)
    sender_address = models.CharField(max_length=300, blank=True)
    received_on = models.DateField(help_text="the day of the incoming stamp: limits count from it")
    what = models.CharField(max_length=200, help_text="in words: which papers lie in it")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=IncomingState.choices, default=IncomingState.WAITING)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="incoming_items"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True, help_text="why it belongs to nothing, and where it went")

    class Meta:
        ordering: ClassVar = ["received_on", "id"]
        indexes: ClassVar = [models.Index(fields=["office_code", "state", "received_on"], name="incoming_of_an_office")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "received_on"],
                condition=~Q(number=""),
                name="incoming_number_once_a_day",
                violation_error_message="Bưu gửi này đã vào sổ ngày hôm đó.",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", dossier=None, ended_at=None, ended_by=None, why="")
                | Q(state="matched", dossier__isnull=False, ended_at__isnull=False, ended_by__isnull=False, why="")
                | Q(state="set_aside", dossier=None, ended_at__isnull=False, ended_by__isnull=False) & ~Q(why=""),
                name="incoming_item_says_what_became_of_it",
                violation_error_message="Khớp thì phải có hồ sơ; không thuộc hồ sơ nào thì phải ghi vì sao.",
            ),
        ]


class IncomingScan(models.Model):
    """A scanned paper of an incoming item: bytes by digest, kept as they were scanned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(IncomingItem, on_delete=models.PROTECT, related_name="scans")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    page_count = models.PositiveSmallIntegerField()
    scanned_at = models.DateTimeField()
    scanned_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["scanned_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "file"], name="scan_once_in_an_item"),
        ]
