"""Who acts for whom, at any counter: find the person, see guardians and mandates, write down what a paper decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.people.acting.ages import is_child, of_age_on
from ansinh.people.acting.counter import refuse_unless_counter
from ansinh.people.acting.deaths import record_death
from ansinh.people.acting.end import end_guardianship
from ansinh.people.acting.find import find_people, the_person_at_counter
from ansinh.people.acting.freeze import decide, freeze
from ansinh.people.acting.guardianships import guardianships_of, wards_of
from ansinh.people.acting.history import events_about
from ansinh.people.acting.mandates import mandates_of
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person
from ansinh.people.models_acting import GuardianKind, Guardianship, GuardianshipState, Mandate
from ansinh.people.queries import people_by_id
from ansinh.people.readings import PageKind
from ansinh.people.readings.openings import protected
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.citizen.acting.mandate import title_of
from ansinh.web.citizen.acting.overview import state_in_words
from ansinh.web.citizen.acting.words import thread_of
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import ACTING, desk, say
from ansinh.web.officer.protected import PROTECTED, shown_name, veiled
from ansinh.web.officer.watched import Seen, people_page

WHY = "Xem ai đại diện, ai được ủy quyền để giải quyết việc tại quầy"


@dataclass(frozen=True)
class Act:
    """One thing an officer writes down: the field a refusal stands beside, and what is said when it is done."""

    perform: Callable[[HttpRequest, OfficerActor, Person], None]
    done: str
    places: dict[str, str]


@people_page(PageKind.ACTING, WHY)
def people(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Search by number, or name and birth date; one found opens at once."""
    typed = {name: request.GET.get(name, "").strip() for name in ("so", "ten")}
    typed |= {part: request.GET.get(f"sinh.{part}", "").strip() for part in ("day", "month", "year")}
    problem, found = "", None
    born = "-".join((typed["year"], typed["month"].zfill(2), typed["day"].zfill(2)))
    if any(typed.values()):
        try:
            found = find_people(
                actor=officer, number=typed["so"], name=typed["ten"], born=born if typed["year"] else "", at=now()
            )
        except Invalid as refused:
            problem = sentence(refused)
    else:
        refuse_unless_counter(officer)
    if found is not None and len(found) == 1:
        return redirect("officer:acting-person", person_id=found[0].pk)
    seen.note_people(one.pk for one in found or ())
    return desk(
        request,
        officer,
        "acting_people.html",
        translate("Người đại diện và ủy quyền"),
        current=ACTING,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        typed=typed,
        problem=problem,
        found=None if found is None else [_line(one) for one in found],
    )


@people_page(PageKind.ACTING, WHY)
def person(request: HttpRequest, officer: OfficerActor, seen: Seen, person_id: UUID) -> HttpResponse:
    """Guardians, wards and mandates of one person; POST `_act` writes something down."""
    found = the_person_at_counter(person_id, actor=officer)
    act = ACTS.get(request.POST.get("_act", ""))
    if request.method != "POST" or act is None:
        return _page(request, officer, seen, found)
    try:
        act.perform(request, officer, found)
    except (Invalid, NotAllowed, Conflict) as refused:
        return _page(request, officer, seen, found, fault=_fault(act, refused))
    say(request, translate(act.done))
    return redirect("officer:acting-person", person_id=person_id)


def _fault(act: Act, refused: DomainError) -> tuple[str, str]:
    return act.places.get(refused.code, next(iter(act.places.values()))), sentence(refused)


def _page(
    request: HttpRequest, officer: OfficerActor, seen: Seen, found: Person, *, fault: tuple[str, str] = ("", "")
) -> HttpResponse:
    guardians, wards, mandates = guardianships_of(found.pk), wards_of(found.pk), mandates_of(found.pk)
    seen.note_people([found.pk, *(one.guardian_id for one in guardians), *(one.child_id for one in wards)])
    seen.note_people(who for one in mandates for who in (one.principal_id, one.agent_id))
    others = [found.pk, *(one.guardian_id for one in guardians), *(one.child_id for one in wards)]
    hidden = protected([*others, *(who for one in mandates for who in (one.principal_id, one.agent_id))], at=now())
    names = [one.full_name for one in people_by_id(hidden - {found.pk}).values()]
    open_ones = [one for one in guardians if one.state != GuardianshipState.ENDED]
    return desk(
        request,
        officer,
        "acting_person.html",
        found.full_name,
        current=ACTING,
        back=(translate("Người đại diện và ủy quyền"), reverse("officer:acting-people")),
        problems=1 if fault[1] else 0,
        status=422 if fault[1] else 200,
        person=found,
        is_protected=found.pk in hidden,
        facts=_facts(found),
        guardians=[_guardian(one, hidden) for one in guardians],
        endable=[
            {"value": str(one.pk), "label": shown_name(one.guardian_id, one.guardian.full_name, hidden)}
            for one in open_ones
        ],
        frozen=any(one.state == GuardianshipState.FROZEN for one in open_ones),
        freezable=any(one.state == GuardianshipState.IN_FORCE for one in open_ones),
        wards=[_ward(one, hidden) for one in wards],
        mandates=[
            {"title": _title(one, hidden - {found.pk}), "state": state_in_words(one, on=today()), "until": one.valid_to}
            for one in mandates
        ],
        fault=fault,
        typed=request.POST,
        history=[
            {**one, "who": veiled(one["who"], names), "text": veiled(one["text"], names)}
            for one in thread_of(events_about(found.pk), [], own="", href=lambda _: "")
        ],
    )


