"""The invented range that first social insurance numbers are taken from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from ansinh.registry.models import NumberRange

FIRST: Final = 9_900_000_001
LAST: Final = 9_900_999_999
"""No province had the code 99: these numbers are nobody's."""


def make_numbers(*, at: datetime) -> None:
    """Enter it once."""
    NumberRange.objects.get_or_create(
        first=FIRST,
        defaults={
            "last": LAST, "next_number": FIRST, "valid_from": date(2020, 1, 1), "ground": "Dải số minh họa",
            "entered_by": "demo", "entered_at": at,
        },
    )  # fmt: skip
