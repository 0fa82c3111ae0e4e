"""The apology of a dossier that will be late: read the draft, change it, sign it; and the list of all that wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.apologies.draft import standing_drafts
from ansinh.casework.apologies.issue import (
    draft_and_promise,
    draft_for,
    may_prepare,
    may_sign,
    preview,
    promise_of,
    rewrite,
    sign_apology,
)
from ansinh.casework.models import Apology
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.language import translate
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.papers import pdf
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.pressed import press
from ansinh.web.officer.queue_view import service_name
from ansinh.web.officer.watched import Seen, dossier_page, list_page

SHOWN = 200
BOX = {"apology-day": "promised", "apology-needs-why": "why"}
"""Code of a refusal → the box it stands beside."""


@dossier_page(PageKind.WORK)
def apology(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Read, change, sign."""
    if not may_prepare(found, viewer=officer):
        raise NotAllowed(
            "apology-not-yours", "Thư xin lỗi do người đang xử lý hồ sơ hoặc lãnh đạo soạn. Xin chuyển người đó."
        )
    if request.method != "POST":
        return _show(request, officer, found)
    act, done = (
        (
            sign_apology,
            translate("Đã ký. Người nộp được báo ngày hẹn lại; thư có chữ ký số sẽ ở trang hồ sơ."),
        )
        if "_sign" in request.POST
        else (rewrite, translate("Đã lưu dự thảo thư xin lỗi."))
    )
    try:
        return press(
            request,
            officer,
            found.pk,
            act=lambda: act(
                found.pk,
                actor=officer,
                promised_on=posted_day(request, "promised"),
                reason=request.POST.get("why", ""),
                at=now(),
            ),
            done=done,
        )
    except Invalid as refused:
        return _show(request, officer, found, problem=refused)


@dossier_page(PageKind.DOCUMENT)
def apology_pdf(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The letter as it would be signed."""
    draft = draft_for(found)
    if draft is None:
        return _show(request, officer, found)
    return pdf(preview(draft, at=now()), name=f"du-thao-xin-loi-{found.number.replace('/', '-')}.pdf")


@list_page(PageKind.SIGN_LIST)
def apologies(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Drafts of the officer's offices that this officer may look over, nearest due date first."""
    rows = standing_drafts().filter(dossier__office_code__in=officer.office_codes).select_related("dossier")
    found = [
        one
        for one in rows.order_by("-dossier__urgent", "due_on", "pk")[:SHOWN]
        if may_prepare(one.dossier, viewer=officer)
    ]
    seen.note(one.dossier for one in found)
    return desk(
        request,
        officer,
        "apologies.html",
        translate("Thư xin lỗi chờ ký: {n}", n=len(found)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=[_row(one, officer) for one in found],
    )


def beside_due(found: Dossier, officer: OfficerActor) -> dict[str, Any]:
    """For the page of the dossier: the draft that waits, and what was promised."""
    draft, promise = draft_and_promise(found)
    return {"apology_draft": draft if may_prepare(found, viewer=officer) else None, "promise": promise}


def _row(one: Apology, officer: OfficerActor) -> dict[str, object]:
    return {
        "number": one.dossier.number,
        "urgent": one.dossier.urgent,
        "person": one.dossier.applicant_name,
        "service": service_name(one.dossier),
        "due_on": one.due_on,
        "promised_on": one.promised_on,
        "signs": may_sign(one.dossier, viewer=officer),
        "href": reverse("officer:apology", kwargs={"dossier_id": one.dossier_id}),
    }


def _show(
    request: HttpRequest, officer: OfficerActor, found: Dossier, *, problem: Invalid | None = None
) -> HttpResponse:
    draft = draft_for(found)
    typed = typed_boxes(request, "promised")
    if draft is not None and not any(typed.values()):
        day = draft.promised_on
        typed = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return desk(
        request,
        officer,
        "apology.html",
        translate("Thư xin lỗi, hẹn lại ngày trả kết quả"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        draft=draft,
        promise=promise_of(found),
        signs=may_sign(found, viewer=officer),
        promised=typed,
        why=request.POST.get("why", draft.reason_vi if draft else ""),
        faults={BOX.get(problem.code, "why"): sentence(problem)} if problem else {},
        seen=last_event(found.pk),
    )
