"""The rounds of a dossier: which decision stands, and which is looked at again."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.models import Decision, DecisionState, Reopening
from ansinh.dossiers.models import Dossier


def reopenings_of(dossier: Dossier) -> list[Reopening]:
    """All of a dossier, oldest first."""
    if dossier.reopened_at is None:
        return []
    return list(dossier.reopenings.select_related("decision", "complaint", "decided_by", "confirmation"))


def present_round(dossier: Dossier) -> Reopening | None:
    """The reopening under which the dossier was or is decided last; None for one that was never opened again."""
    return dossier.reopenings.order_by("-round").first() if dossier.reopened_at is not None else None


def signed_decision(dossier: Dossier, *, until: datetime | None = None) -> Decision | None:
    """The last decision that was signed; `until`: of those signed by then, as who complained then had it in hand."""
    signed = dossier.decisions.filter(state=DecisionState.SIGNED)
    if until is not None:
        signed = signed.filter(signed_at__lte=until)
    return signed.order_by("-signed_at", "-proposed_at").first()


def was_late_before(dossier: Dossier) -> bool:
    """Whether an earlier result came late: opening it again washes that off nobody."""
    return dossier.reopened_at is not None and dossier.reopenings.filter(earlier_was_late=True).exists()
