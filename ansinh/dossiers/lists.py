"""Lists that answers choose from: provinces, communes, offices, I-VAN providers, banks, countries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from ansinh.eforms.definition import Field, Form
from ansinh.eforms.display import NameOf
from ansinh.eforms.problems import Problem, problem_at
from ansinh.offices import queries as offices
from ansinh.offices.former import today_of
from ansinh.people.organisations import transmission
from ansinh.platform.remembered import remembered
from ansinh.platform.yaml_files import load_own

NO_COUNTRIES = frozenset({"ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"})
ON_THE_MAP = frozenset({"provinces", "communes", "offices"})
"""Lists that are dated organisation, kept in the database."""
PROVIDERS = "ivan_providers"
GENDERS = (("male", "Nam", "Male"), ("female", "Nữ", "Female"))


@dataclass(frozen=True)
class Entry:
    """One entry of a list; `group` is the heading it stands under."""

    value: str
    name_vi: str
    name_en: str
    group_vi: str = ""
    group_en: str = ""


def list_of(field: Field) -> str:
    """The list a field chooses from, or empty."""
    return field.catalogue or ("offices" if field.type == "office" else "")


@remembered
def entries(name: str, *, on: date, within: str = "") -> tuple[Entry, ...] | None:
    """The entries of a list on a day; `within` is the province of communes. None: we hold no such list."""
    if name == "provinces":
        return tuple(Entry(one.code, one.name_vi, one.name_en) for one in offices.provinces(on=on))
    if name == "communes":
        found = offices.communes(within, on=on) if within else []
        return tuple(Entry(one.code, one.name_vi, one.name_vi) for one in found)
    if name == "offices":
        names = {one.code: one for one in offices.provinces(on=on)}
        return tuple(
            Entry(
                one.code,
                one.name_vi,
                one.name_en,
                names[one.province_code].name_vi if one.province_code in names else "",
                names[one.province_code].name_en if one.province_code in names else "",
            )
            for one in offices.open_offices(on=on)
        )
    if name == PROVIDERS:
        return tuple(Entry(str(one.pk), one.name, one.name) for one in transmission.providers(on=on).order_by("name"))
    fixed = FIXED.get(name)
    return fixed() if fixed else None


def is_entry(name: str, value: str, *, on: date, within: str = "") -> bool:
    """Whether a list has this entry on a day; true for a list we do not hold."""
    if name in ON_THE_MAP:
        return (name, value, within if name == "communes" else "") in offices.on_the_map([value], on=on)
    if name == PROVIDERS:
        return any(one.value == value for one in entries(PROVIDERS, on=on) or ())
    return _is_fixed_entry(name, value)


def _is_fixed_entry(name: str, value: str) -> bool:
    fixed = FIXED.get(name)
    return fixed is None or any(one.value == value for one in fixed())


@cache
def banks() -> tuple[Entry, ...]:
    """Banks, from the file beside this module."""
    rows = load_own(Path(__file__).with_name("banks.yaml"))
    return tuple(Entry(**row) for row in rows)


@cache
def countries() -> tuple[Entry, ...]:
    """Countries by their ISO 3166 code, Việt Nam first, with the names of Unicode CLDR."""
    vi: dict[str, str] = dict(Locale("vi").territories)
    en: dict[str, str] = dict(Locale("en").territories)
    codes = [code for code in vi if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    codes.sort(key=lambda code: (code != "VN", vi[code]))
    return tuple(Entry(code, vi[code], en.get(code, code)) for code in codes)


@cache
def genders() -> tuple[Entry, ...]:
    """The two entries of the civil register."""
    return tuple(Entry(*row) for row in GENDERS)


FIXED: Mapping[str, Callable[[], tuple[Entry, ...]]] = {"banks": banks, "countries": countries, "genders": genders}


def names(*, on: date, language: str = "vi") -> NameOf:
    """A `name_of` for `eforms.display`: each list is read once, when first asked for. Old codes stay as they are."""
    known: dict[str, dict[str, str]] = {}

    def name_of(catalogue: str, value: str) -> str | None:
        if catalogue == "communes":
            return offices.commune_name(value, on=on)
        if catalogue not in known:
            listed = entries(catalogue, on=on) or ()
            known[catalogue] = {one.value: one.name_en if language == "en" else one.name_vi for one in listed}
        return known[catalogue].get(value)

    return name_of


def check_lists(form: Form, asked: Mapping[str, Any], *, on: date) -> list[Problem]:
    """Problems of answers that name no entry of their list: a closed office, a commune of another province.

    `asked` are the answers to the questions that are asked (`eforms.visibility`).
    """
    chosen = [
        one for field in form.fields() if field.key in asked for one in _chosen(field, asked[field.key], field.key, {})
    ]
    codes = {one.value for one in chosen if one.list in ON_THE_MAP}
    known = offices.on_the_map(codes, on=on) if codes else frozenset()
    return [_not_listed(one, on=on) for one in chosen if not _holds(one, known, on=on)]


def _not_listed(one: _Chosen, *, on: date) -> Problem:
    """A code of the old map says which commune it is today; any other is only said to be in no list."""
    if one.list == "provinces" and (now := offices.present_province(one.value, on=on)) is not None:
        return problem_at(
            one.path, one.field, "province-became", "Tỉnh mang mã {code} nay thuộc {now}. Xin chọn {now}.",
            code=one.value, now=now.name_vi,
        )  # fmt: skip
    became = today_of(one.value, on=on) if one.list == "communes" else None
    if became is None:
        return problem_at(
            one.path, one.field, "not-in-list", "“{Label}” đã chọn không có trong danh sách hiện nay. Xin chọn lại."
        )
    facts = {"code": one.value, "old": became.name_vi, "now": ", ".join(each.name_vi for each in became.communes)}
    if became.only is not None:
        return problem_at(
            one.path, one.field, "commune-became",
            "Mã {code} là của {old} trước khi sắp xếp; nơi đó nay thuộc {now}. Nếu đúng, xin chọn {now} rồi lưu lại.",
            **facts,
        )  # fmt: skip
    return problem_at(
        one.path, one.field, "commune-divided",
        "Mã {code} là của {old} trước khi sắp xếp; nơi đó nay chia vào {now}. Xin chọn nơi đúng với địa chỉ.",
        **facts,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Chosen:
    """An entry that an answer names."""

    path: str
    field: Field
    list: str
    value: str
    within: str


def _holds(one: _Chosen, known: frozenset[tuple[str, str, str]], *, on: date) -> bool:
    if one.list in ON_THE_MAP:
        return (one.list, one.value, one.within) in known
    return is_entry(one.list, one.value, on=on)


def _chosen(field: Field, value: Any, path: str, around: Mapping[str, Any]) -> Iterator[_Chosen]:
    if field.type == "table":
        for index, row in enumerate(value if isinstance(value, list) else []):
            for column in field.columns:
                yield from _chosen(column, row.get(column.key), f"{path}[{index}].{column.key}", row)
    elif field.parts:
        for part in field.parts if isinstance(value, Mapping) else ():
            yield from _chosen(part, value.get(part.key), f"{path}.{part.key}", value)
    elif isinstance(value, str) and value and (name := list_of(field)):
        yield _Chosen(path, field, name, value, str(around.get("province") or "") if name == "communes" else "")
