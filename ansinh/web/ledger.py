"""Cells of the deadline picture: one a day with its number; over 45 days one a week, over a year one a month, with
the number of the month. The sentence beside the picture says which."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

LONGEST_BY_DAY = 45
LONGEST_BY_WEEK = 366
OWNERS = ("office", "applicant", "agency", "post", "closed", "late")


@dataclass(frozen=True)
class LedgerDay:
    """One day of a dossier's life: who held it; `future` if only forecast; `mark` is a word above it."""

    day: date
    owner: str
    future: bool = False
    mark: str = ""
    last: bool = False


@dataclass(frozen=True)
class LedgerCell:
    """What the `ledger` component draws."""

    text: str
    owner: str
    future: bool
    mark: str
    last: bool


def ledger_cells(days: Sequence[LedgerDay]) -> list[LedgerCell]:
    """Days in order become cells; a week or month belongs to whoever held most of its open days."""
    if len(days) <= LONGEST_BY_DAY:
        return [cell([day], text=str(day.day.day)) for day in days]
    if len(days) <= LONGEST_BY_WEEK:
        return grouped(days, key=lambda day: day.isocalendar()[:2], text=first_week_of_month)
    return grouped(days, key=lambda day: (day.year, day.month), text=lambda day: str(day.month))


def first_week_of_month(day: date) -> str:
    """The number of the month over its first week; the other weeks are too narrow for figures."""
    return str(day.month) if day.day <= 7 else ""


def grouped(
    days: Iterable[LedgerDay], *, key: Callable[[date], tuple[int, ...]], text: Callable[[date], str]
) -> list[LedgerCell]:
    """One cell for each run of days with the same `key`, called after its first day."""
    runs = (list(run) for _, run in groupby(days, key=lambda day: key(day.day)))
    return [cell(run, text=text(run[0].day)) for run in runs]


def cell(run: Sequence[LedgerDay], *, text: str) -> LedgerCell:
    """Join the days of one cell; the first mark among them stands above it."""
    open_days = Counter(day.owner for day in run if day.owner != "closed")
    owner = open_days.most_common(1)[0][0] if open_days else "closed"
    return LedgerCell(
        text=text,
        owner="late" if "late" in open_days else owner,
        future=all(day.future for day in run),
        mark=next((day.mark for day in run if day.mark), ""),
        last=any(day.last for day in run),
    )
