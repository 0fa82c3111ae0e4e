"""An item goes out: prepared with its label, given to the post, and what the carrier says became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor, System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.post.access import refuse_elsewhere, the_outgoing
from ansinh.post.happened import OutgoingMoved
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.models_outgoing import MOVES, TRACKING, Contents

EVENTS: Final = {
    OutgoingState.POSTED: "post_sent",
    OutgoingState.DELIVERED: "post_delivered",
    OutgoingState.RETURNED: "post_returned",
    OutgoingState.KEPT: "post_kept",
    OutgoingState.SENT_AGAIN: "post_sent_again",
    OutgoingState.COLLECTED: "post_collected",
}
"""State → the line in the history of the dossier."""
LONGEST_ADDRESS: Final = 300


@dataclass(frozen=True)
class Receiver:
    """Who gets it, and where."""

    name: str
    phone: str
    address: str


def prepare(
    dossier: Dossier, *, contents: str, what: str, to: Receiver, office_code: str, actor: OfficerActor, at: datetime
) -> OutgoingItem:
    """An item with its number, ready for its label. Raises NotAllowed, Invalid (nothing said of what or where)."""
    refuse_elsewhere(office_code, actor=actor)
    words = " ".join(what.split())
    if contents not in Contents.values or not words:
        raise Invalid("post-what", "Chưa ghi gửi gì. Xin chọn loại và ghi tên giấy tờ.")
    with transaction.atomic(), acting_as(actor.label):
        return OutgoingItem.objects.create(
            number=_next_number(at), office_code=office_code, dossier=dossier, contents=contents, what=words[:200],
            made_at=at, made_by_id=actor.officer_id, **_receiver(to),
        )  # fmt: skip


def drop(item_id: UUID, *, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """It is not sent after all. Raises Conflict once the post has it."""
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        move(item, OutgoingState.DROPPED, by=actor, at=at, ended_at=at)
    return item


def hand_to_post(item_id: UUID, *, tracking_number: str, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """The post took it under this number; the applicant is told. Raises Invalid, Conflict."""
    number = tracking(tracking_number)
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        _refuse_used(number)
        try:
            with transaction.atomic():
                move(item, OutgoingState.POSTED, by=actor, at=at, tracking_number=number, posted_at=at)
        except IntegrityError:  # another officer was quicker
            _refuse_used(number)
            raise
    return item


def say_delivered(item_id: UUID, *, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """The carrier says it arrived. Raises Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        move(item, OutgoingState.DELIVERED, by=actor, at=at, delivered_at=at)
    return item


def say_returned(item_id: UUID, *, why: str, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """It came back; the applicant is told and asked where to. Raises Invalid (no reason), Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        move(item, OutgoingState.RETURNED, by=actor, at=at, returned_at=at, return_reason=reason(why))
    return item


def send_again(item_id: UUID, *, to: Receiver, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """A new item with what came back, to the address the applicant gave or the officer heard. Raises Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        _refuse_unless(item, OutgoingState.SENT_AGAIN)
        made = OutgoingItem.objects.create(
            number=_next_number(at), office_code=item.office_code, dossier=item.dossier, contents=item.contents,
            what=item.what, again_of=item, made_at=at, made_by_id=actor.officer_id, **_receiver(to),
        )  # fmt: skip
        move(item, OutgoingState.SENT_AGAIN, by=actor, at=at, ended_at=at)
    return made


def keep(item_id: UUID, *, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """It waits at the counter for whoever comes. Raises Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        move(item, OutgoingState.KEPT, by=actor, at=at)
    return item


def give_out(
    item_id: UUID, *, taken_by: str, identity_checked: bool, actor: OfficerActor, at: datetime
) -> OutgoingItem:
    """A kept item is given to somebody who was compared with an identity paper. Raises Invalid, Conflict."""
    name = " ".join(taken_by.split())
    if not name:
        raise Invalid("taker-missing", "Chưa ghi người nhận. Xin ghi họ và tên người nhận.")
    if not identity_checked:
        raise Invalid("taker-identity", "Chưa đối chiếu giấy tờ tùy thân của người nhận. Xin đối chiếu rồi đánh dấu.")
    with transaction.atomic(), acting_as(actor.label):
        item = the_outgoing(item_id, viewer=actor, lock=True)
        move(item, OutgoingState.COLLECTED, by=actor, at=at, ended_at=at, collected_by=name[:100])
    return item


def move(item: OutgoingItem, state: OutgoingState, *, by: OfficerActor | System, at: datetime, **facts: Any) -> None:
    """Write a move of a locked item, the line in the dossier's history, and tell. Raises Conflict."""
    _refuse_unless(item, state)
    item.state = state
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    if state in EVENTS:
        said: dict[str, Any] = {"tracking": item.tracking_number, "what": item.what}
        if state == OutgoingState.RETURNED:
            said["reason"] = item.return_reason
        with as_the_house():  # the dossier may lie at another office by now
            record(item.dossier, EVENTS[state], actor=by, at=at, **said)
    officer_id = by.officer_id if isinstance(by, OfficerActor) else None
    publish(OutgoingMoved(item.pk, item.dossier_id, str(state), item.tracking_number, officer_id, at))


def tracking(text: str) -> str:
    """A carrier's number as it is kept. Raises Invalid."""
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(TRACKING, number):
        raise Invalid("tracking-missing", "Số hiệu bưu gửi có 6 đến 30 chữ cái, chữ số. Xin ghi như trên phiếu gửi.")
    return number


def reason(text: str) -> str:
    """Why it came back. Raises Invalid."""
    kept = " ".join(text.split())[:200]
    if not kept:
        raise Invalid("return-why", "Chưa ghi vì sao bưu điện hoàn về. Xin ghi như trên bưu gửi.")
    return kept


def _receiver(to: Receiver) -> dict[str, str]:
    name, address = " ".join(to.name.split()), " ".join(to.address.split())
    if not name or len(address) < 8:
        raise Invalid("post-where", "Chưa đủ người nhận và địa chỉ. Xin ghi số nhà, đường, xã phường, tỉnh.")
    return {"recipient": name[:100], "phone": to.phone.strip()[:15], "address": address[:LONGEST_ADDRESS]}


def _refuse_unless(item: OutgoingItem, state: OutgoingState) -> None:
    if state not in MOVES.get(OutgoingState(item.state), ()):
        raise Conflict(
            "postal-item-moved",
            "Bưu gửi {number} đang ở trạng thái “{state}” nên không làm việc này được. Xin tải lại trang.",
            number=item.number,
            state=OutgoingState(item.state).label,
        )


def _refuse_used(number: str) -> None:
    with as_the_house():
        used = OutgoingItem.objects.filter(tracking_number=number).exists()
    if used:
        raise Conflict("tracking-used", "Số hiệu {number} đã ghi cho một bưu gửi khác. Xin xem lại.", number=number)


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('post_label_number')")
        return f"BG{local_day(at).year % 100:02d}{cursor.fetchone()[0]:08d}"
