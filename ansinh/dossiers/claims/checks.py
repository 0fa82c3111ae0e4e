"""The checks that rules.yaml may name: each looks at one stay and yields what is wrong, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ansinh.dossiers.claims.rules import Rule
from ansinh.dossiers.claims.tables import Row, Stay, amount_of, time_of

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Fault:
    """Where a rule does not hold; `row` counts from 1."""

    row: int
    column: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What a check knows beside the stay: the quarter of the file, the room amounts have, the card, the same stay."""

    quarter: tuple[int, int]
    tolerance: Decimal
    card_known: bool | None
    """None: no card number is given."""
    card_fails_on: date | None
    seen_in: str
    highest_share: Decimal | None
    """None where the share is not judged."""


Check = Callable[[Rule, Stay, Around], Iterator[Fault]]


def _rows(rule: Rule, stay: Stay) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(stay.tables[rule.table], start=1):
        if "when" not in rule.more or _holds(rule.more["when"], row):
            yield number, row


def _holds(condition: Mapping[str, Any], row: Row) -> bool:
    return row.get(condition["column"], "") in condition["among"]


def _filled(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    for number, row in _rows(rule, stay):
        yield from (Fault(number, column) for column in rule.columns if not row.get(column, ""))


def _among(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    for number, row in _rows(rule, stay):
        for column in rule.columns:
            if (found := row.get(column, "")) and found not in rule.more["values"]:
                yield Fault(number, column, {"found": found})


def _not_negative(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    for number, row in _rows(rule, stay):
        for column in rule.columns:
            found = row.get(column, "")
            amount = amount_of(found)
            if found and (amount is None or amount < 0):
                yield Fault(number, column, {"found": found[:40]})


def _percent(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    for number, row in _rows(rule, stay):
        for column in rule.columns:
            found = row.get(column, "")
            share = amount_of(found)
            right = share is not None and 0 <= share <= 100 and not (rule.more["whole"] and share % 1)
            if found and not right:
                yield Fault(number, column, {"found": found[:40]})


def _times_in_order(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    for number, row in _rows(rule, stay):
        before = None
        for column in rule.columns:
            if not (found := row.get(column, "")):
                continue
            moment = time_of(found)
            if moment is None or (before is not None and moment < before):
                yield Fault(number, column, {"found": found[:20]})
            before = moment or before


def _within_stay(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    first, last = (time_of(stay.summary.get(name, "")) for name in ("NGAY_VAO", "NGAY_RA"))
    for number, row in _rows(rule, stay):
        for column in rule.columns:
            if not (found := row.get(column, "")):
                continue
            moment = time_of(found)
            if moment is None or (first is not None and moment < first) or (last is not None and moment > last):
                yield Fault(number, column, {"found": found[:20]})


def _within_quarter(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    year, month = stay.summary.get("NAM_QT", ""), stay.summary.get("THANG_QT", "")
    if not (year and month):
        return  # said by `filled`
    told = (int(year), (int(month) + 2) // 3) if year.isdigit() and month.isdigit() else None
    if told != around.quarter:
        facts = {"found": f"{month}/{year}"[:20], "expected": f"{around.quarter[1]}/{around.quarter[0]}"}
        yield Fault(1, rule.columns[0], facts)


def _same_link(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    link = stay.summary.get("MA_LK", "")
    for number, row in _rows(rule, stay):
        if row.get("MA_LK", "") != link:
            yield Fault(number, rule.columns[0])


def _card_given(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    if around.card_known is None:
        yield Fault(1, rule.columns[0])


def _card_known(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    if around.card_known is False:
        yield Fault(1, rule.columns[0])


def _card_in_days(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    if around.card_fails_on is not None:
        yield Fault(1, rule.columns[0], {"found": f"{around.card_fails_on:%d/%m/%Y}"})


def _stay_once(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    if around.seen_in:
        yield Fault(1, rule.columns[0], {"expected": around.seen_in})


def _share_in_force(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    if around.highest_share is None:
        return
    for number, row in _rows(rule, stay):
        share = amount_of(row.get(rule.columns[0], ""))
        if share is not None and share > around.highest_share:
            yield Fault(number, rule.columns[0], {"found": f"{share:f}", "expected": _shown(around.highest_share)})


def _product(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    column = rule.columns[0]
    for number, row in _rows(rule, stay):
        factors = [amount_of(row.get(name, "")) for name in rule.more["factors"]]
        percents = [amount_of(row.get(name, "")) for name in rule.more.get("percents", ())]
        found = amount_of(row.get(column, ""))
        known = [one for one in (*factors, *percents) if one is not None]
        if found is None or len(known) != len(factors) + len(percents):
            continue  # said by `filled` and `not_negative`
        expected = Decimal(1)
        for one in known:
            expected *= one
        expected = (expected / Decimal(100) ** len(percents)).quantize(_CENT, ROUND_HALF_UP)
        if "zero_when" in rule.more and _holds(rule.more["zero_when"], row):
            expected = Decimal(0)
        yield from _differs(number, column, found, expected, around)


def _parts(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    column = rule.columns[0]
    for number, row in _rows(rule, stay):
        whole = amount_of(row.get(column, ""))
        parts = [amount_of(row.get(name, "")) for name in rule.more["parts"]]
        known = [one for one in parts if one is not None]
        if whole is not None and len(known) == len(parts):
            yield from _differs(number, column, sum(known, Decimal(0)), whole, around)


def _share_of(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    column = rule.columns[0]
    for number, row in _rows(rule, stay):
        found, whole = amount_of(row.get(column, "")), amount_of(row.get(rule.more["whole_column"], ""))
        share = amount_of(row.get(rule.more["percent_column"], ""))
        if found is None or whole is None or share is None:
            continue
        most = (whole * share / 100).quantize(_CENT, ROUND_HALF_UP)
        least = most - (amount_of(row.get(rule.more["less_column"], "")) or Decimal(0))
        if found > most + around.tolerance or found < least - around.tolerance:
            yield Fault(number, column, {"found": _shown(found), "expected": _shown(most)})


def _sum_of_rows(rule: Rule, stay: Stay, around: Around) -> Iterator[Fault]:
    column = rule.columns[0]
    found = amount_of(stay.summary.get(column, ""))
    if found is None or stay.unreadable:
        return
    expected = sum(
        (
            amount_of(row.get(name, "")) or Decimal(0)
            for table, name in rule.more["of"].items()
            for row in stay.tables[table]
        ),
        Decimal(0),
    )
    yield from _differs(1, column, found, expected, around)


def _differs(number: int, column: str, found: Decimal, expected: Decimal, around: Around) -> Iterator[Fault]:
    if abs(found - expected) > around.tolerance:
        yield Fault(number, column, {"found": _shown(found), "expected": _shown(expected)})


def _shown(amount: Decimal) -> str:
    """As it is written here: 1.500.000,5."""
    text = f"{amount.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


CHECKS: Final[Mapping[str, Check]] = {
    "filled": _filled,
    "among": _among,
    "not_negative": _not_negative,
    "percent": _percent,
    "times_in_order": _times_in_order,
    "within_stay": _within_stay,
    "within_quarter": _within_quarter,
    "same_link": _same_link,
    "card_given": _card_given,
    "card_known": _card_known,
    "card_in_days": _card_in_days,
    "stay_once": _stay_once,
    "share_in_force": _share_in_force,
    "product": _product,
    "parts": _parts,
    "share_of": _share_of,
    "sum_of_rows": _sum_of_rows,
}
"""What a rule may name."""
