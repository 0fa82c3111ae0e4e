"""The dated rules of payment (rules.yaml): how long an order stands, our accounts, what is booked where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from ansinh.law.counting import Unit, nominal
from ansinh.offices.queries import work_calendar
from ansinh.people.dated_rules import in_force, newest, rows_of
from ansinh.platform.errors import Invalid
from ansinh.registry.bank_accounts.account import BankAccount

_FILE = Path(__file__).with_name("rules.yaml")
Use = Literal["collection", "payout"]


@dataclass(frozen=True)
class OutRules:
    """Of payments to people."""

    most_in_a_batch: int
    instant_at_most: int
    pay_within: int
    """Working days from the decision to the money."""


def time_to_pay(*, on: date) -> timedelta:
    """From the day an order in is made to its last day."""
    return timedelta(days=int(newest(rows_of(_FILE)["orders_in"], on=on)["days_to_pay"]))


def out_rules(*, on: date) -> OutRules:
    """The rules of payments to people on a day."""
    row = newest(rows_of(_FILE)["orders_out"], on=on)
    return OutRules(int(row["most_in_a_batch"]), int(row["instant_at_most"]), int(row["pay_within"]))


def last_day_to_pay_out(*, on: date) -> date:
    """Until when a benefit decided on a day is paid (R-188)."""
    return nominal(on, out_rules(on=on).pay_within, Unit.WORKING_DAY, calendar=work_calendar())


def second_release(*, on: date) -> tuple[date, int]:
    """Since when which sum of one order, in đồng, is let go without a second release."""
    row = newest(rows_of(_FILE)["second_release"], on=on)
    return date.fromisoformat(str(row["from"])), int(row["above"])


@dataclass(frozen=True)
class PayrollRules:
    """Of the monthly payment."""

    pay_by_day: int
    months_back: int
    most_in_a_file: int


def payroll_rules(*, on: date) -> PayrollRules:
    """The rules of the monthly payment on a day."""
    row = newest(rows_of(_FILE)["payroll"], on=on)
    return PayrollRules(int(row["pay_by_day"]), int(row["months_back"]), int(row["most_in_a_file"]))


def our_account(office_code: str, use: Use, *, on: date) -> BankAccount:
    """The account an office collects into or pays from on a day."""
    rows = [row for row in in_force(rows_of(_FILE)["accounts"], on=on) if row["use"] == use]
    own = [row for row in rows if row["office"] == office_code] or [row for row in rows if row["office"] == "*"]
    row = max(own, key=lambda one: str(one["from"]))
    return BankAccount(row["bank"], row["number"], row["holder"])


def is_ours(bank: str, number: str, *, on: date) -> bool:
    """Whether an account is one of the agency's on a day."""
    rows = in_force(rows_of(_FILE)["accounts"], on=on)
    return any((row["bank"], row["number"]) == (bank, number) for row in rows)


def booked_to(fund: str, *, on: date) -> str:
    """The account of the chart that money of a fund is booked to. Raises Invalid (`fund-unknown`)."""
    rows = [row for row in rows_of(_FILE)["books"] if row["fund"] == fund]
    if not in_force(rows, on=on):
        raise Invalid("fund-unknown", "Chưa có tài khoản kế toán cho loại tiền “{fund}”. Xin báo quản trị.", fund=fund)
    row = newest(rows, on=on)
    return str(row.get("credit") or row["debit"])
