"""Intake: originals arrived, and the full dossier accepted. Acceptance starts the clock and may move the dossier up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.clock import set_due
from ansinh.casework.happened import DossierMoved
from ansinh.casework.transitions import move, next_stage
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import deciding_office, office
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day


def originals_received(dossier_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Dossier:
    """The originals are here, and not by an item of the post (R-091). The dossier can now be accepted.

    Limits count from acceptance, also of a paper form that the post brought before without its originals.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        actor = refuse_others(dossier, actor=actor)
        dossier.state = move("originals_received", dossier, stage=stage_of(dossier))
        dossier.counted_from, dossier.last_event_at = None, at
        dossier.save(update_fields=["state", "counted_from", "last_event_at"])
        record(dossier, "originals_received", actor=actor, at=at, note=note.strip()[:500])
        publish(DossierMoved(dossier.pk, "originals_received", at))
    return dossier


def accept(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> Dossier:
    """Accept a full, valid dossier: the clock starts, the deciding office takes over. Raises Conflict, NotAllowed."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        actor = refuse_others(dossier, actor=actor)
        dossier.state = move("accept", dossier, stage=stage_of(dossier))
        dossier.accepted_at = dossier.last_event_at = at
        if dossier.counted_from is not None and dossier.supplement_requests.exists():
            dossier.counted_from = None  # what the post brought was not yet whole
        following = next_stage(dossier)
        dossier.stage, dossier.stage_role = following.key, following.role
        received_at = office(dossier.office_code)
        deciding = deciding_office(
            dossier.procedure,
            received_at=received_at,
            decided_at=frozen(dossier.version_id).procedure.route.decided_at,
            on=local_day(at),
        )
        set_due(dossier)
        record(
            dossier,
            "accepted",
            actor=actor,
            at=at,
            due_on=dossier.due_on.isoformat() if dossier.due_on else None,
            results_due=dossier.results_due,
        )
        if deciding.code != dossier.office_code:
            dossier.office_code = deciding.code
            record(dossier, "routed", actor=actor, at=at, from_office=received_at.name_vi, to_office=deciding.name_vi)
        with as_the_house():  # it may go to an office whose rows this officer does not see
            dossier.save()
        publish(
            DossierMoved(
                dossier.pk,
                "dossier_accepted",
                at,
            )
        )
    return dossier


def confirm_check(dossier_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Dossier:
    """A check stage (contribution history matched) is done; the dossier goes to the next stage."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        actor = refuse_others(dossier, actor=actor)
        stage = stage_of(dossier)
        dossier.state = move("confirm_check", dossier, stage=stage)
        following = next_stage(dossier)
        dossier.stage, dossier.stage_role, dossier.last_event_at = following.key, following.role, at
        dossier.save(update_fields=["state", "stage", "stage_role", "last_event_at"])
        record(dossier, "checked", actor=actor, at=at, stage=stage.name_vi, note=note.strip()[:500])
    return dossier
