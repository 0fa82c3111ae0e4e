"""Dated targets of electronic transactions: set by the centre, kept as history, held against the map of their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ansinh.offices.models import Level, Office
from ansinh.offices.queries import provinces
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.statistics.areas import Area
from ansinh.statistics.fields import fields_of_work
from ansinh.statistics.models import ElectronicTarget
from ansinh.statistics.rates import KINDS, Goal, Standing, standings

SETS = frozenset({Role.LEADER, Role.CENTRAL})


def may_set(viewer: OfficerActor) -> bool:
    """Whether the officer sets targets: leaders and officers of the centre."""
    own = {post.office_code for post in viewer.own_posts if post.role in SETS}
    return Office.objects.filter(code__in=own, level=Level.CENTRAL).exists()


def set_target(
    *, field: str, kind: str, by_day: date, goal: Goal, document: str, actor: OfficerActor, at: datetime
) -> ElectronicTarget:
    """Set a target; one for the same field, kind and day is replaced and stays.

    Raises NotAllowed, Invalid; Conflict when somebody sets the same in the same moment.
    """
    if not may_set(actor):
        raise NotAllowed("target-not-yours", "Mục tiêu do BHXH Việt Nam đặt. Xin gửi đề nghị lên trung ương.")
    known = fields_of_work()
    if field not in known or kind not in KINDS:
        raise Invalid("target-field", "Chưa chọn lĩnh vực hoặc đối tượng. Xin chọn trong danh sách.")
    by_value = goal.permille is not None and 1 <= goal.permille <= 1000 and not goal.as_field
    by_field = goal.permille is None and goal.as_field in known and goal.as_field != field
    if not by_value and not by_field:
        raise Invalid(
            "target-goal",
            "Mục tiêu là một tỷ lệ từ 0,1 % đến 100 %, hoặc bằng tỷ lệ của một lĩnh vực khác. Xin chọn lại.",
        )
    if not document.strip():
        raise Invalid("target-document", "Chưa có số, ngày văn bản đặt mục tiêu. Xin nhập vào.")
    try:
        with transaction.atomic(), acting_as(actor.label):
            same = ElectronicTarget.objects.select_for_update().filter(
                field=field, kind=kind, by_day=by_day, replaced_at__isnull=True
            )
            same.update(replaced_at=at)
            return ElectronicTarget.objects.create(
                field=field, kind=kind, by_day=by_day, permille=goal.permille, as_field=goal.as_field,
                document=document.strip()[:120], set_by_id=actor.officer_id, set_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict(
            "target-just-set",
            "Mục tiêu đến ngày đó vừa được người khác đặt. Xin tải lại trang, xem rồi đặt lại nếu cần.",
        ) from twice


def target_for(*, field: str, kind: str, on: date) -> ElectronicTarget | None:
    """The target that holds on a day: the next one to be reached, else the last that was."""
    rows = ElectronicTarget.objects.filter(field=field, kind=kind, replaced_at__isnull=True)
    return rows.filter(by_day__gte=on).order_by("by_day").first() or rows.order_by("-by_day").first()


def history() -> list[ElectronicTarget]:
    """Every target, also replaced ones, the newest day first."""
    return list(
        ElectronicTarget.objects.select_related("set_by").order_by("-by_day", "field", "kind", "-set_at", "-pk")
    )


def goal_of(target: ElectronicTarget) -> Goal:
    """What it asks for."""
    return Goal(target.permille, target.as_field)


def map_of(day: date) -> list[Area]:
    """The provinces of a day as areas: 63 until 30/06/2025, 34 since."""
    return [Area(f"P{one.code}", one.name_vi, one.name_en or one.name_vi, one.code) for one in provinces(on=day)]


def provinces_against(
    target: ElectronicTarget, *, first: date, last: date, areas: Sequence[Area] | None = None
) -> list[Standing]:
    """Every province of the map of that time against the target, the lowest first."""
    return standings(
        map_of(last) if areas is None else areas, field=target.field, goal=goal_of(target), first=first, last=last,
        kind=target.kind,
    )  # fmt: skip
