"""Due dates of dossiers: counted from events and intervals, never by a job.

Civil Code 2015 articles 147-148 for the counting, decree 118/2025/NĐ-CP for the pauses. The due
date depends only on the start, the limit, the rows and the calendar: recomputing changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import Unit, count_days, nominal, working_days_between
from ansinh.law.errors import LawError
from ansinh.law.outcome import Step

__all__ = ["Due", "Extension", "Limit", "Pause", "Unit", "due", "extended", "working_days_between"]

Effect = Literal["resume", "restart", "new_limit"]


_UNIT_WORDS = {
    Unit.WORKING_DAY: ("ngày làm việc", "working days"),
    Unit.CALENDAR_DAY: ("ngày", "days"),
    Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS: (
        "ngày không kể ngày nghỉ lễ, tết",
        "days not counting public holidays",
    ),
    Unit.SAME_DAY: ("ngay trong ngày", "the same day"),
    Unit.IMMEDIATE: ("ngay tại chỗ", "on the spot"),
}


@dataclass(frozen=True)
class Limit:
    """A period of ``value`` days of ``unit`` (value is 0 for same-day and immediate)."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 0 or (self.value == 0 and not self.unit.is_at_once):
            raise LawError("bad-limit", "Thời hạn phải có ít nhất một ngày.", value=self.value)

    @property
    def words_vi(self) -> str:
        """In words: “7 ngày làm việc”."""
        return _UNIT_WORDS[self.unit][0] if self.unit.is_at_once else f"{self.value} {_UNIT_WORDS[self.unit][0]}"

    @property
    def words_en(self) -> str:
        """In English words."""
        return _UNIT_WORDS[self.unit][1] if self.unit.is_at_once else f"{self.value} {_UNIT_WORDS[self.unit][1]}"


@dataclass(frozen=True)
class Pause:
    """From the day a supplement was asked to the day it was complete (None: still open)."""

    requested_on: date
    completed_on: date | None
    after_closing: bool = False

    def __post_init__(self) -> None:
        if self.completed_on is not None and self.completed_on < self.requested_on:
            raise LawError(
                "pause-ends-before-it-begins",
                "Ngày bổ sung đủ không thể trước ngày yêu cầu bổ sung.",
            )


@dataclass(frozen=True)
class Extension:
    """A lawful extension: another limit in place of the first, or days added to it."""

    replaces: Limit | None
    adds: int
    ground: str


@dataclass(frozen=True)
class Due:
    """When the result is due.

    ``on`` is the promised day and ``nominal_on`` the day before any move to a working day; both
    are None while a supplement is awaited. ``days_used`` counts the days of the kind used up to
    and including the last counted request; ``days_left`` is given only while paused.
    """

    on: date | None
    nominal_on: date | None
    paused: bool
    days_left: int | None
    days_used: int
    steps: tuple[Step, ...]


def due(
    *,
    started_on: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    effect: Effect = "resume",
    new_limit: Limit | None = None,
    calendar: WorkCalendar,
) -> Due:
    """The due date of a dossier accepted on ``started_on``.

    A request before acceptance or after the due date pauses nothing. ``effect`` says what a
    complete supplement does: the count goes on, begins again, or ``new_limit`` runs from it.
    """
    if effect == "new_limit" and new_limit is None:
        raise LawError("new-limit-missing", "Thiếu thời hạn mới áp dụng sau khi bổ sung đủ.")
    clock = _Clock(started_on, extended(limit, extensions), calendar)
    renewed = extended(new_limit, extensions) if new_limit is not None else None
    counted: list[Pause] = []
    result = clock.due_after(counted, effect=effect, new_limit=renewed)
    for pause in sorted(pauses, key=_by_request):
        late = result.on is not None and pause.requested_on > result.on
        if pause.requested_on < started_on or late:
            continue
        counted.append(pause)
        result = clock.due_after(counted, effect=effect, new_limit=renewed)
    grounds = tuple(_extension_step(extension) for extension in extensions)
    return replace(result, steps=(clock.first_step(), *grounds, *result.steps))


def extended(limit: Limit, extensions: Sequence[Extension]) -> Limit:
    """The limit after its extensions, in the order they were granted."""
    for extension in extensions:
        limit = extension.replaces or limit
        if extension.adds:
            limit = Limit(limit.value + extension.adds, limit.unit)
    return limit


