"""Facts of an insured person by the names that forms and the law use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from ansinh.registry.averages import pension_average, state_support, support_rows, voluntary_average
from ansinh.registry.benefits.standing import paid_to, standing_of
from ansinh.registry.benefits.suspended import suspended_of
from ansinh.registry.benefits.unpaid import unpaid_of
from ansinh.registry.books import counted_periods
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import BookEntry, CardChange, Entitlement, EntitlementChange, InsuredPerson
from ansinh.registry.months import ContributionHistory, history_of


def insured_person(si_number: str) -> InsuredPerson | None:
    """The participant with this social insurance number."""
    return InsuredPerson.objects.filter(pk=si_number).first() if si_number else None


def insured_people(si_numbers: Iterable[str], *, without: UUID | None = None) -> Mapping[str, InsuredPerson]:
    """Those participants among the numbers that we hold, with their records, in as many statements for any number.

    `without` a dossier: the records as they would be had its decision written nothing about benefits, card and book.
    """
    wanted = InsuredPerson.objects.prefetch_related("periods", "supports", "unpaid", *_rows(without))
    return wanted.in_bulk([number for number in set(si_numbers) if number])


def _rows(without: UUID | None) -> tuple[Prefetch[Any] | str, ...]:
    if without is None:
        return ("entitlements__changes", "card_changes", "book_entries")
    changes = Prefetch("changes", EntitlementChange.objects.exclude(dossier_id=without))
    return (
        Prefetch("entitlements", Entitlement.objects.exclude(dossier_id=without).prefetch_related(changes)),
        Prefetch("card_changes", CardChange.objects.exclude(dossier_id=without)),
        Prefetch("book_entries", BookEntry.objects.exclude(dossier_id=without)),
    )


def participation_record(si_number: str, *, on: date) -> Mapping[str, Any]:
    """The participation record on a day: months, averages, book and card. Empty for a number we do not hold."""
    person = insured_person(si_number)
    return participation_of(person, on=on) if person else {}


def participation_of(person: InsuredPerson, *, on: date) -> Mapping[str, Any]:
    """The participation record of a participant on a day.

    Lists (`paid_months`, `wages`, `state_rows`, `employer_rows`, `voluntary_rows`, `support_rows`) have the shapes
    that the rules of `ansinh.law` take; empty ones but the first two are None. Averages are whole
    đồng, None where the law cannot say yet.
    """
    history: ContributionHistory = history_of(counted_periods(person))
    supports, card = list(person.supports.all()), held_card(person)
    return {
        "si_number": person.si_number,
        "sex": person.sex,
        "deceased_si_number": person.si_number,
        "first_joined": history.first_month,
        "contribution_history": history.rows(),
        "contribution_months": history.months(),
        "total_months": history.months(),
        "compulsory_months": history.months(fund="compulsory"),
        "voluntary_months": history.months(fund="voluntary"),
        "months_before_2014": history.months_before(2014),
        "months_from_2014": history.months() - history.months_before(2014),
        "state_months": history.months(scale="state"),
        "hazardous_months": history.months(hazardous=True),
        "first_compulsory_month": history.first_of("compulsory"),
        "paid_months": history.paid_months(fund="compulsory"),
        "all_paid_months": history.paid_months(),
        "wages": history.wages(fund="compulsory"),
        "state_rows": history.state_rows() or None,
        "state_table_months": sum(row["months"] for row in history.state_rows()) or None,
        "employer_rows": history.rows_by_year(fund="compulsory") or None,
        "voluntary_rows": history.rows_by_year(fund="voluntary") or None,
        "average_salary": pension_average(history, on=on),
        "average_income": voluntary_average(history, on=on),
        "six_month_average": history.mean_of_last(6, before=on),
        "wage_before": history.mean_of_last(1, before=on),
        "months_paid_in_window": history.months_paid_in_last(12, before=on),
        "last_contribution_month": history.last_month,
        "last_work_end": history.last_day,
        "support_rows": support_rows(supports) or None,
        "state_support_received": state_support(supports, on=on) or person.state_support_received,
        "has_paper_book": "yes" if person.paper_book_number else "no",
        "book_no": person.paper_book_number,
        "card_number": card.number,
        "card_level_percent": card.percent,
        "card_valid_from": _iso(card.valid_from),
        "card_valid_to": _iso(card.valid_to),
        "initial_facility": card.facility,
        "managing_office": person.managing_office,
        "receiving_office": person.managing_office,
    }


def entitlement_record(si_number: str, *, on: date) -> Mapping[str, Any]:
    """The benefit in payment on a day; empty when there is none."""
    person = insured_person(si_number)
    return entitlement_of(person, on=on) if person else {}


def entitlement_of(person: InsuredPerson, *, on: date) -> Mapping[str, Any]:
    """The benefit in payment of a participant on a day, the one that stopped last, and what was not collected.

    Empty for somebody of whom none of these is known. `last_monthly_amount` is that of the benefit in payment, else of
    the one that stopped.
    """
    entitlements = list(person.entitlements.all())
    stopped = suspended_of(entitlements, on=on)
    known = {**stopped, **unpaid_of(person)}
    paid = paid_to(entitlements, on=on)
    if not paid:
        return known
    running = paid[0]
    now = standing_of(running, on=on)
    months = (on.year - running.start_month.year) * 12 + on.month - running.start_month.month
    return {
        **known,
        "last_monthly_amount": now.monthly_amount,
        "entitlement_no": running.number,
        "benefit_type": running.benefit_type,
        "start_month": running.start_month.isoformat()[:7],
        "monthly_amount": now.monthly_amount,
        "months_received": max(0, months),
        "payment_method": now.payment_method,
        "current_method": now.payment_method,
        "bank_account": running.bank_account,
        "paying_office": now.paying_office,
        "receiving_office": now.paying_office,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
