"""Draft a letter: text, recipients with their purpose, files as they are. No number, no day (R-182)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.directives.access import refuse_unless_drafting, the_letter
from ansinh.directives.models import SYMBOL, Attachment, Letter, LetterState, Purpose, Recipient
from ansinh.files.receive import receive
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer
from ansinh.people.officers.staff import members
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.storage import Readable
from ansinh.platform.zone import local_day

MOST_RECIPIENTS, MOST_FILES = 80, 10
PAPER_KIND = "letter_attachment"


@dataclass(frozen=True)
class Wanted:
    """What a letter says. `recipients` are (name, purpose) in their order."""

    symbol: str
    summary: str
    body: str
    signer_id: UUID | None
    recipients: Sequence[tuple[str, str]]


def begin(wanted: Wanted, *, office_code: str, actor: OfficerActor, at: datetime) -> Letter:
    """A new draft of an office. Raises NotAllowed, Invalid."""
    refuse_unless_drafting(actor, office_code)
    _check(wanted, office_code, on=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        letter = Letter.objects.create(
            office_id=office_code, drafted_by_id=actor.officer_id, drafted_at=at, **_columns(wanted)
        )
        _write_recipients(letter, wanted)
    return letter


def change(letter_id: UUID, wanted: Wanted, *, actor: OfficerActor, at: datetime) -> Letter:
    """Write the draft anew. Raises NotFound, NotAllowed, Invalid, Conflict once it is issued."""
    with transaction.atomic(), acting_as(actor.label):
        letter = _to_change(letter_id, actor)
        _check(wanted, letter.office_id, on=local_day(at))
        Letter.objects.filter(pk=letter.pk).update(**_columns(wanted))
        letter.recipients.all().delete()
        _write_recipients(letter, wanted)
    letter.refresh_from_db()
    return letter


def attach(letter_id: UUID, stream: Readable, *, name: str, actor: OfficerActor, at: datetime) -> Attachment:
    """Put a file with the draft; its bytes are examined and never changed. Raises NotFound, Invalid, Conflict."""
    _to_change(letter_id, actor, lock=False)
    paper = receive(stream, owner_id=actor.account_id, name=name, kind=PAPER_KIND, at=at)
    with transaction.atomic(), acting_as(actor.label):
        letter = _to_change(letter_id, actor)
        if letter.attachments.count() >= MOST_FILES:
            raise Invalid("too-many-attachments", "Văn bản kèm nhiều nhất {n} tệp. Xin gộp bớt.", n=MOST_FILES)
        made, _ = Attachment.objects.get_or_create(
            letter=letter, sha256=paper.file_id,
            defaults={
                "paper": paper, "name": paper.name, "size": paper.file.size, "media_type": paper.file.media_type,
            },
        )  # fmt: skip
    return made


def detach(letter_id: UUID, attachment_id: UUID, *, actor: OfficerActor) -> None:
    """Take a file from the draft. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        _to_change(letter_id, actor).attachments.filter(pk=attachment_id).delete()


def drop(letter_id: UUID, *, actor: OfficerActor) -> None:
    """The draft comes to nothing; it stays in the list as dropped. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        letter = _to_change(letter_id, actor)
        letter.state = LetterState.DROPPED
        letter.save(update_fields=["state"])


def signers(office_code: str, *, on: date) -> list[Officer]:
    """Who may be named as signatory at an office; whether the capacity holds is asked on the day of issue."""
    return [one.officer for one in members(office_code, on=on) if one.posts.today]


def _to_change(letter_id: UUID, actor: OfficerActor, *, lock: bool = True) -> Letter:
    letter = the_letter(letter_id, viewer=actor, lock=lock)
    refuse_unless_drafting(actor, letter.office_id)
    if letter.state != LetterState.DRAFT:
        raise Conflict("letter-is-final", "Văn bản đã phát hành hoặc đã bỏ thì không sửa được. Xin lập văn bản mới.")
    return letter


def _columns(wanted: Wanted) -> dict[str, object]:
    return {
        "symbol": wanted.symbol.strip().upper(), "summary": " ".join(wanted.summary.split()),
        "body": wanted.body.strip().replace("\r\n", "\n"), "signer_id": wanted.signer_id,
    }  # fmt: skip


def _write_recipients(letter: Letter, wanted: Wanted) -> None:
    Recipient.objects.bulk_create(
        Recipient(letter=letter, place=place, name=" ".join(name.split()), purpose=purpose)
        for place, (name, purpose) in enumerate(wanted.recipients, start=1)
    )


def _check(wanted: Wanted, office_code: str, *, on: date) -> None:
    office(office_code)
    if not re.fullmatch(SYMBOL, wanted.symbol.strip().upper()):
        raise Invalid("letter-symbol", "Ký hiệu gồm chữ in hoa và gạch nối, ví dụ BHXH-CNTT. Xin ghi lại.")
    if not wanted.summary.strip() or len(wanted.summary) > 300:
        raise Invalid("letter-summary", "Chưa ghi trích yếu (V/v), hoặc dài quá 300 chữ. Xin ghi một câu ngắn.")
    if not wanted.body.strip() or len(wanted.body) > 20000:
        raise Invalid("letter-body", "Chưa ghi nội dung, hoặc dài quá 20.000 chữ.")
    if wanted.signer_id is None or all(one.pk != wanted.signer_id for one in signers(office_code, on=on)):
        raise Invalid("letter-signer", "Chưa chọn người ký của cơ quan. Xin chọn trong danh sách.")
    purposes = [purpose for name, purpose in wanted.recipients if name.strip()]
    if len(purposes) != len(wanted.recipients) or set(purposes) - set(Purpose.values):
        raise Invalid("letter-recipients", "Mỗi nơi nhận cần có tên và mục đích. Xin xem lại danh sách nơi nhận.")
    if Purpose.ACT not in purposes or len(purposes) > MOST_RECIPIENTS:
        raise Invalid("letter-needs-addressee", "Chưa có nơi nhận để thực hiện (Kính gửi). Xin ghi ít nhất một nơi.")
