"""Count the months of a contribution history; a month paid twice in the same fund counts once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ansinh.law.calculate import calculate
from ansinh.registry.models import ContributionPeriod


@dataclass(frozen=True)
class PaidMonth:
    """One month on one wage."""

    month: date
    fund: str
    scale: str
    salary: int
    hazardous: bool


@dataclass(frozen=True)
class ContributionHistory:
    """Paid months in time order."""

    paid: tuple[PaidMonth, ...]
    periods: tuple[ContributionPeriod, ...]

    def months(self, *, fund: str = "", scale: str = "", hazardous: bool | None = None) -> int:
        """How many different months, of one kind if asked."""
        return len(
            {
                paid.month
                for paid in self.paid
                if (not fund or paid.fund == fund)
                and (not scale or paid.scale == scale)
                and (hazardous is None or paid.hazardous == hazardous)
            }
        )

    def months_before(self, year: int) -> int:
        """Different months before 1 January of `year`."""
        return len({paid.month for paid in self.paid if paid.month.year < year})

    @property
    def first_month(self) -> str | None:
        """First month paid, YYYY-MM."""
        return self.paid[0].month.isoformat()[:7] if self.paid else None

    @property
    def last_month(self) -> str | None:
        """Last month paid, YYYY-MM."""
        return self.paid[-1].month.isoformat()[:7] if self.paid else None

    @property
    def last_day(self) -> str | None:
        """Last day of the last month paid."""
        return (_next_month(self.paid[-1].month) - timedelta(days=1)).isoformat() if self.paid else None

    def months_paid_in_last(self, count: int, *, before: date) -> int:
        """Months paid among the `count` months before the month of `before`."""
        first = before.replace(day=1)
        wanted = set()
        for _ in range(count):
            first = (first - timedelta(days=1)).replace(day=1)
            wanted.add(first)
        return len({paid.month for paid in self.paid} & wanted)

    def mean_of_last(self, count: int, *, before: date) -> int | None:
        """Mean wage in whole đồng of the last `count` paid months before the month of `before`, gaps skipped."""
        wages = [paid.salary for paid in self.paid if paid.month < before.replace(day=1)][-count:]
        return round(sum(wages) / len(wages)) if wages else None

    def average_salary(self, *, on: date, fund: str = "") -> int | None:
        """Adjusted average wage in whole đồng by the table of the year of `on` (ansinh.law)."""
        rows = self.rows_by_year(fund=fund)
        if not rows:
            return None
        outcome = calculate(
            "adjusted_average",
            inputs={"rows": rows, "table_year": on.year, "kind": fund or "compulsory"},
            event_date=on,
        )
        average = outcome.values["average"]
        assert isinstance(average, int)
        return average

    def rows_by_year(self, *, fund: str = "") -> list[dict[str, int]]:
        """(year, salary, months) rows in time order, the shape of `adjusted_average`."""
        rows: list[dict[str, int]] = []
        for paid in self.paid:
            if fund and paid.fund != fund:
                continue
            if rows and rows[-1]["year"] == paid.month.year and rows[-1]["salary"] == paid.salary:
                rows[-1]["months"] += 1
            else:
                rows.append({"year": paid.month.year, "salary": paid.salary, "months": 1})
        return rows

    def rows(self) -> list[dict[str, Any]]:
        """The periods as they stand in the book."""
        return [
            {
                "from_month": period.from_month.isoformat()[:7],
                "to_month": period.to_month.isoformat()[:7],
                "fund": period.fund,
                "scale": period.scale,
                "salary": period.salary,
                "employer_name": period.employer_name,
            }
            for period in self.periods
        ]


def history_of(periods: Sequence[ContributionPeriod]) -> ContributionHistory:
    """The history of these periods."""
    paid = sorted(_paid_months(periods), key=lambda paid: (paid.month, paid.fund))
    return ContributionHistory(paid=tuple(paid), periods=tuple(sorted(periods, key=lambda one: one.from_month)))


def _paid_months(periods: Iterable[ContributionPeriod]) -> Iterator[PaidMonth]:
    for period in periods:
        month = period.from_month
        while month <= period.to_month:
            yield PaidMonth(month, period.fund, period.scale, period.salary, period.hazardous)
            month = _next_month(month)


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
