"""The public face of the offices one speaks for: contact points, links, support lines, each with its days."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices import face as known
from ansinh.offices.departments import functions
from ansinh.offices.models import FaceEntry, Level
from ansinh.offices.models_face import EntryKind
from ansinh.offices.queries import office, office_names, provinces
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.officers import face as actions
from ansinh.people.officers.powers import refuse_unless_speaking, speaks_for
from ansinh.platform.errors import DomainError, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import FACE, desk, say
from ansinh.web.officer.staff.words import days
from ansinh.web.officer.typed_days import a_day, boxes
from ansinh.web.page import Link, Option


@officer_page
def faces(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Offices whose public face one keeps."""
    codes = speaks_for(officer, on=today())
    if not codes:
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )
    offices = sorted(office_names(set(codes)).items())
    links = [
        Link(pick(one, "name"), reverse("officer:office-face", kwargs={"office_code": code}))
        for code, one in offices
        if one.valid_to is None or one.valid_to >= today()
    ]
    links.append(Link(translate("Góp ý về trang"), reverse("officer:page-feedback")))
    return desk(request, officer, "places.html", translate("Trang công khai"), current=FACE, links=links)


@officer_page
def office_face(request: HttpRequest, officer: OfficerActor, office_code: str) -> HttpResponse:
    """The lines of one office; POST writes one or ends one."""
    refuse_unless_speaking(officer, office_code=office_code, on=today())
    held, problem = office(office_code), ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer, office_code))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:office-face", office_code=office_code)
    central = any(post.role == Role.CENTRAL for post in officer.own_posts)
    public = held.level == Level.PROVINCE
    return desk(
        request,
        officer,
        "office_face.html",
        translate("Trang công khai của {office}", office=pick(held, "name")),
        current=FACE,
        back=(translate("Trang công khai"), reverse("officer:faces")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        typed=request.POST,
        first=boxes(request.POST, "from"),
        rows=[_line(one) for one in known.present_and_coming(office_code, on=today())],
        kinds=[Option(key, translate(label)) for key, label in EntryKind.choices],
        functions=[Option(one.key, pick(one, "name")) for one in functions().values()],
        provinces=[Option(one.code, pick(one, "name")) for one in provinces(on=today())] if central else [],
        chosen=request.POST.getlist("provinces"),
        public_href=reverse("public:province", kwargs={"code": held.province_code}) if public else "",
    )


def _act(request: HttpRequest, officer: OfficerActor, office_code: str) -> str:
    typed = request.POST
    if typed.get("_act") == "end":
        try:
            entry_id = UUID(typed.get("entry", ""))
        except ValueError:
            raise NotFound("face-entry-unknown", "Không có mục này. Xin tải lại trang.") from None
        actions.end(entry_id, office_code=office_code, actor=officer, at=now())
        return translate("Đã thôi dùng mục này từ hôm nay.")
    if typed.get("_act") != "write":
        raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")
    entry = _entry(typed, office_code, request.POST.getlist("provinces"))
    actions.write(entry, valid_from=a_day(typed, "from") or today(), actor=officer, at=now())
    return translate("Đã ghi. Trang công khai hiện mục này từ ngày đã chọn.")


def _entry(typed: Mapping[str, str], office_code: str, provinces_chosen: list[str]) -> known.Entry:
    kind = typed.get("kind", "")
    return known.Entry(
        office_code, kind, typed.get("label_vi", ""), typed.get("label_en", ""), typed.get("address", ""),
        hours=typed.get("hours", ""), function=typed.get("function", "") if kind == EntryKind.CONTACT else "",
        provinces=provinces_chosen if kind == EntryKind.HOTLINE else (),
    )  # fmt: skip


def _line(one: FaceEntry) -> dict[str, object]:
    where = ", ".join(one.provinces)
    return {
        "id": one.pk,
        "kind": translate(EntryKind(one.kind).label),
        "label": one.label_vi,
        "note": " · ".join(
            part
            for part in (
                pick(functions()[one.function], "name") if one.function else "",
                translate("các tỉnh {codes}", codes=where) if where else "",
                one.hours,
            )
            if part
        ),
        "address": one.address,
        "days": days(one.valid_from, one.valid_to),
    }
