"""The agent takes a mandate on, or does not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.mandates import the_mandate
from ansinh.people.actors import Citizen
from ansinh.people.happened import ActingChanged
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house


def answer(mandate_id: UUID, *, actor: Citizen, accepts: bool, at: datetime) -> Mandate:
    """Accept or decline what was offered; the principal is told. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        mandate = the_mandate(mandate_id, person_id=actor.person_id, lock=True)
        if mandate.agent_id != actor.person_id:
            raise NotAllowed("not-the-agent", "Chỉ người được ủy quyền nhận hoặc từ chối giấy này.")
        if mandate.state != MandateState.OFFERED:
            raise Conflict("mandate-answered", "Giấy ủy quyền này không còn chờ trả lời. Xin tải lại trang.")
        mandate.state = MandateState.IN_FORCE if accepts else MandateState.DECLINED
        mandate.answered_at = at
        mandate.save(update_fields=["state", "answered_at"])
        kind = "mandate_accepted" if accepts else "mandate_declined"
        history.record(
            kind, owner_id=mandate.principal_id, basis_id=mandate.pk, actor=actor, at=at, agent=mandate.agent.full_name
        )
        names = {"person": mandate.principal.full_name, "agent": mandate.agent.full_name}
        with as_the_house():  # whom to tell, the actor need not see
            told = mandate.principal.account.pk
        publish(ActingChanged((told,), kind, at, names))
    return mandate
