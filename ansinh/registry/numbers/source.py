"""Where first numbers come from.

The national registry gives them. Until it can be asked directly it leaves ranges to this system, which administrators
enter (`ranges`); whoever connects the registry writes another `NumberSource` and names it in the settings.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import F, Q
from django.utils.module_loading import import_string

from ansinh.offices.queries import office
from ansinh.platform.errors import Conflict
from ansinh.registry.models import InsuredPerson, NumberRange

RANGES: Final = "ansinh.registry.numbers.source.RangeSource"


class NumberSource(ABC):
    """Gives numbers that nobody has."""

    name: str

    @abstractmethod
    def take(self, *, office_code: str, on: date) -> str:
        """A new number of 10 digits, in the caller's transaction. Raises Conflict when there is none."""


class RangeSource(NumberSource):
    """From the ranges entered here: those of the office's province first. A range is locked while one takes from it."""

    name = "ranges"

    def take(self, *, office_code: str, on: date) -> str:
        province = office(office_code).province_code
        found = (
            NumberRange.objects.select_for_update()
            .filter(valid_from__lte=on, next_number__lte=F("last"))
            .filter(Q(closed_on=None) | Q(closed_on__gt=on))
            .filter(province__in=["", province])
            .order_by("-province", "first")
            .first()
        )
        if found is None:
            raise _no_number()
        number = found.next_number
        while InsuredPerson.objects.filter(pk=_written(number)).exists():  # came in by another way meanwhile
            number += 1
        if number > found.last:
            found.next_number = number
            found.save(update_fields=["next_number"])
            return self.take(office_code=office_code, on=on)
        found.next_number = number + 1
        found.save(update_fields=["next_number"])
        return _written(number)


def number_source() -> NumberSource:
    """The source of this installation (setting `SI_NUMBER_SOURCE`, a dotted name)."""
    source: NumberSource = import_string(getattr(settings, "SI_NUMBER_SOURCE", RANGES))()
    return source


def _written(number: int) -> str:
    return f"{number:010d}"


def _no_number() -> Conflict:
    return Conflict(
        "no-number-left",
        "Chưa có dải mã số BHXH nào còn số để cấp. Xin báo quản trị nhập dải số mới rồi ký lại.",
    )
