"""Days that are not what their weekday says, with their names: what the public reads about closed counters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.law.calendar import DayKind, announced_years, dated_days, default_calendar
from ansinh.offices.models import ORDINARY, CalendarDay

FIXED = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 1): "Quốc khánh",
    (9, 2): "Quốc khánh",
    (9, 3): "Quốc khánh",
    (11, 24): "Ngày Văn hóa Việt Nam",
}
COMPENSATION = "Nghỉ bù"
NEW_YEAR, KINGS = "Tết Nguyên đán", "Giỗ Tổ Hùng Vương"


@dataclass(frozen=True)
class SpecialDay:
    """One day off, or one worked instead. `announced` is false when the day is computed and may still change."""

    day: date
    kind: DayKind
    name_vi: str
    basis_vi: str = ""
    announced: bool = True

    @property
    def is_closed(self) -> bool:
        """Whether counters are closed on it."""
        return self.kind is not DayKind.MAKE_UP_WORKING


def special_days(first: date, last: date) -> list[SpecialDay]:
    """Special days from `first` to `last`, both included, in order; the administrator's rows win."""
    found = {day: _computed(day, kind) for day, kind in default_calendar().days.items() if first <= day <= last}
    found |= {
        one.day: SpecialDay(one.day, one.kind, one.name, one.basis) for one in dated_days() if first <= one.day <= last
    }
    for row in CalendarDay.objects.filter(day__range=(first, last)):
        found.pop(row.day, None)
        if row.kind != ORDINARY:
            found[row.day] = SpecialDay(row.day, DayKind(row.kind), row.name_vi, row.legal_basis)
    return [found[day] for day in sorted(found)]


def next_closed_day(today: date, *, within: int) -> SpecialDay | None:
    """The first special day without counters from today on, at most `within` days ahead."""
    ahead = special_days(today, today + timedelta(days=within))
    return next((one for one in ahead if one.is_closed), None)


def _computed(day: date, kind: DayKind) -> SpecialDay:
    if kind is DayKind.COMPENSATORY_OFF:
        name = COMPENSATION
    else:
        name = FIXED.get((day.month, day.day)) or (NEW_YEAR if day.month <= 2 else KINGS)
    return SpecialDay(day, kind, name, announced=day.year in announced_years())
