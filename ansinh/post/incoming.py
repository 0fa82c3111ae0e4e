"""An item comes in: registered, scanned, set aside; matching it to a dossier is `casework.from_post`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from ansinh.files.receive import Scan
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.post.access import incoming_of, refuse_elsewhere, the_incoming
from ansinh.post.models import IncomingItem, IncomingScan, IncomingState

OLDEST = timedelta(days=366)
"""An item entered later than this bears a wrong year: limits count from its day."""
_NUMBER = re.compile(r"[A-Z0-9-]{0,30}")


@dataclass(frozen=True)
class Envelope:
    """What stands on it."""

    number: str
    sender: str
    sender_address: str
    received_on: date
    what: str


def register(envelope: Envelope, *, office_code: str, actor: OfficerActor, at: datetime) -> IncomingItem:
    """Enter it in the book of incoming post of this office. Raises NotAllowed, Invalid, Conflict (entered before)."""
    refuse_elsewhere(office_code, actor=actor)
    number = re.sub(r"\s", "", envelope.number).upper()
    sender, what = " ".join(envelope.sender.split()), " ".join(envelope.what.split())
    if not sender or not what:
        raise Invalid("incoming-incomplete", "Xin ghi người gửi và trong bưu gửi có gì.")
    if not _NUMBER.fullmatch(number):
        raise Invalid("incoming-number", "Số hiệu chỉ có chữ cái, chữ số. Xin quét lại mã vạch, hoặc để trống.")
    if envelope.received_on > local_day(at):
        raise Invalid("incoming-ahead", "Ngày nhận ở tương lai. Xin ghi ngày trên dấu công văn đến.")
    if envelope.received_on < local_day(at) - OLDEST:
        raise Invalid("incoming-long-ago", "Ngày nhận cách đây hơn một năm. Xin xem lại năm trên dấu công văn đến.")
    with transaction.atomic(), acting_as(actor.label):
        _refuse_entered(number, on=envelope.received_on)
        try:
            with transaction.atomic():
                return IncomingItem.objects.create(
                    office_code=office_code, number=number, sender=sender[:100],
                    sender_address=" ".join(envelope.sender_address.split())[:300], received_on=envelope.received_on,
                    what=what[:200], registered_at=at, registered_by_id=actor.officer_id,
                )  # fmt: skip
        except IntegrityError:  # another officer was quicker
            _refuse_entered(number, on=envelope.received_on)
            raise


def add_scan(item_id: UUID, *, scan: Scan, actor: OfficerActor, at: datetime) -> IncomingScan:
    """Keep a scanned paper with the item; the same bytes once. Raises Conflict once the item is dealt with."""
    with transaction.atomic(), acting_as(actor.label):
        item = open_item(item_id, actor=actor)
        kept, _ = IncomingScan.objects.get_or_create(
            item=item, file=scan.file,
            defaults={
                "name": scan.name, "page_count": scan.pages, "scanned_at": at, "scanned_by_id": actor.officer_id,
            },
        )  # fmt: skip
    return kept


def the_scan(item: IncomingItem, scan_id: UUID) -> IncomingScan:
    """A scan of an item. Raises NotFound."""
    found = item.scans.select_related("file").filter(pk=scan_id).first()
    if found is None:
        raise NotFound("paper-not-found", "Bưu gửi này không có tệp đó. Xin tải lại trang.")
    return found


def set_aside(item_id: UUID, *, why: str, actor: OfficerActor, at: datetime) -> IncomingItem:
    """It belongs to no dossier: why, and where it went. Raises Invalid, Conflict."""
    reason = " ".join(why.split())[:300]
    if not reason:
        raise Invalid("set-aside-why", "Chưa ghi vì sao và đã chuyển đi đâu. Xin viết một câu.")
    with transaction.atomic(), acting_as(actor.label):
        item = open_item(item_id, actor=actor)
        item.state, item.why = IncomingState.SET_ASIDE, reason
        item.ended_at, item.ended_by_id = at, actor.officer_id
        item.save()
    return item


def open_item(item_id: UUID, *, actor: OfficerActor) -> IncomingItem:
    """A waiting item, locked. Raises NotFound, Conflict."""
    item = the_incoming(item_id, viewer=actor, lock=True)
    refuse_done(item)
    return item


def refuse_done(item: IncomingItem) -> None:
    """Raise Conflict once the item is dealt with."""
    if item.state != IncomingState.WAITING:
        raise Conflict(
            "incoming-done",
            "Bưu gửi này đã xong, trạng thái “{state}”. Xin tải lại trang.",
            state=IncomingState(item.state).label,
        )


def waiting_days(viewer: OfficerActor, *, on: date, calendar: WorkCalendar) -> Mapping[IncomingItem, int]:
    """What matches nothing yet → working days since it came, the oldest first."""
    rows = incoming_of(viewer).filter(state=IncomingState.WAITING)[:200]
    return {one: working_days_between(one.received_on, on, calendar=calendar) for one in rows}


@as_the_house()  # also what another office entered, whose rows this officer does not see
def _refuse_entered(number: str, *, on: date) -> None:
    if number and IncomingItem.objects.filter(number=number, received_on=on).exists():
        raise Conflict(
            "incoming-entered",
            "Bưu gửi {number} đã vào sổ ngày hôm đó. Xin xem lại số hiệu và ngày nhận.",
            number=number,
        )
