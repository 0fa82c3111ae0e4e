"""Take over a published list of communes: what changed ends the day before, what is new begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from ansinh.offices.models import Commune, Province, valid_on
from ansinh.platform.errors import Invalid

_CODE = re.compile(r"\d{5}")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class ListedCommune:
    """One line of the list; `line` is its number in the file, for messages."""

    code: str
    name_vi: str
    province_code: str
    line: int


@dataclass(frozen=True)
class Taken:
    """How many communes the list brought: new, changed, ended, and as they were."""

    added: int
    changed: int
    ended: int
    unchanged: int


def take_communes(listed: Iterable[ListedCommune], *, valid_from: date, whole: bool) -> Taken:
    """Make the list true from `valid_from` on; with `whole`, communes it does not name end.

    Taking the same list again changes nothing. Raises Invalid("commune-list") with a problem for each bad line,
    and changes nothing then.
    """
    wanted = list(listed)
    with transaction.atomic():
        _check(wanted, valid_from)
        known = {row.code: row for row in Commune.objects.select_for_update().filter(valid_on(valid_from))}
        fresh = [one for one in wanted if one.code not in known]
        changed = [one for one in wanted if one.code in known and not _same(one, known[one.code])]
        named = {one.code for one in wanted}
        gone = [row for code, row in known.items() if whole and code not in named]
        _end([*gone, *(known[one.code] for one in changed)], valid_from)
        Commune.objects.bulk_create(
            Commune(code=one.code, name_vi=one.name_vi, province_code=one.province_code, valid_from=valid_from)
            for one in [*fresh, *changed]
        )
    unchanged = len(wanted) - len(fresh) - len(changed)
    return Taken(added=len(fresh), changed=len(changed), ended=len(gone), unchanged=unchanged)


def _same(one: ListedCommune, row: Commune) -> bool:
    return (one.name_vi, one.province_code) == (row.name_vi, row.province_code)


def _end(rows: list[Commune], valid_from: date) -> None:
    """A row that began the same day was never in force: it goes; an older one ends the day before."""
    Commune.objects.filter(pk__in=[row.pk for row in rows], valid_from=valid_from).delete()
    Commune.objects.filter(pk__in=[row.pk for row in rows]).update(valid_to=valid_from - timedelta(days=1))


def _check(wanted: list[ListedCommune], valid_from: date) -> None:
    provinces = set(Province.objects.filter(valid_on(valid_from)).values_list("code", flat=True))
    seen: set[str] = set()
    problems: list[str] = []
    for one in wanted:
        if not _CODE.fullmatch(one.code):
            problems.append(f"dòng {one.line}: mã xã phải gồm 5 chữ số")
        elif one.code in seen:
            problems.append(f"dòng {one.line}: mã xã {one.code} đã có ở dòng trên")
        if not one.name_vi or len(one.name_vi) > _LONGEST_NAME:
            problems.append(f"dòng {one.line}: tên xã trống hoặc dài quá {_LONGEST_NAME} chữ")
        if one.province_code not in provinces:
            problems.append(f"dòng {one.line}: không có tỉnh mang mã {one.province_code or '(trống)'}")
        seen.add(one.code)
    if problems or not wanted:
        raise Invalid(
            "commune-list",
            "Danh mục xã chưa đúng: {first}. Hãy sửa tệp rồi nạp lại.",
            problems=problems,
            first=problems[0] if problems else "tệp không có dòng nào",
        )
