"""Count the months of a contribution history; a month paid twice in the same fund counts once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ansinh.registry.models import ContributionPeriod

FIRST_MONTH_OF_ADJUSTED_STATE_WAGES = "2016-01"


@dataclass(frozen=True)
class PaidMonth:
    """One month on one wage."""

    month: date
    fund: str
    scale: str
    salary: int
    hazardous: bool
    coefficient: str | None = None
    over_frame_percent: int = 0
    seniority_percent: int = 0


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
        """Mean compulsory wage, in whole đồng half up, of the last `count` paid months before that of `before`."""
        limit = before.isoformat()[:7]
        wages = [wage["salary"] for wage in self.wages(fund="compulsory") if wage["month"] < limit][-count:]
        return (2 * sum(wages) + len(wages)) // (2 * len(wages)) if wages else None

    def paid_months(self, *, fund: str = "") -> list[str]:
        """The different months paid, to one fund if asked, YYYY-MM in time order."""
        return sorted({paid.month.isoformat()[:7] for paid in self.paid if not fund or paid.fund == fund})

    def wages(self, *, fund: str) -> list[dict[str, Any]]:
        """The wage of each month of a fund in time order; of two employers in a month both together."""
        sums: dict[str, int] = {}
        for paid in self.paid:
            if paid.fund == fund:
                month = paid.month.isoformat()[:7]
                sums[month] = sums.get(month, 0) + paid.salary
        return [{"month": month, "salary": sums[month]} for month in sorted(sums)]

    def first_of(self, fund: str) -> str | None:
        """First month paid to a fund, YYYY-MM."""
        return next((paid.month.isoformat()[:7] for paid in self.paid if paid.fund == fund), None)

    @property
    def by_state_table(self) -> bool:
        """State-scale wages follow coefficients only for those who joined before 2016 (law 41 article 73)."""
        first = self.first_of("compulsory")
        return first is not None and first < FIRST_MONTH_OF_ADJUSTED_STATE_WAGES

    def state_rows(self) -> list[dict[str, Any]]:
        """Coefficients of the state scale in time order (`average_mixed`); empty when these wages are adjusted."""
        rows: list[dict[str, Any]] = []
        for paid in self.paid:
            if not self._is_state(paid):
                continue
            row = {
                "coefficient": paid.coefficient,
                "over_frame_percent": paid.over_frame_percent,
                "seniority_percent": paid.seniority_percent,
            }
            if rows and {key: rows[-1][key] for key in row} == row:
                rows[-1]["months"] += 1
            else:
                rows.append({**row, "months": 1})
        return rows

    def rows_by_year(self, *, fund: str = "") -> list[dict[str, int]]:
        """(year, salary, months) rows of pay that is adjusted, in time order: the shape of `adjusted_average`."""
        rows: list[dict[str, int]] = []
        for paid in self.paid:
            if (fund and paid.fund != fund) or self._is_state(paid):
                continue
            if rows and rows[-1]["year"] == paid.month.year and rows[-1]["salary"] == paid.salary:
                rows[-1]["months"] += 1
            else:
                rows.append({"year": paid.month.year, "salary": paid.salary, "months": 1})
        return rows

    def _is_state(self, paid: PaidMonth) -> bool:
        return paid.fund == "compulsory" and paid.scale == "state" and self.by_state_table

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
            yield PaidMonth(
                month=month,
                fund=period.fund,
                scale=period.scale,
                salary=period.salary,
                hazardous=period.hazardous,
                coefficient=None if period.coefficient is None else str(period.coefficient),
                over_frame_percent=period.over_frame_percent,
                seniority_percent=period.seniority_percent,
            )
            month = _next_month(month)


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
