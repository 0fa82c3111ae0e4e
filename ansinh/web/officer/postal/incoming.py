"""Incoming items at the desk: the book of the day, scans, the dossier they are for, and what belongs to nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework import from_post
from ansinh.catalogue.queries import services_on
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.files.limits import ACCEPT, limits_in_words
from ansinh.files.preview import preview, preview_type
from ansinh.files.receive import receive_scan
from ansinh.offices.queries import office_names, work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import current, pick, translate
from ansinh.post import incoming
from ansinh.post.access import offices_of, the_incoming
from ansinh.post.models import IncomingItem, IncomingState
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.assisted.pages import who_files
from ansinh.web.officer.frame import INCOMING, desk, say
from ansinh.web.officer.postal.outgoing import WHY
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

FIELDS = ("number", "sender", "sender_address", "what")
PLACES = {
    "incoming-incomplete": "sender", "incoming-number": "number", "incoming-entered": "number",
    "incoming-ahead": "received", "incoming-long-ago": "received",
    "incoming-day": "received", "set-aside-why": "why", "match-needs-more": "tim",
    "match-unscanned": "scan", "person-not-found": "so", "paper-incomplete": "ten", "person-died": "so",
    "procedure-not-online": "thu_tuc", "file-empty": "scan", "nothing-awaited": "complete",
}  # fmt: skip


@people_page(PageKind.DOCUMENT, WHY)
def items(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What matches nothing yet, with its days; on POST a new item is entered."""
    offices, problem = offices_of(officer), {}
    if request.method == "POST":
        try:
            made = incoming.register(
                _envelope(request), office_code=request.POST.get("office", offices[0]), actor=officer, at=now()
            )
        except DomainError as refused:
            problem = {"path": PLACES.get(refused.code, "sender"), "text": sentence(refused)}
        else:
            return redirect("officer:incoming-item", incoming_id=made.pk)
    waiting = incoming.waiting_days(officer, on=today(), calendar=work_calendar())
    names = office_names(set(offices))
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    return desk(
        request,
        officer,
        "postal/incoming.html",
        translate("Bưu gửi đến"),
        current=INCOMING,
        problems=int(bool(problem)),
        status=422 if problem else 200,
        problem=problem,
        rows=[{**_row(one), "days": days} for one, days in waiting.items()],
        offices=[Option(code, pick(names[code], "name")) for code in offices],
        typed=typed,
        received=typed_boxes(request, "received") if request.method == "POST" else today().isoformat(),
    )


@people_page(PageKind.DOCUMENT, WHY)
def item(request: HttpRequest, officer: OfficerActor, seen: Seen, incoming_id: UUID) -> HttpResponse:
    """One item: scan it, find its dossier, match it or set it aside."""
    found, problem = the_incoming(incoming_id, viewer=officer), {}
    if request.method == "POST":
        try:
            return _on_item(request, officer, found)
        except DomainError as refused:
            problem = {"path": PLACES.get(refused.code, "viec"), "text": sentence(refused)}
    asked = (request.POST.get("tim") or request.GET.get("tim", "")).strip()
    rows: list[Dossier] = []
    if asked and found.state == IncomingState.WAITING:
        try:
            rows = from_post.candidates(asked, viewer=officer)
        except Invalid as refused:
            problem = problem or {"path": "tim", "text": sentence(refused)}
    seen.note_people(one.owner_id for one in (*rows, *([found.dossier] if found.dossier else [])))
    return desk(
        request,
        officer,
        "postal/incoming_item.html",
        translate("Bưu gửi đến từ {sender}", sender=found.sender),
        current=INCOMING,
        back=(translate("Bưu gửi đến"), reverse("officer:incoming")),
        problems=int(bool(problem)),
        status=422 if problem else 200,
        problem=problem,
        item=found,
        row=_row(found),
        is_open=found.state == IncomingState.WAITING,
        scans=_scans(found),
        asked=asked,
        candidates=[_candidate(one) for one in rows],
        why=request.POST.get("why", ""),
        services=[
            Option(one.slug, pick(one.procedure, "short_name"))
            for one in services_on(today())
            if one.procedure.online and one.slug not in REGISTRATIONS
        ],
        typed={
            "number": request.POST.get("so", ""),
            "service": request.POST.get("thu_tuc", ""),
            "name": request.POST.get("ten", ""),
            "sex": request.POST.get("gioi", ""),
            "born": typed_boxes(request, "sinh"),
        },
        accept=ACCEPT,
        limits=limits_in_words(),
    )


