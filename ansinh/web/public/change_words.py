"""The differences between versions of a procedure as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from ansinh.catalogue.changes import Change, changes
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import versions_of
from ansinh.eforms.conditions import Condition, Group, Test
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.condition_words import in_words
from ansinh.web.public.words import AGENCY_LEVELS, COUNTED_FROM, SERVICE_LEVELS, named, names, span
from ansinh.web.roles import ROLES

AREAS: Final = {
    "route": "Thủ tục", "fee": "Lệ phí", "deadline": "Thời hạn giải quyết", "filing": "Thời hạn nộp",
    "paper": "Giấy tờ", "field": "Mục khai", "result": "Kết quả", "stage": "Bước xử lý", "form": "Mẫu biểu",
    "calculation": "Cách tính", "law": "Căn cứ pháp lý",
}  # fmt: skip
FACTS: Final = {
    "decided_at": "cấp giải quyết", "online": "nộp trực tuyến", "level": "mức độ", "eligibility": "ai được hưởng",
    "amount": "số tiền", "span": "thời gian", "counted_from": "tính từ", "basis": "căn cứ", "when": "trường hợp",
    "name": "tên", "required": "phải nộp", "original_by_post": "bản chính qua bưu điện", "hint": "hướng dẫn",
    "label": "câu hỏi", "type": "kiểu trả lời", "choices": "các lựa chọn", "limits": "giới hạn", "role": "người làm",
    "rule": "công thức", "status": "hiệu lực", "articles": "điều khoản",
}  # fmt: skip
REQUIRED: Final = {
    "always": "luôn luôn", "when": "tùy trường hợp", "optional": "không bắt buộc", "one_of": "một trong các giấy",
}  # fmt: skip
TABLES: Final = {"required": REQUIRED, "role": ROLES, "level": SERVICE_LEVELS, "counted_from": COUNTED_FROM}


@dataclass(frozen=True)
class Line:
    """One sentence; `mark` is +, − or ±."""

    mark: str
    text: str


@dataclass(frozen=True)
class History:
    """A version with what it changed against the one before; the first has no lines."""

    in_force_on: date
    first: bool
    lines: tuple[Line, ...]


def history_of(slug: str) -> list[History]:
    """Every version, the newest first."""
    found = versions_of(slug)
    return [History(one.in_force_on, False, lines_between(before, one)) for one, before in pairwise(found)] + [
        History(found[-1].in_force_on, True, ())
    ]


def lines_between(before: ProcedureFolder, after: ProcedureFolder) -> tuple[Line, ...]:
    """What the newer one changed, in sentences of the reader's language."""
    return tuple(_line(change, before, after) for change in changes(before, after))


def _line(change: Change, before: ProcedureFolder, after: ProcedureFolder) -> Line:
    area, name = translate(AREAS[change.area]), pick(change, "name")
    head = f"{area}: {name}" if name else area
    if change.kind == "added":
        return Line("+", translate("Thêm. {piece}", piece=head))
    if change.kind == "removed":
        return Line("−", translate("Bỏ. {piece}", piece=head))
    return Line(
        "±",
        translate(
            "Đổi. {piece}, {what}: “{before}” thành “{after}”",
            piece=head,
            what=translate(FACTS[change.what]),
            before=_shown(change.what, change.before, before),
            after=_shown(change.what, change.after, after),
        ),
    )


def _shown(what: str, value: Any, folder: ProcedureFolder) -> str:
    if value in (None, "", (), ("", "")):
        return translate("không có")
    if what in TABLES:
        return named(TABLES[what], str(value))
    match value:
        case bool():
            return translate("Có") if value else translate("Không")
        case Group() | Test():
            return _clause(value, folder)
        case int() if what == "amount":
            return money(value) if value else translate("Không mất tiền")
        case (int(), str()) if what == "span":
            return span(value[0], value[1])
        case (str(), str()):
            return str(value[current() == "en"] or value[0])
        case tuple() if what == "decided_at":
            return ", ".join(names(AGENCY_LEVELS, value))
        case tuple():
            return " – ".join(str(part) for part in value if part is not None) or translate("không có")
    return str(value)


def _clause(condition: Condition, folder: ProcedureFolder) -> str:
    return in_words(condition, folder.form) if folder.form else str(condition)
