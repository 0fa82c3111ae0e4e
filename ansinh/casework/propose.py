"""Specialist, head: propose a decision with its computed steps, control it, send it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.clock import set_due
from ansinh.casework.compute import compute, total
from ansinh.casework.effects.take_effect import refuse_impossible
from ansinh.casework.happened import DossierMoved
from ansinh.casework.joint.offer import OFFER_PAPER, take_back
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.numbering import number_of
from ansinh.casework.organisations.approve import refuse_proposal_to_grant
from ansinh.casework.pins import Pin, refuse_unknown
from ansinh.casework.reasons import reason
from ansinh.casework.specialist import to_the_specialist
from ansinh.casework.transitions import WATCHES_THE_APPLICANT, move, next_stage, stage_of_kind
from ansinh.catalogue.folder import Stage
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed


@dataclass(frozen=True)
class RefusalReason:
    """A coded reason with the officer's explanation, pinned to the place of the dossier that it is about."""

    code: str
    explanation: str
    pin: Pin


def propose_grant(
    dossier_id: UUID, *, actor: OfficerActor, amount: int | None, override_reason: str, note: str, at: datetime
) -> Decision:
    """Propose to grant, with the amount the law computes; another amount (đồng) needs a reason."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, actor = _open_for_proposal(dossier_id, actor=actor)
        refuse_proposal_to_grant(dossier)
        refuse_when_unsealed()
        computed = compute(dossier, on=local_day(at))
        computed_amount = total(computed)
        wanted = computed_amount if amount is None else amount
        if wanted is not None and wanted < 0:
            raise Invalid("amount-negative", "Số tiền không thể âm. Xin nhập số đồng được hưởng.")
        is_about_money = any(one.is_money for one in computed)
        if wanted is not None and not is_about_money:
            raise Invalid("amount-unasked", "Thủ tục này không có khoản tiền nào. Xin để trống số tiền.")
        if wanted is None and is_about_money:
            raise Invalid(
                "amount-missing",
                "Máy chưa tính được số tiền của hồ sơ này. Xin nhập số tiền và ghi lý do, kèm cách tính.",
            )
        if wanted != computed_amount and not override_reason.strip():
            raise Invalid(
                "override-needs-reason",
                "Số tiền khác số máy tính ra nhưng chưa có lý do. Xin ghi lý do, hoặc giữ số máy tính.",
            )
        decision = Decision.objects.create(
            dossier=dossier,
            kind="grant",
            amount=wanted,
            computed_amount=computed_amount,
            override_reason=override_reason.strip() if wanted != computed_amount else "",
            outcomes=[one.to_json() for one in computed],
            note=note.strip(),
            proposed_by_id=actor.officer_id,
            proposed_at=at,
        )
        _forward(dossier, actor=actor, event="proposed", at=at, kind="grant", amount=wanted)
    return decision


def propose_refusal(
    dossier_id: UUID, *, actor: OfficerActor, reasons: Sequence[RefusalReason], note: str, at: datetime
) -> Decision:
    """Propose to refuse: every reason is coded and explained. From intake it goes straight to control."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = refuse_others(dossier, actor=actor)
        stage = stage_of(dossier)
        dossier.state = move("refuse_at_intake" if stage.kind == "intake" else "propose", dossier, stage=stage)
        return _refusal(dossier, actor=actor, reasons=reasons, note=note, at=at)


