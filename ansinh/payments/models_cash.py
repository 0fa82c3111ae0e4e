"""Cash that leaves the agency: paid by two officers, counted at each post; and the sums one release is enough for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import SealedText
from ansinh.platform.sealed_fields.kinds import PERSONAL_ID


class ReleaseLimit(models.Model):
    """From a day on, the largest sum of one order that a single release lets go; only grows, the database reads it."""

    valid_from = models.DateField(primary_key=True)
    above = models.BigIntegerField(help_text="đồng; a larger order needs two releases")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(above__gte=0), name="release_limit_is_a_sum")]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.above}"


class CashState(models.TextChoices):
    """Life of a payment in cash."""

    OPENED = "opened", "Chờ trả và ký nhận"
    PAID = "paid", "Đã trả, hai người ký"
    DROPPED = "dropped", "Không trả"


class CashPayment(models.Model):
    """An order handed over in cash: one officer pays, another looks on, the receiver signs the receipt."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("payments.Order", on_delete=models.PROTECT, related_name="cash_payments")
    office_code = models.CharField(max_length=5)
    post = models.CharField(max_length=120, help_text="where it is paid: a counter, a post office")
    state = models.CharField(max_length=7, choices=CashState.choices, default=CashState.OPENED)
    amount = models.BigIntegerField(help_text="đồng")
    payer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    receiver_name = models.CharField(max_length=100)
    receiver_paper = SealedText(kind=PERSONAL_ID, null=False)
    mandate = models.ForeignKey(
        "people.Mandate", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="of whom somebody else receives the money; empty: the person oneself",
    )  # fmt: skip
    released_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True, help_text="of a sum above the limit, before it is paid")
    receipt = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="the receipt as the receiver signed it",
    )  # fmt: skip
    witness = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=~Q(state=CashState.DROPPED),
                name="order_paid_in_cash_once",
                violation_error_message="Lệnh này đã được trả tiền mặt, hoặc đang trả.",
            ),
            models.CheckConstraint(
                condition=Q(state=CashState.PAID, witness__isnull=False, receipt__isnull=False, paid_at__isnull=False)
                & ~Q(witness=F("payer"))
                | ~Q(state=CashState.PAID) & Q(witness__isnull=True, paid_at__isnull=True),
                name="cash_is_paid_by_two",
                violation_error_message="Trả tiền mặt phải có người thứ hai chứng kiến và giấy nhận tiền có chữ ký.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False)
                & ~Q(released_by=F("payer"))
                & (Q(witness__isnull=True) | ~Q(released_by=F("witness"))),
                name="cash_released_by_a_third",
                violation_error_message="Người duyệt trả tiền mặt phải khác người trả và người chứng kiến.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CashState.DROPPED) | ~Q(dropped_because=""), name="dropped_cash_says_why"
            ),
        ]
        indexes = [models.Index(fields=["office_code", "state", "opened_at"], name="cash_of_an_office")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.amount}"


class CashCount(models.Model):
    """The cash of a post counted at the end of a day by two, against what was paid there; only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    post = models.CharField(max_length=120)
    day = models.DateField()
    brought = models.BigIntegerField(help_text="đồng taken to the post that day")
    payments = models.PositiveIntegerField(help_text="how many were paid there")
    paid = models.BigIntegerField(help_text="đồng paid by the signed receipts")
    counted = models.BigIntegerField(help_text="đồng left, as counted")
    note = models.CharField(max_length=300, blank=True, help_text="why what is left is not what must be left")
    counted_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "post", "day"],
                name="post_is_counted_once_a_day",
                violation_error_message="Quỹ của điểm chi này đã kiểm trong ngày.",
            ),
            models.CheckConstraint(
                condition=~Q(witness=F("counted_by")),
                name="cash_is_counted_by_two",
                violation_error_message="Kiểm quỹ phải có hai người.",
            ),
            models.CheckConstraint(
                condition=Q(counted=F("brought") - F("paid")) | ~Q(note=""),
                name="difference_of_cash_is_explained",
                violation_error_message="Tiền còn lại khác sổ thì phải ghi vì sao.",
            ),
            models.CheckConstraint(
                condition=Q(brought__gte=0, paid__gte=0, counted__gte=0), name="cash_is_never_negative"
            ),
        ]
        ordering = ["-day", "post"]

    def __str__(self) -> str:
        return f"{self.post} {self.day}"
