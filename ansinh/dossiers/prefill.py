"""What the agency already knows is filled in, and says where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.eforms.definition import Form
from ansinh.offices.queries import present_address, receiving_office
from ansinh.people.models import Account, Organisation, Person
from ansinh.people.models_organisations import OrganisationKind
from ansinh.people.organisations.queries import employer_record
from ansinh.registry.contracts.queries import contract_record, facility_record
from ansinh.registry.queries import entitlement_record, participation_record

PERSON, ORGANISATION = "person", "organisation"
"""The answer `filed_by` of a procedure that persons and organisations file: whose sections are asked."""


@dataclass(frozen=True)
class Prefilled:
    """Answers known beforehand and, by field key, their source (account, participation_record, entitlement_record)."""

    answers: dict[str, Any]
    sources: dict[str, str]


def prefill(
    form: Form,
    *,
    account_id: UUID | None,
    on: date,
    owner_id: UUID | None = None,
    organisation: Organisation | None = None,
    role: str = "self",
) -> Prefilled:
    """The answers of `form` that registers and the account give on a day. Unknown ones stay out.

    With an owner the person concerned is the owner, and the account's person submits in this `role`; for an
    organisation they are its own, and nothing of who types.
    """
    if account_id is None:
        return Prefilled(answers={}, sources={})
    if organisation is not None:
        records: Mapping[str, Mapping[str, Any]] = facts_of_organisation(organisation, on=on)
    else:
        records = known_facts(account_id, owner_id=owner_id, role=role, on=on)
    answers: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for field in form.fields():
        if field.prefill is None:
            continue
        source, _, attribute = field.prefill.partition(".")
        value = records.get(source, {}).get(attribute or field.key)
        if field.type == "address" and isinstance(value, Mapping):
            value = present_address(value, on=on)
        if value not in (None, "", {}, []):
            answers[field.key] = value
            sources[field.key] = source
    return Prefilled(answers=answers, sources=sources)


def facts_of_organisation(organisation: Organisation, *, on: date) -> Mapping[str, Mapping[str, Any]]:
    """Facts by source of an organisation on a day; of a health facility also its last contract."""
    records: dict[str, Mapping[str, Any]] = {
        "employer_record": employer_record(organisation),
        "participation_record": {"managing_office": organisation.managing_office},
        "account": {
            "filed_by": ORGANISATION,
            "result_channel": "electronic",
            "phone": organisation.contact_phone or organisation.phone,
            "email": organisation.email,
        },
    }
    if organisation.kind == OrganisationKind.FACILITY:
        records["facility_record"] = facility_record(organisation)
        records["contract_record"] = contract_record(organisation, on=on)
    return records


def known_facts(
    account_id: UUID, *, on: date, owner_id: UUID | None = None, role: str = "self"
) -> Mapping[str, Mapping[str, Any]]:
    """Facts by source on a day: of the owner as the person concerned, of the account's person as who submits."""
    account = Account.objects.select_related("person").get(pk=account_id)
    owner = Person.objects.filter(pk=owner_id).first() if owner_id else None
    submitter = account.person or owner  # at a counter somebody without an account files for oneself
    if submitter is None:
        return {}
    person = owner or submitter
    mine = {
        "full_name": person.full_name,
        "date_of_birth": person.date_of_birth,
        "gender": person.sex,
        "nationality": person.nationality,
        "id_number": person.personal_id_number,
        "id_issue_date": person.id_issue_date.isoformat() if person.id_issue_date else None,
        "id_issue_place": person.id_issue_place,
        "si_number": person.si_number,
        "phone": account.phone,
        "email": account.email,
        "contact_address": person.contact_address,
        "residence_address": person.contact_address,
        "result_address": person.contact_address,
        "bank_account": person.bank_account,
        "submitter": _identity(submitter),
        "filed_by": PERSON,
        "submitter_role": role,
        "representative": None if role == "self" else {**_identity(submitter), "phone": account.phone},
        "result_channel": "electronic" if account.person_id else None,
        "payment_method": "bank_account" if person.bank_account else None,
    }
    held = participation_record(person.si_number, on=on)
    routed = receiving_office(
        managing_office=str(held.get("managing_office") or ""),
        commune_code=str((person.contact_address or {}).get("commune") or ""),
        on=on,
    )
    return {
        "account": mine,
        "participation_record": {**held, "managing_office": routed, "receiving_office": routed},
        "entitlement_record": entitlement_record(person.si_number, on=on),
    }


def _identity(person: Person) -> dict[str, str]:
    return {
        "full_name": person.full_name,
        "date_of_birth": person.date_of_birth,
        "id_number": person.personal_id_number,
    }
