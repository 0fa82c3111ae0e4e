"""Organisations the token's holder works for: their facts, people, certificates, contracts and mandates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, for_citizen, message, now
from ansinh.people.actors import Citizen
from ansinh.people.models_organisations import (
    CollectionPoint,
    Organisation,
    ServiceContract,
    StaffMember,
    StaffRole,
    TransmissionMandate,
)
from ansinh.people.organisations.access import organisation_not_found, own_membership, the_organisation
from ansinh.people.organisations.change_staff import end_membership
from ansinh.people.organisations.invite import hidden, invite
from ansinh.people.organisations.queries import OrganisationPage, page_of
from ansinh.people.organisations.staff import memberships
from ansinh.people.organisations.transmission import end_mandate
from ansinh.platform.zone import local_day


class Invited(msgspec.Struct, forbid_unknown_fields=True):
    """Whom to invite, with which roles; `branches` gives them in every branch too."""

    personal_id_number: str
    roles: list[str]
    branches: bool = False


@for_citizen
def organisations(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """GET: every organisation the holder works for today."""
    mine = memberships(on=local_day(now())).filter(account_id=actor.account_id).select_related("organisation")
    return answer([_line(one.organisation, one.roles) for one in mine.order_by("organisation__name")])


@for_citizen
def organisation(request: HttpRequest, actor: Citizen, organisation_id: UUID) -> HttpResponse:
    """GET: one of them; the list of people is for who administers it."""
    shown, member = _shown(organisation_id, actor)
    administers = StaffRole.ADMINISTER in member.roles
    found = shown.organisation
    return answer(
        {
            **_line(found, member.roles),
            "managing_office": found.managing_office,
            "contact_name": found.contact_name,
            "branches": [
                {"organisation_id": one.pk, "name": one.name, "tax_code": one.tax_code, "unit_code": one.unit_code}
                for one in shown.branches
            ],
            "staff": [_member(one) for one in shown.staff if administers or one.account_id == actor.account_id],
            "certificates": [
                {
                    "serial": one.serial, "issuer": one.issuer, "valid_from": one.valid_from,
                    "valid_to": one.valid_to, "withdrawn_at": one.withdrawn_at,
                }
                for one in shown.certificates
            ],
            "contracts": [_contract(one) for one in shown.contracts],
            "points": [_point(one) for one in shown.points],
            "mandates_given": [_mandate(one, one.provider) for one in shown.given],
            "mandates_held": [_mandate(one, one.employer) for one in shown.held],
        }
    )  # fmt: skip


@for_citizen
def invitations(request: HttpRequest, actor: Citizen, organisation_id: UUID) -> HttpResponse:
    """POST: invite somebody by personal number; an administrator's right."""
    wanted = message(request, Invited)
    made = invite(
        organisation_id, actor=actor, personal_id_number=wanted.personal_id_number, roles=wanted.roles,
        branches=wanted.branches, at=now(),
    )  # fmt: skip
    return answer(
        {"invitation_id": made.pk, "number": hidden(made.personal_id_number), "answer_by": made.answer_by}, status=201
    )


@for_citizen
def staff_member(request: HttpRequest, actor: Citizen, organisation_id: UUID, member_id: UUID) -> HttpResponse:
    """DELETE: the person works here no more, from this moment; also one who leaves."""
    shown, _ = _shown(organisation_id, actor)
    if all(one.pk != member_id for one in shown.staff):
        raise organisation_not_found()
    end_membership(member_id, actor=actor, at=now())
    return answer(None)


@for_citizen
def transmission_mandate(request: HttpRequest, actor: Citizen, organisation_id: UUID, mandate_id: UUID) -> HttpResponse:
    """DELETE: the I-VAN provider transmits for the organisation no more; the right of who signs."""
    shown, _ = _shown(organisation_id, actor)
    if all(one.pk != mandate_id for one in shown.given):
        raise organisation_not_found()
    end_mandate(mandate_id, actor=actor, at=now())
    return answer(None)


def _shown(organisation_id: UUID, actor: Citizen) -> tuple[OrganisationPage, StaffMember]:
    on = local_day(now())
    found = the_organisation(organisation_id, actor=actor, on=on)
    return page_of(found, on=on), own_membership(organisation_id, actor=actor, on=on)


def _line(found: Organisation, roles: list[str]) -> dict[str, Any]:
    return {
        "organisation_id": found.pk,
        "name": found.name,
        "kind": found.kind,
        "tax_code": found.tax_code,
        "unit_code": found.unit_code,
        "roles": sorted(roles),
    }


def _member(one: StaffMember) -> dict[str, Any]:
    return {
        "member_id": one.pk,
        "name": one.account.display_name,
        "roles": sorted(one.roles),
        "branches": one.branches,
        "valid_from": one.valid_from,
    }


def _contract(one: ServiceContract) -> dict[str, Any]:
    return {
        "kind": one.kind, "number": one.number, "office_code": one.office_code,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
    }  # fmt: skip


def _point(one: CollectionPoint) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "commune_code": one.commune_code, "address": one.address,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
    }  # fmt: skip


def _mandate(one: TransmissionMandate, other: Organisation) -> dict[str, Any]:
    return {
        "mandate_id": one.pk, "other": other.name, "other_tax_code": other.tax_code, "procedures": one.procedures,
        "contract_number": one.contract_number, "state": one.state,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
    }  # fmt: skip
