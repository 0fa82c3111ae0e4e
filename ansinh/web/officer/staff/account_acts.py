"""The account of somebody new: ask, confirm, refuse; and an ending office's posts go to its successor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansinh.people.models import Enrolment
from ansinh.people.officers import enrol
from ansinh.people.officers.move_posts import Move, move_posts, to_move
from ansinh.platform.errors import Conflict
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.clock import now
from ansinh.web.officer.staff.act import Act
from ansinh.web.officer.staff.fields import Field
from ansinh.web.officer.staff.post_acts import document_field, reason_field
from ansinh.web.officer.staff.scene import Scene, role_name, uuid_of


def _asking(scene: Scene) -> list[Field]:
    return [
        Field("name", translate("Họ và tên")),
        Field("title", translate("Chức danh"), hint=translate("Như in trên văn bản, ví dụ Chuyên viên")),
        Field(
            "code", translate("Mã cán bộ"), width="s",
            hint=translate("Dùng để đăng nhập; không đổi được sau khi xác nhận"),
        ),
        Field(
            "phone", translate("Điện thoại công vụ"), width="s", optional=True,
            hint=translate("Nhận mã để đặt mật khẩu lần đầu; cần điện thoại hoặc thư điện tử"),
        ),
        Field("email", translate("Thư điện tử công vụ"), optional=True),
        document_field(translate("Quyết định tiếp nhận hoặc điều động, ví dụ 215/QĐ-BHXH")),
    ]  # fmt: skip


def _ask(scene: Scene, answers: Mapping[str, Any], at: datetime) -> object:
    wanted = enrol.NewOfficer(
        answers["code"], answers["name"], answers["title"], phone=answers["phone"], email=answers["email"]
    )
    return enrol.ask_account(
        wanted, office_code=scene.place.code, actor=scene.actor, document_number=answers["document"], at=at
    )


def _row(scene: Scene) -> Enrolment:
    return enrol.the_enrolment(uuid_of(scene.row), actor=scene.actor, at=now())


def _confirm_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    row = _row(scene)
    contact = ", ".join(part for part in (row.phone and f"0{row.phone.removeprefix('84')}", row.email) if part)
    return [
        translate("Mở tài khoản {code} cho {name}, {title}, theo {number}.",
                  code=row.staff_code, name=row.full_name, title=row.title_vi, number=row.document_number),
        translate("Người đó được mời qua {contact} và tự đặt mật khẩu; không ai khác biết mật khẩu.", contact=contact),
        translate("Trang làm việc chỉ mở sau khi người đó thêm lớp xác thực thứ hai."),
        translate("Tài khoản chưa có nhiệm vụ nào: xin phân công bằng mã cán bộ sau khi mở."),
    ]  # fmt: skip


def _move(scene: Scene) -> Move:
    found = to_move(scene.place.code, on=scene.today)
    if found is None:
        raise Conflict("nothing-to-move", "Cơ quan này không còn nhiệm vụ hay đơn vị nào cần chuyển.")
    return found


def _move_says(scene: Scene, answers: Mapping[str, Any]) -> list[str]:
    move = _move(scene)
    names = "; ".join(f"{row.officer.full_name} ({role_name(row.role)})" for row in move.posts)
    return [
        translate("{n} nhiệm vụ chuyển sang {office} từ ngày {day}.",
                  n=len(move.posts), office=pick(move.successor, "name"), day=date_vi(move.begins)),
        *([names + "."] if names else []),
        translate("{n} đơn vị phụ trách chuyển theo.", n=len(move.units)),
        translate("Văn bản giao quyền phê duyệt và việc làm thay không chuyển: cơ quan mới giao lại bằng văn bản mới."),
    ]  # fmt: skip


ACTS: dict[str, Act] = {
    "ask-account": Act(
        title=lambda scene: translate("Mở tài khoản cho cán bộ mới của {office}", office=scene.subject),
        button=lambda: translate("Gửi để xác nhận"),
        fields=_asking,
        says=lambda scene, answers: [
            translate("Chưa có tài khoản nào được mở: người quản lý thứ hai xem và xác nhận."),
        ],
        perform=_ask,
        done=lambda scene, answers: translate("Đã gửi. Chờ người quản lý thứ hai xác nhận."),
    ),
    "confirm-account": Act(
        title=lambda scene: translate("Xác nhận mở tài khoản"),
        button=lambda: translate("Xác nhận, mở tài khoản"),
        fields=lambda scene: [],
        says=_confirm_says,
        perform=lambda scene, answers, at: enrol.confirm(uuid_of(scene.row), actor=scene.actor, at=at),
        done=lambda scene, answers: translate("Đã mở tài khoản và gửi lời mời. Xin phân công bằng mã cán bộ."),
    ),
    "refuse-account": Act(
        title=lambda scene: translate("Không mở tài khoản của {name}", name=_row(scene).full_name),
        button=lambda: translate("Không mở"),
        fields=lambda scene: [reason_field()],
        says=lambda scene, answers: [translate("Yêu cầu kết thúc; mã cán bộ dùng lại được.")],
        perform=lambda scene, answers, at: enrol.refuse(
            uuid_of(scene.row), actor=scene.actor, reason=answers["reason"], at=at
        ),
        done=lambda scene, answers: translate("Đã kết thúc yêu cầu mở tài khoản."),
        kind="warn",
    ),
    "move-posts": Act(
        title=lambda scene: translate("Chuyển nhiệm vụ của {office}", office=scene.subject),
        button=lambda: translate("Chuyển tất cả"),
        fields=lambda scene: [document_field(translate("Quyết định sáp nhập hoặc tổ chức lại, ví dụ 215/QĐ-BHXH"))],
        says=_move_says,
        perform=lambda scene, answers, at: move_posts(
            scene.place.code, actor=scene.actor, document_number=answers["document"], at=at
        ),
        done=lambda scene, answers: translate("Đã chuyển nhiệm vụ sang cơ quan mới."),
    ),
}
