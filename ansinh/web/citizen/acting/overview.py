"""“Làm thay”: for whom I may act, who may act for me, and the switch between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers.words import CHILD_REGISTRATION
from ansinh.notifications.queries import unread_count
from ansinh.people.acting.ages import is_child
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.acting.guardianships import rights_of, wards_of
from ansinh.people.acting.mandates import mandates_of
from ansinh.people.acting.switch import begin_acting, the_behalf_of
from ansinh.people.actors import Behalf, Citizen
from ansinh.people.models_acting import Guardianship, GuardianshipState, Mandate, MandateState
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.acting.words import ENDED_MANDATE, procedures_in_words
from ansinh.web.citizen.frame import ACCOUNT, address, frame, rights_in_words
from ansinh.web.clock import now, today
from ansinh.web.sessions import BEHALF


@citizen_page
def acting(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Everybody concerned, those one can act for first."""
    on = today()
    mandates = mandates_of(citizen.person_id)
    return render(
        request,
        "citizen/acting/overview.html",
        page=frame(
            citizen,
            translate("Làm thay"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        behalves=[_behalf(one, citizen) for one in behalves_of(citizen.account_id, on=on)],
        stopped=[_stopped(one) for one in wards_of(citizen.person_id) if _is_stopped(one, on)],
        offered=[_mandate(one, on) for one in mandates if _waits_for(one, citizen, on)],
        given=[_mandate(one, on) for one in mandates if one.principal_id == citizen.person_id and _lasts(one, on)],
        ended=[_mandate(one, on) for one in mandates if not _lasts(one, on)],
        register_href=address("public:service", slug=CHILD_REGISTRATION),
    )


@citizen_page
def switch(request: HttpRequest, citizen: Citizen, basis_id: UUID) -> HttpResponse:
    """POST: from now on this session acts for whom the row names."""
    oneself = replace(citizen, behalf=None)
    if request.method == "POST":
        begin_acting(basis_id, actor=oneself, at=now())
        request.session[BEHALF] = str(basis_id)
        return HttpResponseRedirect(reverse("citizen:home"))
    the_behalf_of(oneself, basis_id, on=today())
    return HttpResponseRedirect(reverse("citizen:acting"))


@citizen_page
def leave(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """POST: back to one's own matters."""
    if request.method == "POST":
        request.session.pop(BEHALF, None)
        return HttpResponseRedirect(reverse("citizen:home"))
    return HttpResponseRedirect(reverse("citizen:acting"))


def _behalf(one: Behalf, citizen: Citizen) -> dict[str, Any]:
    names = {
        "ward": translate("Trẻ ông/bà là người đại diện"),
        "mandate": translate("Người đã ủy quyền cho ông/bà"),
        "organisation": translate("Đơn vị của ông/bà"),
    }
    pages = {"ward": "citizen:ward", "mandate": "citizen:mandate"}
    return {
        "switch_href": reverse("citizen:switch-behalf", args=[one.basis_id]),
        "name": one.name,
        "kind": names[one.kind],
        "rights": ", ".join(rights_in_words(one.rights)),
        "procedures": procedures_in_words(one.procedures),
        "until": one.until,
        "href": reverse(pages[one.kind], args=[one.basis_id]) if one.kind in pages else "",
        "unread": unread_count(citizen.account_id, owner_id=one.owner_id),
        "current": citizen.behalf is not None and citizen.behalf.basis_id == one.basis_id,
    }


def _is_stopped(one: Guardianship, on: date) -> bool:
    """A guardianship that gives nothing today although no officer ended it long ago: its holder should know why."""
    return one.state == GuardianshipState.ENDED or not rights_of(one) or not is_child(one.child.date_of_birth, on=on)


def _stopped(one: Guardianship) -> dict[str, Any]:
    return {"name": one.child.full_name, "why": why_stopped(one), "href": reverse("citizen:ward", args=[one.pk])}


def why_stopped(one: Guardianship) -> str:
    """Why a guardian cannot act, in words."""
    if one.state == GuardianshipState.ENDED:
        return translate("Đã chấm dứt: {reason}", reason=one.end_reason)
    if one.state == GuardianshipState.FROZEN:
        return translate("Tạm dừng vì tranh chấp, chờ cơ quan BHXH quyết định")
    if one.child.died_on is not None:
        return translate("Trẻ đã mất")
    return translate("Trẻ đã đủ 18 tuổi và tự quản lý hồ sơ của mình")


def _waits_for(one: Mandate, citizen: Citizen, on: date) -> bool:
    return one.state == MandateState.OFFERED and one.agent_id == citizen.person_id and one.valid_to >= on


def _lasts(one: Mandate, on: date) -> bool:
    return one.state in (MandateState.OFFERED, MandateState.IN_FORCE) and one.valid_to >= on


def _mandate(one: Mandate, on: date) -> dict[str, Any]:
    return {
        "principal": one.principal.full_name,
        "agent": one.agent.full_name,
        "rights": ", ".join(rights_in_words(one.rights)),
        "procedures": procedures_in_words(one.procedures),
        "until": one.valid_to,
        "state": state_in_words(one, on=on),
        "href": reverse("citizen:mandate", kwargs={"mandate_id": one.pk}),
    }


def state_in_words(one: Mandate, *, on: date) -> str:
    """Where a mandate stands on a day."""
    if one.state in (MandateState.OFFERED, MandateState.IN_FORCE) and one.valid_to < on:
        return translate(ENDED_MANDATE)
    return translate(MandateState(one.state).label)
