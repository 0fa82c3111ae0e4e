"""Money claimed back under a dossier: what stands, a proposal to cancel one of them, the leader's answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.claims.cancel import (
    Reason,
    agree_to_cancel,
    can_decide,
    can_propose,
    decline_to_cancel,
    proposals_to_decide,
    propose_cancelling,
    to_cancel,
)
from ansinh.casework.claims.grounds import grounds_on
from ansinh.casework.effects.claims import Claimed, claims_of
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PAYMENTS, WORK, desk
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.pressed import press
from ansinh.web.officer.staff.scene import uuid_of
from ansinh.web.officer.watched import Seen, dossier_page, list_page
from ansinh.web.page import Option

BOX = {
    "claim-unknown": "claim", "cancelling-ground-unknown": "ground", "cancelling-ground-unpaid": "ground",
    "cancelling-needs-why": "why", "cancelling-needs-document": "number", "document-in-future": "document",
    "declining-needs-note": "note",
}  # fmt: skip
"""Code of a refusal → the box it stands beside."""


@dossier_page(PageKind.WORK)
def claims_back(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The claims, the form of a proposal, and the buttons of who answers one."""
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            return _pressed(request, officer, found)
        except Invalid as refused:
            problem = refused
    claimed = claims_of(found)
    proposable = [(one, _why_not(found, one)) for one in claimed] if can_propose(found, viewer=officer) else []
    return desk(
        request,
        officer,
        "claims_back.html",
        translate("Tiền phải thu hồi"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        rows=[
            {"claimed": one, "decides": one.waiting is not None and can_decide(one.waiting, found, viewer=officer)}
            for one in claimed
        ],
        waits=next((why_not for one, why_not in proposable if one.stands), ""),
        options=[_option(one) for one, why_not in proposable if not one.waiting and not why_not],
        grounds=[Option(one.code, pick(one, "name")) for one in grounds_on(today())],
        typed=request.POST,
        document=typed_boxes(request, "document"),
        faults={BOX.get(problem.code, "claim"): sentence(problem)} if problem else {},
        seen=last_event(found.pk),
    )


@list_page(PageKind.WORK)
def cancellations(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Proposals that wait for a leader at the officer's offices."""
    waiting = list(proposals_to_decide(viewer=officer)[:200])
    seen.note(one.dossier for one in waiting)
    return desk(
        request,
        officer,
        "cancellations.html",
        translate("Đề nghị hủy khoản thu hồi"),
        current=PAYMENTS,
        back=(translate("Chi trả"), reverse("officer:payments")),
        waiting=waiting,
    )


def _pressed(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    chosen = uuid_of(request.POST["proposal"]) if request.POST.get("proposal") else None
    if chosen is None:
        return press(
            request,
            officer,
            found.pk,
            act=lambda: propose_cancelling(found.pk, _claim(request), actor=officer, reason=_reason(request), at=now()),
            done=translate("Đã trình lãnh đạo đề nghị hủy khoản thu hồi. Chưa có gì thay đổi."),
        )
    if "_agree" in request.POST:
        return press(
            request,
            officer,
            found.pk,
            act=lambda: agree_to_cancel(found.pk, chosen, actor=officer, at=now()),
            done=translate("Đã hủy khoản thu hồi. Người nộp được báo."),
        )
    note = request.POST.get("note", "")
    return press(
        request,
        officer,
        found.pk,
        act=lambda: decline_to_cancel(found.pk, chosen, actor=officer, note=note, at=now()),
        done=translate("Đã trả lời không đồng ý. Khoản thu hồi giữ nguyên."),
    )


def _claim(request: HttpRequest) -> UUID | None:
    return uuid_of(request.POST["claim"]) if request.POST.get("claim") else None


def _reason(request: HttpRequest) -> Reason:
    return Reason(
        ground=request.POST.get("ground", "")[:40],
        why=request.POST.get("why", ""),
        document_number=request.POST.get("number", ""),
        document_day=posted_day(request, "document"),
    )


def _why_not(found: Dossier, one: Claimed) -> str:
    """Why a claim is not cancelled by itself now, in words; empty: it can be."""
    try:
        to_cancel(found, one.claim)
    except Conflict as refused:
        return sentence(refused)
    return ""


def _option(one: Claimed) -> Option:
    day = date_vi(one.claim.made_at)
    state = translate("đã nộp, sẽ trả lại") if one.paid_at else translate("chưa nộp")
    return Option(str(one.claim.pk), f"{money(one.claim.amount)}, {day}, {state}")
