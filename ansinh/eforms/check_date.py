"""Checks of days and months: in the calendar, and between the bounds of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ansinh.eforms.definition import Field
from ansinh.eforms.problems import Problem, problem_at
from ansinh.eforms.reading import date_parts, days_of_month
from ansinh.platform.vietnamese import date_vi

MONTHS_FROM_TODAY = re.compile(r"today([+-]\d{1,3})m")
"""A bound so many months after or before today."""
_OLDEST_YEAR = 1900
_NEWEST_YEAR = 2100


def check_date(field: Field, value: Any, *, path: str, around: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """Problems of a day (ISO text, or the person's own text when it could not be read)."""
    text = str(value)
    if re.fullmatch(r"\d{4}", text) and field.year_only:
        if not _OLDEST_YEAR <= int(text) <= today.year:
            yield problem_at(
                path, field, "year-out-of-range",
                "Năm {text} không thể là năm của {label}. Xin xem lại {source}.", text=text,
            )  # fmt: skip
        return
    day = _iso(text)
    if day is None:
        yield _not_a_date(field, text, path)
        return
    if not _OLDEST_YEAR <= day.year <= _NEWEST_YEAR:
        yield problem_at(
            path, field, "year-out-of-range",
            "Năm {text} không thể là năm của {label}. Xin xem lại {source}.", text=str(day.year),
        )  # fmt: skip
        return
    yield from _check_bounds(field, day, path, around, today)


def check_month(field: Field, value: Any, *, path: str, around: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """Problems of a month ``YYYY-MM``."""
    text = str(value)
    first = _iso(f"{text}-01") if re.fullmatch(r"\d{4}-\d{2}", text) else None
    if first is not None and not _OLDEST_YEAR <= first.year <= _NEWEST_YEAR:
        yield problem_at(
            path, field, "year-out-of-range",
            "Năm {text} không thể là năm của {label}. Xin xem lại {source}.", text=str(first.year),
        )  # fmt: skip
        return
    if first is None:
        yield problem_at(
            path, field, "not-a-month",
            "“{text}” chưa đọc được thành tháng. Xin nhập tháng và năm, ví dụ 05/2026.",
            text=text,
        )  # fmt: skip
        return
    yield from _check_bounds(field, first, path, around, today)


def _check_bounds(field: Field, day: date, path: str, around: Mapping[str, Any], today: date) -> Iterator[Problem]:
    latest = _bound(field, field.latest, around, today)
    if latest is not None and day > latest:
        if field.latest == "today":
            yield problem_at(
                path, field, "in-the-future",
                "{day} ở sau hôm nay, {limit}, nên chưa thể là {label}. Xin xem lại {source}.",
                day=_show(field, day), limit=_show(field, latest),
            )  # fmt: skip
        elif field.type == "month":
            yield problem_at(
                path, field, "too-late",
                "{Label} là {day}, sau tháng muộn nhất {limit}. Xin xem lại {source}.",
                day=_show(field, day), limit=_show(field, latest),
            )  # fmt: skip
        else:
            yield problem_at(
                path, field, "too-late",
                "{Label} là {day}, sau ngày muộn nhất {limit}. Xin xem lại {source}.",
                day=_show(field, day), limit=date_vi(latest),
            )  # fmt: skip
    earliest = _bound(field, field.earliest, around, today)
    if earliest is not None and day < earliest:
        if field.type == "month":
            yield problem_at(
                path, field, "too-early",
                "{Label} là {day}, trước tháng sớm nhất {limit}. Xin xem lại {source}.",
                day=_show(field, day), limit=_show(field, earliest),
            )  # fmt: skip
            return
        yield problem_at(
            path, field, "too-early",
            "{Label} là {day}, trước ngày sớm nhất {limit}. Xin xem lại {source}.",
            day=_show(field, day), limit=date_vi(earliest),
        )  # fmt: skip


def _bound(field: Field, bound: str | None, around: Mapping[str, Any], today: date) -> date | None:
    day = _bound_day(bound, around, today)
    return day.replace(day=1) if day is not None and field.type == "month" else day  # the month of today is not past


def _bound_day(bound: str | None, around: Mapping[str, Any], today: date) -> date | None:
    if bound is None:
        return None
    if bound == "today":
        return today
    if months := MONTHS_FROM_TODAY.fullmatch(bound):
        return _months_after(today, int(months[1]))
    text = bound if bound[:4].isdigit() else str(around.get(bound) or "")
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1)
    return _iso(f"{text}-01" if len(text) == 7 else text)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_of_month(month + 1, year)))


def _not_a_date(field: Field, text: str, path: str) -> Problem:
    parts = date_parts(text)
    if parts is None and text.count("/") == 2 and all(part.strip() for part in text.split("/")):
        return problem_at(
            path, field, "not-a-date",
            "“{text}” chưa đọc được thành ngày. Xin nhập ngày, tháng, năm bằng chữ số, ví dụ 04/05/2026.",
            text=text,
        )  # fmt: skip
    if parts is None:
        return problem_at(
            path, field, "not-a-date",
            "“{text}” chưa đủ ngày, tháng, năm. Xin nhập đủ ba ô, ví dụ 04/05/2026.",
            text=text.strip("/") or text,
        )  # fmt: skip
    day, month, year = parts
    shown = f"{day:02d}/{month:02d}/{year}"
    if not 1 <= month <= 12:
        return problem_at(
            path, field, "no-such-month",
            "{day} không có trong lịch vì một năm có 12 tháng. Xin xem lại {source}.", day=shown,
        )  # fmt: skip
    if day < 1:
        return problem_at(
            path, field, "no-such-day",
            "{day} không có trong lịch vì tháng nào cũng bắt đầu từ ngày 01. Xin xem lại {source}.", day=shown,
        )  # fmt: skip
    if month == 2 and day == 29:
        return problem_at(
            path, field, "no-such-day",
            "{day} không có trong lịch vì năm {year} không nhuận. Xin xem lại {source}.",
            day=shown, year=year,
        )  # fmt: skip
    return problem_at(
        path, field, "no-such-day",
        "{day} không có trong lịch vì tháng {month} có {count} ngày. Xin xem lại {source}.",
        day=shown, month=month, count=days_of_month(month, max(year, 1)),
    )  # fmt: skip


def _show(field: Field, day: date) -> str:
    return f"{day:%m}/{day.year}" if field.type == "month" else date_vi(day)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
