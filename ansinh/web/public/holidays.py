"""Days on which counters are closed, and Saturdays worked instead: this year and the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from ansinh.offices.closed_days import KINGS, NEW_YEAR, SpecialDay, special_days
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, weekday_vi
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.formats import first_upper, lunar_day
from ansinh.web.public.frame import frame, show

NAMES = (
    "Tết Dương lịch", "Tết Nguyên đán", "Giỗ Tổ Hùng Vương", "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh",
    "Ngày Văn hóa Việt Nam", "Nghỉ bù", "Nghỉ bù Tết Nguyên đán", "Nghỉ bù Giỗ Tổ Hùng Vương", "Nghỉ hoán đổi",
    "Làm bù", "Làm bù ngày 02/01", "Làm bù ngày 31/08",
)  # fmt: skip
"""Names of days that are translated; an administrator's own names stay as written."""


@public_page
def holidays(request: HttpRequest) -> HttpResponse:
    """The calendar of this year and the next."""
    year = today().year
    days = special_days(date(year, 1, 1), date(year + 1, 12, 31))
    return show(
        request,
        "public/holidays.html",
        frame(request, translate("Lịch nghỉ của cơ quan BHXH")),
        coming=[_line(one) for one in days if one.day >= today()][:1],
        years=[
            {
                "year": one,
                "announced": all(day.announced for day in days if day.day.year == one),
                "rows": [[_day(day), _name(day), _counter(day)] for day in days if day.day.year == one],
            }
            for one in (year, year + 1)
        ],
    )


def _line(one: SpecialDay) -> dict[str, Any]:
    return {"day": one.day, "name": translate(one.name_vi), "closed": one.is_closed}


def _counter(one: SpecialDay) -> str:
    return translate("Quầy đóng cửa.") if one.is_closed else translate("Quầy mở cửa.")


def _day(one: SpecialDay) -> str:
    return f"{first_upper(translate(weekday_vi(one.day)))} {date_vi(one.day)}"


def _name(one: SpecialDay) -> str:
    """The name; a feast of the moon with its lunar day."""
    name = translate(one.name_vi)
    return f"{name} ({lunar_day(one.day)})" if one.name_vi in (NEW_YEAR, KINGS) else name