def _facts(found: Person) -> list[dict[str, Any]]:
    born = found.date_of_birth
    rows = [
        {"label": translate("Ngày sinh"), "value": date_vi(date.fromisoformat(born)) if len(born) == 10 else born},
        {"label": translate("Số định danh cá nhân"), "value": found.personal_id_number or "–"},
        {"label": translate("Mã số BHXH"), "value": found.si_number or "–"},
    ]
    if found.died_on is not None:
        rows.append({"label": translate("Qua đời ngày"), "value": date_vi(found.died_on)})
    elif is_child(born, on=today()):
        rows.append({"label": translate("Đủ 18 tuổi ngày"), "value": date_vi(of_age_on(born, on=today()))})
    return rows


def _title(one: Mandate, hidden: frozenset[UUID]) -> str:
    return translate(PROTECTED) if hidden & {one.principal_id, one.agent_id} else title_of(one)


def _guardian(one: Guardianship, hidden: frozenset[UUID]) -> dict[str, Any]:
    return {
        "name": shown_name(one.guardian_id, one.guardian.full_name, hidden),
        "href": reverse("officer:acting-person", args=[one.guardian_id]),
        "kind": translate(GuardianKind(one.kind).label),
        "basis": one.basis,
        "since": one.valid_from,
        "state": translate(GuardianshipState(one.state).label),
        "reason": one.end_reason,
    }


def _ward(one: Guardianship, hidden: frozenset[UUID]) -> dict[str, Any]:
    return {
        "name": shown_name(one.child_id, one.child.full_name, hidden),
        "href": reverse("officer:acting-person", args=[one.child_id]),
        "state": translate(GuardianshipState(one.state).label),
    }


def _line(one: Person) -> dict[str, str]:
    return {
        "name": one.full_name,
        "born": one.date_of_birth,
        "number": one.personal_id_number or one.si_number or "–",
        "href": reverse("officer:acting-person", args=[one.pk]),
    }


def _freeze(request: HttpRequest, officer: OfficerActor, found: Person) -> None:
    freeze(
        found.pk,
        actor=officer,
        reason=request.POST.get("freeze_reason", ""),
        may_read="may_read" in request.POST,
        at=now(),
    )


def _decide(request: HttpRequest, officer: OfficerActor, found: Person) -> None:
    decide(found.pk, actor=officer, basis=request.POST.get("decide_basis", ""), at=now())


def _end(request: HttpRequest, officer: OfficerActor, found: Person) -> None:
    chosen = {str(one.pk): one for one in guardianships_of(found.pk)}.get(request.POST.get("guardianship", ""))
    if chosen is None:
        raise Invalid("guardian-missing", "Chưa chọn người đại diện nào chấm dứt. Xin chọn một người.")
    end_guardianship(
        chosen.pk,
        actor=officer,
        basis=request.POST.get("end_basis", ""),
        reason=request.POST.get("end_reason", ""),
        at=now(),
    )


def _die(request: HttpRequest, officer: OfficerActor, found: Person) -> None:
    parts = [request.POST.get(f"died_on.{part}", "").strip() for part in ("year", "month", "day")]
    try:
        died_on = date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as unread:
        raise Invalid(
            "death-day-unread", "Chưa đọc được ngày này. Xin nhập đủ ngày, tháng, năm, ví dụ 04/05/2027."
        ) from unread
    record_death(found.pk, actor=officer, died_on=died_on, basis=request.POST.get("death_basis", ""), at=now())


ACTS = {
    "freeze": Act(_freeze, "Đã tạm dừng; mọi người đại diện được báo.", {"reason-missing": "freeze_reason"}),
    "decide": Act(
        _decide, "Đã ghi quyết định; người đại diện làm thay được như trước.", {"basis-missing": "decide_basis"}
    ),
    "end": Act(
        _end,
        "Đã ghi chấm dứt; hai bên được báo.",
        {"guardian-missing": "guardianship", "basis-missing": "end_basis", "reason-missing": "end_reason"},
    ),
    "death": Act(
        _die,
        "Đã ghi nhận qua đời; mọi quyền làm thay liên quan đã chấm dứt.",
        {"death-day-unread": "died_on", "death-day-wrong": "died_on", "basis-missing": "death_basis"},
    ),
}
