"""Load the invented world once: offices, officers, people with their records, and a few dossiers on their way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.counterparty.authenticators import SECRET, secret_of
from ansinh.demo.accounts import world
from ansinh.demo.dossiers import file_dossiers
from ansinh.demo.numbers import make_numbers
from ansinh.demo.offices import make_offices
from ansinh.demo.organisations import load_organisations
from ansinh.demo.staff import manage
from ansinh.law.names import search_key
from ansinh.offices.reference.load import load_reference
from ansinh.people.acting.establish import establish
from ansinh.people.doors import totp
from ansinh.people.doors.factors import factors_of
from ansinh.people.models import Account, AccountState, Assignment, Delegation, DoorGuard, Officer, Person
from ansinh.people.queries import officer as officer_of
from ansinh.platform.secrets import secret
from ansinh.platform.zone import local_day
from ansinh.registry.models import ContributionPeriod, Entitlement, InsuredPerson
from ansinh.signing.authority import ensure_authority
from ansinh.signing.material import material

SINCE = timedelta(days=300)


def load(*, at: datetime) -> bool:
    """Load everything; loading again changes nothing. Whether it was the first time."""
    ensure_authority(at=at)
    with transaction.atomic():
        load_reference()
        if Account.objects.exists():
            _let_officers_in(at)
            return False
        facts = world()
        stored_password = make_password(facts["password"])
        make_offices(facts["offices"])
        make_numbers(at=at)
        officers = {row["login"]: _officer(row, stored_password, at) for row in facts["officers"]}
        _let_officers_in(at)
        for row in facts["delegations"]:
            Delegation.objects.create(
                officer=officers[row["officer"]],
                office_code=row["office"],
                procedures=row["procedures"],
                given_by=officers[row["given_by"]],
                document_number=row["document"],
                four_eyes=row["four_eyes"],
                valid_from=date.fromisoformat(row["from"]),
            )
        manage(facts, officers, at=at)
        for row in facts["persons"]:
            _person(row, stored_password, at)
        for row in facts["insured"]:
            _record(row, at)
        for row in facts["children"]:
            _child(row, officers[row["officer"]], at)
        load_organisations(stored_password=stored_password, at=at)
    file_dossiers(at=at)
    material(at=at)  # the authority publishes the list of today
    return True


def _let_officers_in(at: datetime) -> None:
    """Invented officers without a second factor get the app whose codes the demonstration shows; each start wakes them.

    Only in the demonstration: elsewhere an officer sets up one's own, and an account nobody used stays shut.
    """
    if not settings.DEMO:
        return
    root = secret(SECRET, folder=settings.SECRETS_DIR)
    for account in Account.objects.filter(login__in=[row["login"] for row in world()["officers"]]):
        DoorGuard.objects.update_or_create(account=account, defaults={"enabled_at": at})
        if not factors_of(account.pk).any:
            totp.put(account.pk, secret_of(account.login, root=root), confirmed_at=at, at=at)


def _officer(row: dict[str, Any], stored_password: str, at: datetime) -> Officer:
    account = Account.objects.create(
        login=row["login"],
        password=stored_password,
        state=AccountState.ACTIVE,
        display_name=row["name"],
        created_at=at,
        activated_at=at,
    )
    officer = Officer.objects.create(account=account, full_name=row["name"], title_vi=row["title"])
    Assignment.objects.bulk_create(
        Assignment(
            officer=officer,
            office_code=post["office"],
            function=post["function"],
            role=post["role"],
            capacity=post.get("capacity", ""),
            valid_from=(at - SINCE).date(),
        )
        for post in row["posts"]
    )
    return officer


def _person(row: dict[str, Any], stored_password: str, at: datetime) -> None:
    person = Person.objects.create(
        full_name=row["name"],
        search_key=search_key(row["name"]),
        date_of_birth=row["born"],
        sex=row["sex"],
        personal_id_number=row["login"],
        id_issue_date=date(2021, 4, 15),
        id_issue_place="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        si_number=row["si_number"],
        phone=row["phone"],
        email=row["email"],
        contact_address=row["address"],
        bank_account=row["bank_account"],
        updated_at=at,
    )
    Account.objects.create(
        login=row["login"],
        password=stored_password,
        person=person,
        state=AccountState.ACTIVE,
        phone=row["phone"],
        email=row["email"],
        display_name=row["name"],
        created_at=at,
        activated_at=at,
        identity_checked_at=at,
    )
    _record(row, at)


def _child(row: dict[str, Any], officer: Officer, at: datetime) -> None:
    child = Person.objects.create(
        full_name=row["name"],
        search_key=search_key(row["name"]),
        date_of_birth=row["born"],
        sex=row["sex"],
        si_number=row["si_number"],
        contact_address=row["address"],
        updated_at=at,
    )
    _record(row, at)
    actor = officer_of(officer.account, on=local_day(at))
    assert actor is not None
    establish(
        child=child,
        guardian_id=Person.objects.get(personal_id_number=row["guardian"]).pk,
        kind=row["kind"],
        basis=row["basis"],
        valid_from=local_day(at),
        valid_to=None,
        dossier_id=None,
        actor=actor,
        office_code=row["office"],
        at=at,
    )


def _record(row: dict[str, Any], at: datetime) -> None:
    card = row["card"]
    insured = InsuredPerson.objects.create(
        si_number=row["si_number"],
        full_name=row["name"],
        search_key=search_key(row["name"]),
        date_of_birth=row["born"],
        sex=row["sex"],
        personal_id_number=row["login"],
        managing_office=row["office"],
        paper_book_number=row["book"],
        card_number=card["number"],
        card_level_percent=card["level"],
        card_valid_from=_day(card["from"]),
        card_valid_to=_day(card["to"]),
        initial_facility=card["facility"],
        updated_on=at.date(),
    )
    ContributionPeriod.objects.bulk_create(
        ContributionPeriod(
            insured=insured,
            from_month=date.fromisoformat(f"{period['from']}-01"),
            to_month=date.fromisoformat(f"{period['to']}-01"),
            fund=period.get("fund", "compulsory"),
            scale=period.get("scale", "employer"),
            salary=period["salary"],
            employer_name="Công ty May Đồng Xanh (minh họa)" if period.get("fund") != "voluntary" else "",
        )
        for period in row["periods"]
    )
    pension = row.get("pension")
    if pension:
        Entitlement.objects.create(
            insured=insured,
            number=pension["number"],
            benefit_type="pension",
            start_month=date.fromisoformat(f"{pension['start']}-01"),
            monthly_amount=pension["amount"],
            payment_method=pension["method"],
            paying_office=row["office"],
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
