"""Quarters, and what the claim files of one say together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import QuerySet

from ansinh.dossiers.models import ClaimFile, ClaimState


@dataclass(frozen=True)
class QuarterTotals:
    """The counted files of a quarter; amounts in whole đồng, rounded once over the sum."""

    files: int
    records: int
    total_cost: int
    fund_amount: int
    patient_amount: int
    errors: int = 0
    """Faults in rows that stop a settlement."""
    warnings: int = 0


def of_day(day: date) -> tuple[int, int]:
    """Year and number (1–4) of the quarter of a day."""
    return day.year, (day.month + 2) // 3


def first_of(quarter: tuple[int, int]) -> date:
    """The first day of a quarter."""
    return date(quarter[0], quarter[1] * 3 - 2, 1)


def quarters_of(facility_id: UUID) -> list[list[ClaimFile]]:
    """The counted files of a facility, a list for each quarter, the newest quarter first."""
    found: dict[tuple[int, int], list[ClaimFile]] = {}
    for one in ClaimFile.objects.filter(facility_id=facility_id, state=ClaimState.COUNTED):
        found.setdefault(of_day(one.first_day), []).append(one)
    return [found[quarter] for quarter in sorted(found, reverse=True)]


def files_of_quarter(facility_code: str, *, year: int, quarter: int) -> QuerySet[ClaimFile]:
    """The counted files of a facility for a quarter."""
    first = first_of((year, quarter))
    last = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return ClaimFile.objects.filter(
        facility_code=facility_code, state=ClaimState.COUNTED, first_day__gte=first, first_day__lt=last
    )


def quarter_totals(facility_code: str, *, year: int, quarter: int) -> QuarterTotals:
    """What was handed in for a quarter."""
    found = files_of_quarter(facility_code, year=year, quarter=quarter)
    rows = list(found.values_list("records", "total_cost", "fund_amount", "patient_amount", "errors", "warnings"))
    return QuarterTotals(
        files=len(rows),
        records=sum(row[0] for row in rows),
        total_cost=_whole(sum((row[1] for row in rows), Decimal(0))),
        fund_amount=_whole(sum((row[2] for row in rows), Decimal(0))),
        patient_amount=_whole(sum((row[3] for row in rows), Decimal(0))),
        errors=sum(row[4] for row in rows),
        warnings=sum(row[5] for row in rows),
    )


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
