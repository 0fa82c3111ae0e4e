"""Take a dossier back before it is decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.happened import DossierWithdrawn
from ansinh.dossiers.history import record
from ansinh.dossiers.models import CLOSED_STATES, State
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict
from ansinh.platform.events import publish


def withdraw(dossier_id: UUID, *, actor: Citizen, reason: str, at: datetime) -> None:
    """Close the dossier as withdrawn; raises Conflict once its result is approved."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        if dossier.state == State.WITHDRAWN:
            return
        if dossier.state in CLOSED_STATES:
            raise Conflict("already-closed", "Hồ sơ đã có kết quả nên không rút được nữa.")
        if dossier.state == State.APPROVED:
            raise Conflict(
                "already-approved", "Lãnh đạo đã duyệt kết quả, chỉ còn chờ hoàn tất chữ ký số, nên không rút được nữa."
            )
        if dossier.reopened_at is not None:
            raise Conflict(
                "reopened-stays",
                "Hồ sơ đã có kết quả và đang được xem xét lại nên không rút được. Cơ quan sẽ trả kết quả mới.",
            )
        dossier.state = State.WITHDRAWN
        dossier.stage_role = ""
        dossier.due_on = None
        dossier.closed_at = dossier.last_event_at = at
        dossier.save(update_fields=["state", "stage_role", "due_on", "closed_at", "last_event_at"])
        dossier.supplement_requests.filter(answered_at__isnull=True).update(answered_at=at)
        record(dossier, "withdrawn", actor=actor, at=at, reason=reason.strip()[:500])
        publish(DossierWithdrawn(dossier_id=dossier.pk, at=at))
