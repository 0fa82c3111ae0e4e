"""The ledger: it balances whoever writes, only grows, and books once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.payments.chart import chart, chart_account, keys
from ansinh.payments.ledger import Matter, Side, balance, balances, book, transfer
from ansinh.payments.models import LedgerEntry, LedgerTransaction
from ansinh.payments.reconcile import differences
from ansinh.people.actors import System
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.identifiers import uuid7

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MATTER = Matter("90001")


def booked(key: str, *sides: Side) -> LedgerTransaction:
    with transaction.atomic():
        return book(key, sides, kind="test", matter=MATTER, actor=System(), at=NOW)


def raw(*statements: str) -> None:
    """As somebody with a database console would write."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def a_booking(identifier: object) -> str:
    return (
        "INSERT INTO payments_ledgertransaction (id, key, kind, office_code, booked_by, booked_at, transaction_number)"
        f" VALUES ('{identifier}', '{identifier}', 'raw', '90001', 'me', now(), 0)"
    )


def an_entry(identifier: object, account: str, amount: int) -> str:
    return (
        f"INSERT INTO payments_ledgerentry (booking_id, account, amount) VALUES ('{identifier}', '{account}', {amount})"
    )


@pytest.mark.django_db
def test_both_sides_of_a_booking_are_read_back() -> None:
    booked("a", *transfer(debit="collection_bank", credit="unmatched", amount=631_800))
    assert (balance("collection_bank"), balance("unmatched")) == (631_800, -631_800)
    assert balance("collection_bank", office_code="90001") == 631_800
    assert balance("collection_bank", office_code="90002") == 0
    assert balance("collection_bank", until=datetime(2026, 11, 24, 1, 59, tzinfo=UTC)) == 0


@pytest.mark.django_db
def test_the_same_booking_twice_is_booked_once() -> None:
    first = booked("a", *transfer(debit="collection_bank", credit="unmatched", amount=5))
    assert booked("a", *transfer(debit="collection_bank", credit="unmatched", amount=5)) == first
    assert LedgerEntry.objects.count() == 2


@pytest.mark.django_db
def test_another_sum_under_the_same_key_is_refused() -> None:
    booked("a", *transfer(debit="collection_bank", credit="unmatched", amount=5))
    with pytest.raises(Conflict) as refused:
        booked("a", *transfer(debit="collection_bank", credit="unmatched", amount=6))
    assert refused.value.code == "ledger-key-reused"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "sides"),
    [
        ("ledger-unbalanced", (Side("cash", 5), Side("benefits", -4))),
        ("ledger-unbalanced", (Side("cash", 0),)),
        ("ledger-account-unknown", (Side("cash", 5), Side("my_pocket", -5))),
    ],
)
def test_what_is_no_booking_is_refused_before_it_is_written(code: str, sides: tuple[Side, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        booked("a", *sides)
    assert refused.value.code == code
    assert not LedgerTransaction.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_an_unbalanced_booking_of_raw_sql() -> None:
    one = uuid7()
    with pytest.raises(Error, match="does not balance"):
        raw(a_booking(one), an_entry(one, "cash", 5), an_entry(one, "benefits", -4))


@pytest.mark.django_db
def test_the_database_refuses_a_booking_without_entries() -> None:
    with pytest.raises(Error, match="does not balance"):
        raw(a_booking(uuid7()))


@pytest.mark.django_db(transaction=True)
def test_no_entry_is_added_to_a_booking_of_before() -> None:
    one = booked("a", *transfer(debit="cash", credit="benefits", amount=5)).pk
    with pytest.raises(Error, match="is closed"):
        raw(an_entry(one, "cash", 7), an_entry(one, "benefits", -7))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize(("table", "column"), [("ledgerentry", "amount"), ("ledgertransaction", "transaction_number")])
def test_what_was_booked_stays(statement: str, table: str, column: str) -> None:
    booked("a", *transfer(debit="cash", credit="benefits", amount=5))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement.format(f"payments_{table}", column))


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [0, 10**15 + 1, -(10**15) - 1])
def test_an_entry_has_an_amount_of_this_world(amount: int) -> None:
    one = uuid7()
    with pytest.raises(Error, match="ledger_entry_has_amount"):
        raw(a_booking(one), an_entry(one, "cash", amount), an_entry(one, "benefits", -amount))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(keys())), st.sampled_from(sorted(keys())), st.integers(1, 10**12)).filter(
            lambda row: row[0] != row[1]
        ),
        max_size=12,
    )
)
def test_balances_are_those_of_a_plain_sum(rows: list[tuple[str, str, int]]) -> None:
    before, expected = balances(), balances()
    for debit, credit, amount in rows:
        booked(str(uuid7()), *transfer(debit=debit, credit=credit, amount=amount))
        expected[debit] = expected.get(debit, 0) + amount
        expected[credit] = expected.get(credit, 0) - amount
    assert balances() == expected
    assert sum(balances().values()) == sum(before.values()) == 0


@pytest.mark.django_db
@pytest.mark.tampers
def test_the_check_sees_what_was_booked_for_no_order() -> None:
    booked(f"order:{uuid7()}:owed", *transfer(debit="benefits", credit="owed_to_people", amount=9))
    assert [one.says for one in differences()] == ["booked and not there"]


def test_every_account_has_a_number_of_its_own_on_a_day() -> None:
    accounts = chart(on=date(2026, 11, 24))
    assert len({one.number for one in accounts}) == len(accounts) == len(keys())
    assert chart_account("cash", on=date(2026, 11, 24)).grows_by_debit
    with pytest.raises(ValueError):
        chart_account("cash", on=date(2020, 1, 1))
