"""Book in two sides, once, and read balances. Amounts are whole đồng; a debit is positive, a credit negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from ansinh.payments.chart import keys
from ansinh.payments.models import LedgerEntry, LedgerTransaction
from ansinh.people.actors import Actor
from ansinh.platform.errors import Conflict, Invalid


@dataclass(frozen=True)
class Side:
    """One account's side of a booking, in đồng."""

    account: str
    amount: int


@dataclass(frozen=True)
class Matter:
    """What a booking is about: the office whose books it stands in, and the dossier where there is one."""

    office_code: str
    dossier_id: UUID | None = None


def transfer(*, debit: str, credit: str, amount: int) -> tuple[Side, Side]:
    """The two sides of the usual booking."""
    return Side(debit, amount), Side(credit, -amount)


def book(
    key: str, sides: Sequence[Side], *, kind: str, matter: Matter, actor: Actor, at: datetime
) -> LedgerTransaction:
    """Book these sides under this key in the caller's transaction; the same again changes nothing.

    Raises Invalid (`ledger-unbalanced`, `ledger-account-unknown`), Conflict (`ledger-key-reused`: other sides).
    """
    if sum(side.amount for side in sides) != 0 or len(sides) < 2:
        raise Invalid("ledger-unbalanced", "Bút toán không cân: tổng Nợ phải bằng tổng Có. Không có gì được ghi.")
    unknown = {side.account for side in sides} - keys()
    if unknown:
        raise Invalid(
            "ledger-account-unknown",
            "Danh mục tài khoản kế toán không có “{account}”. Xin bổ sung danh mục rồi làm lại.",
            account=", ".join(sorted(unknown)),
        )
    with transaction.atomic(savepoint=False):  # both sides or none, also for a caller who has no transaction
        made = LedgerTransaction(
            key=key, kind=kind, office_code=matter.office_code, dossier_id=matter.dossier_id, booked_by=actor.label,
            booked_at=at,
        )  # fmt: skip
        LedgerTransaction.objects.bulk_create([made], ignore_conflicts=True)
        booked = LedgerTransaction.objects.get(key=key)
        is_new = booked.pk == made.pk
        if is_new:
            LedgerEntry.objects.bulk_create(LedgerEntry(booking=booked, **vars(side)) for side in sides)
    if not is_new and _sides_of(booked) != sorted((side.account, side.amount) for side in sides):
        raise Conflict(
            "ledger-key-reused", "Khoản {key} đã ghi sổ với số khác. Xin tải lại trang rồi đối chiếu.", key=key
        )
    return booked


def balance(account: str, *, office_code: str = "", until: datetime | None = None) -> int:
    """Debits less credits of an account, in đồng: of one office or of all, up to a moment or of all time."""
    rows = LedgerEntry.objects.filter(account=account)
    if office_code:
        rows = rows.filter(booking__office_code=office_code)
    if until is not None:
        rows = rows.filter(booking__booked_at__lte=until)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def balances(condition: Q | None = None) -> dict[str, int]:
    """Account → debits less credits, over the entries that fulfil a condition (default: all)."""
    rows = LedgerEntry.objects.filter(condition or Q()).order_by().values("account").annotate(total=Sum("amount"))
    return {row["account"]: int(row["total"]) for row in rows}


def _sides_of(booked: LedgerTransaction) -> list[tuple[str, int]]:
    return sorted(booked.entries.values_list("account", "amount"))
