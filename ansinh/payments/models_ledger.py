"""The ledger: what was booked stays; a mistake is corrected by booking its opposite."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class LedgerTransaction(models.Model):
    """One booking of at least two entries whose sum is zero: the database refuses any other, also to raw SQL."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=120, unique=True, help_text="what was booked, so that it is booked once")
    kind = models.CharField(max_length=30)
    office_code = models.CharField(max_length=5)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="bookings"
    )
    booked_by = models.CharField(max_length=60, help_text="account:<id>, officer:<id> or system")
    booked_at = models.DateTimeField()
    transaction_number = models.BigIntegerField(
        default=0, editable=False, help_text="of the database; entries come with their booking and never later"
    )

    def __str__(self) -> str:
        return self.key


class LedgerEntry(models.Model):
    """One account's side of a booking in whole đồng: a debit is positive, a credit negative."""

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=40, help_text="key in the chart of accounts")
    amount = models.BigIntegerField(help_text="đồng; positive debit, negative credit")

    class Meta:
        indexes = [models.Index(fields=["account"], include=["amount"], name="ledger_balances")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__gte=-(10**15), amount__lte=10**15),
                name="ledger_entry_has_amount",
                violation_error_message="Một bút toán phải có số tiền khác 0.",
            ),
            models.CheckConstraint(
                condition=Q(account__regex=r"^[a-z][a-z_]+$"),
                name="ledger_entry_names_account",
                violation_error_message="Bút toán phải ghi tài khoản kế toán.",
            ),
        ]
        ordering = ["id"]
