"""Whether a month is paid for and counted: leave without pay, sick leave, birth leave.

Law 58/2014 article 85, circulars 59/2015 and 105/2016 article 5; law 41/2024 articles 33 k5-k6,
53 k8.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show
from ansinh.law.working import Working

_KINDS = ("sick_days_in_month", "unpaid_days_in_month", "maternity_days_in_month")


def contribution_month_excluded(work: Working) -> Outcome:
    """``contributes`` and ``counted`` for a month, by the working days of each kind of leave.

    Law 41: both sides may agree to pay (``both_agree``); sick leave in the first month of work
    or of return still contributes (``first_month``).
    """
    inputs = work.inputs
    if not any(inputs.has(kind) for kind in _KINDS):
        inputs.need(_KINDS[0])
    limit = work.figure("contribution.month_excluded_days")
    days = {kind: _days(work, kind) for kind in _KINDS}
    sick, unpaid, maternity = (days[kind] >= limit.value for kind in _KINDS)
    if sum(days.values()) >= limit.value and not (sick or unpaid or maternity):
        work.doubt(
            "Nghỉ nhiều loại trong cùng một tháng cộng lại đủ số ngày: văn bản không nêu",
            "Leave of several kinds in one month adding up to the days: the text does not say",
        )
    if maternity:
        return _said(work, days, contributes=False, counted=True, article=_maternity_article(work))
    if work.under_law_41 and sick and not unpaid and inputs.flag("first_month"):
        return _said(work, days, contributes=True, counted=True, article="41/2024/QH15 Điều 33 khoản 6")
    if work.under_law_41 and (sick or unpaid) and inputs.flag("both_agree"):
        return _said(work, days, contributes=True, counted=True, article="41/2024/QH15 Điều 33 khoản 5")
    pays = not (sick or unpaid)
    return _said(work, days, contributes=pays, counted=pays, article=limit.reference)


def _days(work: Working, kind: str) -> Fraction:
    """Working days of each spell added; a single number is one spell."""
    if not work.inputs.has(kind):
        return Fraction(0)
    given = work.inputs.need(kind)
    if not isinstance(given, list):
        return work.inputs.number(kind)
    try:
        spells = [exact(spell) for spell in given]
    except ValueError:
        raise BadInput(kind, given) from None
    if any(spell < 0 for spell in spells):
        raise BadInput(kind, given)
    return sum(spells, Fraction(0))


def _said(work: Working, days: dict[str, Fraction], *, contributes: bool, counted: bool, article: str) -> Outcome:
    work.step(
        ("Tháng này có đóng" if contributes else "Tháng này không đóng")
        + (" và được tính là thời gian đóng" if counted else " và không tính là thời gian đóng"),
        ("This month is paid for" if contributes else "This month is not paid for")
        + (" and counts" if counted else " and does not count"),
        "; ".join(show(found) for found in days.values()),
        article,
    )
    return work.outcome(None, contributes=contributes, counted=counted)


def _maternity_article(work: Working) -> str:
    return "41/2024/QH15 Điều 53 khoản 8" if work.under_law_41 else "58/2014/QH13 Điều 39"


RULES = {"contribution_month_excluded": contribution_month_excluded}