@people_page(PageKind.PAPER, WHY)
def scan_picture(
    request: HttpRequest, officer: OfficerActor, seen: Seen, incoming_id: UUID, scan_id: UUID, number: int
) -> HttpResponse:
    """A page of a scan, as a picture."""
    found = the_incoming(incoming_id, viewer=officer)
    seen.note_people([found.dossier.owner_id] if found.dossier else [])
    scan = incoming.the_scan(found, scan_id)
    return HttpResponse(preview(scan, page=number, width=1280), content_type=preview_type(scan))


def _on_item(request: HttpRequest, officer: OfficerActor, found: IncomingItem) -> HttpResponse:
    match request.POST.get("_act"):
        case "match":
            number = request.POST.get("dossier", "")
            from_post.match(
                found.pk,
                from_post.Match(number, request.POST.get("requirement", ""), "complete" in request.POST),
                actor=officer, at=now(),
            )  # fmt: skip
            say(request, translate("Đã khớp với hồ sơ {number}; người nộp được báo.", number=number))
            return redirect("officer:incoming")
        case "begin":
            draft = from_post.begin_form(
                found.pk, who_files(request), request.POST.get("thu_tuc", ""), actor=officer, at=now()
            )
            return redirect("assist:check", draft_id=draft.pk)
        case "aside":
            incoming.set_aside(found.pk, why=request.POST.get("why", ""), actor=officer, at=now())
            say(request, translate("Đã ghi bưu gửi không thuộc hồ sơ nào."))
            return redirect("officer:incoming")
        case _:
            file = request.FILES.get("scan")
            if file is None:
                raise Invalid("match-unscanned", "Chưa chọn tệp. Xin quét hoặc chụp rồi chọn tệp.")
            incoming.refuse_done(found)
            scan = receive_scan(file, name=file.name or "", at=now())
            incoming.add_scan(found.pk, scan=scan, actor=officer, at=now())
            say(request, translate("Đã thêm “{name}”.", name=scan.name))
    return redirect("officer:incoming-item", incoming_id=found.pk)


def _envelope(request: HttpRequest) -> incoming.Envelope:
    day = posted_day(request, "received")
    if day is None:
        raise Invalid("incoming-day", "Ngày nhận chưa đủ hoặc chưa đúng. Xin ghi ngày trên dấu công văn đến.")
    given = {name: request.POST.get(name, "") for name in FIELDS}
    return incoming.Envelope(received_on=day, **given)


def _row(one: IncomingItem) -> dict[str, Any]:
    return {
        "href": reverse("officer:incoming-item", kwargs={"incoming_id": one.pk}),
        "number": one.number,
        "sender": one.sender,
        "what": one.what,
        "received_on": one.received_on,
        "state": translate(IncomingState(one.state).label),
        "dossier": one.dossier.number if one.dossier else "",
    }


def _scans(found: IncomingItem) -> list[dict[str, Any]]:
    return [
        {
            "name": scan.name,
            "sha256": scan.file_id,
            "pages": [
                reverse("officer:incoming-scan", args=[found.pk, scan.pk, number])
                for number in range(1, scan.page_count + 1)
            ],
        }
        for scan in found.scans.all()
    ]


def _candidate(one: Dossier) -> dict[str, Any]:
    english = current() == "en"
    return {
        "number": one.number,
        "name": one.applicant_name,
        "state": translate(State(one.state).label),
        "office": pick(office_names({one.office_code})[one.office_code], "name"),
        "awaits": from_post.awaits_originals(one),
        "papers": [
            Option(key, name_en if english else name_vi) for key, name_vi, name_en in from_post.papers_it_may_be(one)
        ],
    }
