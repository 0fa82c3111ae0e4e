"""Rows of the queue in words: when due, who, what, where it stands, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.casework.access import stage_of
from ansinh.casework.clock import days_left
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.calendar import WorkCalendar
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.addresses import address
from ansinh.web.formats import clock

STEP_WORDS = {
    "intake": "Tiếp nhận",
    "check": "Đối chiếu",
    "appraise": "Thẩm định",
    "control": "Kiểm soát",
    "applicant_sign": "Chờ người nộp ký",
    "sign": "Trình ký",
    "pay": "Chi trả",
    "issue": "In, cấp",
    "return": "Trả kết quả",
}
"""Kind of stage → the short word of a list; the full name of the stage is on the page of the dossier."""


@dataclass(frozen=True)
class Due:
    """When it is due, in words; `kind` bad, wait, days or empty."""

    text: str
    kind: str = ""
    icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One dossier in a list."""

    id: UUID
    number: str
    href: str
    due: Due
    person: str
    service: str
    stage: str
    remark: str
    handler: str = ""
    filed: str = ""
    urgent: bool = False


def rows_of(dossiers: tuple[Dossier, ...] | list[Dossier], *, today: date, calendar: WorkCalendar) -> list[Row]:
    """The rows of a list; dossiers of `queues` also tell who has them, and what they wait for."""
    return [_row(dossier, today=today, calendar=calendar) for dossier in dossiers]


def href_of(dossier: Dossier) -> str:
    """The page on which this dossier is worked."""
    name = "officer:registration" if dossier.procedure in REGISTRATIONS else "officer:dossier"
    return address(name, dossier_id=dossier.pk)


def service_name(dossier: Dossier) -> str:
    """The short name of the procedure."""
    return pick(frozen(dossier.version_id).procedure, "short_name")


def due_of(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> Due:
    """Days left in words and colour, or why there is no due date."""
    if dossier.state in CLOSED_STATES:
        return Due(
            translate(State(dossier.state).label), "", "check", date_vi(dossier.closed_at or dossier.last_event_at)
        )
    if dossier.procedure in REGISTRATIONS:
        return Due(translate("Chờ người đăng ký"), "", "user")
    if dossier.state == State.WAITING_FOR_APPLICANT:
        asked_at: datetime | None = getattr(dossier, "asked_at", None)
        since = translate("từ {day}", day=date_vi(asked_at)[:5]) if asked_at else ""
        return Due(translate("Đang dừng"), "", "pause", since)
    left = days_left(dossier, today=today, calendar=calendar)
    if left is None or dossier.due_on is None:
        return Due(translate("Chưa tính giờ"), "", "post" if dossier.state == State.WAITING_FOR_ORIGINALS else "clock")
    if dossier.due_on < today:
        return Due(translate("Trễ {n} ngày", n=max(1, -left)), "bad", "alert", date_vi(dossier.due_on)[:5])
    if dossier.due_on == today:
        return Due(translate("Hôm nay 17:00"), "wait", "clock")
    return Due(translate("Còn {n} ngày", n=left), "days", "", date_vi(dossier.due_on)[:5])


def _row(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> Row:
    return Row(
        id=dossier.pk,
        number=dossier.number,
        href=href_of(dossier),
        due=due_of(dossier, today=today, calendar=calendar),
        person=dossier.applicant_name,
        service=service_name(dossier),
        stage=_step(dossier),
        remark=_remark(dossier),
        handler=getattr(dossier, "handler_name", None) or "",
        filed=date_vi(dossier.submitted_at),
        urgent=dossier.urgent,
    )


def _step(dossier: Dossier) -> str:
    if not dossier.stage_role:
        return translate("Đã xong")
    stage = stage_of(dossier)
    return translate(STEP_WORDS[stage.kind]) if stage.kind in STEP_WORDS else pick(stage, "name")


def _remark(dossier: Dossier) -> str:
    answer_by: Any = getattr(dossier, "answer_by", None)
    parts = [translate("Khẩn")] if dossier.urgent else []
    if dossier.reopened_at is not None:
        parts.append(translate("Giải quyết lại"))
    if dossier.state == State.WAITING_FOR_APPLICANT and answer_by:
        parts.append(translate("Chờ người nộp bổ sung đến {day}", day=date_vi(answer_by)))
    elif dossier.state == State.WAITING_FOR_ORIGINALS:
        parts.append(translate("Chờ bản chính qua bưu điện"))
    elif dossier.state == State.WAITING_FOR_PAYMENT:
        parts.append(translate("Chờ người nộp nộp tiền"))
    elif dossier.state == State.APPROVED:
        parts.append(translate("Đã duyệt, chờ hoàn tất chữ ký số"))
    elif dossier.state == State.SUBMITTED:
        parts.append(translate("Nộp {day}", day=date_vi(dossier.submitted_at)))
    supplemented = dossier.supplemented_at
    if supplemented and dossier.state != State.WAITING_FOR_APPLICANT:
        parts.append(translate("Vừa bổ sung {time} {day}", time=clock(supplemented), day=date_vi(supplemented)[:5]))
    return " · ".join(parts)
