"""Announcements of the offices one speaks for: written, shown, taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.catalogue.queries import services_on
from ansinh.offices import announcements as known
from ansinh.offices.models import Announcement, Level, Office
from ansinh.offices.models_announcements import AnnouncementKind
from ansinh.offices.queries import office_names, provinces
from ansinh.people.actors import OfficerActor
from ansinh.people.officers import announcements as actions
from ansinh.people.officers.powers import speaks_for
from ansinh.platform.errors import DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import VIETNAM
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import ANNOUNCEMENTS, desk, say
from ansinh.web.officer.typed_days import a_day, boxes, the_day
from ansinh.web.page import Option

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])")


@officer_page
def announcements(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What was announced, and the form for another one."""
    offices = _offices(officer)
    problem = ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer, offices))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:announcements")
    typed = request.POST
    announcing = {code: one for code, one in offices.items() if actions.announces(one)}
    central = any(one.level == Level.CENTRAL for one in announcing.values())
    return desk(
        request,
        officer,
        "announcements.html",
        translate("Thông báo công khai"),
        current=ANNOUNCEMENTS,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=[_line(one) for one in known.of_offices(sorted(offices))[:50]],
        offices=[Option(code, pick(one, "name")) for code, one in sorted(announcing.items())],
        who_announces=translate(actions.WHO_ANNOUNCES),
        kinds=[Option(key, translate(label)) for key, label in AnnouncementKind.choices],
        kind=_kind(typed.get("kind") or request.GET.get("loai", "")),
        provinces=[Option(one.code, pick(one, "name")) for one in provinces(on=today())] if central else [],
        chosen=typed.getlist("provinces"),
        typed=typed,
        days={name: boxes(typed, name) for name in ("from", "to", "start", "end")},
        ahead=known.days_ahead(on=today()),
        services=[Option(slug, name) for slug, name in sorted(_services().items(), key=lambda one: one[1])],
    )


def _kind(asked: str) -> str:
    """What is being written, as far as there is such a thing: each kind has boxes of its own."""
    return asked if asked in AnnouncementKind.values else ""


def _services() -> dict[str, str]:
    return {one.slug: pick(one.procedure, "short_name") for one in services_on(today())}


def _offices(officer: OfficerActor) -> Mapping[str, Office]:
    """Offices one speaks for: what they announced may be taken back."""
    held = office_names(set(speaks_for(officer, on=today())))
    found = {code: one for code, one in held.items() if one.valid_to is None or one.valid_to >= today()}
    if not found:
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )
    return found


def _act(request: HttpRequest, officer: OfficerActor, offices: Mapping[str, Office]) -> str:
    typed = request.POST
    if typed.get("_act") == "withdraw":
        try:
            announcement_id = UUID(typed.get("announcement", ""))
        except ValueError:
            raise NotFound("announcement-unknown", "Không có thông báo này. Xin tải lại trang.") from None
        actions.withdraw(announcement_id, actor=officer, at=now())
        return translate("Đã rút thông báo.")
    code = typed.get("office", "")
    if code not in offices:
        raise Invalid("announcement-office", "Chưa chọn cơ quan ra thông báo. Xin chọn trong danh sách.")
    central = offices[code].level == Level.CENTRAL
    kind = typed.get("kind", "")
    hours = kind == AnnouncementKind.MAINTENANCE
    service = typed.get("service", "") if kind == AnnouncementKind.NEWS else ""
    if service and service not in _services():
        raise Invalid("service-unknown", "Không có thủ tục này. Xin chọn lại trong danh sách.")
    wanted = known.Wanted(
        code, kind, typed.get("title_vi", ""), typed.get("title_en", ""), typed.get("body_vi", ""),
        typed.get("body_en", ""), a_day(typed, "from") or today(), the_day(typed, "to"),
        provinces=typed.getlist("provinces") if central else [offices[code].province_code],
        version=typed.get("version", "") if kind == AnnouncementKind.RELEASE else "", procedure=service,
        starts_at=_moment(typed, "start") if hours else None, ends_at=_moment(typed, "end") if hours else None,
        urgent_because=typed.get("urgent", "") if hours else "",
    )  # fmt: skip
    actions.announce(wanted, actor=officer, at=now())
    return translate("Đã ra thông báo. Biểu ngữ hiện trên các trang từ ngày đầu đến ngày cuối.")


def _moment(typed: Mapping[str, str], name: str) -> datetime:
    day: date = the_day(typed, name)
    found = _CLOCK.fullmatch(typed.get(f"{name}-time", "").strip())
    if found is None:
        raise Invalid("time-wrong", "Giờ chưa đúng. Xin ghi như 22:00.")
    return datetime.combine(day, time(int(found[1]), int(found[2])), tzinfo=VIETNAM)


def _line(one: Announcement) -> dict[str, object]:
    return {
        "id": one.pk,
        "href": reverse("public:announcement", kwargs={"announcement_id": one.pk}),
        "kind": translate(AnnouncementKind(one.kind).label),
        "title": pick(one, "title"),
        "office": pick(one.office, "name"),
        "shows_from": one.shows_from,
        "shows_to": one.shows_to,
        "urgent": one.urgent_because,
        "withdrawn_at": one.withdrawn_at,
        "shown": one.shows_from <= today() and one.withdrawn_at is None,
    }
