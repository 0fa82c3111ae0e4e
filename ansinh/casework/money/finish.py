"""Finish a paid dossier by the rule of its procedure: the effects, the result under the portal's seal, the end.

Whatever cannot be done is left to the office, with the reason in the history.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.clock import set_due
from ansinh.casework.compute import compute
from ansinh.casework.effects.take_effect import take_effect
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.money.waiting import leave_to_office, open_order
from ansinh.casework.signed_letter import draft_letter
from ansinh.casework.statement import Statement, result_statement, seal_what_waits
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.history import record
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, State
from ansinh.payments.models import Order, OrderState
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError, NotNow
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.signing.authority import PORTAL
from ansinh.signing.pdf import sign_pdf

TITLE = "Hệ thống, theo quy tắc của thủ tục"


def finish_paid(dossier_id: UUID, *, at: datetime) -> bool:
    """Grant what was paid for; False when the office goes on with it. Raises Conflict while the log is not sealed."""
    seal_what_waits(at=at)
    system = System()
    with transaction.atomic(), acting_as(system.label):
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        order, payment = open_order(dossier), frozen(dossier.version_id).procedure.payment
        if payment is None or payment.then != "done" or dossier.state != State.SUBMITTED:
            return False
        if order is None or order.state != OrderState.PAID:
            return False
        refuse_when_unsealed()
        try:
            with transaction.atomic():
                _grant(dossier, order, at=at)
        except NotNow:
            raise
        except DomainError as refused:
            dossier.refresh_from_db()
            leave_to_office(dossier, refused, at=at)
            return False
    return True


def _grant(dossier: Dossier, order: Order, *, at: datetime) -> None:
    system = System()
    decision = Decision.objects.create(
        dossier=dossier,
        kind="grant",
        state=DecisionState.SIGNED,
        by_rule=True,
        amount=order.amount,
        computed_amount=order.amount,
        outcomes=[one.to_json() for one in compute(dossier, on=local_day(at))],
        number=f"{dossier.number.split('/')[0]}/XN-BHXH",
        proposed_at=at,
        signed_at=at,
        signed_title=TITLE,
    )
    dossier.accepted_at = dossier.accepted_at or at
    set_due(dossier)
    take_effect(dossier, decision, actor=system, at=at)
    stated = result_statement(dossier, granted=True, number=decision.number, at=at)
    issue_document(
        dossier,
        _letter(dossier, decision, stated, at=at),
        kind="decision",
        title=f"Kết quả giải quyết: {frozen(dossier.version_id).procedure.short_name_vi}",
        number=decision.number,
        signed_by=system.name,
        document_id=stated.document_id,
        at=at,
    )
    dossier.state, dossier.stage_role, dossier.due_on = State.GRANTED, "", None
    dossier.closed_at = dossier.last_event_at = at
    dossier.save()
    record(dossier, "granted", actor=system, at=at, number=decision.number, amount=decision.amount)
    publish(DossierMoved(dossier.pk, "result_ready", at))


def _letter(dossier: Dossier, decision: Decision, stated: Statement, *, at: datetime) -> bytes:
    return sign_pdf(
        draft_letter(dossier, decision, stated=stated, at=at),
        key_name=PORTAL,
        signer_name="Cổng giao dịch điện tử An Sinh",
        capacity="",
        reason=f"Giải quyết hồ sơ {dossier.number}",
        at=at,
        stamper=None,
    )
