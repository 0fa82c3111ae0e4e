"""Give dossiers to officers: a manager by hand, one or many; the machine by the office's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from ansinh.casework.access import the_dossier
from ansinh.casework.assignment.choose import Choice, choose, rules_in_force
from ansinh.casework.assignment.loads import Colleague, colleagues
from ansinh.casework.assignment.matter import matter_of
from ansinh.casework.assignment.weights import weights
from ansinh.casework.filters import Filter
from ansinh.casework.ledger_rows import assigned
from ansinh.casework.models import AssignedBy, CaseAssignment, WorkRule
from ansinh.catalogue.queries import newest
from ansinh.dossiers.history import record
from ansinh.dossiers.models import CLOSED_STATES, Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import Actor, OfficerActor, System
from ansinh.people.models import Officer, Role
from ansinh.people.models_officers import held_on
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.queue import defer, is_queued
from ansinh.platform.zone import local_day

ASSIGNS = frozenset({Role.HEAD, Role.LEADER})
"""Who gives dossiers to others, and makes the rules of it, at the office where they hold that post."""
AT_ONCE = 200
"""Dossiers given in one round by the rules."""
SHARE_OUT = "casework.share_out"
"""Name of the job that gives what nobody has."""


def assigns_at(actor: OfficerActor, office_code: str) -> bool:
    """Whether the actor gives work to others at this office."""
    return any(actor.has(role, at_office=office_code) for role in ASSIGNS)


def refuse_unless_assigns(actor: OfficerActor, office_code: str) -> None:
    """Raise NotAllowed for who does not give work to others there."""
    if not assigns_at(actor, office_code):
        raise NotAllowed(
            "does-not-assign", "Chỉ trưởng phòng, tổ trưởng hoặc lãnh đạo của cơ quan đang giữ hồ sơ được giao việc."
        )


def assign(dossier_id: UUID, *, actor: OfficerActor, to: UUID, reason: str, at: datetime) -> CaseAssignment:
    """A manager gives the present step of a dossier to a colleague of its role, or takes it from one to another.

    Raises NotFound, NotAllowed, Invalid; Conflict when it has ended or nobody works on it now.
    """
    if not reason.strip():
        raise Invalid("assignment-needs-reason", "Chưa ghi vì sao giao. Xin viết một câu, đồng nghiệp sẽ đọc.")
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_unless_assigns(actor, dossier.office_code)
        _refuse_unassignable(dossier)
        people = colleagues(dossier.office_code, dossier.stage_role, on=local_day(at))
        taker = next((one for one in people if one.officer_id == to), None)
        if taker is None:
            raise Invalid(
                "not-of-this-role",
                "Người được chọn hôm nay không làm nhiệm vụ “{role}” ở cơ quan đang giữ hồ sơ. Xin chọn người khác.",
                role=Role(dossier.stage_role).label,
            )
        if taker.away_until is not None:
            raise Invalid("assignee-away", "{name} đang vắng mặt. Xin chọn người khác.", name=taker.name)
        if dossier.handler_id == to:
            raise Conflict("assigned-already", "Hồ sơ đang ở {name} rồi.", name=taker.name)
        acting = actor.doing(*ASSIGNS, at_office=dossier.office_code)
        why = {"compared": [{"name": taker.name, "cases": taker.cases, "load": taker.load}]}
        return _give(
            dossier, Choice(to, AssignedBy.HAND, why), actor=acting, to_name=taker.name, reason=reason.strip()[:500],
            at=at,
        )  # fmt: skip


def assignable(
    viewer: OfficerActor, *, on: date, role: str = "", due: str = "", free: bool = False, most: int
) -> list[Dossier]:
    """Open dossiers with a step to do where the viewer gives work to others, urgent and nearest due date first.

    `role`: of its steps only; `due` as in casework.filters; `free`: what nobody has. Each has its `handler_name`.
    """
    offices = {post.office_code for post in viewer.posts if post.role in ASSIGNS}
    rows = Dossier.objects.filter(
        Filter(due=due).condition(today=on), office_code__in=sorted(offices), closed_at__isnull=True
    ).exclude(procedure__in=REGISTRATIONS)
    rows = rows.filter(stage_role=role) if role else rows.exclude(stage_role="")
    rows = rows.filter(handler__isnull=True) if free else rows
    named = rows.defer("answers", "results_due").annotate(handler_name=F("handler__full_name"))
    return list(named.order_by("-urgent", F("due_on").asc(nulls_last=True), "submitted_at", "pk")[:most])


def assign_by_rules(*, at: datetime, office_code: str | None = None, most: int = AT_ONCE) -> int:
    """Give what nobody has to whom the offices' rules name; gives how many. A second worker does other dossiers.

    Only offices with a rule of today share work out; elsewhere it stays with everybody of the role.
    """
    today = local_day(at)
    given = 0
    for code in _offices_with_rules(today, office_code):
        rules = rules_in_force(code, on=today)
        for role in sorted({rule.role for rule in rules}):
            given += _share_out(code, role, rules, most=most - given, today=today, at=at)
            if given >= most:
                return given
    return given


def ask_to_share_out(*, at: datetime) -> bool:
    """Queue the sharing out where a rule is in force and a dossier has nobody; whether it was queued."""
    offices = _offices_with_rules(local_day(at), None)
    waiting = Dossier.objects.filter(office_code__in=offices, closed_at=None, handler=None).exclude(stage_role="")
    if not offices or is_queued(SHARE_OUT) or not waiting.exclude(procedure__in=REGISTRATIONS).exists():
        return False
    defer(SHARE_OUT)
    return True


def assignments_of(dossier: Dossier) -> list[CaseAssignment]:
    """Every assignment of a dossier, oldest first, with the officers' names."""
    return list(dossier.assignments.select_related("officer", "assigned_by"))


