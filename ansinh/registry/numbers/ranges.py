"""Ranges of numbers, as an administrator enters and closes them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from ansinh.law.identifiers import parse_si_number
from ansinh.platform.errors import Invalid, NotFound
from ansinh.registry.models import NumberRange


def enter_range(
    first: str, last: str, *, province: str, valid_from: date, ground: str, by: str, at: datetime
) -> NumberRange:
    """Keep a range that the national registry left to us. Raises Invalid, `LawError` for what is no number."""
    if not ground.strip():
        raise Invalid("range-without-ground", "Chưa ghi văn bản giao dải số. Xin ghi số và ngày của văn bản.")
    begins, ends = int(parse_si_number(first)), int(parse_si_number(last))
    if ends < begins:
        raise Invalid("range-order", "Số cuối của dải phải không nhỏ hơn số đầu. Xin xem lại hai số.")
    made = NumberRange(
        first=begins, last=ends, next_number=begins, province=province, valid_from=valid_from,
        ground=ground.strip()[:200], entered_by=by[:120], entered_at=at,
    )  # fmt: skip
    with transaction.atomic():
        try:
            made.validate_constraints()
        except ValidationError as fault:
            raise Invalid("range-unfit", " ".join(fault.messages)) from None
        made.save()
    return made


def close_range(range_id: int, *, on: date) -> NumberRange:
    """Take no number from it from that day on. Raises NotFound."""
    with transaction.atomic():
        found = NumberRange.objects.select_for_update().filter(pk=range_id).first()
        if found is None:
            raise NotFound("range-unknown", "Không có dải số này. Xin xem lại danh sách.")
        found.closed_on = on
        found.save(update_fields=["closed_on"])
    return found


def ranges() -> list[NumberRange]:
    """Every range, in the order of the numbers."""
    return list(NumberRange.objects.all())
