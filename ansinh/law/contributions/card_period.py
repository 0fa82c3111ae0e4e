"""From when to when a household's health card is valid after a payment: first card, renewal, interruption.

Law 25/2008 article 16 k3, 146/2018 articles 9 k7, 12 k5 and 13 k8; law 51/2024 and 188/2025 since July 2025.
"""

from __future__ import annotations

from datetime import date, timedelta

from ansinh.law.contributions.household import pays_by_usual_periods
from ansinh.law.errors import BadInput
from ansinh.law.figures import Figure
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import add_months, end_of_period
from ansinh.law.working import Working

_FULL_YEAR = 12
_LONGEST = 60


def bhyt_card_period(work: Working) -> Outcome:
    """``valid_from`` and ``new_valid_to`` of a card paid for on the deciding day for ``months``.

    Paid before ``current_valid_to`` has passed, the card follows on from it; after a short interruption it is valid
    from the day of payment; a first card, or one after a long interruption, waits. ``continuous`` says whether the
    time counts on towards five continuous years.
    """
    months = work.inputs.whole("months")
    if not 1 <= months <= _LONGEST:
        raise BadInput("months", months)
    pays_by_usual_periods(work, months)
    rule = work.figure("health.card_interruption")
    uncovered = work.inputs.day("current_valid_to") + timedelta(days=1) if work.inputs.has("current_valid_to") else None
    if uncovered is None or _is_long(work, rule, uncovered):
        first, is_continuous = _after_waiting(work, rule, months), False
    else:
        first, is_continuous = _without_waiting(work, rule, uncovered), True
    last = end_of_period(first, months)
    work.step(
        f"Thẻ có giá trị {months} tháng, đến ngày {last:%d/%m/%Y}",
        f"The card is valid for {months} months, until {last}",
        f"{first} + {months} → {last}",
        "146/2018/NĐ-CP Điều 13 khoản 9" if not work.under_law_41 else rule.reference,
    )
    return work.outcome(None, valid_from=first, new_valid_to=last, continuous=is_continuous)


def _is_long(work: Working, rule: Figure, uncovered: date) -> bool:
    """Whether the time without a card has reached the length after which a new one waits."""
    used = rule.value
    reached = add_months(uncovered, used["gap"]) if used["unit"] == "month" else uncovered + timedelta(days=used["gap"])
    is_long = work.event_date >= reached
    if is_long and uncovered.year != work.event_date.year:
        work.doubt(
            "Gián đoạn kéo dài qua hai năm tài chính: tính cả thời gian gián đoạn",
            "An interruption over two financial years: the whole interruption is counted",
        )
    return is_long


def _after_waiting(work: Working, rule: Figure, months: int) -> date:
    days = rule.value["waiting_days"]
    first = work.event_date + timedelta(days=days)
    work.step(
        f"Tham gia lần đầu hoặc gián đoạn dài: thẻ có giá trị sau {days} ngày kể từ ngày đóng",
        f"First card or a long interruption: valid {days} days after the payment",
        f"{work.event_date} + {days} → {first}",
        rule.reference,
    )
    work.ground(
        f"Thẻ lần đầu hoặc sau gián đoạn dài có thời hạn {_FULL_YEAR} tháng",
        f"A first card or one after a long interruption runs for {_FULL_YEAR} months",
        "146/2018/NĐ-CP Điều 13 khoản 8",
        None if work.under_law_41 else months == _FULL_YEAR,
    )
    return first


def _without_waiting(work: Working, rule: Figure, uncovered: date) -> date:
    """The day after the old card, or the day of payment when that day has passed."""
    first = max(uncovered, work.event_date)
    follows = first == uncovered
    work.step(
        "Đóng liên tục: thẻ mới nối tiếp ngày hết hạn của thẻ cũ"
        if follows
        else "Gián đoạn ngắn: thẻ có giá trị từ ngày đóng",
        "Paid without interruption: the new card follows the old one"
        if follows
        else "A short interruption: valid from the day of payment",
        f"{uncovered - timedelta(days=1)} → {first}",
        "25/2008/QH12 Điều 16 khoản 3b" if follows else rule.reference,
    )
    return first


RULES = {"bhyt_card_period": bhyt_card_period}