def refuse_unanswered(
    dossier_id: UUID, *, actor: OfficerActor, reasons: Sequence[RefusalReason], note: str, at: datetime
) -> Decision:
    """Propose to refuse what the applicant did not put right in time: the request ends, the clock goes on.

    Raises Conflict while there is time, and when the answer has come; Invalid without a note where papers came by post
    since, for these do not end the request by themselves.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = refuse_others(dossier, actor=actor)
        dossier.state = move("refuse_unanswered", dossier, stage=stage_of(dossier))
        refuse_while_answerable(dossier, on=local_day(at))
        _refuse_unread_post(dossier, note)
        decision = _refusal(dossier, actor=actor, reasons=reasons, note=note, at=at)
        dossier.supplement_requests.filter(answered_at__isnull=True).update(answered_at=at)  # it has ended
        set_due(dossier)
        dossier.save(update_fields=["due_on", "results_due"])
    return decision


def refuse_while_answerable(dossier: Dossier, *, on: date) -> None:
    """Raise Conflict while the applicant has time to answer the open request."""
    asked = dossier.supplement_requests.filter(answered_at__isnull=True).first()
    if asked is None or on <= asked.answer_by:
        raise Conflict(
            "answer-still-possible",
            "Người nộp còn đến hết ngày {day} để bổ sung nên chưa từ chối được. Xin đợi qua ngày đó.",
            day=date_vi(asked.answer_by) if asked else "",
        )


def _refuse_unread_post(dossier: Dossier, note: str) -> None:
    asked = dossier.supplement_requests.filter(answered_at__isnull=True).get()
    came = dossier.incoming_items.filter(received_on__gte=local_day(asked.asked_at)).order_by("received_on").last()
    if came is not None and not note.strip():
        raise Invalid(
            "post-came-since",
            "Sau khi yêu cầu bổ sung, bưu điện đã chuyển giấy của hồ sơ này ngày {day}. Xin xem các bản quét; nếu vẫn "
            "thiếu, xin ghi thiếu gì vào ý kiến thẩm định.",
            day=date_vi(came.received_on),
        )


def is_unanswered(dossier: Dossier, *, on: date) -> bool:
    """Whether the applicant was asked and let the last day pass."""
    return (
        dossier.state == State.WAITING_FOR_APPLICANT
        and dossier.supplement_requests.filter(answered_at__isnull=True, answer_by__lt=on).exists()
    )


def control(dossier_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Decision:
    """The head agrees and puts the decision forward for signature. Nobody controls an own proposal."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, decision, actor = _decision_in_hand(dossier_id, actor=actor)
        refuse_when_unsealed()
        dossier.state = move("control", dossier, stage=stage_of(dossier))
        if decision.proposed_by_id == actor.officer_id:
            raise NotAllowed(
                "own-proposal", "Ông/bà là người đề xuất nên không tự kiểm soát được. Xin chuyển người khác."
            )
        decision.state = DecisionState.CONTROLLED
        decision.controlled_by_id = actor.officer_id
        decision.controlled_at = at
        following = next_stage(dossier)
        if following.kind == "applicant_sign":
            following = _to_the_applicant(dossier, decision, following, actor=actor, at=at)
        decision.save()
        dossier.stage, dossier.last_event_at = following.key, at
        dossier.stage_role = WATCHES_THE_APPLICANT if following.kind == "applicant_sign" else following.role
        dossier.save()
        record(dossier, "controlled", actor=actor, at=at, public=False, note=note.strip()[:500])
    return decision


