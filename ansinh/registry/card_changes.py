"""The health card that the register holds: as taken over, with everything decisions issued, extended and ended.

Every function that writes works in the caller's transaction, on a record the caller has locked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ansinh.law.figures import figure
from ansinh.offices.queries import office
from ansinh.platform.errors import Conflict
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import CardChange, InsuredPerson


@dataclass(frozen=True)
class HeldCard:
    """Number, percent of the costs, days (the last one included) and first treatment place; `number` empty: no card."""

    number: str
    percent: int | None
    valid_from: date | None
    valid_to: date | None
    facility: str


def held_card(person: InsuredPerson, *, until: CardChange | None = None) -> HeldCard:
    """The card after every change on record; with `until` as it stood before that one."""
    card = HeldCard(
        person.card_number,
        person.card_level_percent,
        person.card_valid_from,
        person.card_valid_to,
        person.initial_facility,
    )
    for change in sorted(person.card_changes.all(), key=lambda one: (one.made_at, one.pk)):
        if until is not None and change.pk == until.pk:
            return card
        card = _changed(card, change)
    return card


def issue(
    person: InsuredPerson, *, group: str, first: date | None, last: date | None, facility: str, reason: str,
    ground: Ground,
) -> CardChange:  # fmt: skip
    """Issue a card: the first one, another copy, or one with other facts.

    Without days those of the present card stay. Raises Conflict when there is neither, and for an unknown group.
    """
    card = held_card(person)
    number, percent = _number(person, card, group, on=ground.at.date())
    begins = first or card.valid_from
    if begins is None:
        raise Conflict(
            "card-without-days",
            "Người này chưa có thẻ BHYT nào và hồ sơ không nêu ngày bắt đầu dùng thẻ. Xin yêu cầu bổ sung.",
        )
    ends = last or (card.valid_to if first is None else None)
    if ends is not None and ends < begins:
        raise Conflict("card-days-order", "Ngày cuối của thẻ trước ngày đầu. Xin kiểm tra ngày của thẻ.")
    return _write(
        person, "issued", ground, number=number, level_percent=percent, valid_from=begins, valid_to=ends,
        facility=facility[:200], reason=reason[:300],
    )  # fmt: skip


def extend(person: InsuredPerson, *, first: date, last: date, ground: Ground) -> CardChange:
    """Valid for longer. Raises Conflict without a card, and when it is valid as long already."""
    card = _the_card(person)
    if card.valid_to is None or card.valid_to >= last:
        raise Conflict(
            "card-valid-already",
            "Thẻ BHYT của {name} đã có giá trị đến {day} rồi. Xin kiểm tra thời gian gia hạn.",
            name=person.full_name,
            day=date_vi(card.valid_to) if card.valid_to else "khi thay đổi đối tượng",
        )
    if last < first:
        raise Conflict("card-days-order", "Ngày cuối của thẻ trước ngày đầu. Xin kiểm tra ngày của thẻ.")
    return _write(person, "extended", ground, valid_from=first, valid_to=last)


def end(person: InsuredPerson, *, on: date, reason: str, ground: Ground) -> CardChange:
    """Valid until that day. Raises Conflict without a card, and when it ended before."""
    card = _the_card(person)
    if card.valid_to is not None and card.valid_to < on:
        raise Conflict(
            "card-ended-already",
            "Thẻ BHYT của {name} đã hết giá trị từ {day}. Không có gì để thu hồi.",
            name=person.full_name,
            day=date_vi(card.valid_to),
        )
    return _write(person, "ended", ground, valid_to=on, reason=reason[:300])


def restore(person: InsuredPerson, *, before: CardChange, reason: str, ground: Ground) -> CardChange:
    """The card as it stood before a change; where there was none, one that is valid on no day any more."""
    card = held_card(person, until=before)
    if not card.number:
        first = before.valid_from or before.made_at.date()
        return _write(person, "ended", ground, valid_to=first - timedelta(days=1), reason=reason[:300])
    return _write(
        person, "issued", ground, number=card.number, level_percent=card.percent, valid_from=card.valid_from,
        valid_to=card.valid_to, facility=card.facility, reason=reason[:300],
    )  # fmt: skip


def _changed(card: HeldCard, change: CardChange) -> HeldCard:
    if change.kind == "ended":
        return replace(card, valid_to=change.valid_to)
    joins = (
        card.valid_to is not None
        and card.valid_from is not None
        and change.valid_from is not None
        and card.valid_from <= change.valid_from <= card.valid_to + timedelta(days=1)
    )
    begins = card.valid_from if joins else change.valid_from
    if change.kind == "extended":
        return replace(card, valid_from=begins, valid_to=change.valid_to)
    return HeldCard(
        change.number or card.number,
        change.level_percent if change.level_percent is not None else card.percent,
        begins,
        change.valid_to,
        change.facility or card.facility,
    )


def _number(person: InsuredPerson, card: HeldCard, group: str, *, on: date) -> tuple[str, int | None]:
    """Number and percent of a card for a group like `HT3` (letters and level); empty: as before, else the plain one."""
    if not group:
        return card.number or person.pk, card.percent
    levels = figure("health.card_levels", on=on).value
    if len(group) != 3 or group[2] not in levels:
        raise Conflict(
            "card-group-unknown", "Không có nhóm thẻ BHYT “{group}”. Xin kiểm tra đối tượng tham gia.", group=group
        )
    province = card.number[3:5] if len(card.number) == 15 else office(person.managing_office).province_code
    return f"{group}{province}{person.pk}", int(levels[group[2]])


def _the_card(person: InsuredPerson) -> HeldCard:
    card = held_card(person)
    if not card.number:
        raise Conflict(
            "no-card", "{name} chưa có thẻ BHYT. Xin kiểm tra mã số, hoặc cấp thẻ trước.", name=person.full_name
        )
    return card


def _write(person: InsuredPerson, kind: str, ground: Ground, **facts: object) -> CardChange:
    return CardChange.objects.create(
        insured=person, kind=kind, dossier_id=ground.dossier_id, made_at=ground.at, **facts
    )
