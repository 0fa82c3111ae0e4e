"""Money of a benefit that stood on a payment list and was not collected; `registry.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class UnpaidBenefit(models.Model):
    """A month of a benefit, or a lump sum, still to be collected; settled once, by the decision that pays it.

    The payment list it comes from decides the amount: arrears are never worked out anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="unpaid")
    entitlement_number = models.CharField(max_length=30, blank=True)
    month = models.DateField(null=True, blank=True, help_text="first day of the month; empty for a lump sum")
    decision_number = models.CharField(max_length=60, blank=True, help_text="of a lump sum; empty for a month")
    amount = models.BigIntegerField(help_text="đồng")
    why = models.CharField(max_length=200, help_text="what the payment list says")
    listed_on = models.DateField()
    settled_by = models.UUIDField(null=True, blank=True, help_text="the dossier whose decision pays it")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(month__isnull=False, month__day=1, decision_number="")
                | Q(month__isnull=True) & ~Q(decision_number=""),
                name="unpaid_is_a_month_or_a_lump_sum",
                violation_error_message="Khoản chưa nhận là của một tháng, hoặc theo một quyết định trợ cấp một lần.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="unpaid_is_an_amount",
                violation_error_message="Số tiền chưa nhận phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="unpaid_is_settled_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["insured", "entitlement_number", "month"],
                condition=Q(month__isnull=False),
                name="unpaid_month_stands_once",
            ),
            models.UniqueConstraint(
                fields=["insured", "decision_number"],
                condition=~Q(decision_number=""),
                name="unpaid_lump_sum_stands_once",
            ),
        ]
        ordering: ClassVar = ["month", "pk"]

    def __str__(self) -> str:
        return f"{self.month or self.decision_number}: {self.amount}"
