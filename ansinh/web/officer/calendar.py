"""The calendar of days off and days worked instead: read, add or change a day, and what follows for open dossiers."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.casework.calendar_change import EnteredDay, enter_day, refuse_others, tet_is_entered
from ansinh.offices.closed_days import SpecialDay, special_days
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Invalid
from ansinh.platform.language import translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import CALENDAR, desk, say
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.page import Option

KINDS = {
    "public_holiday": "Ngày lễ, tết", "compensatory_off": "Nghỉ bù", "swapped_off": "Nghỉ hoán đổi",
    "make_up_working": "Làm bù", "ordinary": "Ngày thường, theo thứ trong tuần",
}  # fmt: skip
BOX = {"day-kind-unknown": "kind", "day-needs-basis": "basis"}
"""Code of a refusal → the box it stands beside; the day for all others."""


@officer_page
def calendar(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Days of this year and the next; the form adds a day or gives one another meaning."""
    refuse_others(officer)
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            enter_day(_entered(request), actor=officer, at=now())
        except Invalid as refused:
            problem = refused
        else:
            say(request, translate("Đã ghi ngày. Hạn của các hồ sơ đang mở được tính lại; hồ sơ đổi hạn được báo."))
            return redirect("officer:calendar")
    year = today().year
    days = special_days(date(year, 1, 1), date(year + 1, 12, 31))
    return desk(
        request,
        officer,
        "calendar.html",
        translate("Lịch nghỉ và ngày làm bù"),
        current=CALENDAR,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        days=[_line(one) for one in days if one.day >= today()],
        past=[_line(one) for one in days if one.day < today()],
        no_tet=None if tet_is_entered(year + 1) else year + 1,
        kinds=[Option(key, translate(words)) for key, words in KINDS.items()],
        typed=request.POST,
        boxes=typed_boxes(request, "day"),
        faults={BOX.get(problem.code, "day"): sentence(problem)} if problem else {},
    )


def _line(one: SpecialDay) -> dict[str, object]:
    kind = translate(KINDS[one.kind.value])
    return {"day": one.day, "kind": kind, "name": one.name_vi, "basis": one.basis_vi, "announced": one.announced}


def _entered(request: HttpRequest) -> EnteredDay:
    day = posted_day(request, "day")
    if day is None:
        raise Invalid("day-unread", "Ngày chưa đọc được. Xin nhập ngày, tháng, năm bằng chữ số.")
    return EnteredDay(
        day, request.POST.get("kind", "")[:20], request.POST.get("name", "")[:120], request.POST.get("basis", "")[:200]
    )
