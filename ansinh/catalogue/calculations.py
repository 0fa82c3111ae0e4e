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
) -> tuple[Computed, ...]:
    """All amounts of a dossier, in the order of ``procedure.yaml``.

    ``record`` holds register facts (``{"participation_record": {"six_month_average": …}}``).
    An input without a value is left out; the law then takes its own figure or refuses. A refusal
    is kept as the ``fault`` of its line, and of the lines that build on it.
    """
    asked = answers if folder.form is None else asked_answers(folder.form, answers)
    done: list[Computed] = []
    for calculation in folder.procedure.calculations:
        if calculation.when is not None and not evaluate(calculation.when, asked):
            continue
        paid = 0
        for row, cells in _rows(calculation, asked):
            if calculation.row_when is not None and not evaluate(calculation.row_when, asked, cells):
                continue
            computed = _compute_one(calculation, _Reader(asked, cells, done, record, today), row)
            paid += bool(computed.amount)
            if calculation.paid_rows is not None and computed.amount and paid > calculation.paid_rows:
                computed = replace(computed, outcome=None, amount=None, fault=_too_many(calculation.paid_rows))
            done.append(computed)
    return tuple(done)


def _compute_one(calculation: Calculation, reader: _Reader, row: int | None) -> Computed:
    event_date = reader.event(calculation.event)
    inputs: dict[str, Any] = {}
    outcome, fault = None, None
    if calculation.not_computed_vi:
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
    done: list[Computed]
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
                return self._result(str(source.value), str(source.on))
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

    def _result(self, key: str, take: str) -> Any:
        for computed in self.done:
            if computed.calculation.key == key:
                if computed.fault is not None:
                    raise computed.fault
                assert computed.outcome is not None
                return plain({**computed.outcome.values, "amount": computed.outcome.amount}.get(take))
        return None
