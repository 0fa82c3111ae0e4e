"""From the answers of a form to the person the law's what-if works with, and words all calculators share."""

from __future__ import annotations

from datetime import date
from typing import Any

from ansinh.law.outcome import Outcome
from ansinh.law.what_if import Contributor
from ansinh.platform.language import translate
from ansinh.web.public.calculators.calculator import Answers

SAME_WAGE = "Mức bình quân giữ như đã nhập; chưa tính lương tăng, trượt giá hay luật thay đổi về sau."
BIRTH_BY_MONTH = "Chỉ có tháng sinh nên tính từ ngày đầu tháng."


def contributor(answers: Answers) -> Contributor:
    """The person of `gender`, `birth`, months paid and `average`; other questions may be missing."""
    facts: dict[str, object] = {}
    if answers.get("hazardous_months"):
        facts["hazardous_months"] = answers["hazardous_months"]
    if answers.get("disability") in ("61", "81"):
        facts["disability_percent"] = int(answers["disability"])
    return Contributor(
        sex=answers["gender"],
        birth=answers["birth"],
        compulsory_months=answers.get("compulsory_months") or 0,
        voluntary_months=answers.get("voluntary_months") or 0,
        average=answers.get("average") or 0,
        facts=facts,
    )


def age_words(months: int) -> str:
    """An age in years and months."""
    years, odd = divmod(months, 12)
    if not odd:
        return translate("{years} tuổi", years=years)
    return translate("{years} tuổi {months} tháng", years=years, months=odd)


def span_words(months: int) -> str:
    """A time paid in years and months."""
    years, odd = divmod(months, 12)
    if not odd:
        return translate("{years} năm", years=years)
    if not years:
        return translate("{months} tháng", months=odd)
    return translate("{years} năm {months} tháng", years=years, months=odd)


def month_words(day: date) -> str:
    """A month as MM/YYYY."""
    return f"{day:%m/%Y}"


def percent_words(value: Any) -> str:
    """A percentage as people write it: 57,5 %."""
    return f"{value:g}".replace(".", ",") + "\u00a0%" if isinstance(value, (int, float)) else ""


def money_value(outcome: Outcome, name: str) -> int:
    """An amount among the other values of an outcome, 0 where there is none."""
    found = outcome.values.get(name)
    return found if isinstance(found, int) else 0
