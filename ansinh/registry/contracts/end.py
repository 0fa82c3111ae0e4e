"""A contract ends before its last day: the liquidation record is signed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ansinh.people.actors import Actor
from ansinh.people.organisations.history import record
from ansinh.platform.errors import Invalid
from ansinh.registry.contracts.enter import held_on
from ansinh.registry.models_contracts import ContractState, TreatmentContract


def end_contract(
    facility_id: UUID, *, on: date, why: str, dossier_id: UUID | None, actor: Actor, at: datetime
) -> TreatmentContract:
    """The contract that holds on `on` holds on that day for the last time, in the caller's transaction.

    Raises Conflict (`no-contract`), Invalid without a reason.
    """
    if not why.strip():
        raise Invalid("contract-end-needs-why", "Chưa ghi vì sao chấm dứt hợp đồng. Xin ghi lý do rồi làm lại.")
    found = held_on(facility_id, on)
    found.valid_to, found.state = on, ContractState.ENDED
    found.ended_why, found.ended_by_dossier = why.strip(), dossier_id
    found.save(update_fields=["valid_to", "state", "ended_why", "ended_by_dossier"])
    record(
        found.facility, "treatment_contract_ended", actor=actor, at=at,
        number=found.number, valid_to=on.isoformat(), reason=why.strip()[:500],
    )  # fmt: skip
    return found
