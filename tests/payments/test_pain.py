"""The file for the bank against the schema of ISO 20022, its sums, and what the bank's profile forbids."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ansinh.law.names import bank_form
from ansinh.payments.batches import file_of, prepare, release
from ansinh.payments.pain import ORDERS, Payment, faults_of_file, orders_file
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict, Invalid
from ansinh.registry.bank_accounts.account import BankAccount
from tests.payments.money import HERS, NOW, to_pay
from tests.world import LOCAL_OFFICE, World

SCHEMA = etree.XMLSchema(etree.fromstring((files("sepaxml") / "schemas" / "pain.001.001.09.xsd").read_bytes()))
SOURCE = BankAccount("970405", "8888000033334444", "BHXH VIET NAM TAI KHOAN CHI TRA")
NAMES = {"p": ORDERS}
_names = st.text(min_size=1, max_size=60).filter(lambda text: bank_form(text) != "")


def a_file(*payments: Payment) -> bytes:
    return orders_file("04401-20261124-7K2M9QXT", payments, source=SOURCE, at=NOW)


def valid(content: bytes) -> etree._Element:
    root = etree.fromstring(content)
    SCHEMA.assertValid(root)
    return root


def test_a_file_fits_the_schema_of_iso_20022() -> None:
    root = valid(a_file(Payment("BHXH7K2M9QXT4HNA-1", 40_000_000, HERS, "BHXH7K2M9QXT4HNA Lương hưu tháng 11/2026")))
    assert root.findtext(".//p:CdtrAcct/p:Id/p:Othr/p:Id", namespaces=NAMES) == HERS.number
    assert root.find(".//p:IBAN", namespaces=NAMES) is None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine draws slowly
@given(st.lists(st.tuples(st.integers(1, 10**13), _names, st.text(max_size=160)), min_size=1, max_size=4))
def test_whatever_names_and_texts_people_have(rows: list[tuple[int, str, str]]) -> None:
    payments = [
        Payment(f"BHXH{at:012}-1", amount, BankAccount("970436", "0011002233445", holder), text)
        for at, (amount, holder, text) in enumerate(rows)
    ]
    root = valid(a_file(*payments))
    for group in ("GrpHdr", "PmtInf"):
        assert root.findtext(f".//p:{group}/p:NbOfTxs", namespaces=NAMES) == str(len(rows))
        assert root.findtext(f".//p:{group}/p:CtrlSum", namespaces=NAMES) == str(sum(one.amount for one in payments))
    for element in root.iter(f"{{{ORDERS}}}Nm", f"{{{ORDERS}}}Ustrd"):
        assert element.text is not None and element.text.isascii() and 1 <= len(element.text) <= 140


@pytest.mark.parametrize(
    ("payments", "says"),
    [
        ([Payment("A-1", 1, HERS, "x"), Payment("A-1", 2, HERS, "x")], "A-1 stands twice"),
        ([Payment("A" * 36, 1, HERS, "x")], "longer than 35"),
        ([Payment("A-1", 0, HERS, "x")], "no amount"),
        ([Payment("A-1", 1, BankAccount("970405", "39 002", "A"), "x")], "account number"),
        ([Payment("A-1", 1, BankAccount("9704", "3900205123456", "A"), "x")], "bank"),
        ([], "no payment"),
    ],
)
def test_a_file_a_bank_would_refuse_is_not_written(payments: list[Payment], says: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_file(*payments)
    assert refused.value.code == "bank-file" and says in str(refused.value.facts["why"])


def test_sums_that_do_not_agree_are_found() -> None:
    content = a_file(Payment("A-1", 5, HERS, "x"), Payment("A-2", 7, HERS, "x"))
    assert faults_of_file(content) == []
    assert "CtrlSum" in faults_of_file(content.replace(b">12<", b">13<"))[0]
    assert "NbOfTxs" in faults_of_file(content.replace(b"<NbOfTxs>2<", b"<NbOfTxs>3<"))[0]


@pytest.mark.django_db
def test_a_prepared_file_fits_and_is_not_exported_twice(world: World, cashier: OfficerActor) -> None:
    orders = [to_pay(world, key=f"x:{number}") for number in range(3)]
    batch = prepare([one.pk for one in orders], office_code=LOCAL_OFFICE, actor=cashier, at=NOW)
    valid(file_of(batch))
    release(batch.pk, actor=world["head"], at=NOW)
    assert file_of(batch) == file_of(batch)
    with pytest.raises(Conflict) as refused:
        prepare([orders[0].pk], office_code=LOCAL_OFFICE, actor=cashier, at=NOW + timedelta(days=1))
    assert refused.value.code == "order-wrong-state"
