"""What addresses around an account are about: an organisation, a recovery, a ward, a mandate, looks and requests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ansinh.casework.own_data.copy import make
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.data_rights.exports import ask_for_copy
from ansinh.people.data_rights.requests import ask
from ansinh.people.models import (
    Guardianship,
    LinkedIdentity,
    Mandate,
    Opening,
    OrganisationCertificate,
    Person,
    Recovery,
    StaffInvitation,
)
from ansinh.platform.identifiers import uuid7
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter
from ansinh.registry.models import BankAccountChange
from tests.world import LOCAL_OFFICE, LONG_AGO, World, a_moment, a_passkey
from tests.world_organisations import a_mandate as a_transmission
from tests.world_organisations import a_provider, an_organisation, hired

MONDAY = a_moment(date(2026, 11, 9))
TODAY = MONDAY.date()


def matters(world: World, citizen: Citizen, officer: OfficerActor, *, office: str, tag: str) -> dict[str, Any]:
    """Name of a part of an address → a row of this citizen, at this office; `mark` is the name of the organisation."""
    person = Person.objects.get(pk=citizen.person_id)
    number = f"{hash_of(tag):06}"
    name = f"Công ty {tag} {number}"
    firm = an_organisation(f"9999{number}", name, managing_office=office)
    member = hired(firm, citizen, "read", "file", "sign", "pay", "administer")
    provider = a_provider(f"9998{number}", f"Truyền Nhận {number}")
    inviting = an_organisation(f"9997{number}", f"Nhà mời {number}")
    invitation = StaffInvitation.objects.create(
        organisation=inviting, personal_id_number=person.personal_id_number, roles=["read"], invited_by="x",
        invited_at=MONDAY, answer_by=TODAY,
    )  # fmt: skip
    certificate = OrganisationCertificate.objects.create(
        organisation=firm, sha256=number.rjust(64, "a"), serial=number, issuer="CA thử", valid_from=LONG_AGO,
        valid_to=MONDAY + timedelta(days=30), known_since=LONG_AGO,
    )  # fmt: skip
    child = _somebody(f"Trẻ {number}", "2019-05-04")
    ward = Guardianship.objects.create(
        child=child, guardian=person, kind="mother", basis="Giấy khai sinh", valid_from=date(2020, 1, 1)
    )
    mandate = Mandate.objects.create(
        principal=person, agent=_somebody(f"Người làm thay {number}", "1980-01-01"), rights=["read"],
        valid_from=TODAY, valid_to=date(2027, 1, 1), made_at=MONDAY,
    )  # fmt: skip
    opening = Opening.objects.create(
        officer_id=officer.officer_id, office_code=office, dossier_id=uuid7(), subject_id=citizen.person_id,
        dossier_number=f"9{number}/2026/{office}", break_glass=True, purpose="life-health", sentence="Cấp cứu ban đêm.",
        opened_at=MONDAY, ends_at=MONDAY + timedelta(hours=1), review_by=MONDAY + timedelta(days=1),
    )  # fmt: skip
    return {
        "organisation": firm.pk, "member": member.pk, "invitation": invitation.pk, "certificate": certificate.pk,
        "transmission": a_transmission(firm, provider).pk, "basis": ward.pk, "ward": ward.pk, "child": child.pk,
        "mandate": mandate.pk, "opening": opening.pk, "officer": officer.officer_id, "account": citizen.account_id,
        "passkey": a_passkey(citizen.account_id).pk, "link": _link(citizen, number).pk, "mark": name,
        "request": ask(
            citizen, kind="correct", words="Ngày sinh trên thẻ ghi sai năm.", office_code=office, at=MONDAY
        ).pk,
    }  # fmt: skip


def once(world: World, citizen: Citizen, *, waits: bool) -> dict[str, Any]:
    """What an account has one of at a time: a recovery under way, a change of the paid account, a copy of its data.

    A change that `waits` stands in the list of the office, so only one's own does.
    """
    counter = world["counter"]
    recovery = Recovery.objects.create(
        account_id=citizen.account_id, office_code=LOCAL_OFFICE, reason="lost_phone", papers_compared=["id_card"],
        opened_by_id=counter.officer_id, opened_at=MONDAY, stop_digest=uuid7().hex,
    )  # fmt: skip
    change = ask_at_counter(
        BankAccount("970436", "0011002233445", "TRAN THI MAI LAN"), person_id=citizen.person_id, actor=counter,
        office_code=LOCAL_OFFICE, identity_matches=True, note="", at=MONDAY,
    )  # fmt: skip
    if not waits:
        BankAccountChange.objects.filter(pk=change.pk).update(state="withdrawn", closed_at=MONDAY)
    export = ask_for_copy(citizen, at=MONDAY - timedelta(minutes=1))
    make(export.pk, at=MONDAY)
    return {"recovery": recovery.pk, "change": change.pk, "export": export.pk}


def hash_of(tag: str) -> int:
    """A number of a tag, the same in every run."""
    return int.from_bytes(tag.encode(), "big") % 999_983


def _somebody(name: str, born: str) -> Person:
    return Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth=born, sex="male", updated_at=LONG_AGO,
        birth_certificate=uuid7().hex[-12:],
    )  # fmt: skip


def _link(citizen: Citizen, number: str) -> LinkedIdentity:
    return LinkedIdentity.objects.create(
        account_id=citizen.account_id, provider="vneid", issuer=f"https://sso{number}.example.vn", subject=uuid7().hex,
        by_number=False, linked_at=MONDAY,
    )  # fmt: skip
