"""Where an order out goes on the day it is paid: the account given for it, else the person's payable one, else cash.

An account that is held, looked at or was stopped for this person gets nothing: the order waits for the officers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ansinh.payments.models import Order
from ansinh.people.models import Person
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.payable import payable_account
from ansinh.registry.models import BankAccountChange, ChangeState

HELD, FROZEN, NONE = "account-held", "account-frozen", "account-missing"
_WAITING = (ChangeState.REVIEW, ChangeState.HELD, ChangeState.APPROVED)


@dataclass(frozen=True)
class Destination:
    """Where the money goes: `account` None with no `blocked` means cash; `blocked` is a code, and nothing is paid."""

    account: BankAccount | None
    blocked: str = ""


@as_the_house()  # the account of whoever is paid, also one whose rows this office does not see
def destination(order: Order, *, at: datetime) -> Destination:
    """Where an order out would go at this moment."""
    if order.method == "cash":
        return Destination(None)
    given = BankAccount(order.bank, order.number, order.holder) if order.number else None
    if order.owner_id is None or not Person.objects.filter(pk=order.owner_id).exists():
        return Destination(given, "" if given else NONE)
    payable = payable_account(order.owner_id, at=at)
    account = given or payable
    if account is None:
        return Destination(None, NONE)
    same = payable is not None and (payable.bank, payable.number) == (account.bank, account.number)
    return Destination(account, "" if same else _objection(order.owner_id, account, at=at))


def _objection(owner_id: UUID, account: BankAccount, *, at: datetime) -> str:
    changes = BankAccountChange.objects.filter(person_id=owner_id, account_key=account.key)
    if changes.filter(state=ChangeState.FROZEN).exists():
        return FROZEN
    waiting = Q(state__in=_WAITING) & (Q(effective_at__isnull=True) | Q(effective_at__gt=at))
    return HELD if changes.filter(waiting).exists() else ""
