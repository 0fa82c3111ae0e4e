"""Which office, which level, which calendar: answered for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.law.calendar import DayKind, WorkCalendar, default_calendar
from ansinh.offices.models import (
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


def work_calendar() -> WorkCalendar:
    """Working days: the computed calendar with the administrator's dated rows on top."""
    entered = {row.day: DayKind(row.kind) for row in CalendarDay.objects.all()}
    return default_calendar().with_days(entered)


def office(code: str) -> Office:
    """The office of this code, also a closed one: old numbers must resolve. Raises NotFound."""
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise NotFound("office-unknown", "Không có cơ quan BHXH mang mã {office_code}. Xin chọn lại.", office_code=code)
    return found


def office_names(codes: set[str]) -> Mapping[str, Office]:
    """Offices by code, in one query."""
    return Office.objects.in_bulk(codes)


def open_offices(*, on: date, province_code: str = "") -> list[Office]:
    """Offices that take dossiers on a day, by province and name."""
    offices = Office.objects.filter(valid_on(on), level__in=[Level.PROVINCE, Level.LOCAL])
    if province_code:
        offices = offices.filter(province_code=province_code)
    return list(offices.order_by("province_code", "code"))


def office_for_commune(commune_code: str, *, on: date) -> Office | None:
    """The office that serves a commune on a day, if we know."""
    row = Jurisdiction.objects.filter(valid_on(on), commune_code=commune_code).select_related("office").first()
    return row.office if row else None


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


def provinces(*, on: date) -> list[Province]:
    """Provinces and cities of a day, by name as a reader looks for them."""
    return list(Province.objects.filter(valid_on(on)).order_by("code"))


def communes(province_code: str, *, on: date) -> list[Commune]:
    """Communes of a province on a day."""
    return list(Commune.objects.filter(valid_on(on), province_code=province_code).order_by("name_vi"))


def is_open(office_code: str, *, on: date) -> bool:
    """Whether an office takes dossiers on a day."""
    rows = Office.objects.filter(valid_on(on), pk=office_code, level__in=[Level.PROVINCE, Level.LOCAL])
    return rows.exists()


def is_province(code: str, *, on: date) -> bool:
    """Whether there is a province of this code on a day."""
    return Province.objects.filter(valid_on(on), code=code).exists()


def is_commune(code: str, *, province_code: str, on: date) -> bool:
    """Whether the province has this commune on a day."""
    return Commune.objects.filter(valid_on(on), code=code, province_code=province_code).exists()


def commune_name(code: str, *, on: date) -> str | None:
    """The name of a commune on a day, if there is one of this code."""
    return Commune.objects.filter(valid_on(on), code=code).values_list("name_vi", flat=True).first()


def support_line(province_code: str, *, on: date) -> SupportLine | None:
    """The support number of the province, else the national one."""
    return (
        SupportLine.objects.filter(valid_on(on), province_code__in=["", province_code])
        .order_by("-province_code")
        .first()
    )


def one_line(address: Mapping[str, str], *, on: date) -> str:
    """An address answer {province, commune, detail} as one line of text; unknown codes are left as they are."""
    if not address:
        return ""
    province = Province.objects.filter(valid_on(on), code=address.get("province", "")).first()
    commune = Commune.objects.filter(valid_on(on), code=address.get("commune", "")).first()
    parts = [
        address.get("detail", ""),
        commune.name_vi if commune else address.get("commune", ""),
        province.name_vi if province else address.get("province", ""),
    ]
    return ", ".join(part for part in parts if part)
