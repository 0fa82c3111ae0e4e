"""Keep a filter under a name, share it with the office, forget it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.casework.assignment.assign import assigns_at
from ansinh.casework.filters import Filter, Look
from ansinh.casework.models import SavedList
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.statements import KEPT, Statement, statement

MOST = 20
"""Lists of one officer: they are all counted each time the desk opens."""


def save(
    name: str, *, actor: OfficerActor, chosen: Filter, look: Look, share_with: str = "", at: datetime
) -> SavedList:
    """Keep what is filtered now; only who leads an office shares with it. Raises Invalid, Conflict, NotAllowed."""
    called = " ".join(name.split())[:60]
    if not called:
        raise Invalid("list-needs-name", "Chưa đặt tên danh sách. Xin đặt một tên ngắn.")
    if share_with and not assigns_at(actor, share_with):
        raise NotAllowed("does-not-share", "Chỉ trưởng phòng, tổ trưởng hoặc lãnh đạo dùng chung được danh sách.")
    with transaction.atomic(), acting_as(actor.label):
        own = SavedList.objects.filter(officer_id=actor.officer_id, ended_at=None)
        if own.filter(name=called).exists():
            raise Conflict("list-twice", "Ông/bà đã có danh sách mang tên này. Xin đặt tên khác.")
        if own.count() >= MOST:
            raise Conflict("lists-full", "Mỗi người lưu nhiều nhất {most} danh sách. Xin bỏ bớt.", most=MOST)
        return SavedList.objects.create(
            officer_id=actor.officer_id, office_code=share_with, name=called, filters=chosen.kept(),
            columns=list(look.columns), sort=look.sort, made_at=at,
        )  # fmt: skip


def forget(list_id: UUID, *, actor: OfficerActor, at: datetime) -> SavedList:
    """One's own list is kept no more, for nobody. Raises NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        rows = SavedList.objects.select_for_update().filter(pk=list_id, officer_id=actor.officer_id, ended_at=None)
        found = rows.first()
        if found is None:
            raise NotFound("list-unknown", "Không có danh sách này của ông/bà. Xin tải lại trang.")
        found.ended_at = at
        found.save(update_fields=["ended_at"])
    return found


def lists_of(viewer: OfficerActor) -> list[SavedList]:
    """One's own and those shared with one's offices, by name."""
    return _seen(viewer.officer_id, viewer.office_codes).models(SavedList)


@lru_cache(KEPT)
def _seen(officer_id: UUID, office_codes: frozenset[str]) -> Statement:
    seen = Q(officer_id=officer_id) | Q(office_code__in=office_codes)
    return statement(SavedList.objects.filter(seen, ended_at=None).order_by("name", "pk")[: 3 * MOST])
