"""The invented organisations of `organisations.yaml`: who works for them, their contracts, points and mandates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ansinh.law.names import search_key
from ansinh.people.actors import System
from ansinh.people.models import (
    Account,
    AccountState,
    CollectionPoint,
    Organisation,
    Person,
    ServiceContract,
    StaffInvitation,
    StaffMember,
    TransmissionMandate,
)
from ansinh.people.organisations.history import record
from ansinh.platform.identifiers import uuid7
from ansinh.platform.yaml_files import load_own
from ansinh.platform.zone import local_day
from ansinh.registry.models import TreatmentContract

SINCE = timedelta(days=200)


@cache
def invented() -> dict[str, Any]:
    """The facts of `organisations.yaml`."""
    path = Path(__file__).with_name("organisations.yaml")
    facts: dict[str, Any] = load_own(path)
    return facts


def load_organisations(*, stored_password: str, at: datetime) -> None:
    """Make them all, in the caller's transaction."""
    facts, since = invented(), local_day(at - SINCE)
    accounts = {row["login"]: _account(row, stored_password, at) for row in facts["staff"]}
    made = {row["tax_code"]: _organisation(row, since=since) for row in facts["organisations"]}
    for row in facts["organisations"]:
        organisation = made[row["tax_code"]]
        _staff(organisation, row, accounts, since=since, at=at)
        _contracts(organisation, row, since=since)
        for mandate in row.get("mandates", ()):
            _mandate(organisation, made[mandate["provider"]], mandate, since=since, at=at)


def _account(row: dict[str, Any], stored_password: str, at: datetime) -> Account:
    person = Person.objects.create(
        full_name=row["name"], search_key=search_key(row["name"]), date_of_birth=row["born"], sex=row["sex"],
        personal_id_number=row["login"], phone=row["phone"], email=row["email"], updated_at=at,
    )  # fmt: skip
    return Account.objects.create(
        login=row["login"], password=stored_password, person=person, state=AccountState.ACTIVE, phone=row["phone"],
        email=row["email"], display_name=row["name"], created_at=at, activated_at=at,
    )  # fmt: skip


def _organisation(row: dict[str, Any], *, since: date, parent: Organisation | None = None) -> Organisation:
    contact = row.get("contact", {})
    made = Organisation.objects.create(
        kind=row.get("kind") or (parent.kind if parent else ""),
        name=row["name"],
        search_key=search_key(row["name"]),
        tax_code=row["tax_code"],
        unit_code=row.get("unit_code", ""),
        facility_code=row.get("facility_code", ""),
        parent=parent,
        managing_office=row["office"],
        address=row.get("address", {}),
        email=row.get("email", ""),
        representative=row.get("representative", ""),
        contact_name=contact.get("name", ""),
        contact_phone=contact.get("phone", ""),
        valid_from=since,
    )
    for branch in row.get("branches", ()):
        _organisation(branch, since=since, parent=made)
    return made


def _staff(
    organisation: Organisation, row: dict[str, Any], accounts: dict[str, Account], *, since: date, at: datetime
) -> None:
    for one in row["staff"]:
        StaffMember.objects.create(
            organisation=organisation, account=accounts[one["login"]], roles=one["roles"],
            branches=one.get("branches", False), valid_from=since,
        )  # fmt: skip
    first = accounts[row["staff"][0]["login"]]
    record(organisation, "organisation_opened", actor=System(), at=at - SINCE, administrator=first.display_name)
    for one in row.get("invitations", ()):
        StaffInvitation.objects.create(
            organisation=organisation, personal_id_number=one["number"], roles=one["roles"],
            invited_by=first.display_name, invited_at=at, answer_by=local_day(at) + timedelta(days=one["days"]),
        )  # fmt: skip


def _contracts(organisation: Organisation, row: dict[str, Any], *, since: date) -> None:
    for one in row.get("contracts", ()):
        ServiceContract.objects.create(
            organisation=organisation, kind=one["kind"], number=one["number"], office_code=one["office"],
            valid_from=since,
        )  # fmt: skip
    if held := row.get("treatment_contract"):
        TreatmentContract.objects.create(
            facility=organisation, facility_code=organisation.facility_code, number=held["number"],
            office_code=held["office"], valid_from=since, valid_to=since + timedelta(days=held["days"]),
            agreed_to=since + timedelta(days=held["days"]), technical_level=held["level"], scope=held["scope"],
            is_first=True, declared=held["declared"],
        )  # fmt: skip
    for one in row.get("points", ()):
        CollectionPoint.objects.create(
            organisation=organisation, code=one["code"], name=one["name"], commune_code=one["commune"],
            address=one["address"], phone=one.get("phone", ""), valid_from=since,
        )  # fmt: skip


def _mandate(employer: Organisation, provider: Organisation, row: dict[str, Any], *, since: date, at: datetime) -> None:
    made = TransmissionMandate.objects.create(
        employer=employer, provider=provider, contract_number=row["contract"], valid_from=since,
        valid_to=since + timedelta(days=row["days"]), given_by_dossier=uuid7(),
    )  # fmt: skip
    for side in (employer, provider):
        record(
            side, "mandate_given", actor=System(), at=at - SINCE,
            employer=employer.name, provider=provider.name, valid_from=made.valid_from.isoformat(),
        )  # fmt: skip
