"""Propose to grant or to refuse; the leader reads the letter and signs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.access import stage_of, the_dossier
from ansinh.casework.account_holder import account_holders
from ansinh.casework.compute import compute, total
from ansinh.casework.letter_pages import letter_page, letter_pages
from ansinh.casework.pins import Pin
from ansinh.casework.propose import (
    RefusalReason,
    open_decision,
    propose_grant,
    propose_refusal,
    refuse_unanswered,
    refuse_while_answerable,
)
from ansinh.casework.reasons import Reason, reasons_for
from ansinh.casework.second_press import last_event
from ansinh.casework.sign import preview, sign
from ansinh.casework.transitions import possible
from ansinh.casework.waiting import what_is_away
from ansinh.dossiers.models import Dossier, State
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money, number
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.acts import open_for
from ansinh.web.officer.away import finished_when_back
from ansinh.web.officer.dossier import conditions_shown
from ansinh.web.officer.foreseen import foreseen, if_granted
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.long_draft import long_draft
from ansinh.web.officer.papers import pdf
from ansinh.web.officer.pin_places import places_of
from ansinh.web.officer.pressed import press
from ansinh.web.officer.watched import act_page, dossier_page
from ansinh.web.page import Option
from ansinh.web.plain_input import small_number

FAULTY = {
    "override-needs-reason": "override_reason",
    "amount-unread": "amount",
    "amount-negative": "amount",
    "amount-missing": "amount",
}
UNANSWERED = "_unanswered"


@act_page
def grant(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Propose the computed amount, or another one with its reason."""
    typed = {name: request.POST.get(name, "") for name in ("amount", "override_reason", "note")}
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            amount = _amount(typed["amount"])
            return press(
                request,
                officer,
                dossier_id,
                act=lambda: propose_grant(
                    dossier_id,
                    actor=officer,
                    amount=amount,
                    override_reason=typed["override_reason"],
                    note=typed["note"],
                    at=now(),
                ),
                done=translate("Đã đề xuất giải quyết, chuyển bước kiểm soát."),
            )
        except Invalid as refused:
            problem = refused
    found = open_for("propose", dossier_id, officer=officer)
    computed = compute(found, on=today())
    amount_now = total(computed)
    if not typed["amount"] and amount_now is not None and request.method == "GET":
        typed["amount"] = number(amount_now)
    return desk(
        request,
        officer,
        "grant.html",
        translate("Đề xuất giải quyết {amount}", amount=money(amount_now))
        if amount_now is not None
        else translate("Đề xuất giải quyết"),
        **_frame(found, problem),
        computed=computed,
        is_about_money=any(one.is_money for one in computed),
        total=amount_now,
        met=conditions_shown(computed),
        long=long_draft(request, computed, here=request.path),
        holders=account_holders(found).values(),
        foreseen=if_granted(found, computed, amount_now, officer=officer),
        typed=typed,
        errors={FAULTY.get(problem.code, "amount"): sentence(problem)} if problem else {},
    )


