"""The clock of the pages: the one place where web asks what time it is."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from ansinh.platform.zone import local_day


def now() -> datetime:
    """This moment; `settings.CLOCK` (a callable) sets another clock, as tests do."""
    clock = getattr(settings, "CLOCK", None)
    moment: datetime = clock() if clock is not None else timezone.now()
    return moment


def today() -> date:
    """The day it is in Vietnam."""
    return local_day(now())
