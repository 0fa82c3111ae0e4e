"""Delegate to somebody or to a department, and revoke."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.offices.departments import departments
from ansinh.people.officers.delegate import delegate, revoke, the_delegation
from ansinh.people.officers.delegations import delegable
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.officer.staff.act import Act
from ansinh.web.officer.staff.fields import Field
from ansinh.web.officer.staff.post_acts import begins_field, document_field, ends_field, office_field, reason_field
from ansinh.web.officer.staff.scene import Scene, managed_options, uuid_of
from ansinh.web.page import Option


def _what(scene: Scene) -> list[Field]:
    return [
        Field(
            "procedures", translate("Được phê duyệt"), "many",
            options=[Option(one.procedure, pick(one, "name")) for one in delegable().values()],
        ),
        Field(
            "four_eyes", translate("Hai người: người đối chiếu không được tự phê duyệt"), "check",
        ),
        begins_field(scene),
        ends_field(),
        document_field(translate("Số văn bản giao quyền, ví dụ 215/QĐ-BHXH")),
    ]  # fmt: skip


def _to_member(scene: Scene) -> list[Field]:
    return [office_field(managed_options(scene.actor, on=scene.today)), *_what(scene)]


def _to_department(scene: Scene) -> list[Field]:
    rooms = [Option(str(one.pk), pick(one, "name")) for one in departments(scene.place.code, on=scene.today)]
    return [Field("to", translate("Giao cho phòng, tổ"), "select", options=rooms), *_what(scene)]


def _delegate(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return delegate(
        actor=scene.actor,
        office_code=scene.place.code if scene.office else answers["office"],
        to=UUID(answers["to"]) if scene.office else scene.person.pk,
        procedures=answers["procedures"],
        document_number=answers["document"],
        four_eyes=answers["four_eyes"],
        valid_from=answers["begins"],
        valid_to=answers["ends"],
        at=at,
    )


def _says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    return [
        translate("Người được giao chỉ phê duyệt hồ sơ đủ thành phần; mỗi lần phê duyệt ghi số văn bản này."),
        translate(
            "Ai rời cơ quan hoặc rời phòng, tổ thì mất quyền cùng lúc; người làm thay khi nghỉ không có quyền này."
        ),
        translate("Quyền tự hết lúc 24 giờ ngày {day}.", day=date_vi(answers["ends"]))
        if answers["ends"]
        else translate("Quyền có đến khi thu lại."),
    ]


def _revoke_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    row = the_delegation(uuid_of(scene.row), actor=scene.actor, today=scene.today)
    return [
        translate("Văn bản {number} hết hiệu lực ngay.", number=row.document_number),
        translate("Những lần đã phê duyệt theo văn bản này vẫn giữ nguyên."),
    ]


ACTS: dict[str, Act] = {
    "delegate": Act(
        title=lambda scene: translate("Giao quyền phê duyệt cho {name}", name=scene.subject),
        button=lambda: translate("Giao quyền"),
        fields=_to_member,
        says=_says,
        perform=_delegate,
        done=lambda scene, answers: translate("Đã giao quyền theo {number}.", number=answers["document"]),
    ),
    "delegate-department": Act(
        title=lambda scene: translate("Giao quyền phê duyệt cho phòng, tổ của {office}", office=scene.subject),
        button=lambda: translate("Giao quyền"),
        fields=_to_department,
        says=_says,
        perform=_delegate,
        done=lambda scene, answers: translate("Đã giao quyền theo {number}.", number=answers["document"]),
    ),
}
_REVOKE = Act(
    title=lambda scene: translate("Thu quyền phê duyệt: {name}", name=scene.subject),
    button=lambda: translate("Thu quyền ngay"),
    fields=lambda scene: [reason_field()],
    says=_revoke_says,
    perform=lambda scene, answers, at: revoke(uuid_of(scene.row), actor=scene.actor, reason=answers["reason"], at=at),
    done=lambda scene, answers: translate("Đã thu quyền phê duyệt."),
    kind="warn",
)
ACTS |= {"revoke": _REVOKE, "revoke-department": _REVOKE}
