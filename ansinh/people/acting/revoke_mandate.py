"""A mandate ends at once: the principal takes it back, or the agent gives it up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.mandates import the_mandate
from ansinh.people.actors import Citizen
from ansinh.people.happened import ActingChanged
from ansinh.people.models import Account, AccountState
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house

OPEN = frozenset({MandateState.OFFERED, MandateState.IN_FORCE})


def revoke(mandate_id: UUID, *, actor: Citizen, at: datetime) -> Mandate:
    """End it, whoever of the two asks; both are told. Raises NotFound for a stranger, Conflict when it ended before."""
    with transaction.atomic(), acting_as(actor.label):
        mandate = the_mandate(mandate_id, person_id=actor.person_id, lock=True)
        if mandate.state not in OPEN:
            raise Conflict("mandate-ended", "Giấy ủy quyền này đã hết hiệu lực. Xin tải lại trang.")
        mandate.state, mandate.ended_at, mandate.ended_by = MandateState.REVOKED, at, actor.label
        mandate.save(update_fields=["state", "ended_at", "ended_by"])
        kind = "mandate_revoked" if actor.person_id == mandate.principal_id else "mandate_given_up"
        history.record(
            kind, owner_id=mandate.principal_id, basis_id=mandate.pk, actor=actor, at=at, agent=mandate.agent.full_name
        )
        both = Account.objects.filter(
            person__in=[mandate.principal_id, mandate.agent_id], state=AccountState.ACTIVE
        ).order_by("pk")
        names = {"person": mandate.principal.full_name, "agent": mandate.agent.full_name}
        with as_the_house():  # whom to tell, the actor need not see
            told = tuple(both.values_list("pk", flat=True))
        publish(ActingChanged(told, "mandate_ended", at, names))
    return mandate
