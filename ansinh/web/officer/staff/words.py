"""Sentences of the history of rights, and lines of posts, delegations and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.offices.departments import departments_by_function
from ansinh.offices.queries import office_names
from ansinh.people.models import Assignment, Delegation, Enrolment, EnrolmentState, StaffEvent
from ansinh.people.officers.delegations import delegable
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.officer.staff.scene import function_name, role_name

Sentence = Callable[[Mapping[str, Any]], str]


def _ended(facts: Mapping[str, Any]) -> str:
    role, reason = role_name(facts["role"]), facts["reason"]
    if facts["last_day"]:
        return translate("Thôi {role} sau ngày {day}: {reason}", role=role, day=_day(facts["last_day"]), reason=reason)
    return translate("Thôi {role} ngay: {reason}", role=role, reason=reason)


EVENTS: Mapping[str, Sentence] = {
    "assigned": lambda facts: translate(
        "Phân công {role}, mảng {function}, {span}.",
        role=role_name(facts["role"]), function=function_name(facts["function"]), span=_span(facts),
    ),
    "assignment_ended": _ended,
    "delegated": lambda facts: translate(
        "Giao quyền phê duyệt {what}, {span}.",
        what=procedures(facts["procedures"]), span=_span(facts),
    ) + (f" {facts['department']}." if facts["department"] else ""),
    "delegation_revoked": lambda facts: translate("Thu quyền phê duyệt: {reason}", reason=facts["reason"]),
    "absence_recorded": lambda facts: translate("Ghi vắng mặt, {span}.", span=_span(facts)),
    "absence_ended": lambda facts: translate("Kết thúc kỳ vắng mặt."),
    "deputy_named": lambda facts: translate("{name} làm thay, {span}.", name=facts["name"], span=_span(facts))
    + (f" {facts['capacity']}." if facts["capacity"] else ""),
    "deputy_ended": lambda facts: translate(
        "{name} thôi làm thay: {reason}", name=facts["name"], reason=facts["reason"]
    ),
    "unit_given": lambda facts: translate(
        "Giao phụ trách {unit} {name}, mảng {function}, {span}.",
        unit=facts["unit"], name=facts["name"], function=function_name(facts["function"]), span=_span(facts),
    ),
    "unit_ended": lambda facts: translate(
        "Thôi phụ trách {unit} {name}: {reason}", unit=facts["unit"], name=facts["name"], reason=facts["reason"]
    ),
    "contact_changed": lambda facts: translate(
        "Người liên hệ của {unit}: {before} → {after}", unit=facts["unit"], before=facts["before"], after=facts["after"]
    ),
    "units_handed_over": lambda facts: translate(
        "Bàn giao {n} đơn vị cho {name}, {span}.", n=facts["n"], name=facts["name"], span=_span(facts)
    ),
    "units_taken_over": lambda facts: translate(
        "Nhận {n} đơn vị của {name}, {span}.", n=facts["n"], name=facts["name"], span=_span(facts)
    ),
    "account_opened": lambda facts: translate(
        "Mở tài khoản {code}; người xin mở: {name}.", code=facts["staff_code"], name=facts["asked_by"]
    ),
    "post_moved": lambda facts: translate(
        "Chuyển {role}, mảng {function}, từ {office} sang, {span}.",
        role=role_name(facts["role"]), function=function_name(facts["function"]), office=facts["from_name"],
        span=_span(facts),
    ),
    "units_moved": lambda facts: translate(
        "Chuyển {n} đơn vị phụ trách từ {office} sang, {span}.",
        n=facts["n"], office=facts["from_name"], span=_span(facts),
    ),
    "department_named": lambda facts: translate(
        "“{name}” làm {does}, {span}.", name=facts["department"],
        does=", ".join(function_name(one) for one in facts["does"]), span=_span(facts),
    ),
    "nearest_listed": lambda facts: translate(
        "Cơ quan gần nhất khi quầy tạm dừng: {offices}, {span}.", offices=", ".join(facts["offices"]) or "–",
        span=_span(facts),
    ),
}  # fmt: skip


def history_lines(events: Sequence[StaffEvent]) -> list[dict[str, object]]:
    """The thread of what was done, newest first, with the document each rests on and the office it is about."""
    offices = office_names({event.office_code for event in events})
    return [
        {
            "at": event.at,
            "who": event.actor.full_name,
            "text": " ".join(
                part
                for part in (
                    EVENTS[event.kind](event.facts),
                    translate("Văn bản {number}.", number=event.document_number) if event.document_number else "",
                    f"{pick(offices[event.office_code], 'name')}." if event.office_code in offices else "",
                )
                if part
            ),
        }
        for event in events
    ]


def post_lines(rows: Sequence[Assignment], *, on: date) -> list[dict[str, Any]]:
    """Posts in words: role, function or department, office, days."""
    offices = office_names({row.office_code for row in rows})
    rooms = {code: departments_by_function(code, on=on) for code in offices}
    return [
        {
            "id": row.pk,
            "role": role_name(row.role),
            "capacity": row.capacity,
            "place": pick(rooms[row.office_code][row.function], "name")
            if row.function in rooms.get(row.office_code, {})
            else function_name(row.function),
            "office": pick(offices[row.office_code], "name") if row.office_code in offices else row.office_code,
            "days": days(row.valid_from, row.valid_to),
            "document": row.document_number,
            "ended_at": row.ended_at,
        }
        for row in rows
    ]


def delegation_lines(
    rows: Sequence[Delegation], *, on: date, reach: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Delegations in words; `revocable` those that run or will, at offices within reach."""
    offices = office_names({row.office_code for row in rows})
    return [
        {
            "id": row.pk,
            "what": procedures(row.procedures),
            "department": pick(row.department, "name") if row.department else "",
            "office": pick(offices[row.office_code], "name") if row.office_code in offices else row.office_code,
            "days": days(row.valid_from, row.valid_to),
            "document": row.document_number,
            "given_by": row.given_by.full_name,
            "four_eyes": row.four_eyes,
            "ended_at": row.ended_at,
            "revocable": row.office_code in reach
            and row.ended_at is None
            and (row.valid_to is None or row.valid_to >= on),
        }
        for row in rows
    ]


