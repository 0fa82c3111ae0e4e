"""Cash at the desk: what is being paid at which post, the second officer's word, and the count at the end of a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.files.limits import ACCEPT
from ansinh.files.receive import receive_for_the_house
from ansinh.payments.cash import (
    Receiver,
    attach_receipt,
    collectors_of,
    confirm_cash,
    count_post,
    counts_of,
    drop_cash,
    needs_release,
    open_cash,
    open_ones,
    release_cash,
    the_cash,
    tills,
    witnesses,
)
from ansinh.payments.cash_paper import cash_paper
from ansinh.payments.models import CashPayment, CashState
from ansinh.payments.queries import paying_offices, the_cash_order
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.storage import open_file
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PAYMENTS, desk, say
from ansinh.web.officer.payments import WHY
from ansinh.web.officer.watched import Seen, people_page

FIELDS = {
    "cash-post": "post", "cash-receiver-paper": "paper", "cash-receiver": "receiver", "cash-no-receipt": "receipt",
    "drop-needs-reason": "why", "count-needs-note": "note", "count-by-two": "witness", "count-number": "counted",
}  # fmt: skip


@people_page(PageKind.PAYMENT, WHY)
def till(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What is being paid in cash, and the posts still to count; on POST a post is counted."""
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            _count(request, officer)
        except DomainError as refused:
            problem = _problem(refused)
        else:
            return redirect("officer:till")
    waiting = list(open_ones(viewer=officer)[:100])
    seen.note_people(one.order.owner_id for one in waiting)
    offices = paying_offices(officer)
    return desk(
        request,
        officer,
        "till.html",
        translate("Trả tiền mặt"),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=[_row(one) for one in waiting],
        tills=tills(viewer=officer, day=today()),
        counts=list(counts_of(viewer=officer)[:20]),
        prepares=bool(offices),
        witnesses=[
            {"value": str(one.pk), "label": f"{one.full_name}, {one.title_vi}"}
            for one in witnesses(office_codes=offices, but=officer.officer_id, on=today())
        ],
        typed=request.POST,
    )


@people_page(PageKind.PAYMENT, WHY)
def begin_cash(request: HttpRequest, officer: OfficerActor, seen: Seen, order_id: UUID) -> HttpResponse:
    """Who stands there and where the money is paid: begins a payment in cash."""
    order, problem = the_cash_order(order_id, viewer=officer), {}
    seen.note_people([order.owner_id])
    if request.method == "POST":
        try:
            made = open_cash(
                order.pk, post=request.POST.get("post", ""), receiver=_receiver(request), actor=officer, at=now()
            )
        except DomainError as refused:
            problem = _problem(refused)
        else:
            return redirect("officer:cash", payment_id=made.pk)
    collectors = [
        {"value": str(one.pk), "label": one.agent.full_name, "hint": one.paper_basis}
        for one in collectors_of(order, on=today())
    ]
    return desk(
        request,
        officer,
        "begin_cash.html",
        translate("Trả tiền mặt lệnh {order}", order=order.code),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        order=order,
        purpose=pick(order, "purpose"),
        receivers=[{"value": "self", "label": translate("{name}, chính người được trả", name=order.name)}, *collectors],
        typed=request.POST,
    )


@people_page(PageKind.PAYMENT, WHY)
def cash(request: HttpRequest, officer: OfficerActor, seen: Seen, payment_id: UUID) -> HttpResponse:
    """One payment in cash: the paper to sign, the signed paper, the second officer."""
    found, problem = the_cash(payment_id, viewer=officer), {}
    seen.note_people([found.order.owner_id])
    if request.method == "POST":
        try:
            said = _perform(request, officer, found)
        except DomainError as refused:
            problem = _problem(refused)
        else:
            say(request, said)
            return redirect("officer:cash", payment_id=found.pk)
    is_open = found.state == CashState.OPENED
    return desk(
        request,
        officer,
        "cash.html",
        translate("Trả tiền mặt lệnh {order}", order=found.order.code),
        current=PAYMENTS,
        back=(translate("Trả tiền mặt"), reverse("officer:till")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        row=_row(found),
        found=found,
        accept=ACCEPT,
        is_open=is_open,
        pays=is_open and found.office_code in paying_offices(officer),
        may_release=is_open and needs_release(found) and found.payer_id != officer.officer_id,
        may_confirm=is_open
        and not needs_release(found)
        and officer.officer_id not in (found.payer_id, found.released_by_id),
        typed=request.POST,
    )


@people_page(PageKind.PAYMENT, WHY)
def cash_receipt(request: HttpRequest, officer: OfficerActor, seen: Seen, payment_id: UUID) -> HttpResponse:
    """The paper to sign; once it is signed and scanned, that picture."""
    found = the_cash(payment_id, viewer=officer)
    seen.note_people([found.order.owner_id])
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "sandbox"}
    if found.receipt and "da-ky" in request.GET:
        with open_file(found.receipt.sha256) as file:
            return HttpResponse(file.read(), content_type=found.receipt.media_type, headers=headers)
    return HttpResponse(cash_paper(found, at=now()), content_type="application/pdf", headers=headers)