@act_page
def refuse(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Propose to refuse: each ticked reason is explained to the applicant. Also what was not put right in time; the
    form says so, because the answer may come while it is filled in.
    """
    choices = reasons_for("refusal", on=today())
    given = [
        RefusalReason(one.code, request.POST.get(f"why:{one.code}", "")[:2000], _pin(request, one.code))
        for one in choices
        if one.code in request.POST.getlist("reasons")
    ]
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            return press(
                request,
                officer,
                dossier_id,
                act=lambda: (refuse_unanswered if UNANSWERED in request.POST else propose_refusal)(
                    dossier_id, actor=officer, reasons=given, note=request.POST.get("note", ""), at=now()
                ),
                done=translate("Đã đề xuất từ chối, chuyển bước kiểm soát."),
            )
        except Invalid as refused:
            problem = refused
    found = the_dossier(dossier_id, viewer=officer)
    stage = stage_of(found)
    acts = (one for one in ("refuse_at_intake", "refuse_unanswered") if possible(one, found, stage=stage))
    found = open_for(act := next(acts, "propose"), dossier_id, officer=officer)
    if act == "refuse_unanswered":
        refuse_while_answerable(found, on=today())
    places = places_of(found, mendable=False)
    return desk(
        request,
        officer,
        "refuse.html",
        translate("Đề xuất từ chối hồ sơ này"),
        **_frame(found, problem),
        reasons=[_choice(one, given, frozenset(place.listed for place in places)) for one in choices],
        places=[Option(one.key, f"{one.label}: {one.given}"[:120]) for one in places if not one.listed],
        has_list=any(one.listed for one in places),
        unanswered=act == "refuse_unanswered",
        note=request.POST.get("note", ""),
        errors=_refusal_errors(problem, given, found),
    )


@act_page
def sign_page(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """The leader reads the letter as it will go out, and signs."""
    if request.method == "POST":
        return press(
            request,
            officer,
            dossier_id,
            act=lambda: sign(dossier_id, actor=officer, at=now()),
            done=lambda: _signed_or_waits(dossier_id, officer),
        )
    found = open_for("approve", dossier_id, officer=officer)
    decision = open_decision(found)
    if decision is None:
        raise Conflict("no-open-decision", "Hồ sơ chưa có dự thảo quyết định. Xin tải lại trang.")
    title = (
        translate("Ký quyết định giải quyết")
        if decision.kind == "grant"
        else translate("Ký thông báo không giải quyết")
    )
    return desk(
        request,
        officer,
        "sign.html",
        title,
        **_frame(found, None),
        decision=decision,
        foreseen=foreseen(found, decision, officer=officer),
        pages=range(1, letter_pages(_draft(found)) + 1),
    )


def _signed_or_waits(dossier_id: UUID, officer: OfficerActor) -> str:
    if the_dossier(dossier_id, viewer=officer).state == State.APPROVED:
        why = finished_when_back(what_is_away([dossier_id]).get(dossier_id, ""))
        return translate("Đã ghi nhận việc duyệt. {why} Ông/bà không phải làm gì thêm.", why=why)
    return translate("Đã ký. Người nộp được báo và tải được văn bản có chữ ký số.")


@dossier_page(PageKind.DOCUMENT)
def draft_letter(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The letter as a PDF marked as a draft."""
    return pdf(_draft(found), name=f"du-thao-{found.number.replace('/', '-')}.pdf")


@dossier_page(PageKind.DOCUMENT)
def draft_page(request: HttpRequest, officer: OfficerActor, found: Dossier, number: int) -> HttpResponse:
    """One page of the draft letter as a picture."""
    return HttpResponse(letter_page(_draft(found), page=number), content_type="image/png")


def _draft(found: Dossier) -> bytes:
    decision = open_decision(found)
    if decision is None:
        raise Conflict("no-open-decision", "Hồ sơ chưa có dự thảo quyết định. Xin tải lại trang.")
    return preview(found, decision, at=now())


def _frame(found: Dossier, problem: Invalid | None) -> dict[str, Any]:

    return {
        "current": WORK,
        "back": (found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        "problems": 1 if problem else 0,
        "status": 422 if problem else 200,
        "dossier": found,
        "seen": last_event(found.pk),
    }


def _amount(typed: str) -> int | None:
    """Whole đồng as people type them: dots, spaces and the sign are dropped; empty is the computed amount."""
    compact = "".join(character for character in typed if character not in " .\u00a0đ")
    if not compact:
        return None
    if not (compact.isascii() and compact.isdigit()) or len(compact) > 15:
        raise Invalid(
            "amount-unread", "“{typed}” chưa phải là số tiền. Xin nhập bằng chữ số, ví dụ 8.600.000.", typed=typed
        )
    return int(compact)


def _pin(request: HttpRequest, code: str) -> Pin:
    """The chosen place; of a list a row is named by its number, as the list shows it."""
    kind, _, target = request.POST.get(f"pin:{code}", "")[:140].partition(":")
    row = small_number(request.POST.get(f"row:{code}", "").strip())
    return Pin("row", f"{target}[{row - 1}]") if kind == "field" and row else Pin(kind, target)


def _choice(one: Reason, given: list[RefusalReason], listed: frozenset[str]) -> dict[str, object]:
    chosen = next((reason for reason in given if reason.code == one.code), None)
    return {
        "reason": one,
        "chosen": chosen is not None,
        "why": chosen.explanation if chosen else "",
        **_shown_again(chosen.pin if chosen else Pin("", ""), listed),
    }


def _shown_again(pin: Pin, listed: frozenset[str]) -> dict[str, str]:
    """What was chosen, as the boxes say it: the place, and the row of a list."""
    table, _, index = pin.target.removesuffix("]").partition("[")
    if pin.kind == "row" and table in listed:
        return {"pin": f"field:{table}", "row": str(int(index) + 1)}
    return {"pin": f"{pin.kind}:{pin.target}" if pin.target else "", "row": ""}


def _refusal_errors(problem: Invalid | None, given: list[RefusalReason], found: Dossier) -> dict[str, str]:
    """Beside its box: the explanation, the place, or the number of a row that the list does not have."""
    if problem is None:
        return {}
    if problem.code == "post-came-since":
        return {"note": sentence(problem)}
    if problem.code == "refusal-unexplained":
        return {f"why:{one.code}": sentence(problem) for one in given if not one.explanation.strip()}
    if problem.code == "refusal-unpinned":
        return {f"pin:{one.code}": sentence(problem) for one in given if not one.pin.target}
    if problem.code == "unknown-target":
        wrong = {f"row:{one.code}": _no_such_row(one.pin, found) for one in given if one.pin.kind == "row"}
        if rows := {box: text for box, text in wrong.items() if text}:
            return rows
    return {"reasons": sentence(problem)}


def _no_such_row(pin: Pin, found: Dossier) -> str:
    """Why the number names no row of the chosen place; empty when it does."""
    table, _, index = pin.target.removesuffix("]").partition("[")
    rows = found.answers.get(table)
    if not isinstance(rows, list):
        return translate("Chỗ đã chọn không phải là danh sách. Xin xóa số dòng, hoặc chọn danh sách.")
    if int(index) < len(rows):
        return ""
    return translate(
        "Danh sách có {n} dòng, không có dòng {row}. Xin xem lại số dòng.", n=len(rows), row=int(index) + 1
    )