@dataclass(frozen=True)
class _Clock:
    started_on: date
    limit: Limit
    calendar: WorkCalendar

    def due_after(self, pauses: Sequence[Pause], *, effect: Effect, new_limit: Limit | None) -> Due:
        """The due date with these pauses, every one of them counted."""
        awaiting = any(pause.completed_on is None for pause in pauses)
        if pauses and effect != "resume":
            return self._begun_again(pauses, new_limit if effect == "new_limit" else None, awaiting)
        spans = _union(pauses)
        used = self._used(spans)
        if awaiting:
            left = max(0, self.limit.value - used)
            return Due(None, None, True, left, used, (*self._pause_steps(spans), _open_step(left)))
        if self.limit.unit.is_at_once:
            return self._at_once(pauses)
        paused = sum(self._days(span[0], span[1] or span[0]) for span in spans)
        unmoved = self._nominal(self.started_on, self.limit.value + paused)
        earliest = self._earliest(spans)
        on = max(self.calendar.working_day_on_or_after(unmoved), earliest)
        steps = (*self._pause_steps(spans), *self._end_steps(unmoved, on))
        return Due(on, unmoved, False, None, used, steps)

    def first_step(self) -> Step:
        """The start and the limit in words."""
        vi, en = _UNIT_WORDS[self.limit.unit]
        number = "" if self.limit.unit.is_at_once else f"{self.limit.value} "
        return Step(
            f"Tiếp nhận ngày {_vi(self.started_on)}, thời hạn {number}{vi}, tính từ ngày kế tiếp",
            f"Accepted on {self.started_on}, limit {number}{en}, counted from the next day",
            f"{self.started_on} + {number}{self.limit.unit.value}",
            "Bộ luật Dân sự 2015, Điều 147",
        )

    def _begun_again(self, pauses: Sequence[Pause], new_limit: Limit | None, awaiting: bool) -> Due:
        """The effects restart and new_limit: a whole limit runs from the complete supplement."""
        limit = new_limit or self.limit
        used = self._used(_union(pauses))
        if awaiting:
            return Due(None, None, True, limit.value, used, (_open_step(limit.value),))
        arrival = max(pause.completed_on for pause in pauses if pause.completed_on is not None)
        if limit.unit.is_at_once:
            return replace(_Clock(self.started_on, limit, self.calendar)._at_once(pauses))
        clock = _Clock(arrival, limit, self.calendar)
        unmoved = clock._nominal(arrival, limit.value)
        on = self.calendar.working_day_on_or_after(unmoved)
        step = Step(
            f"Bổ sung đủ ngày {_vi(arrival)}: tính {limit.value} {_UNIT_WORDS[limit.unit][0]} kể từ ngày này",
            f"Supplement complete on {arrival}: {limit.value} {_UNIT_WORDS[limit.unit][1]} from it",
            f"{arrival} + {limit.value} = {unmoved}",
            "Nghị định 118/2025/NĐ-CP",
        )
        return Due(on, unmoved, False, None, used, (step, *clock._end_steps(unmoved, on)))

    def _at_once(self, pauses: Sequence[Pause]) -> Due:
        arrivals = [(pause.completed_on, pause.after_closing) for pause in pauses]
        arrival, after_closing = max(
            ((day, late) for day, late in arrivals if day is not None),
            default=(self.started_on, False),
        )
        on = (
            self.calendar.next_working_day(arrival) if after_closing else self.calendar.working_day_on_or_after(arrival)
        )
        return Due(on, arrival, False, None, 0, self._end_steps(arrival, on))

    def _used(self, spans: Sequence[tuple[date, date | None]]) -> int:
        """Days of the kind used up to and including the last request of the union."""
        if not spans:
            return 0
        return self._days(self.started_on, spans[-1][0]) - sum(
            self._days(asked, arrived) for asked, arrived in spans[:-1] if arrived is not None
        )

    def _earliest(self, spans: Sequence[tuple[date, date | None]]) -> date:
        """No day left at a request: at least the first working day after the arrival."""
        earliest = self.started_on
        for index, (_, arrived) in enumerate(spans, start=1):
            if arrived is not None and self._used(spans[:index]) >= self.limit.value:
                earliest = max(earliest, self.calendar.next_working_day(arrived))
        return earliest

    def _days(self, after: date, until: date) -> int:
        return count_days(after, until, self.limit.unit, calendar=self.calendar)

    def _nominal(self, start: date, days: int) -> date:
        return nominal(start, days, self.limit.unit, calendar=self.calendar)

    def _pause_steps(self, spans: Sequence[tuple[date, date | None]]) -> tuple[Step, ...]:
        return tuple(
            Step(
                f"Tạm dừng từ ngày {_vi(asked)} đến ngày {_vi(arrived)} chờ bổ sung",
                f"Paused from {asked} to {arrived} for the supplement",
                f"+ {self._days(asked, arrived)}",
                "Nghị định 118/2025/NĐ-CP",
            )
            for asked, arrived in spans
            if arrived is not None
        )

    def _end_steps(self, unmoved: date, on: date) -> tuple[Step, ...]:
        if unmoved == on:
            return (_plain_end(on),)
        return (
            Step(
                f"Hết hạn ngày {_vi(unmoved)}, chuyển sang ngày làm việc {_vi(on)}",
                f"The period ends on {unmoved}, moved to the working day {on}",
                f"{unmoved} → {on}",
                "Bộ luật Dân sự 2015, Điều 148",
            ),
        )


def _union(pauses: Sequence[Pause]) -> list[tuple[date, date | None]]:
    """Pauses in order with overlapping ones joined; an open one swallows all after it."""
    spans: list[tuple[date, date | None]] = []
    for pause in sorted(pauses, key=_by_request):
        if spans:
            asked, arrived = spans[-1]
            if arrived is None:
                break
            if pause.requested_on <= arrived:
                end = pause.completed_on
                spans[-1] = (asked, None if end is None else max(arrived, end))
                continue
        spans.append((pause.requested_on, pause.completed_on))
    return spans


def _by_request(pause: Pause) -> tuple[date, date]:
    return pause.requested_on, pause.completed_on or date.max


def _extension_step(extension: Extension) -> Step:
    new = extension.replaces
    arithmetic = f"= {new.value} {new.unit.value}" if new else f"+ {extension.adds}"
    return Step(f"Gia hạn: {extension.ground}", f"Extended: {extension.ground}", arithmetic, extension.ground)


def _open_step(left: int) -> Step:
    return Step(
        f"Đang chờ bổ sung hồ sơ nên chưa có ngày trả; còn {left} ngày",
        f"Waiting for the supplement, so there is no due date; {left} days left",
        f"{left}",
        "Nghị định 118/2025/NĐ-CP",
    )


def _plain_end(on: date) -> Step:
    return Step(
        f"Hết hạn vào cuối ngày {_vi(on)}",
        f"The period ends at the end of {on}",
        f"{on}",
        "Bộ luật Dân sự 2015, Điều 148",
    )


def _vi(day: date) -> str:
    return f"{day:%d/%m/%Y}"
