"""Outgoing items at the desk: the list, one item with its label and its way, and the carrier's file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.post import carrier, outgoing
from ansinh.post.access import offices_of, outgoing_list, the_outgoing
from ansinh.post.label import labels
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.models_outgoing import Contents
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import POST, WORK, desk, say
from ansinh.web.officer.postal.receiver import posted_receiver, receiver_of
from ansinh.web.officer.watched import Seen, dossier_page, people_page

WHY = "Gửi và nhận bưu gửi của hồ sơ"
PLACES = {
    "tracking-missing": "tracking_number", "tracking-used": "tracking_number", "return-why": "reason",
    "post-where": "address", "post-what": "what", "taker-missing": "taken_by", "taker-identity": "identity_checked",
}  # fmt: skip
RESULTS = {
    "applied": "Đã ghi", "already": "Đã biết trước đó", "ignored": "Đang trên đường, không đổi",
    "unknown": "Không tìm thấy", "wrong": "Chưa ghi được",
}  # fmt: skip


@people_page(PageKind.DOCUMENT, WHY)
def items(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What waits for the post, is on its way, came back; on POST a carrier's file, or all waiting labels."""
    problem, outcomes = "", None
    if request.method == "POST" and request.POST.get("_act") == "labels":
        waiting = outgoing_list(officer, OutgoingState.PREPARED)
        seen.note_people(one.dossier.owner_id for one in waiting)
        if waiting:
            return _pdf(waiting, f"nhan-buu-gui-{today():%Y%m%d}.pdf")
    elif request.method == "POST":
        try:
            outcomes = carrier.apply(_rows(request, officer), actor=officer, at=now())
        except DomainError as refused:
            problem = sentence(refused)
    groups = [
        (translate("Bưu điện hoàn về, cần gửi lại hoặc giữ tại quầy"), outgoing_list(officer, OutgoingState.RETURNED)),
        (translate("Chờ giao bưu điện"), outgoing_list(officer, OutgoingState.PREPARED)),
        (translate("Giữ tại quầy"), outgoing_list(officer, OutgoingState.KEPT)),
        (translate("Đang trên đường"), outgoing_list(officer, OutgoingState.POSTED)),
        (
            translate("Vừa xong"),
            outgoing_list(
                officer, OutgoingState.DELIVERED, OutgoingState.COLLECTED, OutgoingState.SENT_AGAIN, most=20,
                newest=True,
            ),
        ),
    ]  # fmt: skip
    seen.note_people(one.dossier.owner_id for _, rows in groups for one in rows)
    return desk(
        request,
        officer,
        "postal/items.html",
        translate("Bưu gửi đi"),
        current=POST,
        problems=int(bool(problem)),
        status=422 if problem else 200,
        problem=problem,
        groups=[{"name": name, "rows": [_row(one) for one in rows]} for name, rows in groups],
        prints=bool(groups[1][1]),
        outcomes=None if outcomes is None else [_outcome(one) for one in outcomes],
    )


@people_page(PageKind.DOCUMENT, WHY)
def item(request: HttpRequest, officer: OfficerActor, seen: Seen, postal_id: UUID) -> HttpResponse:
    """One item: where it is, and what can be written of it now."""
    found, problem = the_outgoing(postal_id, viewer=officer), {}
    seen.note_people([found.dossier.owner_id])
    if request.method == "POST":
        try:
            return _on_item(request, officer, found)
        except DomainError as refused:
            problem = {"path": PLACES.get(refused.code, "viec"), "text": sentence(refused)}
    return desk(
        request,
        officer,
        "postal/item.html",
        translate("Bưu gửi {number}", number=found.number),
        current=POST,
        back=(translate("Bưu gửi đi"), reverse("officer:postal")),
        problems=int(bool(problem)),
        status=422 if problem else 200,
        problem=problem,
        item=found,
        row=_row(found),
        receiver=receiver_of(found.dossier, request, name=found.recipient, address=found.new_address or found.address),
        typed={name: request.POST.get(name, "") for name in ("tracking_number", "reason", "taken_by")},
        ticked="identity_checked" in request.POST,
    )


@people_page(PageKind.DOCUMENT, WHY)
def label(request: HttpRequest, officer: OfficerActor, seen: Seen, postal_id: UUID) -> HttpResponse:
    """Its label."""
    found = the_outgoing(postal_id, viewer=officer)
    seen.note_people([found.dossier.owner_id])
    return _pdf([found], f"nhan-{found.number}.pdf")


