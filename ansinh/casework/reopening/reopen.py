"""A leader opens a decided dossier again: a row with its ground, a new round with its own limit, the applicant told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.clock import set_due
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import Complaint, ComplaintState, Decision, Reopening
from ansinh.casework.models_reopening import UPHELD
from ansinh.casework.money.waiting import was_paid_for
from ansinh.casework.organisations.matter import effect_of
from ansinh.casework.reopening.grounds import ReopeningGround, chosen_by_an_officer, grounds_on
from ansinh.casework.reopening.letter import REOPENING_LETTER
from ansinh.casework.retention.lists import LISTED
from ansinh.casework.rounds import signed_decision
from ansinh.casework.transitions import stage_of_kind
from ansinh.catalogue.folder import Stage
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

DECIDES: Final = (Role.LEADER, Role.PROVINCIAL_DIRECTOR, Role.HEAD)
"""Who may, with a capacity to sign that day: as head of the agency, or by a document (KT., TL., TUQ.)."""
DECIDED: Final = (State.GRANTED, State.REFUSED)
FOUND_RIGHT: Final = ("upheld", "partly")
SHORTEST, LONGEST = 15, 1000


@dataclass(frozen=True)
class Order:
    """What a reopening rests on: a ground, a document where the ground needs one, and why, for the applicant."""

    ground: str
    why: str
    document_number: str = ""
    document_day: date | None = None


@dataclass(frozen=True)
class Opener:
    """Who opens or ends a round, in which capacity and in whose name."""

    actor: OfficerActor
    capacity: str
    office_code: str


def reopen(dossier_id: UUID, *, actor: OfficerActor, order: Order, at: datetime) -> Reopening:
    """Open a decided dossier again at the office that decided. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        opener = opener_of(dossier, actor, at_office=dossier.office_code, on=local_day(at))
        ground = the_ground(order, on=local_day(at))
        return _opened(dossier, ground, order, opener=opener, complaint=None, at=at)


def reopen_for_complaint(complaint_id: UUID, *, actor: OfficerActor, at: datetime) -> Reopening:
    """One press after a complaint was found right: by a leader of the office that answered it, or of the one that
    decided. Raises NotFound, NotAllowed, Conflict.
    """
    with transaction.atomic(), acting_as(actor.label):
        complaint, dossier = found_right(complaint_id, viewer=actor)
        refuse_when_unsealed()
        with as_the_house():  # the dossier lies at the office that decided
            dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
            opener = opener_of(dossier, actor, at_office=_where(complaint, dossier, actor), on=local_day(at))
            ground = next(one for one in grounds_on(local_day(at)) if one.code == UPHELD)
            assert complaint.answered_at is not None
            order = Order(UPHELD, complaint.answer[:LONGEST], complaint.number, local_day(complaint.answered_at))
            return _opened(dossier, ground, order, opener=opener, complaint=complaint, at=at)


def found_right(complaint_id: UUID, *, viewer: OfficerActor) -> tuple[Complaint, Dossier]:
    """A complaint found right, whole or in part, that nobody acted on yet. Raises NotFound, Conflict."""
    with as_the_house():  # complaint and dossier may lie at two offices
        complaint = Complaint.objects.select_related("dossier").filter(pk=complaint_id).first()
    leads = {post.office_code for post in viewer.posts if post.role in DECIDES}
    if complaint is None or not {complaint.office_code, complaint.dossier.office_code} & leads:
        raise NotFound("complaint-not-found", "Không có khiếu nại này ở cơ quan của ông/bà. Xin về danh sách.")
    dossier = complaint.dossier
    if complaint.state != ComplaintState.ANSWERED or complaint.outcome not in FOUND_RIGHT:
        raise Conflict("complaint-not-upheld", "Khiếu nại này chưa được kết luận đúng nên không mở lại hồ sơ theo nó.")
    if dossier.closed_at is not None and complaint.filed_at < dossier.closed_at:
        raise Conflict(
            "complaint-of-earlier", "Khiếu nại này về kết quả cũ đã được thay. Xin xem kết quả mới trong hồ sơ."
        )
    if Reopening.objects.filter(complaint=complaint).exists():
        raise Conflict("reopened-already", "Hồ sơ đã được mở lại theo khiếu nại này. Xin xem hồ sơ.")
    return complaint, dossier


def can_act_on(complaint: Complaint, *, viewer: OfficerActor, on: date) -> bool:
    """Whether one press of this officer opens the dossier of a complaint that was found right."""
    try:
        _, dossier = found_right(complaint.pk, viewer=viewer)
        with as_the_house():
            to_open(dossier)
            opener_of(dossier, viewer, at_office=_where(complaint, dossier, viewer), on=on)
    except (NotFound, NotAllowed, Conflict):
        return False
    return True


def can_reopen(dossier: Dossier, *, viewer: OfficerActor, on: date) -> bool:
    """Whether this officer may open it again now."""
    try:
        opener_of(dossier, viewer, at_office=dossier.office_code, on=on)
        to_open(dossier)
    except (NotAllowed, Conflict):
        return False
    return True


def may_reopen(dossier: Dossier, *, actor: OfficerActor, on: date) -> None:
    """Raise NotAllowed or Conflict as `reopen` would before it reads an order."""
    opener_of(dossier, actor, at_office=dossier.office_code, on=on)
    to_open(dossier)


