"""The monthly payment of benefits: a list for each month, office, commune and form, with a line for each person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class PayrollState(models.TextChoices):
    """Life of a list."""

    PREPARED = "prepared", "Đã lập, chờ kiểm soát"
    CONTROLLED = "controlled", "Đã kiểm soát, chờ duyệt chi"
    RELEASED = "released", "Đã duyệt chi"
    CLOSED = "closed", "Đã quyết toán"
    CANCELLED = "cancelled", "Đã hủy"


class Payroll(models.Model):
    """Who is paid how much for a month at an office: prepared, controlled and released by three officers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField(help_text="first day of the month")
    office_code = models.CharField(max_length=5, help_text="that pays")
    commune_code = models.CharField(max_length=5, blank=True, help_text="of the payment point; empty: not said")
    method = models.CharField(max_length=4, choices=[("bank", "Chuyển khoản"), ("cash", "Tiền mặt")])
    state = models.CharField(max_length=10, choices=PayrollState.choices, default=PayrollState.PREPARED)
    count = models.PositiveIntegerField(help_text="people paid")
    held = models.PositiveIntegerField(help_text="people who cannot be paid yet, and why stands in their line")
    total = models.BigIntegerField(help_text="đồng to people paid")
    prepared_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    controlled_by = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    controlled_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="what was not collected went back, or cancelled")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="payroll_is_of_a_month"),
            models.UniqueConstraint(
                fields=["month", "office_code", "commune_code", "method"],
                condition=~Q(state=PayrollState.CANCELLED),
                name="one_payroll_a_month",
                violation_error_message="Danh sách chi trả của tháng này đã có.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PayrollState.PREPARED, PayrollState.CANCELLED])
                | Q(controlled_by__isnull=False, controlled_at__isnull=False) & ~Q(controlled_by=F("prepared_by")),
                name="payroll_controlled_by_another",
                violation_error_message="Người kiểm soát phải khác người lập danh sách chi trả.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PayrollState.RELEASED, PayrollState.CLOSED])
                | Q(released_by__isnull=False, released_at__isnull=False)
                & ~Q(released_by=F("prepared_by"))
                & ~Q(released_by=F("controlled_by")),
                name="payroll_released_by_a_third",
                violation_error_message="Người duyệt chi phải khác người lập và người kiểm soát.",
            ),
        ]
        indexes = [models.Index(fields=["office_code", "-month"], name="payrolls_of_an_office")]
        ordering = ["-month", "office_code", "commune_code", "method"]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.office_code} {self.commune_code} {self.method}"


class PayrollLine(models.Model):
    """One person of a list: what is paid for the month, and how it differs from the month before."""

    id = models.BigAutoField(primary_key=True)
    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="lines")
    living = models.BooleanField(default=True, help_text="its list is not cancelled")
    month = models.DateField()
    payee = models.CharField(max_length=40, help_text="blind index of the personal number, or the benefit's number")
    insured = models.ForeignKey("registry.InsuredPerson", on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("registry.Entitlement", on_delete=models.PROTECT, related_name="+")
    owner_id = models.UUIDField(null=True, blank=True, help_text="the person paid, where there is a record")
    name = models.CharField(max_length=100)
    collector = models.CharField(max_length=100, blank=True, help_text="who holds a mandate to collect")
    amount = models.BigIntegerField(help_text="đồng, arrears included; 0: on the list last month and not paid now")
    arrears = models.BigIntegerField(default=0, help_text="đồng of it for earlier months")
    parts = models.JSONField(
        default=list, help_text="[number of the benefit, its month's amount, its arrears, these by month]"
    )
    account_key = models.BinaryField(null=True, help_text="blind index of the account as it was when listed")
    blocked = models.CharField(max_length=20, blank=True, help_text="why nothing is paid yet")
    differences = ArrayField(models.CharField(max_length=8), default=list, help_text="from the month before")
    last_amount = models.BigIntegerField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    order = models.OneToOneField(
        "payments.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="payroll_line"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "payee"],
                condition=Q(living=True, amount__gt=0),
                name="one_payment_a_person_a_month",
                violation_error_message="Người này đã có trong danh sách chi trả của tháng.",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0, arrears__gte=0), name="payroll_line_is_no_debt"),
            models.CheckConstraint(
                condition=Q(order__isnull=True) | Q(living=True, blocked="", amount__gt=0),
                name="ordered_line_is_payable",
            ),
        ]
        indexes = [
            models.Index(fields=["payroll", "name"], name="lines_of_a_payroll"),
            models.Index(
                fields=["month"],
                condition=Q(living=True, order__isnull=True) & ~Q(blocked=""),
                name="held_payroll_lines",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.name}"
