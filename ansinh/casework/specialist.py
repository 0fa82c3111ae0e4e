"""A draft decision goes back to the specialist: from the head, the leader, or the applicant who would not sign it."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.transitions import stage_of_kind
from ansinh.dossiers.models import Dossier


def to_the_specialist(dossier: Dossier, decision: Decision, *, note: str, at: datetime) -> None:
    """Keep the note with the draft and put the dossier before the specialist, in the caller's transaction."""
    decision.state = DecisionState.SENT_BACK
    decision.sent_back_note = note
    decision.save()
    again = stage_of_kind(dossier, "appraise")
    assert again is not None
    dossier.stage, dossier.stage_role, dossier.last_event_at = again.key, again.role, at
    dossier.save()
