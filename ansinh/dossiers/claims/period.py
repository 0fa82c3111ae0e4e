"""Quarters, and what the claim files of one say together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from ansinh.dossiers.models import ClaimFile, ClaimState


@dataclass(frozen=True)
class QuarterTotals:
    """The counted files of a quarter; amounts in whole đồng, rounded once over the sum."""

    files: int
    records: int
    total_cost: int
    fund_amount: int
    patient_amount: int


def of_day(day: date) -> tuple[int, int]:
    """Year and number (1–4) of the quarter of a day."""
    return day.year, (day.month + 2) // 3


def quarters_of(facility_id: UUID) -> list[list[ClaimFile]]:
    """The counted files of a facility, a list for each quarter, the newest quarter first."""
    found: dict[tuple[int, int], list[ClaimFile]] = {}
    for one in ClaimFile.objects.filter(facility_id=facility_id, state=ClaimState.COUNTED):
        found.setdefault(of_day(one.first_day), []).append(one)
    return [found[quarter] for quarter in sorted(found, reverse=True)]


def quarter_totals(facility_code: str, *, year: int, quarter: int) -> QuarterTotals:
    """What was handed in for a quarter."""
    first = date(year, quarter * 3 - 2, 1)
    last = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    found = ClaimFile.objects.filter(
        facility_code=facility_code, state=ClaimState.COUNTED, first_day__gte=first, first_day__lt=last
    )
    rows = list(found.values_list("records", "total_cost", "fund_amount", "patient_amount"))
    return QuarterTotals(
        files=len(rows),
        records=sum(row[0] for row in rows),
        total_cost=_whole(sum((row[1] for row in rows), Decimal(0))),
        fund_amount=_whole(sum((row[2] for row in rows), Decimal(0))),
        patient_amount=_whole(sum((row[3] for row in rows), Decimal(0))),
    )


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
