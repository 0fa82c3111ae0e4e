"""Acts of one press, each with a page that says what will happen: accept, control, send back, hand over …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.accept import accept, confirm_check, originals_received
from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.clock import expected, start_of
from ansinh.casework.hand_over import hand_over
from ansinh.casework.propose import control, open_decision, send_back
from ansinh.casework.second_press import last_event
from ansinh.casework.transitions import move, next_stage
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.originals import originals_of
from ansinh.offices.queries import deciding_office, office, open_offices, provinces, work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, weekday_vi
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.foreseen import foreseen
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.pressed import press
from ansinh.web.officer.watched import act_page
from ansinh.web.page import Option


@dataclass(frozen=True)
class Act:
    """One act: its transition, the words of its page, its note, and what it does."""

    transition: str
    title: str
    button: str
    done: str
    says: Callable[[Dossier], list[str]]
    perform: Callable[[UUID, OfficerActor, str, datetime], object]
    note: str = ""
    note_hint: str = ""
    note_needed: bool = False
    kind: str = "go"


def _says_accept(dossier: Dossier) -> list[str]:
    folder = frozen(dossier.version_id)
    counted = expected(
        folder, dossier.answers, accepted_at=start_of(dossier, now()), pauses=[], calendar=work_calendar()
    )
    says = [_promise(pick(row, "name"), row.due.on) for row in counted if row.due.on is not None]
    receiving = office(dossier.office_code)
    deciding = deciding_office(
        dossier.procedure, received_at=receiving, decided_at=folder.procedure.route.decided_at, on=today()
    )
    if deciding.code != receiving.code:
        says.append(translate("Hồ sơ chuyển {office} giải quyết theo thẩm quyền.", office=pick(deciding, "name")))
    return [
        translate("Thời hạn giải quyết bắt đầu tính từ hôm nay, {day}.", day=date_vi(today())),
        *says,
        translate("Bước tiếp theo: {stage}.", stage=pick(next_stage(dossier), "name")),
        translate("Người nộp được báo bằng tin nhắn và thư điện tử."),
    ]


def _promise(result: str, day: date) -> str:
    weekday = translate(weekday_vi(day))
    return translate("{result}: hẹn trả 17:00 {weekday} {day}.", result=result, weekday=weekday, day=date_vi(day))


def _says_originals(dossier: Dossier) -> list[str]:
    awaited = originals_of(dossier)
    return [
        translate("Bản chính cần có: {list}.", list="; ".join(pick(paper, "name") for paper in awaited)),
        translate("Sau khi ghi nhận, xin kiểm tra rồi tiếp nhận để bắt đầu tính giờ."),
        translate("Người nộp được báo là bản chính đã đến."),
    ]


def _says_next(dossier: Dossier) -> list[str]:
    following = next_stage(dossier)
    return [
        translate(
            "Hồ sơ chuyển sang bước “{stage}” ({role}).",
            stage=pick(following, "name"),
            role=translate(Role(following.role).label),
        )
    ]


def _says_back(dossier: Dossier) -> list[str]:
    return [
        translate("Hồ sơ trở về bước thẩm định kèm lời nhắn của ông/bà. Lời nhắn chỉ nội bộ đọc."),
        translate("Giờ giải quyết vẫn tính tiếp."),
    ]


ACTS: dict[str, Act] = {
    "accept": Act(
        "accept", "Tiếp nhận hồ sơ này?", "Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ, giờ bắt đầu tính.", _says_accept,
        lambda dossier_id, actor, note, at: accept(dossier_id, actor=actor, at=at),
    ),
    "originals-received": Act(
        "originals_received", "Bản chính đã đến đủ?", "Ghi nhận bản chính",
        "Đã ghi nhận bản chính. Bây giờ tiếp nhận được.", _says_originals,
        lambda dossier_id, actor, note, at: originals_received(dossier_id, actor=actor, note=note, at=at),
        note="Số bưu gửi hoặc cách nhận", note_hint="Ví dụ: EQ 204 118 736 VN, hoặc nộp trực tiếp tại quầy",
    ),
    "confirm-check": Act(
        "confirm_check", "Đã đối chiếu xong?", "Xác nhận đã đối chiếu", "Đã xác nhận đối chiếu.", _says_next,
        lambda dossier_id, actor, note, at: confirm_check(dossier_id, actor=actor, note=note, at=at),
        note="Kết quả đối chiếu", note_hint="Người nộp đọc được câu này trong lịch sử hồ sơ",
    ),
    "control": Act(
        "control", "Đồng ý với đề xuất này?", "Đồng ý, trình lãnh đạo ký", "Đã trình lãnh đạo ký.", _says_next,
        lambda dossier_id, actor, note, at: control(dossier_id, actor=actor, note=note, at=at),
        note="Ý kiến kiểm soát", note_hint="Chỉ nội bộ đọc",
    ),
    "send-back": Act(
        "send_back", "Trả lại chuyên viên?", "Trả lại chuyên viên", "Đã trả lại chuyên viên.", _says_back,
        lambda dossier_id, actor, note, at: send_back(dossier_id, actor=actor, note=note, at=at),
        note="Cần sửa gì", note_hint="Một câu cụ thể để chuyên viên sửa được ngay", note_needed=True, kind="warn",
    ),
}  # fmt: skip


@act_page
def act(request: HttpRequest, officer: OfficerActor, dossier_id: UUID, name: str) -> HttpResponse:
    """Say what will happen (GET), or do it (POST)."""
    chosen = ACTS[name]
    note, problem = request.POST.get("note", ""), ""
    if request.method == "POST":
        try:
            return press(
                request,
                officer,
                dossier_id,
                act=lambda: chosen.perform(dossier_id, officer, note, now()),
                done=translate(chosen.done),
            )
        except Invalid as refused:
            problem = sentence(refused)
    found = open_for(chosen.transition, dossier_id, officer=officer)
    return desk(
        request,
        officer,
        "act.html",
        translate(chosen.title),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        act=chosen,
        says=chosen.says(found),
        foreseen=foreseen(found, open_decision(found), officer=officer) if name == "control" else [],
        note=note,
        problem=problem,
        seen=last_event(found.pk),
    )


@act_page
def give_away(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Hand the dossier over to another open office, with a reason the applicant reads."""
    to_office, reason = request.POST.get("office", ""), request.POST.get("reason", "")
    faults: dict[str, str] = {}
    if request.method == "POST":
        faults = _gaps(to_office, reason)
    if request.method == "POST" and not faults:
        try:
            return press(
                request,
                officer,
                dossier_id,
                act=lambda: hand_over(dossier_id, actor=officer, to_office=to_office, reason=reason, at=now()),
                done=translate("Đã chuyển hồ sơ. Người nộp được báo."),
            )
        except Invalid as refused:
            faults = {"office": sentence(refused)}
    found = open_for("hand_over", dossier_id, officer=officer)
    return desk(
        request,
        officer,
        "hand_over.html",
        translate("Chuyển hồ sơ đến cơ quan khác"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=len(faults),
        status=422 if faults else 200,
        dossier=found,
        groups=_offices(found),
        to_office=to_office,
        reason=reason,
        faults=faults,
        seen=last_event(found.pk),
    )


def _gaps(to_office: str, reason: str) -> dict[str, str]:
    """What was left empty, by control."""
    faults: dict[str, str] = {}
    if not to_office:
        faults["office"] = translate("Chưa chọn cơ quan nhận. Xin chọn trong danh sách.")
    if not reason.strip():
        faults["reason"] = translate("Chưa ghi vì sao chuyển. Xin viết một câu, người nộp sẽ đọc.")
    return faults


def open_for(transition: str, dossier_id: UUID, *, officer: OfficerActor) -> Dossier:
    """The dossier, if this officer may do this with it now; else the refusal the act itself would give."""
    found = the_dossier(dossier_id, viewer=officer)
    refuse_others(found, actor=officer)
    move(transition, found, stage=stage_of(found))
    return found


def _offices(found: Dossier) -> list[dict[str, object]]:
    names = {one.code: pick(one, "name") for one in provinces(on=today())}
    groups: dict[str, list[Option]] = {}
    for one in open_offices(on=today()):
        if one.code != found.office_code:
            label = names.get(one.province_code, translate("Cơ quan khác"))
            groups.setdefault(label, []).append(Option(one.code, pick(one, "name")))
    return [{"label": label, "options": options} for label, options in groups.items()]
