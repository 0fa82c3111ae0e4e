"""Which desk goes overdue when, at today's pace, and what moving work would change; for heads and directors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse

from ansinh.law.calendar import WorkCalendar
from ansinh.offices.departments import functions
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.statistics.areas import Area, Sight, sight_of
from ansinh.statistics.desks import PACE_DAYS, Desk, loads
from ansinh.statistics.forecast import HORIZON, Load, Outlook, move_dossiers, move_officer, outlook
from ansinh.web.actors import officer_page
from ansinh.web.clock import today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import FIGURES, desk
from ansinh.web.page import Option
from ansinh.web.plain_input import small_number

MOST_MOVED = 5_000


@officer_page
def forecast(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The desks of one office or province, the first to go overdue on top; with a question, what it would change."""
    sight = sight_of(officer, on=today())
    area = _area(request, sight)
    calendar = work_calendar()
    offices = [area.code] if area.is_office else [one.code for one in sight.parts_of(area)]
    found = loads(offices, today=today(), calendar=calendar)
    names = {one.code: pick(one, "name") for one in sight.areas}
    outlooks = {one: outlook(load, today=today(), calendar=calendar) for one, load in found.items()}
    order = sorted(found, key=lambda one: (outlooks[one].overdue_on or date.max, -found[one].late_on(today()), one))
    busy = [one for one in order if found[one].count]
    asked = _Question(request, found)
    return desk(
        request,
        officer,
        "figures/forecast.html",
        _finding(busy, outlooks, names),
        current=FIGURES,
        area=area,
        areas=[Option(one.code, pick(one, "name")) for one in sight.areas if one.code != "VN"],
        rows=[_row(one, found[one], outlooks[one], names) for one in busy],
        desks=[Option(key_of(one), _name(one, names)) for one in order],
        asked=asked,
        problem=asked.problem,
        problems=1 if asked.problem else 0,
        status=422 if asked.problem else 200,
        changes=_changes(asked, found, calendar, names),
        ways=[
            Option("dossiers", translate("Chuyển một số hồ sơ, đến hạn trước đi trước")),
            Option("officer", translate("Chuyển một cán bộ")),
        ],
        pace_days=PACE_DAYS,
        horizon=HORIZON,
    )


def _area(request: HttpRequest, sight: Sight) -> Area:
    """A province or an office; the country is too much for one page, so it begins with its first province."""
    area = sight.area(request.GET.get("noi", ""))
    return next(one for one in sight.areas if one.is_province) if area.code == "VN" else area


class _Question:
    """Which work would move from which desk to which."""

    def __init__(self, request: HttpRequest, found: Mapping[Desk, Load]) -> None:
        by_key = {key_of(one): one for one in found}
        self.giving_key, self.taking_key = request.GET.get("tu", ""), request.GET.get("den", "")
        self.giving, self.taking = by_key.get(self.giving_key), by_key.get(self.taking_key)
        self.way = request.GET.get("cach", "dossiers")
        self.typed = request.GET.get("so", "")
        self.many = small_number(self.typed.replace(".", "")) or 0
        self.problem = ""
        if self.giving_key or self.taking_key:
            try:
                self._check()
            except Invalid as refused:
                self.problem = sentence(refused)

    @property
    def is_whole(self) -> bool:
        """Whether it can be answered."""
        return self.giving is not None and self.taking is not None and not self.problem

    def _check(self) -> None:
        if self.giving is None or self.taking is None or self.giving == self.taking:
            raise Invalid("desks-to-move", "Chưa chọn hai bộ phận khác nhau. Xin chọn nơi chuyển đi và nơi nhận.")
        if self.way == "dossiers" and not 0 < self.many <= MOST_MOVED:
            raise Invalid("dossiers-to-move", "Chưa ghi số hồ sơ muốn chuyển, từ 1 đến 5.000. Xin nhập vào.")


def _changes(
    asked: _Question, found: Mapping[Desk, Load], calendar: WorkCalendar, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    if not asked.is_whole:
        return []
    assert asked.giving is not None and asked.taking is not None
    before = found[asked.giving], found[asked.taking]
    after = move_officer(*before) if asked.way == "officer" else move_dossiers(*before, asked.many)
    rows = []
    for one, old, new in zip((asked.giving, asked.taking), before, after, strict=True):
        then, now = (outlook(load, today=today(), calendar=calendar) for load in (old, new))
        rows.append(
            {
                "name": _name(one, names), "before": _when(then, old), "after": _when(now, new),
                "late_before": then.late_before, "late_after": now.late_before, "waits": new.count,
            }
        )  # fmt: skip
    return rows


def _finding(busy: list[Desk], outlooks: Mapping[Desk, Outlook], names: Mapping[str, str]) -> str:
    late = [one for one in busy if outlooks[one].overdue_on]
    if not late:
        return translate("Theo đà này không bộ phận nào trễ thêm")
    first = outlooks[late[0]].overdue_on
    assert first is not None
    return translate(
        "{n} bộ phận sẽ có hồ sơ trễ; sớm nhất {day}: {name}",
        n=len(late), day=date_vi(first), name=_name(late[0], names),
    )  # fmt: skip


def _row(one: Desk, load: Load, seen: Outlook, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": _name(one, names),
        "waits": load.count,
        "late": load.late_on(today()),
        "done": a_day(load.done_a_day),
        "came": a_day(load.came_a_day),
        "officers": load.officers,
        "when": _when(seen, load),
        "is_late": seen.overdue_on is not None,
        "late_before": seen.late_before,
        "cleared": date_vi(seen.cleared_on) if seen.cleared_on else translate("chưa thấy ngày xong"),
    }


def _when(seen: Outlook, load: Load) -> str:
    if seen.overdue_on:
        return translate("trễ từ {day}", day=date_vi(seen.overdue_on))
    return translate("không trễ thêm") if load.count else translate("không còn việc")


def _name(one: Desk, names: Mapping[str, str]) -> str:
    function = functions().get(one.function)
    role = translate(Role(one.role).label) if one.role in Role.values else one.role
    work = f", {pick(function, 'name')}" if function else ""
    return f"{names.get(one.office_code, one.office_code)}: {role}{work}"


def a_day(pace: Fraction) -> str:
    """`2,4`: dossiers on a working day."""
    tenths = round(pace * 10)
    return f"{tenths // 10},{tenths % 10}"


def key_of(one: Desk) -> str:
    """How an address names a desk."""
    return f"{one.office_code}.{one.role}.{one.function}"
