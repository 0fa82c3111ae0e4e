"""The law for callers that do not know it: every wrong input is named at once, nothing unknown passes in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.declared import Declaration, declaration, faults
from ansinh.law.errors import BadInput, FigureMissing, LawError, MissingInput
from ansinh.law.outcome import Outcome
from ansinh.law.working import read_month
from ansinh.law.written import as_declared

EVENT_DATE = "event_date"
_YEARS = (1960, 2100)


class InputsRefused(LawError):
    """Some inputs cannot be used; ``faults`` has (path, error) of each."""

    def __init__(self, faults: tuple[tuple[str, LawError], ...]) -> None:
        super().__init__(
            "inputs-refused",
            "Một số dữ liệu thiếu hoặc sai. Xin sửa các mục được nêu rồi gửi lại.",
            "Some inputs are missing or wrong. Correct the ones named and send them again.",
        )
        self.faults = faults


def calculate_checked(benefit: str, *, inputs: Mapping[str, object], event_date: object) -> Outcome:
    """The outcome of a benefit for inputs as they were sent; ``event_date`` is YYYY-MM-DD, or YYYY-MM for its first.

    Raises ``UnknownBenefit``, ``InputsRefused`` with every fault, or another ``LawError`` of the rule.
    """
    declared = declaration(benefit)
    inputs = as_declared(declared, inputs)
    found = [*_faults_of_day(event_date), *faults(declared, inputs)]
    if found:
        raise InputsRefused(tuple(found))
    try:
        return calculate(benefit, inputs=inputs, event_date=_day(event_date))
    except MissingInput as missing:
        raise InputsRefused(_missing(declared, inputs, missing)) from missing
    except BadInput as bad:
        raise InputsRefused(((str(bad.facts["name"]), bad),)) from bad
    except FigureMissing as missing:
        raise InputsRefused(((EVENT_DATE, missing),)) from missing


def _missing(
    declared: Declaration, inputs: Mapping[str, object], first: MissingInput
) -> tuple[tuple[str, LawError], ...]:
    """The input the rule asked for, and all others that are always needed."""
    names = [str(first.facts["name"]), *(one.name for one in declared.inputs if one.required)]
    return tuple((name, MissingInput(name)) for name in dict.fromkeys(names) if inputs.get(name) is None)


def _faults_of_day(event_date: object) -> list[tuple[str, LawError]]:
    if event_date in (None, ""):
        return [(EVENT_DATE, MissingInput(EVENT_DATE))]
    try:
        year = _day(event_date).year
    except BadInput as bad:
        return [(EVENT_DATE, bad)]
    return [] if _YEARS[0] <= year <= _YEARS[1] else [(EVENT_DATE, BadInput(EVENT_DATE, event_date))]


def _day(given: object) -> date:
    if not isinstance(given, (str, date)):
        raise BadInput(EVENT_DATE, given)
    if isinstance(given, date):
        return given
    month = read_month(EVENT_DATE, given)
    return month.first_day if len(given) == 7 else date.fromisoformat(given)
