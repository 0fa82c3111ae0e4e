"""Opinions about a dossier: ask, answer, enter another agency's letter; and what the officer was asked."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.access import may_work_on
from ansinh.casework.models import Opinion, OpinionState
from ansinh.casework.opinions.ask import (
    Asked,
    Letter,
    answer,
    ask,
    colleagues_to_ask,
    enter_answer,
    opinions_of,
    to_give,
    whom_of,
    withdraw,
)
from ansinh.casework.opinions.elsewhere import questions_from_elsewhere
from ansinh.dossiers.models import Dossier
from ansinh.files.models import StoredFile
from ansinh.files.receive import receive_for_the_house
from ansinh.offices.queries import office, offices_of_agency
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.storage import open_file
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.queue_view import service_name
from ansinh.web.officer.staff.scene import uuid_of
from ansinh.web.officer.watched import Seen, dossier_page, list_page
from ansinh.web.page import Option

BOX = {
    "opinion-question": "question", "opinion-day": "wanted", "opinion-of-whom": "to", "opinion-empty": "answer",
    "opinion-needs-letter": "number", "document-in-future": "document",
}  # fmt: skip
"""Code of a refusal → the box it stands beside."""


@dossier_page(PageKind.WORK)
def opinions(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """What was asked about this dossier, with the forms this officer may use; a POST does one thing."""
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            say(request, _perform(request, officer, found))
        except DomainError as refused:
            problem = refused
        else:
            back = "officer:opinions" if may_work_on(found, viewer=officer) else "officer:opinions-asked"
            return redirect(back, found.pk) if back == "officer:opinions" else redirect(back)
    works = found.closed_at is None and may_work_on(found, viewer=officer)
    at_home = found.office_code in officer.office_codes
    elsewhere = _other_office(request, found) if works else ""
    return desk(
        request,
        officer,
        "opinions.html",
        translate("Ý kiến về hồ sơ {number}", number=found.number),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        rows=[
            _row(one, officer, works=works)
            for one in opinions_of(found)
            if at_home or one.to_officer_id == officer.officer_id
        ],
        works=works,
        colleagues=_colleagues(found, officer, elsewhere) if works else [],
        offices=_offices(found) if works else [],
        elsewhere=elsewhere,
        elsewhere_name=pick(office(elsewhere), "name") if elsewhere else "",
        typed=request.POST,
        wanted=typed_boxes(request, "wanted"),
        document=typed_boxes(request, "document"),
        faults={BOX.get(problem.code, "question"): sentence(problem)} if problem else {},
    )


@dossier_page(PageKind.FILE)
def opinion_file(request: HttpRequest, officer: OfficerActor, found: Dossier, opinion_id: UUID) -> HttpResponseBase:
    """The paper of an answer."""
    opinion = found.opinions.filter(pk=opinion_id, file__isnull=False).select_related("file").first()
    if opinion is None or opinion.file is None:
        raise NotFound("document-not-found", "Hồ sơ này không có văn bản đó. Xin tải lại trang.")
    name, kind = opinion.file_name or "y-kien", opinion.file.media_type
    return FileResponse(open_file(opinion.file.sha256), as_attachment=True, filename=name, content_type=kind)


@list_page(PageKind.SEARCH)
def opinions_asked(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """The queue of what this officer was asked, soonest wanted first."""
    rows = list(to_give(officer))
    seen.note(one.dossier for one in rows)
    elsewhere = questions_from_elsewhere(officer, on=today())
    return desk(
        request,
        officer,
        "opinions_asked.html",
        translate("Ý kiến được hỏi: {n}", n=len(rows) + len(elsewhere)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=[
            {
                "number": one.dossier.number,
                "person": one.dossier.applicant_name,
                "service": service_name(one.dossier),
                "asker": one.asked_by.full_name,
                "question": one.question,
                "wanted_by": one.wanted_by,
                "late": one.wanted_by < today(),
                "urgent": one.dossier.urgent,
                "href": reverse("officer:opinions", kwargs={"dossier_id": one.dossier_id}),
            }
            for one in rows
        ],
        elsewhere=[
            {
                "number": one.dossier.number,
                "service": service_name(one.dossier),
                "asker": one.asker,
                "office": pick(office(one.office_code), "name"),
                "question": one.question,
                "wanted_by": one.wanted_by,
                "urgent": one.dossier.urgent,
                "href": reverse("officer:opinions", kwargs={"dossier_id": one.dossier_id}),
            }
            for one in elsewhere
        ],
    )


def _perform(request: HttpRequest, officer: OfficerActor, found: Dossier) -> str:
    typed = request.POST
    match typed.get("_act", ""):
        case "answer":
            file, name = _file(request)
            answer(uuid_of(typed.get("row", "")), actor=officer, words=typed.get("answer", ""), file=file, name=name,
                   at=now())  # fmt: skip
            return translate("Đã gửi ý kiến. Người hỏi được báo.")
        case "enter":
            file, name = _file(request)
            letter = Letter(typed.get("number", ""), posted_day(request, "document"), file, name)
            words = typed.get("answer", "")
            enter_answer(uuid_of(typed.get("row", "")), actor=officer, words=words, letter=letter, at=now())
            return translate("Đã ghi ý kiến của cơ quan khác; hồ sơ lại ở cơ quan.")
        case "withdraw":
            withdraw(uuid_of(typed.get("row", "")), actor=officer, at=now())
            return translate("Đã thôi hỏi.")
        case _:
            to = typed.get("to", "")
            ask(
                found.pk, actor=officer, at=now(),
                asked=Asked(
                    typed.get("question", ""), posted_day(request, "wanted"), uuid_of(to) if to else None,
                    typed.get("agency", ""), typed.get("office", ""),
                ),
            )  # fmt: skip
            return translate("Đã hỏi. Thời hạn của cơ quan vẫn tính; người được hỏi được nhắc trước và sau ngày cần.")


def _file(request: HttpRequest) -> tuple[StoredFile | None, str]:
    file = request.FILES.get("file")
    if file is None:
        return None, ""
    name = file.name or "y-kien"
    return receive_for_the_house(file, name=name, at=now()), name


def _row(one: Opinion, officer: OfficerActor, *, works: bool) -> dict[str, object]:
    waits = one.state == OpinionState.ASKED
    return {
        "id": one.pk,
        "whom": whom_of(one),
        "asker": one.asked_by.full_name,
        "asked_at": one.asked_at,
        "question": one.question,
        "wanted_by": one.wanted_by,
        "state": translate(OpinionState(one.state).label),
        "late": waits and one.wanted_by < today(),
        "answer": one.answer,
        "answered_by": one.answered_by.full_name if one.answered_by else "",
        "answered_at": one.answered_at,
        "document": one.document_number,
        "document_day": one.document_day,
        "file_name": one.file_name if one.file_id else "",
        "answers": waits and one.to_officer_id == officer.officer_id,
        "enters": waits and works and bool(one.agency),
        "withdraws": waits and works,
    }


def _other_office(request: HttpRequest, found: Dossier) -> str:
    """The other office whose colleagues are offered, as the address or the form names it; empty: the own one."""
    asked = request.POST.get("office", "") if request.method == "POST" else request.GET.get("co-quan", "")
    return asked if asked in {one.value for one in _offices(found)} else ""


def _offices(found: Dossier) -> list[Option]:
    return [
        Option(one.code, pick(one, "name")) for one in offices_of_agency(on=today()) if one.code != found.office_code
    ]


def _colleagues(found: Dossier, officer: OfficerActor, office_code: str) -> list[Option]:
    rows = colleagues_to_ask(found, actor=officer, on=today(), office_code=office_code)
    return [Option(str(one.pk), f"{one.full_name}, {translate(Role(role).label)}") for one, role in rows]