def _offices_with_rules(today: date, office_code: str | None) -> list[str]:
    rows = WorkRule.objects.filter(held_on(today), **({"office_code": office_code} if office_code else {}))
    return sorted(set(rows.values_list("office_code", flat=True)))


def _share_out(code: str, role: str, rules: list[WorkRule], *, most: int, today: date, at: datetime) -> int:
    given = 0
    with transaction.atomic(), acting_as(System().label):
        _one_after_another(code, role)  # two workers must not both see the same lightest load
        people = colleagues(code, role, on=today)
        nobodys = Dossier.objects.filter(office_code=code, stage_role=role, closed_at=None, handler=None)
        waiting = (
            nobodys.select_for_update(skip_locked=True, of=("self",))
            .filter(procedure__in=_with_a_rule(nobodys, rules, role))
            .order_by("-urgent", "due_on", "submitted_at", "pk")
        )
        for dossier in waiting[:most]:
            matter = matter_of(dossier)
            found = choose(matter, rules=rules, people=people, on=today)
            if found is None:
                continue
            _give(dossier, found, actor=System(), to_name=_name(found, people), reason="", at=at)
            people = _with_one_more(people, found.officer_id, weights(on=today).of(matter.procedure, matter.group))
            given += 1
    return given


def _with_a_rule(nobodys: QuerySet[Dossier], rules: list[WorkRule], role: str) -> list[str]:
    """Procedures a rule of the role may be for: what none is for stands in nobody's way, however much it is."""
    slugs = nobodys.exclude(procedure__in=REGISTRATIONS).order_by().values_list("procedure", flat=True).distinct()
    of_role = [rule for rule in rules if rule.role == role]
    return [
        slug
        for slug, folder in newest(sorted(slugs)).items()
        if any(rule.procedure in ("", slug) and rule.group in ("", folder.procedure.group) for rule in of_role)
    ]


def _with_one_more(people: tuple[Colleague, ...], officer_id: UUID, weight: int) -> tuple[Colleague, ...]:
    return tuple(
        replace(one, cases=one.cases + 1, load=one.load + weight) if one.officer_id == officer_id else one
        for one in people
    )


def _one_after_another(code: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"assign {code} {role}"])


def _name(found: Choice, people: tuple[Colleague, ...]) -> str:
    known = {one.officer_id: one.name for one in people}
    return known.get(found.officer_id) or Officer.objects.get(pk=found.officer_id).full_name


def _give(dossier: Dossier, found: Choice, *, actor: Actor, to_name: str, reason: str, at: datetime) -> CaseAssignment:
    running = CaseAssignment.objects.select_for_update(of=("self",)).select_related("officer").filter(
        dossier=dossier, office_code=dossier.office_code, role=dossier.stage_role, ended_at=None
    ).first()  # fmt: skip
    if running is not None:
        running.ended_at = at
        running.save(update_fields=["ended_at"])
    given = CaseAssignment.objects.create(
        dossier=dossier, office_code=dossier.office_code, role=dossier.stage_role, officer_id=found.officer_id,
        by=found.by, why=found.why, reason=reason,
        assigned_by_id=actor.officer_id if isinstance(actor, OfficerActor) else None, assigned_at=at,
    )  # fmt: skip
    assigned(dossier, found.officer_id, at)
    record(
        dossier, "assigned", actor=actor, at=at, public=False, to=to_name,
        taken_from=running.officer.full_name if running else "", by=found.by, reason=reason,
    )  # fmt: skip
    return given


def _refuse_unassignable(dossier: Dossier) -> None:
    if dossier.state in CLOSED_STATES or not dossier.stage_role:
        raise Conflict("nothing-to-assign", "Hồ sơ không còn bước nào để giao. Xin về danh sách việc.")
    if dossier.procedure in REGISTRATIONS:
        raise Conflict(
            "registration-unassigned", "Hồ sơ đăng ký được hoàn tất tại quầy bất kỳ nên không giao riêng cho ai."
        )
