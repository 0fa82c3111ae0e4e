"""Units: give one, end, change the contact, hand all over to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.people.officers.staff import colleagues, units_now_and_coming
from ansinh.people.officers.units import Unit, change_contact, end_unit, give_unit, hand_over_units, the_charge
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.officer.staff.act import Act
from ansinh.web.officer.staff.fields import Field
from ansinh.web.officer.staff.post_acts import begins_field, document_field, office_field, reason_field
from ansinh.web.officer.staff.scene import Scene, function_name, function_options, managed_options, uuid_of
from ansinh.web.page import Option


def _contact_fields(name: str = "", phone: str = "") -> list[Field]:
    return [
        Field("contact", translate("Người liên hệ của đơn vị"), first=name),
        Field("phone", translate("Điện thoại của người liên hệ"), first=phone, width="s"),
    ]


def _give_fields(scene: Scene) -> list[Field]:
    return [
        office_field(managed_options(scene.actor, on=scene.today)),
        Field("unit", translate("Mã đơn vị"), hint=translate("Chữ in hoa và chữ số, ví dụ TA0123A"), width="s"),
        Field("name", translate("Tên đơn vị")),
        Field("function", translate("Mảng việc"), "select", options=function_options()),
        *_contact_fields(),
        begins_field(scene),
    ]


def _give(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    unit = Unit(answers["office"], answers["unit"], answers["name"], answers["contact"], answers["phone"])
    return give_unit(
        unit, officer_id=scene.person.pk, function=answers["function"], actor=scene.actor,
        valid_from=answers["begins"], at=at,
    )  # fmt: skip


def _hand_over_fields(scene: Scene) -> list[Field]:
    units = units_now_and_coming(scene.person.pk, on=scene.today)
    held = {row.office_code for row in units}
    offices = [option for option in managed_options(scene.actor, on=scene.today) if option.value in held]
    people = {
        str(one.pk): Option(str(one.pk), f"{one.full_name}, {one.title_vi}")
        for option in offices
        for one in colleagues(option.value, on=scene.today, but=scene.person.pk)
    }
    return [
        office_field(offices),
        Field(
            "does", translate("Mảng việc bàn giao"), "many", first=sorted({row.function for row in units}),
            options=[Option(key, function_name(key)) for key in sorted({row.function for row in units})],
        ),
        Field("to", translate("Bàn giao cho"), "select", options=list(people.values())),
        begins_field(scene),
        document_field(translate("Biên bản hoặc quyết định bàn giao")),
    ]  # fmt: skip


def _hand_over(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    return hand_over_units(
        scene.person.pk, to_officer=UUID(answers["to"]), office_code=answers["office"], does=answers["does"],
        document_number=answers["document"], actor=scene.actor, valid_from=answers["begins"], at=at,
    )  # fmt: skip


def _hand_over_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    units = units_now_and_coming(scene.person.pk, on=answers["begins"])
    n = sum(row.office_code == answers["office"] and row.function in answers["does"] for row in units)
    return [
        translate("{n} đơn vị đổi người phụ trách từ ngày {day}.", n=n, day=date_vi(answers["begins"])),
        translate("Người liên hệ của đơn vị giữ nguyên; lịch sử giữ cả hai người phụ trách."),
    ]


def _row_contact(scene: Scene) -> list[Field]:
    row = the_charge(uuid_of(scene.row), actor=scene.actor, today=scene.today)
    return _contact_fields(row.contact_name, f"0{row.contact_phone.removeprefix('84')}")


ACTS: dict[str, Act] = {
    "give-unit": Act(
        title=lambda scene: translate("Giao đơn vị cho {name} phụ trách", name=scene.subject),
        button=lambda: translate("Giao đơn vị"),
        fields=_give_fields,
        says=lambda scene, answers: [
            translate("{name} phụ trách đơn vị này từ ngày {day}.", name=scene.subject, day=date_vi(answers["begins"])),
            translate("Ai đang phụ trách mảng việc đó của đơn vị thì thôi từ hôm trước."),
        ],
        perform=_give,
        done=lambda scene, answers: translate("Đã giao {unit}.", unit=answers["name"]),
    ),
    "end-unit": Act(
        title=lambda scene: translate("{name} thôi phụ trách một đơn vị", name=scene.subject),
        button=lambda: translate("Thôi phụ trách"),
        fields=lambda scene: [reason_field()],
        says=lambda scene, answers: [translate("Đơn vị chưa có người phụ trách mới cho đến khi được giao.")],
        perform=lambda scene, answers, at: end_unit(
            uuid_of(scene.row), actor=scene.actor, reason=answers["reason"], at=at
        ),
        done=lambda scene, answers: translate("Đã thôi phụ trách."),
        kind="warn",
    ),
    "unit-contact": Act(
        title=lambda scene: translate("Đổi người liên hệ của đơn vị"),
        button=lambda: translate("Lưu người liên hệ"),
        fields=_row_contact,
        says=lambda scene, answers: [translate("Lịch sử giữ lại người liên hệ trước.")],
        perform=lambda scene, answers, at: change_contact(
            uuid_of(scene.row), name=answers["contact"], phone=answers["phone"], actor=scene.actor, at=at
        ),
        done=lambda scene, answers: translate("Đã lưu người liên hệ."),
    ),
    "hand-over-units": Act(
        title=lambda scene: translate("Bàn giao đơn vị của {name}", name=scene.subject),
        button=lambda: translate("Bàn giao"),
        fields=_hand_over_fields,
        says=_hand_over_says,
        perform=_hand_over,
        done=lambda scene, answers: translate("Đã bàn giao."),
    ),
}
