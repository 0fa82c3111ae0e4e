"""Payments to people: what waits, the files for the bank, the second officer, the bank's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.dossiers.lists import names
from ansinh.payments.batches import BLOCKED, UNRELEASED, file_of, large_ones, prepare, release, take_answer, take_back
from ansinh.payments.destination import destination
from ansinh.payments.models import Batch, Order, OrderState
from ansinh.payments.queries import batches_of, orders_to_pay, paying_offices, the_batch
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.xml import MAX_BYTES
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PAYMENTS, desk, say
from ansinh.web.officer.watched import Seen, people_page

WHY = "Chi trả và đối chiếu tiền"
MOST_ROWS = 200


@people_page(PageKind.PAYMENT, WHY)
def payments(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What is to be paid, and the files; on POST a file is made, or an answer of the bank taken in."""
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            href = _perform(request, officer)
        except DomainError as refused:
            problem = {"path": "viec", "text": sentence(refused)}
        else:
            return redirect(href)
    all_waiting = orders_to_pay(viewer=officer)
    waiting, sums = list(all_waiting[:MOST_ROWS]), all_waiting.order_by().aggregate(n=Count("pk"), total=Sum("amount"))
    seen.note_people(one.owner_id for one in waiting)
    return desk(
        request,
        officer,
        "payments.html",
        translate("Chi trả"),
        current=PAYMENTS,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=[_row(one) for one in waiting],
        count=sums["n"],
        total=sums["total"] or 0,
        batches=[_batch(one) for one in batches_of(viewer=officer)[:20]],
        prepares=bool(paying_offices(officer)),
        payrolls_href=reverse("officer:payrolls"),
        till_href=reverse("officer:till"),
        notices_href=reverse("officer:bank-notices") if paying_offices(officer) else "",
    )


@people_page(PageKind.PAYMENT, WHY)
def batch(request: HttpRequest, officer: OfficerActor, seen: Seen, batch_id: UUID) -> HttpResponse:
    """One file: who is paid what; the second officer lets it go or it is taken back."""
    found, problem = the_batch(batch_id, viewer=officer), {}
    if request.method == "POST":
        try:
            if request.POST.get("_act") == "release":
                say(request, _released(release(found.pk, actor=officer, at=now())))
            else:
                take_back(found.pk, actor=officer, at=now())
                say(request, translate("Đã hủy danh sách chi {number}.", number=found.number))
        except DomainError as refused:
            problem = {"path": "viec", "text": sentence(refused)}
        else:
            return redirect("officer:payments")
    orders = list(found.orders.select_related("dossier").order_by("created_at", "id"))
    seen.note_people(one.owner_id for one in orders)
    return desk(
        request,
        officer,
        "batch.html",
        translate("Danh sách chi {number}", number=found.number),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        batch=_batch(found),
        found=found,
        rows=[_row(one) for one in orders],
        may_release=found.state in UNRELEASED
        and officer.officer_id not in (found.prepared_by_id, found.approved_by_id),
        is_own=officer.officer_id == found.prepared_by_id,
        is_unreleased=found.state in UNRELEASED,
        large=large_ones(found) if found.state in UNRELEASED else 0,
    )


@people_page(PageKind.PAYMENT, WHY)
def batch_file(request: HttpRequest, officer: OfficerActor, seen: Seen, batch_id: UUID) -> HttpResponse:
    """The file for the bank, once it was released."""
    found = the_batch(batch_id, viewer=officer)
    if found.released_at is None:
        raise Invalid("batch-not-released", "Danh sách chi chưa được duyệt nên chưa tải tệp cho ngân hàng được.")
    seen.note_people(found.orders.values_list("owner_id", flat=True))
    headers = {"Content-Disposition": f'attachment; filename="{found.number}.xml"', "Cache-Control": "no-store"}
    return HttpResponse(file_of(found), content_type="application/xml", headers=headers)


def _perform(request: HttpRequest, officer: OfficerActor) -> str:
    """Do what was pressed; answers where to go."""
    if request.POST.get("_act") == "answer":
        answer = request.FILES.get("answer")
        if answer is None:
            raise Invalid("bank-answer-missing", "Chưa chọn tệp trả lời của ngân hàng.")
        content = answer.read(MAX_BYTES + 1)
        taken = _taken(content, officer)
        say(request, translate("Đã ghi trả lời của ngân hàng cho danh sách chi {number}.", number=taken.number))
        return reverse("officer:batch", args=[taken.pk])
    chosen = [_uuid(one) for one in request.POST.getlist("order")]
    offices = set(orders_to_pay(viewer=officer).filter(pk__in=chosen).values_list("office_code", flat=True))
    if len(offices) != 1:
        raise Invalid("batch-one-office", "Xin chọn ít nhất một lệnh, các lệnh của cùng một cơ quan.")
    made = prepare(chosen, office_code=offices.pop(), actor=officer, at=now())
    say(request, translate("Đã lập danh sách chi {number}. Người thứ hai duyệt thì mới gửi.", number=made.number))
    return reverse("officer:batch", args=[made.pk])


def _taken(content: bytes, officer: OfficerActor) -> Batch:
    """The answer is for a file of one of this officer's offices."""
    refusal: DomainError | None = None
    for office_code in paying_offices(officer):
        try:
            return take_answer(content, actor=officer, office_code=office_code, at=now())
        except DomainError as refused:
            refusal = refused
            if refused.code != "batch-not-found":
                raise
    raise refusal or Invalid("bank-answer-missing", "Chưa chọn tệp trả lời của ngân hàng.")


def _released(batch: Batch) -> str:
    if batch.released_at is None:
        return translate(
            "Đã duyệt lần một danh sách chi {number}. Người thứ ba duyệt thì mới gửi.", number=batch.number
        )
    return translate("Đã duyệt danh sách chi {number}.", number=batch.number)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("order-not-found", "Không tìm thấy lệnh thu, chi này. Xin tải lại trang.") from None


def _row(one: Order) -> dict[str, Any]:
    is_open = one.state in (OrderState.READY, OrderState.RETURNED)
    where = destination(one, at=now()) if is_open else None
    account = where.account if where else BankAccount(one.bank, one.number, one.holder)
    bank = names(on=today())("banks", account.bank) if account else None
    return {
        "order": one,
        "purpose": pick(one, "purpose"),
        "dossier": one.dossier.number if one.dossier else "",
        "to": f"{bank or account.bank} {account.masked}, {account.holder}" if account else translate("Tiền mặt"),
        "blocked": translate(BLOCKED[where.blocked]) if where and where.blocked else "",
        "cash_href": reverse("officer:begin-cash", args=[one.pk]) if one.method == "cash" and is_open else "",
        "choosable": is_open and one.method == "bank" and not (where and where.blocked),
        "state": translate(OrderState(one.state).label),
        "because": one.returned_because,
    }


def _batch(one: Batch) -> dict[str, Any]:
    return {
        "number": one.number,
        "href": reverse("officer:batch", args=[one.pk]),
        "file_href": reverse("officer:batch-file", args=[one.pk]) if one.released_at else "",
        "count": one.count,
        "total": one.total,
        "state": translate(one.get_state_display()),
        "prepared_by": one.prepared_by.full_name,
        "approved_by": one.approved_by.full_name if one.approved_by else "",
        "released_by": one.released_by.full_name if one.released_by else "",
        "prepared_at": one.prepared_at,
        "sha256": one.sha256,
    }
