"""How a benefit in payment changed; `registry.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class EntitlementChange(models.Model):
    """One dated change of a benefit in payment. Append-only: how it stands on a day follows from all of them."""

    class Kind(models.TextChoices):
        """What changes."""

        AMOUNT = "amount", "Đổi mức hưởng"
        STOPPED = "stopped", "Thôi trả"
        RESUMED = "resumed", "Trả tiếp"
        PLACE = "place", "Chuyển nơi hưởng"
        METHOD = "method", "Đổi hình thức lĩnh"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entitlement = models.ForeignKey("registry.Entitlement", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    valid_from = models.DateField(help_text="first day of the first month paid so")
    monthly_amount = models.BigIntegerField(null=True, blank=True, help_text="đồng")
    paying_office = models.CharField(max_length=5, blank=True)
    payment_method = models.CharField(max_length=20, blank=True)
    payment_place = models.JSONField(default=dict, help_text="address of the payment point")
    reason = models.CharField(max_length=300, blank=True)
    dossier_id = models.UUIDField(help_text="whose decision it was")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "registry"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__day=1),
                name="benefit_changes_with_a_month",
                violation_error_message="Chế độ hằng tháng thay đổi từ ngày đầu của một tháng.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["amount", "resumed"], monthly_amount__isnull=False, monthly_amount__gt=0)
                | ~Q(kind="amount") & Q(monthly_amount__isnull=True),
                name="benefit_amount_when_it_changes",
            ),
            models.CheckConstraint(
                condition=~Q(kind="stopped") | ~Q(reason=""),
                name="stopped_benefit_says_why",
                violation_error_message="Thôi trả chế độ phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="place") | ~Q(paying_office=""), name="benefit_moves_to_an_office"
            ),
            models.CheckConstraint(condition=~Q(kind="method") | ~Q(payment_method=""), name="benefit_form_is_named"),
            models.UniqueConstraint(
                fields=["entitlement", "kind", "valid_from", "dossier_id", "made_at"],
                name="benefit_changes_once_a_decision",
            ),
        ]
        ordering: ClassVar = ["valid_from", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"
