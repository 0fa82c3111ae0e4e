"""What invented people of the large world ask for: the answers from which the law works their amount out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

PAID_FROM, PAID_TO, PAID_MONTHS = "2016-01", "2026-09", 129
"""Everybody of the large world has paid in these months."""
_LEAVE = timedelta(days=180)


def case_answers(slug: str, *, si_number: str, sex: str, submitted_on: date) -> dict[str, Any]:
    """The answers of a procedure's own questions; none for a procedure without an amount."""
    before = submitted_on - timedelta(days=20)
    match slug:
        case "che-do-thai-san":
            return {
                "mat_case": "birth", "child_birth_date": before.isoformat(), "child_count": 1, "birth_order": 1,
                "surgery": "no", "under_32_weeks": "no", "child_died": "no", "rest_during_pregnancy": "no",
                "infertility_treatment": "no", "leave_from": before.isoformat(),
                "leave_to": (before + _LEAVE).isoformat(), "treated_abroad": "no",
            }  # fmt: skip
        case "huong-bhxh-mot-lan":
            return {
                "reason": "serious_disease", "total_months": PAID_MONTHS, "months_before_2014": 0,
                "average_salary": 9_000_000, "first_joined": PAID_FROM, "last_work_end": PAID_TO,
                "has_paper_book": "no", "unemployment_reserved": "no",
            }  # fmt: skip
        case "luong-huu-tu-nguyen-bao-luu":
            return {
                "pension_case": "reserved", "gender": sex, "total_months": PAID_MONTHS,
                "compulsory_months": PAID_MONTHS, "voluntary_months": 0, "first_joined": PAID_FROM,
                "last_contribution_month": PAID_TO, "retire_from": submitted_on.replace(day=1).isoformat(),
                "missing_months_payment": "no", "early_disability": "no",
            }  # fmt: skip
        case "che-do-tu-tuat":
            return {
                "deceased_si_number": si_number, "deceased_status": "contributing",
                "date_of_death": before.isoformat(), "death_cause": "normal", "died_abroad": "no",
                "has_paper_book": "no", "benefit_choice": ["funeral", "one_time"],
            }  # fmt: skip
    return {}
