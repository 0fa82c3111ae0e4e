"""Officers look at a change that something is odd about, that came in at a counter, or that somebody stopped."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.offices.counters import refuse_paused
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts.happened import BankAccountChangeEnded
from ansinh.registry.bank_accounts.rules import rules
from ansinh.registry.models import BankAccountChange, ChangeState
from ansinh.registry.models_bank_accounts import WAITS_FOR_OFFICERS

COMPARES = frozenset({Role.INTAKE})
DECIDES = frozenset({Role.FINANCE, Role.HEAD, Role.LEADER})


def waiting_changes(*, viewer: OfficerActor) -> QuerySet[BankAccountChange]:
    """Changes that the viewer's offices must deal with, the oldest first."""
    _refuse_unless(COMPARES | DECIDES, viewer)
    return _at_the_offices_of(viewer)


def take_to_counter(person_id: UUID, *, actor: OfficerActor, office_code: str, at: datetime) -> BankAccountChange:
    """The person of a waiting change came to this counter, wherever they are paid: its office deals with it from now.

    Raises NotAllowed, NotFound, Conflict (counter closed).
    """
    _refuse_unless_counter(actor, office_code, at=at)
    with transaction.atomic(), acting_as(actor.label):
        rows = BankAccountChange.objects.select_for_update().filter(state__in=WAITS_FOR_OFFICERS)
        change = rows.filter(person_id=person_id).first()
        if change is None:
            raise NotFound("no-change-waiting", "Người này không có thay đổi tài khoản nào đang chờ cơ quan BHXH.")
        change.office_code = office_code
        change.save(update_fields=["office_code"])
    return change


def the_change(change_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> BankAccountChange:
    """A change that waits for officers there. Raises NotFound, NotAllowed (of the office, but not of its roles)."""
    rows = _at_the_offices_of(viewer)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=change_id).first()
    if found is None:
        raise NotFound("change-not-found", "Thay đổi này không còn chờ cơ quan BHXH. Xin tải lại danh sách.")
    _refuse_unless(COMPARES | DECIDES, viewer)
    return found


def compare(change_id: UUID, *, actor: OfficerActor, office_code: str, note: str, at: datetime) -> None:
    """The person came to a counter and was compared with the identity paper. Raises NotAllowed, NotFound, Conflict."""
    _refuse_unless_counter(actor, office_code, at=at)
    with transaction.atomic(), acting_as(actor.label):
        change = the_change(change_id, viewer=actor, lock=True)
        change.compared_by_id, change.office_code, change.note = actor.officer_id, office_code, note.strip()[:500]
        change.save(update_fields=["compared_by", "office_code", "note"])


def approve(change_id: UUID, *, actor: OfficerActor, at: datetime) -> BankAccountChange:
    """Let the change take effect after the short hold of the counter; never by the officer who compared.

    Raises NotAllowed, NotFound, Conflict (`not-compared`, `two-officers`).
    """
    _refuse_unless(DECIDES, actor)
    with transaction.atomic(), acting_as(actor.label):
        change = the_change(change_id, viewer=actor, lock=True)
        if change.compared_by_id is None:
            raise Conflict(
                "not-compared", "Chưa ai đối chiếu người hưởng với giấy tờ tùy thân. Xin mời người hưởng đến quầy."
            )
        if change.compared_by_id == actor.officer_id:
            raise Conflict("two-officers", "Người đã đối chiếu không tự duyệt được. Xin chuyển cán bộ khác duyệt.")
        change.state, change.decided_by_id = ChangeState.APPROVED, actor.officer_id
        change.effective_at = at + rules(on=local_day(at)).holds["counter"]
        change.save(update_fields=["state", "decided_by", "effective_at"])
        publish(BankAccountChangeEnded(change.pk, change.state, at))
    return change


def refuse(change_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> None:
    """End the change; the account of before goes on being paid. Raises NotAllowed, NotFound, Invalid (no reason)."""
    _refuse_unless(DECIDES, actor)
    if not note.strip():
        raise Invalid("reason-missing", "Chưa có lý do. Xin ghi lý do để người hưởng biết cần làm gì.")
    with transaction.atomic(), acting_as(actor.label):
        change = the_change(change_id, viewer=actor, lock=True)
        change.state, change.decided_by_id = ChangeState.REFUSED, actor.officer_id
        change.note, change.closed_at = note.strip()[:500], at
        change.save(update_fields=["state", "decided_by", "note", "closed_at"])
        publish(BankAccountChangeEnded(change.pk, change.state, at))


def _at_the_offices_of(viewer: OfficerActor) -> QuerySet[BankAccountChange]:
    rows = BankAccountChange.objects.filter(state__in=WAITS_FOR_OFFICERS, office_code__in=viewer.office_codes)
    return rows.select_related("person", "compared_by").order_by("asked_at")


def _refuse_unless_counter(actor: OfficerActor, office_code: str, *, at: datetime) -> None:
    if not actor.has(Role.INTAKE, at_office=office_code):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận tại quầy của cơ quan đã chọn.")
    refuse_paused(office_code, on=local_day(at))


def _refuse_unless(roles: frozenset[Role], actor: OfficerActor) -> None:
    if not any(post.role in roles for post in actor.posts):
        raise NotAllowed(
            "bank-account-not-yours", "Việc đổi tài khoản nhận tiền của cán bộ tiếp nhận, kế toán chi trả và lãnh đạo."
        )
