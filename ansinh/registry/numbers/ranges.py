"""Ranges of numbers, as an administrator enters and closes them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_si_number
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day
from ansinh.registry.models import NumberRange, NumberRangeEvent


def enter_range(
    first: str,
    last: str,
    *,
    province: str,
    valid_from: date,
    ground: str,
    by: str,
    at: datetime,
    by_name: str = "",
) -> NumberRange:
    """Keep a range that the national registry left to us. Raises Invalid, Conflict (`range-overlaps`)."""
    if not ground.strip():
        raise Invalid("range-without-ground", "Chưa ghi văn bản giao dải số. Xin ghi số và ngày của văn bản.")
    begins, ends = _number(first), _number(last)
    if ends < begins:
        raise Invalid("range-order", "Số cuối của dải phải không nhỏ hơn số đầu. Xin xem lại hai số.")
    made = NumberRange(
        first=begins, last=ends, next_number=begins, province=province, valid_from=valid_from,
        ground=ground.strip()[:200], entered_by=by[:120], entered_at=at,
    )  # fmt: skip
    _refuse_overlap(begins, ends)
    try:
        made.validate_constraints()
        with transaction.atomic():
            made.save()
            _note(made, NumberRangeEvent.ENTERED, ground=made.ground, by=by, by_name=by_name, at=at)
    except ValidationError as fault:
        raise Invalid("range-unfit", " ".join(fault.messages)) from None
    except IntegrityError:  # another administrator was quicker
        _refuse_overlap(begins, ends)
        raise
    return made


def close_range(range_id: int, *, on: date, by: str, at: datetime, ground: str, by_name: str = "") -> NumberRange:
    """Take no number from it from that day on. Raises NotFound, Invalid, Conflict (`range-closed`)."""
    if not ground.strip():
        raise Invalid("closing-without-ground", "Chưa ghi vì sao đóng dải số. Xin ghi văn bản hoặc lý do.")
    with transaction.atomic():
        found = NumberRange.objects.select_for_update().filter(pk=range_id).first()
        if found is None:
            raise NotFound("range-unknown", "Không có dải số này. Xin xem lại danh sách.")
        if found.closed_on is not None:
            raise Conflict("range-closed", "Dải số này đã đóng rồi. Xin tải lại trang.")
        if on < local_day(at):
            raise Invalid("closing-in-the-past", "Ngày đóng đã qua. Xin chọn từ hôm nay trở đi.")
        found.closed_on = on
        found.save(update_fields=["closed_on"])
        _note(found, NumberRangeEvent.CLOSED, ground=ground.strip()[:200], by=by, by_name=by_name, at=at)
    return found


def ranges() -> list[NumberRange]:
    """Every range, in the order of the numbers."""
    return list(NumberRange.objects.all())


def _number(text: str) -> int:
    try:
        return int(parse_si_number(text))
    except LawError as fault:
        raise Invalid("range-number", fault.message_vi) from None


def _refuse_overlap(first: int, last: int) -> None:
    other = NumberRange.objects.filter(first__lte=last, last__gte=first).first()
    if other is not None:
        raise Conflict(
            "range-overlaps",
            "Dải số này trùng với dải {first}–{last} đã nhập theo {ground}. Một số chỉ nằm trong một dải; xin xem lại "
            "số đầu và số cuối.",
            first=f"{other.first:010d}",
            last=f"{other.last:010d}",
            ground=other.ground,
        )


def _note(found: NumberRange, kind: str, *, ground: str, by: str, by_name: str, at: datetime) -> None:
    NumberRangeEvent.objects.create(
        range=found, kind=kind, at=at, actor=by[:120], actor_name=(by_name or by)[:120], ground=ground
    )
