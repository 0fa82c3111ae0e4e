"""Where inputs of calculations and effects come from: answers, registers, constants, other calculations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.catalogue.folder import Calculation, Source
from ansinh.eforms.conditions import evaluate
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds the value of each input. `done`: what was worked out before for this row, or for the dossier as a whole."""

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
        if not less:
            return found
        taken = plain(values.get(less))
        return found - taken if isinstance(found, int | float) and isinstance(taken, int | float) else None