@dossier_page(PageKind.DOSSIER)
def send(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Prepare an item with something of this dossier: its result on paper, originals that go back."""
    offices, problem = offices_of(officer), {}
    if request.method == "POST":
        try:
            made = outgoing.prepare(
                found, contents=request.POST.get("contents", ""), what=request.POST.get("what", ""),
                to=posted_receiver(request), actor=officer, at=now(),
                office_code=found.office_code if found.office_code in offices else offices[0],
            )  # fmt: skip
        except DomainError as refused:
            problem = {"path": PLACES.get(refused.code, "what"), "text": sentence(refused)}
        else:
            say(request, translate("Đã lập bưu gửi {number}. Xin in nhãn, giao bưu điện rồi ghi số hiệu.",
                                   number=made.number))  # fmt: skip
            return redirect("officer:postal-item", postal_id=made.pk)
    return desk(
        request,
        officer,
        "postal/send.html",
        translate("Gửi bưu điện theo hồ sơ {number}", number=found.number),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=int(bool(problem)),
        status=422 if problem else 200,
        problem=problem,
        kinds=[
            {"value": one.value, "label": translate(str(one.label))} for one in (Contents.RESULT, Contents.ORIGINALS)
        ],
        contents=request.POST.get("contents", Contents.RESULT),
        what=request.POST.get("what", ""),
        receiver=receiver_of(found, request),
    )


def _on_item(request: HttpRequest, officer: OfficerActor, found: OutgoingItem) -> HttpResponse:
    at = now()
    match request.POST.get("_act"):
        case "post":
            number = request.POST.get("tracking_number", "")
            outgoing.hand_to_post(found.pk, tracking_number=number, actor=officer, at=at)
            say(request, translate("Đã ghi giao bưu điện; người nộp được báo số hiệu."))
        case "delivered":
            outgoing.say_delivered(found.pk, actor=officer, at=at)
            say(request, translate("Đã ghi phát xong."))
        case "returned":
            outgoing.say_returned(found.pk, why=request.POST.get("reason", ""), actor=officer, at=at)
            say(request, translate("Đã ghi hoàn về; người nộp được báo và hỏi địa chỉ."))
        case "again":
            made = outgoing.send_again(found.pk, to=posted_receiver(request), actor=officer, at=at)
            say(request, translate("Đã lập bưu gửi mới {number}.", number=made.number))
            return redirect("officer:postal-item", postal_id=made.pk)
        case "keep":
            outgoing.keep(found.pk, actor=officer, at=at)
            say(request, translate("Đã ghi giữ tại quầy; người nộp được báo."))
        case "give":
            outgoing.give_out(
                found.pk, taken_by=request.POST.get("taken_by", ""),
                identity_checked="identity_checked" in request.POST, actor=officer, at=at,
            )  # fmt: skip
            say(request, translate("Đã ghi người nhận tại quầy."))
        case "drop":
            outgoing.drop(found.pk, actor=officer, at=at)
            say(request, translate("Đã bỏ bưu gửi này."))
        case _:
            raise Invalid("unknown-act", "Chưa chọn việc cần ghi. Xin tải lại trang.")
    return redirect("officer:postal-item", postal_id=found.pk)


def _rows(request: HttpRequest, officer: OfficerActor) -> list[carrier.Row]:
    offices_of(officer)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("carrier-file-missing", "Chưa chọn tệp. Xin chọn tệp CSV của bưu điện.")
    return carrier.read(file.read(carrier.LARGEST + 1))


def _pdf(found: list[OutgoingItem], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(labels(found, at=now()), content_type="application/pdf", headers=headers)


def _row(one: OutgoingItem) -> dict[str, Any]:
    return {
        "href": reverse("officer:postal-item", kwargs={"postal_id": one.pk}),
        "number": one.number,
        "tracking": one.tracking_number,
        "recipient": one.recipient,
        "what": one.what,
        "contents": translate(one.get_contents_display()),
        "dossier": one.dossier.number,
        "state": translate(OutgoingState(one.state).label),
        "at": one.ended_at or one.delivered_at or one.returned_at or one.posted_at or one.made_at,
        "answer": translate(one.get_answer_display()) if one.answer else "",
    }


def _outcome(one: carrier.Outcome) -> dict[str, Any]:
    return {
        "line": one.line,
        "tracking": one.tracking_number,
        "result": translate(RESULTS[one.result]),
        "why": sentence(one.why) if one.why else "",
    }
