"""Invented organisations beside the small world: a company with staff, its branch, an agent, a facility, a provider.

Their tax codes begin with 9999: the first two digits name the tax office of a province, and 99 is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import folders, frozen
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.submit import file_draft
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.models import (
    CollectionPoint,
    Organisation,
    Person,
    ServiceContract,
    StaffMember,
    TransmissionMandate,
)
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.platform.identifiers import uuid7
from tests.world import FILED_AT, LOCAL_OFFICE, LONG_AGO, an_account

COMPANY, BRANCH, OTHER, PROVIDER, AGENT, FACILITY = (
    "9999000037", "9999000037-001", "9999000044", "9999000051", "9999000069", "9999000076",
)  # fmt: skip
SINCE = date(2020, 1, 1)
TODAY = date(2026, 11, 26)


def a_person(name: str, number: str) -> Citizen:
    """Somebody with an account of one's own, signing in with the personal number."""
    person = Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth="1985-03-02", sex="female",
        personal_id_number=number, updated_at=LONG_AGO,
    )  # fmt: skip
    account = an_account(number, name, person=person)
    return Citizen(account_id=account.pk, person_id=person.pk, name=name)


def an_organisation(tax_code: str = COMPANY, name: str = "Công ty May Đồng Xanh 10", **more: Any) -> Organisation:
    """An organisation of the local office, without staff."""
    values = {
        "kind": "employer", "managing_office": LOCAL_OFFICE, "valid_from": SINCE, "email": "lienhe@example.vn",
        "contact_name": "Vũ Thị Ngọc Ánh", "contact_phone": "84905000111", **more,
    }  # fmt: skip
    return Organisation.objects.create(name=name, search_key=search_key(name), tax_code=tax_code, **values)


def hired(organisation: Organisation, person: Citizen, *roles: str, **more: Any) -> StaffMember:
    """The person is one of the staff since the first day, with these roles."""
    values = {"valid_from": SINCE, **more}
    return StaffMember.objects.create(
        organisation=organisation, account_id=person.account_id, roles=list(roles), **values
    )


def acting_for(person: Citizen, organisation: Organisation, *, on: date = TODAY) -> Citizen:
    """The person as the session would have it that day; fails when there is no right."""
    (behalf,) = [one for one in behalves_of_staff(person.account_id, on) if one.owner_id == organisation.pk]
    return replace(person, behalf=behalf)


def a_provider(tax_code: str = PROVIDER, name: str = "Truyền Nhận Số Lam Giang") -> Organisation:
    """An I-VAN provider with an agreement in force."""
    made = an_organisation(tax_code, name, kind="ivan_provider")
    ServiceContract.objects.create(
        organisation=made, kind="transmission", number="07/TT-IVAN", office_code="00000", valid_from=SINCE
    )
    return made


def an_agent(name: str = "Đại lý thu Bưu điện Lam Giang") -> Organisation:
    """A collection agent with a contract and two points."""
    made = an_organisation(AGENT, name, kind="collection_agent")
    ServiceContract.objects.create(
        organisation=made, kind="collection", number="03/HĐ-DVT", office_code=LOCAL_OFFICE, valid_from=SINCE
    )
    for number, place in enumerate(("Chợ Hàm Rồng", "Bến xe"), start=1):
        CollectionPoint.objects.create(
            organisation=made, code=f"DT-90-00{number}", name=f"Điểm thu {place}", commune_code="90101",
            address=f"{number} đường Bờ Sông", valid_from=SINCE,
        )  # fmt: skip
    return made


def a_mandate(employer: Organisation, provider: Organisation, **more: Any) -> TransmissionMandate:
    """The employer's mandate to a provider, since the first day."""
    values = {"valid_from": SINCE, "given_by_dossier": uuid4(), **more}
    return TransmissionMandate.objects.create(employer=employer, provider=provider, **values)


@dataclass(frozen=True)
class Firm:
    """A company with an administrator who signs, an assistant who files, and a reader."""

    company: Organisation
    chief: Citizen
    clerk: Citizen
    reader: Citizen


def a_firm() -> Firm:
    """Three of the staff of one company."""
    company = an_organisation()
    chief, clerk, reader = (
        a_person("Phạm Thị Hạnh", "090185000101"),
        a_person("Vũ Thị Ngọc Ánh", "090185000102"),
        a_person("Lý Quốc Bảo", "090185000103"),
    )
    hired(company, chief, "read", "file", "sign", "pay", "administer")
    hired(company, clerk, "read", "file")
    hired(company, reader, "read")
    return Firm(company, chief, clerk, reader)


def freeze(*slugs: str) -> None:
    """The real folders of these procedures, frozen beside the small ones."""
    for folder in (one for one in folders() if one.slug in slugs):
        ProcedureVersion.objects.create(
            slug=folder.slug, in_force_from=folder.in_force_on, digest=folder.digest, content=folder.content,
            frozen_at=LONG_AGO,
        )  # fmt: skip


def registration_answers(**changes: Any) -> dict[str, Any]:
    """A complete declaration of the company, with papers to be compared."""
    return {
        "organisation_type": "employer", "organisation": "Công ty May Đồng Xanh 10", "employer_tax_code": COMPANY,
        "has_unit_code": "yes", "employer_code": "YN0001A", "business_registration_found": "yes",
        "representative_name": "Phạm Thị Hạnh", "representative_id_number": "090185000101",
        "representative_position": "Giám đốc", "registration_basis": "papers", "signer_is_representative": "yes",
        "contact_name": "Vũ Thị Ngọc Ánh", "phone": "84905000111", "email": "lienhe@example.vn",
        "organisation_address": {"province": "90", "commune": "90101", "detail": "5 đường Bờ Sông"},
        "receiving_office": LOCAL_OFFICE, "submission_channel": "portal", "truth_commitment": True, **changes,
    }  # fmt: skip


def registration_of(person: Citizen, **changes: Any) -> Dossier:
    """A registration the person filed; the procedure is frozen before (`freeze`)."""
    version = ProcedureVersion.objects.get(slug="dang-ky-gdt-to-chuc")
    draft = Draft.objects.create(
        version=version, account_id=person.account_id, owner_id=person.owner_id, created_at=FILED_AT,
        updated_at=FILED_AT, answers=registration_answers(**changes),
    )  # fmt: skip
    dossier_id = uuid7()
    with transaction.atomic():
        file_draft(
            draft, dossier_id=dossier_id, folder=frozen(version.pk), actor=person, digest="0" * 64, evidence_id=None,
            channel="portal", at=FILED_AT,
        )  # fmt: skip
    return Dossier.objects.get(pk=dossier_id)
