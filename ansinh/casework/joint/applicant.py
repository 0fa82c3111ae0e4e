"""The applicant's side of a paper for two signatures: read it, sign it with the own certificate, or say why not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import stage_of
from ansinh.casework.joint.offer import standing_paper
from ansinh.casework.models_joint import JointPaper, JointState
from ansinh.casework.specialist import to_the_specialist
from ansinh.casework.transitions import move, next_stage
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without
from ansinh.dossiers.access import the_dossier as the_own_dossier
from ansinh.dossiers.confirming import confirming
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.submit import remember_certificate
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.storage import open_file
from ansinh.platform.zone import local_day
from ansinh.signing.models import Format, SigningOffer, Way
from ansinh.signing.offers.accept import SignatureRefused, SignedDocument, accept, use
from ansinh.signing.offers.make import make_offer, standing_offer, the_offer
from ansinh.signing.report import ExpectedSigner


def paper_to_sign(dossier_id: UUID, *, actor: Citizen) -> JointPaper:
    """The paper that waits for the applicant's signature. Raises NotFound (somebody else's), Conflict (none waits)."""
    dossier = the_own_dossier(dossier_id, actor=actor)
    paper = standing_paper(dossier)
    if dossier.state != State.IN_PROGRESS or paper is None or paper.state != JointState.OFFERED:
        raise _nothing_to_sign()
    return paper


def content_of(paper: JointPaper) -> bytes:
    """The paper as it was offered."""
    with open_file(paper.sha256) as file:
        return file.read()


def offer_to_sign(dossier_id: UUID, *, actor: Citizen, at: datetime) -> SigningOffer:
    """The paper as a document to sign, for 24 hours; the one offered before while it holds.

    Raises what `paper_to_sign` raises.
    """
    with transaction.atomic():
        paper = paper_to_sign(dossier_id, actor=actor)
        standing = standing_offer(
            account_id=actor.account_id, subject=paper.pk, digest=paper.sha256, document_format=Format.PDF, at=at
        )
        return standing or make_offer(
            content_of(paper), account_id=actor.account_id, subject=paper.pk, digest=paper.sha256,
            document_format=Format.PDF, at=at,
        )  # fmt: skip


def hand_in(
    dossier_id: UUID, *, actor: Citizen, offer_id: UUID, signed: bytes, way: Way, device: str, at: datetime
) -> Dossier:
    """Take the paper back with the organisation's signature and put it before the leader.

    Raises SignatureRefused, Invalid (`not-the-offered`, `offer-expired`, `certificate-withdrawn`), NotAllowed (may not
    sign), Conflict (taken back meanwhile, signed before).
    """
    refuse_without(Right.SIGN, actor=actor)
    paper = paper_to_sign(dossier_id, actor=actor)
    offer = the_offer(offer_id, account_id=actor.account_id, subject=paper.pk)
    document = _accepted(offer, signed, wanted=signers_of(paper, actor=actor, at=at), at=at)
    with transaction.atomic(), acting_as(actor.label):
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        held = standing_paper(dossier)
        if held is None or held.pk != paper.pk or held.state != JointState.OFFERED:
            raise _nothing_to_sign()
        dossier.state = move("applicant_signs", dossier, stage=stage_of(dossier))
        remember_certificate(document, organisation_id=dossier.owner_id, actor=actor, at=at)
        evidence = use(
            document, digest=held.sha256, text_shown=held.decision.number, way=way, device=device, at=at
        )  # fmt: skip
        held.state, held.signed_at, held.signed_by_id = JointState.SIGNED, at, actor.account_id
        held.signed_sha256, held.evidence_id = document.stored.sha256, evidence.pk
        held.signer = (document.report.signer.organisation or document.report.signer.common_name)[:200] if (
            document.report.signer
        ) else ""  # fmt: skip
        held.save()
        following = next_stage(dossier)
        dossier.stage, dossier.stage_role, dossier.last_event_at = following.key, following.role, at
        dossier.save(update_fields=["state", "stage", "stage_role", "last_event_at"])
        record(dossier, "paper_signed", actor=actor, at=at, number=held.decision.number, signer=held.signer)
    return dossier


def decline(dossier_id: UUID, *, actor: Citizen, why: str, at: datetime) -> Dossier:
    """The applicant does not agree with the text: it goes back to the specialist with the reason. Raises Invalid."""
    refuse_without(Right.SIGN, actor=actor)
    if not why.strip():
        raise Invalid("decline-needs-why", "Chưa ghi điều gì cần sửa. Xin viết một câu để cơ quan BHXH sửa văn bản.")
    with transaction.atomic(), acting_as(actor.label):
        paper = paper_to_sign(dossier_id, actor=actor)
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        dossier.state = move("applicant_declines", dossier, stage=stage_of(dossier))
        JointPaper.objects.filter(pk=paper.pk).update(state=JointState.TAKEN_BACK, declined_why=why.strip()[:2000])
        to_the_specialist(dossier, paper.decision, note=why.strip()[:2000], at=at)
        record(dossier, "paper_declined", actor=actor, at=at, why=why.strip()[:500])
    return dossier


def signers_of(paper: JointPaper, *, actor: Citizen, at: datetime) -> tuple[ExpectedSigner, ...]:
    """Whose certificates are taken: those that confirmed the dossier itself."""
    folder = frozen(paper.dossier.version_id)
    return confirming(folder, paper.dossier.answers, actor=actor, on=local_day(at)).signers


def _accepted(
    offer: SigningOffer, signed: bytes, *, wanted: tuple[ExpectedSigner, ...], at: datetime
) -> SignedDocument:  # fmt: skip
    first: SignatureRefused | None = None
    for signer in wanted:
        try:
            return accept(offer, signed, expected=signer, at=at)
        except SignatureRefused as refused:
            first = first or refused
    assert first is not None
    raise first


def _nothing_to_sign() -> Conflict:
    return Conflict(
        "nothing-to-sign",
        "Hồ sơ này hiện không có văn bản nào chờ ông/bà ký: có thể đã ký rồi, hoặc cơ quan BHXH đang sửa. "
        "Xin xem lại trang hồ sơ.",
    )
