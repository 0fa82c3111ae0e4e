"""Orders that a decision makes: to pay a person, or to be paid."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from ansinh.casework.effects.given import Done, Given
from ansinh.law.names import search_key
from ansinh.payments.orders import Purpose, Whose, order_in, order_out
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from ansinh.registry.bank_accounts.account import BankAccount

_CASH = frozenset({"cash", "cash_office", "cash_service_org"})
_FUNDS = {"thanh-toan-truc-tiep-kcb": "health_care", "thanh-toan-kcb-co-so": "health_care",
          "hoan-tra-tien-da-dong": "refund"}  # fmt: skip
"""Fund of a procedure's payments where it is not that of benefits."""


def pay_out(given: Given) -> Done:
    """The finance officer pays it: into the account of the dossier, else the payable one, or in cash.

    Raises Conflict (`account-not-given`) when nothing says where somebody we do not know is to be paid.
    """
    payee = given["payee"]
    whose, to, in_cash = (
        whose_order(given, payee),
        BankAccount.held(given.get("account") or {}),
        given.get("method") in _CASH,
    )
    if to is None and not in_cash and whose.owner_id is None:
        raise Conflict(
            "account-not-given",
            "Chưa có tài khoản để chi cho {payee}. Xin yêu cầu bổ sung số tài khoản, hoặc tài khoản của đơn vị khi "
            "chi qua đơn vị.",
            payee=payee,
        )
    first: date | None = given.get("from")
    last: date | None = given.get("to", first)
    order = order_out(
        _key(given, "out"),
        given["amount"],
        purpose=Purpose(
            _FUNDS.get(given.dossier.procedure, "benefits"),
            given["purpose"],
            given["purpose"],
            first_day=first,
            last_day=_end_of(last) if last else None,
        ),
        whose=whose,
        to=to,
        in_cash=in_cash,
        actor=given.actor,
        at=given.at,
    )
    return Done({"order": order.code, "order_id": str(order.pk)})


def collect(given: Given) -> Done:
    """The applicant pays it: contributions of a month, or (no fund) what was paid without right."""
    month: date | None = given.get("month")
    last_day = _end_of(_month_after(month)) if month else None
    order = order_in(
        _key(given, "in"),
        given["amount"],
        purpose=Purpose(
            given.get("fund", "recovery"),
            given["purpose"],
            given["purpose"],
            first_day=month,
            last_day=_end_of(month) if month else None,
        ),
        whose=whose_order(given, given.dossier.applicant_name),
        last_day=last_day if last_day and last_day > given.day else None,  # a month long past: the usual time to pay
        actor=given.actor,
        at=given.at,
    )
    return Done({"order": order.code, "order_id": str(order.pk)})


def whose_order(given: Given, name: str) -> Whose:
    """Whose order: the applicant's, else the person's of that number and name. What stops payments to a person stops
    this one too.
    """
    dossier = given.dossier
    owner: UUID | None = dossier.owner_id if name == dossier.applicant_name else None
    if owner is None and given.get("si_number"):
        named = Person.objects.filter(si_number=given["si_number"], search_key=search_key(name))
        owner = named.values_list("pk", flat=True).first()
    return Whose(owner, name, dossier.office_code, dossier.pk)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _end_of(month: date) -> date:
    return _month_after(month) - timedelta(days=1)


def _key(given: Given, direction: str) -> str:
    """One order for each effect (and row) of a result of a dossier."""
    again = f":{given.round}" if given.round > 1 else ""
    return f"dossier:{given.dossier_id}:{direction}:{given.effect}{again}"
