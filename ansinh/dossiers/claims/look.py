"""Look through the rows of a claim file: every rule of the day each patient left, the cards, the stays sent before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from lxml import etree

from ansinh.dossiers.claims.checks import CHECKS, Around
from ansinh.dossiers.claims.rules import (
    ERROR,
    days_after_card,
    edition,
    object_rate,
    rules_on,
    tolerance,
)
from ansinh.dossiers.claims.tables import Stay, amount_of, stays, time_of
from ansinh.law.errors import LawError
from ansinh.law.figures import figure
from ansinh.registry.card_checks.claimed import ClaimedCard, cards_held

KEPT: Final = 500
"""How many findings of a file are kept; all are counted."""


@dataclass
class Looked:
    """What the rows of a file say: findings (the first KEPT), how many of each kind, keys of the stays."""

    edition: str
    errors: int = 0
    warnings: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


def look_through(
    root: etree._Element, *, name: str, quarter: tuple[int, int], sent_before: Mapping[str, str]
) -> Looked:
    """Judge every stay of a file of this quarter; `sent_before` says where the key of a stay is already."""
    found = Looked(edition())
    every = list(stays(root))
    held = cards_held({card for stay in every for card in _cards(stay)})
    seen = dict(sent_before)
    for stay in every:
        key = key_of(stay)
        for one in _findings(stay, quarter=quarter, held=held, seen_in=seen.get(key, "")):
            _count(found, one)
        seen.setdefault(key, place_of(name, stay.number))
        found.stays.append(key)
    return found


def place_of(name: str, number: int) -> str:
    """A record of a file, in any language."""
    return f"{name[:60]}, #{number}"


def key_of(stay: Stay) -> str:
    """What two records of one stay have in common; a digest, for it names a patient."""
    told = stay.summary
    who = told.get("MA_THE_BHYT") or "|".join(told.get(name, "") for name in ("HO_TEN", "NGAY_SINH"))
    return hashlib.sha256(f"{who}|{told.get('NGAY_VAO', '')}".encode()).hexdigest()[:16]


def _findings(
    stay: Stay, *, quarter: tuple[int, int], held: Mapping[ClaimedCard, tuple[date | None, date | None]], seen_in: str
) -> Iterator[dict[str, Any]]:
    on = stay.left_on or date(quarter[0], quarter[1] * 3, 1)
    cards = _cards(stay)
    around = Around(
        quarter=quarter, tolerance=tolerance(on), seen_in=seen_in,
        card_known=all(one in held for one in cards) if cards else None,
        card_fails_on=_fails_on(stay, [held[one] for one in cards if one in held]),
        highest_share=_highest_share(stay, on=on),
    )  # fmt: skip
    for rule in rules_on(on):
        for fault in CHECKS[rule.check](rule, stay, around):
            yield {
                "code": rule.code, "severity": rule.severity, "record": stay.number,
                "link": stay.summary.get("MA_LK", "")[:100], "table": rule.table, "row": fault.row,
                "column": fault.column, "facts": dict(fault.facts),
            }  # fmt: skip


def _count(found: Looked, one: dict[str, Any]) -> None:
    if one["severity"] == ERROR:
        found.errors += 1
    else:
        found.warnings += 1
    if len(found.findings) < KEPT:
        found.findings.append(one)


def _cards(stay: Stay) -> Sequence[ClaimedCard]:
    """The cards of a stay in the order given: one that changed in the middle has several, parted by `;`."""
    told = stay.summary
    numbers = [one.strip() for one in told.get("MA_THE_BHYT", "").split(";") if one.strip()]
    return [ClaimedCard(one, told.get("HO_TEN", ""), _born(told.get("NGAY_SINH", ""))) for one in numbers]


def _born(text: str) -> str:
    """A birth date of the standard (yyyyMMdd…, 0000 where the day is not known) as the register has it."""
    year, month, day = text[:4], text[4:6], text[6:8]
    return f"{year}-{month}-{day}" if month not in ("", "00") and day not in ("", "00") else year


def _fails_on(stay: Stay, days: Sequence[tuple[date | None, date | None]]) -> date | None:
    """A day of the stay on which no card holds; None when they do, or nothing is known of them."""
    came, left = (time_of(stay.summary.get(name, "")) for name in ("NGAY_VAO", "NGAY_RA"))
    if not days or came is None or left is None:
        return None
    more = timedelta(days=days_after_card(stay.summary.get("MA_LOAI_KCB", ""), on=left.date()))
    for day, longer in ((came.date(), timedelta()), (left.date(), more)):
        if not any((first or day) <= day <= (last or day) + longer for first, last in days):
            return day
    return None


def _highest_share(stay: Stay, *, on: date) -> Decimal | None:
    """The percent the card and the object code allow; None when something else decides or is not known."""
    told = stay.summary
    card, rate = told.get("MA_THE_BHYT", ""), object_rate(told.get("MA_DOITUONG_KCB", ""), on=on)
    cost = amount_of(told.get("T_TONGCHI_BV", ""))
    if rate is None or cost is None or told.get("NGAY_MIEN_CCT", ""):
        return None
    try:
        low = Fraction(figure("health.low_cost_multiple", on=on).value) * figure("level.base_salary", on=on).value
        level = figure("health.card_levels", on=on).value.get(card[2:3])
    except LawError:
        return None
    if level is None or Fraction(cost) < low:
        return None
    return min(Decimal(100), Decimal(str(level)) * rate)
