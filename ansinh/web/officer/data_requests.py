"""Requests about personal data at the office: nearest day first, taken in hand, extended once, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.data_rights import requests, rules
from ansinh.people.data_rights.clock import Used, used
from ansinh.people.models import DataRequest
from ansinh.people.models_rights import Outcome, RequestKind, RequestState
from ansinh.people.readings.rules import sentence as a_sentence
from ansinh.platform.errors import Conflict
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import faults
from ansinh.web.officer.frame import DATA_REQUESTS, desk, say
from ansinh.web.officer.watched import data_request_page
from ansinh.web.page import Option

MOST = 100


@officer_page
def data_requests(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Open requests by the day they are due, with how much of the time is used; then the last answers."""
    found = requests.requests_for(officer, on=today())
    open_ones = found.exclude(state=RequestState.ANSWERED).order_by("due_on", "asked_at")[:MOST]
    answered = found.filter(state=RequestState.ANSWERED).order_by("-answered_at")[:20]
    rows = [_row(one) for one in open_ones]
    return desk(
        request,
        officer,
        "data_requests.html",
        translate("Yêu cầu về dữ liệu cá nhân: {n} đang mở", n=len(rows)),
        current=DATA_REQUESTS,
        rows=rows,
        answered=[_row(one) for one in answered],
        shares=rules.alarm_percent(on=today()),
    )


@data_request_page
def data_request(request: HttpRequest, officer: OfficerActor, found: DataRequest) -> HttpResponse:
    """One request: what is asked, its clocks, and the three things to do with it."""
    typed = {name: request.POST.get(name, "") for name in ("outcome", "answer", "reason")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _faults(request.POST.get("_act", ""), typed)
    if request.method == "POST" and not errors:
        say(request, _act(request.POST.get("_act", ""), found, officer, typed))
        return HttpResponseRedirect(request.path)
    return desk(
        request,
        officer,
        "data_request.html",
        translate(RequestKind(found.kind).label),
        current=DATA_REQUESTS,
        back=(translate("Yêu cầu về dữ liệu"), reverse("officer:data-requests")),
        problems=len(errors),
        status=422 if errors else 200,
        asked=found,
        row=_row(found),
        person=found.account.display_name,
        office_name=pick(office(found.office_code), "name"),
        is_open=found.state != RequestState.ANSWERED,
        restriction=requests.restriction_of(found),
        waits=found.state == RequestState.ASKED,
        may_extend=found.extended_at is None and today() <= found.due_on,
        extension_days=rules.clock(found.kind, on=local_day(found.asked_at)).extension_days,
        basis=rules.clock(found.kind, on=local_day(found.asked_at)).basis,
        outcomes=[Option(value, translate(label)) for value, label in Outcome.choices],
        typed=typed,
        errors=errors,
        gaps=[{"path": path, "text": text} for path, text in errors.items()],
    )


def alarms(officer: OfficerActor) -> dict[str, int]:
    """How many open requests are past the first share, the second share, or a day; empty for who answers none."""
    if not requests.is_handler(officer, on=today()):
        return {}
    open_ones = requests.requests_for(officer, on=today()).exclude(state=RequestState.ANSWERED)[:MOST]
    rows = [_row(one) for one in open_ones]
    late = [row["late"] or row["acknowledge_late"] for row in rows]
    return {
        "first": sum(row["alarm"] == 1 for row in rows),
        "second": sum(row["alarm"] == 2 and not row["late"] for row in rows),
        "late": sum(late),
    }


def _faults(act: str, typed: dict[str, str]) -> dict[str, str]:
    """What the button still needs, by control."""
    if act in {"extend", "lift"}:
        return faults({"reason": lambda: a_sentence(typed["reason"], on=today())})
    if act == "answer":
        return faults(
            {
                "outcome": lambda: requests.known_outcome(typed["outcome"]),
                "answer": lambda: a_sentence(typed["answer"], on=today()),
            }
        )
    return {}


def _act(name: str, found: DataRequest, officer: OfficerActor, typed: dict[str, str]) -> str:
    """Do what the button says; the sentence that tells it is done."""
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "take": (
            lambda: requests.take_in_hand(found.pk, actor=officer, at=now()),
            translate("Đã tiếp nhận. Người gửi được báo."),
        ),
        "extend": (
            lambda: requests.extend(found.pk, actor=officer, reason=typed["reason"], at=now()),
            translate("Đã gia hạn một lần. Người gửi được báo kèm lý do."),
        ),
        "lift": (
            lambda: requests.end_restriction(found.pk, actor=officer, reason=typed["reason"], at=now()),
            translate("Đã kết thúc hạn chế. Người gửi được báo."),
        ),
        "answer": (
            lambda: requests.answer(found.pk, actor=officer, outcome=typed["outcome"], words=typed["answer"], at=now()),
            translate("Đã trả lời. Người gửi được báo."),
        ),
    }
    if name not in acts:
        raise Conflict("no-such-act", "Không rõ việc cần làm. Xin tải lại trang rồi bấm lại.")
    act, said = acts[name]
    act()
    return said


def _row(one: DataRequest) -> dict[str, Any]:
    time: Used = used(one, on=today(), calendar=work_calendar())
    return {
        "href": reverse("officer:data-request", kwargs={"request_id": one.pk}),
        "kind": translate(RequestKind(one.kind).label),
        "state": translate(RequestState(one.state).label),
        "outcome": translate(Outcome(one.outcome).label) if one.outcome else "",
        "asked_at": one.asked_at,
        "due_on": one.due_on,
        "acknowledge_by": one.acknowledge_by if one.state == RequestState.ASKED else None,
        "acknowledge_late": one.state == RequestState.ASKED and today() > one.acknowledge_by,
        "percent": min(time.percent, 999),
        "alarm": time.alarm,
        "late": time.late,
    }
