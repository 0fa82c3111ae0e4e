"""Ranges of first social insurance numbers: how many are given and left, a new one entered, one closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.offices.queries import provinces
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import pick, translate
from ansinh.registry.numbers.keep import RangeSeen, close, enter, ranges_seen, shortages
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import NUMBERS, desk, say
from ansinh.web.officer.typed_days import boxes, the_day
from ansinh.web.page import Option

BOX = {
    "range-without-ground": "ground", "range-order": "last", "range-province": "province", "day-wrong": "from",
}  # fmt: skip
"""Code of a refused range → the box it stands beside; the first number for all others."""


@officer_page
def number_ranges(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Every range; the form enters one, a range's own form closes it."""
    seen = ranges_seen(viewer=officer, on=today())
    problem: Invalid | Conflict | None = None
    if request.method == "POST":
        try:
            said = _act(request, officer)
        except (Invalid, Conflict) as refused:
            problem = refused
        else:
            say(request, said)
            return redirect("officer:number-ranges")
    names = {one.code: pick(one, "name") for one in provinces(on=today())}
    return desk(
        request,
        officer,
        "number_ranges.html",
        translate("Dải mã số BHXH"),
        current=NUMBERS,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        rows=[_row(request, one, names) for one in seen],
        short=[_shortage(one.province, one.left, one.days, names) for one in shortages(viewer=officer, at=now())],
        provinces=[Option(code, name) for code, name in names.items()],
        typed=request.POST,
        boxes=boxes(request.POST, "from"),
        faults={_box(request, problem): sentence(problem)} if problem else {},
    )


def _act(request: HttpRequest, officer: OfficerActor) -> str:
    typed = request.POST
    if number := typed.get("range", ""):
        close(
            int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            on=the_day(typed, f"on-{number}"), ground=typed.get(f"why-{number}", ""), actor=officer, at=now(),
        )  # fmt: skip
        return translate("Đã ghi ngày đóng dải số. Số còn lại không được cấp nữa.")
    made = enter(
        typed.get("first", "")[:20], typed.get("last", "")[:20], province=typed.get("province", "")[:2],
        valid_from=the_day(typed, "from"), ground=typed.get("ground", ""), actor=officer, at=now(),
    )  # fmt: skip
    return translate("Đã nhập dải số, cấp được {n} mã số.", n=f"{made.last + 1 - made.first:,}".replace(",", "."))


def _box(request: HttpRequest, problem: Invalid | Conflict) -> str:
    """The box a refusal is about: of the form that enters a range, or of the range being closed."""
    number = request.POST.get("range", "")[:10]
    if not number:
        return BOX.get(problem.code, "first")
    return f"{'why' if problem.code == 'closing-without-ground' else 'on'}-{number}"


def _row(request: HttpRequest, one: RangeSeen, names: dict[str, str]) -> dict[str, object]:
    range_ = one.range
    return {
        "why": f"why-{range_.pk}", "on": f"on-{range_.pk}", "boxes": boxes(request.POST, f"on-{range_.pk}"),
        "id": range_.pk, "first": f"{range_.first:010d}", "last": f"{range_.last:010d}", "used": one.used,
        "left": one.left, "is_open": one.is_open, "valid_from": range_.valid_from, "closed_on": range_.closed_on,
        "place": names.get(range_.province, range_.province) or translate("Mọi cơ quan"), "ground": range_.ground,
        "events": [
            {"kind": translate(event.get_kind_display()), "at": event.at, "who": event.actor_name, "why": event.ground}
            for event in one.events
        ],
    }  # fmt: skip


def _shortage(province: str, left: int, days: int | None, names: dict[str, str]) -> str:
    place = names.get(province, province) or translate("Mọi cơ quan")
    count = f"{left:,}".replace(",", ".")
    if days is None:
        return translate("{place}: còn {left} mã số. Xin đề nghị cấp dải mới.", place=place, left=count)
    return translate(
        "{place}: còn {left} mã số, theo mức cấp 30 ngày qua thì hết sau khoảng {days} ngày. Xin đề nghị cấp dải mới.",
        place=place, left=count, days=days,
    )  # fmt: skip
