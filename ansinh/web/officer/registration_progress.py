"""How far registrations are, by office and province against the plan; a leader sets the plan (R-174, R-191)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.statistics.registrations import PLANS, progress, set_plan
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import desk, say
from ansinh.web.page import Option
from ansinh.web.plain_input import small_number

USUAL = timedelta(days=29)
LONGEST = timedelta(days=366)
PLAN_DAYS = ("ke_hoach_tu", "ke_hoach_den")
SHOWN_DAYS = ("tu", "den")


@officer_page
def registration_progress(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The table of the days asked for, the last thirty when none are; on POST a plan is set."""
    problem, problem_at = "", "ke-hoach"
    if request.method == "POST":
        try:
            _set(request, officer)
        except Invalid as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã đặt kế hoạch."))
            return redirect(request.get_full_path())
    first, last = today() - USUAL, today()
    typed_days = {name: _boxes(request.GET, name) for name in SHOWN_DAYS}
    asked = any(any(boxes.values()) for boxes in typed_days.values())
    if asked:
        try:
            first, last = _days(typed_days)
        except Invalid as refused:
            problem, problem_at = sentence(refused), "tu"
    found = progress(viewer=officer, first=first, last=last)
    rows = [row for one in found for row in one.offices]
    return desk(
        request,
        officer,
        "registration_progress.html",
        translate("Tiến độ đăng ký giao dịch điện tử"),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        problem_at=problem_at,
        provinces=found,
        first=first,
        last=last,
        shown_days=typed_days if asked else {"tu": first, "den": last},
        plans=any(post.role in PLANS for post in officer.posts),
        offices=[Option(row.code, pick(row, "name")) for row in rows],
        typed={name: request.POST.get(name, "") for name in ("office", "target", "document")},
        plan_days={name: _boxes(request.POST, name) for name in PLAN_DAYS},
    )


def _set(request: HttpRequest, officer: OfficerActor) -> None:
    first, last = (_day(_boxes(request.POST, name)) for name in PLAN_DAYS)
    target = small_number(request.POST.get("target", "").replace(".", "").strip())
    if first is None or last is None or target is None:
        raise Invalid("plan-form", "Kế hoạch cần ngày cuối sau ngày đầu và chỉ tiêu từ 1 trở lên. Xin nhập lại.")
    set_plan(
        office_code=request.POST.get("office", ""),
        first=first,
        last=last,
        target=target,
        document=request.POST.get("document", ""),
        actor=officer,
        at=now(),
    )


def _days(typed: Mapping[str, dict[str, str]]) -> tuple[date, date]:
    first, last = (_day(typed[name]) for name in SHOWN_DAYS)
    if first is None or last is None or not timedelta(0) <= last - first <= LONGEST:
        raise Invalid(
            "days-to-show",
            "Chưa xem được khoảng ngày này. Xin nhập đủ hai ngày, ngày đầu trước, cách nhau tối đa một năm.",
        )
    return first, last


def _boxes(given: QueryDict, name: str) -> dict[str, str]:
    return {part: given.get(f"{name}.{part}", "").strip()[:4] for part in ("day", "month", "year")}


def _day(boxes: dict[str, str]) -> date | None:
    try:
        return date(int(boxes["year"]), int(boxes["month"]), int(boxes["day"]))
    except ValueError:
        return None
