"""What a decision did."""

from __future__ import annotations

from ansinh.casework.models import AppliedEffect
from ansinh.casework.rounds import signed_decision
from ansinh.dossiers.models import Dossier


def done_by(dossier: Dossier) -> list[AppliedEffect]:
    """The effects of the last signed decision in the order they were done; `says_vi`, `says_en` tell them."""
    last = signed_decision(dossier)
    return list(AppliedEffect.objects.filter(decision=last)) if last is not None else []
