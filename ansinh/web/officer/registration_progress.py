"""How far registrations are, by office and province against the plan; a leader sets the plan (R-174, R-191)."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.statistics.registrations import progress, set_plan
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import desk, say
from ansinh.web.page import Option
from ansinh.web.plain_input import small_number

USUAL = timedelta(days=29)
LONGEST = timedelta(days=366)
PLAN_DAYS = ("ke_hoach_tu", "ke_hoach_den")


@officer_page
def registration_progress(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The table of the days asked for, the last thirty when none are; on POST a plan is set."""
    problem = ""
    if request.method == "POST":
        try:
            _set(request, officer)
        except Invalid as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã đặt kế hoạch."))
            return redirect(request.get_full_path())
    first, last = _days(request)
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
        provinces=found,
        first=first,
        last=last,
        plans=any(post.role == Role.LEADER for post in officer.posts),
        offices=[Option(row.code, pick(row, "name")) for row in rows],
        typed={name: request.POST.get(name, "") for name in ("office", "target", "document")},
        plan_days={name: _boxes(request, name) for name in PLAN_DAYS},
    )


def _set(request: HttpRequest, officer: OfficerActor) -> None:
    first, last = (_day(_boxes(request, name)) for name in PLAN_DAYS)
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


def _days(request: HttpRequest) -> tuple[date, date]:
    """The days of the address when they are sensible, else the last thirty."""
    try:
        first, last = (date.fromisoformat(request.GET.get(name, "")) for name in ("tu", "den"))
    except ValueError:
        return today() - USUAL, today()
    return (first, last) if timedelta(0) <= last - first <= LONGEST else (today() - USUAL, today())


def _boxes(request: HttpRequest, name: str) -> dict[str, str]:
    return {part: request.POST.get(f"{name}.{part}", "").strip()[:4] for part in ("day", "month", "year")}


def _day(boxes: dict[str, str]) -> date | None:
    try:
        return date(int(boxes["year"]), int(boxes["month"]), int(boxes["day"]))
    except ValueError:
        return None
