"""First social insurance numbers: the ranges they are taken from, and who has which. `registry.models` imports this."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ansinh.platform.sealed_fields.fields import BlindIndex, SealedText
from ansinh.platform.sealed_fields.kinds import PERSONAL_ID
from ansinh.registry.models_records import Entry

MOST = 9_999_999_999


class NumberSpan(Func):
    """Numbers from the first to the last column, both included."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


class NumberRange(models.Model):
    """Numbers that the national registry left to this system. `next_number` after `last` means: all are given."""

    first = models.BigIntegerField()
    last = models.BigIntegerField()
    next_number = models.BigIntegerField(help_text="the next one to be given")
    province = models.CharField(max_length=2, blank=True, help_text="of the offices it is for; empty: every office")
    valid_from = models.DateField()
    ground = models.CharField(max_length=200, help_text="the letter with which the range was left to us")
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True, help_text="first day it is no longer used")

    class Meta:
        ordering: ClassVar = ["first"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first"), last__lte=MOST),
                name="number_range_has_ten_digits_and_an_order",
                violation_error_message="Dải số gồm các số có 10 chữ số, số cuối không nhỏ hơn số đầu.",
            ),
            models.CheckConstraint(
                condition=Q(next_number__gte=F("first"), next_number__lte=F("last") + 1),
                name="next_number_lies_in_its_range",
            ),
            ExclusionConstraint(
                name="number_ranges_do_not_overlap",
                expressions=[
                    (
                        NumberSpan("first", "last", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message="Dải số này trùng một phần với dải đã nhập.",
            ),
        ]


class NumberRangeEvent(models.Model):
    """What was done with a range, by whom, on which letter; never rewritten."""

    ENTERED, CLOSED = "entered", "closed"

    range = models.ForeignKey(NumberRange, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=[(ENTERED, "Nhập dải"), (CLOSED, "Đóng dải")])
    at = models.DateTimeField()
    actor = models.CharField(max_length=120, help_text="label of who did it")
    actor_name = models.CharField(max_length=120)
    ground = models.CharField(max_length=200, help_text="the letter it rests on")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="number_range_event_names_its_letter",
                violation_error_message="Mỗi lần nhập hoặc đóng dải số phải ghi văn bản.",
            ),
        ]


class IssuedNumber(Entry):
    """A first number: to whom, when, from where. An identity number never gets two."""

    insured = models.OneToOneField("registry.InsuredPerson", on_delete=models.PROTECT, related_name="first_number")
    personal_id_number = SealedText(kind=PERSONAL_ID)
    personal_id_key = BlindIndex("personal_id_number")
    source = models.CharField(max_length=40, help_text="which source gave it")

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["personal_id_key"], name="one_first_number_per_personal_id"),
        ]
