"""The rate of electronic transactions against its targets; the centre sets these and drafts the letter that urges."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from ansinh.directives import draft as drafts
from ansinh.directives.models import Purpose
from ansinh.offices.models import Level
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import NO_BREAK_SPACE, date_vi
from ansinh.statistics import tenths
from ansinh.statistics.areas import Area, Sight, sight_of
from ansinh.statistics.fields import fields_of_work
from ansinh.statistics.models import ElectronicTarget
from ansinh.statistics.periods import Period, months_between, period, periods_before
from ansinh.statistics.rates import KINDS, NOTHING, Goal, Rate, Standing, rates, reached_in, standings, trend
from ansinh.statistics.services import fully_online
from ansinh.statistics.targets import goal_of, history, map_of, may_set, set_target, target_for
from ansinh.statistics.urging_letter import urge
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.figures.pictures import line, map_keys, plot, tiles
from ansinh.web.officer.figures.tables import Table, csv_of, percent, xlsx_of
from ansinh.web.officer.figures.words import period_name, period_words
from ansinh.web.officer.frame import FIGURES, desk, say
from ansinh.web.page import Option

POLICY, PARTICIPATION = "policy", "participation"
STEP = 5.0
"""Percentage points between the blues of the map."""
LETTER_SYMBOL = "BHXH-CNTT"
"""What the draft begins with, as such letters were numbered; whoever drafts may write another."""
USUAL_GOAL = 90.0
"""Bound of the map's best blue while there is no target."""


