"""Orders that a decision makes: to pay a person, or to be paid."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.payments.orders import Purpose, Whose, order_in, order_out
from ansinh.registry.bank_accounts.account import BankAccount

_CASH = frozenset({"cash", "cash_office", "cash_service_org"})
_FUNDS = {"thanh-toan-truc-tiep-kcb": "health_care", "thanh-toan-kcb-co-so": "health_care",
          "hoan-tra-tien-da-dong": "refund"}  # fmt: skip
"""Fund of a procedure's payments where it is not that of benefits."""


def pay_out(given: Given) -> Done:
    """The finance officer pays it: into the account of the dossier, else the payable one, or in cash."""
    payee = given["payee"]
    order = order_out(
        _key(given, "out"),
        given["amount"],
        purpose=Purpose(_FUNDS.get(given.dossier.procedure, "benefits"), given["purpose"], given["purpose"]),
        whose=_whose(given, payee),
        to=BankAccount.held(given.get("account") or {}),
        in_cash=given.get("method") in _CASH,
        actor=given.actor,
        at=given.at,
    )
    return Done({"order": order.code, "order_id": str(order.pk)})


def collect(given: Given) -> Done:
    """The person pays it back."""
    order = order_in(
        _key(given, "in"),
        given["amount"],
        purpose=Purpose("recovery", given["purpose"], given["purpose"]),
        whose=_whose(given, given.dossier.applicant_name),
        actor=given.actor,
        at=given.at,
    )
    return Done({"order": order.code, "order_id": str(order.pk)})


def _whose(given: Given, name: str) -> Whose:
    dossier = given.dossier
    is_applicant = name == dossier.applicant_name
    return Whose(dossier.owner_id if is_applicant else None, name, dossier.office_code, dossier.pk)


def _key(given: Given, direction: str) -> str:
    """One order for each effect (and row) of a dossier."""
    return f"dossier:{given.dossier_id}:{direction}:{given.effect}"
