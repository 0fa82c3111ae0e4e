"""What `citizen/field.html` shows of one question: made of the definition, the answers so far and their problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ansinh.dossiers.counters import AT_COUNTER
from ansinh.dossiers.lists import Entry, entries, list_of, names
from ansinh.eforms.conditions import Test
from ansinh.eforms.definition import Field, Section
from ansinh.eforms.display import date_boxes, show_value, typed_text
from ansinh.eforms.problems import lower_first, upper_first
from ansinh.eforms.visibility import asked_columns, is_fact
from ansinh.offices.former import Today, today_of
from ansinh.offices.models import CounterPause
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.citizen.hints import hint_of
from ansinh.web.citizen.lists.sight import Sight
from ansinh.web.citizen.lists.view import ListView, Told, list_view
from ansinh.web.page import Option

MOST_RADIOS = 12
SEARCH_FROM = 15
AUTOCOMPLETE = {"full_name": "name", "phone": "tel", "email": "email", "nationality": "country"}
TEXT_KINDS: Mapping[str, tuple[str, str, str]] = {
    "int": ("text", "numeric", "xs"),
    "decimal": ("text", "decimal", "s"),
    "si_number": ("text", "numeric", "s"),
    "id_number": ("text", "text", "m"),
    "tax_code": ("text", "text", "m"),
    "phone": ("tel", "tel", "m"),
    "email": ("email", "email", ""),
}
"""Field type → type and inputmode of the box, width."""


@dataclass(frozen=True)
class Row:
    """One row of a table: its heading, the words of its button, its boxes."""

    legend: str
    remove_label: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class Group:
    """Options under one heading, for a long list."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class FieldView:
    """One question ready to be shown. `kind` is the macro; `opened`: what each option opens, by its value."""

    kind: str
    name: str
    label: str
    hint: str = ""
    value: Any = ""
    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    optional: bool = False
    prefilled: bool = False
    options: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()
    communes: tuple[Option, ...] = ()
    parts: tuple[FieldView, ...] = ()
    rows: tuple[Row, ...] = ()
    most: int | None = None
    sheet: ListView | None = None
    add_label: str = ""
    removed_label: str = ""
    opened: Mapping[str, tuple[FieldView, ...]] = field(default_factory=dict)
    type: str = "text"
    inputmode: str = ""
    width: str = ""
    autocomplete: str = ""
    unit: str = ""
    maxlength: int | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything the questions of a section are filled with."""

    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    sources: Mapping[str, str]
    on: date
    updated_on: date | None = None
    removed: frozenset[str] = frozenset()
    sight: Sight | None = None
    """What is looked at of the lists; None where a list is only sent anew."""
    aside: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    pause: CounterPause | None = None
    """The counter of the chosen office is paused: what happens there is not offered."""


def section_view(section: Section, sheet: Sheet) -> tuple[tuple[FieldView, ...], tuple[FieldView, ...]]:
    """The facts of registers, and the questions; a question that hangs on one choice stands under that choice."""
    facts = tuple(_fact(one, sheet) for one in section.fields if _is_fact(one, sheet))
    asked = [one for one in section.fields if not _is_fact(one, sheet)]
    parents = {one.key: _parent(one, asked) for one in asked}
    return facts, tuple(_with_opened(one, asked, parents, sheet) for one in asked if parents[one.key] is None)


def _is_fact(one: Field, sheet: Sheet) -> bool:
    return is_fact(one, sheet.answers)


def _fact(one: Field, sheet: Sheet) -> FieldView:
    if sheet.answers.get(one.key) in (None, "", [], {}):
        unknown = translate("Chưa có trong sổ; cơ quan BHXH sẽ đối chiếu, không phải nhập")
        return FieldView("fact", one.key, pick(one, "label"), value=unknown)
    shown = show_value(
        one, sheet.answers.get(one.key), language=current(), name_of=names(on=sheet.on, language=current())
    )
    if one.type == "table":
        shown = translate("{n} dòng", n=len(sheet.answers.get(one.key) or []))
    return FieldView("fact", one.key, pick(one, "label"), value=shown, source=_source_of_fact(one.key, sheet))


def _source_of_fact(key: str, sheet: Sheet) -> str:
    if sheet.sources.get(key) == "account":
        return translate("Tài khoản đã được cơ quan BHXH xác minh")
    return source_words(key, sheet)


def source_words(key: str, sheet: Sheet) -> str:
    """Where a prefilled answer came from."""
    match sheet.sources.get(key):
        case "participation_record":
            return translate("Sổ BHXH")
        case "entitlement_record":
            return translate("Hồ sơ hưởng")
        case "account" if sheet.updated_on is not None:
            return translate("Lấy từ tài khoản, cập nhật {day}. Sửa được.", day=date_vi(sheet.updated_on))
        case "account":
            return translate("Lấy từ tài khoản. Sửa được.")
    return ""


def _parent(one: Field, asked: Sequence[Field]) -> str | None:
    """The choice in this section that alone decides whether the field is asked."""
    if not isinstance(one.when, Test) or one.type == "table":
        return None
    above = asked[: asked.index(one)]
    return next((other.key for other in above if other.key == one.when.field and _is_pick(other)), None)


def _is_pick(one: Field) -> bool:
    return one.type in ("choice", "multi_choice") and 0 < len(one.choices) <= MOST_RADIOS


def _with_opened(one: Field, asked: Sequence[Field], parents: Mapping[str, str | None], sheet: Sheet) -> FieldView:
    view = view_of(one, one.key, sheet.answers.get(one.key), sheet)
    opened: dict[str, list[FieldView]] = {}
    for other in asked:
        if parents[other.key] == one.key:
            inner = _with_opened(other, asked, parents, sheet)
            opened.setdefault(_opening_value(other, sheet.answers.get(one.key)), []).append(inner)
    return replace(view, opened={value: tuple(views) for value, views in opened.items()}) if opened else view


def _opening_value(one: Field, chosen: Any) -> str:
    assert isinstance(one.when, Test)
    return str(chosen) if isinstance(chosen, str) else str(one.when.value)


def view_of(one: Field, name: str, value: Any, sheet: Sheet) -> FieldView:
    """One question with its answer, at the path `name`."""
    base = FieldView(
        kind=one.type,
        name=name,
        label=pick(one, "label"),
        hint=hint_of(one),
        value=value,
        error=sheet.errors.get(name, ""),
        errors={path: text for path, text in sheet.errors.items() if path == name or path.startswith(f"{name}.")},
        source=source_words(name, sheet),
        optional=not one.required,
        prefilled=name in sheet.sources,
        autocomplete=AUTOCOMPLETE.get(name, ""),
        unit=pick(one, "unit"),
        maxlength=one.max_length,
    )
    if one.as_list:
        return _list(one, base, sheet)
    if one.type == "table":
        return _table(one, base, sheet)
    if one.type == "address":
        return _address(base, sheet)
    if one.type == "bank_account":
        return replace(base, options=options_of("banks", sheet.on))
    if one.parts:
        return _group(one, base, sheet)
    if one.choices or list_of(one):
        return _choice(one, base, sheet.on, counter_closed=sheet.pause is not None)
    if one.type == "date":
        return replace(base, value=dict(zip(("day", "month", "year"), date_boxes(base.value), strict=True)))
    if one.type == "month":
        return replace(base, value=month_boxes(base.value))
    if one.type == "bool":
        return replace(base, kind="check", value=value is True)
    return _text(one, base)


def month_boxes(value: Any) -> dict[str, str]:
    """Month and year for the two boxes, from `YYYY-MM` or from what was typed."""
    text = str(value or "")
    if len(text) == 7 and text[4] == "-":
        return {"day": "", "month": text[5:], "year": text[:4]}
    month, _, year = text.partition("/")
    return {"day": "", "month": month, "year": year}


def _text(one: Field, base: FieldView) -> FieldView:
    kind = one.type if one.type in ("long_text", "money") else "text"
    type_, inputmode, width = TEXT_KINDS.get(one.type, ("text", "", ""))
    shown = base.value if one.type == "money" else typed_text(one, base.value)
    return replace(base, kind=kind, value=shown, type=type_, inputmode=inputmode, width=width)


def _choice(one: Field, base: FieldView, on: date, *, counter_closed: bool) -> FieldView:
    if one.choices:
        offered = [c for c in one.choices if not (counter_closed and c.value in AT_COUNTER)]
        options = tuple(Option(c.value, pick(c, "label"), hint=pick(c, "hint")) for c in offered)
        many = one.type == "multi_choice"
        kind = "pick" if many or len(options) <= MOST_RADIOS else "select"
        return replace(base, kind=kind, options=options, value=base.value or ([] if many else ""))
    listed = entries(list_of(one), on=on)
    if listed is None:
        return replace(base, kind="text", value=str(base.value or ""))
    if len(listed) <= MOST_RADIOS and one.type != "office":
        return replace(base, kind="pick", options=_options(listed), value=base.value or "")
    groups = _groups(listed)
    return replace(base, kind="select", groups=groups, options=() if groups else _options(listed))


def options_of(name: str, on: date, *, within: str = "") -> tuple[Option, ...]:
    """The entries of a list as options."""
    return _options(entries(name, on=on, within=within) or ())


def _options(listed: Iterable[Entry]) -> tuple[Option, ...]:
    return tuple(Option(one.value, pick(one, "name")) for one in listed)


def _groups(listed: Sequence[Entry]) -> tuple[Group, ...]:
    headings = dict.fromkeys(pick(one, "group") for one in listed if one.group_vi)
    return tuple(Group(head, _options(one for one in listed if pick(one, "group") == head)) for head in headings)


def _address(base: FieldView, sheet: Sheet) -> FieldView:
    given = base.value if isinstance(base.value, Mapping) else {}
    provinces = options_of("provinces", sheet.on)
    communes = options_of("communes", sheet.on, within=str(given.get("province") or ""))
    chosen = str(given.get("commune") or "")
    if chosen and all(one.value != chosen for one in communes) and (became := today_of(chosen, on=sheet.on)):
        base, given = replace(base, hint=_became(became)), _of_today(given, became)
        communes = options_of("communes", sheet.on, within=given["province"])
    return replace(base, value=given, options=provinces, communes=communes)


def _of_today(given: Mapping[str, Any], became: Today) -> dict[str, Any]:
    """The address with the commune of today to be kept; of a divided one only the province."""
    return {
        **given,
        "province": became.communes[0].province_code,
        "commune": became.only.code if became.only is not None else "",
    }


def _became(became: Today) -> str:
    names = ", ".join(one.name_vi for one in became.communes)
    if became.only is not None:
        return translate(
            "Trước đây ghi {old}; nơi đó nay thuộc {now}. Đã chọn sẵn, xin xem lại rồi lưu.",
            old=became.name_vi, now=names,
        )  # fmt: skip
    return translate(
        "Trước đây ghi {old}; nơi đó nay chia vào {now}. Xin chọn nơi đúng với địa chỉ.", old=became.name_vi, now=names
    )


def _group(one: Field, base: FieldView, sheet: Sheet) -> FieldView:
    given = base.value if isinstance(base.value, Mapping) else {}
    inner = replace_sources(sheet)
    parts = tuple(view_of(part, f"{base.name}.{part.key}", given.get(part.key), inner) for part in one.parts)
    return replace(base, kind="group", parts=tuple(replace(part, prefilled=base.prefilled) for part in parts))


def _table(one: Field, base: FieldView, sheet: Sheet) -> FieldView:
    rows = rows_of(one, base.value)
    row_label = pick(one, "row_label") or translate("Dòng")
    inner = replace_sources(sheet)
    shown = tuple(
        Row(
            legend=f"{upper_first(row_label)} {index + 1}",
            remove_label=translate("Bỏ {row} {n}", row=lower_first(row_label), n=index + 1)
            if len(rows) > max(1, one.min_rows)
            else "",
            fields=row_fields(one, base.name, index, row, inner),
        )
        for index, row in enumerate(rows)
    )
    return replace(
        base,
        rows=shown,
        most=one.max_rows,
        add_label=translate("Thêm {row}", row=lower_first(row_label)),
        removed_label=_removed_label(one, base, sheet),
    )


def row_fields(one: Field, name: str, index: int, row: Mapping[str, Any], sheet: Sheet) -> tuple[FieldView, ...]:
    """The questions of one row."""
    return tuple(
        view_of(column, f"{name}[{index}].{column.key}", row.get(column.key), sheet)
        for column in asked_columns(one, sheet.answers, row)
    )


def _list(one: Field, base: FieldView, sheet: Sheet) -> FieldView:
    rows = [row if isinstance(row, Mapping) else {} for row in base.value or []]
    told = sheet.told.get(one.key)
    shown = list_view(
        one, rows, sheet.errors, sight=sheet.sight, on=sheet.on, aside=sheet.aside.get(one.key, 0), told=told
    )
    row_label = pick(one, "row_label") or translate("dòng")
    return replace(
        base,
        kind="list",
        sheet=shown,
        add_label=translate("Thêm {row}", row=lower_first(row_label)),
        removed_label=_removed_label(one, base, sheet),
    )


def _removed_label(one: Field, base: FieldView, sheet: Sheet) -> str:
    return translate("Đã bỏ một mục trong “{label}”.", label=base.label) if one.key in sheet.removed else ""


def rows_of(field: Field, value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table on the page: those there are, and empty ones up to the least that is needed."""
    rows = list(value) if isinstance(value, list) else []
    return rows + [{} for _ in range(field.min_rows - len(rows))]


def replace_sources(sheet: Sheet) -> Sheet:
    """The same sheet for boxes inside a group: only the group says where it came from."""
    return replace(sheet, sources={})