def send_back(dossier_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Dossier:
    """Head or leader returns the draft to the specialist with what to change. The clock goes on."""
    if not note.strip():
        raise Invalid("send-back-needs-note", "Chưa ghi cần sửa gì. Xin viết một câu cho chuyên viên.")
    with transaction.atomic(), acting_as(actor.label):
        dossier, decision, actor = _decision_in_hand(dossier_id, actor=actor)
        dossier.state = move("send_back", dossier, stage=stage_of(dossier))
        take_back(decision)
        to_the_specialist(dossier, decision, note=note.strip(), at=at)
        record(dossier, "sent_back", actor=actor, at=at, public=False, note=note.strip()[:500])
    return dossier


def open_decision(dossier: Dossier) -> Decision | None:
    """The decision on its way to the signature, if any."""
    return dossier.decisions.filter(state__in=[DecisionState.PROPOSED, DecisionState.CONTROLLED]).first()


def _refusal(
    dossier: Dossier, *, actor: OfficerActor, reasons: Sequence[RefusalReason], note: str, at: datetime
) -> Decision:
    _refuse_unexplained(dossier, reasons, on=local_day(at))
    decision = Decision.objects.create(
        dossier=dossier,
        kind="refuse",
        reasons=[
            {
                "code": given.code,
                "name_vi": reason(given.code).name_vi,
                "clause_vi": reason(given.code).clause_vi,
                "explanation": given.explanation.strip(),
                "target_kind": given.pin.kind,
                "target": given.pin.target,
            }
            for given in reasons
        ],
        note=note.strip(),
        proposed_by_id=actor.officer_id,
        proposed_at=at,
    )
    _forward(dossier, actor=actor, event="proposed", at=at, kind="refuse")
    return decision


def _to_the_applicant(
    dossier: Dossier, decision: Decision, following: Stage, *, actor: OfficerActor, at: datetime
) -> Stage:
    """The stage after control: the applicant's signature on what is granted, else the leader's. The paper is numbered
    now, because the number is part of what both sign.
    """
    if decision.kind != "grant":
        leader = stage_of_kind(dossier, "sign")
        assert leader is not None
        return leader
    decision.number = number_of(dossier, decision)
    refuse_impossible(dossier, decision, actor=actor, at=at)  # rather now than when the applicant has signed
    defer(OFFER_PAPER, dossier_id=str(dossier.pk))
    return following


def _open_for_proposal(dossier_id: UUID, *, actor: OfficerActor) -> tuple[Dossier, OfficerActor]:
    dossier = the_dossier(dossier_id, viewer=actor, lock=True)
    acting = refuse_others(dossier, actor=actor)
    dossier.state = move("propose", dossier, stage=stage_of(dossier))
    return dossier, acting


def _decision_in_hand(dossier_id: UUID, *, actor: OfficerActor) -> tuple[Dossier, Decision, OfficerActor]:
    dossier = the_dossier(dossier_id, viewer=actor, lock=True)
    acting = refuse_others(dossier, actor=actor)
    decision = open_decision(dossier)
    if decision is None:
        raise Conflict("no-open-decision", "Hồ sơ chưa có dự thảo quyết định. Xin tải lại trang.")
    return dossier, decision, acting


def _forward(dossier: Dossier, *, actor: OfficerActor, event: str, at: datetime, **facts: object) -> None:
    following = stage_of_kind(dossier, "control") or stage_of_kind(dossier, "sign")
    assert following is not None
    if dossier.accepted_at is None:
        dossier.accepted_at = at
        set_due(dossier)
    dossier.stage, dossier.stage_role, dossier.last_event_at = following.key, following.role, at
    dossier.save()
    record(dossier, event, actor=actor, at=at, public=False, **facts)
    publish(DossierMoved(dossier.pk, "proposed", at))


def _refuse_unexplained(dossier: Dossier, reasons: Sequence[RefusalReason], *, on: date) -> None:
    if not reasons:
        raise Invalid(
            "refusal-needs-reason", "Chưa chọn lý do từ chối. Xin chọn lý do và giải thích để người nộp hiểu."
        )
    for given in reasons:
        if reason(given.code, on=on).use != "refusal":
            raise Invalid("reason-unknown", "Lý do này dùng để yêu cầu bổ sung, không dùng để từ chối. Xin chọn lại.")
        if not given.explanation.strip():
            raise Invalid("refusal-unexplained", "Chưa giải thích lý do. Xin viết vì sao và người nộp có thể làm gì.")
        if not given.pin.target:
            raise Invalid(
                "refusal-unpinned",
                "Chưa ghim lý do vào mục nào của hồ sơ. Xin chọn mục khai, dòng hoặc giấy tờ mà lý do nói đến.",
            )
        refuse_unknown(dossier, given.pin, mendable=False)


def open_and_sent_back(dossier: Dossier) -> tuple[Decision | None, Decision | None]:
    """`open_decision`, and the draft that was returned and not proposed again yet, with the note what to change."""
    drawn = list(dossier.decisions.order_by("-proposed_at"))
    on_its_way = next((one for one in drawn if one.state in {DecisionState.PROPOSED, DecisionState.CONTROLLED}), None)
    return on_its_way, next((one for one in drawn[:1] if one.state == DecisionState.SENT_BACK), None)
