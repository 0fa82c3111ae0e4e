"""What no machine can undo is put right elsewhere, and written down before the new result is signed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.effects.undoing.replaced import earlier_effects
from ansinh.casework.effects.undoing.table import BY_ORDERS, NEXT_STEP
from ansinh.casework.models import AppliedEffect, EffectReversal
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.proof.guard import refuse_when_unsealed

WRITES = (Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR)
SHORTEST = 10


def to_undo(dossier: Dossier) -> list[tuple[AppliedEffect, str]]:
    """What the earlier result of an open dossier did, each with the step people take where the machine cannot."""
    if dossier.closed_at is not None:
        return []
    return [(one, NEXT_STEP.get(one.does, "")) for one in earlier_effects(dossier)]


def by_people(applied: AppliedEffect) -> bool:
    """Whether people may write down that it is put right: anything but money, which the machine sets off."""
    return applied.does not in BY_ORDERS and not hasattr(applied, "reversal")


def may_write(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Heads and leaders where the dossier is."""
    return any(viewer.has(role, at_office=dossier.office_code) for role in WRITES)


def undone_by_hand(
    dossier_id: UUID, effect_id: UUID, *, actor: OfficerActor, words: str, document: str, at: datetime
) -> EffectReversal:
    """Write down how an effect was put right. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        if not may_write(dossier, viewer=actor):
            raise NotAllowed("undoing-not-yours", "Gỡ tác động cũ do lãnh đạo, trưởng bộ phận ghi nhận. Xin trình.")
        found = next((one for one, _ in to_undo(dossier) if one.pk == effect_id), None)
        if found is None or hasattr(found, "reversal"):
            raise Conflict("nothing-to-undo", "Tác động này đã được gỡ, hoặc hồ sơ không còn mở. Xin tải lại trang.")
        if found.does in BY_ORDERS:
            raise Conflict(
                "money-not-by-hand",
                "Lệnh thu, chi do máy tự bù trừ khi ký kết quả mới, không gỡ bằng tay. Xin ký kết quả mới.",
            )
        if len(words.strip()) < SHORTEST:
            raise Invalid("undoing-needs-words", "Chưa ghi đã làm gì để gỡ. Xin viết đủ, người nộp sẽ đọc.")
        if not document.strip():
            raise Invalid("undoing-needs-document", "Chưa ghi số văn bản. Xin ghi số văn bản điều chỉnh.")
        said = words.strip()[:1000]
        made = EffectReversal.objects.create(
            effect=found, dossier=dossier, says_vi=said, says_en=said, document=document.strip()[:60],
            officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        doing = actor.doing(*WRITES, at_office=dossier.office_code)
        record(dossier, "effect_undone", actor=doing, at=at, public=False, what=found.says_vi, how=said)
    return made
