"""How many days of sick leave are paid: own sickness and a sick child.

Law 58/2014 articles 26 and 27, 59/2015 articles 3 to 5; law 41/2024 articles 43 and 44, 12/2025
articles 4 and 5.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import combinations

from ansinh.law.benefits.leave_days import doubt_unannounced, paid_days_in, read_leave, read_spans, rest_rule
from ansinh.law.benefits.sickness import CONDITIONS, by_years, years_paid
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show
from ansinh.law.working import Working

_MOST_CHILDREN = 8


def sickness_days(work: Working) -> Outcome:
    """Working days of a leave, or the days asked for within the limit of the year.

    With years paid, days of each calendar year are held against that year's limit; ``used_days``
    were used in the year the leave begins. The armed forces have no limit but the treatment.
    """
    if work.inputs.has("leave_from"):
        return _days_of_leave(work)
    if work.inputs.flag("armed_forces"):
        return _days_of_treatment(work)
    limit = _annual_limit(work)
    left = max(0, limit - work.inputs.whole("used_days", 0))
    values: dict[str, object] = {"annual_limit": limit, "remaining_days": left}
    if work.inputs.has("requested_days"):
        asked = work.inputs.whole("requested_days")
        values["paid_days"] = min(asked, left)
        _limit_step(work, f"min({asked}; {limit} − {limit - left}) = {min(asked, left)}")
    else:
        _limit_step(work, f"{limit} − {limit - left} = {left}")
    return work.outcome(None, **values)


def _days_of_leave(work: Working) -> Outcome:
    first, last = read_leave(work.inputs)
    days = paid_days_in(first, last, is_rest=rest_rule(work.inputs))
    doubt_unannounced(work, first, last)
    by_year = dict(sorted(Counter(day.year for day in days).items()))
    work.step(
        "Ngày nghỉ ốm không kể ngày nghỉ hằng tuần và ngày lễ",
        "Days of sick leave without weekly rest days and public holidays",
        f"{first} → {last}: " + " + ".join(f"{count} ({year})" for year, count in by_year.items()),
        "41/2024/QH15 Điều 43" if work.under_law_41 else "58/2014/QH13 Điều 26",
    )
    values: dict[str, object] = {"working_days": len(days)}
    if work.inputs.flag("armed_forces"):
        _no_limit_step(work, len(days))
    elif work.inputs.has("contribution_years") or work.inputs.has("contribution_months"):
        limit = _annual_limit(work)
        used = {first.year: work.inputs.whole("used_days", 0)}
        by_year = {year: min(count, max(0, limit - used.get(year, 0))) for year, count in by_year.items()}
        values["annual_limit"] = limit
        _limit_step(work, " + ".join(str(count) for count in by_year.values()))
    values["paid_days"] = sum(by_year.values())
    values["paid_by_year"] = {str(year): count for year, count in by_year.items()}
    return work.outcome(None, **values)


def _days_of_treatment(work: Working) -> Outcome:
    """Armed forces: every day of treatment a doctor ordered."""
    asked = work.inputs.whole("requested_days")
    _no_limit_step(work, asked)
    return work.outcome(None, paid_days=asked)


def _no_limit_step(work: Working, days: int) -> None:
    work.step(
        "Lực lượng vũ trang: theo thời gian điều trị, không có số ngày tối đa trong năm",
        "Armed forces: as long as the treatment takes, no limit in the year",
        str(days),
        "41/2024/QH15 Điều 43 khoản 3" if work.under_law_41 else "58/2014/QH13 Điều 26 khoản 3",
    )


def _annual_limit(work: Working) -> int:
    condition = work.inputs.choice("condition", CONDITIONS) if work.inputs.has("condition") else CONDITIONS[0]
    limits = work.figure("sickness.days")
    return by_years(years_paid(work), limits.value["normal" if condition == "normal" else "hazardous"])


def _limit_step(work: Working, arithmetic: str) -> None:
    limit = _annual_limit(work)
    work.step(
        f"Tối đa {limit} ngày làm việc trong năm với {show(years_paid(work))} năm đóng",
        f"At most {limit} working days in the year with {show(years_paid(work))} years paid",
        arithmetic,
        work.figure("sickness.days").reference,
    )


def child_sickness_days(work: Working) -> Outcome:
    """Days off for sick children, each day once; every child has its own limit of the year.

    ``children_ages`` gives the ages one by one. As many ``leave_spans`` as children are one span
    a child; else each span may belong to any child. ``used_days`` were used for each child.
    """
    inputs = work.inputs
    children = inputs.whole("children", 1)
    if not 1 <= children <= _MOST_CHILDREN:
        raise BadInput("children", children)
    limits = _limits(work, children)
    if limits and not inputs.has("leave_spans"):
        return _only_the_limit(work, limits)
    spans = read_spans(inputs, "leave_spans")
    is_rest = rest_rule(inputs)
    of_span = [paid_days_in(first, last, is_rest=is_rest) for first, last in spans]
    doubt_unannounced(work, min(first for first, _ in spans), max(last for _, last in spans))
    off = set().union(*of_span)
    work.step(
        "Ngày làm việc nghỉ chăm con ốm, mỗi ngày tính một lần",
        "Working days off for the sick child, each day once",
        " + ".join(str(len(days)) for days in of_span) + f" → {len(off)}",
        _article(work),
    )
    values: dict[str, object] = {"working_days": len(off)}
    if limits is None:
        values["paid_days"] = len(off)
    else:
        by_year = _paid_by_year(work, of_span, limits)
        values |= {"annual_limit": limits[0], "paid_days": sum(by_year.values())}
        same = len(set(limits)) == 1
        work.step(
            f"Tối đa {limits[0]} ngày mỗi con trong năm" if same else "Mỗi con có số ngày riêng trong năm",
            f"At most {limits[0]} days a child in the year" if same else "Each child has its own days of the year",
            "; ".join(f"{year}: {_in_year(off, year)} → {paid}" for year, paid in by_year.items()),
            work.figure("sickness.child_days").reference,
        )
    if inputs.flag("both_parents"):
        values["paid_days_each_parent"] = values["paid_days"]
    return work.outcome(None, **values)


def _only_the_limit(work: Working, limits: list[int]) -> Outcome:
    left = [max(0, limit - work.inputs.whole("used_days", 0)) for limit in limits]
    work.step(
        "Số ngày làm việc còn được nghỉ trong năm cho mỗi con",
        "Working days left in the year for each child",
        "; ".join(f"{limit} → {days}" for limit, days in zip(limits, left, strict=True)),
        work.figure("sickness.child_days").reference,
    )
    return work.outcome(None, annual_limit=limits[0], remaining_days=left[0])


def _limits(work: Working, children: int) -> list[int] | None:
    """Limit of each child by its age on the first day of leave; None when no age is given."""
    inputs = work.inputs
    ages = inputs.items("children_ages") or (
        [inputs.need("child_age_years")] * children if inputs.has("child_age_years") else []
    )
    if not ages:
        return None
    if len(ages) != children:
        raise BadInput("children_ages", ages)
    days = work.figure("sickness.child_days").value
    return [_limit_of(exact(age), days) for age in ages]


def _limit_of(years: Fraction, days: dict[str, int]) -> int:
    if years >= 7:
        return 0
    return days["under_3" if years < 3 else "3_to_under_7"]


def _paid_by_year(work: Working, of_span: list[set[date]], limits: list[int]) -> dict[int, int]:
    """Paid days of each calendar year; ``used_days`` were used in the year the leave begins."""
    years = sorted({day.year for days in of_span for day in days})
    used = {work.event_date.year: work.inputs.whole("used_days", 0)}
    return {
        year: _paid(
            [{day for day in days if day.year == year} for days in of_span],
            [max(0, limit - used.get(year, 0)) for limit in limits],
        )
        for year in years
    }


def _in_year(days: set[date], year: int) -> int:
    return sum(day.year == year for day in days)


def _paid(of_span: list[set[date]], left: list[int]) -> int:
    """Most days that can be charged to the children, each within its own limit.

    Every day goes to a child sick that day; the most is reached where, for some children, all
    their days are used up and every other day is covered (the smallest such cut).
    """
    everyone = range(len(left))
    own = of_span if len(of_span) == len(left) else [set().union(*of_span)] * len(left)
    cuts = (set(used_up) for size in range(len(left) + 1) for used_up in combinations(everyone, size))
    return min(
        sum(left[child] for child in used_up)
        + len(set[date]().union(*(own[child] for child in everyone if child not in used_up)))
        for used_up in cuts
    )


def _article(work: Working) -> str:
    return "41/2024/QH15 Điều 44; 12/2025/TT-BNV Điều 5" if work.under_law_41 else "58/2014/QH13 Điều 27"


RULES = {"sickness_days": sickness_days, "child_sickness_days": child_sickness_days}
