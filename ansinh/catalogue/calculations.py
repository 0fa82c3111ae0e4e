"""Turns the answers of a dossier into the inputs of the law, and calls it.

Which benefit, which answer feeds which input and which date decides stand in ``procedure.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ansinh.catalogue.folder import Calculation, ProcedureFolder
from ansinh.catalogue.sources import Computed as Computed
from ansinh.catalogue.sources import Reader
from ansinh.catalogue.sources import Record as Record
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers
from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome, plain


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
            computed = _compute_one(calculation, Reader(asked, cells, of_row(row), facts, today), row)
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


def _compute_one(calculation: Calculation, reader: Reader, row: int | None) -> Computed:
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
