"""Filters of the templates: how amounts, days, telephones, digests and typed answers are written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ansinh.law.lunar import lunar
from ansinh.law.outcome import FigureUsed, Outcome
from ansinh.law.quantities import exact, show
from ansinh.platform import vietnamese
from ansinh.platform.language import SOURCE, current, translate

LUNAR_MONTHS = (
    "Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp",
)  # fmt: skip


def doubts(outcome: Outcome) -> tuple[str, ...]:
    """What a result rests on that is not confirmed, in the reader's language."""
    return outcome.unconfirmed if current() == SOURCE else outcome.unconfirmed_en


def figure_value(used: FigureUsed) -> str:
    """The number of a figure with its unit; of a table or a word, where to look."""
    if isinstance(used.value, (int, float)) and not isinstance(used.value, bool):
        return f"{show(exact(used.value))} {used.unit}"
    return translate("theo bảng, xem các bước tính")


def weekday(day: date) -> str:
    """`thứ Sáu`, or `Friday`."""
    return translate(vietnamese.weekday_vi(day))


def first_upper(text: str) -> str:
    """The first letter large, the rest untouched (unlike `capitalize`)."""
    return text[:1].upper() + text[1:]


def clock(moment: datetime) -> str:
    """`09:05` in Vietnam's zone."""
    return moment.astimezone(vietnamese.ZONE).strftime("%H:%M")


def month_year(day: date) -> str:
    """`tháng 11 năm 2026`, or `November 2026`."""
    return translate("{month} năm {year}", month=translate(f"tháng {day.month}"), year=day.year)


def lunar_day(day: date) -> str:
    """`13 tháng Mười âm lịch`, by the lunar calendar at UTC+7."""
    found = lunar(day.astimezone(vietnamese.ZONE).date() if isinstance(day, datetime) else day)
    names = {"day": found.day, "month": LUNAR_MONTHS[found.month - 1], "number": found.month}
    if found.leap:
        return translate("{day} tháng {month} nhuận âm lịch", **names)
    return translate("{day} tháng {month} âm lịch", **names)


def mask_phone(number: str) -> str:
    """`09•• ••• 278`: the first two and last three digits; anything too short is hidden whole."""
    digits = "".join(character for character in number if character.isdigit())
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if len(digits) < 9:
        return "•" * len(digits)
    hidden = digits[:2] + "•" * (len(digits) - 5) + digits[-3:]
    return vietnamese.NO_BREAK_SPACE.join((hidden[:4], hidden[4:-3], hidden[-3:]))


def groups4(digest: str) -> str:
    """A digest in groups of four, so that two people can compare it by eye."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def date_parts(value: Any) -> Mapping[str, str]:
    """Day, month and year of an answer for the three boxes: ISO text, a year alone, a date, or what was typed."""
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "") for part in ("day", "month", "year")}
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    year, month, day = (*text[:10].split("-"), "", "")[:3]
    return {"day": day, "month": month, "year": year}


def dong(value: Any) -> str:
    """An amount for its field, dots between thousands; what is no whole number stays as it was typed."""
    if isinstance(value, int) and not isinstance(value, bool):
        return vietnamese.number(value)
    return str(value or "")


def shown_date(text: str) -> str:
    """A birth date as it is stored, `1990-05-12` or `1990`, as people write it."""
    return vietnamese.date_vi(date.fromisoformat(text)) if len(text) == 10 else text
