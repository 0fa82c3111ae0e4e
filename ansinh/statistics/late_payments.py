"""Benefits that are past their last day and not paid yet: what no count of payments can tell (R-188)."""

from __future__ import annotations

from datetime import date

from ansinh.payments.queries import count_overdue
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.statistics.areas import Area, Sight


def overdue_payments(area: Area, sight: Sight, *, today: date) -> int:
    """How many payments of an area wait today after their last day."""
    offices = [one.code for one in sight.areas if one.is_office and (_within(one, area) or area == one)]
    with as_the_house():  # only their number is told: a province does not see the orders of its offices
        return count_overdue(offices, today=today)


def _within(office: Area, area: Area) -> bool:
    return not area.is_office and (not area.is_province or office.province_code == area.province_code)
