"""The applicant says what to do with an item that came back: a new address, or kept at the counter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.outgoing import LONGEST_ADDRESS


def items_of(dossier: Dossier) -> list[OutgoingItem]:
    """What was sent in a dossier, the last first, without what was never sent."""
    return list(dossier.outgoing_items.exclude(state=OutgoingState.DROPPED).order_by("-made_at", "-id"))


def the_item(dossier_id: UUID, item_id: UUID, *, actor: Citizen) -> OutgoingItem:
    """An item of a dossier the actor may read. Raises NotFound."""
    found = next((one for one in items_of(the_dossier(dossier_id, actor=actor)) if one.pk == item_id), None)
    if found is None:
        raise NotFound("postal-item-unknown", "Hồ sơ này không có bưu gửi đó. Xin xem lại trang hồ sơ.")
    return found


def waits_for_answer(item: OutgoingItem) -> bool:
    """Whether it came back and nobody has said where to."""
    return item.state == OutgoingState.RETURNED and not item.answer


def answer_return(
    dossier_id: UUID, item_id: UUID, *, answer: str, address: str, actor: Citizen, at: datetime
) -> OutgoingItem:
    """`send` with a new address, or `counter`. Raises NotAllowed, NotFound, Invalid, Conflict (not returned)."""
    refuse_without(Right.FILE, actor=actor)
    where = " ".join(address.split())[:LONGEST_ADDRESS]
    if answer not in ("send", "counter"):
        raise Invalid("return-answer", "Chưa chọn gửi lại hay nhận tại quầy. Xin chọn một cách.")
    if answer == "send" and len(where) < 8:
        raise Invalid("return-address", "Chưa đủ địa chỉ. Xin ghi số nhà, đường, xã phường, tỉnh.")
    with transaction.atomic(), acting_as(actor.label):
        found = the_item(dossier_id, item_id, actor=actor)
        item = OutgoingItem.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=found.pk)
        if item.state != OutgoingState.RETURNED:
            raise Conflict("not-returned", "Bưu gửi này không còn chờ trả lời. Xin xem lại trang hồ sơ.")
        item.answer, item.new_address = answer, where if answer == "send" else ""
        item.answered_at, item.answered_by = at, actor.label
        item.save(update_fields=["answer", "new_address", "answered_at", "answered_by"])
        with as_the_house():
            record(item.dossier, "post_answered", actor=actor, at=at, answer=answer, tracking=item.tracking_number)
    return item
