"""The run of `./bench payroll`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final, TypeVar

from django.db import connection, transaction
from django.db.models import Sum

from ansinh.payments.batches import file_of, release, take_answer
from ansinh.payments.ledger import balance
from ansinh.payments.models import LedgerEntry, Order, OrderState, PayrollLine
from ansinh.payments.pain import ANSWERS, faults_of_file
from ansinh.payments.payroll import control_payroll, prepare_payroll, release_payroll
from ansinh.payments.payroll_files import close_payroll, payroll_files
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.identifiers import uuid7
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.sealed_fields.envelope import blind_index, seal
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT, PERSONAL_ID
from ansinh.platform.zone import VIETNAM
from ansinh.registry.models import Entitlement, InsuredPerson, UnpaidBenefit
from benchmarks.rig.bankswap.people import OFFICE, an_officer

MONTHS: Final = (date(2026, 10, 1), date(2026, 11, 1))
COMMUNES: Final = 100
IN_CASH: Final = 10
"""Every tenth is paid in cash; nobody collects it here, so it ends in the registry as unpaid."""
Made = TypeVar("Made")


def measure(wanted: argparse.Namespace) -> bool:
    """Whether everybody was paid just once and the books agree."""
    with as_the_house():
        with _timed(f"{wanted.people:,} benefits written"):
            _people(wanted.people)
        with transaction.atomic():
            at = datetime(2026, 10, 1, tzinfo=VIETNAM)
            officers = [an_officer(role, at=at) for role in (Role.FINANCE, Role.HEAD, Role.LEADER)]
        _pay(MONTHS[0], officers)
        _a_month_passes()
        _pay(MONTHS[1], officers)
        return _judged(wanted.people)


def _pay(month: date, officers: list[OfficerActor]) -> None:
    cashier, head, leader = officers
    at = datetime(month.year, month.month, 2, 9, 0, tzinfo=VIETNAM)
    after = datetime(month.year, month.month, 28, 9, 0, tzinfo=VIETNAM)
    print(f"{month:%m/%Y}")
    lists = _of("  lists prepared", lambda: prepare_payroll(month, office_code=OFFICE, actor=cashier, at=at))
    with _timed("  controlled"):
        for one in lists:
            control_payroll(one.pk, actor=head, at=at)
    with _timed("  released: an order and a booking for each person"):
        for one in lists:
            release_payroll(one.pk, actor=leader, at=at)
    by_bank = [one for one in lists if one.method == "bank"]
    files = _of(
        "  files for the bank",
        lambda: [file for one in by_bank for file in payroll_files(one.pk, actor=cashier, at=at)],
    )
    with _timed("  files released"):
        for file in files:
            release(file.pk, actor=head, at=at)
    contents = [(file, file_of(file)) for file in files]
    assert not [fault for _, content in contents for fault in faults_of_file(content)]
    with _timed("  the bank's answers recorded"):
        for file, content in contents:
            take_answer(_answer(file.number, content), actor=cashier, office_code=OFFICE, at=at)
    left = _of(
        "  closed; what was not collected is unpaid in the registry",
        lambda: sum(close_payroll(one.pk, actor=cashier, at=after) for one in lists),
    )
    differing = PayrollLine.objects.filter(month=month, living=True).exclude(differences=[]).count()
    print(f"  {len(lists)} lists, {len(files)} files, {differing:,} lines that differ, {left:,} not collected")


def _people(count: int) -> None:
    """So many people with a benefit each, by COPY, spread over communes; nine of ten paid to an account."""
    field = Entitlement._meta.get_field("bank_account")
    number = InsuredPerson._meta.get_field("personal_id_number")
    with transaction.atomic(), connection.cursor() as cursor:
        columns = (
            "si_number, full_name, search_key, date_of_birth, sex, personal_id_number, managing_office,"
            " paper_book_number, card_number, initial_facility, state_support_received, updated_on"
        )
        with cursor.copy(f"COPY registry_insuredperson ({columns}) FROM STDIN") as copy:
            for n in range(count):
                identity, si = f"0881{n:08d}", f"88{n:08d}"
                sealed = seal(
                    identity, column=number.place, row=si, index=blind_index(PERSONAL_ID, identity)
                )  # fmt: skip
                copy.write_row(
                    (si, f"Nguyễn Văn {n}", f"nguyen van {n}", "1958-03-04", "male", bytes(sealed), OFFICE, "", "", "",
                     0, "2026-01-01")
                )  # fmt: skip
        columns = (
            "id, insured_id, number, benefit_type, start_month, monthly_amount, payment_method, bank_account,"
            " paying_office, payment_place"
        )
        with cursor.copy(f"COPY registry_entitlement ({columns}) FROM STDIN") as copy:
            for n in range(count):
                key, account = uuid7(), {"bank": "970436", "number": f"0011{n:08d}", "holder": "NGUYEN VAN"}
                index = blind_index(BANK_ACCOUNT, account["bank"], account["number"])
                sealed = seal(field.text_of(account), column=field.place, row=key, index=index)
                copy.write_row(
                    (key, f"88{n:08d}", f"HT-{n}", "pension", "2024-01-01", 3_000_000 + n % 4_000_000,
                     "cash_service_org" if n % IN_CASH == 0 else "bank_account",
                     None if n % IN_CASH == 0 else bytes(sealed), OFFICE, f'{{"commune": "9{n % COMMUNES:04d}"}}')
                )  # fmt: skip
        cursor.execute("ANALYZE registry_insuredperson, registry_entitlement")


def _a_month_passes() -> None:
    """Every twentieth gets another amount, every hundredth is stopped."""
    with transaction.atomic(), connection.cursor() as cursor:
        for every, kind, amount, why in (
            (20, "amount", "monthly_amount + 100000", "Điều chỉnh"), (100, "stopped", "NULL", "Xuất cảnh"),
        ):  # fmt: skip
            cursor.execute(
                "INSERT INTO registry_entitlementchange (id, entitlement_id, kind, valid_from, monthly_amount,"
                " paying_office, payment_method, payment_place, reason, dossier_id, made_at)"
                f" SELECT gen_random_uuid(), id, %s, %s, {amount}, '', '', '{{}}', %s, gen_random_uuid(), now()"
                " FROM registry_entitlement WHERE substr(number, 4)::int %% %s = 1",
                [kind, MONTHS[1], why, every],
            )
        cursor.execute("ANALYZE registry_entitlementchange")


def _judged(people: int) -> bool:
    lines = PayrollLine.objects.filter(living=True, amount__gt=0)
    orders = Order.objects.filter(payroll_line__isnull=False)
    paid = orders.filter(state=OrderState.PAID).aggregate(total=Sum("amount"))["total"]
    unpaid = UnpaidBenefit.objects.aggregate(total=Sum("amount"))["total"] or 0
    listed = lines.aggregate(total=Sum("amount"))["total"]
    stopped = len([n for n in range(people) if n % 100 == 1])
    wanted = 2 * people - stopped
    print(
        f"{lines.count():,} payments of {wanted:,}, {orders.count():,} orders, paid {paid:,} đ, unpaid {unpaid:,} đ,"
        f" listed {listed:,} đ; {LedgerEntry.objects.count():,} entries"
    )
    agrees = balance("payout_bank") == -paid and balance("in_transit") == balance("owed_to_people") == 0
    return lines.count() == orders.count() == wanted and paid + unpaid == listed and agrees


def _answer(number: str, content: bytes) -> bytes:
    names = [part.split(b"<")[0].decode() for part in content.split(b"<EndToEndId>")[1:]]
    said = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{one}</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>" for one in names
    )
    return (
        f'<Document xmlns="{ANSWERS}"><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{number}</OrgnlMsgId>'
        f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{said}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - began:.1f} s")


def _of(what: str, action: Callable[[], Made]) -> Made:
    with _timed(what):
        return action()
