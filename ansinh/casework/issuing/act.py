"""Officers of books and cards: mark as printed, spoil a blank, hand over, give to the post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from ansinh.casework.issuing.queries import GIVES, PRINTS, offices_of
from ansinh.casework.models import Blank, IssueItem, IssueState
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.outgoing import Receiver, prepare

SERIAL: Final = re.compile(r"([A-Z]{0,4})(\d{4,12})")


def mark_printed(item_ids: Sequence[UUID], *, first_serial: str, actor: OfficerActor, at: datetime) -> list[IssueItem]:
    """These items of one kind are on paper; their blanks follow one another from `first_serial`, in the list's order.

    Raises Invalid, NotAllowed, Conflict (printed before, a blank used before).
    """
    with transaction.atomic(), acting_as(actor.label):
        items = _locked(item_ids, actor=actor, roles=PRINTS)
        if len({one.kind for one in items}) != 1:
            raise Invalid("print-one-kind", "Thẻ và sổ in trên phôi khác nhau. Xin chọn riêng thẻ, riêng sổ.")
        serials = _serials(first_serial, len(items))
        kind = items[0].kind
        _refuse_used(kind, serials)
        for one, serial in zip(items, serials, strict=True):
            _refuse_unless(one, IssueState.TO_PRINT)
            one.state, one.serial, one.printed_at = IssueState.PRINTED, serial, at
            one.save()
        Blank.objects.bulk_create(
            Blank(
                kind=kind, serial=one.serial, office_code=one.office_code, item=one, used_at=at,
                used_by_id=actor.officer_id,
            )
            for one in items
        )  # fmt: skip
        _tell("paper_printed", items, actor=actor, at=at)
    return items


def spoil_printed(item_id: UUID, *, why: str, actor: OfficerActor, at: datetime) -> IssueItem:
    """The blank of a printed item is spoiled: it is printed again on another one. Raises Invalid, Conflict."""
    reason = _reason(why)
    with transaction.atomic(), acting_as(actor.label):
        [item] = _locked([item_id], actor=actor, roles=PRINTS)
        _refuse_unless(item, IssueState.PRINTED)
        refuse_in_the_post(item)
        blank = Blank.objects.get(kind=item.kind, serial=item.serial)
        blank.spoiled_at, blank.spoiled_by_id, blank.why = at, actor.officer_id, reason
        blank.save()
        item.state, item.serial, item.printed_at = IssueState.TO_PRINT, "", None
        item.save()
        record(item.dossier, "blank_spoiled", actor=actor, at=at, public=False, serial=blank.serial, why=reason)
    return item


def spoil_blank(kind: str, serial: str, *, office_code: str, why: str, actor: OfficerActor, at: datetime) -> Blank:
    """A blank that no item was printed on is spoiled. Raises Invalid, NotAllowed, Conflict."""
    reason = _reason(why)
    [number] = _serials(serial, 1)
    with transaction.atomic(), acting_as(actor.label):
        _refuse_elsewhere([office_code], actor=actor, roles=PRINTS)
        _refuse_used(kind, [number])
        return Blank.objects.create(
            kind=kind, serial=number, office_code=office_code, used_at=at, used_by_id=actor.officer_id,
            spoiled_at=at, spoiled_by_id=actor.officer_id, why=reason,
        )  # fmt: skip


def hand_over(
    item_ids: Sequence[UUID], *, taken_by: str, identity_checked: bool, signed_for: bool, actor: OfficerActor,
    at: datetime,
) -> list[IssueItem]:  # fmt: skip
    """Given to somebody at the counter, whose identity was compared and who signed for it. Raises Invalid, Conflict."""
    name = " ".join(taken_by.split())
    if not name:
        raise Invalid("taker-missing", "Chưa ghi người nhận. Xin ghi họ và tên người nhận.")
    if not identity_checked:
        raise Invalid("taker-identity", "Chưa đối chiếu giấy tờ tùy thân của người nhận. Xin đối chiếu rồi đánh dấu.")
    if not signed_for:
        raise Invalid("taker-signature", "Người nhận chưa ký nhận. Xin mời ký vào sổ giao nhận rồi đánh dấu.")
    facts = {"taken_by": name[:100], "identity_checked": True, "signed_for": True}
    return _given(item_ids, facts, actor=actor, at=at)


def prepare_post(item_ids: Sequence[UUID], *, to: Receiver, actor: OfficerActor, at: datetime) -> OutgoingItem:
    """A postal item for these printed cards and books of one dossier; given to the post, it takes them along.

    Raises Invalid, Conflict (not printed, prepared before).
    """
    with transaction.atomic(), acting_as(actor.label):
        items = _locked(item_ids, actor=actor, roles=GIVES)
        if len({one.dossier_id for one in items}) != 1 or len({one.office_code for one in items}) != 1:
            raise Invalid("post-one-dossier", "Mỗi bưu gửi chỉ đựng thẻ, sổ của một hồ sơ. Xin chọn lại.")
        for one in items:
            _refuse_unless(one, IssueState.PRINTED)
            refuse_in_the_post(one)
        what = ", ".join(f"{one.get_kind_display()} {one.serial} {one.person_name}" for one in items)
        made = prepare(
            items[0].dossier, contents="card_book", what=what, to=to, office_code=items[0].office_code, actor=actor,
            at=at,
        )  # fmt: skip
        IssueItem.objects.filter(pk__in=[one.pk for one in items]).update(postal=made)
    return made


def take_along(postal_id: UUID, state: str, *, officer_id: UUID | None, at: datetime) -> None:
    """Cards and books follow the postal item they lie in: posted with it, free again when it is not sent."""
    items = IssueItem.objects.filter(postal_id=postal_id, state=IssueState.PRINTED)
    if state == OutgoingState.POSTED:
        items.update(state=IssueState.POSTED, done_at=at, done_by_id=officer_id)
    elif state == OutgoingState.DROPPED:
        items.update(postal=None)


def refuse_in_the_post(item: IssueItem) -> None:
    """Raise Conflict while the item lies in a postal item that waits for the post."""
    if item.postal_id is not None:
        raise Conflict(
            "issue-in-the-post",
            "{name}: đã nằm trong một bưu gửi chờ giao bưu điện. Xin mở bưu gửi đó, hoặc bỏ bưu gửi trước.",
            name=item.person_name,
        )


def _given(item_ids: Sequence[UUID], facts: Mapping[str, Any], *, actor: OfficerActor, at: datetime) -> list[IssueItem]:
    with transaction.atomic(), acting_as(actor.label):
        items = _locked(item_ids, actor=actor, roles=GIVES)
        for one in items:
            _refuse_unless(one, IssueState.PRINTED)
            refuse_in_the_post(one)
            one.state, one.done_at, one.done_by_id = IssueState.HANDED_OVER, at, actor.officer_id
            for name, value in facts.items():
                setattr(one, name, value)
            one.save()
        _tell("paper_handed_over", items, actor=actor, at=at, name=facts["taken_by"])
    return items


def _locked(item_ids: Sequence[UUID], *, actor: OfficerActor, roles: frozenset[Role]) -> list[IssueItem]:
    if not item_ids:
        raise Invalid("issue-none-chosen", "Chưa chọn thẻ, sổ nào. Xin đánh dấu ít nhất một dòng.")
    rows = IssueItem.objects.select_for_update(of=("self",)).select_related("dossier")
    items = list(rows.filter(pk__in=item_ids).order_by("ordered_at", "id"))
    _refuse_elsewhere({one.office_code for one in items}, actor=actor, roles=roles)
    return items


def _refuse_elsewhere(office_codes: Iterable[str], *, actor: OfficerActor, roles: frozenset[Role]) -> None:
    held = offices_of(actor, roles)
    if not set(office_codes) <= set(held) or not office_codes:
        raise Conflict("issue-item-unknown", "Không tìm thấy thẻ, sổ này ở cơ quan của ông/bà. Xin về danh sách.")


def _refuse_unless(item: IssueItem, state: IssueState) -> None:
    if item.state != state:
        raise Conflict(
            "issue-wrong-state",
            "{name}: đang ở trạng thái “{state}” nên không làm việc này được. Có thể người khác vừa xử lý; "
            "xin tải lại.",
            name=item.person_name,
            state=IssueState(item.state).label,
        )


def _refuse_used(kind: str, serials: Sequence[str]) -> None:
    used = Blank.objects.filter(kind=kind, serial__in=serials).order_by("serial").first()
    if used is not None:
        raise Conflict("blank-used", "Phôi số {serial} đã dùng hoặc đã hỏng. Xin xem lại số seri.", serial=used.serial)


def _serials(first: str, count: int) -> list[str]:
    """So many serials from the first on: letters stay, the number grows and keeps its width."""
    found = SERIAL.fullmatch(re.sub(r"[\s.\-]", "", first).upper())
    if found is None:
        raise Invalid("serial-form", "Số seri của phôi có thể có chữ cái đầu, rồi 4 đến 12 chữ số, ví dụ AB0001234.")
    letters, digits = found.groups()
    numbers = [f"{int(digits) + step:0{len(digits)}d}" for step in range(count)]
    if len(numbers[-1]) > len(digits):
        raise Invalid("serial-end", "Dải phôi này không còn đủ số cho các thẻ, sổ đã chọn. Xin chọn ít hơn.")
    return [letters + number for number in numbers]


def _reason(why: str) -> str:
    text = " ".join(why.split())
    if not text:
        raise Invalid("spoiled-why", "Chưa ghi vì sao hỏng. Xin viết một câu.")
    return text[:200]


def _tell(event: str, items: Sequence[IssueItem], *, actor: OfficerActor, at: datetime, **facts: Any) -> None:
    """One line in the history of each dossier."""
    found: dict[Dossier, list[IssueItem]] = {}
    for one in items:
        found.setdefault(one.dossier, []).append(one)
    for dossier, own in found.items():
        counts = {kind: sum(one.kind == kind for one in own) for kind in ("card", "book")}
        record(dossier, event, actor=actor, at=at, cards=counts["card"], books=counts["book"], **facts)
