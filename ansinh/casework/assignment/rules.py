"""The office's own rules: who gets which dossiers, and which procedures an officer may be given."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.assignment.assign import ASSIGNS, refuse_unless_assigns
from ansinh.casework.models import Skill, WorkRule
from ansinh.catalogue.queries import newest
from ansinh.offices.departments import functions
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.models_officers import held_on
from ansinh.people.officers.days import refuse_over, refuse_wrong_days
from ansinh.people.officers.posts import own_posts
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

WORKS = (Role.INTAKE, Role.UNIT, Role.BENEFIT, Role.COLLECTION, Role.CARD, Role.HEALTH, Role.HEAD, Role.LEADER)
"""Roles whose steps are given to single officers."""


def managed(actor: OfficerActor) -> list[str]:
    """Offices where the actor gives work to others."""
    return sorted({post.office_code for post in actor.posts if post.role in ASSIGNS})


def add_rule(
    *,
    actor: OfficerActor,
    office_code: str,
    role: str,
    procedure: str = "",
    group: str = "",
    commune_code: str = "",
    officer_id: UUID | None = None,
    function: str = "",
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> WorkRule:
    """A rule from a day on. Without an officer the work is shared out fairly, in a function or among all of the role.

    Raises NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_assigns(actor, office_code)
        refuse_wrong_days(valid_from, valid_to, today=today)
        if role not in WORKS:
            raise Invalid("rule-needs-role", "Chưa chọn bước của ai. Xin chọn nhiệm vụ trong danh sách.")
        if procedure and procedure not in newest([procedure]):
            raise Invalid("rule-procedure", "Không có thủ tục này. Xin chọn trong danh sách.")
        if function and function not in functions():
            raise Invalid("rule-function", "Không có mảng việc này. Xin chọn trong danh sách.")
        if officer_id is not None:
            _refuse_stranger(officer_id, office_code, role, on=valid_from)
        same = WorkRule.objects.select_for_update().filter(
            office_code=office_code, role=role, procedure=procedure, group=group, commune_code=commune_code,
            ended_at=None,
        )  # fmt: skip
        if any(_overlap(row, valid_from, valid_to) for row in same):
            raise Conflict("rule-twice", "Đã có quy tắc cho đúng việc đó. Xin dừng quy tắc cũ trước.")
        return WorkRule.objects.create(
            office_code=office_code, role=role, procedure=procedure, group=group, commune_code=commune_code,
            officer_id=officer_id, function="" if officer_id else function, valid_from=valid_from, valid_to=valid_to,
            made_by_id=actor.officer_id, made_at=at,
        )  # fmt: skip


def end_rule(rule_id: UUID, *, actor: OfficerActor, at: datetime) -> WorkRule:
    """The rule stops at once; what it gave stays given. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        rows = WorkRule.objects.select_for_update().filter(pk=rule_id, office_code__in=managed(actor))
        found = rows.first()
        if found is None:
            raise NotFound("rule-unknown", "Không có quy tắc này ở cơ quan của ông/bà. Xin tải lại trang.")
        refuse_over(ended=found.ended_at is not None, valid_to=found.valid_to, today=local_day(at))
        found.ended_at = at
        found.save(update_fields=["ended_at"])
    return found


def give_skill(*, actor: OfficerActor, office_code: str, officer_id: UUID, procedure: str, at: datetime) -> Skill:
    """From today the officer may be given dossiers of this procedure; the first one narrows it to what is listed.

    Raises NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_assigns(actor, office_code)
        if procedure not in newest([procedure]):
            raise Invalid("rule-procedure", "Không có thủ tục này. Xin chọn trong danh sách.")
        if not any(post.office_code == office_code for post in own_posts(officer_id, on=today)):
            raise Invalid("skill-of-a-stranger", "Người này không làm việc ở cơ quan. Xin chọn trong danh sách.")
        if Skill.objects.filter(
            held_on(today), office_code=office_code, officer_id=officer_id, procedure=procedure
        ).exists():
            raise Conflict("skill-twice", "Người này đã được ghi làm thủ tục đó rồi.")
        return Skill.objects.create(
            office_code=office_code, officer_id=officer_id, procedure=procedure, valid_from=today,
            given_by_id=actor.officer_id, given_at=at,
        )  # fmt: skip


def take_skill(skill_id: UUID, *, actor: OfficerActor, at: datetime) -> Skill:
    """The officer is given no more dossiers of it. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = Skill.objects.select_for_update().filter(pk=skill_id, office_code__in=managed(actor)).first()
        if found is None:
            raise NotFound("skill-unknown", "Không có dòng này ở cơ quan của ông/bà. Xin tải lại trang.")
        refuse_over(ended=found.ended_at is not None, valid_to=found.valid_to, today=local_day(at))
        found.ended_at = at
        found.save(update_fields=["ended_at"])
    return found


def skills_of(office_code: str, *, on: date) -> list[Skill]:
    """What officers of an office may be given, where it is narrowed."""
    rows = Skill.objects.filter(held_on(on), office_code=office_code).select_related("officer")
    return list(rows.order_by("officer__full_name", "procedure"))


def _overlap(row: WorkRule, valid_from: date, valid_to: date | None) -> bool:
    return (valid_to is None or row.valid_from <= valid_to) and (row.valid_to is None or valid_from <= row.valid_to)


def _refuse_stranger(officer_id: UUID, office_code: str, role: str, *, on: date) -> None:
    if not any((post.office_code, post.role) == (office_code, role) for post in own_posts(officer_id, on=on)):
        raise Invalid(
            "not-of-this-role-then",
            "Người được chọn không làm nhiệm vụ “{role}” ở cơ quan này vào ngày bắt đầu. Xin chọn người khác.",
            role=Role(role).label,
        )
