"""Months, quarters and years that numbers are told for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ansinh.platform.errors import Invalid

_FORM = re.compile(r"(?P<year>20[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2])|-[qQ](?P<quarter>[1-4]))?")


@dataclass(frozen=True)
class Period:
    """Whole months; `key` is `2026-11`, `2026-Q4` or `2026`."""

    key: str
    first: date
    last: date


def period(key: str, *, today: date) -> Period:
    """The period of this key, the present month for none. Raises Invalid for one that is none or has not begun."""
    found = _FORM.fullmatch(key.strip() or f"{today:%Y-%m}")
    if found is None:
        raise Invalid("period-form", "Chưa đúng kỳ. Xin ghi tháng 2026-11, quý 2026-Q4 hoặc năm 2026.")
    year = int(found["year"])
    begins, length = 1, 12
    if found["month"]:
        begins, length = int(found["month"]), 1
    elif found["quarter"]:
        begins, length = 3 * int(found["quarter"]) - 2, 3
    first = date(year, begins, 1)
    if first > today:
        raise Invalid("period-future", "Kỳ này chưa bắt đầu nên chưa có số liệu. Xin chọn kỳ khác.")
    ends = begins + length - 1
    return Period(found[0].upper(), first, date(year, ends, calendar.monthrange(year, ends)[1]))


def periods_before(today: date) -> list[str]:
    """Keys to choose from: the last thirteen months, five quarters, two years, newest first."""
    months = [f"{month:%Y-%m}" for month in reversed(months_between(today, back=13))]
    quarters = sorted({f"{month.year}-Q{(month.month + 2) // 3}" for month in months_between(today, back=13)})
    return [*months, *reversed(quarters), str(today.year), str(today.year - 1)]


def months_between(last: date, *, back: int) -> list[date]:
    """The first days of so many months, the last of them that of `last`."""
    ends = last.year * 12 + last.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(ends - back + 1, ends + 1)]
