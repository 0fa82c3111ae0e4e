"""What if: retiring earlier or later, one sum now against a pension later, some more voluntary years.

Every amount comes from ``ansinh.law.calculate`` and keeps its steps. Wages, incomes and levels stay
as they are today: nothing here forecasts a raise, an adjustment of prices or a change of the law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor

from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, LawError
from ansinh.law.figures import figure
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, add_months, exact
from ansinh.law.working import LAW_41, read_month

MOST_YEARS = 40
"""Longest look ahead, and most further years paid."""
MOST_MONTHS = 1200
LEAST_MONTHS = 180
_YEAR = 12


@dataclass(frozen=True)
class Contributor:
    """Who asks: ``birth`` is YYYY-MM, ``average`` đồng a month over the time paid so far (0 when nothing was paid).

    ``facts`` are further inputs of the pension rules: ``hazardous_months``, ``disability_percent``, ``first_joined``.
    """

    sex: str
    birth: str
    compulsory_months: int
    voluntary_months: int
    average: int
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("compulsory_months", "voluntary_months"):
            if not 0 <= getattr(self, name) <= MOST_MONTHS:
                raise BadInput(name, getattr(self, name))

    @property
    def months(self) -> int:
        """Months paid of both kinds."""
        return self.compulsory_months + self.voluntary_months


@dataclass(frozen=True)
class AgePoint:
    """The pension begun at one age. ``pension`` is None when the law gives none; ``refusal`` then says why."""

    age_months: int
    start: date
    contribution_months: int
    right: Outcome
    pension: Outcome | None
    refusal: LawError | None = None

    @property
    def allowed(self) -> bool:
        """Whether the person may retire then, by age, time and disability."""
        return self.pension is not None and bool(self.right.values["eligible"])

    @property
    def monthly(self) -> int:
        """Đồng a month, 0 without a pension."""
        return (self.pension.amount or 0) if self.pension else 0


def pension_by_age(
    person: Contributor, *, keeps_paying: bool, today: date, earlier: int = 5, later: int = 5
) -> tuple[AgePoint, ...]:
    """The pension for every year from ``earlier`` before the normal age to ``later`` after it, none before today.

    ``keeps_paying``: the person pays on until the pension, on the same mean and in the same kind. Somebody past
    all these ages gets one point: next month. Raises ``BadInput`` beyond ``MOST_YEARS``.
    """
    if max(earlier, later) > MOST_YEARS or min(earlier, later) < 0:
        raise BadInput("years", max(earlier, later))
    age = normal_age(person, today=today)
    birth, first = read_month("birth", person.birth), Month.of(today) + 1
    starts = [birth + age + 1 + _YEAR * offset for offset in range(-earlier, later + 1)]
    coming = [start for start in starts if start - first >= 0] or [first]
    return tuple(_at(person, start, normal=birth + age, keeps_paying=keeps_paying, today=today) for start in coming)


def normal_age(person: Contributor, *, today: date) -> int:
    """Normal retirement age of the person in months; a lower one after 15 years of hazardous work."""
    facts = {**_facts(person), "compulsory_months": max(person.compulsory_months, LEAST_MONTHS), "voluntary_months": 0}
    facts.pop("disability_percent", None)
    found = calculate("pension_eligibility", inputs=facts, event_date=max(today, LAW_41))
    return int(str(found.values["required_age_months"]))


def _at(person: Contributor, start: Month, *, normal: Month, keeps_paying: bool, today: date) -> AgePoint:
    further = max(0, start - Month.of(today)) if keeps_paying else 0
    later = _longer(person, further)
    after = max(0, min(further, start - normal - 1)) if keeps_paying else 0
    day = start.first_day
    right = calculate("pension_eligibility", inputs=_facts(later), event_date=day)
    age = start - read_month("birth", person.birth)
    pension, refusal = _pension(later, day, after=after)
    return AgePoint(age, day, later.months, right, pension, refusal)


def _longer(person: Contributor, months: int) -> Contributor:
    """The same person after some more months of the kind paid so far."""
    compulsory = months if person.compulsory_months else 0
    return Contributor(
        person.sex,
        person.birth,
        min(MOST_MONTHS, person.compulsory_months + compulsory),
        min(MOST_MONTHS, person.voluntary_months + months - compulsory),
        person.average,
        person.facts,
    )


def _facts(person: Contributor) -> dict[str, object]:
    return {
        **person.facts,
        "sex": person.sex,
        "birth": person.birth,
        "compulsory_months": person.compulsory_months,
        "voluntary_months": person.voluntary_months,
    }


def _pension(person: Contributor, start: date, *, after: int) -> tuple[Outcome | None, LawError | None]:
    facts = {**_facts(person), "contribution_months": person.months, "months_after_normal_age": after}
    facts.pop("disability_percent", None)
    try:
        if not person.compulsory_months:
            facts["average_income"] = person.average
            return calculate("pension_voluntary", inputs=facts, event_date=start), None
        return calculate(
            "pension_rate", inputs={**facts, "start": start, "average_salary": person.average}, event_date=start
        ), None
    except LawError as refusal:
        return None, refusal


@dataclass(frozen=True)
class YearPoint:
    """What was received by the end of a year, đồng; the pension's side is less what had to be paid for it."""

    year: int
    one_time: int
    pension: int


