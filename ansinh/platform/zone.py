"""The clock on the office wall: Vietnam time, UTC+7, no daylight saving."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The moment on the office wall."""
    return moment.astimezone(VIETNAM)


def local_day(moment: datetime) -> date:
    """The day it is in Vietnam at that moment."""
    return moment.astimezone(VIETNAM).date()


def day_begins(day: date) -> datetime:
    """The moment a day begins in Vietnam."""
    return datetime.combine(day, time.min, tzinfo=VIETNAM)
