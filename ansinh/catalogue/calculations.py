"""Turns the answers of a dossier into the inputs of the law, and calls it.

Which benefit, which answer feeds which input and which date decides stand in ``procedure.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ansinh.catalogue.folder import Calculation, ProcedureFolder, Source
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers
from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome, plain

Record = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Computed:
    """One benefit computed: for a table one for each row (``row``, named ``row_name``).

    ``amount`` is whole đồng. With a ``fault`` there is no outcome: the facts do not allow the
    rule, or there is none, and the officer enters the amount.
    """

    calculation: Calculation
    outcome: Outcome | None
    inputs: Mapping[str, Any]
    event_date: date
    amount: int | None
    row: int | None = None
    row_name: str = ""
    fault: LawError | None = None


def compute(
    folder: ProcedureFolder,
    answers: Mapping[str, Any],
    *,
    record: Record,
    today: date,
    records: Mapping[str, Record] | None = None,
) -> tuple[Computed, ...]:
    """All amounts of a dossier, in the order of ``procedure.yaml``.

    ``record`` holds register facts (``{"participation_record": {"six_month_average": …}}``), ``records`` those of the
    people of a list by insurance number (``people_of``).
    An input without a value is left out; the law then takes its own figure or refuses. A refusal
    is kept as the ``fault`` of its line, and of the lines that build on it.
    """
    asked = answers if folder.form is None else asked_answers(folder.form, answers)
    done: list[Computed] = []
    by_row: dict[int | None, dict[str, Computed]] = {}

    def of_row(row: int | None) -> Mapping[str, Computed]:
        """What was worked out before for this row, and for the dossier as a whole."""
        return {**by_row.get(None, {}), **by_row.get(row, {})}

    for calculation in folder.procedure.calculations:
        if calculation.when is not None and not evaluate(calculation.when, asked):
            continue
        paid = 0
        for row, cells in _rows(calculation, asked):
            if calculation.row_when is not None and not evaluate(calculation.row_when, asked, cells):
                continue
            facts = _facts_of(calculation, cells, record, records or {})
            computed = _compute_one(calculation, _Reader(asked, cells, of_row(row), facts, today), row)
            paid += bool(computed.amount)
            if calculation.paid_rows is not None and computed.amount and paid > calculation.paid_rows:
                computed = replace(computed, outcome=None, amount=None, fault=_too_many(calculation.paid_rows))
            done.append(computed)
            by_row.setdefault(row, {})[calculation.key] = computed
    return tuple(done)


def people_of(folder: ProcedureFolder, answers: Mapping[str, Any]) -> frozenset[str]:
    """The insurance numbers whose records the rows of the dossier's lists are worked out from."""
    asked = answers if folder.form is None else asked_answers(folder.form, answers)
    return frozenset(
        str(cells[one.record_of])
        for one in folder.procedure.calculations
        if one.record_of is not None
        for _, cells in _rows(one, asked)
        if cells is not None and cells.get(one.record_of)
    )


def _facts_of(
    calculation: Calculation, cells: Mapping[str, Any] | None, record: Record, records: Mapping[str, Record]
) -> Record:
    if calculation.record_of is None or cells is None:
        return record
    return records.get(str(cells.get(calculation.record_of) or ""), {})


def _compute_one(calculation: Calculation, reader: _Reader, row: int | None) -> Computed:
    event_date = reader.event(calculation.event)
    inputs: dict[str, Any] = {}
    outcome, fault = None, None
    if calculation.record_of is not None and not reader.record:
        fault = _no_record(str(reader.answer(calculation.record_of) or ""))
    elif calculation.not_computed_vi:
        fault = LawError("no-rule", calculation.not_computed_vi, calculation.not_computed_en)
    else:
        try:
            for name, source in calculation.inputs:
                if (value := reader.value(source)) is not None:
                    inputs[name] = value
            outcome = calculate(calculation.benefit, inputs=inputs, event_date=event_date)
        except LawError as refusal:
            fault = refusal
    return Computed(
        calculation=calculation,
        outcome=outcome,
        inputs=inputs,
        event_date=event_date,
        amount=_amount(calculation, outcome) if outcome else None,
        row=row,
        row_name=str(reader.answer(calculation.row_label) or "") if calculation.row_label else "",
        fault=fault,
    )


def _no_record(number: str) -> LawError:
    return LawError(
        "no-record",
        f"Mã số BHXH {number} không có trong sổ. Chuyên viên yêu cầu xem lại mã số, hoặc nhập số tiền kèm lý do.",
        f"The number {number} is in no record. The officer asks to check it, or enters the amount and why.",
    )


def _too_many(most: int) -> LawError:
    return LawError(
        "too-many-rows",
        f"Chỉ {most} người được hưởng. Chuyên viên chọn người hưởng theo nguyện vọng của gia đình và nhập số tiền.",
        f"Only {most} people are paid. The officer takes those the family chooses and enters the amount.",
    )


def _amount(calculation: Calculation, outcome: Outcome) -> int | None:
    if not calculation.amount:
        return None
    named = {**outcome.values, "amount": outcome.amount}
    parts = [plain(named[name]) for name in calculation.amount if named.get(name) is not None]
    return sum(int(part) for part in parts if isinstance(part, (int, float))) if parts else None


def _rows(calculation: Calculation, asked: Mapping[str, Any]) -> list[tuple[int | None, Mapping[str, Any] | None]]:
    if calculation.for_each is None:
        return [(None, None)]
    return list(enumerate(asked.get(calculation.for_each) or []))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds the value of each input."""

    asked: Mapping[str, Any]
    cells: Mapping[str, Any] | None
    done: Mapping[str, Computed]
    record: Record
    today: date

    def value(self, source: Source) -> Any:
        match source.kind:
            case "field":
                return self.answer(str(source.value))
            case "record":
                register, _, attribute = str(source.value).partition(".")
                return self.record.get(register, {}).get(attribute)
            case "condition":
                return source.condition is not None and evaluate(source.condition, self.asked, self.cells)
            case "age":
                return self._age(str(source.value), str(source.on))
            case "word":
                return dict(source.words).get(str(self.answer(str(source.value))))
            case "result":
                return self._result(str(source.value), str(source.on), less=source.less)
            case "spans":
                first, last = self.answer(str(source.value)), self.answer(str(source.on))
                return [[first, last]] if first and last else None
            case _:
                return source.value

    def event(self, name: str) -> date:
        if name == "today":
            return self.today
        if name == "first_of_next_month":
            return date(self.today.year + self.today.month // 12, self.today.month % 12 + 1, 1)
        text = str(self.answer(name) or self.today.isoformat())
        return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)

    def answer(self, name: str) -> Any:
        """An answer: of the row first, then of the form; a dot goes into an object."""
        if self.cells is not None and name in self.cells:
            return self.cells[name]
        value: Any = self.asked
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def _age(self, born: str, on: str) -> int | None:
        birth = self.answer(born)
        if not birth:
            return None
        day = self.event(on)
        year, month, date_of_month = (int(part) for part in (f"{birth}-01-01"[:10]).split("-"))
        return day.year - year - ((day.month, day.day) < (month, date_of_month))

    def _result(self, key: str, take: str, *, less: str | None) -> Any:
        computed = self.done.get(key)
        if computed is None:
            return None
        if computed.fault is not None:
            raise computed.fault
        assert computed.outcome is not None
        values = {**computed.outcome.values, "amount": computed.outcome.amount}
        found = plain(values.get(take))
        return found - plain(values.get(less)) if less and found is not None else found
