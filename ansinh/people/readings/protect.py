"""Guard a person whose file somebody may be after: a reviewer of any office sets it, a reviewer there ends it.

A restriction that the person asked for as a right over one's data is set and ended with its request (data_rights).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.people.actors import OfficerActor
from ansinh.people.happened import ProtectionMoved
from ansinh.people.models import Person, Protection
from ansinh.people.queries import person_by_number
from ansinh.people.readings.openings import protected
from ansinh.people.readings.review import reviewed_offices
from ansinh.people.readings.rules import reviewer_roles, sentence
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day


def protect(
    number: str, *, actor: OfficerActor, office_code: str, reason: str, last_day: date | None, at: datetime
) -> Protection:
    """From today on only who works on this person's matters reads them. Raises NotAllowed, NotFound, Invalid, Conflict.

    `number` is the personal or the social insurance number. The person is told. Without a `last_day` it holds until
    somebody ends it.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        if office_code not in _own_offices(actor, on=today):
            raise NotAllowed(
                "not-a-reviewer-there", "Ông/bà không phải lãnh đạo hay trưởng bộ phận ở cơ quan này hôm nay."
            )
        person = Person.objects.select_for_update().get(pk=person_by_number(number).pk)
        why = sentence(reason, on=today)
        if last_day is not None and last_day < today:
            raise Invalid("last-day-past", "Ngày cuối đã qua. Xin chọn từ hôm nay, hoặc để trống.")
        if protected([person.pk], at=at):
            raise Conflict("protected-already", "Người này đang được bảo vệ riêng. Xin xem danh sách.")
        made = Protection.objects.create(
            subject_id=person.pk, reason=why, office_code=office_code, set_by_id=actor.officer_id, set_at=at,
            valid_from=today, valid_to=last_day,
        )  # fmt: skip
        publish(ProtectionMoved(person.pk, "protection_set", at))
    return made


def end_protection(protection_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> Protection:
    """End it from today on, with a reason; the person is told. Raises NotFound, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        rows = _set_by_hand(reviewed_offices(actor, on=today)).select_for_update(of=("self",))
        held = rows.filter(pk=protection_id).first()
        if held is None:
            raise NotFound("protection-unknown", "Không có việc bảo vệ này ở cơ quan ông/bà. Xin tải lại trang.")
        if held.ended_at is not None or (held.valid_to is not None and held.valid_to < today):
            raise Conflict("protection-over", "Việc bảo vệ này đã kết thúc. Xin tải lại trang.")
        held.end_reason = sentence(reason, on=today)
        held.ended_by_id, held.ended_at, held.valid_to = actor.officer_id, at, today - timedelta(days=1)
        held.save(update_fields=["end_reason", "ended_by", "ended_at", "valid_to"])
        publish(ProtectionMoved(held.subject_id, "protection_ended", at))
    return held


def protections_at(actor: OfficerActor, *, on: date) -> list[Protection]:
    """Those set by hand at the offices the actor watches that stand on a day, newest first. Raises NotAllowed."""
    rows = _set_by_hand(reviewed_offices(actor, on=on)).filter(ended_at__isnull=True)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("-set_at"))


def _set_by_hand(offices: frozenset[str]) -> QuerySet[Protection]:
    return Protection.objects.select_related("set_by").filter(office_code__in=offices, basis_id__isnull=True)


def _own_offices(actor: OfficerActor, *, on: date) -> frozenset[str]:
    roles = reviewer_roles(on=on)
    return frozenset(post.office_code for post in actor.posts if post.role in roles)
