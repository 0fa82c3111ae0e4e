"""The monthly payment at the desk: lists of a month, what differs from the month before, the three officers, files."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices.queries import commune_name, office_names
from ansinh.payments.batches import BLOCKED
from ansinh.payments.models import OrderState, Payroll, PayrollLine, PayrollState
from ansinh.payments.payroll import (
    cancel_payroll,
    control_payroll,
    differences_of,
    late_payments,
    lines_of,
    payroll_offices,
    payrolls_of,
    prepare_payroll,
    release_payroll,
    the_payroll,
)
from ansinh.payments.payroll_files import close_payroll, payroll_files
from ansinh.payments.payroll_held import MOST, LeftBehind, carry_over, left_behind
from ansinh.payments.queries import paying_offices
from ansinh.payments.rules import payroll_rules
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PAYMENTS, desk, say
from ansinh.web.officer.payments import WHY
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

MOST_LINES = 100
DIFFERENCES = {
    "new": "Mới", "changed": "Đổi mức", "stopped": "Thôi trả", "account": "Đổi tài khoản", "method": "Đổi hình thức",
}  # fmt: skip


@people_page(PageKind.PAYMENT, WHY)
def payrolls(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """The lists, newest month first, and what no list asks for any more; on POST those of a month are made."""
    problem: dict[str, str] = {}
    if request.POST.get("_act") == "carry":
        return _carry(request, officer)
    if request.method == "POST":
        try:
            made = prepare_payroll(
                _month(request), office_code=request.POST.get("office", ""), actor=officer, at=now()
            )  # fmt: skip
        except DomainError as refused:
            problem = {"path": "month", "text": sentence(refused)}
        else:
            say(request, translate("Đã lập {n} danh sách chi trả. Người khác kiểm soát.", n=len(made)))
            return redirect("officer:payrolls")
    rows = list(payrolls_of(viewer=officer).exclude(state=PayrollState.CANCELLED)[:100])
    months = sorted({one.month for one in rows if one.released_at}, reverse=True)[:6]
    offices = payroll_offices(officer)
    held = left_behind(viewer=officer, at=now())
    seen.note_people(one.owner_id for one in held[:MOST])
    return desk(
        request,
        officer,
        "payrolls.html",
        translate("Chi trả hằng tháng"),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=[_list(one) for one in rows],
        months=[{"month": one, **late_payments(one, office_codes=offices, at=now())} for one in months],
        held=[_held(one, pays=one.office_code in paying_offices(officer)) for one in held[:MOST]],
        held_count=len(held),
        held_total=sum(one.amount for one in held),
        months_back=payroll_rules(on=today()).months_back,
        offices=[
            Option(code, pick(one, "name")) for code, one in sorted(office_names(set(paying_offices(officer))).items())
        ],
        typed_office=request.POST.get("office", ""),
        typed_month=request.POST.get("month", f"{today():%m/%Y}"),
    )


@people_page(PageKind.PAYMENT, WHY)
def payroll(request: HttpRequest, officer: OfficerActor, seen: Seen, payroll_id: UUID) -> HttpResponse:
    """One list: what differs line by line, who cannot be paid, and the next step."""
    found, problem = the_payroll(payroll_id, viewer=officer), {}
    if request.method == "POST":
        try:
            said = _perform(request, officer, found)
        except DomainError as refused:
            problem = {"path": "viec", "text": sentence(refused)}
        else:
            say(request, said)
            return redirect("officer:payrolls" if "cancel" in request.POST.get("_act", "") else request.path)
    only = request.GET.get("xem", "khac")
    kinds = {"khac": "differences", "giu": "held", "tat-ca": ""}
    first = max(int(request.GET.get("tu", "0") or 0), 0) if request.GET.get("tu", "0").isdecimal() else 0
    rows = lines_of(found, only=kinds.get(only, "differences"))
    shown = list(rows[first : first + MOST_LINES])
    seen.note_people(one.owner_id for one in shown)
    own, pays = officer.officer_id, _pays(found, officer)
    return desk(
        request,
        officer,
        "payroll.html",
        translate("Chi trả tháng {month}", month=f"{found.month:%m/%Y}"),
        current=PAYMENTS,
        back=(translate("Chi trả hằng tháng"), reverse("officer:payrolls")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        row=_list(found),
        found=found,
        only=only,
        counts=[(translate(DIFFERENCES[key]), n) for key, n in differences_of(found).items() if key in DIFFERENCES],
        lines=[_line(one, pays=pays) for one in shown],
        total_lines=rows.count(),
        previous=first - MOST_LINES if first else None,
        following=first + MOST_LINES if rows[first + MOST_LINES :].exists() else None,
        may_control=found.state == PayrollState.PREPARED and own != found.prepared_by_id,
        may_release=found.state == PayrollState.CONTROLLED
        and own not in (found.prepared_by_id, found.controlled_by_id),
        may_cancel=found.state in (PayrollState.PREPARED, PayrollState.CONTROLLED),
        pays=pays,
        batches=_files(found),
        csv_href=reverse("officer:payroll-list", args=[found.pk]),
    )


@people_page(PageKind.PAYMENT, WHY)
def payroll_list(request: HttpRequest, officer: OfficerActor, seen: Seen, payroll_id: UUID) -> HttpResponse:
    """The cash list of the post as a file: who is paid how much, who may collect; blank columns for the signatures."""
    found = the_payroll(payroll_id, viewer=officer)
    lines = list(lines_of(found).filter(order__isnull=False).exclude(order__state="cancelled"))
    if not lines:
        raise Invalid("payroll-list-empty", "Danh sách này chưa có lệnh chi nào. Duyệt chi xong thì tải được.")
    seen.note_people(one.owner_id for one in lines)
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["STT", "Lệnh chi", "Họ và tên", "Người được ủy quyền lĩnh", "Số tiền (đồng)", "Ký nhận"])
    for number, one in enumerate(lines, 1):
        code = one.order.code if one.order else ""
        out.writerow([number, code, _plain(one.name), _plain(one.collector), one.amount, ""])
    out.writerow(["", "", "Tổng", "", sum(one.amount for one in lines), ""])
    name = f"chi-tra-{found.month:%Y-%m}-{found.office_code}-{found.commune_code or 'chung'}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _carry(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    try:
        entitlement_id = UUID(request.POST.get("benefit", ""))
    except ValueError:
        raise NotFound("nothing-held", "Khoản này đã được ghi hoặc đã trả rồi. Xin tải lại trang.") from None
    one = carry_over(entitlement_id, actor=officer, at=now())
    say(
        request,
        translate(
            "Đã ghi {n} tháng của {name} vào khoản chưa nhận. Người hưởng nộp hồ sơ truy lĩnh để được trả.",
            n=len(one.months),
            name=one.name,
        ),
    )
    return redirect("officer:payrolls")


def _held(one: LeftBehind, *, pays: bool) -> dict[str, Any]:
    return {
        "id": one.entitlement_id,
        "name": one.name,
        "number": one.number,
        "months": [f"{month:%m/%Y}" for month, _ in one.months],
        "amount": one.amount,
        "why": translate(BLOCKED[one.why]),
        "pays": pays,
    }


def _perform(request: HttpRequest, officer: OfficerActor, found: Payroll) -> str:
    act = request.POST.get("_act", "")
    if act == "control":
        control_payroll(found.pk, actor=officer, at=now())
        return translate("Đã kiểm soát danh sách. Người thứ ba duyệt chi.")
    if act == "release":
        made = release_payroll(found.pk, actor=officer, at=now())
        return translate("Đã duyệt chi {n} người.", n=made.count)
    if act == "files":
        files = payroll_files(found.pk, actor=officer, at=now())
        return translate("Đã lập {n} tệp cho ngân hàng. Người khác duyệt thì mới gửi.", n=len(files))
    if act == "close":
        left = close_payroll(found.pk, actor=officer, at=now())
        return translate("Đã quyết toán. {n} người chưa nhận, đã ghi vào khoản chưa nhận.", n=left)
    cancel_payroll(found.pk, actor=officer, at=now())
    return translate("Đã hủy danh sách chi trả.")


def _month(request: HttpRequest) -> date:
    typed = request.POST.get("month", "").strip()
    month, _, year = typed.partition("/")
    if not (month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2999):
        raise Invalid("payroll-month-form", "Xin ghi tháng như 11/2026.")
    return date(int(year), int(month), 1)


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _list(one: Payroll) -> dict[str, Any]:
    place = commune_name(one.commune_code, on=local_day(one.prepared_at)) if one.commune_code else ""
    return {
        "month": f"{one.month:%m/%Y}",
        "href": reverse("officer:payroll", args=[one.pk]),
        "place": place or one.commune_code or translate("Không ghi xã, phường"),
        "method": translate(one.get_method_display()),
        "state": translate(one.get_state_display()),
        "count": one.count,
        "held": one.held,
        "total": one.total,
        "prepared_by": one.prepared_by.full_name,
        "prepared_at": one.prepared_at,
        "controlled_by": one.controlled_by.full_name if one.controlled_by else "",
        "released_by": one.released_by.full_name if one.released_by else "",
    }


def _files(found: Payroll) -> list[dict[str, Any]]:
    return [
        {"number": one.number, "count": one.count, "total": one.total, "href": reverse("officer:batch", args=[one.pk])}
        for one in found.batches.order_by("prepared_at")
    ]


def _pays(found: Payroll, officer: OfficerActor) -> bool:
    return found.state == PayrollState.RELEASED and found.office_code in paying_offices(officer)


def _line(one: PayrollLine, *, pays: bool) -> dict[str, Any]:
    order = one.order
    in_cash = pays and order is not None and order.method == "cash" and order.state == OrderState.READY
    return {
        "cash_href": reverse("officer:begin-cash", args=[order.pk]) if in_cash and order else "",
        "name": one.name,
        "collector": one.collector,
        "amount": one.amount,
        "arrears": one.arrears,
        "last": one.last_amount,
        "differences": [translate(DIFFERENCES[kind]) for kind in one.differences],
        "why": one.why,
        "blocked": translate(BLOCKED[one.blocked]) if one.blocked else "",
        "state": translate(one.order.get_state_display()) if one.order else "",
    }
