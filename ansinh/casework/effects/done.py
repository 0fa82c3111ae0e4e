"""What a decision did."""

from __future__ import annotations

from ansinh.casework.models import AppliedEffect
from ansinh.dossiers.models import Dossier, State


def done_by(dossier: Dossier) -> list[AppliedEffect]:
    """The effects of a granted dossier in the order they were done; `says_vi`, `says_en` tell them."""
    return list(AppliedEffect.objects.filter(dossier=dossier)) if dossier.state == State.GRANTED else []
