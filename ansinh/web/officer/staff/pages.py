"""The people of an office, one of them, its departments, and every officer's own duties."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices.departments import departments_by_function
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import UnitCharge
from ansinh.people.officers import enrol, staff
from ansinh.people.officers.move_posts import to_move
from ansinh.people.officers.powers import managed_offices, manages, may_delegate, may_open_accounts
from ansinh.people.officers.units import orphaned
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import today
from ansinh.web.officer.frame import DUTIES, STAFF, desk
from ansinh.web.officer.staff import scene as scenes
from ansinh.web.officer.staff.absence_acts import ACTS as ABSENCE_ACTS
from ansinh.web.officer.staff.account_acts import ACTS as ACCOUNT_ACTS
from ansinh.web.officer.staff.act import Act, play
from ansinh.web.officer.staff.delegation_acts import ACTS as DELEGATION_ACTS
from ansinh.web.officer.staff.post_acts import ACTS as POST_ACTS
from ansinh.web.officer.staff.scene import function_name, managed_options, refuse_who_manages_nobody, role_name
from ansinh.web.officer.staff.unit_acts import ACTS as UNIT_ACTS
from ansinh.web.officer.staff.words import days, delegation_lines, enrolment_lines, history_lines, post_lines

ACTS: dict[str, Act] = {**POST_ACTS, **DELEGATION_ACTS, **ABSENCE_ACTS, **UNIT_ACTS, **ACCOUNT_ACTS}


@officer_page
def people(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Everybody of one office with today's posts; a staff code leads to somebody who is to come here."""
    refuse_who_manages_nobody(officer, on=today())
    code = request.GET.get("ma", "").strip()
    found = staff.by_staff_code(code) if code else None
    if found is not None:
        return redirect("officer:assign", officer_id=found.pk)
    chosen = _chosen_office(request, officer)
    fault = translate("Không có cán bộ mang mã “{code}”. Xin xem lại mã đăng nhập.", code=code) if code else ""
    return desk(
        request,
        officer,
        "staff/people.html",
        translate("Nhân sự {office}", office=pick(office(chosen), "name")),
        current=STAFF,
        problems=1 if fault else 0,
        status=422 if fault else 200,
        offices=managed_options(officer, on=today()),
        chosen=chosen,
        members=[_member_line(one) for one in staff.members(chosen, on=today())],
        waiting=[_unit_line(row) for row in orphaned(chosen, on=today())],
        accounts_waiting=len(enrol.asked_at([chosen])),
        move=to_move(chosen, on=today()),
        code=code,
        fault=fault,
    )


@officer_page
def member(request: HttpRequest, officer: OfficerActor, officer_id: UUID) -> HttpResponse:
    """One of them: posts, delegations, absences, units, and what can be done."""
    scene = scenes.of_member(officer_id, actor=officer, today=today())
    reach = managed_offices(officer, on=today())
    posts = staff.sorted_posts(staff.assignments_of(officer_id), on=today())
    return desk(
        request,
        officer,
        "staff/member.html",
        scene.person.full_name,
        current=STAFF,
        back=(translate("Nhân sự"), _people_href(scene.person.pk, reach)),
        member=scene.person,
        yours={row.pk for row in (*posts.today, *posts.coming) if row.office_code in reach},
        delegates=any(may_delegate(officer, office_code=row.office_code, on=today()) for row in posts.today),
        history=history_lines(staff.history(offices=reach, officer_id=officer_id)),
        **_about(officer_id, reach=reach),
    )


