"""A kept approval whose effect became impossible meanwhile goes back to the specialist, with the reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import stage_of
from ansinh.casework.joint.offer import take_back
from ansinh.casework.models import DecisionState
from ansinh.casework.specialist import to_the_specialist
from ansinh.casework.transitions import move
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError


def return_approval(dossier_id: UUID, problem: DomainError, *, at: datetime) -> None:
    """Nothing was given: the approval is undone and the dossier is worked on again. The clock goes on.

    The applicant's history says that the result is looked at once more, not what stands in another's record.
    """
    machine = System()
    with transaction.atomic(), acting_as(machine.label):
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        decision = dossier.decisions.filter(state=DecisionState.APPROVED).first()
        if decision is None:
            return
        dossier.state = move("return_approval", dossier, stage=stage_of(dossier))
        take_back(decision)
        note = f"Lãnh đạo đã duyệt, nhưng khi hoàn tất chữ ký thì không còn thực hiện được: {problem}"
        to_the_specialist(dossier, decision, note=note, at=at)
        record(dossier, "approval_returned", actor=machine, at=at)
        record(dossier, "sent_back", actor=machine, at=at, public=False, note=note[:500], code=problem.code)
