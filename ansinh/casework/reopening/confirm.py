"""A leader ends a round in which the earlier result proved right: it stands, nothing is undone or done again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.effects.undoing.replaced import earlier_effects
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import Confirmation, Reopening
from ansinh.casework.propose import open_decision
from ansinh.casework.reopening.letter import CONFIRMATION_LETTER
from ansinh.casework.reopening.reopen import LONGEST, SHORTEST, opener_of
from ansinh.casework.rounds import present_round, was_late_before
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

CODE: Final = "result_confirmed"


def confirm_result(dossier_id: UUID, *, actor: OfficerActor, why: str, at: datetime) -> Confirmation:
    """Close the dossier with the result it had. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        opener = opener_of(dossier, actor, at_office=dossier.office_code, on=local_day(at))
        opened = _looked_at(dossier, actor)
        if len(why.strip()) < SHORTEST:
            raise Invalid("confirmation-needs-why", "Chưa ghi vì sao kết quả cũ đúng. Xin viết đủ để người nộp hiểu.")
        made = Confirmation.objects.create(
            reopening=opened, dossier=dossier, at=at, why=why.strip()[:LONGEST], decided_by_id=actor.officer_id,
            decided_title=opener.actor.title, decided_capacity=opener.capacity,
        )  # fmt: skip
        late = dossier.due_on is not None and local_day(at) > dossier.due_on
        dossier.was_late = late or was_late_before(dossier)
        dossier.state, dossier.stage_role, dossier.due_on = State(opened.earlier_result), "", None
        dossier.closed_at = dossier.last_event_at = at
        dossier.save()
        record(dossier, CODE, actor=opener.actor, at=at, number=opened.decision.number, why=made.why)
        publish(DossierMoved(dossier.pk, CODE, at, {"reason": made.why}))
        defer(CONFIRMATION_LETTER, confirmation_id=str(made.pk))
    return made


def can_confirm(dossier: Dossier, *, viewer: OfficerActor, on: date) -> bool:
    """Whether this officer may say now that the earlier result stands."""
    try:
        may_confirm(dossier, actor=viewer, on=on)
    except (NotAllowed, Conflict):
        return False
    return True


def may_confirm(dossier: Dossier, *, actor: OfficerActor, on: date) -> Reopening:
    """The round that would end. Raises NotAllowed or Conflict as `confirm_result` would before it reads the reason."""
    opener_of(dossier, actor, at_office=dossier.office_code, on=on)
    return _looked_at(dossier, actor)


def _looked_at(dossier: Dossier, actor: OfficerActor) -> Reopening:
    opened = present_round(dossier)
    if opened is None or dossier.state != State.IN_PROGRESS:
        raise Conflict("nothing-to-confirm", "Hồ sơ không đang được xem xét lại ở cơ quan. Xin tải lại trang.")
    if opened.decision.proposed_by_id == actor.officer_id:
        raise NotAllowed(
            "own-proposal", "Ông/bà là người đề xuất kết quả này nên không tự giữ nguyên. Xin trình lãnh đạo."
        )
    if opened.complaint is not None and opened.complaint.outcome == "upheld":
        raise Conflict(
            "complaint-upheld",
            "Khiếu nại về kết quả này đã kết luận là đúng nên phải ký kết quả mới, không giữ nguyên.",
        )
    if open_decision(dossier) is not None:
        raise Conflict(
            "proposal-first", "Hồ sơ đang có dự thảo kết quả mới. Xin trả lại dự thảo đó trước khi giữ nguyên kết quả."
        )
    if any(hasattr(one, "reversal") for one in earlier_effects(dossier)):
        raise Conflict(
            "undone-already",
            "Đã có tác động của kết quả cũ được gỡ bằng tay nên kết quả cũ không còn nguyên. Xin ký kết quả mới.",
        )
    return opened
