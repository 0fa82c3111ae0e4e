"""The copy of a person's data as a page that any browser opens, without the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from ansinh.people.data_rights.register import categories
from ansinh.platform.vietnamese import date_vi, datetime_vi

Rows = Sequence[Mapping[str, Any]]


def readable_page(found: Mapping[str, Mapping[str, Rows]], *, at: datetime) -> str:
    """Every category with its rows in Vietnamese words; what is empty says so."""
    parts = "".join(_section(category, found[category.key]) for category in categories() if category.key in found)
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
    loaded: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("labels.yaml").read_text(encoding="utf-8"))
    return loaded


def _section(category: Any, tables: Mapping[str, Rows]) -> str:
    body = "".join(_table(table, rows) for table, rows in tables.items() if rows)
    about = (
        f"<p>{escape(category.what_vi)}.</p><p>Vì sao: {escape(category.why_vi)}. "
        f"Căn cứ: {escape(category.ground_vi)}. "
        f"Giữ bao lâu: {escape(category.kept_vi)}. Ai xem được: {escape(category.seen_vi)}.</p>"
    )
    return f"<h2>{escape(category.name_vi)}</h2>{about}{body or '<p>Không có dữ liệu nào.</p>'}"


def _table(table: str, rows: Rows) -> str:
    title = f"<h3>{escape(labels()[table])} ({len(rows)})</h3>"
    return title + "".join(f"<dl>{''.join(_lines(row))}</dl><hr>" for row in rows)


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if value not in (None, "", [], {}):
            yield f"<dt>{escape(labels()[name])}</dt><dd>{_value(value)}</dd>"


def _value(value: Any) -> str:
    """A value as people read it; nested ones as nested lists."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return datetime_vi(value)
    if isinstance(value, date):
        return date_vi(value)
    if isinstance(value, Mapping):
        inner = "".join(f"<li>{escape(labels().get(key, key))}: {_value(one)}</li>" for key, one in value.items())
        return f"<ul>{inner}</ul>"
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(one)}</li>" for one in value) + "</ul>"
    return escape(str(value)) if not isinstance(value, UUID) else f"<code>{value}</code>"