def _perform(request: HttpRequest, officer: OfficerActor, found: CashPayment) -> str:
    act = request.POST.get("_act", "")
    if act == "release":
        release_cash(found.pk, actor=officer, at=now())
        return translate("Đã duyệt trả tiền mặt.")
    if act == "confirm":
        confirm_cash(found.pk, actor=officer, at=now())
        return translate("Đã ghi trả tiền mặt lệnh {order}.", order=found.order.code)
    if act == "drop":
        drop_cash(found.pk, why=request.POST.get("why", ""), actor=officer, at=now())
        return translate("Đã ghi không trả. Lệnh chờ lần khác.")
    file = request.FILES.get("receipt")
    if file is None:
        raise Invalid("cash-no-receipt", "Chưa có giấy nhận tiền có chữ ký của người nhận. Xin tải bản chụp lên trước.")
    kept = receive_for_the_house(file, name=file.name or "receipt", at=now())
    attach_receipt(found.pk, kept, actor=officer, at=now())
    return translate("Đã giữ giấy nhận tiền có chữ ký.")


def _count(request: HttpRequest, officer: OfficerActor) -> None:
    chosen = request.POST.get("post", "")
    one = next((one for one in tills(viewer=officer, day=today()) if f"{one.office_code}/{one.post}" == chosen), None)
    if one is None:
        raise Invalid("post-not-found", "Điểm chi này không trả tiền mặt trong ngày. Xin tải lại trang.")
    made = count_post(
        one,
        brought=_money(request, "brought"),
        counted=_money(request, "counted"),
        witness_id=_uuid(request.POST.get("witness", "")) or officer.officer_id,
        note=request.POST.get("note", ""),
        actor=officer,
        at=now(),
    )
    say(request, translate("Đã ghi kiểm quỹ của {post}.", post=made.post))


def _receiver(request: HttpRequest) -> Receiver:
    who = request.POST.get("receiver", "")
    if not who:
        raise Invalid("cash-receiver", "Chưa chọn người nhận tiền. Xin chọn một người.")
    return Receiver(request.POST.get("paper", ""), mandate_id=None if who == "self" else _uuid(who))


def _money(request: HttpRequest, name: str) -> int:
    typed = "".join(sign for sign in request.POST.get(name, "") if sign not in " .,đ")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 13:
        raise Invalid("count-number", "Xin ghi số tiền bằng chữ số, tính bằng đồng.")
    return int(typed)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _problem(refused: DomainError) -> dict[str, str]:
    return {"path": FIELDS.get(refused.code, "viec"), "text": sentence(refused)}


def _row(one: CashPayment) -> dict[str, Any]:
    return {
        "order": one.order,
        "href": reverse("officer:cash", args=[one.pk]),
        "paper_href": reverse("officer:cash-receipt", args=[one.pk]),
        "purpose": pick(one.order, "purpose"),
        "amount": one.amount,
        "post": one.post,
        "payer": one.payer.full_name,
        "receiver": one.receiver_name,
        "paper": one.receiver_paper,
        "opened_at": one.opened_at,
        "state": translate(one.get_state_display()),
        "waits": _waits(one),
    }


def _waits(one: CashPayment) -> str:
    if one.state != CashState.OPENED:
        return ""
    if needs_release(one):
        return translate("Chờ người thứ ba duyệt")
    if one.receipt_id is None:
        return translate("Chờ giấy nhận tiền có chữ ký")
    return translate("Chờ người thứ hai xác nhận")
