"""Cards and books on paper: what is to be printed, what waits to be given out, and the blanks of the month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.issuing.act import hand_over, mark_printed, prepare_post, spoil_blank, spoil_printed
from ansinh.casework.issuing.queries import PRINTS, blanks_of_month, items_of, the_item
from ansinh.casework.issuing.sheet import print_sheet
from ansinh.casework.models import IssueItem, IssueState
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import ISSUING, desk, say
from ansinh.web.officer.postal.receiver import posted_receiver, receiver_of
from ansinh.web.officer.watched import Seen, people_page

WHY = "In và trả thẻ BHYT, sổ BHXH"
MOST_ROWS = 200
FIELDS = ("first_serial", "spoiled_serial", "spoiled_why", "taken_by", "recipient", "phone", "address", "why")
PLACES = {
    "serial-form": "first_serial", "serial-end": "first_serial", "blank-used": "first_serial",
    "taker-missing": "taken_by", "taker-identity": "identity_checked", "taker-signature": "signed_for",
    "post-where": "address", "spoiled-why": "why",
}  # fmt: skip
"""Which field a refusal is about."""


@people_page(PageKind.DOCUMENT, WHY)
def issuing(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """The work list; on POST a file to print from, marks that it is printed, or a spoiled blank."""
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            answer = _on_list(request, officer, seen)
        except DomainError as refused:
            problem = _problem(refused, spoiled=request.POST.get("_act") == "spoil")
        else:
            return answer
    rows = list(items_of(viewer=officer).filter(state__in=(IssueState.TO_PRINT, IssueState.PRINTED))[:MOST_ROWS])
    given = list(items_of(viewer=officer).filter(done_at__isnull=False).order_by("-done_at")[:20])
    seen.note_people(one.dossier.owner_id for one in (*rows, *given))
    return desk(
        request,
        officer,
        "issuing.html",
        translate("Thẻ, sổ bản giấy"),
        current=ISSUING,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        to_print=[_row(one) for one in rows if one.state == IssueState.TO_PRINT],
        printed=[_row(one) for one in rows if one.state == IssueState.PRINTED],
        given=[_row(one) for one in given],
        blanks=blanks_of_month(today(), viewer=officer),
        month=f"{today():%m/%Y}",
        prints=bool(_printing_offices(officer)),
        chosen=set(request.POST.getlist("item")),
        typed={name: request.POST.get(name, "") for name in FIELDS},
        kind=request.POST.get("kind", ""),
    )


@people_page(PageKind.DOCUMENT, WHY)
def issue_item(request: HttpRequest, officer: OfficerActor, seen: Seen, item_id: UUID) -> HttpResponse:
    """One printed card or book: handed over, given to the post, or its blank is spoiled."""
    found, problem = the_item(item_id, viewer=officer), {}
    if request.method == "POST":
        try:
            return _on_item(request, officer, found)
        except DomainError as refused:
            problem = _problem(refused)
    seen.note_people([found.dossier.owner_id])
    return desk(
        request,
        officer,
        "issue_item.html",
        f"{found.get_kind_display()}: {found.person_name}",
        current=ISSUING,
        back=(translate("Thẻ, sổ bản giấy"), reverse("officer:issuing")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        row=_row(found),
        receiver=receiver_of(found.dossier, request, name=found.person_name),
        is_printed=found.state == IssueState.PRINTED,
        prints=found.office_code in _printing_offices(officer),
        typed={name: request.POST.get(name, "") for name in FIELDS},
        ticked={name: name in request.POST for name in ("identity_checked", "signed_for")},
    )


def _on_list(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    act = request.POST.get("_act")
    if act == "spoil":
        kind = request.POST.get("kind", "")
        if kind not in ("card", "book"):
            raise Invalid("blank-kind", "Chưa chọn phôi thẻ hay phôi sổ.")
        blank = spoil_blank(
            kind, request.POST.get("spoiled_serial", ""), office_code=_printing_offices(officer)[0],
            why=request.POST.get("spoiled_why", ""), actor=officer, at=now(),
        )  # fmt: skip
        say(request, translate("Đã ghi phôi hỏng số {serial}.", serial=blank.serial))
        return redirect("officer:issuing")
    chosen = [_uuid(one) for one in request.POST.getlist("item")]
    if act == "file":
        items = list(items_of(viewer=officer).filter(pk__in=chosen, state=IssueState.TO_PRINT))
        if not items:
            raise Invalid("issue-none-chosen", "Chưa chọn thẻ, sổ nào. Xin đánh dấu ít nhất một dòng.")
        seen.note_people(one.dossier.owner_id for one in items)
        name = f"in-the-so-{today():%Y%m%d}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(print_sheet(items, at=now()), content_type="application/pdf", headers=headers)
    done = mark_printed(chosen, first_serial=request.POST.get("first_serial", ""), actor=officer, at=now())
    say(request, translate("Đã ghi in xong {n} bản, phôi từ số {first} đến số {last}.",
                           n=len(done), first=done[0].serial, last=done[-1].serial))  # fmt: skip
    return redirect("officer:issuing")


def _on_item(request: HttpRequest, officer: OfficerActor, found: IssueItem) -> HttpResponse:
    match request.POST.get("_act"):
        case "hand_over":
            hand_over(
                [found.pk], taken_by=request.POST.get("taken_by", ""), actor=officer, at=now(),
                identity_checked="identity_checked" in request.POST, signed_for="signed_for" in request.POST,
            )  # fmt: skip
            say(request, translate("Đã trả {name} tại quầy.", name=found.person_name))
        case "post":
            made = prepare_post([found.pk], to=posted_receiver(request), actor=officer, at=now())
            say(request, translate("Đã lập bưu gửi {number}. Xin in nhãn, giao bưu điện rồi ghi số hiệu.",
                                   number=made.number))  # fmt: skip
            return redirect("officer:postal-item", postal_id=made.pk)
        case _:
            spoil_printed(found.pk, why=request.POST.get("why", ""), actor=officer, at=now())
            say(request, translate("Đã ghi phôi hỏng; {name} trở lại danh sách chờ in.", name=found.person_name))
    return redirect("officer:issuing")


def _row(one: IssueItem) -> dict[str, Any]:
    return {
        "item": one,
        "kind": translate(one.get_kind_display()),
        "dossier": one.dossier.number,
        "way": translate("Gửi bưu điện") if one.by_post else translate("Trả tại quầy"),
        "state": translate(IssueState(one.state).label),
        "tracking": one.postal.tracking_number if one.postal else one.tracking_number,
        "href": reverse("officer:issue-item", args=[one.pk]),
    }


def _problem(refused: DomainError, *, spoiled: bool = False) -> dict[str, str]:
    place = PLACES.get(refused.code, "viec")
    if spoiled:
        place = {"first_serial": "spoiled_serial", "why": "spoiled_why", "viec": "kind"}.get(place, place)
    return {"path": place, "text": sentence(refused)}


def _printing_offices(officer: OfficerActor) -> list[str]:
    return sorted({post.office_code for post in officer.posts if post.role in PRINTS})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("issue-none-chosen", "Chưa chọn thẻ, sổ nào. Xin đánh dấu ít nhất một dòng.") from None