def to_open(dossier: Dossier) -> tuple[Decision, Stage]:
    """The decision that is looked at again and the stage it begins at. Raises Conflict where nothing can be opened."""
    decision, stage = signed_decision(dossier), stage_of_kind(dossier, "appraise")
    if dossier.state not in DECIDED:
        raise Conflict("not-decided", "Hồ sơ chưa có kết quả nên không có gì để mở lại. Xin tải lại trang.")
    if dossier.procedure in REGISTRATIONS or effect_of(dossier) or stage is None or decision is None:
        raise Conflict(
            "not-to-reopen", "Loại hồ sơ này không thẩm định lại được. Xin nộp hồ sơ mới, hoặc sửa bằng thủ tục riêng."
        )
    if was_paid_for(dossier):
        raise Conflict(
            "paid-first",
            "Hồ sơ này đã nộp tiền trước nên mở lại sẽ lệch tiền đã thu hoặc đã hoàn. Xin nộp hồ sơ mới, hoặc làm thủ "
            "tục hoàn trả tiền đã đóng.",
        )
    if not dossier.answers or dossier.destructions.filter(listed__state__in=LISTED).exists():
        raise Conflict("to-be-destroyed", "Hồ sơ đã hủy hoặc đang ở danh mục hủy nên không mở lại được.")
    return decision, stage


def the_ground(order: Order, *, on: date) -> ReopeningGround:
    """The ground that is named; raises Invalid where the order is not whole."""
    ground = next((one for one in chosen_by_an_officer(on) if one.code == order.ground), None)
    if ground is None:
        raise Invalid("ground-unknown", "Chưa chọn căn cứ mở lại. Xin chọn một căn cứ trong danh sách.")
    if len(order.why.strip()) < SHORTEST:
        raise Invalid("reopening-needs-why", "Chưa ghi vì sao mở lại. Xin viết đủ để người nộp hiểu.")
    if ground.document and (not order.document_number.strip() or order.document_day is None):
        raise Invalid("reopening-needs-document", "Căn cứ này cần văn bản. Xin ghi số và ngày của văn bản.")
    if order.document_day is not None and order.document_day > on:
        raise Invalid("document-in-future", "Ngày văn bản ở sau hôm nay. Xin ghi đúng ngày của văn bản.")
    return ground


def _opened(
    dossier: Dossier, ground: ReopeningGround, order: Order, *, opener: Opener, complaint: Complaint | None,
    at: datetime,
) -> Reopening:  # fmt: skip
    decision, stage = to_open(dossier)
    if decision.proposed_by_id == opener.actor.officer_id:
        raise NotAllowed("own-proposal", "Ông/bà là người đề xuất kết quả này nên không tự mở lại. Xin trình lãnh đạo.")
    assert dossier.closed_at is not None
    made = Reopening.objects.create(
        dossier=dossier, round=dossier.reopenings.count() + 2, at=at, ground=ground.code, ground_vi=ground.name_vi,
        ground_en=ground.name_en, basis_vi=ground.basis_vi, quality=ground.quality, why=order.why.strip()[:LONGEST],
        document_number=order.document_number.strip()[:60], document_day=order.document_day,
        limit_value=ground.limit.value, limit_unit=ground.limit.unit.value, complaint=complaint, decision=decision,
        earlier_result=dossier.state, earlier_closed_at=dossier.closed_at, earlier_was_late=dossier.was_late,
        decided_by_id=opener.actor.officer_id, office_code=opener.office_code,
        decided_title=opener.actor.title, decided_capacity=opener.capacity,
    )  # fmt: skip
    dossier.state, dossier.stage, dossier.stage_role = State.IN_PROGRESS, stage.key, stage.role
    dossier.closed_at, dossier.was_late = None, False
    dossier.reopened_at = dossier.last_event_at = at
    set_due(dossier)
    dossier.save()
    new_due = dossier.due_on.isoformat() if dossier.due_on else None
    record(
        dossier, "reopened", actor=opener.actor, at=at, ground=made.ground_vi, why=made.why, number=decision.number,
        new_due=new_due, document=made.document_number,
    )  # fmt: skip
    publish(DossierMoved(dossier.pk, "result_reopened", at, {"reason": made.ground_vi, "new_due": new_due}))
    defer(REOPENING_LETTER, reopening_id=str(made.pk))
    return made


def _where(complaint: Complaint, dossier: Dossier, actor: OfficerActor) -> str:
    """The office in whose name the officer opens it: the one that answered first."""
    offices = (complaint.office_code, dossier.office_code)
    return next((code for code in offices if any(actor.has(role, at_office=code) for role in DECIDES)), offices[1])


def opener_of(dossier: Dossier, actor: OfficerActor, *, at_office: str, on: date) -> Opener:
    """The officer in the capacity that opens a dossier again, and ends it. Raises NotAllowed."""
    for role in DECIDES:
        if actor.has(role, at_office=at_office):
            held = capacity_to_sign(actor.officer_id, office_code=at_office, role=role, on=on)
            if held is not None:
                return Opener(actor.doing(role, at_office=at_office), held, at_office)
    raise NotAllowed(
        "reopening-not-yours",
        "Mở lại hồ sơ {number} do lãnh đạo, hoặc trưởng bộ phận được ủy quyền ký, của cơ quan đã quyết định. "
        "Xin trình lãnh đạo.",
        number=dossier.number,
    )
