"""Giving work: one dossier to a colleague, and the office's rules with everybody's load. No person's name is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.access import stage_of, the_dossier
from ansinh.casework.assignment import rules
from ansinh.casework.assignment.assign import (
    assign,
    assign_by_rules,
    assignments_of,
    refuse_unless_assigns,
)
from ansinh.casework.assignment.choose import rules_in_force
from ansinh.casework.assignment.loads import Colleague, colleagues, colleagues_by_role
from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import services_on
from ansinh.dossiers.models import CLOSED_STATES, Dossier
from ansinh.offices.queries import communes, office, office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.officers.posts import held_assignments
from ansinh.platform.errors import DomainError, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.assignment_words import (
    colleague_in_words,
    load_in_words,
    rule_in_words,
    target_in_words,
    why_in_words,
)
from ansinh.web.officer.frame import ASSIGNING, desk, say
from ansinh.web.officer.queue_view import service_name
from ansinh.web.officer.staff.fields import Field, begun, read, typed
from ansinh.web.officer.staff.scene import function_options, uuid_of
from ansinh.web.page import Option

PLACES = {
    "assignment-needs-reason": "reason", "rule-procedure": "procedure", "begins-in-the-past": "begins",
    "not-of-this-role-then": "officer", "skill-twice": "skill", "skill-of-a-stranger": "who",
}  # fmt: skip
"""Refusal → the question it is about; one that is about none stands at the first."""


@officer_page
def give(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Who has this dossier, since when and why; on POST it is given to a colleague."""
    _refuse_who_does_not_assign(officer)
    found = the_dossier(dossier_id, viewer=officer)
    refuse_unless_assigns(officer, found.office_code)
    people = colleagues(found.office_code, found.stage_role, on=today()) if _open(found) else ()
    fields = _give_fields(found, people)
    values, faults = begun(fields), dict[str, str]()
    if request.method == "POST":
        values = typed(fields, request.POST)
        answers, faults = read(fields, values)
        if not faults:
            try:
                given = assign(found.pk, actor=officer, to=UUID(answers["to"]), reason=answers["reason"], at=now())
            except DomainError as refused:
                faults = {PLACES.get(refused.code, "to"): sentence(refused)}
            else:
                words = translate(
                    "Đã giao hồ sơ {number} cho {name}.", number=found.number, name=given.officer.full_name
                )
                say(request, words)
                return redirect("officer:assigning")
    return desk(
        request,
        officer,
        "give.html",
        translate("Giao hồ sơ {number}", number=found.number),
        current=ASSIGNING,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=len(faults),
        status=422 if faults else 200,
        dossier=found,
        service=service_name(found),
        stage=pick(stage_of(found), "name") if _open(found) else "",
        role=translate(Role(found.stage_role).label) if _open(found) else "",
        given=handled(found),
        fields=fields,
        values=values,
        faults=faults,
    )


