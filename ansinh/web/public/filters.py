"""What the list of services is narrowed to, read from the address; every filter is also a choice on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.published import service_list
from ansinh.catalogue.search import Filters
from ansinh.law.names import search_key
from ansinh.platform.language import pick, translate
from ansinh.web.public.words import AGENCY_LEVELS, APPLICANTS, CHANNELS, SERVICE_LEVELS, named

HERE, NOT_HERE = "co", "chua"


@dataclass(frozen=True)
class Asked:
    """The filters, the answers as they were typed, and the sentence when the day is no day."""

    filters: Filters
    typed: dict[str, Any]
    query: str
    day_error: str = ""

    @property
    def narrows(self) -> bool:
        """Whether any filter besides the words is set."""
        return any(value for name, value in self.typed.items() if name != "ngay") or self.filters.open_on is not None


def asked_of(given: QueryDict, folders: tuple[ProcedureFolder, ...]) -> Asked:
    """Read the address; a value that is no choice is as good as none."""
    typed: dict[str, Any] = {name: given.get(name, "") for name in ("nhom", "linh-vuc", "co-quan", "muc-do")}
    typed |= {name: given.get(name, "") for name in ("doi-tuong", "kenh", "o-day")}
    typed["ngay"] = {part: given.get(f"ngay.{part}", "").strip() for part in ("day", "month", "year")}
    allowed = {row["name"]: {option["value"] for option in row["options"]} for row in choices(folders)}
    for name, values in allowed.items():
        typed[name] = typed[name] if typed[name] in values else ""
    day, error = _day(typed["ngay"])
    fields = {slug_of(folder.procedure.field_vi): folder.procedure.field_vi for folder in folders}
    online = {HERE: True, NOT_HERE: False}.get(typed["o-day"])
    return Asked(
        filters=Filters(
            group=typed["nhom"] or None,
            field=fields.get(typed["linh-vuc"]),
            level=typed["co-quan"] or None,
            service_level=typed["muc-do"] or None,
            applicant=typed["doi-tuong"] or None,
            channel=typed["kenh"] or None,
            online=online,
            open_on=day,
        ),
        typed=typed,
        query=given.get("q", "").strip()[:100],
        day_error=error,
    )


def choices(folders: tuple[ProcedureFolder, ...]) -> list[dict[str, Any]]:
    """The filters with their options, only those that any service has."""
    procedures = [folder.procedure for folder in folders]
    fields = {slug_of(one.field_vi): pick(one, "field") for one in procedures}
    return [
        _row("nhom", translate("Nhóm"), {one.key: _group_label(one) for one in service_list().groups}),
        _row("linh-vuc", translate("Lĩnh vực"), fields),
        _row("co-quan", translate("Cơ quan giải quyết"), _of(AGENCY_LEVELS, procedures, "agency_levels")),
        _row("muc-do", translate("Mức độ trực tuyến"), {code: named(SERVICE_LEVELS, code) for code in SERVICE_LEVELS}),
        _row("doi-tuong", translate("Dành cho ai"), _of(APPLICANTS, procedures, "applicants")),
        _row("kenh", translate("Cách nộp"), _of(CHANNELS, procedures, "channels")),
        _row(
            "o-day",
            translate("Nộp được ở đây"),
            {HERE: translate("Nộp được ở đây"), NOT_HERE: translate("Chưa nộp được ở đây")},
        ),
    ]


def slug_of(text: str) -> str:
    """A Vietnamese name as a part of an address: `thuc-hien-chinh-sach-bhxh`."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in search_key(text)).split())


def _group_label(group: Any) -> str:
    name = pick(group, "name")
    return f"{group.key}. {name}" if len(group.key) == 1 else name


def _of(table: dict[str, str], procedures: list[Any], attribute: str) -> dict[str, str]:
    used = {code for one in procedures for code in getattr(one, attribute)}
    return {code: named(table, code) for code in table if code in used}


def _row(name: str, label: str, options: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "options": [{"value": value, "label": text} for value, text in options.items()],
    }


def _day(parts: dict[str, str]) -> tuple[date | None, str]:
    if not any(parts.values()):
        return None, ""
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"])), ""
    except (ValueError, OverflowError):
        return None, translate(
            "Ngày này không có trong lịch. Xin nhập đủ ngày, tháng và năm bằng số, ví dụ 16 10 2023."
        )
