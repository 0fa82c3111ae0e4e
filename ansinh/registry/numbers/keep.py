"""What the administrators of the agency do with ranges at the desk: look, enter, close; and when numbers run short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from ansinh.offices.queries import provinces
from ansinh.people.actors import OfficerActor
from ansinh.people.dated_rules import newest, rows_of
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.zone import local_day
from ansinh.registry.models import IssuedNumber, NumberRange, NumberRangeEvent
from ansinh.registry.numbers import ranges

KEEPS: Final = frozenset({Role.SYSTEM_ADMIN, Role.CENTRAL})
PACE_DAYS: Final = 30
_RULES = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class RangeSeen:
    """A range as an administrator sees it: how many are given, how many can still be, and whether it is closed."""

    range: NumberRange
    used: int
    left: int
    is_open: bool
    events: tuple[NumberRangeEvent, ...]


@dataclass(frozen=True)
class Shortage:
    """Numbers that run short; `province` empty: every office. `days`: how long they last at the present pace."""

    province: str
    left: int
    days: int | None


def refuse_others(actor: OfficerActor) -> None:
    """Raise NotAllowed unless the actor keeps the ranges."""
    if not any(post.role in KEEPS for post in actor.posts):
        raise NotAllowed(
            "ranges-not-yours", "Dải mã số BHXH do quản trị hệ thống nhập. Xin chuyển văn bản cho người quản trị."
        )


def ranges_seen(*, viewer: OfficerActor, on: date) -> list[RangeSeen]:
    """Every range in the order of its numbers. Raises NotAllowed."""
    refuse_others(viewer)
    return [
        RangeSeen(
            range=one,
            used=one.next_number - one.first,
            left=one.last + 1 - one.next_number,
            is_open=one.valid_from <= on and (one.closed_on is None or one.closed_on > on),
            events=tuple(one.events.all()),
        )
        for one in NumberRange.objects.prefetch_related("events")
    ]


def shortages(*, viewer: OfficerActor, at: datetime) -> list[Shortage]:
    """Where numbers run short: for every office, and in a province that has ranges of its own. Raises NotAllowed.

    The pace is that of the whole agency, for a number does not say from which range of which province it came.
    """
    day = local_day(at)
    rule = newest(rows_of(_RULES)["warnings"], on=day)
    given = IssuedNumber.objects.filter(made_at__gt=at - timedelta(days=PACE_DAYS)).count()
    left: dict[str, int] = {"": 0}
    for one in ranges_seen(viewer=viewer, on=day):
        if one.is_open:
            left[one.range.province] = left.get(one.range.province, 0) + one.left
    found = []
    for province, here in sorted(left.items()):
        days = here * PACE_DAYS // given if given else None
        if here < rule["warn_left"] or (days is not None and days < rule["warn_days"]):
            found.append(Shortage(province, here, days))
    return found


def enter(
    first: str, last: str, *, province: str, valid_from: date, ground: str, actor: OfficerActor, at: datetime
) -> NumberRange:
    """Enter a range. Raises NotAllowed, Invalid (`range-province`), and what `ranges.enter_range` raises."""
    refuse_others(actor)
    if province and province not in {one.code for one in provinces(on=local_day(at))}:
        raise Invalid("range-province", "Không có tỉnh, thành phố mang mã này. Xin chọn trong danh sách.")
    with transaction.atomic(), acting_as(actor.label):
        return ranges.enter_range(
            first, last, province=province, valid_from=valid_from, ground=ground, by=actor.label,
            by_name=actor.name, at=at,
        )  # fmt: skip


def close(range_id: int, *, on: date, ground: str, actor: OfficerActor, at: datetime) -> NumberRange:
    """Close a range. Raises NotAllowed, and what `ranges.close_range` raises."""
    refuse_others(actor)
    with transaction.atomic(), acting_as(actor.label):
        return ranges.close_range(range_id, on=on, ground=ground, by=actor.label, by_name=actor.name, at=at)