@dataclass(frozen=True)
class Comparison:
    """One sum now against a pension later. ``even`` is the month in which the pensions reach the sum."""

    one_time: Outcome
    pension: Outcome
    contribution: Outcome | None
    missing_months: int
    cost: int
    start: date
    even: date
    years: tuple[YearPoint, ...]

    @property
    def monthly(self) -> int:
        """The pension, đồng a month."""
        return self.pension.amount or 0


def one_time_or_pension(
    person: Contributor, *, one_time: Mapping[str, object], support_group: str = "other", today: date, years: int = 20
) -> Comparison:
    """The one-time benefit (inputs of ``bhxh_one_time``) against the pension of the same time paid.

    Months missing to 15 years are paid voluntarily on the mean so far, within its bounds, from now on; their cost
    counts against the pension. ``years`` of pension are shown. Raises ``LawError`` where either side has no amount.
    """
    if not 1 <= years <= MOST_YEARS:
        raise BadInput("years", years)
    lump = calculate("bhxh_one_time", inputs=one_time, event_date=today)
    missing = max(0, LEAST_MONTHS - person.months)
    contribution, cost, whole = _filled(person, missing, support_group=support_group, today=today)
    normal = read_month("birth", person.birth) + normal_age(person, today=today)
    start = max(normal + 1, Month.of(today) + missing + 1)
    pension, refusal = _pension(whole, start.first_day, after=max(0, start - normal - 1) if missing else 0)
    if pension is None or not pension.amount:
        raise refusal or LawError("no-pension", "Không có lương hưu để so sánh. Hãy kiểm tra mức bình quân đã nhập.")
    amount, monthly = lump.amount or 0, pension.amount
    even = start + (-(-(amount + cost) // monthly) - 1)
    return Comparison(
        lump, pension, contribution, missing, cost, start.first_day, even.first_day,
        tuple(
            YearPoint(year, amount, monthly * _months_until(start, year) - _share(cost, missing, today, year))
            for year in range(today.year, start.year + years + 1)
        ),
    )  # fmt: skip


def _filled(
    person: Contributor, missing: int, *, support_group: str, today: date
) -> tuple[Outcome | None, int, Contributor]:
    """One month's voluntary payment, the cost of the missing months, and the person with them."""
    if not missing:
        return None, 0, person
    income = _within_bounds(person.average, today=today)
    points = _payments(income, support_group=support_group, supported=0, months=missing, today=today)
    cost = sum(point.amount or 0 for point in points)
    return points[0], cost, _with_voluntary(person, missing, income, today=today)


def _within_bounds(average: int, *, today: date) -> int:
    """The mean as an income one may choose: on the steps between the bounds of the day."""
    bounds = calculate("voluntary_bounds", inputs={}, event_date=today)
    rate = exact(figure("voluntary.rate", on=today).value)
    low, high = (floor(int(str(bounds.values[name])) / rate) for name in ("minimum", "maximum"))
    step = int(figure("voluntary.income_step", on=today).value)
    return min(high, low + max(0, (average - low) // step * step))


def _payments(income: int, *, support_group: str, supported: int, months: int, today: date) -> list[Outcome]:
    """Payments of at most twelve months each, the last perhaps shorter."""
    paid, found = 0, []
    while paid < months:
        size = min(_YEAR, months - paid)
        facts: dict[str, object] = {"income": income, "months": size}
        if support_group:
            facts |= {"support_group": support_group, "supported_months": supported + paid}
        found.append(calculate("voluntary_contribution", inputs=facts, event_date=today))
        paid += size
    return found


def _with_voluntary(person: Contributor, months: int, income: int, *, today: date) -> Contributor:
    """The person after some voluntary months on an income; the mean weighs every month once."""
    mean = income
    if person.months:
        facts: dict[str, object] = {
            "compulsory_average": person.average, "compulsory_months": person.months,
            "voluntary_adjusted_total": income * months, "voluntary_months": months,
        }  # fmt: skip
        mean = calculate("average_mixed", inputs=facts, event_date=today).amount or 0
    return Contributor(
        person.sex, person.birth, person.compulsory_months, person.voluntary_months + months, mean, person.facts
    )


def _months_until(start: Month, year: int) -> int:
    return max(0, Month.of(date(year, 12, 1)) - start + 1)


def _share(cost: int, missing: int, today: date, year: int) -> int:
    """How much of the cost is paid by the end of a year, month by month from the next one."""
    if not missing:
        return 0
    return cost * min(missing, max(0, Month.of(date(year, 12, 1)) - Month.of(today))) // missing


@dataclass(frozen=True)
class MoreYears:
    """``years`` of voluntary payments more: their cost, the mean and the pension at its first month.

    ``pension`` is None while ``missing_months`` to 15 years are left. ``payments`` are a year each.
    """

    years: int
    total_months: int
    start: date
    cost: int
    average: int
    payments: tuple[Outcome, ...]
    pension: Outcome | None
    missing_months: int

    @property
    def monthly(self) -> int:
        """Đồng a month, 0 without a pension."""
        return (self.pension.amount or 0) if self.pension else 0


def more_years(
    person: Contributor, *, years: Sequence[int], income: int, support_group: str = "", supported: int = 0, today: date
) -> tuple[MoreYears, ...]:
    """What each number of further voluntary years costs and gives; ``supported`` months had State support before.

    Raises ``BadInput`` for no years or more than ``MOST_YEARS``, ``LawError`` for an income outside the bounds.
    """
    if not years or not all(1 <= count <= MOST_YEARS for count in years):
        raise BadInput("years", list(years))
    paid = _payments(income, support_group=support_group, supported=supported, months=max(years) * _YEAR, today=today)
    normal = read_month("birth", person.birth) + normal_age(person, today=today)
    return tuple(_more(person, count, paid[:count], income, normal=normal, today=today) for count in years)


def _more(
    person: Contributor, years: int, payments: list[Outcome], income: int, *, normal: Month, today: date
) -> MoreYears:
    months = years * _YEAR
    whole = _with_voluntary(person, months, income, today=today)
    end = Month.of(add_months(today, months))
    start = max(normal, end) + 1
    pension, _ = _pension(whole, start.first_day, after=max(0, min(months, end - normal)))
    return MoreYears(
        years=years,
        total_months=whole.months,
        start=start.first_day,
        cost=sum(payment.amount or 0 for payment in payments),
        average=whole.average,
        payments=tuple(payments),
        pension=pension,
        missing_months=max(0, LEAST_MONTHS - whole.months),
    )
