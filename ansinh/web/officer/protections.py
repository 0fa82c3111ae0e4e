"""People whose matters are guarded: set and ended by a head or leader, from the page of oversight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Protection
from ansinh.people.queries import people_by_id
from ansinh.people.readings import PageKind
from ansinh.people.readings.protect import end_protection, protect, protections_at
from ansinh.people.readings.rules import reviewer_roles
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import OVERSIGHT, desk, say
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

WHY = "Bảo vệ riêng hồ sơ của người dân"
PLACES = {
    "reason-too-short": "reason", "last-day-past": "until", "last-day-unread": "until",
    "not-a-reviewer-there": "office",
}  # fmt: skip
"""Refusal → the box it is about; the others are about the number."""


@people_page(PageKind.PROTECTION, WHY)
def protections(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Who is protected at the offices one watches; the form adds somebody, a row's button ends it."""
    held = protections_at(officer, on=today())
    typed = {name: request.POST.get(name, "").strip()[:500] for name in ("so", "office", "reason")}
    ending = request.POST.get("_end", "")[:40]
    typed["end_reason"] = request.POST.get(f"reason-{ending}", "").strip()[:500] if ending else ""
    typed |= {part: request.POST.get(f"until.{part}", "").strip() for part in ("day", "month", "year")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            say(request, _do(request, officer, typed))
            return redirect("officer:protections")
        except DomainError as refused:
            place = f"reason-{ending}" if ending else PLACES.get(refused.code, "so")
            errors[place] = sentence(refused)
    people = people_by_id({one.subject_id for one in held})
    seen.note_people(people)
    offices = office_names({one.office_code for one in held} | officer.office_codes)
    roles = reviewer_roles(on=today())
    own = sorted({post.office_code for post in officer.posts if post.role in roles})
    return desk(
        request,
        officer,
        "protections.html",
        translate("Người được bảo vệ riêng"),
        current=OVERSIGHT,
        back=(translate("Giám sát việc xem hồ sơ"), reverse("officer:oversight")),
        problems=len(errors),
        status=422 if errors else 200,
        rows=[_row(one, people, offices) for one in held],
        offices=[Option(code, pick(offices[code], "name")) for code in own],
        typed=typed,
        errors=errors,
        gaps=[{"path": path, "text": text} for path, text in errors.items()],
        ending=ending,
    )


def _do(request: HttpRequest, officer: OfficerActor, typed: dict[str, str]) -> str:
    if "_end" in request.POST:
        end_protection(_uuid(request.POST["_end"]), actor=officer, reason=typed["end_reason"], at=now())
        return translate("Đã kết thúc việc bảo vệ riêng. Người đó được báo.")
    protect(
        typed["so"], actor=officer, office_code=typed["office"], reason=typed["reason"],
        last_day=_last_day(typed), at=now(),
    )  # fmt: skip
    return translate("Hồ sơ của người này được bảo vệ riêng từ bây giờ. Người đó được báo.")


def _last_day(typed: dict[str, str]) -> date | None:
    parts = [typed[part] for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as unread:
        raise Invalid(
            "last-day-unread", "Chưa đọc được ngày này. Xin ghi đủ ngày, tháng, năm, ví dụ 05 11 2026."
        ) from unread


def _row(one: Protection, people: Mapping[UUID, Any], offices: Mapping[str, Any]) -> dict[str, Any]:
    person = people.get(one.subject_id)
    return {
        "id": one.pk,
        "name": person.full_name if person else "–",
        "reason": one.reason,
        "office": pick(offices[one.office_code], "name") if one.office_code in offices else one.office_code,
        "set_by": one.set_by.full_name,
        "set_at": one.set_at,
        "until": one.valid_to,
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as unread:
        raise Invalid("protection-unknown", "Địa chỉ này không đúng. Xin mở lại từ danh sách.") from unread
