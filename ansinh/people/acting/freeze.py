"""Guardians in conflict: an officer stops all of them at once; later a delegate decides and they go on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.counter import office_of, refuse_unless_counter, refuse_unless_delegate, required
from ansinh.people.acting.tell import tell_guardians
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person
from ansinh.people.models_acting import Guardianship, GuardianshipState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.zone import local_day


def freeze(child_id: UUID, *, actor: OfficerActor, reason: str, may_read: bool, at: datetime) -> None:
    """Nobody acts for the child until it is decided; with `may_read` the guardians still see. Raises Conflict."""
    refuse_unless_counter(actor)
    why = required(reason, name="reason")
    with transaction.atomic(), acting_as(actor.label):
        rows = _locked(child_id, GuardianshipState.IN_FORCE)
        if not rows:
            raise Conflict("nothing-to-freeze", "Không ai đang làm thay trẻ này. Xin tải lại trang.")
        for one in rows:
            one.state, one.frozen_read = GuardianshipState.FROZEN, may_read
            one.save(update_fields=["state", "frozen_read"])
            history.record(
                "guardianship_frozen",
                owner_id=child_id,
                basis_id=one.pk,
                actor=actor,
                at=at,
                office_code=office_of(actor),
                guardian=one.guardian.full_name,
                reason=why,
                may_read=may_read,
            )
        tell_guardians(rows[0].child, "guardianship_frozen", at=at)


def decide(child_id: UUID, *, actor: OfficerActor, basis: str, at: datetime) -> None:
    """The conflict is settled by a paper: those not ended meanwhile act again. Raises NotAllowed, Conflict."""
    refuse_unless_counter(actor)
    refuse_unless_delegate(actor, on=local_day(at))
    paper = required(basis, name="basis")
    with transaction.atomic(), acting_as(actor.label):
        rows = _locked(child_id, GuardianshipState.FROZEN)
        if not rows:
            raise Conflict("nothing-frozen", "Việc đại diện cho trẻ này không tạm dừng. Xin tải lại trang.")
        for one in rows:
            one.state, one.frozen_read = GuardianshipState.IN_FORCE, False
            one.save(update_fields=["state", "frozen_read"])
            history.record(
                "conflict_decided",
                owner_id=child_id,
                basis_id=one.pk,
                actor=actor,
                at=at,
                office_code=office_of(actor),
                guardian=one.guardian.full_name,
                basis=paper,
            )
        tell_guardians(rows[0].child, "conflict_decided", at=at)


def _locked(child_id: UUID, state: GuardianshipState) -> list[Guardianship]:
    if not Person.objects.filter(pk=child_id).exists():
        raise NotFound("person-not-found", "Không có người này. Xin tìm lại.")
    rows = Guardianship.objects.select_for_update(of=("self",)).select_related("child", "guardian")
    return list(rows.filter(child=child_id, state=state).order_by("id"))
