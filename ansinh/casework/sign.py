"""The leader's approval: the letter is made, signed and given, and the dossier closed, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.happened import DossierMoved
from ansinh.casework.letter import decision_data
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.propose import open_decision
from ansinh.casework.statement import Statement, result_statement, seal_what_waits
from ansinh.casework.transitions import move
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render, render_source
from ansinh.dossiers.history import record
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.signing.authority import ensure_signer
from ansinh.signing.pdf import sign_pdf

WHAT_NEXT = (
    "Nộp hồ sơ mới khi đã có đủ điều kiện hoặc giấy tờ; hồ sơ cũ không làm mất quyền nộp lại.",
    "Khiếu nại đến chính cơ quan đã ra văn bản này theo Luật Khiếu nại, hoặc khởi kiện tại Tòa án.",
)


def sign(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> IssuedDocument:
    """Sign the controlled decision and close the dossier as granted or refused. Raises Conflict, NotAllowed."""
    refuse_when_unsealed()  # before sealing: a log that stood still for hours is first looked at by people
    seal_what_waits(at=at)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_others(dossier, actor=actor)
        decision = open_decision(dossier)
        if decision is None:
            raise Conflict("no-open-decision", "Hồ sơ chưa có dự thảo quyết định. Xin tải lại trang.")
        if actor.officer_id in (decision.proposed_by_id, decision.controlled_by_id):
            raise NotAllowed("own-proposal", "Ông/bà đã đề xuất hoặc kiểm soát hồ sơ này nên không tự ký được.")
        state = move("grant" if decision.kind == "grant" else "refuse", dossier, stage=stage_of(dossier))
        decision.number = decision.number or f"{dossier.number.split('/')[0]}/{_symbol(decision)}"
        decision.state = DecisionState.SIGNED
        decision.signed_by_id = actor.officer_id
        decision.signed_at = at
        decision.save()
        issued = _issue(dossier, decision, actor=actor, at=at)
        dossier.state = state
        dossier.stage_role = ""
        dossier.was_late = dossier.due_on is not None and local_day(at) > dossier.due_on
        dossier.due_on = None
        dossier.closed_at = dossier.last_event_at = at
        dossier.save()
        record(
            dossier,
            "granted" if state == State.GRANTED else "refused",
            actor=actor,
            at=at,
            number=decision.number,
            amount=decision.amount,
        )
        publish(DossierMoved(dossier.pk, "result_ready" if state == State.GRANTED else "refused", at))
    return issued


def preview(dossier: Dossier, decision: Decision, *, at: datetime) -> bytes:
    """The letter as it would be signed, marked as a draft: PDF bytes."""
    return _letter(dossier, decision, data=decision_data(dossier, decision, signer=None, capacity="", at=at), at=at)


def _issue(dossier: Dossier, decision: Decision, *, actor: OfficerActor, at: datetime) -> IssuedDocument:
    post = next(one for one in actor.posts if one.office_code == dossier.office_code and one.role == dossier.stage_role)
    stated = result_statement(dossier, granted=decision.kind == "grant", number=decision.number, at=at)
    data = {**decision_data(dossier, decision, signer=actor, capacity=post.capacity, at=at), **stated.printed}
    key_name = f"officer-{actor.officer_id}"
    ensure_signer(key_name=key_name, full_name=actor.name, organisation=office(dossier.office_code).name_vi, at=at)
    signed = sign_pdf(
        _letter(dossier, decision, data=data, stated=stated, at=at),
        key_name=key_name,
        signer_name=actor.name,
        capacity=", ".join(part for part in (post.capacity, actor.title_vi) if part),
        reason=f"Giải quyết hồ sơ {dossier.number}",
        at=at,
    )
    return issue_document(
        dossier,
        signed,
        kind="decision" if decision.kind == "grant" else "refusal",
        title=f"Kết quả giải quyết: {frozen(dossier.version_id).procedure.short_name_vi}"
        if decision.kind == "grant"
        else "Thông báo không giải quyết hồ sơ",
        number=decision.number,
        signed_by=f"{actor.title_vi} {actor.name}",
        document_id=stated.document_id,
        at=at,
    )


def _letter(
    dossier: Dossier, decision: Decision, *, data: dict[str, Any], at: datetime, stated: Statement | None = None
) -> bytes:
    content = stated.content if stated else None
    if decision.kind == "refuse":
        reasons = [
            {"text": f"{one['name_vi']}. {one['explanation']}", "article": one["clause_vi"], "code": one["code"]}
            for one in decision.reasons
        ]
        return render(
            "refusal", data={**data, "reasons": reasons, "what_next": list(WHAT_NEXT)}, at=at, statement=content
        )
    folder = frozen(dossier.version_id)
    assert folder.decision_template is not None
    return render_source(
        folder.decision_template, name=f"{folder.slug}/decision.typ", data=data, at=at, statement=content
    )


def _symbol(decision: Decision) -> str:
    return "QĐ-BHXH" if decision.kind == "grant" else "TB-BHXH"
