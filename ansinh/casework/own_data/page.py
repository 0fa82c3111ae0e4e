"""The copy of a person's data as a page that any browser opens, without the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.declared import declared_sections
from ansinh.offices.queries import one_line
from ansinh.people.data_rights.register import Category, categories
from ansinh.platform.vietnamese import date_vi, datetime_vi
from ansinh.platform.yaml_files import load_own
from ansinh.platform.zone import local_day

Rows = Sequence[Mapping[str, Any]]


def readable_page(found: Mapping[str, Mapping[str, Rows]], *, at: datetime) -> str:
    """Every category with its rows in Vietnamese words; what is empty says so."""
    day = local_day(at)
    parts = "".join(
        _section(category, found[category.key], on=day) for category in categories() if category.key in found
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Dữ liệu về tôi</title></head><body>'
        f"<h1>Dữ liệu cơ quan BHXH đang giữ về tôi</h1><p>Lập lúc {datetime_vi(at)}. "
        "Tệp du-lieu.json chứa cùng nội dung để máy đọc; manifest.json có mã kiểm của từng tệp. "
        "Tệp giấy tờ đã tải lên lấy ở mục Giấy tờ trên Cổng.</p>"
        f"{parts}</body></html>\n"
    )


@cache
def labels() -> Mapping[str, str]:
    """Column → its name in Vietnamese; also tables, by their label."""
    loaded: Mapping[str, str] = load_own(Path(__file__).with_name("labels.yaml"))
    return loaded


def _section(category: Category, tables: Mapping[str, Rows], *, on: date) -> str:
    body = "".join(_table(table, rows, on=on) for table, rows in tables.items() if rows)
    about = (
        f"<p>{escape(category.what_vi)}.</p><p>Vì sao: {escape(category.why_vi)}. "
        f"Căn cứ: {escape(category.ground_vi)}. "
        f"Giữ bao lâu: {escape(category.kept_vi)}. Ai xem được: {escape(category.seen_vi)}.</p>"
    )
    return f"<h2>{escape(category.name_vi)}</h2>{about}{body or '<p>Không có dữ liệu nào.</p>'}"


def _table(table: str, rows: Rows, *, on: date) -> str:
    title = f"<h3>{escape(labels()[table])} ({len(rows)})</h3>"
    return title + "".join(f"<dl>{''.join(_lines(table, row, on=on))}</dl><hr>" for row in rows)


def _lines(table: str, row: Mapping[str, Any], *, on: date) -> Iterator[str]:
    for name, value in row.items():
        if value in (None, "", [], {}):
            continue
        is_form = name == "answers" and "version" in row
        shown = _answers(row, on=on) if is_form else _value(_in_words(table, name, value), on=on)
        yield f"<dt>{escape(labels()[name])}</dt><dd>{shown}</dd>"


def _answers(row: Mapping[str, Any], *, on: date) -> str:
    """The answers of a form under its own questions."""
    parts = []
    for section in declared_sections(frozen(row["version"]), row["answers"], on=on):
        lines = [f"<li>{escape(one['label'])}: {escape(str(one['value']))}</li>" for one in section["rows"]]
        for table in section["tables"]:
            rows = "; ".join(", ".join(cells) for cells in table["rows"])
            lines.append(f"<li>{escape(table['caption'])}: {escape(rows)}</li>")
        parts.append(f"<p>{escape(section['title'])}</p><ul>{''.join(lines)}</ul>")
    return "".join(parts)


def _in_words(table: str, column: str, value: Any) -> Any:
    """The word of a choice for its code, also in a list of them; anything else as it is."""
    field = apps.get_model(table)._meta.get_field(column)
    choices = dict(getattr(getattr(field, "base_field", field), "flatchoices", ()))
    if choices and isinstance(value, list):
        return [choices.get(one, one) for one in value]
    return choices.get(value, value) if isinstance(value, str) else value


def _value(value: Any, *, on: date) -> str:
    """A value as people read it; an address as one line, other nested ones as lists."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return datetime_vi(value)
    if isinstance(value, date):
        return date_vi(value)
    if isinstance(value, Mapping):
        if "commune" in value:
            return escape(one_line(value, on=on))
        inner = "".join(
            f"<li>{escape(labels().get(key, key))}: {_value(one, on=on)}</li>" for key, one in value.items()
        )
        return f"<ul>{inner}</ul>"
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(one, on=on)}</li>" for one in value) + "</ul>"
    return escape(str(value)) if not isinstance(value, UUID) else f"<code>{value}</code>"