def enrolment_lines(rows: Sequence[Enrolment], *, viewer: UUID) -> list[dict[str, Any]]:
    """Accounts asked for new officers; `confirmable` those that this viewer may confirm."""
    return [
        {
            "id": row.pk,
            "name": row.full_name,
            "title": row.title_vi,
            "code": row.staff_code,
            "contact": " · ".join(
                part for part in (row.phone and f"0{row.phone.removeprefix('84')}", row.email) if part
            ),
            "document": row.document_number,
            "asked_by": row.asked_by.full_name,
            "asked_at": row.asked_at,
            "state": translate(EnrolmentState(row.state).label),
            "decided_by": row.decided_by.full_name if row.decided_by else "",
            "decided_at": row.decided_at,
            "reason": row.reason,
            "confirmable": not (row.four_eyes and row.asked_by_id == viewer),
            "officer_id": row.officer_id,
        }
        for row in rows
    ]


def procedures(slugs: Iterable[str]) -> str:
    """What a delegation is for, in words."""
    return "; ".join(pick(delegable()[slug], "name") if slug in delegable() else slug for slug in slugs)


def days(valid_from: date, valid_to: date | None) -> str:
    """From when to when."""
    if valid_to is None:
        return translate("từ {day}", day=date_vi(valid_from))
    return translate("{first} đến hết {last}", first=date_vi(valid_from), last=date_vi(valid_to))


def _span(facts: Mapping[str, Any]) -> str:
    ends = facts.get("ends")
    return days(date.fromisoformat(facts["begins"]), date.fromisoformat(ends) if ends else None)


def _day(text: str) -> str:
    return date_vi(date.fromisoformat(text))
