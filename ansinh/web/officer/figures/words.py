"""Names of what is counted, for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ansinh.casework.reasons import reasons
from ansinh.catalogue.folder import Procedure
from ansinh.catalogue.queries import folders
from ansinh.platform.language import pick, translate
from ansinh.statistics.models import MONTHLY
from ansinh.statistics.periods import Period

FORMS: dict[str, str] = {
    "bank_account": "tài khoản ngân hàng",
    "cash": "tiền mặt",
    "cash_office": "tiền mặt tại cơ quan BHXH",
    "cash_service_org": "tiền mặt tại điểm chi trả",
}


@cache
def _procedures() -> dict[str, Procedure]:
    return {one.slug: one.procedure for one in sorted(folders(), key=lambda one: one.in_force_on)}


def service_name(slug: str) -> str:
    """The short name of a procedure; one that no folder knows is called by its key."""
    if slug == MONTHLY:
        return translate("Chi trả hằng tháng")
    found = _procedures().get(slug)
    return pick(found, "short_name") or pick(found, "name") if found else slug


def service_options() -> list[tuple[str, str]]:
    """Every procedure with a route, by name: (slug, name)."""
    return sorted(((slug, service_name(slug)) for slug in _procedures()), key=lambda one: one[1])


def reason_name(code: str) -> str:
    """The coded reason in words."""
    found = reasons().get(code)
    return pick(found, "name") if found else code


def form_change(way: str) -> str:
    """`tiền mặt tại điểm chi trả → tài khoản ngân hàng`."""
    before, _, after = way.partition(">")
    named: Callable[[str], str] = lambda key: translate(FORMS[key]) if key in FORMS else key  # noqa: E731
    return f"{named(before)} → {named(after)}"


def period_name(key: str) -> str:
    """`Tháng 11/2026`, `Quý IV/2026`, `Năm 2026`."""
    year, _, part = key.partition("-")
    if part.startswith("Q"):
        return translate("Quý {quarter}/{year}", quarter=("I", "II", "III", "IV")[int(part[1]) - 1], year=year)
    return translate("Tháng {month}/{year}", month=part, year=year) if part else translate("Năm {year}", year=year)


def period_words(period: Period) -> str:
    """The name of a period."""
    return period_name(period.key)
