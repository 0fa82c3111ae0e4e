"""Runner of worked cases: a file of cases in, one verdict a case out.

A case that cannot be read fails alone, with a sentence: the others of its file still run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import yaml

from ansinh.law.calculate import calculate
from ansinh.law.declared import UnknownInput, declarations
from ansinh.law.errors import LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.outcome import Outcome, plain
from ansinh.law.quantities import exact, whole_dong
from ansinh.law.written import as_declared, as_number

UNREADABLE = "?"
"""Benefit of an entry that names none."""
_NUMBERS = (int, float, Fraction)
_COUNT_WORDS = frozenset(("months", "days", "years", "percent", "percents", "times", "limit"))
_MONEY_WORD = "amount"


@dataclass(frozen=True)
class Case:
    """One worked case of a file; ``fault`` is the sentence why it cannot be read as one, and it then fails."""

    id: str
    benefit: str
    event_date: date
    inputs: Mapping[str, object]
    expected: Mapping[str, object]
    tolerance: Fraction
    fault: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of a case; ``problems`` are sentences, empty when it passed."""

    case: Case
    got: Mapping[str, object]
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every expected value was met."""
        return not self.problems


class CaseFileError(LawError):
    """A case file cannot be read."""


def read_cases(path: Path) -> list[Case]:
    """The cases of a YAML file with a list ``cases``; raises ``CaseFileError`` for a file without such a list.

    An entry that is no case is kept with its ``fault``: the others run all the same.
    """
    try:
        content = read_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CaseFileError("case-file-unreadable", f"Không đọc được tệp {path}: {error}") from None
    listed = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise CaseFileError("case-file-shape", f"Tệp {path} không có danh sách “cases”.")
    return [_case(number, entry) for number, entry in enumerate(listed, start=1)]


def run_case(case: Case) -> Verdict:
    """Calculate a case and compare the expected keys only; a case that expects nothing fails.

    Money is compared in whole đồng and within the tolerance; counts must be equal.
    """
    if case.fault:
        return Verdict(case, {}, (case.fault,))
    if not case.expected:
        return Verdict(case, {}, ("Ví dụ không nêu kết quả mong đợi nào trong “expected”. Hãy bổ sung.",))
    try:
        outcome = calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)
    except LawError as refusal:
        return Verdict(case, {}, (refusal.message_vi, *_unused(case)))
    got = {name: _result(outcome, name) for name in case.expected}
    problems = tuple(
        f"{name}: mong đợi {plain(wanted)}, "
        + ("kết quả không có mục này" if got[name] is None else f"tính được {got[name]}")
        for name, wanted in case.expected.items()
        if not _is_met(case, name, got[name])
    )
    return Verdict(case, got, (*problems, *_unused(case)) if problems else ())


def _unused(case: Case) -> tuple[str, ...]:
    """Why a failed case may have failed: inputs the calculation does not know. A case that is met may have more."""
    declared = declarations().get(case.benefit)
    unknown = () if declared is None else as_declared(declared, case.inputs).keys() - declared.by_name.keys()
    return tuple(UnknownInput(name, declared.by_name).message_vi for name in sorted(unknown)) if declared else ()


def _is_met(case: Case, name: str, got: object) -> bool:
    wanted = case.expected[name]
    if is_counted(name):
        return is_same(wanted, got)
    return is_same(_in_whole_dong(wanted), got, tolerance=case.tolerance)


def _in_whole_dong(value: object) -> object:
    """Money of a case, also inside lists and tables, rounded as results are."""
    if isinstance(value, (float, Fraction)):
        return whole_dong(exact(value))
    if isinstance(value, Mapping):
        return {key: item if is_counted(str(key)) else _in_whole_dong(item) for key, item in value.items()}
    return [_in_whole_dong(item) for item in value] if isinstance(value, list) else value


def is_counted(name: str) -> bool:
    """Whether a result is a count (days, months, percent …), to which no tolerance of money applies.

    ``days_amount`` is the money of the days.
    """
    words = name.split("_")
    return words[-1] != _MONEY_WORD and not _COUNT_WORDS.isdisjoint(words)


def is_same(wanted: object, got: object, *, tolerance: Fraction = Fraction(0)) -> bool:
    """Equal values: a month and its first day are the same, numbers may differ by the tolerance.

    Of a table only the entries wanted are compared; an empty one wants none.
    """
    if isinstance(wanted, bool) or isinstance(got, bool) or wanted is None or got is None:
        return wanted is got
    if isinstance(wanted, _NUMBERS) and isinstance(got, _NUMBERS):
        return abs(exact(wanted) - exact(got)) <= tolerance
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        wanted, got = _by_name(wanted), _by_name(got)
        has_all = wanted.keys() <= got.keys() if wanted else not got
        return has_all and all(is_same(wanted[key], got[key], tolerance=tolerance) for key in wanted)
    if isinstance(wanted, (list, tuple)) and isinstance(got, (list, tuple)):
        return len(wanted) == len(got) and all(
            is_same(one, other, tolerance=tolerance) for one, other in zip(wanted, got, strict=True)
        )
    if isinstance(got, _NUMBERS) and isinstance(wanted, str):
        return _is_written_number(wanted, got, tolerance)
    return _month_form(wanted) == _month_form(got)


def _by_name(table: Mapping[object, object]) -> dict[str, object]:
    """A table by the text of its keys: YAML reads a key such as 2026-07-01 as a date."""
    return {_month_form(key): value for key, value in table.items()}


def _is_written_number(wanted: str, got: float | Fraction, tolerance: Fraction) -> bool:
    try:
        return abs(exact(as_number(wanted)) - exact(got)) <= tolerance
    except (ValueError, ZeroDivisionError):
        return False


def _result(outcome: Outcome, name: str) -> object:
    if name == "amount" and "amount" not in outcome.values:
        return outcome.amount
    return plain(outcome.values.get(name))


def _month_form(value: object) -> str:
    text = str(plain(value))
    return text[:7] if len(text) == 10 and text.endswith("-01") else text


def _case(number: int, entry: object) -> Case:
    """The entry as a case; what is wrong with its shape is its fault."""
    given = entry if isinstance(entry, dict) else {}
    named = {"id": str(given.get("id") or f"#{number}"), "benefit": str(given.get("benefit") or UNREADABLE)}
    try:
        return Case(
            **named,
            event_date=_day(given["event_date"]),
            inputs=_table(given, "inputs"),
            expected=_table(given, "expected"),
            tolerance=_tolerance(given.get("tolerance")),
            fault="" if isinstance(given["benefit"], str) else _wrong("benefit", given["benefit"], "tên một chế độ"),
        )
    except KeyError as missing:
        fault = f"Ví dụ thứ {number} thiếu “{missing.args[0]}”. Hãy bổ sung rồi chạy lại."
    except ValueError as wrong:
        fault = str(wrong)
    if not isinstance(entry, dict):
        fault = f"Ví dụ thứ {number} không phải bảng giá trị (id, benefit, event_date, inputs, expected). Hãy sửa lại."
    return Case(**named, event_date=date.min, inputs={}, expected={}, tolerance=Fraction(0), fault=fault)


def _table(given: Mapping[str, object], name: str) -> dict[str, object]:
    """A table of values; inputs may be left empty."""
    value = given[name] if name == "expected" else given.get(name)
    if value is None and name == "inputs":
        return {}
    if not isinstance(value, dict):
        raise ValueError(_wrong(name, value, "bảng tên: giá trị"))
    return {str(key): item for key, item in value.items()}


def _day(value: object) -> date:
    """A date; a month stands for its first day, a year for its first of January."""
    if isinstance(value, datetime):
        return value.date()
    text = str(value)
    try:
        return date.fromisoformat(text + {4: "-01-01", 7: "-01"}.get(len(text), ""))
    except ValueError:
        raise ValueError(_wrong("event_date", value, "ngày có trong lịch, dạng YYYY-MM-DD")) from None


def _tolerance(value: object) -> Fraction:
    try:
        tolerance = Fraction(str(value or 0))
    except (ValueError, ZeroDivisionError):
        tolerance = Fraction(-1)
    if tolerance < 0:
        raise ValueError(_wrong("tolerance", value, "số đồng từ 0 trở lên"))
    return tolerance


def _wrong(name: str, value: object, wanted: str) -> str:
    return f"“{name}” là {value!s:.60}, cần {wanted}. Hãy sửa rồi chạy lại."
