"""Leave, the end of leave, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.people.officers.absences import (
    end_absence,
    end_deputy,
    name_deputy,
    record_absence,
    the_absence,
)
from ansinh.people.officers.posts import own_posts
from ansinh.people.officers.staff import colleagues
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.officer.staff.act import Act
from ansinh.web.officer.staff.fields import Field
from ansinh.web.officer.staff.post_acts import begins_field, office_field, reason_field
from ansinh.web.officer.staff.scene import Scene, managed_options, uuid_of
from ansinh.web.page import Option


def _absence_fields(scene: Scene) -> list[Field]:
    return [
        begins_field(scene),
        Field("ends", translate("Đến hết ngày"), "date"),
        Field("document", translate("Số văn bản"), hint=translate("Đơn nghỉ hoặc quyết định, nếu có"), optional=True),
    ]


def _absence(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return record_absence(
        scene.person.pk, actor=scene.actor, valid_from=answers["begins"], valid_to=answers["ends"],
        document_number=answers["document"], at=at,
    )  # fmt: skip


def _offices_of(scene: Scene) -> list[Option]:
    away = the_absence(uuid_of(scene.row), actor=scene.actor, today=scene.today)
    held = {post.office_code for post in own_posts(scene.person.pk, on=max(away.valid_from, scene.today))}
    return [option for option in managed_options(scene.actor, on=scene.today) if option.value in held]


def _deputy_fields(scene: Scene) -> list[Field]:
    offices = _offices_of(scene)
    people = {
        str(one.pk): Option(str(one.pk), f"{one.full_name}, {one.title_vi}")
        for option in offices
        for one in colleagues(option.value, on=scene.today, but=scene.person.pk)
    }
    return [
        office_field(offices, translate("Thay ở cơ quan")),
        Field(
            "deputy", translate("Người thay"), "select", options=list(people.values()),
            hint=translate("Cùng cơ quan, nhiệm vụ phù hợp, không vắng mặt trong thời gian đó"),
        ),
        Field(
            "capacity", translate("Tư cách ký"), optional=True,
            hint=translate("Chỉ khi văn bản cho ký: KT. GIÁM ĐỐC hoặc TUQ. GIÁM ĐỐC"),
        ),
        Field(
            "document", translate("Số văn bản"), optional=True, width="s", hint=translate("Bắt buộc khi cho ký"),
        ),
    ]  # fmt: skip


def _deputy(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return name_deputy(
        uuid_of(scene.row), actor=scene.actor, deputy_id=UUID(answers["deputy"]), office_code=answers["office"],
        capacity=answers["capacity"], document_number=answers["document"], at=at,
    )  # fmt: skip


def _deputy_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    away = the_absence(uuid_of(scene.row), actor=scene.actor, today=scene.today)
    return [
        translate("Người thay làm được việc của {name} đến hết ngày {day}, rồi tự thôi.",
                  name=scene.subject, day=date_vi(away.valid_to)),
        translate("Lịch sử hồ sơ và thư ghi “làm thay {name}”.", name=scene.subject),
        translate("Ký với tư cách {capacity}.", capacity=answers["capacity"])
        if answers["capacity"]
        else translate("Không được ký thay, không phê duyệt đăng ký, không quản lý nhân sự thay."),
    ]  # fmt: skip


ACTS: dict[str, Act] = {
    "absence": Act(
        title=lambda scene: translate("Ghi kỳ vắng mặt của {name}", name=scene.subject),
        button=lambda: translate("Ghi kỳ vắng mặt"),
        fields=_absence_fields,
        says=lambda scene, answers: [
            translate("Nhiệm vụ của {name} giữ nguyên; chọn người thay ở bước sau.", name=scene.subject),
            translate("Đang thay người khác thì việc thay tạm ngừng trong kỳ này."),
        ],
        perform=_absence,
        done=lambda scene, answers: translate("Đã ghi kỳ vắng mặt. Xin chọn người thay."),
    ),
    "back": Act(
        title=lambda scene: translate("Kết thúc kỳ vắng mặt của {name}", name=scene.subject),
        button=lambda: translate("Đã trở lại làm việc"),
        fields=lambda scene: [],
        says=lambda scene, answers: [translate("Người thay thôi làm thay ngay.")],
        perform=lambda scene, answers, at: end_absence(uuid_of(scene.row), actor=scene.actor, at=at),
        done=lambda scene, answers: translate("Đã kết thúc kỳ vắng mặt."),
    ),
    "deputy": Act(
        title=lambda scene: translate("Chọn người thay {name}", name=scene.subject),
        button=lambda: translate("Giao làm thay"),
        fields=_deputy_fields,
        says=_deputy_says,
        perform=_deputy,
        done=lambda scene, answers: translate("Đã giao làm thay."),
    ),
    "end-deputy": Act(
        title=lambda scene: translate("Thôi làm thay {name}", name=scene.subject),
        button=lambda: translate("Thôi làm thay ngay"),
        fields=lambda scene: [reason_field()],
        says=lambda scene, answers: [translate("Người thay thôi làm thay ngay.")],
        perform=lambda scene, answers, at: end_deputy(
            uuid_of(scene.row), actor=scene.actor, reason=answers["reason"], at=at
        ),
        done=lambda scene, answers: translate("Đã thôi làm thay."),
        kind="warn",
    ),
}
