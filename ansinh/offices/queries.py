"""Which office, which level, which calendar: answered for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.db import connection

from ansinh.law.calendar import DayKind, WorkCalendar, default_calendar
from ansinh.offices.former import today_of
from ansinh.offices.models import (
    ORDINARY,
    CalendarDay,
    Commune,
    DecidingLevel,
    Jurisdiction,
    Level,
    Office,
    Province,
    SupportLine,
    valid_on,
)
from ansinh.platform.errors import NotFound
from ansinh.platform.remembered import remembered
from ansinh.platform.statements import KEPT, TYPED, Statement, statement


@remembered
def work_calendar() -> WorkCalendar:
    """Working days: the computed calendar with the administrator's dated rows on top."""
    return _with_entered(tuple(_entered().rows()))


@lru_cache(1)
def _entered() -> Statement:
    return statement(CalendarDay.objects.order_by("day").values_list("day", "kind"))


@lru_cache(8)
def _with_entered(rows: tuple[tuple[date, str], ...]) -> WorkCalendar:
    """The computed calendar is long: put together once for the same rows."""
    return default_calendar().with_days({day: None if kind == ORDINARY else DayKind(kind) for day, kind in rows})


@remembered
def office(code: str) -> Office:
    """The office of this code, also a closed one: old numbers must resolve. Raises NotFound."""
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise NotFound("office-unknown", "Không có cơ quan BHXH mang mã {office_code}. Xin chọn lại.", office_code=code)
    return found


def office_names(codes: set[str]) -> Mapping[str, Office]:
    """Offices by code, in one query."""
    return {one.code: one for one in _of_codes(frozenset(codes)).models(Office)}


@lru_cache(KEPT)
def _of_codes(codes: frozenset[str]) -> Statement:
    return statement(Office.objects.filter(pk__in=codes))


def offices_under(codes: Iterable[str]) -> frozenset[str]:
    """Codes of the offices whose parent is one of these."""
    return frozenset(Office.objects.filter(parent_id__in=list(codes)).values_list("code", flat=True))


def open_offices(*, on: date, province_code: str = "") -> list[Office]:
    """Offices that take dossiers on a day, by province and name."""
    return _open_offices(on, province_code).models(Office)


@lru_cache(KEPT)
def _open_offices(on: date, province_code: str) -> Statement:
    offices = Office.objects.filter(valid_on(on), level__in=[Level.PROVINCE, Level.LOCAL])
    if province_code:
        offices = offices.filter(province_code=province_code)
    return statement(offices.order_by("province_code", "code"))


def offices_of_agency(*, on: date) -> list[Office]:
    """Every office of the agency on a day, the centre too, by province and code."""
    return list(Office.objects.filter(valid_on(on)).exclude(level=Level.DISTRICT).order_by("province_code", "code"))


def office_for_commune(commune_code: str, *, on: date) -> Office | None:
    """The office that serves a commune on a day, if we know."""
    row = Jurisdiction.objects.filter(valid_on(on), commune_code=commune_code).select_related("office").first()
    return row.office if row else None


def communes_served(office_code: str, *, on: date) -> list[Commune]:
    """Communes that an office serves on a day, by name."""
    served = Jurisdiction.objects.filter(valid_on(on), office_id=office_code).values("commune_code")
    return list(Commune.objects.filter(valid_on(on), code__in=served).order_by("name_vi", "code"))


def receiving_office(*, managing_office: str, commune_code: str, on: date) -> str:
    """The office proposed to a person: the record's, or what it became, else the commune's; or empty."""
    found = became(managing_office, on=on)
    if found is None:
        found = office_for_commune(commune_code, on=on) if commune_code else None
    return found.code if found else ""


def became(code: str, *, on: date) -> Office | None:
    """The office of this code on a day, or the one that a merged or closed office has become by then; else None."""
    found = Office.objects.filter(code=code).select_related("merged_into").first()
    passed: set[str] = set()
    while found is not None and found.valid_to is not None and found.valid_to < on:
        passed.add(found.code)
        found = found.merged_into
        if found is not None and found.code in passed:
            return None  # offices entered as merged into each other
    return found


ABOVE = """
WITH RECURSIVE up AS (
    SELECT code, parent_id FROM offices_office WHERE code = %(code)s
    UNION SELECT above.code, above.parent_id FROM offices_office above JOIN up ON above.code = up.parent_id
) SELECT code FROM up
"""
BELOW = """
WITH RECURSIVE down AS (
    SELECT code FROM offices_office WHERE code = ANY(%(codes)s)
    UNION SELECT child.code FROM offices_office child JOIN down ON child.parent_id = down.code
) SELECT code FROM down
"""


def and_above(code: str) -> frozenset[str]:
    """An office and every office above it."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, {"code": code})
        return frozenset(row[0] for row in cursor.fetchall())


def and_below(codes: Iterable[str]) -> frozenset[str]:
    """Offices and every office below them."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"codes": sorted(set(codes))})
        return frozenset(row[0] for row in cursor.fetchall())


def deciding_office(procedure: str, *, received_at: Office, decided_at: tuple[str, ...], on: date) -> Office:
    """The office that decides: by the dated delegation, else the lowest level the procedure names."""
    rule = (
        DecidingLevel.objects.filter(
            valid_on(on), procedure=procedure, province_code__in=["", received_at.province_code]
        )
        .order_by("-province_code")
        .first()
    )
    level = rule.level if rule else (received_at.level if received_at.level in decided_at else "")
    if level == received_at.level or not (level or decided_at):
        return received_at
    wanted = level or decided_at[-1]
    candidate: Office | None = received_at
    while candidate is not None and candidate.level != wanted:
        candidate = candidate.parent
    return candidate or received_at


