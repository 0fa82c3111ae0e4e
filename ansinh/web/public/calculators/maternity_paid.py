"""Whether enough months were paid before a birth, an adoption or a loss, from the two numbers people know."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month
from ansinh.law.working import read_month
from ansinh.web.public.calculators.calculator import Answers


def right_on(day: date, answers: Answers) -> Outcome:
    """The right on a day: the months paid are taken as the last ones of the twelve the law looks at."""
    facts = {"birth": day, "contributed_in_birth_month": answers["paid_birth_month"] == "yes"}
    window = calculate("maternity_window", inputs=facts, event_date=day).values["window"]
    assert isinstance(window, list)
    last: Month = read_month("window", window[1])
    paid = [str(last + -back) for back in range(answers["months_in_12"])]
    return calculate("maternity_right", inputs={"birth": day, "paid_months": paid}, event_date=day)
