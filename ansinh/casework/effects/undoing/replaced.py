"""Which effects of an earlier result stand in the way of a new one, and which of them stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from ansinh.casework.effects.claims import is_cancelled
from ansinh.casework.effects.kept import has_masked, kept_inputs
from ansinh.casework.effects.undoing.money import orders_stand
from ansinh.casework.effects.undoing.table import BY_ORDERS, NEVER_KEPT
from ansinh.casework.models import AppliedEffect
from ansinh.casework.rounds import present_round
from ansinh.catalogue.wanted import Wanted
from ansinh.dossiers.models import Dossier


def earlier_effects(dossier: Dossier) -> list[AppliedEffect]:
    """What the result that is looked at again did, in order; nothing of a dossier decided for the first time."""
    made = present_round(dossier)
    if made is None:
        return []
    return list(AppliedEffect.objects.filter(decision_id=made.decision_id).select_related("reversal", "decision"))


def round_of(dossier: Dossier) -> int:
    """The how manyth time the dossier is decided."""
    made = present_round(dossier)
    return made.round if made is not None else 1


def is_kept(earlier: AppliedEffect, new: Wanted | None, *, dossier: Dossier) -> bool:
    """Whether the new result does the very same: then it stays. Where a part is masked, only while nobody changed
    the answers since; a payment only while its order stands, or nobody would ever be paid; a claim likewise.
    """
    if new is None or new.effect.does != earlier.does or earlier.does in NEVER_KEPT or _is_undone(earlier):
        return False
    if earlier.does in BY_ORDERS and not orders_stand(earlier):
        return False
    if earlier.does == "recovery_claim" and is_cancelled(UUID(earlier.made["claim"])):
        return False
    answered = dossier.supplemented_at is not None and dossier.supplemented_at > earlier.at
    if answered and has_masked(earlier.does, new.inputs):
        return False
    return bool(json.loads(json.dumps(kept_inputs(earlier.does, new.inputs))) == earlier.inputs)


def is_to_undo(earlier: AppliedEffect, kept: Mapping[str, AppliedEffect]) -> bool:
    """Whether the machine has to: neither kept, nor put right by hand before."""
    return earlier.name not in kept and not _is_undone(earlier)


def _is_undone(earlier: AppliedEffect) -> bool:
    return hasattr(earlier, "reversal")