@officer_page
def electronic(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Both fields side by side, the map, the months, every province; on POST the centre sets a target."""
    problem = ""
    if request.method == "POST":
        try:
            _set(request, officer)
        except (Invalid, Conflict) as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã đặt mục tiêu."))
            return redirect(request.get_full_path())
    sight = sight_of(officer, on=today())
    asked = _Asked(request, sight)
    return desk(
        request,
        officer,
        "figures/electronic.html",
        current=FIGURES,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        asked=asked,
        areas=[Option(one.code, pick(one, "name")) for one in sight.areas],
        periods=[Option(key, period_name(key)) for key in periods_before(today())],
        kinds=[Option(key, kind_name(key)) for key in KINDS],
        history=[_past(one) for one in history()],
        sets=may_set(officer),
        fields=[Option(one.key, pick(one, "name")) for one in fields_of_work().values()],
        goals=[
            Option("value", translate("Một tỷ lệ")),
            Option("same", translate("Bằng tỷ lệ lĩnh vực tham gia của chính tỉnh đó")),
        ],
        typed={name: request.POST.get(name, "") for name in _TYPED},
        query=urlencode({"noi": asked.area.code, "ky": asked.period.key, "doi-tuong": asked.kind}),
        at=now(),
        **_reached(asked, sight),
    )


def _reached(asked: _Asked, sight: Sight) -> dict[str, Any]:
    """The rates of the place and period asked for beside the target, in a sentence, a map, a plot and tables."""
    own = rates([asked.area.code], first=asked.period.first, last=asked.period.last, kind=asked.kind)
    months = trend(asked.area.code, last=min(asked.period.last, today()), kind=asked.kind)
    target = target_for(field=POLICY, kind=asked.kind, on=asked.period.last)
    rows = _rows(asked, sight, target)
    of_fields = {field: own[asked.area.code, field] for field in fields_of_work()}
    goal = goal_of(target).percent(of_fields) if target else None
    shown = {one.area.code: one.rate.percent for one in rows}
    return {
        "title": _finding(asked.area, of_fields[POLICY], goal),
        "boxes": [
            _box(POLICY, of_fields[POLICY], goal, months),
            _box(PARTICIPATION, of_fields[PARTICIPATION], None, months),
        ],
        "target": target,
        "target_words": target_words(target) if target else "",
        "percent": percent,
        "rows": [_row(one) for one in rows],
        "below": sum(one.is_below for one in rows),
        "tables": {one.key: one for one in tables_of(rows, months)},
        "tiles": tiles(sight, shown, bounds=_bounds(goal), anchor="noi")
        if asked.is_whole_country and _is_map_of_today(shown, sight)
        else (),
        "map_keys": map_keys(_bounds(goal)),
        "plot": _plot(months, goal),
        "letter": asked.is_whole_country and target is not None and any(one.is_below for one in rows),
        "online": fully_online(on=min(asked.period.last, today())),
    }


def _is_map_of_today(shown: Collection[str], sight: Sight) -> bool:
    """Whether these are the provinces that the tiles show: codes of the old map stand for others today."""
    return set(shown) == {one.code for one in sight.areas if one.is_province}


@officer_page
def electronic_file(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The tables of the page, as .xlsx or .csv."""
    sight = sight_of(officer, on=today())
    asked = _Asked(request, sight)
    rows = _rows(asked, sight, target_for(field=POLICY, kind=asked.kind, on=asked.period.last))
    found = tables_of(rows, trend(asked.area.code, last=min(asked.period.last, today()), kind=asked.kind))
    name = f"giao-dich-dien-tu-{asked.area.code}-{asked.period.key}".lower()
    return csv_of(found, name) if request.GET.get("dang") == "csv" else xlsx_of(found, name)


@require_POST
@officer_page
def urging_letter(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The letter to the provinces below the target becomes a draft of the centre, with its annex."""
    asked = _Asked(request, sight_of(officer, on=today()))
    target = target_for(field=POLICY, kind=asked.kind, on=asked.period.last)
    if not asked.is_whole_country or target is None:
        raise Conflict("no-target", "Chưa có mục tiêu cho kỳ này, hoặc thư này không thuộc phạm vi của ông/bà.")
    rows = _rows(asked, asked.sight, target)
    said = urge(rows, target=target, period=period_words(asked.period).lower(), at=now())
    centre = _centre_of(officer)
    signer = next(iter(drafts.signers(centre, on=today())), None)
    made = drafts.begin(
        drafts.Wanted(
            LETTER_SYMBOL, said.summary, said.body, signer.pk if signer else None,
            tuple((name, str(Purpose.ACT)) for name in said.addressees),
        ),
        office_code=centre, actor=officer, at=now(),
    )  # fmt: skip
    drafts.attach(made.pk, BytesIO(said.annex), name=f"phu-luc-{asked.period.key}.pdf", actor=officer, at=now())
    say(request, translate("Đã soạn dự thảo. Xin đọc lại, chọn người ký rồi trình phát hành."))
    return redirect("officer:letter", letter_id=made.pk)


def _centre_of(officer: OfficerActor) -> str:
    """The central office that the officer belongs to; empty for others, whom the letters then refuse."""
    held = office_names(set(officer.office_codes))
    return next((code for code, one in sorted(held.items()) if one.level == Level.CENTRAL), "")


class _Asked:
    """Place, period and kind of applicant that the address asks for."""

    def __init__(self, request: HttpRequest, sight: Sight) -> None:
        self.sight = sight
        self.area: Area = sight.area(request.GET.get("noi", ""))
        self.period: Period = period(request.GET.get("ky", ""), today=today())
        self.kind = request.GET.get("doi-tuong", "")
        self.is_whole_country = sight.is_country and self.area == sight.widest
        if self.kind not in KINDS:
            raise Invalid("kind-unknown", "Không có nhóm đối tượng này. Xin chọn lại trong danh sách.")


def _rows(asked: _Asked, sight: Sight, target: ElectronicTarget | None) -> list[Standing]:
    """The country's provinces by the map of the period, a province's offices, or the office itself."""
    parts = map_of(min(asked.period.last, today())) if asked.is_whole_country else sight.parts_of(asked.area)
    return standings(
        parts or (asked.area,), field=POLICY, goal=goal_of(target) if target else Goal(), first=asked.period.first,
        last=asked.period.last, kind=asked.kind,
    )  # fmt: skip


def _bounds(goal: float | None) -> tuple[float, float, float]:
    top = USUAL_GOAL if goal is None else round(goal, 1)
    return top, max(top - STEP, 0.0), max(top - 2 * STEP, 0.0)


def _finding(area: Area, rate: Rate, goal: float | None) -> str:
    name = pick(area, "name")
    if rate.percent is None:
        return translate("{name}: chưa có hồ sơ nào trong kỳ", name=name)
    if goal is None:
        return translate("{name}: {share} giao dịch điện tử", name=name, share=percent(rate.percent))
    if rate.percent >= goal:
        return translate("{name}: {share} giao dịch điện tử, đạt mục tiêu", name=name, share=percent(rate.percent))
    return translate(
        "{name}: {share} giao dịch điện tử, còn thiếu {points} điểm",
        name=name, share=share(rate.percent, goal), points=points(rate.percent, goal),
    )  # fmt: skip


def share(value: float, goal: float | None) -> str:
    """A rate beside its goal: one that misses it is not told as one that reaches it."""
    if goal is None or value >= goal:
        return percent(value)
    return f"{tenths.told(tenths.below_goal(value, goal))}{NO_BREAK_SPACE}%"


def points(value: float, goal: float) -> str:
    """Percentage points that a rate lacks to its goal, or has above it: the difference of the two as they are told."""
    if value < goal:
        return tenths.told(tenths.missing(value, goal))
    return tenths.told(tenths.nearest(value) - tenths.nearest(goal))


def _box(field: str, rate: Rate, goal: float | None, months: list[Any]) -> dict[str, Any]:
    said = ""
    if goal is not None and rate.percent is not None:
        said = _outlook([found[field].percent for _, found in months], goal, rate.percent)
    return {
        "name": pick(fields_of_work()[field], "name"), "rate": rate, "goal": goal, "said": said,
        "share": "" if rate.percent is None else share(rate.percent, goal),
        "electronic": rate.electronic, "filed": rate.filed,
    }  # fmt: skip


def _outlook(percents: list[float | None], goal: float, present: float) -> str:
    if present >= goal:
        return translate("Đạt mục tiêu {goal}.", goal=percent(goal))
    missing = translate("Mục tiêu {goal}, thiếu {points} điểm.", goal=percent(goal), points=points(present, goal))
    months = reached_in(percents, goal)
    if not months:
        return f"{missing} {translate('Theo đà ba tháng qua thì chưa thấy khi nào đạt.')}"
    reached = months_between(_months_on(today(), months), back=1)[0]
    return f"{missing} {translate('Theo đà ba tháng qua, đạt vào tháng {month}.', month=f'{reached:%m/%Y}')}"


def _months_on(day: date, months: int) -> date:
    ends = day.year * 12 + day.month - 1 + months
    return date(ends // 12, ends % 12 + 1, 1)


def _row(one: Standing) -> dict[str, Any]:
    return {
        "name": pick(one.area, "name"), "percent": one.rate.percent, "filed": one.rate.filed, "goal": one.goal,
        "gap": one.gap, "is_below": one.is_below,
        "participation": one.rates.get(PARTICIPATION, NOTHING).percent,
        "gap_words": _gap(one.rate.percent, one.goal),
        "share": "" if one.rate.percent is None else share(one.rate.percent, one.goal),
    }  # fmt: skip


def _gap(rate: float | None, goal: float | None) -> str:
    if rate is None or goal is None:
        return ""
    return f"{'−' if rate < goal else '+'}{points(rate, goal)}"


def tables_of(rows: list[Standing], months: list[Any]) -> list[Table]:
    """The page's tables: places, months."""
    places = [
        (
            pick(one.area, "name"), one.rate.filed, one.rate.electronic, one.rate.percent, one.goal,
            one.rates.get(PARTICIPATION, NOTHING).filed, one.rates.get(PARTICIPATION, NOTHING).percent,
        )
        for one in rows
    ]  # fmt: skip
    line_of = [
        (f"{month:%m/%Y}", found[POLICY].filed, found[POLICY].percent, found[PARTICIPATION].filed,
         found[PARTICIPATION].percent)
        for month, found in months
    ]  # fmt: skip
    return [
        Table(
            "noi", translate("Tỷ lệ theo nơi, thấp nhất trước"),
            (translate("Tên"), translate("Chính sách: hồ sơ"), translate("Nộp điện tử"), translate("Chính sách"),
             translate("Mục tiêu"), translate("Tham gia: hồ sơ"), translate("Tham gia")),
            places,
        ),
        Table(
            "thang", translate("Mười hai tháng"),
            (translate("Tháng"), translate("Chính sách: hồ sơ"), translate("Chính sách"), translate("Tham gia: hồ sơ"),
             translate("Tham gia")),
            line_of,
        ),
    ]  # fmt: skip


def _plot(months: list[Any], goal: float | None) -> dict[str, Any]:
    lines = [
        line("l1", [found[POLICY].percent for _, found in months]),
        line("l2", [found[PARTICIPATION].percent for _, found in months]),
    ]
    lines += [line("lt", [goal] * len(months))] if goal is not None else []
    words = translate("Tỷ lệ giao dịch điện tử mười hai tháng; số từng tháng ở bảng dưới hình")
    return plot(lines, [month for month, _ in months], words)


def kind_name(key: str) -> str:
    """Whose dossiers are counted."""
    names = {
        "": translate("Cá nhân và tổ chức"), "individual": translate("Cá nhân"), "organisation": translate("Tổ chức"),
    }  # fmt: skip
    return names[key]


def target_words(target: ElectronicTarget) -> str:
    """`90,0 % đến 31/12/2026`, or which field's rate is to be reached."""
    day = date_vi(target.by_day)
    if target.permille is not None:
        return translate("{share} đến {day}", share=percent(target.permille / 10), day=day)
    other = pick(fields_of_work()[target.as_field], "name")
    return translate("bằng tỷ lệ lĩnh vực “{field}” của chính tỉnh đó, đến {day}", field=other, day=day)


def _past(target: ElectronicTarget) -> dict[str, Any]:
    return {
        "field": pick(fields_of_work()[target.field], "name"), "kind": kind_name(target.kind),
        "words": target_words(target), "document": target.document, "by": target.set_by.full_name,
        "at": target.set_at, "replaced_at": target.replaced_at,
    }  # fmt: skip


_TYPED = ("field", "kind", "goal", "percent", "document", "by.day", "by.month", "by.year")


def _set(request: HttpRequest, officer: OfficerActor) -> None:
    given = {name: request.POST.get(name, "").strip() for name in _TYPED}
    try:
        by_day = date(int(given["by.year"]), int(given["by.month"]), int(given["by.day"]))
    except ValueError:
        raise Invalid("target-day", "Chưa đúng ngày phải đạt mục tiêu. Xin nhập đủ ngày, tháng, năm.") from None
    goal = Goal(as_field=PARTICIPATION) if given["goal"] == "same" else Goal(permille=_permille(given["percent"]))
    set_target(
        field=given["field"], kind=given["kind"], by_day=by_day, goal=goal, document=given["document"], actor=officer,
        at=now(),
    )  # fmt: skip


def _permille(typed: str) -> int | None:
    try:
        value = float(typed.replace(",", ".").removesuffix("%").strip())
    except ValueError:
        return None
    return round(value * 10) if 0 < value <= 100 else None
