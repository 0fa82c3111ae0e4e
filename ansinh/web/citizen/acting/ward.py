"""One child, as its guardian sees it: until when, who else acts, who sees what, and what each did."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.dossiers.acts import acts_for
from ansinh.people.acting.ages import has_own_say, of_age_on
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.acting.guardianships import guardianships_of, the_wardship
from ansinh.people.acting.history import events_about
from ansinh.people.acting.rules import rules
from ansinh.people.actors import Citizen, Right
from ansinh.people.models_acting import GuardianKind, Guardianship, GuardianshipState
from ansinh.platform.language import current, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.acting.overview import why_stopped
from ansinh.web.citizen.acting.words import thread_of
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import today


@citizen_page
def ward(request: HttpRequest, citizen: Citizen, guardianship_id: UUID) -> HttpResponse:
    """Everything while the right to read lasts; afterwards only that it ended, and why."""
    held = the_wardship(guardianship_id, person_id=citizen.person_id)
    behalf = the_behalf(citizen.account_id, held.pk, on=today())
    reads = behalf is not None and Right.READ in behalf.rights
    return render(
        request,
        "citizen/acting/ward.html",
        page=frame(
            citizen, held.child.full_name, current=ACCOUNT, back=(translate("Làm thay"), reverse("citizen:acting"))
        ),
        ward=held,
        behalf=behalf,
        stopped="" if behalf and Right.FILE in behalf.rights else why_stopped(held),
        facts=_facts(held) if reads else [],
        guardians=[_guardian(one, citizen) for one in guardianships_of(held.child_id)] if reads else [],
        consent=_consent(held.child.date_of_birth, on=today()) if reads else "",
        thread=_thread(held, citizen) if reads else [],
    )


def _facts(held: Guardianship) -> list[dict[str, Any]]:
    child = held.child
    return [
        {"label": translate("Ngày sinh"), "value": date_vi(date.fromisoformat(child.date_of_birth))},
        {"label": translate("Mã số BHXH"), "value": child.si_number or "–"},
        {"label": translate("Số định danh cá nhân"), "value": child.personal_id_number or "–"},
        {
            "label": translate("Quyền của ông/bà tự hết"),
            "value": translate("0 giờ ngày {day}", day=date_vi(of_age_on(child.date_of_birth, on=today()))),
            "note": translate("ngày trẻ đủ 18 tuổi; trẻ nhận toàn bộ hồ sơ"),
        },
    ]


def _guardian(one: Guardianship, citizen: Citizen) -> dict[str, Any]:
    return {
        "name": one.guardian.full_name,
        "own": one.guardian_id == citizen.person_id,
        "kind": translate(GuardianKind(one.kind).label),
        "since": one.valid_from,
        "until": one.valid_to,
        "state": translate(GuardianshipState(one.state).label),
    }


def _consent(date_of_birth: str, *, on: date) -> str:
    if not has_own_say(date_of_birth, on=on):
        return ""
    return rules(on=on).own_consent_en if current() == "en" else rules(on=on).own_consent_vi


def _thread(held: Guardianship, citizen: Citizen) -> list[dict[str, Any]]:
    inside = citizen.others_id == held.child_id

    return thread_of(
        events_about(held.child_id),
        acts_for(held.child_id),
        own=citizen.label,
        href=lambda act: reverse("citizen:dossier", args=[act.dossier_id]) if inside else "",
    )