@officer_page
def assigning(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The rules of an office and the loads of its officers; each form posts one act."""
    _refuse_who_does_not_assign(officer)
    offices = rules.managed(officer)
    code = request.GET.get("co-quan", offices[0])
    code = code if code in offices else offices[0]
    act = request.POST.get("_act", "")
    forms = {"rule": _rule_fields(code), "skill": _skill_fields(code)}
    values = {name: begun(fields) for name, fields in forms.items()}
    faults: dict[str, str] = {}
    if request.method == "POST":
        values |= {name: typed(fields, request.POST) for name, fields in forms.items() if name == act}
        faults = _perform(request, officer, code, act, forms, values)
        if not faults:
            return redirect(f"{reverse('officer:assigning')}?co-quan={code}")
    names = office_names(set(offices))
    return desk(
        request,
        officer,
        "assigning.html",
        translate("Phân công hồ sơ"),
        current=ASSIGNING,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=len(faults),
        status=422 if faults else 200,
        offices=[Option(one, pick(names[one], "name")) for one in offices] if len(offices) > 1 else [],
        office_code=code,
        groups=_groups(code),
        rules=[
            {"id": one.pk, "what": rule_in_words(one, on=today()), "to": target_in_words(one), "since": one.valid_from}
            for one in rules_in_force(code, on=today())
        ],
        skills=_skills(code),
        forms=forms,
        values=values,
        faults=faults,
    )


def handled(found: Dossier) -> list[dict[str, Any]]:
    """Every assignment of the dossier, the newest first, with its reason in sentences."""
    return [
        {
            "name": one.officer.full_name,
            "role": translate(Role(one.role).label),
            "since": one.assigned_at,
            "until": one.ended_at,
            "present": one.ended_at is None and one.officer_id == found.handler_id,
            "why": why_in_words(one, on=today()),
        }
        for one in reversed(assignments_of(found))
    ]


def _perform(
    request: HttpRequest,
    officer: OfficerActor,
    code: str,
    act: str,
    forms: Mapping[str, Sequence[Field]],
    values: Mapping[str, Mapping[str, Any]],
) -> dict[str, str]:
    """Do what was pressed; gives what is wrong by place."""
    try:
        if act in forms:
            answers, faults = read(forms[act], values[act])
            if not faults:
                (_add_rule if act == "rule" else _add_skill)(request, officer, code, answers)
            return faults
        if act == "end-rule":
            rules.end_rule(uuid_of(request.POST.get("row", "")), actor=officer, at=now())
            say(request, translate("Đã dừng quy tắc. Hồ sơ đã giao vẫn ở người đang giữ."))
        elif act == "end-skill":
            rules.take_skill(uuid_of(request.POST.get("row", "")), actor=officer, at=now())
            say(request, translate("Đã bỏ. Từ giờ không giao thêm thủ tục đó."))
        elif act == "share-out":
            refuse_unless_assigns(officer, code)
            say(request, translate("Đã giao {n} hồ sơ theo quy tắc.", n=assign_by_rules(at=now(), office_code=code)))
    except DomainError as refused:
        place = PLACES.get(refused.code, "")
        known = {field.name for field in forms.get(act, ())}
        return {place if place in known else next(iter(field.name for field in forms.get(act, ())), "quy-tac"):
                sentence(refused)}  # fmt: skip
    return {}


def _add_rule(request: HttpRequest, officer: OfficerActor, code: str, answers: Mapping[str, Any]) -> None:
    rules.add_rule(
        actor=officer, office_code=code, role=answers["role"], procedure=answers["procedure"], group=answers["group"],
        commune_code=answers["commune"], officer_id=UUID(answers["officer"]) if answers["officer"] else None,
        function=answers["function"], valid_from=answers["begins"], at=now(),
    )  # fmt: skip
    say(request, translate("Đã ghi quy tắc. Hồ sơ chưa có người giữ được giao trong vòng một phút."))


def _add_skill(request: HttpRequest, officer: OfficerActor, code: str, answers: Mapping[str, Any]) -> None:
    rules.give_skill(
        actor=officer, office_code=code, officer_id=UUID(answers["who"]), procedure=answers["skill"], at=now()
    )
    say(request, translate("Đã ghi. Người có ít nhất một dòng chỉ được giao những thủ tục đã ghi."))


def _give_fields(found: Dossier, people: Sequence[Colleague]) -> list[Field]:
    ordered = sorted(people, key=lambda one: (one.away_until is not None, not one.may_do(found.procedure), one.load))
    return [
        Field("to", translate("Giao cho"), "select", hint=translate("Người đang giữ ít việc nhất đứng trước"),
              options=[Option(str(one.officer_id), colleague_in_words(one)) for one in ordered]),
        Field("reason", translate("Vì sao"), "area",
              hint=translate("Một câu, đồng nghiệp sẽ đọc; người nộp không thấy")),
    ]  # fmt: skip


def _rule_fields(code: str) -> list[Field]:
    within = communes(office(code).province_code, on=today())
    return [
        Field("role", translate("Bước của ai"), "select", options=_roles()),
        Field("procedure", translate("Thủ tục"), "select", options=_procedures(), optional=True,
              hint=translate("Để trống: mọi thủ tục")),
        Field("group", translate("Nhóm thủ tục"), "select", optional=True,
              options=[Option(one.key, pick(one, "name")) for one in service_list().groups]),
        Field("commune", translate("Xã, phường trong địa chỉ người nộp"), "select", optional=True,
              options=[Option(one.code, pick(one, "name")) for one in within]),
        Field("officer", translate("Giao cho"), "select", options=_officers(code), optional=True,
              hint=translate("Để trống: chia đều theo lượng việc")),
        Field("function", translate("Chỉ chia trong mảng việc"), "select", options=function_options(), optional=True),
        Field("begins", translate("Từ ngày"), "date", first=today()),
    ]  # fmt: skip


def _skill_fields(code: str) -> list[Field]:
    return [
        Field("who", translate("Cán bộ"), "select", options=_officers(code)),
        Field("skill", translate("Thủ tục được giao"), "select", options=_procedures()),
    ]


def _roles() -> list[Option]:
    return [Option(one, translate(one.label)) for one in rules.WORKS]


def _procedures() -> list[Option]:
    found = [
        Option(one.slug, pick(one.procedure, "short_name")) for one in services_on(today()) if one.procedure.online
    ]
    return sorted(found, key=lambda one: one.label)


def _officers(code: str) -> list[Option]:
    posts = held_assignments(on=today()).filter(office_code=code, role__in=rules.WORKS).select_related("officer")
    names = {str(post.officer_id): post.officer.full_name for post in posts}
    return [Option(key, name) for key, name in sorted(names.items(), key=lambda item: item[1])]


def _groups(code: str) -> list[dict[str, Any]]:
    """Roles of the office with their officers, for the table of loads."""
    by_role = colleagues_by_role(code, rules.WORKS, on=today())
    return [
        {
            "role": translate(role.label),
            "people": [
                {"name": one.name, "load": load_in_words(one.cases, one.load), "away": one.away_until,
                 "deputy": one.deputy_id is not None, "n": len(one.procedures)}
                for one in by_role[role]
            ],
        }
        for role in rules.WORKS
        if role in by_role
    ]  # fmt: skip


def _skills(code: str) -> list[dict[str, Any]]:
    names = {one.value: one.label for one in _procedures()}
    return [
        {"id": one.pk, "name": one.officer.full_name, "procedure": names.get(one.procedure, one.procedure)}
        for one in rules.skills_of(code, on=today())
    ]


def _open(found: Dossier) -> bool:
    return found.state not in CLOSED_STATES and bool(found.stage_role)


def _refuse_who_does_not_assign(officer: OfficerActor) -> None:
    if not rules.managed(officer):
        raise NotAllowed(
            "does-not-assign", "Chỉ trưởng phòng, tổ trưởng hoặc lãnh đạo của cơ quan đang giữ hồ sơ được giao việc."
        )
