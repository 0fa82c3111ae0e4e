"""Days of what is given: nothing begins in the past, nothing ends before it begins."""

from __future__ import annotations

from datetime import date

from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.vietnamese import date_vi


def refuse_wrong_days(valid_from: date, valid_to: date | None, *, today: date) -> None:
    """Raise Invalid for days nobody can mean."""
    if valid_from < today:
        raise Invalid(
            "begins-in-the-past",
            "Ngày bắt đầu đã qua. Quyền không giao lùi ngày; xin chọn từ hôm nay, {day}.",
            day=date_vi(today),
        )
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("ends-before-it-begins", "Ngày cuối trước ngày bắt đầu. Xin xem lại hai ngày.")


def refuse_wrong_last_day(last_day: date, *, valid_from: date, valid_to: date | None, today: date) -> None:
    """Raise Invalid for a last day that is past, before the first one, or later than the one there is."""
    if last_day < max(today, valid_from):
        raise Invalid(
            "last-day-past",
            "Ngày cuối phải từ {day} trở đi. Muốn dừng ngay thì chọn “Dừng ngay bây giờ”.",
            day=date_vi(max(today, valid_from)),
        )
    if valid_to is not None and last_day > valid_to:
        raise Invalid(
            "last-day-later",
            "Việc này đã định kết thúc ngày {day}. Muốn kéo dài thì giao tiếp bằng một văn bản mới.",
            day=date_vi(valid_to),
        )


def refuse_over(*, ended: bool, valid_to: date | None, today: date) -> None:
    """Raise Conflict for something that is over already."""
    if ended or (valid_to is not None and valid_to < today):
        raise Conflict("already-over", "Việc này đã kết thúc trước đó. Xin tải lại trang.")