@officer_page
def departments(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Which department of an office does what, and what is delegated to departments."""
    refuse_who_manages_nobody(officer, on=today())
    chosen = _chosen_office(request, officer)
    rooms = departments_by_function(chosen, on=today())
    return desk(
        request,
        officer,
        "staff/departments.html",
        translate("Phòng, tổ của {office}", office=pick(office(chosen), "name")),
        current=STAFF,
        back=(translate("Nhân sự"), f"{reverse('officer:staff')}?co-quan={chosen}"),
        offices=managed_options(officer, on=today()),
        chosen=chosen,
        rows=[
            (one.label, pick(rooms[one.value], "name") if one.value in rooms else "–")
            for one in scenes.function_options()
        ],
        delegations=delegation_lines(staff.delegations_to_departments(chosen), on=today(), reach=frozenset({chosen})),
        delegates=may_delegate(officer, office_code=chosen, on=today()) and bool(rooms),
        history=history_lines(staff.history(offices=[chosen])),
    )


@officer_page
def accounts(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Accounts asked for new officers of an office: those that wait for a second person, and the last decided ones."""
    refuse_who_manages_nobody(officer, on=today())
    chosen = _chosen_office(request, officer)
    return desk(
        request,
        officer,
        "staff/accounts.html",
        translate("Tài khoản cán bộ mới của {office}", office=pick(office(chosen), "name")),
        current=STAFF,
        back=(translate("Nhân sự"), f"{reverse('officer:staff')}?co-quan={chosen}"),
        offices=managed_options(officer, on=today()),
        chosen=chosen,
        opens=may_open_accounts(officer, office_code=chosen, on=today()),
        asked=enrolment_lines(enrol.asked_at([chosen]), viewer=officer.officer_id),
        decided=enrolment_lines(enrol.decided_at([chosen]), viewer=officer.officer_id),
    )


@officer_page
def of_accounts(
    request: HttpRequest, officer: OfficerActor, office_code: str, name: str, row: str = ""
) -> HttpResponse:
    """An act about an account of somebody new."""
    scene = scenes.of_office(office_code, actor=officer, today=today(), row=row, leads_to="officer:staff-accounts")
    return play(request, ACTS[name], scene)


@officer_page
def move(request: HttpRequest, officer: OfficerActor, office_code: str) -> HttpResponse:
    """Move what is at an ending office to its successor."""
    scene = scenes.of_office(office_code, actor=officer, today=today(), leads_to="officer:staff")
    return play(request, ACTS["move-posts"], scene)


@officer_page
def my_duties(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """An officer's own posts, delegations, deputies and units."""
    return desk(
        request,
        officer,
        "staff/mine.html",
        translate("Nhiệm vụ của tôi"),
        current=DUTIES,
        manages=manages(officer, on=today()),
        history=history_lines(staff.history(officer_id=officer.officer_id)),
        **_about(officer.officer_id),
    )


@officer_page
def of_member(request: HttpRequest, officer: OfficerActor, officer_id: UUID, name: str, row: str = "") -> HttpResponse:
    """An act about somebody of an office one manages."""
    return play(request, ACTS[name], scenes.of_member(officer_id, actor=officer, today=today(), row=row))


@officer_page
def assign(request: HttpRequest, officer: OfficerActor, officer_id: UUID) -> HttpResponse:
    """Give a post to anybody with a staff code, also to somebody who comes from elsewhere."""
    return play(request, ACTS["assign"], scenes.of_anybody(officer_id, actor=officer, today=today()))


@officer_page
def of_office(request: HttpRequest, officer: OfficerActor, office_code: str, name: str, row: str = "") -> HttpResponse:
    """An act about an office one manages."""
    return play(request, ACTS[name], scenes.of_office(office_code, actor=officer, today=today(), row=row))


def _about(officer_id: UUID, *, reach: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What both pages about an officer show; things at offices within `reach` can be changed."""
    day = today()
    posts = staff.sorted_posts(staff.assignments_of(officer_id), on=day)
    return {
        "held": post_lines(posts.today, on=day),
        "coming": post_lines(posts.coming, on=day),
        "past": post_lines(posts.past, on=day),
        "delegations": delegation_lines(staff.delegations_of(officer_id), on=day, reach=reach),
        "absences": [
            {
                "id": one.pk,
                "days": days(one.valid_from, one.valid_to),
                "document": one.document_number,
                "deputies": [named for named in one.deputies.all() if named.ended_at is None],
            }
            for one in staff.absences_of(officer_id, on=day)
        ],
        "stands_in": [
            {
                "name": one.absence.officer.full_name,
                "days": days(one.absence.valid_from, one.absence.valid_to),
                "capacity": one.capacity,
            }
            for one in staff.deputyships_of(officer_id, on=day)
        ],
        "units": [_unit_line(row, reach) for row in staff.units_now_and_coming(officer_id, on=day)],
    }


def _unit_line(row: UnitCharge, reach: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        "yours": row.office_code in reach,
        "id": row.pk,
        "code": row.unit_code,
        "name": row.unit_name,
        "function": function_name(row.function),
        "contact": row.contact_name,
        "phone": f"0{row.contact_phone.removeprefix('84')}",
        "days": days(row.valid_from, row.valid_to),
        "officer": row.officer_id,
    }


def _member_line(one: staff.Member) -> dict[str, Any]:
    state = translate("Đã thôi")
    if one.posts.today:
        state = translate("Đang làm")
    elif one.posts.coming:
        state = translate("Sắp nhận việc, {days}", days=days(one.posts.coming[0].valid_from, None))
    if one.absence:
        state = translate("Vắng mặt, {days}", days=days(one.absence.valid_from, one.absence.valid_to))
    shown = one.posts.today or one.posts.coming or one.posts.past[-1:]
    return {
        "id": one.officer.pk,
        "name": one.officer.full_name,
        "title": one.officer.title_vi,
        "roles": [role_name(row.role) for row in shown],
        "state": state,
        "kind": "wait" if one.absence else "",
    }


def _chosen_office(request: HttpRequest, officer: OfficerActor) -> str:
    """The office asked for, if the officer manages it; else the first where one works."""
    reach = managed_offices(officer, on=today())
    wanted = request.GET.get("co-quan", "")
    if wanted in reach:
        return wanted
    own = sorted(post.office_code for post in officer.own_posts if post.office_code in reach)
    return own[0]


def _people_href(officer_id: UUID, reach: frozenset[str]) -> str:
    codes = [row.office_code for row in staff.assignments_of(officer_id, offices=reach)]
    return f"{reverse('officer:staff')}?co-quan={codes[-1]}"
