"""Registration dossiers whose time of keeping is over: chosen by a head, approved by a leader (R-062)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.models import DestructionState
from ansinh.casework.retention import lists
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import DomainError
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import desk, say

CHOSEN = "ho-so"


@officer_page
def retention(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What is due, and the lists so far; on POST the ticked dossiers become a list."""
    problem = ""
    if request.method == "POST":
        try:
            made = lists.propose(_ticked(request), office_code=request.POST.get("office", ""), actor=officer, at=now())
        except DomainError as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã lập danh mục. Lãnh đạo khác duyệt thì hồ sơ mới bị hủy."))
            return redirect("officer:destruction-list", list_id=made.pk)
    due = lists.due(viewer=officer, on=today())
    offices = office_names({dossier.office_code for dossier, _ in due})
    return desk(
        request,
        officer,
        "retention.html",
        translate("Hồ sơ hết thời hạn lưu"),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        groups=[
            (code, pick(offices[code], "name"), [(one, kept) for one, kept in due if one.office_code == code])
            for code in sorted(offices)
        ],
        made=list(lists.lists_of(officer)[:50]),
    )


@officer_page
def destruction_list(request: HttpRequest, officer: OfficerActor, list_id: UUID) -> HttpResponse:
    """One list with its dossiers; a leader approves it or says why not."""
    found, problem = lists.the_list(list_id, viewer=officer), ""
    if request.method == "POST":
        try:
            if request.POST.get("_act") == "approve":
                lists.approve(found.pk, actor=officer, at=now())
                say(request, translate("Đã duyệt. Hồ sơ trong danh mục được hủy ngay sau đây."))
            else:
                lists.refuse(found.pk, actor=officer, reason=request.POST.get("reason", ""), at=now())
                say(request, translate("Đã trả danh mục, hồ sơ vẫn được lưu."))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:retention")
    return desk(
        request,
        officer,
        "destruction_list.html",
        translate("Danh mục hủy hồ sơ"),
        back=(translate("Hồ sơ hết thời hạn lưu"), reverse("officer:retention")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        listed=found,
        entries=list(found.entries.order_by("number")),
        decides=found.state == DestructionState.PROPOSED
        and found.proposed_by_id != officer.officer_id
        and officer.has(Role.LEADER, at_office=found.office_code),
        reason=request.POST.get("reason", ""),
    )


def _ticked(request: HttpRequest) -> list[UUID]:
    """The ticked dossiers; what is no identifier was not ticked by anybody."""
    ticked = []
    for typed in request.POST.getlist(CHOSEN):
        try:
            ticked.append(UUID(typed))
        except ValueError:
            continue
    return ticked
