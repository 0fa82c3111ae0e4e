"""A granted decision makes the order that the finance officer pays, once, to whom and where the dossier says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.reconcile import differences
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from tests.casework.effects.scene import a_procedure, field, granted
from tests.world import SI_NUMBER, World

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


def test_contributions_of_a_month_are_due_by_the_end_of_the_next(world: World) -> None:
    a_procedure(
        {"key": "due", "does": "payment_order_in",
         "with": {"amount": {"decided": "amount"}, "purpose": {"value": "Đóng BHXH bắt buộc"},
                  "fund": {"value": "compulsory"}, "month": {"value": "2026-11"}}}
    )  # fmt: skip
    dossier = granted(world)
    order = Order.objects.get()
    assert (order.account, order.due_on) == ("compulsory_contributions", date(2026, 12, 31))
    assert (order.period_from, order.period_to) == (date(2026, 11, 1), date(2026, 11, 30))
    assert "tháng 11/2026, chậm nhất ngày cuối tháng sau" in dossier.effects.get().says_vi


ROWS = field(
    "workers", "table", min_rows=1, max_rows=9,
    columns=[field(key, "text") for key in ("name", "number", "account_no", "holder", "bank_code")],
)  # fmt: skip


def to_each_worker(**more: Any) -> dict[str, Any]:
    """The effect of a list: money to the account written in the columns of each row."""
    return {
        "key": "pay", "does": "payment_order_out", "for_each": "workers", "row_label": "name",
        "with": {
            "amount": {"value": 500_000}, "payee": {"field": "name"}, "purpose": {"value": "Trợ cấp ốm đau"},
            "account": {"account": {"bank": "bank_code", "number": "account_no", "holder": "holder"}}, **more,
        },
    }  # fmt: skip


def test_each_row_is_paid_into_the_account_of_its_columns(world: World) -> None:
    a_procedure(to_each_worker(), fields=[ROWS])
    granted(world, workers=[
        {"name": "Lê An", "bank_code": "970405", "account_no": "3900205000001", "holder": "LE AN"},
        {"name": "Lê Bình", "bank_code": "970418", "account_no": "3900205000002", "holder": "LE BINH"},
    ])  # fmt: skip
    paid = Order.objects.order_by("name")
    assert [(one.name, one.bank, one.number, one.holder, one.amount) for one in paid] == [
        ("Lê An", "970405", "3900205000001", "LE AN", 500_000),
        ("Lê Bình", "970418", "3900205000002", "LE BINH", 500_000),
    ]


def test_a_row_without_an_account_stops_the_grant_and_says_whose(world: World) -> None:
    a_procedure(to_each_worker(), fields=[ROWS])
    with pytest.raises(Conflict, match="Lê An") as refused:
        granted(world, workers=[{"name": "Lê An"}])
    assert refused.value.code == "account-not-given"
    assert not Order.objects.exists()


def test_an_order_to_a_worker_we_know_is_that_persons(world: World) -> None:
    person = Person.objects.get(si_number=SI_NUMBER)
    a_procedure(to_each_worker(si_number={"field": "number"}, payee={"field": "name"}), fields=[ROWS])
    row = {"bank_code": "970405", "account_no": "3900205000001", "holder": "X"}
    granted(world, workers=[
        {**row, "name": person.full_name.upper(), "number": SI_NUMBER},
        {**row, "name": "Một người khác", "number": SI_NUMBER},
    ])  # fmt: skip
    owners = dict(Order.objects.values_list("name", "owner_id"))
    assert owners == {person.full_name.upper(): person.pk, "Một người khác": None}