@remembered
def provinces(*, on: date) -> list[Province]:
    """Provinces and cities of a day, by name as a reader looks for them."""
    return _provinces(on).models(Province)


@lru_cache(KEPT)
def _provinces(on: date) -> Statement:
    return statement(Province.objects.filter(valid_on(on)).order_by("code"))


def communes(province_code: str, *, on: date) -> list[Commune]:
    """Communes of a province on a day."""
    return list(Commune.objects.filter(valid_on(on), province_code=province_code).order_by("name_vi"))


ON_THE_MAP = """
SELECT 'provinces', code, '' FROM offices_province
WHERE code = ANY(%(codes)s) AND valid_from <= %(on)s AND coalesce(valid_to >= %(on)s, true)
UNION ALL
SELECT 'communes', code, province_code FROM offices_commune
WHERE code = ANY(%(codes)s) AND valid_from <= %(on)s AND coalesce(valid_to >= %(on)s, true)
UNION ALL
SELECT 'offices', code, '' FROM offices_office
WHERE code = ANY(%(codes)s) AND valid_from <= %(on)s AND coalesce(valid_to >= %(on)s, true)
    AND level IN ('province', 'bhxh_co_so')
"""


def on_the_map(codes: Iterable[str], *, on: date) -> frozenset[tuple[str, str, str]]:
    """Which of the codes hold on a day, in one query: (`provinces`, `communes` or `offices`, code, its province).

    The province is told for communes only; offices are those that take dossiers.
    """
    with connection.cursor() as cursor:
        cursor.execute(ON_THE_MAP, {"codes": sorted(set(codes)), "on": on})
        return frozenset(cursor.fetchall())


def is_open(office_code: str, *, on: date) -> bool:
    """Whether an office takes dossiers on a day."""
    return ("offices", office_code, "") in on_the_map([office_code], on=on)


@remembered
def commune_name(code: str, *, on: date) -> str | None:
    """The name of a commune on a day, if there is one of this code."""
    found = _commune_name(on).put(code).rows()
    return found[0][0] if found else None


@lru_cache(KEPT)
def _commune_name(on: date) -> Statement:
    return statement(Commune.objects.filter(valid_on(on), code=TYPED).values_list("name_vi").order_by("pk")[:1])


def present_address(address: Mapping[str, str], *, on: date) -> dict[str, str]:
    """An address answer by the map of a day: old provinces and communes resolved to what they are now.

    A commune that is still there brings its present province; of an old province what it became. A commune that went
    into one other is that one now. One that ended otherwise is left for the person to choose anew, its name kept at the
    end of the detail; a code we never had stays as it is.
    """
    given = {key: str(value) for key, value in address.items() if value}
    commune = given.get("commune", "")
    now = Commune.objects.filter(valid_on(on), code=commune).first() if commune else None
    if now is not None:
        return {**given, "province": now.province_code}
    became = today_of(commune, on=on) if commune else None
    if became is not None and became.only is not None:
        return {**given, "province": became.only.province_code, "commune": became.only.code}
    if province := _present_province(given.get("province", ""), on=on):
        given["province"] = province
    old = Commune.objects.filter(code=commune).order_by("-valid_from").first() if commune else None
    if old is not None:
        del given["commune"]
        given["detail"] = ", ".join(part for part in (given.get("detail", ""), f"{old.name_vi} (cũ)") if part)
    return given


def _present_province(code: str, *, on: date) -> str:
    found = present_province(code, on=on)
    return found.code if found is not None else ""


def present_province(code: str, *, on: date) -> Province | None:
    """The province an old code stands for on a day; None for a code we never had."""
    found = Province.objects.filter(code=code).select_related("merged_into").order_by("-valid_from").first()
    passed: set[int] = set()
    while found is not None and found.valid_to is not None and found.valid_to < on and found.pk not in passed:
        passed.add(found.pk)
        found = found.merged_into
    return found


def support_line(province_code: str, *, on: date) -> SupportLine | None:
    """The support number of the province, else the national one."""
    return (
        SupportLine.objects.filter(valid_on(on), province_code__in=["", province_code])
        .order_by("-province_code")
        .first()
    )


def one_line(address: Mapping[str, str], *, on: date) -> str:
    """An address answer {province, commune, detail} as one line of text; unknown codes are left as they are."""
    return in_lines([address], on=on)[0]


def in_lines(addresses: Sequence[Mapping[str, str]], *, on: date) -> list[str]:
    """`one_line` of each, in two statements for any number."""
    provinces = _named(Province, frozenset(address.get("province", "") for address in addresses), on=on)
    communes = _named(Commune, frozenset(address.get("commune", "") for address in addresses), on=on)
    return [
        ", ".join(
            part
            for part in (
                address.get("detail", ""),
                communes.get(address.get("commune", ""), address.get("commune", "")),
                provinces.get(address.get("province", ""), address.get("province", "")),
            )
            if part
        )
        for address in addresses
    ]


@remembered
def _named(kind: type[Province | Commune], codes: frozenset[str], *, on: date) -> dict[str, str]:
    return dict(kind.objects.filter(valid_on(on), code__in=codes).values_list("code", "name_vi"))


def place_of(issuer: Office) -> str:
    """The place a letter is dated from: the office's name without its kind."""
    name = issuer.name_vi
    for prefix in ("Bảo hiểm xã hội cơ sở ", "BHXH cơ sở ", "Bảo hiểm xã hội tỉnh ", "BHXH tỉnh ", "BHXH thành phố "):
        name = name.removeprefix(prefix)
    return name
