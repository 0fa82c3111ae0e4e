"""End a round in which the earlier result proved right: say why, confirm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.reopening.confirm import confirm_result, may_confirm
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.pressed import press
from ansinh.web.officer.watched import dossier_page


@dossier_page(PageKind.WORK)
def confirming(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """What stays and what the applicant is told; done."""
    opened, problem = may_confirm(found, actor=officer, on=today()), None
    why = request.POST.get("why", "")
    if request.method == "POST":
        try:
            return press(
                request,
                officer,
                found.pk,
                act=lambda: confirm_result(found.pk, actor=officer, why=why, at=now()),
                done=translate("Đã giữ nguyên kết quả. Người nộp được báo và nhận thông báo có chữ ký số."),
            )
        except Invalid as refused:
            problem = refused
    return desk(
        request,
        officer,
        "confirming.html",
        translate("Giữ nguyên kết quả đã trả"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        opened=opened,
        why=why,
        fault=sentence(problem) if problem else "",
        seen=last_event(found.pk),
    )
