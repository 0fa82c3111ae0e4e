"""A granted decision makes the order that the finance officer pays, once, to whom and where the dossier says."""

from __future__ import annotations

from typing import Any

from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.reconcile import differences
from tests.casework.effects.scene import a_procedure, granted
from tests.world import World

ACCOUNT = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI LAN"}


def to_pay(**more: Any) -> dict[str, Any]:
    """The effect of an allowance paid at once."""
    return {
        "key": "money", "does": "payment_order_out",
        "with": {
            "amount": {"decided": "amount"}, "payee": {"field": "full_name"}, "purpose": {"value": "Trợ cấp một lần"},
            **more,
        },
    }  # fmt: skip


def test_a_grant_owes_its_amount_to_the_applicant(world: World) -> None:
    a_procedure(to_pay(account={"field": "bank_account"}))
    dossier = granted(world)
    order, decision = Order.objects.get(), dossier.decisions.get()
    assert (order.amount, order.state, order.dossier) == (decision.amount, OrderState.READY, dossier)
    assert (order.bank, order.number, order.owner_id) == (ACCOUNT["bank"], ACCOUNT["number"], world.citizen.person_id)
    assert balance("owed_to_people") == -order.amount
    assert differences() == []


def test_cash_is_waited_for_at_the_desk(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    granted(world)
    order = Order.objects.get()
    assert (order.method, order.number) == ("cash", "")


def test_a_refusal_to_collect_back_asks_the_person_for_it(world: World) -> None:
    a_procedure(
        {"key": "back", "does": "payment_order_in",
         "with": {"amount": {"decided": "amount"}, "purpose": {"value": "Thu hồi tiền hưởng thừa"}}}
    )  # fmt: skip
    granted(world)
    order = Order.objects.get()
    assert (order.direction, order.state, order.account) == ("in", OrderState.AWAITING, "recovered_benefits")
