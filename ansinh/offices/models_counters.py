"""Counters that close for a while, and where to turn instead. What was announced is ended, never rewritten."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.offices.dated import Dated, no_overlap
from ansinh.platform.identifiers import uuid7


class DecisionMaker(models.TextChoices):
    """Who decided that a counter closes."""

    PROVINCE = "province_committee", "Ủy ban nhân dân tỉnh, thành phố"
    DISTRICT = "district_committee", "Ủy ban nhân dân quận, huyện (đến 30/06/2025)"
    COMMUNE = "commune_committee", "Ủy ban nhân dân xã, phường"
    OFFICE = "office", "Cơ quan BHXH"


class CounterPause(Dated):
    """The counter of an office takes nothing in person from a day to a day. Online and post go on (R-141, R-142)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="pauses")
    ground = models.CharField(max_length=20, help_text="key of counter_grounds.yaml")
    reason = models.CharField(max_length=500)
    decided_by = models.CharField(max_length=20, choices=DecisionMaker.choices)
    document = models.CharField(max_length=200, help_text="number and day of the decision")
    legal_bases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    notice_vi = models.CharField(max_length=500)
    notice_en = models.CharField(max_length=500, blank=True)
    announced_by = models.CharField(max_length=120, help_text="label of the officer")
    announced_at = models.DateTimeField()
    reopens_on = models.DateField(null=True, blank=True, help_text="first day open again, earlier than announced")
    reopened_document = models.CharField(max_length=200, blank=True)
    reopened_by = models.CharField(max_length=120, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            no_overlap(
                "office", name="one_counter_pause", condition=Q(reopens_on__isnull=True),
                message="Quầy của cơ quan này đã có đợt tạm dừng trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="counter_pause_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(reopens_on__isnull=True, reopened_at__isnull=True, reopened_by="")
                | Q(reopens_on__isnull=False, reopened_at__isnull=False) & ~Q(reopened_by=""),
                name="reopened_counter_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document="") & ~Q(notice_vi=""),
                name="counter_pause_says_why",
                violation_error_message="Đợt tạm dừng phải có lý do, văn bản và thông báo.",
            ),
        ]  # fmt: skip


class NearestOffice(Dated):
    """One place of the ordered list of offices to turn to instead of an office (R-143, R-144)."""

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    nearest = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="1 is the nearest")

    class Meta:
        constraints = [
            no_overlap("office", "place", name="one_office_in_a_place", message="Thứ tự này đã có cơ quan."),
            no_overlap("office", "nearest", name="nearest_office_once", message="Cơ quan này đã có trong danh sách."),
            models.CheckConstraint(
                condition=~Q(office=F("nearest")),
                name="nearest_is_another_office",
                violation_error_message="Cơ quan thay phải là cơ quan khác.",
            ),
        ]
