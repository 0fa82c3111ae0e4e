"""Money a bank reported that fits no order, or not quite: the list, and what an officer does about each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.dossiers.lists import names
from ansinh.payments.models import BankNotice, OrderState
from ansinh.payments.resolve import NOT_BOOKED, apply, give_back, noted, notices_to_resolve, the_notice
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PAYMENTS, desk, say
from ansinh.web.officer.payments import WHY
from ansinh.web.officer.watched import Seen, people_page

PROBLEMS = {
    "unknown-code": "Nội dung không có mã lệnh thu nào, hoặc có nhiều mã.",
    "wrong-amount": "Số tiền khác số tiền của lệnh.",
    "late": "Lệnh đã quá hạn hoặc đã hủy khi tiền về.",
    "cancelled": "Lệnh đã hủy, không ai phải nộp nữa: tiền không thuộc hồ sơ nào. Xin trả lại người chuyển.",
    "double": "Lệnh này đã được nộp trước đó.",
    "contradicts": "Ngân hàng gửi hai thông báo khác nhau cùng một mã giao dịch.",
    "wrong-account": "Tài khoản nhận không phải của cơ quan BHXH.",
    "not-returnable": "Ngân hàng trả lại một lệnh chi không khớp.",
}


@people_page(PageKind.PAYMENT, WHY)
def notices(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What waits, the oldest first."""
    waiting = list(notices_to_resolve(viewer=officer)[:200])
    seen.note_people(one.order.owner_id for one in waiting if one.order)
    return desk(
        request,
        officer,
        "bank_notices.html",
        translate("Tiền về cần xử lý"),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        rows=[_row(one) for one in waiting],
    )


@people_page(PageKind.PAYMENT, WHY)
def notice(request: HttpRequest, officer: OfficerActor, seen: Seen, notice_id: UUID) -> HttpResponse:
    """One of them: what the bank said, why it does not fit, what can be done."""
    found, problem = the_notice(notice_id, viewer=officer), {}
    seen.note_people([found.order.owner_id] if found.order else [])
    if request.method == "POST":
        try:
            said = _perform(request, officer, found)
        except DomainError as refused:
            path = {"notice-needs-note": "note", "order-code-unknown": "code"}.get(refused.code, "viec")
            problem = {"path": path, "text": sentence(refused)}
        else:
            say(request, said)
            return redirect("officer:bank-notices")
    return desk(
        request,
        officer,
        "bank_notice.html",
        translate("Khoản tiền {reference}", reference=found.reference),
        current=PAYMENTS,
        back=(translate("Tiền về cần xử lý"), reverse("officer:bank-notices")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        row=_row(found),
        code=request.POST.get("code", _order_code(found)),
        note=request.POST.get("note", ""),
        has_money=found.problem not in NOT_BOOKED,
        gives_back=bool(found.payer_account),
    )


def _perform(request: HttpRequest, officer: OfficerActor, found: BankNotice) -> str:
    note = request.POST.get("note", "")
    act = request.POST.get("_act", "")
    if act == "apply":
        order = apply(found.pk, code=request.POST.get("code", ""), actor=officer, note=note, at=now())
        return translate("Đã khớp khoản tiền vào lệnh {order}.", order=order.code)
    if act == "give_back":
        order = give_back(found.pk, actor=officer, note=note, at=now())
        return translate("Đã lập lệnh chi {order} để trả lại tiền.", order=order.code)
    noted(found.pk, actor=officer, note=note, at=now())
    return translate("Đã ghi cách xử lý.")


def _order_code(one: BankNotice) -> str:
    """What is proposed to apply it to; nothing where the order is not wanted any more."""
    return one.order.code if one.order and one.order.state != OrderState.CANCELLED else ""


def _row(one: BankNotice) -> dict[str, Any]:
    bank = names(on=today())("banks", one.payer_bank) if one.payer_bank else None
    return {
        "notice": one,
        "href": reverse("officer:bank-notice", args=[one.pk]),
        "why": translate(PROBLEMS[one.problem]),
        "payer": ", ".join(part for part in (one.payer_name, bank or one.payer_bank, one.payer_account) if part),
        "order": one.order.code if one.order else "",
        "wanted": one.order.amount if one.order else None,
    }
