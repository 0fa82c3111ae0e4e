"""An office ends and becomes another: its posts and units go on there, under one document, from one day on.

Delegations and deputies do not move: they are papers of a director about an office that is no more, and end with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.offices.models import Office
from ansinh.offices.queries import became, office
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Assignment, UnitCharge
from ansinh.people.officers.history import record, rights_changed, the_document
from ansinh.people.officers.powers import managed_offices, refuse_unless_gives
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

_Row = TypeVar("_Row", Assignment, UnitCharge)


@dataclass(frozen=True)
class Move:
    """What goes where: rows of the ending office that reach beyond its last day, and the first day elsewhere."""

    office: Office
    successor: Office
    begins: date
    posts: tuple[Assignment, ...]
    units: tuple[UnitCharge, ...]


def to_move(office_code: str, *, on: date) -> Move | None:
    """What waits to be moved from an office that has ended, or whose last day is known; None when nothing does.

    Nothing is given backwards: what was not moved in time goes on from today.
    """
    ending = office(office_code)
    if ending.valid_to is None:
        return None
    begins = max(ending.valid_to + timedelta(days=1), on)
    successor = became(office_code, on=begins)
    if successor is None or successor.code == office_code:
        return None
    posts = _reaching(Assignment.objects.select_related("officer"), office_code, begins)
    units = _reaching(UnitCharge.objects.select_related("officer"), office_code, begins)
    found = Move(ending, successor, begins, tuple(posts.order_by("pk")), tuple(units.order_by("pk")))
    return found if found.posts or found.units else None


def move_posts(office_code: str, *, actor: OfficerActor, document_number: str, at: datetime) -> Move:
    """End everything at the ending office and give the same at its successor, in one go.

    A post somebody holds at the successor already is only ended. Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        if office_code not in managed_offices(actor, on=today):
            raise NotFound("office-not-yours", "Ông/bà không quản lý cơ quan này. Xin chọn lại trong danh sách.")
        document = the_document(document_number)
        for table in (Assignment, UnitCharge):
            list(table.objects.select_for_update().filter(office_code=office_code).order_by("pk").values_list("pk"))
        move = to_move(office_code, on=today)
        if move is None:
            raise Conflict("nothing-to-move", "Cơ quan này không còn nhiệm vụ hay đơn vị nào cần chuyển.")
        roles = {row.role for row in move.posts}
        for code in (office_code, move.successor.code):
            refuse_unless_gives(actor, roles, office_code=code, on=today)
        if any(row.officer_id == actor.officer_id for row in move.posts):
            raise Invalid(
                "not-to-oneself", "Trong số này có nhiệm vụ của chính ông/bà. Xin nhờ người quản lý cấp trên chuyển."
            )
        for post in move.posts:
            _move_post(post, move, actor=actor, document=document, at=at)
        for unit in move.units:
            _move_unit(unit, move, at=at)
        _record_units(move, actor=actor, document=document, at=at)
        if move.begins == today:
            rights_changed({row.officer_id for row in move.posts}, at=at)
    return move


def _move_post(row: Assignment, move: Move, *, actor: OfficerActor, document: str, at: datetime) -> None:
    begins, ends = max(row.valid_from, move.begins), row.valid_to
    _stop(row, begins, at=at)
    held = Assignment.objects.filter(
        officer_id=row.officer_id, office_code=move.successor.code, function=row.function, role=row.role,
        ended_at__isnull=True,
    ).exclude(valid_to__lt=begins).exclude(valid_from__gt=ends or date.max)  # fmt: skip
    if not held.exists():
        Assignment.objects.create(
            officer_id=row.officer_id, office_code=move.successor.code, function=row.function, role=row.role,
            capacity=row.capacity, document_number=document, valid_from=begins, valid_to=ends,
        )  # fmt: skip
    record(
        "post_moved", actor=actor, office_code=move.successor.code, about=row.officer_id, at=at, document=document,
        role=row.role, function=row.function, from_office=move.office.code, from_name=move.office.name_vi,
        begins=begins, ends=ends,
    )  # fmt: skip


def _move_unit(row: UnitCharge, move: Move, *, at: datetime) -> None:
    begins = max(row.valid_from, move.begins)
    ends = row.valid_to
    _stop(row, begins, at=at)
    taken = UnitCharge.objects.filter(
        office_code=move.successor.code, unit_code=row.unit_code, function=row.function, ended_at__isnull=True
    ).exclude(valid_to__lt=begins).exclude(valid_from__gt=ends or date.max)  # fmt: skip
    if not taken.exists():
        UnitCharge.objects.create(
            office_code=move.successor.code, unit_code=row.unit_code, unit_name=row.unit_name, function=row.function,
            officer_id=row.officer_id, contact_name=row.contact_name, contact_phone=row.contact_phone,
            valid_from=begins, valid_to=ends,
        )  # fmt: skip


def _record_units(move: Move, *, actor: OfficerActor, document: str, at: datetime) -> None:
    by_officer: dict[UUID, list[str]] = {}
    for row in move.units:
        by_officer.setdefault(row.officer_id, []).append(row.unit_code)
    for officer_id, codes in sorted(by_officer.items()):
        record(
            "units_moved", actor=actor, office_code=move.successor.code, about=officer_id, at=at, document=document,
            n=len(codes), units=sorted(set(codes)), from_name=move.office.name_vi, begins=move.begins, ends=None,
        )  # fmt: skip


def _stop(row: Assignment | UnitCharge, begins: date, *, at: datetime) -> None:
    """The last day at the ending office is the one before; what has not begun by then never does."""
    last_day = begins - timedelta(days=1)
    if last_day < max(row.valid_from, local_day(at)):
        row.ended_at = at
    else:
        row.valid_to = last_day
    row.save(update_fields=["ended_at", "valid_to"])


def _reaching(rows: QuerySet[_Row], office_code: str, begins: date) -> QuerySet[_Row]:
    return rows.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=begins), office_code=office_code, ended_at__isnull=True
    )
