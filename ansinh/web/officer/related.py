"""Beside a dossier: notes for colleagues, dossiers that belong to it, and those that may be the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.models import LinkKind, Verdict
from ansinh.casework.related import duplicates, links, notes
from ansinh.casework.related.duplicates import Alike, alike
from ansinh.catalogue.queries import newest
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.staff.scene import uuid_of
from ansinh.web.officer.watched import dossier_page
from ansinh.web.page import Option

SAME = {
    "person": "cùng người", "procedure": "cùng thủ tục", "si_number": "cùng mã số BHXH",
    "name_and_birth": "cùng họ tên và ngày sinh",
}  # fmt: skip
BACKWARD = {
    LinkKind.FOLLOWS: "Được tiếp nối bởi hồ sơ",
    LinkKind.SAME_MATTER: "Cùng một việc với hồ sơ",
    LinkKind.COMPLAINT_OF: "Bị khiếu nại bởi hồ sơ",
    LinkKind.CORRECTION_OF: "Được đính chính bởi hồ sơ",
}
PLACES = {
    "note-empty": "text", "note-too-long": "text", "verdict-needs-reason": "reason", "verdict-missing": "reason",
    "link-kind": "kind",
}  # fmt: skip


@dossier_page(PageKind.DOSSIER)
def related(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The three lists with a form each; a POST does one thing."""
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            say(request, _perform(request.POST, officer, found))
        except DomainError as refused:
            act = request.POST.get("_act", "")
            faults = {PLACES.get(refused.code, "number" if act == "link" else "reason"): sentence(refused)}
        else:
            return redirect("officer:related", dossier_id=found.pk)
    return desk(
        request,
        officer,
        "related.html",
        translate("Ghi chú, hồ sơ liên quan: {number}", number=found.number),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=len(faults),
        status=422 if faults else 200,
        dossier=found,
        typed=request.POST,
        faults=faults,
        kinds=[Option(one.value, translate(one.label)) for one in LinkKind],
        **beside(found, officer),
    )


def beside(found: Dossier, officer: OfficerActor) -> dict[str, Any]:
    """Notes, links and possible duplicates in words."""
    likes = alike(found, on=today())
    offices = office_names({one.office_code for one in likes})
    services = newest(sorted({one.procedure for one in likes}))
    return {
        "notes": notes.notes_of(found),
        "linked": [
            {
                "id": one.link_id,
                "words": translate(one.kind.label if one.forward else BACKWARD[one.kind]),
                "number": one.number,
                "href": reverse("officer:dossier", kwargs={"dossier_id": one.dossier_id}) if one.dossier_id else "",
                "ends": one.forward,
            }
            for one in links.links_of(found, viewer=officer)
        ],
        "alike": [_alike(one, offices, services, officer) for one in likes],
    }


def _alike(
    one: Alike, offices: Mapping[str, Any], services: Mapping[str, Any], officer: OfficerActor
) -> dict[str, Any]:
    """Of another office's dossier: that it is there, and nothing it could be opened or asked for with."""
    folder, here = services.get(one.procedure), one.office_code in officer.office_codes
    return {
        "id": one.dossier_id if here else "",
        "number": one.number if here else "",
        "href": reverse("officer:dossier", kwargs={"dossier_id": one.dossier_id}) if here else "",
        "same": ", ".join(translate(SAME[key]) for key in one.same),
        "service": pick(folder.procedure, "short_name") if folder else one.procedure,
        "office": pick(offices[one.office_code], "name"),
        "state": translate(one.state.label),
        "at": one.submitted_at,
    }


def _perform(typed: Mapping[str, str], officer: OfficerActor, found: Dossier) -> str:
    match typed.get("_act", ""):
        case "note":
            notes.note(found.pk, actor=officer, text=typed.get("text", ""), at=now())
            return translate("Đã ghi. Chỉ cán bộ đọc được.")
        case "link":
            links.link(found.pk, actor=officer, number=typed.get("number", ""), kind=typed.get("kind", ""), at=now())
            return translate("Đã nối hai hồ sơ.")
        case "unlink":
            links.unlink(uuid_of(typed.get("row", "")), actor=officer, at=now())
            return translate("Đã bỏ mối nối.")
        case _:
            duplicates.judge(
                found.pk, actor=officer, other_id=uuid_of(typed.get("row", "")), verdict=typed.get("verdict", ""),
                reason=typed.get("reason", ""), at=now(),
            )  # fmt: skip
            same = typed.get("verdict") == Verdict.SAME
            return translate("Đã ghi là trùng và nối hai hồ sơ.") if same else translate("Đã ghi là không trùng.")
