"""What no machine can undo is put right elsewhere, and written down before the new result is signed.

A record is about one effect, and says what of it was put right. What a signature undoes by itself is never written down
so, nor an effect whose money is still on its way: it would be left out of every setting off.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.casework.access import the_dossier
from ansinh.casework.effects.take_effect import why_not_undone
from ansinh.casework.effects.undoing.benefits import AGAIN
from ansinh.casework.effects.undoing.replaced import earlier_effects
from ansinh.casework.effects.undoing.table import BY_ORDERS, NEXT_STEP
from ansinh.casework.models import AppliedEffect, Decision, EffectReversal
from ansinh.casework.propose import open_decision
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.payments.models import Order, OrderState
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.models import Entitlement

WRITES = (Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR)
SHORTEST = 10
PASSES = frozenset({"order-on-its-way", "list-on-its-way", "order-at-the-till"})
"""Codes of what stands in the way for a while: the signature undoes it after that."""
OPEN = (OrderState.AWAITING, OrderState.READY, OrderState.BATCHED, OrderState.SENT, OrderState.RETURNED)
"""States in which money still moves by an order."""


def to_undo(dossier: Dossier) -> list[tuple[AppliedEffect, str]]:
    """What the earlier result of an open dossier did, each with the step people take where the machine cannot."""
    if dossier.closed_at is not None:
        return []
    return [(one, NEXT_STEP.get(one.does, "")) for one in earlier_effects(dossier)]


def by_people(applied: AppliedEffect, dossier: Dossier, *, viewer: OfficerActor, at: datetime) -> bool:
    """Whether people may write down that it is put right: what no signature undoes, and no money is open for."""
    if hasattr(applied, "reversal"):
        return False
    try:
        _refuse_what_is_not_by_people(applied, dossier, actor=viewer, at=at)
    except Conflict:
        return False
    return True


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
        _refuse_what_is_not_by_people(found, dossier, actor=actor, at=at)
        if len(words.strip()) < SHORTEST:
            raise Invalid("undoing-needs-words", "Chưa ghi đã làm gì để gỡ. Xin viết đủ, người nộp sẽ đọc.")
        if not document.strip():
            raise Invalid("undoing-needs-document", "Chưa ghi số văn bản. Xin ghi số văn bản điều chỉnh.")
        said, covers = words.strip()[:1000], benefits_of(found)
        unnamed = [number for number in covers if len(covers) > 1 and number not in said]
        if unnamed:
            raise Invalid(
                "undoing-names-each",
                "Tác động này đụng nhiều hồ sơ hưởng. Xin ghi đã gỡ thế nào ở từng hồ sơ, còn thiếu: {numbers}.",
                numbers=", ".join(unnamed),
            )
        made = EffectReversal.objects.create(
            effect=found, dossier=dossier, says_vi=said, says_en=said, made={"covers": covers},
            document=document.strip()[:60], officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        doing = actor.doing(*WRITES, at_office=dossier.office_code)
        record(dossier, "effect_undone", actor=doing, at=at, public=False, what=found.says_vi, how=said)
    return made


def benefits_of(applied: AppliedEffect) -> list[str]:
    """Numbers of the monthly benefits an effect touched."""
    made = applied.made
    changes = made.get("changes") or [one for one in [made.get("change")] if one]
    if applied.does not in AGAIN and "entitlement" not in made:
        return []
    rows = Entitlement.objects.filter(Q(changes__in=changes) | Q(number=made.get("entitlement", "")))
    return sorted(set(rows.values_list("number", flat=True)))


def _refuse_what_is_not_by_people(
    applied: AppliedEffect, dossier: Dossier, *, actor: OfficerActor, at: datetime
) -> None:
    if applied.does in BY_ORDERS:
        raise Conflict(
            "money-not-by-hand",
            "Lệnh thu, chi do máy tự bù trừ khi ký kết quả mới, không gỡ bằng tay. Xin ký kết quả mới.",
        )
    proposed = open_decision(dossier) or Decision(dossier=dossier, kind="refuse")
    problem = why_not_undone(dossier, proposed, applied, actor=actor, at=at)
    if isinstance(problem, Conflict) and problem.code in PASSES:
        raise problem
    if problem is None:
        raise Conflict(
            "machine-undoes",
            "Tác động này máy tự giữ hoặc gỡ khi ký kết quả mới, không ghi gỡ bằng tay. Xin ký kết quả mới.",
        )
    still_open = _open_money(benefits_of(applied), dossier)
    if still_open is not None:
        raise Conflict(
            "money-still-open",
            "Lệnh {order} về chế độ này chưa xong nên chưa ghi gỡ bằng tay được. "
            "Xin đợi nộp, chi xong hoặc hết hạn nộp.",
            order=still_open.code,
        )


def _open_money(numbers: list[str], dossier: Dossier) -> Order | None:
    """An order that earlier rounds made about one of these benefits and that money still moves by."""
    named = Q(pk=None)
    for number in numbers:
        named |= Q(key__contains=f":{number}:")
    orders = Order.objects.filter(named, dossier=dossier, key__startswith=f"dossier:{dossier.pk}:back:")
    return orders.filter(state__in=OPEN).first()
