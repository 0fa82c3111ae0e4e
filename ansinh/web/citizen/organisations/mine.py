"""The organisations one works for, and invitations to answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.actors import Behalf, Citizen
from ansinh.people.models_organisations import StaffInvitation, StaffMember
from ansinh.people.organisations.invite import (
    accept_invitation,
    decline_invitation,
    invitation_not_found,
    invitations_to,
)
from ansinh.people.organisations.staff import behalves_of_staff, memberships
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, address, frame
from ansinh.web.clock import now, today
from ansinh.web.organisation_words import kind_in_words, roles_in_words

REGISTRATION = "dang-ky-gdt-to-chuc"


@citizen_page
def organisations(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Invitations first, then every organisation with what one may do there."""
    mine = memberships(on=today()).filter(account_id=citizen.account_id).select_related("organisation")
    behalves = behalves_of_staff(citizen.account_id, today())
    return render(
        request,
        "citizen/organisations/mine.html",
        page=frame(
            citizen,
            translate("Tổ chức"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        invitations=[_invitation(one) for one in invitations_to(citizen, on=today())],
        organisations=[_organisation(one, behalves) for one in mine.order_by("organisation__name")],
        branches=[_switch(one) for one in behalves if one.owner_id not in {row.organisation_id for row in mine}],
        acting_for=citizen.behalf.name if citizen.behalf else "",
        register_href=address("public:service", slug=REGISTRATION),
    )


@citizen_page
def answer(request: HttpRequest, citizen: Citizen, invitation_id: UUID) -> HttpResponse:
    """Accept or decline; the button says which."""
    if "_accept" in request.POST:
        member = accept_invitation(invitation_id, actor=citizen, at=now())
        return HttpResponseRedirect(reverse("citizen:organisation", kwargs={"organisation_id": member.organisation_id}))
    if "_decline" in request.POST:
        decline_invitation(invitation_id, actor=citizen, at=now())
    elif all(one.pk != invitation_id for one in invitations_to(citizen, on=today())):
        raise invitation_not_found()
    return HttpResponseRedirect(reverse("citizen:organisations"))


def _invitation(one: StaffInvitation) -> dict[str, object]:
    return {
        "name": one.organisation.name,
        "tax_code": one.organisation.tax_code,
        "roles": roles_in_words(one.roles),
        "invited_by": one.invited_by,
        "answer_by": one.answer_by,
        "href": reverse("citizen:answer-invitation", kwargs={"invitation_id": one.pk}),
    }


def _organisation(one: StaffMember, behalves: list[Behalf]) -> dict[str, object]:
    return {
        "name": one.organisation.name,
        "kind": kind_in_words(one.organisation.kind),
        "tax_code": one.organisation.tax_code,
        "roles": roles_in_words(one.roles),
        "href": reverse("citizen:organisation", kwargs={"organisation_id": one.organisation_id}),
        "act_href": _act_href(one.pk) if any(behalf.basis_id == one.pk for behalf in behalves) else "",
    }


def _switch(behalf: Behalf) -> dict[str, object]:
    return {
        "name": behalf.name,
        "href": reverse("citizen:organisation", kwargs={"organisation_id": behalf.owner_id}),
        "act_href": _act_href(behalf.basis_id),
    }


def _act_href(basis_id: UUID) -> str:
    return reverse("citizen:switch-behalf", kwargs={"basis_id": basis_id})
