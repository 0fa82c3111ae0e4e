"""The page of one organisation: facts, people, certificates, contracts, mandates, history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.law.identifiers import show_phone
from ansinh.offices.queries import office_names
from ansinh.people.actors import Citizen
from ansinh.people.models_organisations import (
    Organisation,
    OrganisationKind,
    ServiceContract,
    StaffMember,
    StaffRole,
    TransmissionMandate,
    TransmissionState,
)
from ansinh.people.organisations.access import own_membership, the_organisation
from ansinh.people.organisations.invite import hidden
from ansinh.people.organisations.queries import page_of, signing_tax_code
from ansinh.people.organisations.staff import rights_of
from ansinh.platform.language import pick, translate
from ansinh.registry.contracts.queries import contracts_of
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.contract_words import contract_facts
from ansinh.web.organisation_words import (
    contract_in_words,
    days_in_words,
    history_of,
    kind_in_words,
    roles_in_words,
)

MANDATING = frozenset({OrganisationKind.EMPLOYER, OrganisationKind.AGENT, OrganisationKind.SCHOOL})
"""Kinds that let an I-VAN provider transmit for them."""
TOLD = "organisation_told"


@citizen_page
def organisation(request: HttpRequest, citizen: Citizen, organisation_id: UUID) -> HttpResponse:
    """Everything the staff may know; the buttons are those of the reader's roles."""
    found = the_organisation(organisation_id, actor=citizen, on=today())
    member = own_membership(organisation_id, actor=citizen, on=today())
    shown = page_of(found, on=today())
    administers = StaffRole.ADMINISTER in member.roles
    return render(
        request,
        "citizen/organisations/organisation.html",
        page=frame(citizen, found.name, current=ACCOUNT, back=back_to_all()),
        told=request.session.pop(TOLD, ""),
        organisation=found,
        facts=_facts(found),
        administers=administers,
        signs=StaffRole.SIGN in member.roles,
        act_href=_act_href(member, found),
        acting=citizen.owner_id == found.pk,
        branches=[_branch(one, member) for one in shown.branches],
        staff=[_member(one, citizen, administers=administers) for one in shown.staff],
        invitations=[
            {
                "id": one.pk, "number": hidden(one.personal_id_number), "roles": roles_in_words(one.roles),
                "answer_by": one.answer_by, "invited_by": one.invited_by,
            }
            for one in shown.invitations
        ],
        certificates=[
            {
                "id": one.pk, "serial": one.serial, "issuer": one.issuer, "first": one.valid_from.date(),
                "last": one.valid_to.date(), "ended": one.valid_to < now(), "withdrawn_at": one.withdrawn_at,
            }
            for one in shown.certificates
        ],
        contracts=[*contract_facts(contracts_of(found.pk, on=today())), *_contracts(shown.contracts)],
        is_facility=found.kind == OrganisationKind.FACILITY,
        points=shown.points,
        is_agent=found.kind == OrganisationKind.AGENT,
        is_provider=found.kind == OrganisationKind.IVAN,
        gives_mandates=found.kind in MANDATING,
        given=[_mandate(one, one.provider) for one in shown.given],
        held=[_mandate(one, one.employer) for one in shown.held],
        history=history_of(shown.history),
    )  # fmt: skip


def back_to_all() -> tuple[str, str]:
    """To the list of one's organisations."""
    return translate("Tổ chức"), reverse("citizen:organisations")


def back_to(found: Organisation) -> tuple[str, str]:
    """To the organisation's page."""
    return found.name, href_of(found.pk)


def href_of(organisation_id: UUID) -> str:
    """The organisation's page."""
    return reverse("citizen:organisation", kwargs={"organisation_id": organisation_id})


def tell(request: HttpRequest, sentence: str) -> None:
    """The organisation's page says this once."""
    request.session[TOLD] = sentence


def _act_href(member: StaffMember, found: Organisation) -> str:
    if member.organisation_id != found.pk or not rights_of(member.roles):
        return ""
    return reverse("citizen:switch-behalf", kwargs={"basis_id": member.pk})


def _facts(found: Organisation) -> list[dict[str, str]]:
    offices = office_names({found.managing_office})
    office = offices.get(found.managing_office)
    rows = [
        (translate("Loại tổ chức"), kind_in_words(found.kind)),
        (translate("Mã số thuế"), found.tax_code or translate("dùng của {parent}", parent=signing_tax_code(found))),
        (translate("Mã đơn vị"), found.unit_code),
        (translate("Mã cơ sở khám chữa bệnh"), found.facility_code),
        (translate("Thuộc"), found.parent.name if found.parent else ""),
        (translate("Cơ quan BHXH quản lý"), pick(office, "name") if office else found.managing_office),
        (translate("Người đại diện theo pháp luật"), found.representative),
        (translate("Điện thoại của tổ chức"), found.phone),
        (translate("Thư điện tử của tổ chức"), found.email),
        (translate("Người phụ trách BHXH"), _contact(found)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _contact(found: Organisation) -> str:
    phone = show_phone(found.contact_phone) if found.contact_phone else ""
    return ", ".join(part for part in (found.contact_name, phone) if part)


def _branch(branch: Organisation, member: StaffMember) -> dict[str, Any]:
    return {
        "name": branch.name,
        "unit_code": branch.unit_code or "–",
        "tax_code": branch.tax_code or "–",
        "href": href_of(branch.pk) if member.branches else "",
    }


def _member(one: StaffMember, citizen: Citizen, *, administers: bool) -> dict[str, Any]:
    own = one.account_id == citizen.account_id
    parts = {"organisation_id": one.organisation_id, "member_id": one.pk}
    return {
        "name": one.account.display_name,
        "own": own,
        "roles": roles_in_words(one.roles),
        "branches": one.branches,
        "since": one.valid_from,
        "href": reverse("citizen:staff-member", kwargs=parts) if administers or own else "",
    }


def _contracts(contracts: list[ServiceContract]) -> list[dict[str, str]]:
    offices = office_names({one.office_code for one in contracts})
    return [
        {
            "label": contract_in_words(one.kind),
            "value": one.number,
            "note": ", ".join(
                part
                for part in (
                    days_in_words(one.valid_from, one.valid_to),
                    pick(offices[one.office_code], "name") if one.office_code in offices else "",
                )
                if part
            ),
        }
        for one in contracts
    ]


def _mandate(one: TransmissionMandate, other: Organisation) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": other.name,
        "tax_code": other.tax_code,
        "days": days_in_words(one.valid_from, one.valid_to),
        "contract": one.contract_number,
        "state": _state(one, today()),
        "stands": one.state == TransmissionState.ACTIVE and not (one.valid_to and one.valid_to < today()),
    }


def _state(one: TransmissionMandate, on: date) -> str:
    if one.state == TransmissionState.ENDED:
        return translate("đã thu hồi")
    if one.valid_to is not None and one.valid_to < on:
        return translate("đã hết hạn")
    return translate("đang dùng") if one.valid_from <= on else translate("chưa đến ngày")
