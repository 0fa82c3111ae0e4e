"""What the pages of an organisation show, and what a declaration of one is filled with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from ansinh.law.names import search_key
from ansinh.people.models_organisations import (
    CollectionPoint,
    Organisation,
    OrganisationCertificate,
    OrganisationEvent,
    ServiceContract,
    StaffInvitation,
    StaffMember,
    TransmissionMandate,
)
from ansinh.people.organisations.invite import open_invitations
from ansinh.people.organisations.staff import memberships, open_organisations


@dataclass(frozen=True)
class OrganisationPage:
    """Everything about one organisation, for one of its staff."""

    organisation: Organisation
    branches: list[Organisation]
    staff: list[StaffMember]
    invitations: list[StaffInvitation]
    certificates: list[OrganisationCertificate]
    contracts: list[ServiceContract]
    points: list[CollectionPoint]
    given: list[TransmissionMandate]
    held: list[TransmissionMandate]
    history: list[OrganisationEvent]


def page_of(organisation: Organisation, *, on: date) -> OrganisationPage:
    """The facts of a day; the caller has checked who asks (people.organisations.access)."""
    staff = memberships(on=on).filter(organisation=organisation).select_related("account")
    given = TransmissionMandate.objects.filter(employer=organisation).select_related("provider")
    held = TransmissionMandate.objects.filter(provider=organisation).select_related("employer")
    return OrganisationPage(
        organisation=organisation,
        branches=list(open_organisations(on=on).filter(parent=organisation).order_by("name")),
        staff=list(staff.order_by("account__display_name")),
        invitations=list(
            open_invitations().filter(organisation=organisation, answer_by__gte=on).order_by("-invited_at")
        ),
        certificates=list(organisation.certificates.order_by("-known_since")),
        contracts=list(organisation.contracts.order_by("-valid_from")),
        points=list(organisation.points.order_by("code")),
        given=list(given.order_by("-valid_from", "-pk")),
        held=list(held.order_by("state", "employer__name")),
        history=list(organisation.events.all()[:50]),
    )


def organisations_at(office_codes: Collection[str], text: str) -> list[Organisation]:
    """Organisations that these offices manage, closed ones too, by tax code, unit code or a part of the name."""
    typed = " ".join(text.split())
    if not typed:
        return []
    named = Q(search_key__contains=search_key(typed)) if len(typed) > 2 else Q(pk__in=[])
    found = Organisation.objects.filter(Q(tax_code=typed) | Q(unit_code=typed.upper()) | named)
    return list(found.filter(managing_office__in=office_codes).order_by("name", "pk")[:50])


def organisation_of(owner_id: UUID | None) -> Organisation | None:
    """The organisation whose matter it is; None when the owner is a person."""
    return Organisation.objects.select_related("parent").filter(pk=owner_id).first() if owner_id else None


def signing_tax_code(organisation: Organisation) -> str:
    """The tax code whose certificate signs: its own, and that of the parent for a branch without one."""
    return organisation.tax_code or (organisation.parent.tax_code if organisation.parent else "")


def employer_record(organisation: Organisation) -> dict[str, Any]:
    """What a declaration of the organisation is filled with, by the keys of procedures."""
    return {
        "employer_code": organisation.unit_code,
        "employer_name": organisation.name,
        "employer_tax_code": signing_tax_code(organisation),
        "employer_phone": organisation.phone,
        "employer_email": organisation.email,
        "notification_email": organisation.email,
        "receiving_office": organisation.managing_office,
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact_phone,
        "organisation_address": organisation.address,
    }
