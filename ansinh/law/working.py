"""The working sheet of one calculation: inputs read with care, figures used, steps written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ansinh.law.errors import BadInput, MissingInput
from ansinh.law.figures import Figure, figure
from ansinh.law.outcome import FigureUsed, Ground, Outcome, Step, plain
from ansinh.law.quantities import Birth, Month, exact, show, whole_dong

LAW_41 = date(2025, 7, 1)
_HUNDRED_YEARS = 1200


class Inputs:
    """Named facts of a case; reading one that is missing or unusable is an error naming it."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts

    def has(self, name: str) -> bool:
        """Whether the fact was given (None counts as not given)."""
        return self._facts.get(name) is not None

    def need(self, name: str) -> Any:
        """The fact as given."""
        if not self.has(name):
            raise MissingInput(name)
        return self._facts[name]

    def number(self, name: str) -> Fraction:
        """An exact number, not negative."""
        given = self.need(name)
        try:
            value = exact(given)
        except (ValueError, ZeroDivisionError):
            raise BadInput(name, given) from None
        if value < 0:
            raise BadInput(name, given)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number, not negative."""
        if default is not None and not self.has(name):
            return default
        value = self.number(name)
        if value.denominator != 1:
            raise BadInput(name, self._facts[name])
        return int(value)

    def months(self, name: str) -> int:
        """Months of one row of a table, at most a hundred years."""
        value = self.whole(name)
        if value > _HUNDRED_YEARS:
            raise BadInput(name, self._facts[name])
        return value

    def flag(self, name: str) -> bool:
        """True only when the fact is given as true."""
        given = self._facts.get(name)
        if given not in (None, True, False):
            raise BadInput(name, given)
        return bool(given)

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """One of the allowed words."""
        given = self.need(name)
        if given not in allowed:
            raise BadInput(name, given, accepted=allowed)
        return str(given)

    def day(self, name: str) -> date:
        """A full date."""
        return read_day(name, self.need(name))

    def first_day(self, name: str) -> date:
        """A date; a month stands for its first day."""
        given = self.need(name)
        return read_month(name, given).first_day if len(str(given)) == 7 else read_day(name, given)

    def month(self, name: str) -> Month:
        """A month, from YYYY-MM or any day in it."""
        return read_month(name, self.need(name))

    def birth(self, name: str = "birth") -> Birth:
        """A date of birth as YYYY, YYYY-MM or YYYY-MM-DD."""
        given = self.need(name)
        text = str(given)
        if len(text) == 4 and text.isdigit():
            return Birth(date(int(text), 1, 1), year_only=True)
        return Birth(read_month(name, given).first_day if len(text) == 7 else read_day(name, given))

    def rows(self, name: str) -> list[Inputs]:
        """A table: one ``Inputs`` a row, at least one row."""
        given = self.need(name)
        if not isinstance(given, list) or not given or not all(isinstance(r, Mapping) for r in given):
            raise BadInput(name, given)
        return [Inputs(row) for row in given]

    def items(self, name: str) -> list[Any]:
        """A list as given; empty when the fact is missing."""
        given = self._facts.get(name) or []
        if not isinstance(given, list):
            raise BadInput(name, given)
        return given


class Working:
    """What a rule works on: inputs, the date that decides, and the sheet it fills."""

    def __init__(self, inputs: Mapping[str, object], event_date: date) -> None:
        self.inputs = Inputs(inputs)
        self.event_date = event_date
        self._steps: list[Step] = []
        self._unconfirmed: dict[str, str] = {}
        self._grounds: list[Ground] = []
        self._figures: dict[tuple[str, date], FigureUsed] = {}

    @property
    def under_law_41(self) -> bool:
        """Law 41/2024/QH15 decides from 1 July 2025."""
        return self.event_date >= LAW_41

    def figure(self, name: str, *, on: date | None = None) -> Figure:
        """A figure in force on the deciding date (or ``on``); it and its doubts go into the result."""
        found = figure(name, on=on or self.event_date)
        self._figures.setdefault((name, found.valid_from), found.used)
        if not found.is_confirmed:
            self.doubt(
                f"{found.label_vi} (từ ngày {found.valid_from:%d/%m/%Y})", f"{found.label_en} (from {found.valid_from})"
            )
        return found

    def doubt(self, vi: str, en: str) -> None:
        """Note something unconfirmed that the result rests on, once."""
        self._unconfirmed[vi] = en

    def level(self) -> int:
        """Base salary or, from 1 July 2025, reference level of the deciding date, đồng a month.

        A level given in the inputs wins.
        """
        for name in ("reference_level", "base_salary"):
            if self.inputs.has(name):
                return self.inputs.whole(name)
        used = self.figure("level.reference" if self.under_law_41 else "level.base_salary")
        value = int(used.value)
        words = ("Mức tham chiếu", "Reference level") if self.under_law_41 else ("Mức lương cơ sở", "Base salary")
        self.step(
            f"{words[0]} tại ngày {self.event_date:%d/%m/%Y}",
            f"{words[1]} on {self.event_date}",
            show(value),
            used.reference,
            Fraction(value),
        )
        return value

    def step(self, vi: str, en: str, arithmetic: str, article: str, amount: Fraction | None = None) -> None:
        """Write one step, once; an amount is shown in whole đồng."""
        shown = None if amount is None else whole_dong(amount)
        step = Step(vi, en, arithmetic, article, shown)
        if step not in self._steps:
            self._steps.append(step)

    def ground(self, vi: str, en: str, article: str, met: bool | None) -> None:
        """Write one condition; ``met`` None is for an officer to check on paper."""
        self._grounds.append(Ground(vi, en, article, met))

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The conditions written so far."""
        return tuple(self._grounds)

    def adopt(self, other: Outcome) -> None:
        """Take over the steps, doubts, conditions and figures of a rule this one builds on."""
        self._steps += other.steps
        self._grounds += other.grounds
        for vi, en in zip(other.unconfirmed, other.unconfirmed_en, strict=True):
            self.doubt(vi, en)
        for used in other.figures:
            self._figures.setdefault((used.name, used.valid_from), used)

    def outcome(self, amount: Fraction | None, **values: object) -> Outcome:
        """Close the sheet; money given as ``amount`` is rounded here, once."""
        money = None if amount is None else whole_dong(amount)
        return Outcome(
            amount=money,
            values={name: plain(value) for name, value in values.items()},
            steps=tuple(self._steps),
            unconfirmed=tuple(self._unconfirmed),
            unconfirmed_en=tuple(self._unconfirmed.values()),
            grounds=tuple(self._grounds),
            figures=tuple(self._figures.values()),
        )


def read_day(name: str, given: object) -> date:
    """A date from a date or YYYY-MM-DD; of a moment (YAML reads one where a time is written) its day."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise BadInput(name, given) from None


def read_month(name: str, given: object) -> Month:
    """A month from YYYY-MM, YYYY-MM-DD or a date."""
    text = str(given)
    return Month.of(read_day(name, f"{text}-01" if len(text) == 7 else given))
