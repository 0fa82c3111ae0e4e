"""What a new result changed against the one it replaces, for applicant and officer."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.casework.models import AppliedEffect, Decision, DecisionState, EffectReversal, Reopening
from ansinh.casework.rounds import present_round, signed_decision
from ansinh.dossiers.models import Dossier


@dataclass(frozen=True)
class Changed:
    """The earlier result, the one that replaced it, and how its effects were undone and done anew."""

    reopening: Reopening
    before: Decision
    after: Decision
    undone: tuple[EffectReversal, ...]
    kept: tuple[AppliedEffect, ...]
    """Effects of the new result that the earlier one had done already."""

    @property
    def difference(self) -> int | None:
        """Đồng between the two; None where one names no amount."""
        before = self.before.amount if self.before.kind == "grant" else 0
        after = self.after.amount if self.after.kind == "grant" else 0
        return None if before is None or after is None else after - before


def what_changed(dossier: Dossier) -> Changed | None:
    """Of a dossier whose new round ended; None while it runs, and of one decided once."""
    if dossier.reopened_at is None or dossier.closed_at is None:
        return None
    made, after = present_round(dossier), signed_decision(dossier)
    if made is None or after is None or after.pk == made.decision_id:
        return None
    before = Decision.objects.get(pk=made.decision_id, state=DecisionState.SIGNED)
    earlier = list(AppliedEffect.objects.filter(decision=before).select_related("reversal"))
    undone = [one.reversal for one in earlier if hasattr(one, "reversal")]
    kept = [one for one in earlier if not hasattr(one, "reversal")]
    return Changed(made, before, after, tuple(undone), tuple(kept))
