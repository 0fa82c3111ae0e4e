"""Campaigns through employers and other units: what each is asked to bring to its people, and how far it is (R-161)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class Campaign(models.Model):
    """What an office asks of many units, from a day to a day. Its words never change; it is ended once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10000, help_text="what a unit is to do, paragraphs one a line")
    counted = models.CharField(max_length=120, help_text="what units count: workers who registered")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="last day for units")
    offices = ArrayField(models.CharField(max_length=5), help_text="whose units; those below are named too")
    kinds = ArrayField(models.CharField(max_length=20), default=list, help_text="of organisations; none: all")
    officers = ArrayField(models.UUIDField(), default=list, help_text="only units they look after; none: all")
    communes = ArrayField(models.CharField(max_length=5), default=list, help_text="only units there; none: all")
    opened_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True, blank=True, help_text="from then on every unit is in the list")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_campaign_ends_after_it_starts",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(counted="") & Q(offices__len__gt=0),
                name="a_campaign_says_what_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_campaign_says_by_whom",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["office", "-opened_at"], name="campaigns_of_office")]


class CampaignUnit(models.Model):
    """A campaign at one unit. What happened first is kept here, every step in CampaignStep."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+", help_text="manages it")
    officer = models.ForeignKey(
        "people.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="looks after it"
    )
    commune_code = models.CharField(max_length=5, blank=True, help_text="empty: not known")
    unit_code = models.CharField(max_length=20, blank=True)
    unit_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    listed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="by message; empty: nobody could be told yet")
    read_at = models.DateTimeField(null=True, blank=True)
    phoned_at = models.DateTimeField(null=True, blank=True)
    doing_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    reached = models.PositiveIntegerField(null=True, blank=True, help_text="of `out_of`, as said last")
    out_of = models.PositiveIntegerField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "office", "unit_code", "unit_name"], name="a_unit_is_asked_once",
                violation_error_message="Đơn vị đã có trong chiến dịch.",
            ),
            models.CheckConstraint(
                condition=Q(reached__isnull=True, out_of__isnull=True) | Q(out_of__gt=0, reached__lte=F("out_of")),
                name="a_unit_reaches_no_more_than_it_has",
                violation_error_message="Số đã làm không lớn hơn tổng số, và tổng số phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(doing_at__isnull=False, reached__isnull=False),
                name="who_is_done_says_how_many",
                violation_error_message="Đơn vị xong thì cần ghi bao nhiêu trên tổng số bao nhiêu.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["campaign", "office", "officer"], name="campaign_units"),
            models.Index(fields=["organisation", "-listed_at"], name="campaigns_of_unit"),
            models.Index(fields=["campaign"], condition=Q(done_at__isnull=True), name="campaign_units_not_done"),
        ]


class CampaignStep(models.Model):
    """One step at a unit; only grows. `spoken_to` names a function, never a person."""

    KINDS = [
        ("told", "Đã báo tin"), ("read", "Đã đọc"), ("phoned", "Đã gọi điện"), ("doing", "Đang làm"),
        ("said", "Báo số liệu"), ("done", "Đã xong"), ("reminded", "Đã nhắc"),
    ]  # fmt: skip
    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=KINDS)
    actor = models.CharField(max_length=120, help_text="label of who did it")
    spoken_to = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    reached = models.PositiveIntegerField(null=True, blank=True)
    out_of = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="phoned") | ~Q(spoken_to=""), name="a_campaign_call_says_to_whom",
                violation_error_message="Cuộc gọi phải ghi đã nói chuyện với bộ phận nào.",
            ),
        ]  # fmt: skip
