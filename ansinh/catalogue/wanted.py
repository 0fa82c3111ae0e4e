"""What a grant would do: the effects of a folder for given answers, each with its inputs as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.catalogue.calculations import Computed, Record
from ansinh.catalogue.effects import Input, declarations
from ansinh.catalogue.folder import Effect, ProcedureFolder, Source
from ansinh.catalogue.sources import Reader
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers
from ansinh.law.errors import LawError
from ansinh.platform.errors import Conflict

_DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision as effects read it. `lines`: what was decided in đồng for each calculation, `key` or `key[row]`;
    None: nobody can say how the whole amount divides.
    """

    day: date
    number: str
    office: str
    dossier: str
    amount: int | None
    lines: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One effect to be done. `row` is the index in its table as text, empty without one."""

    effect: Effect
    row: str
    row_name: str
    inputs: Mapping[str, Any]

    @property
    def name(self) -> str:
        """`key` or `key[row]`."""
        return f"{self.effect.key}[{self.row}]" if self.row else self.effect.key


class Unfit(Exception):
    """A value that an input does not take."""


def wanted(
    folder: ProcedureFolder,
    answers: Mapping[str, Any],
    *,
    record: Record,
    computed: Sequence[Computed],
    decided: Decided,
) -> tuple[Wanted, ...]:
    """The effects in the order of the folder. Plain words of older versions do nothing and are left out.

    Raises Conflict (`effect-input-missing`, `effect-input-unfit`, `effect-amount-undivided`).
    """
    asked = answers if folder.form is None else asked_answers(folder.form, answers)
    done: list[Wanted] = []
    for effect in folder.procedure.effects:
        if not effect.is_done or (effect.when is not None and not evaluate(effect.when, asked)):
            continue
        for row, cells in _rows(effect, asked):
            if effect.row_when is not None and not evaluate(effect.row_when, asked, cells):
                continue
            reader = Reader(asked, cells, _of_row(computed, row), record, decided.day)
            inputs = _inputs(effect, row, reader, decided)
            if inputs is None:
                continue
            name = str(reader.answer(effect.row_label) or "") if effect.row_label else ""
            done.append(Wanted(effect=effect, row=row, row_name=name, inputs=inputs))
    return tuple(done)


def _of_row(computed: Sequence[Computed], row: str) -> Mapping[str, Computed]:
    """By calculation: of this row, and of the dossier as a whole."""
    return {one.calculation.key: one for one in computed if one.row is None or str(one.row) == row}


def as_input(one: Input, value: Any) -> Any:
    """The value as the effect takes it: days and months as dates, amounts as whole numbers. Raises Unfit."""
    made = _made(one.type, value)
    if made is None:
        raise Unfit(f"{value!r} is no {one.type} for “{one.name}”")
    if one.words is not None and made not in one.words:
        raise Unfit(f"“{made}” is no word of “{one.name}”; known: {', '.join(one.words)}")
    return made


def _inputs(effect: Effect, row: str, reader: Reader, decided: Decided) -> dict[str, Any] | None:
    """The inputs of one effect; None when the amount it is about was not decided here, or is nothing."""
    declared = declarations()[effect.does].inputs
    found: dict[str, Any] = {}
    for name, source in effect.inputs:
        value = _value(effect, source, row, reader, decided)
        if source.kind == "amount" and not value:
            return None
        if value in (None, "", {}, []):
            continue
        try:
            found[name] = as_input(declared[name], value)
        except Unfit:
            raise _refused(effect, name, "effect-input-unfit", UNFIT) from None
    for one in declared.values():
        if not one.optional and one.name not in found:
            raise _refused(effect, one.name, "effect-input-missing", MISSING)
    return found


def _value(effect: Effect, source: Source, row: str, reader: Reader, decided: Decided) -> Any:
    match source.kind:
        case "decided":
            return _of_decision(str(source.value), decided)
        case "amount":
            amounts = [_amount(effect, key, row, decided) for key in source.value]
            return sum(one for one in amounts if one is not None) if any(amounts) else None
        case "account":
            parts = {part: reader.answer(str(name)) for part, name in source.words}
            return parts if parts["number"] else None
        case "month_after":
            day = _date(reader.answer(str(source.value)), whole_month=True)
            return None if day is None else _month_after(day)
        case _:
            try:
                return reader.value(source)
            except LawError:  # the result of a calculation that the facts do not allow: there is no such value
                return None


def _of_decision(name: str, decided: Decided) -> Any:
    return _month_after(decided.day) if name == "next_month" else getattr(decided, name)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _amount(effect: Effect, calculation: str, row: str, decided: Decided) -> int | None:
    """What was decided for a calculation: in a row of its own table for that row, elsewhere its rows together.

    None when it has no line: its condition does not hold for this dossier, or for this row.
    """
    rows = [key for key in decided.lines if key.startswith(f"{calculation}[")]
    if row and rows:
        key = f"{calculation}[{row}]"
        return _told(effect, decided.lines[key]) if key in decided.lines else None
    parts = [
        _told(effect, amount)
        for key, amount in decided.lines.items()
        if key == calculation or key.startswith(f"{calculation}[")
    ]
    return sum(parts) if parts else None


def _told(effect: Effect, amount: int | None) -> int:
    if amount is None:
        name = declarations()[effect.does].name_vi
        raise Conflict(
            "effect-amount-undivided",
            "Số tiền được sửa gộp cho nhiều khoản nên không biết ghi bao nhiêu cho “{effect}”. "
            "Xin trả lại chuyên viên để ghi số tiền của từng khoản.",
            effect=name,
        )
    return amount


def _rows(effect: Effect, asked: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any] | None]]:
    if effect.for_each is None:
        return [("", None)]
    return [(str(index), row) for index, row in enumerate(asked.get(effect.for_each) or [])]


def _made(kind: str, value: Any) -> Any:
    match kind:
        case "day" | "month":
            return _date(value, whole_month=kind == "month")
        case "money" | "count":
            return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
        case "flag":
            return value if isinstance(value, bool) else None
        case "account" | "person" | "address":
            return dict(value) if isinstance(value, Mapping) else None
        case _:
            return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _date(value: Any, *, whole_month: bool) -> date | None:
    if isinstance(value, date):
        found = value
    elif not isinstance(value, str):
        return None
    elif _DAY.fullmatch(value):
        found = date.fromisoformat(value)
    elif _MONTH.fullmatch(value):
        found = date.fromisoformat(f"{value}-01")
    else:
        return None
    return found.replace(day=1) if whole_month else found


def _refused(effect: Effect, name: str, code: str, message: str) -> Conflict:
    return Conflict(code, message, effect=declarations()[effect.does].name_vi, input=name)


MISSING = (
    "Chưa thực hiện được “{effect}”: hồ sơ thiếu thông tin cần thiết ({input}). "
    "Xin yêu cầu bổ sung, hoặc trả lại chuyên viên."
)
UNFIT = (
    "Chưa thực hiện được “{effect}”: thông tin “{input}” trong hồ sơ không đọc được. "
    "Xin yêu cầu bổ sung, hoặc trả lại chuyên viên."
)
