"""A guardianship ends before the child is of age: by a decision of court or commune, written down with its paper."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.counter import office_of, refuse_unless_counter, required
from ansinh.people.acting.tell import tell_guardians
from ansinh.people.actors import OfficerActor
from ansinh.people.models_acting import Guardianship, GuardianshipState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound


def end_guardianship(guardianship_id: UUID, *, actor: OfficerActor, basis: str, reason: str, at: datetime) -> None:
    """End it at once, with the paper that says so; all guardians are told. Raises NotAllowed, Invalid, Conflict."""
    refuse_unless_counter(actor)
    paper, why = required(basis, name="basis"), required(reason, name="reason")
    with transaction.atomic(), acting_as(actor.label):
        ending = the_guardianship(guardianship_id)
        if ending.state == GuardianshipState.ENDED:
            raise Conflict("guardianship-ended", "Việc đại diện này đã chấm dứt. Xin tải lại trang.")
        ending.state = GuardianshipState.ENDED
        ending.ended_at, ending.ended_by, ending.end_reason = at, actor.label, f"{why} ({paper})"
        ending.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
        history.record(
            "guardianship_ended",
            owner_id=ending.child_id,
            basis_id=ending.pk,
            actor=actor,
            at=at,
            office_code=office_of(actor),
            guardian=ending.guardian.full_name,
            reason=why,
            basis=paper,
        )
        tell_guardians(
            ending.child, "guardianship_ended", at=at, also=ending.guardian_id, person=ending.guardian.full_name
        )


def the_guardianship(guardianship_id: UUID) -> Guardianship:
    """The row, locked for change; raises NotFound."""
    found = (
        Guardianship.objects.select_for_update(of=("self",))
        .select_related("child", "guardian")
        .filter(pk=guardianship_id)
        .first()
    )
    if found is None:
        raise NotFound("guardianship-not-found", "Không có việc đại diện này. Xin xem lại trang Làm thay.")
    return found
