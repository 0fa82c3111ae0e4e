"""The rules of watching readings, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ansinh.people.dated_rules import in_force, newest, rows_of
from ansinh.platform.errors import Invalid

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Choice:
    """A purpose, or a legal ground of breaking the glass, to choose from."""

    code: str
    name_vi: str
    name_en: str
    basis: str = ""


@dataclass(frozen=True)
class Misuse:
    """When readings outside one's own work are flagged; what each means stands in rules.yaml."""

    days: int
    night_from: int
    night_to: int
    outside_at_least: int
    outside_times_median: int
    duty_at_least: int
    duty_times_median: int
    surname_at_least: int
    surname_share_times: int
    closed_at_least: int
    night_at_least: int


def window(*, on: date) -> timedelta:
    """In one such span the same look is written once."""
    return _minutes("window_minutes", on=on)


def after_act(*, on: date) -> timedelta:
    """How long who did a step may look again."""
    return _minutes("after_act_minutes", on=on)


def opening_time(*, break_glass: bool, on: date) -> timedelta:
    """How long an opening holds."""
    return _minutes("break_glass_minutes" if break_glass else "opening_minutes", on=on)


def review_time(*, on: date) -> timedelta:
    """Within which a broken glass is judged."""
    return timedelta(hours=_value("review_within_hours", on=on))


def shows_names(*, on: date) -> bool:
    """Whether the person reads the officer's name, or title and staff code."""
    return bool(_value("reader_shown_as", on=on) == "name")


def reviewer_roles(*, on: date) -> frozenset[str]:
    """Who judges broken glasses and looks for misuse."""
    return frozenset(_value("reviewer_roles", on=on))


def misuse(*, on: date) -> Misuse:
    """The thresholds of a day."""
    row = newest(rows_of(FILE)["misuse"], on=on)
    return Misuse(**{name: row[name] for name in Misuse.__dataclass_fields__})


def purposes(*, on: date) -> list[Choice]:
    """Purposes of reading outside one's own work."""
    return _choices("purposes", on=on)


def legal_grounds(*, on: date) -> list[Choice]:
    """Legal grounds of breaking the glass."""
    return _choices("legal_grounds", on=on)


def chosen(code: str, *, break_glass: bool, on: date) -> Choice:
    """The purpose or ground of this code. Raises Invalid."""
    known = legal_grounds(on=on) if break_glass else purposes(on=on)
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise Invalid("purpose-unknown", "Chưa chọn mục đích. Xin chọn một mục trong danh sách.")
    return found


def named(code: str) -> Choice:
    """A purpose or ground of any day, to show what was chosen once."""
    known = [*rows_of(FILE)["purposes"], *rows_of(FILE)["legal_grounds"]]
    return next((_choice(row) for row in reversed(known) if row["code"] == code), Choice(code, code, code))


def sentence(text: str, *, on: date) -> str:
    """A reason with something in it. Raises Invalid for a blank or a few letters."""
    words = " ".join(text.split())
    if sum(letter.isalnum() for letter in words) < _value("shortest_sentence", on=on):
        raise Invalid("reason-too-short", "Lý do quá ngắn. Xin viết một câu cụ thể; người có hồ sơ đọc được câu này.")
    return words[:500]


def _choices(topic: str, *, on: date) -> list[Choice]:
    return [_choice(row) for row in in_force(rows_of(FILE)[topic], on=on)]


def _choice(row: Any) -> Choice:
    return Choice(row["code"], row["name_vi"], row["name_en"], row.get("basis", ""))


def _minutes(topic: str, *, on: date) -> timedelta:
    return timedelta(minutes=_value(topic, on=on))


def _value(topic: str, *, on: date) -> Any:
    return newest(rows_of(FILE)[topic], on=on)["value"]
