"""Begin a press for many dossiers, and do one row of it in the worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from ansinh.casework.access import dossiers_visible_to
from ansinh.casework.batch.acts import ACTS, BatchAct
from ansinh.casework.models import BatchPress, BatchRow, Outcome
from ansinh.documents.render import TemplateFault
from ansinh.people.actors import OfficerActor
from ansinh.people.queries import officer
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError, Invalid, NotAllowed, NotFound, NotNow
from ansinh.platform.queue import defer_many
from ansinh.platform.zone import local_day

MOST = 500
"""Dossiers of one press."""
DO_ROW = "casework.batch_row"
"""Name of the job that does one row."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """How far a press is."""

    total: int
    waiting: int
    done: int
    kept: int
    refused: int


def begin(
    dossier_ids: Sequence[UUID], *, actor: OfficerActor, act: str, arguments: Mapping[str, str], at: datetime
) -> BatchPress:
    """Keep what was chosen and queue a job for each dossier, in the order given; nothing is decided here.

    Raises Invalid for none, too many, an unknown act, or an act without what it asks for.
    """
    chosen = list(dict.fromkeys(dossier_ids))
    if not chosen:
        raise Invalid("nothing-chosen", "Chưa chọn hồ sơ nào. Xin đánh dấu hồ sơ rồi bấm lại.")
    if len(chosen) > MOST:
        raise Invalid("too-many-chosen", "Mỗi lần làm được nhiều nhất {most} hồ sơ. Xin bỏ bớt.", most=MOST)
    wanted = _act(act)
    for name in wanted.asks:
        if not arguments.get(name, "").strip():
            raise Invalid("batch-incomplete", "Còn thiếu một mục phải ghi cho cả loạt. Xin điền đủ rồi bấm lại.")
    with transaction.atomic(), acting_as(actor.label):
        visible = set(dossiers_visible_to(actor).filter(pk__in=chosen).values_list("pk", flat=True))
        kept = [one for one in chosen if one in visible]
        if not kept:
            raise NotFound("dossier-not-found", "Không có hồ sơ này ở cơ quan của ông/bà. Xin tìm lại bằng số hồ sơ.")
        press = BatchPress.objects.create(
            officer_id=actor.officer_id, act=act, made_at=at,
            arguments={name: arguments.get(name, "").strip()[:500] for name in {"note", "to", "reason", *wanted.asks}},
        )  # fmt: skip
        rows = BatchRow.objects.bulk_create(
            BatchRow(press=press, position=position, dossier_id=one) for position, one in enumerate(kept)
        )
        defer_many(DO_ROW, [{"row_id": str(row.pk)} for row in rows], priority=-1)  # somebody watches the page
    return press


def do_row(row_id: UUID, *, at: datetime) -> BatchRow:
    """Do the act for one dossier and write what became of it, in one transaction: once, whoever is killed.

    Raises NotNow when something outside is away, so that the job is tried again.
    """
    with transaction.atomic(savepoint=False):  # what is refused is undone in `_done`; a fault undoes the whole job
        row = BatchRow.objects.select_for_update(of=("self",)).select_related("press__officer__account").get(pk=row_id)
        if row.outcome != Outcome.WAITING:
            return row
        try:
            row.outcome = _done(row, at=at)
        except NotNow:
            raise
        except DomainError as refusal:
            _refused(row, refusal)
        except TemplateFault:
            log.exception("the letter of dossier %s cannot be made", row.dossier_id)
            _refused(
                row,
                Invalid(
                    "letter-fault",
                    "Chưa soạn được thư của hồ sơ này vì mẫu thư có lỗi. Xin báo người quản trị, kèm số hồ sơ.",
                ),
            )
        row.at = at
        row.save(update_fields=["outcome", "code", "message", "facts", "at"])
        return row


def the_press(press_id: UUID, *, actor: OfficerActor) -> BatchPress:
    """A press of the actor's own; any other does not exist for the actor."""
    found = BatchPress.objects.filter(pk=press_id, officer_id=actor.officer_id).first()
    if found is None:
        raise NotFound("batch-unknown", "Không có lần làm này của ông/bà. Xin về danh sách việc.")
    return found


def progress(press: BatchPress) -> Progress:
    """Counts of its rows in one query."""
    counts = dict(press.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    return Progress(
        total=sum(counts.values()), waiting=counts.get(Outcome.WAITING, 0), done=counts.get(Outcome.DONE, 0),
        kept=counts.get(Outcome.KEPT, 0), refused=counts.get(Outcome.REFUSED, 0),
    )  # fmt: skip


def presses_of(actor: OfficerActor, *, most: int = 20) -> list[BatchPress]:
    """The actor's own, newest first."""
    return list(BatchPress.objects.filter(officer_id=actor.officer_id).order_by("-made_at")[:most])


def _act(key: str) -> BatchAct:
    if key not in ACTS:
        raise Invalid("batch-act-unknown", "Chưa chọn việc cần làm. Xin bấm một nút ở cuối danh sách.")
    return ACTS[key]


def _done(row: BatchRow, *, at: datetime) -> Outcome:
    """With the posts of this moment: a right that ended since the press is ended here too."""
    actor = officer(row.press.officer.account, on=local_day(at))
    if actor is None:
        raise NotAllowed("no-post-now", "Hôm nay ông/bà không còn nhiệm vụ nào nên việc này không được làm.")
    with transaction.atomic():
        return ACTS[row.press.act].perform(row.dossier_id, actor, row.press.arguments, at)


def _refused(row: BatchRow, refusal: DomainError) -> None:
    row.outcome = Outcome.REFUSED
    row.code, row.message = refusal.code, refusal.message
    row.facts = {name: _plain(value) for name, value in refusal.facts.items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
