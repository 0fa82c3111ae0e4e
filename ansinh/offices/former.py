"""What an old commune's code is today: the conversion list an agency takes over, and answers from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ansinh.offices.models import Commune, FormerCommune, valid_on
from ansinh.platform.errors import Invalid

_CODE: Final = re.compile(r"\d{5}")
_LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class ListedFormer:
    """One line of a conversion list; `line` is its number in the file, for messages."""

    code: str
    name_vi: str
    became: str
    line: int


@dataclass(frozen=True)
class Today:
    """What a commune of the old map is now: its old name, and the communes of today, by name."""

    name_vi: str
    communes: tuple[Commune, ...]

    @property
    def only(self) -> Commune | None:
        """The one commune it went into; None for one that was divided."""
        return self.communes[0] if len(self.communes) == 1 else None


def today_of(code: str, *, on: date) -> Today | None:
    """What the code of an old commune stands for on a day; None when it holds itself, or nobody told us.

    A code the new map uses again is that of the new commune.
    """
    if not _CODE.fullmatch(code) or Commune.objects.filter(valid_on(on), code=code).exists():
        return None
    rows = list(FormerCommune.objects.filter(code=code, last_day__lt=on))
    found = Commune.objects.filter(valid_on(on), code__in=[row.became for row in rows]).order_by("name_vi", "code")
    communes = tuple(found)
    return Today(rows[0].name_vi, communes) if communes else None


def take_former(listed: Iterable[ListedFormer], *, last_day: date, ground: str) -> int:
    """Take a conversion list over; answers how many rows are new. The same list again brings none.

    Raises Invalid("former-list") with a problem for each bad line, and changes nothing then.
    """
    wanted = list(listed)
    _check(wanted, ground=ground)
    with transaction.atomic():
        before = FormerCommune.objects.count()
        FormerCommune.objects.bulk_create(
            [
                FormerCommune(
                    code=one.code, name_vi=one.name_vi, became=one.became, last_day=last_day, ground=ground.strip()
                )
                for one in wanted
            ],
            ignore_conflicts=True,
        )
        return FormerCommune.objects.count() - before


def _check(wanted: list[ListedFormer], *, ground: str) -> None:
    known = set(Commune.objects.values_list("code", flat=True))
    problems: list[str] = []
    if not ground.strip():
        problems.append("chưa ghi nghị quyết sắp xếp")
    for one in wanted:
        if not _CODE.fullmatch(one.code) or not _CODE.fullmatch(one.became):
            problems.append(f"dòng {one.line}: mã xã cũ và mã xã mới phải gồm 5 chữ số")
        elif one.became not in known:
            problems.append(f"dòng {one.line}: không có xã mới mang mã {one.became}; nạp danh mục xã trước")
        if not one.name_vi or len(one.name_vi) > _LONGEST_NAME:
            problems.append(f"dòng {one.line}: tên xã cũ trống hoặc dài quá {_LONGEST_NAME} chữ")
    if problems or not wanted:
        raise Invalid(
            "former-list",
            "Bảng chuyển đổi mã xã chưa đúng: {first}. Hãy sửa tệp rồi nạp lại.",
            problems=problems,
            first=problems[0] if problems else "tệp không có dòng nào",
        )
