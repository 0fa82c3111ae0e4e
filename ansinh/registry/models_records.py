"""What decisions wrote into the record of a participant: dated rows that only grow. `registry.models` imports this."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import SealedText
from ansinh.platform.sealed_fields.kinds import PERSONAL_DATA

FUNDS = [
    ("compulsory", "BHXH bắt buộc"),
    ("voluntary", "BHXH tự nguyện"),
    ("health", "BHYT"),
    ("unemployment", "BHTN"),
]


class DateRange(Func):
    """Days from the first to the last column, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def _never_twice(name: str, *keys: str, first: str, last: str, condition: Q | None = None) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        condition=condition,
        expressions=[
            *((F(key), RangeOperators.EQUAL) for key in keys),
            (
                DateRange(first, last, RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                RangeOperators.OVERLAPS,
            ),
        ],
    )


class Entry(models.Model):
    """A row of somebody's record with the decision it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier_id = models.UUIDField(help_text="whose decision it was")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class CardChange(Entry):
    """A health card was issued, extended or ended. The card of a day follows from all of them."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="card_changes")
    kind = models.CharField(
        max_length=8, choices=[("issued", "Cấp thẻ"), ("extended", "Gia hạn"), ("ended", "Thu hồi")]
    )
    number = models.CharField(max_length=15, blank=True, help_text="empty: the number stays")
    level_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day")
    facility = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="card_ends_after_it_begins",
                violation_error_message="Ngày cuối của thẻ phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(valid_from__isnull=False, valid_to__isnull=False),
                name="extended_card_has_both_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ended") | Q(valid_to__isnull=False) & ~Q(reason=""), name="ended_card_says_why"
            ),
        ]
        ordering: ClassVar = ["made_at", "id"]


class BookEntry(Entry):
    """The social-insurance book was issued, corrected or closed, or its unemployment time confirmed."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="book_entries")
    kind = models.CharField(
        max_length=12,
        choices=[
            ("issued", "Cấp sổ"),
            ("corrected", "Điều chỉnh"),
            ("closed", "Chốt sổ"),
            ("reopened", "Mở lại sổ đã chốt"),
            ("unemployment", "Xác nhận thời gian đóng BHTN"),
        ],
    )
    on = models.DateField()
    what = models.CharField(max_length=20, blank=True, help_text="what was corrected, why it was closed")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    merged_number = models.CharField(max_length=10, blank=True, help_text="number of the book that joined this one")

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["corrected", "closed"]) | ~Q(what=""), name="book_entry_says_what"
            ),
            models.UniqueConstraint(
                fields=["merged_number"], condition=~Q(merged_number=""), name="book_joins_only_once"
            ),
        ]
        ordering: ClassVar = ["on", "id"]


class ParticipationChange(Entry):
    """Somebody joined a fund, pays on another level, or left."""

    insured = models.ForeignKey(
        "registry.InsuredPerson", on_delete=models.PROTECT, related_name="participation_changes"
    )
    fund = models.CharField(max_length=12, choices=FUNDS)
    kind = models.CharField(
        max_length=8, choices=[("started", "Ghi tăng"), ("changed", "Điều chỉnh"), ("ended", "Ghi giảm")]
    )
    from_month = models.DateField(help_text="first day of the first month")
    salary = models.BigIntegerField(null=True, blank=True, help_text="đồng")
    employer_code = models.CharField(max_length=20, blank=True)
    employer_name = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_month__day=1), name="participation_changes_with_a_month"),
            models.CheckConstraint(
                condition=~Q(kind="changed") | Q(salary__isnull=False), name="changed_participation_has_a_level"
            ),
            models.CheckConstraint(condition=~Q(kind="ended") | ~Q(reason=""), name="ended_participation_says_why"),
            models.UniqueConstraint(
                fields=["insured", "fund", "kind", "from_month", "employer_code"],
                name="participation_changes_once_a_month",
            ),
        ]
        ordering: ClassVar = ["from_month", "id"]


class ContributionPayment(Entry):
    """Months that were paid to a fund, as recorded by a decision."""

    insured = models.ForeignKey(
        "registry.InsuredPerson", on_delete=models.PROTECT, related_name="contribution_payments"
    )
    fund = models.CharField(max_length=12, choices=FUNDS)
    from_month = models.DateField(help_text="first day of the first month")
    to_month = models.DateField(help_text="first day of the last month")
    salary = models.BigIntegerField(null=True, blank=True, help_text="đồng a month")
    amount = models.BigIntegerField(null=True, blank=True, help_text="đồng paid in all")
    employer_name = models.CharField(max_length=160, blank=True)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_month__gte=F("from_month"), from_month__day=1, to_month__day=1),
                name="payment_ends_after_it_begins",
            ),
            _never_twice(
                "month_paid_once", "insured", "fund", first="from_month", last="to_month",
                condition=Q(fund__in=["voluntary", "health"]),
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["from_month", "id"]


class LeaveSpell(Entry):
    """Days off work that a benefit was paid for."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=20)
    from_day = models.DateField()
    to_day = models.DateField(help_text="last day")
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="days paid for")
    employer_name = models.CharField(max_length=160, blank=True)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="leave_ends_after_it_begins"),
            _never_twice("day_of_leave_once", "insured", "kind", first="from_day", last="to_day"),
        ]
        ordering: ClassVar = ["from_day", "id"]


class PersonalDataChange(Entry):
    """One fact about a person that a decision corrected: what stood there, and what stands there now."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="data_changes")
    field = models.CharField(max_length=20)
    old = SealedText(kind=PERSONAL_DATA)
    new = SealedText(kind=PERSONAL_DATA)

    class Meta:
        app_label = "registry"
        ordering: ClassVar = ["made_at", "id"]


class RecoveryClaim(Entry):
    """Money that was paid without right and is claimed back."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="recovery_claims")
    amount = models.BigIntegerField(help_text="đồng")
    why = models.CharField(max_length=300)
    debtor = models.CharField(max_length=160, blank=True, help_text="empty: the person")
    entitlement_number = models.CharField(max_length=30, blank=True)
    order_id = models.UUIDField(null=True, blank=True, help_text="the order that asks for it, where there is one")

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(why=""), name="claim_is_an_amount_with_its_reason")
        ]
        ordering: ClassVar = ["made_at", "id"]


class RecoveryCancellation(Entry):
    """A claim that does not stand any more, for good: the claim itself is never rewritten.

    The database lets it stand only beside the booking that takes the claim out of the books again.
    """

    claim = models.OneToOneField(RecoveryClaim, on_delete=models.PROTECT, related_name="cancellation")
    insured = models.ForeignKey(
        "registry.InsuredPerson", on_delete=models.PROTECT, related_name="recovery_cancellations"
    )
    why = models.CharField(max_length=300)
    cancelled_by = models.CharField(max_length=60, help_text="officer:<id> or system")
    cancelled_by_name = models.CharField(max_length=100)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(cancelled_by=""), name="cancelled_claim_says_why_and_by_whom",
                violation_error_message="Hủy khoản thu hồi phải ghi vì sao và ai hủy.",
            )
        ]  # fmt: skip
        ordering: ClassVar = ["made_at", "id"]


class Certificate(Entry):
    """A certificate the agency gave."""

    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=160)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.CharField(max_length=40)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["insured", "kind", "number"], name="certificate_given_once")
        ]
        ordering: ClassVar = ["made_at", "id"]
