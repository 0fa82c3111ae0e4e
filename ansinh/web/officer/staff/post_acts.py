"""Assign and end; name a department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansinh.people.models import Assignment, Role
from ansinh.people.officers.assign import assign, end_assignment, the_assignment
from ansinh.people.officers.departments import set_department
from ansinh.people.officers.powers import givable
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.officer.staff.act import Act
from ansinh.web.officer.staff.fields import Field
from ansinh.web.officer.staff.scene import (
    Scene,
    function_name,
    function_options,
    managed_options,
    number_of,
    role_name,
)
from ansinh.web.page import Option

AT_ONCE, LAST_DAY = "now", "last-day"


def document_field(hint: str = "") -> Field:
    """The number of the document an act rests on."""
    return Field("document", translate("Số văn bản"), hint=hint or translate("Ví dụ: 215/QĐ-BHXH"), width="s")


def begins_field(scene: Scene) -> Field:
    """The first day, today unless another is typed."""
    return Field("begins", translate("Từ ngày"), "date", first=scene.today)


def ends_field() -> Field:
    """The last day, itself included; none means until it is taken back."""
    return Field(
        "ends", translate("Đến hết ngày"), "date", hint=translate("Để trống nếu chưa định ngày kết thúc"), optional=True
    )


def reason_field() -> Field:
    """Why something is taken back."""
    return Field("reason", translate("Vì sao"), "area", hint=translate("Một câu; lịch sử giữ lại"))


def office_field(options: list[Option], label: str = "") -> Field:
    """At which office; chosen already when there is only one."""
    only = options[0].value if len(options) == 1 else ""
    return Field("office", label or translate("Cơ quan"), "select", options=options, first=only)


def _assign_fields(scene: Scene) -> list[Field]:
    given = givable(scene.actor, on=scene.today)
    roles = [Option(one, role_name(one)) for one in Role.values if one in given]
    return [
        office_field(managed_options(scene.actor, on=scene.today)),
        Field("role", translate("Nhiệm vụ"), "select", options=roles),
        Field("function", translate("Mảng việc"), "select", options=function_options()),
        Field(
            "capacity", translate("Tư cách ký"), optional=True,
            hint=translate("Chỉ cho người ký văn bản mà không phải giám đốc, ví dụ KT. GIÁM ĐỐC"),
        ),
        begins_field(scene),
        ends_field(),
        document_field(),
    ]  # fmt: skip


def _assign_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    begins = (
        translate("Quyền có ngay khi bấm.")
        if answers["begins"] == scene.today
        else translate("Quyền có từ 0 giờ ngày {day}.", day=date_vi(answers["begins"]))
    )
    ends = (
        translate("Quyền tự hết lúc 24 giờ ngày {day}.", day=date_vi(answers["ends"]))
        if answers["ends"]
        else translate("Quyền có đến khi thu lại.")
    )
    return [begins, ends, translate("Lịch sử ghi tên ông/bà, thời điểm và số văn bản; không ai sửa được.")]


def _assign(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return assign(
        scene.person.pk, actor=scene.actor, office_code=answers["office"], function=answers["function"],
        role=answers["role"], capacity=answers["capacity"], document_number=answers["document"],
        valid_from=answers["begins"], valid_to=answers["ends"], at=at,
    )  # fmt: skip


def ending_fields() -> list[Field]:
    """When something stops: now, or after a last day."""
    return [
        Field(
            "when", translate("Khi nào"), "select", first=AT_ONCE,
            options=[
                Option(AT_ONCE, translate("Dừng ngay bây giờ")), Option(LAST_DAY, translate("Sau một ngày cuối")),
            ],
        ),
        Field(
            "last_day", translate("Ngày cuối"), "date", optional=True,
            hint=translate("Chỉ khi chọn “Sau một ngày cuối”"),
        ),
    ]  # fmt: skip


def _row(scene: Scene) -> Assignment:
    return the_assignment(number_of(scene.row), actor=scene.actor, today=scene.today)


def _end(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return end_assignment(
        number_of(scene.row), actor=scene.actor, last_day=last_day(answers), reason=answers["reason"],
        document_number=answers["document"], at=at,
    )  # fmt: skip


def last_day(answers: Mapping[str, Any]) -> Any:
    """The last day that was chosen; None for “now”, and also when no day was typed."""
    return answers["last_day"] if answers["when"] == LAST_DAY else None


def _end_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    row, day = _row(scene), last_day(answers)
    return [
        translate("{name} thôi nhiệm vụ “{role}”, mảng {function}.", name=scene.subject,
                  role=role_name(row.role), function=function_name(row.function)),
        translate("Quyền tự hết lúc 24 giờ ngày {day}.", day=date_vi(day))
        if day
        else translate("Quyền hết ngay, kể cả ở những trang đang mở."),
        translate("Đơn vị đang phụ trách không tự chuyển: xin bàn giao cho người khác."),
    ]  # fmt: skip


def _department_fields(scene: Scene) -> list[Field]:
    return [
        Field("name", translate("Tên phòng, tổ"), hint=translate("Đúng tên cơ quan đang dùng")),
        Field("name_en", translate("Tên tiếng Anh"), optional=True),
        Field("does", translate("Mảng việc"), "many", options=function_options()),
        begins_field(scene),
        document_field(),
    ]


def _department(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return set_department(
        scene.place.code, actor=scene.actor, name_vi=answers["name"], name_en=answers["name_en"],
        does=answers["does"], document_number=answers["document"], valid_from=answers["begins"], at=at,
    )  # fmt: skip


ACTS: dict[str, Act] = {
    "assign": Act(
        title=lambda scene: translate("Phân công {name}", name=scene.subject),
        button=lambda: translate("Phân công"),
        fields=_assign_fields,
        says=_assign_says,
        perform=_assign,
        done=lambda scene, answers: translate("Đã phân công {name}.", name=scene.subject),
    ),
    "end-post": Act(
        title=lambda scene: translate("Thôi nhiệm vụ của {name}", name=scene.subject),
        button=lambda: translate("Thôi nhiệm vụ"),
        fields=lambda scene: [*ending_fields(), reason_field(), document_field()],
        says=_end_says,
        perform=_end,
        done=lambda scene, answers: translate("Đã ghi thôi nhiệm vụ của {name}.", name=scene.subject),
        kind="warn",
    ),
    "department": Act(
        title=lambda scene: translate("Phòng, tổ của {office}", office=scene.subject),
        button=lambda: translate("Lưu phòng, tổ"),
        fields=_department_fields,
        says=lambda scene, answers: [
            translate(
                "Từ {day}, các mảng việc này thuộc “{name}”.", day=date_vi(answers["begins"]), name=answers["name"]
            ),
            translate("Phòng, tổ nào không còn mảng việc thì kết thúc; tên cũ vẫn tra được."),
            translate("Quyền phê duyệt giao cho phòng, tổ đi theo mảng việc."),
        ],
        perform=_department,
        done=lambda scene, answers: translate("Đã ghi phòng, tổ “{name}”.", name=answers["name"]),
    ),
}
