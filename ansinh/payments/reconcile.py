"""Whether the books are right: every booking balances, and each order and notice has just the entries its state says.

Recomputed from the rows, never from a kept total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from ansinh.payments.chart import keys
from ansinh.payments.claims import EXPECTED, TO_RECOVER
from ansinh.payments.models import BankNotice, LedgerEntry, LedgerTransaction, Order, OrderState
from ansinh.payments.notices import CONTRADICTS, NOT_RETURNABLE, WRONG_ACCOUNT
from ansinh.registry.models import RecoveryCancellation, RecoveryClaim

Sums = Mapping[str, int]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be."""

    about: str
    says: str


def differences() -> list[Difference]:
    """Everything that does not agree; empty for right books."""
    return [*_unbalanced(), *_unknown_accounts(), *_orders(), *_notices(), *_clearing(), *_claims()]


def expected_of(order: Order) -> dict[str, int]:
    """What an order's own bookings must add up to, by account: debits less credits."""
    amount, sums = order.amount, Counter[str]()
    if order.direction == "in":
        if order.state == OrderState.PAID:
            sums.update({"unmatched": amount, order.account: -amount})
        return _without_zeros(sums)
    if order.state == OrderState.CANCELLED:
        return {}
    sums[order.account] += amount
    where = {
        OrderState.SENT: "in_transit",
        OrderState.PAID: "cash" if order.method == "cash" else "payout_bank",
    }.get(OrderState(order.state), "owed_to_people")
    sums[where] -= amount
    return _without_zeros(sums)


def _unbalanced() -> Iterable[Difference]:
    sums = LedgerEntry.objects.order_by().values("booking__key").annotate(total=Sum("amount")).exclude(total=0)
    for row in sums:
        yield Difference(str(row["booking__key"]), f"sum {row['total']}")


def _unknown_accounts() -> Iterable[Difference]:
    known = keys()
    for account in LedgerEntry.objects.order_by().values_list("account", flat=True).distinct():
        if account not in known:
            yield Difference(account, "not in the chart")


def _orders() -> Iterable[Difference]:
    booked = _booked("order")
    for order in Order.objects.iterator():
        found = booked.pop(str(order.pk), {})
        if found != expected_of(order):
            yield Difference(f"order {order.code}", f"{order.state}: {found}, expected {expected_of(order)}")
    for stranger in booked:
        yield Difference(f"order {stranger}", "booked and not there")


def _notices() -> Iterable[Difference]:
    booked = _booked("notice")
    not_booked = (CONTRADICTS, WRONG_ACCOUNT, NOT_RETURNABLE)
    for notice in BankNotice.objects.iterator():
        expected = (
            {}
            if notice.kind != "credit" or notice.problem in not_booked
            else {"collection_bank": notice.amount, "unmatched": -notice.amount}
        )
        if (found := booked.pop(str(notice.pk), {})) != expected:
            yield Difference(f"notice {notice.reference}", f"{found}, expected {expected}")
    for stranger in booked:
        yield Difference(f"notice {stranger}", "booked and not there")


def _clearing() -> Iterable[Difference]:
    """What is on the clearing accounts is exactly what waits: sums to resolve, orders at the bank."""
    waiting = BankNotice.objects.filter(kind="credit", state="to_resolve").exclude(
        problem__in=(CONTRADICTS, WRONG_ACCOUNT, NOT_RETURNABLE)
    )
    at_the_bank = Order.objects.filter(state=OrderState.SENT)
    for account, rows in (("unmatched", waiting), ("in_transit", at_the_bank)):
        wanted = -int(rows.aggregate(total=Sum("amount"))["total"] or 0)
        found = int(LedgerEntry.objects.filter(account=account).aggregate(total=Sum("amount"))["total"] or 0)
        if found != wanted:
            yield Difference(account, f"balance {found}, what waits is {wanted}")


def _claims() -> Iterable[Difference]:
    """A claim stands in the books while nobody paid it and nobody cancelled it; those of before have no booking."""
    booked = _booked("claim")
    cancelled = {str(pk) for pk in RecoveryCancellation.objects.values_list("claim_id", flat=True)}
    paid = set(Order.objects.filter(direction="in", state=OrderState.PAID).values_list("pk", flat=True))
    known = LedgerTransaction.objects.filter(key__startswith="claim:", key__endswith=":made")
    made = {key.split(":")[1] for key in known.values_list("key", flat=True)}
    for claim in RecoveryClaim.objects.iterator():
        pk = str(claim.pk)
        over = pk not in made or pk in cancelled or claim.order_id in paid
        expected = {} if over else {TO_RECOVER: claim.amount, EXPECTED: -claim.amount}
        if (found := booked.pop(pk, {})) != expected:
            yield Difference(f"claim {pk}", f"{found}, expected {expected}")
    for stranger in booked:
        yield Difference(f"claim {stranger}", "booked and not there")


def _booked(kind: str) -> dict[str, dict[str, int]]:
    """Identifier → account → sum, over the bookings whose key begins with this kind."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = LedgerEntry.objects.filter(booking__key__startswith=f"{kind}:").values_list(
        "booking__key", "account", "amount"
    )
    for key, account, amount in rows.iterator():
        found[key.split(":")[1]][account] += amount
    return {identifier: _without_zeros(sums) for identifier, sums in found.items()}


def _without_zeros(sums: Mapping[str, int]) -> dict[str, int]:
    return {account: amount for account, amount in sums.items() if amount}
