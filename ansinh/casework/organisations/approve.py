"""Approve what an organisation asked: by a delegate of its office, or by the dated rule (R-080, R-054)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import RegistrationCheck
from ansinh.casework.organisations.effects import Reasons, reasons_against, take_effect
from ansinh.casework.organisations.matter import effect_of, lacks_papers, needs_comparison, signed_by
from ansinh.casework.registration import check_of
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.people.actors import Actor, OfficerActor, System
from ansinh.people.models import Delegation
from ansinh.people.officers.delegations import ORGANISATIONS, delegation_to_approve
from ansinh.people.organisations.rules import approved_by_signature
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

APPROVE_BY_RULE = "casework.approve_by_rule"
"""Name of the job that approves by the dated rule."""
OPEN = (State.SUBMITTED, State.IN_PROGRESS)


def the_matter(dossier_id: UUID, *, actor: OfficerActor, lock: bool = False) -> Dossier:
    """Such a dossier at the actor's office. Raises NotFound."""
    found = the_dossier(dossier_id, viewer=actor, lock=lock)
    if not effect_of(found):
        raise NotFound("matter-not-found", "Hồ sơ này không phải hồ sơ đăng ký của tổ chức. Xin mở trang hồ sơ.")
    return found


def keep_comparison(dossier_id: UUID, *, actor: OfficerActor, papers_match: bool, signed: bool, at: datetime) -> None:
    """Keep what was compared with the papers the organisation brought. Raises Conflict when it is closed."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = _open_matter(dossier_id, actor=actor)
        RegistrationCheck.objects.update_or_create(
            dossier=dossier,
            defaults={
                "office_code": dossier.office_code,
                "identity_matches": papers_match,
                "declaration_signed": signed,
                "verified_by_id": actor.officer_id,
                "verified_at": at,
            },
        )
        record(dossier, "organisation_compared", actor=actor, at=at, papers_match=papers_match, signed=signed)


def blockers(dossier: Dossier, *, actor: OfficerActor, on: date) -> Reasons:
    """Why this officer cannot approve now; empty when approval is open (R-063, R-078)."""
    found: Reasons = []
    if lacks_papers(dossier):
        found.append(("papers-missing", "Còn thiếu giấy tờ. Xin yêu cầu bổ sung."))
    check = check_of(dossier) if needs_comparison(dossier) else None
    if needs_comparison(dossier) and not (check and check.identity_matches and check.declaration_signed):
        found.append(("papers-not-compared", "Chưa đối chiếu giấy tờ của tổ chức và lấy chữ ký trên tờ khai."))
    found += reasons_against(dossier, on=on)
    delegation = _delegation(dossier, actor=actor, on=on)
    if delegation is None:
        found.append(("no-delegation", "Ông/bà chưa được giám đốc giao phê duyệt đăng ký. Xin chuyển người được giao."))
    elif delegation.four_eyes and check is not None and check.verified_by_id == actor.officer_id:
        found.append(("four-eyes", "Người đối chiếu không được tự phê duyệt theo văn bản giao quyền."))
    return found


def approve(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> Dossier:
    """Approve it; it takes effect at once. Raises Conflict with the first reason against it."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = _open_matter(dossier_id, actor=actor)
        refuse_when_unsealed()
        for code, sentence in blockers(dossier, actor=actor, on=local_day(at)):
            raise Conflict(code, sentence)
        delegation = _delegation(dossier, actor=actor, on=local_day(at))
        assert delegation is not None
        if needs_comparison(dossier):
            RegistrationCheck.objects.filter(dossier=dossier).update(
                approved_by_id=actor.officer_id, approved_at=at, delegation=delegation
            )
        _finish(dossier, actor=actor, at=at, delegation=delegation.document_number)
    return dossier


def approve_by_rule(dossier_id: UUID, *, at: datetime) -> bool:
    """Approve what the organisation's own certificate signed, where the rule of the day says that is enough.

    Left to an officer: anything with a paper to look at, and whatever a register speaks against.
    """
    system = System()
    with transaction.atomic(), acting_as(system.label):
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        if dossier.state != State.SUBMITTED or not _rule_applies(dossier, on=local_day(at)):
            return False
        refuse_when_unsealed()
        _finish(dossier, actor=system, at=at)
    return True


def refuse_proposal_to_grant(dossier: Dossier) -> None:
    """Raise Conflict: these are approved here, not proposed, controlled and signed like a benefit."""
    if effect_of(dossier):
        raise Conflict(
            "approved-by-delegation", "Hồ sơ này do người được giao phê duyệt. Xin mở trang phê duyệt của hồ sơ."
        )


def _rule_applies(dossier: Dossier, *, on: date) -> bool:
    if not effect_of(dossier) or not approved_by_signature(dossier.procedure, on=on):
        return False
    signature = signed_by(dossier)
    if signature is None or not signature.tax_code or dossier.papers.exists() or lacks_papers(dossier):
        return False
    return not reasons_against(dossier, on=on)


def _open_matter(dossier_id: UUID, *, actor: OfficerActor) -> Dossier:
    dossier = the_matter(dossier_id, actor=actor, lock=True)
    if dossier.state not in OPEN:
        raise Conflict("matter-closed", "Hồ sơ này đang chờ người nộp hoặc đã xử lý xong. Xin tải lại trang.")
    return dossier


def _finish(dossier: Dossier, *, actor: Actor, at: datetime, delegation: str = "") -> None:
    take_effect(dossier, actor=actor, at=at)
    dossier.state = State.GRANTED
    dossier.stage_role = ""
    dossier.accepted_at = dossier.accepted_at or at
    dossier.was_late = dossier.due_on is not None and local_day(at) > dossier.due_on
    dossier.due_on = None
    dossier.closed_at = dossier.last_event_at = at
    dossier.save()
    record(dossier, "organisation_approved", actor=actor, at=at, delegation=delegation)
    publish(DossierMoved(dossier.pk, "organisation_approved", at))


def _delegation(dossier: Dossier, *, actor: OfficerActor, on: date) -> Delegation | None:
    if dossier.office_code not in actor.office_codes:
        raise NotAllowed("not-your-office", "Ông/bà không được phân công ở cơ quan này hôm nay.")
    return delegation_to_approve(actor.officer_id, office_code=dossier.office_code, procedure=ORGANISATIONS, on=on)
