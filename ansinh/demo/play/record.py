"""A contribution history that says what an example takes from the register: months, wages, averages.

An example names the facts (`record:`, and answers that are prefilled); the register holds periods. This lays periods
whose facts are those. A fact that no history can say is told by `differences`, never made up elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from ansinh.law.calculate import calculate
from ansinh.registry.averages import pension_average, voluntary_average
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from ansinh.registry.months import history_of

USUAL_WAGE: Final = 8_000_000
TRIES: Final = 12
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Month:
    """One month of a history to be laid."""

    number: int
    """Months since year 0."""
    salary: int
    fund: str = "compulsory"
    hazardous: bool = False
    coefficient: str | None = None
    over_frame_percent: int = 0
    seniority_percent: int = 0


def lay(person: InsuredPerson, facts: Facts, *, on: date) -> None:
    """Keep a history of the participant that says these facts on a day."""
    facts = _possible(facts, on=on)
    months = [*_by_rows(facts), *_by_month(facts)] or list(_by_count(facts, on=on))
    periods = [_period(person, month) for month in sorted(months, key=lambda one: (one.number, one.fund))]
    for name, average in (("average_salary", pension_average), ("average_income", voluntary_average)):
        if facts.get(name) and periods and not (facts.get("employer_rows") or facts.get("voluntary_rows")):
            _fit(periods, int(facts[name]), average, on=on)
    ContributionPeriod.objects.bulk_create(periods)


def _possible(facts: Facts, *, on: date) -> Facts:
    """Rows with more months than a year has are a mean wage, told short: the mean, then, over all the months."""
    rows = facts.get("employer_rows") or ()
    if all(int(row["months"]) <= 12 for row in rows):
        return facts
    mean = calculate("average_mixed", inputs={"employer_rows": rows}, event_date=on).amount
    return {**{key: value for key, value in facts.items() if key != "employer_rows"}, "average_salary": mean}


def differences(facts: Facts, held: Facts) -> dict[str, tuple[Any, Any]]:
    """Facts of which the register holds something else: (wanted, held)."""
    return {
        name: (wanted, held.get(name))
        for name, wanted in facts.items()
        if wanted not in (None, "", [], 0) and held.get(name) != wanted
    }


def _by_month(facts: Facts) -> Iterator[Month]:
    wages = {_number(row["month"]): int(row["salary"]) for row in facts.get("wages") or ()}
    usual = int(facts.get("six_month_average") or facts.get("wage_before") or USUAL_WAGE)
    compulsory = {_number(month) for month in facts.get("paid_months") or ()} | set(wages)
    for number in compulsory:
        yield Month(number, wages.get(number, usual))
    for month in facts.get("all_paid_months") or ():
        if _number(month) not in compulsory:
            yield Month(_number(month), usual, fund="voluntary")


def _by_rows(facts: Facts) -> Iterator[Month]:
    """Rows of the shapes of the law: by coefficient without a year, then by year."""
    state = facts.get("state_rows") or ()
    first = _first(facts)
    if state and first:
        yield from _state(state, first)
    for fund in ("employer", "voluntary"):
        rows = facts.get(f"{fund}_rows") or ()
        begins = _number(str(facts.get("first_compulsory_month") or facts.get("first_joined") or "")) if rows else 0
        hazardous = int(facts.get("hazardous_months") or 0) if fund == "employer" else 0
        for index, (number, salary) in enumerate(_years(rows, begins=begins if fund == "employer" else 0)):
            kind = "compulsory" if fund == "employer" else "voluntary"
            yield Month(number, salary, fund=kind, hazardous=index < hazardous)


def _state(rows: Any, first: int) -> Iterator[Month]:
    for row in rows:
        for _ in range(int(row["months"])):
            yield Month(
                first, USUAL_WAGE, coefficient=str(row["coefficient"]),
                over_frame_percent=int(row.get("over_frame_percent") or 0),
                seniority_percent=int(row.get("seniority_percent") or 0),
            )  # fmt: skip
            first += 1


def _years(rows: Any, *, begins: int) -> Iterator[tuple[int, int]]:
    """Months of (year, salary, months) rows: the first year towards its end, each later one from its beginning."""
    free = 0
    for index, row in enumerate(rows):
        year, count = int(row["year"]), int(row["months"])
        start = year * 12
        if index == 0:
            more = sum(int(one["months"]) for one in rows if int(one["year"]) == year)
            start = begins if begins // 12 == year else year * 12 + max(0, 12 - more)
        start = max(start, free)
        yield from ((start + step, int(row["salary"])) for step in range(count))
        free = start + count


def _by_count(facts: Facts, *, on: date) -> Iterator[Month]:
    """So many months, of these so many before 2014, from the first to the last; never more than lie between them."""
    named = [facts.get(name) for name in ("contribution_months", "total_months")]
    funds = int(facts.get("compulsory_months") or 0) + int(facts.get("voluntary_months") or 0)
    total = next((int(one) for one in named if one), funds)
    usual = int(next((facts[one] for one in _WAGES if facts.get(one)), USUAL_WAGE))
    if not total and any(facts.get(one) for one in _WAGES):
        total = 12
    last = _number(str(facts.get("last_contribution_month") or "")) or on.year * 12 + on.month - 2
    first = _first(facts) or last - total + 1
    numbers = _between(first, last, total, int(facts.get("months_before_2014") or 0))
    voluntary = int(facts.get("voluntary_months") or 0)
    for index, number in enumerate(numbers):
        fund = "voluntary" if index >= len(numbers) - voluntary else "compulsory"
        yield Month(number, usual, fund=fund, hazardous=index < int(facts.get("hazardous_months") or 0))


def _between(first: int, last: int, total: int, early: int) -> list[int]:
    """`total` months from the first to the last, `early` of them before 2014 where that is told."""
    total = min(total, last - first + 1)
    if total <= 1:
        return [last][:total]
    if 0 < early < total:
        return [*range(first, first + early), *range(last - (total - early) + 1, last + 1)]
    return [first, *range(last - total + 2, last + 1)]


_WAGES: Final = ("average_salary", "average_income", "six_month_average", "wage_before")


def _first(facts: Facts) -> int:
    return _number(str(facts.get("first_joined") or facts.get("first_compulsory_month") or ""))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1 if month else 0


def _period(person: InsuredPerson, month: Month) -> ContributionPeriod:
    day = date(month.number // 12, month.number % 12 + 1, 1)
    return ContributionPeriod(
        insured=person, from_month=day, to_month=day, fund=month.fund, salary=month.salary, hazardous=month.hazardous,
        scale="state" if month.coefficient else "employer", coefficient=month.coefficient,
        over_frame_percent=month.over_frame_percent, seniority_percent=month.seniority_percent,
    )  # fmt: skip


def _fit(periods: list[ContributionPeriod], wanted: int, average: Any, *, on: date) -> None:
    """Change the wages until the average of the law is the one wanted, the last đồng by the last month."""
    for _ in range(TRIES):
        found = average(history_of(periods), on=on)
        if not found or found == wanted:
            return
        if abs(wanted - found) > len(periods):
            for period in periods:
                period.salary = int(Fraction(period.salary * wanted, found))
        else:
            periods[-1].salary += (wanted - found) * len(periods)
