"""File a draft: one transaction gives the number, keeps papers and evidence, and queues what follows.

A double click, a retry and a lost answer give the same dossier: the outcome is kept by (actor, key), and a replay
writes too, so that its own commit waits for the standby.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.dossiers import submission_sql
from ansinh.dossiers.access import draft_not_found, refuse_without
from ansinh.dossiers.completeness import completeness_of, content_digest
from ansinh.dossiers.confirm import refuse_gaps
from ansinh.dossiers.confirming import confirming, refuse_unsigned
from ansinh.dossiers.happened import DossierSubmitted
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, Draft, State
from ansinh.dossiers.named_worker import refuse_strangers
from ansinh.dossiers.on_behalf import record_who
from ansinh.dossiers.requirements import originals_awaited
from ansinh.dossiers.submission_sql import FiledPaper
from ansinh.eforms.canonical import canonical, canonical_asked
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen, OfficerActor, Right
from ansinh.people.contacts import masked
from ansinh.people.one_time_codes import CodeRefused, count_wrong_try, use
from ansinh.people.organisations.certificates import Used, remember
from ansinh.platform.errors import Conflict
from ansinh.platform.events import publish
from ansinh.platform.identifiers import uuid7
from ansinh.platform.round_trips import sent_ahead
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.signing.evidence import record as record_evidence
from ansinh.signing.models import Channel, Way
from ansinh.signing.offers.accept import SignedDocument, use_signed_by_hand
from ansinh.signing.offers.accept import use as use_signed
from ansinh.signing.offers.make import the_offer


@dataclass(frozen=True)
class Confirmation:
    """The code a person typed, and where."""

    code_id: UUID
    typed: str
    session_key: str
    device: str


@dataclass(frozen=True)
class SignedConfirmation:
    """A document of the draft that came back signed (ansinh.signing.offers), and how."""

    document: SignedDocument
    way: Way
    device: str


@dataclass(frozen=True)
class HandSigned:
    """The printed page that the person signed by hand before an officer, or the form sent by post, and its scan."""

    offer_id: UUID
    scan_sha256: str
    scan_size: int
    witness: OfficerActor
    office_code: str
    confirmed_by: str = "hand"


@dataclass(frozen=True)
class Content:
    """What is filed: canonical answers and papers under a frozen version, and the digest that was confirmed."""

    draft_id: UUID
    version_id: UUID
    folder: ProcedureFolder
    answers: dict[str, Any]
    papers: tuple[FiledPaper, ...]
    digest: str


@dataclass(frozen=True)
class Submitted:
    """The dossier that a submission made, or had made before (`replayed`)."""

    dossier_id: UUID
    number: str
    replayed: bool


class NotConfirmed(Exception):
    """The typed code did not confirm this content: undo the transaction, then count the try."""


def submit(
    *,
    draft_id: UUID,
    actor: Citizen,
    confirmation: Confirmation | SignedConfirmation | HandSigned,
    idempotency_key: str,
    channel: str,
    at: datetime,
    typed_by: OfficerActor | None = None,
) -> Submitted:
    """File the draft and answer its number; `typed_by` is the officer who typed it for the person (R-193).

    Raises Invalid (gaps, `worker-of-another-employer`, `draft-changed`, `offer-expired`), CodeRefused, NotAllowed (may
    not sign), NotFound, Conflict (key reused, `offer-used`).
    """
    refuse_without(Right.SIGN, actor=actor)
    content: Content | None = None
    try:
        with transaction.atomic():
            dossier_id = uuid7()
            with sent_ahead():
                opened = submission_sql.open_submission(
                    actor=actor,
                    key=idempotency_key,
                    request=_request_digest(draft_id),
                    draft_id=draft_id,
                    dossier_id=dossier_id,
                    at=at,
                )
                if opened.replayed:
                    return _the_same_again(opened)
                content = _complete(opened, draft_id=draft_id, actor=actor, on=local_day(at))
                evidence_id = _evidence(confirmation, content, actor=actor, at=at)
                signed = isinstance(confirmation, SignedConfirmation)
                number = _written(
                    content, dossier_id=dossier_id, actor=actor, evidence_id=evidence_id, channel=channel,
                    signed=signed, at=at,
                )  # fmt: skip
            publish(DossierSubmitted(dossier_id=dossier_id, version_id=content.version_id, at=at))
            if typed_by is not None:
                _record_typist(dossier_id, confirmation, typed_by=typed_by, at=at)
            record_who(dossier_id, actor=actor, at=at)
    except NotConfirmed:
        assert isinstance(confirmation, Confirmation) and content is not None
        refuse_code(confirmation, purpose="transaction", bound_digest=content.digest, at=at)
    return Submitted(dossier_id, number, replayed=False)


def _complete(opened: submission_sql.Opened, *, draft_id: UUID, actor: Citizen, on: date) -> Content:
    """What the locked draft says, if it can be filed by this actor as it is."""
    draft = opened.draft
    if draft is None:
        raise draft_not_found()
    state = completeness_of(draft, today=on)
    refuse_without(Right.SIGN, actor=actor, procedure=state.folder.slug)
    refuse_strangers(draft.version_id, draft.answers, owner_id=actor.owner_id)
    refuse_gaps(state.gaps)
    assert state.folder.form is not None
    answers = canonical_asked(state.folder.form, state.asked)
    digest = content_digest(answers, draft.papers)
    return Content(draft_id, draft.version_id, state.folder, answers, opened.papers, digest)


def _record_typist(
    dossier_id: UUID,
    confirmation: Confirmation | SignedConfirmation | HandSigned,
    *,
    typed_by: OfficerActor,
    at: datetime,
) -> None:
    """The history says who typed for the person, and how the person confirmed it."""
    by = confirmation.confirmed_by if isinstance(confirmation, HandSigned) else "code"
    filed = Dossier.objects.get(pk=dossier_id)
    record(filed, "typed_at_counter", actor=typed_by, at=at, confirmed=by, person=filed.applicant_name)


def _evidence(
    confirmation: Confirmation | SignedConfirmation | HandSigned, content: Content, *, actor: Citizen, at: datetime
) -> UUID:
    """Use the code or the signed document up for this digest; answers the evidence's id."""
    folder, answers, digest = content.folder, content.answers, content.digest
    if isinstance(confirmation, Confirmation):
        refuse_unsigned(folder, answers, actor=actor, on=local_day(at))
        return confirm(
            confirmation, purpose="transaction", digest=digest, folder=folder, account_id=actor.account_id, at=at
        )
    if isinstance(confirmation, HandSigned):
        refuse_unsigned(folder, answers, actor=actor, on=local_day(at))
        return use_signed_by_hand(
            the_offer(confirmation.offer_id, account_id=actor.account_id, subject=content.draft_id),
            digest=digest,
            text_shown=folder.procedure.name_vi,
            scan=(confirmation.scan_sha256, confirmation.scan_size),
            witness={
                "officer": confirmation.witness.label,
                "name": confirmation.witness.name,
                "title": confirmation.witness.title,
                "office": confirmation.office_code,
            },
            at=at,
        ).pk
    organisation_id = confirming(folder, answers, actor=actor, on=local_day(at)).organisation_id
    if organisation_id is not None:
        remember_certificate(confirmation.document, organisation_id=organisation_id, actor=actor, at=at)
    return use_signed(
        confirmation.document,
        digest=digest,
        text_shown=folder.procedure.name_vi,
        way=confirmation.way,
        device=confirmation.device,
        at=at,
    ).pk


def remember_certificate(document: SignedDocument, *, organisation_id: UUID, actor: Citizen, at: datetime) -> None:
    """The organisation knows which certificates signed for it; one it withdrew is refused."""
    signer, facts = document.report.signer, document.report.certificate
    if signer is None or facts is None or signer.uid_kind != "MST":
        return
    used = Used(facts.sha256, facts.serial, facts.issuer, facts.valid_from, facts.valid_to)
    remember(organisation_id, used, actor=actor, at=at)


def confirm(
    confirmation: Confirmation,
    *,
    purpose: str,
    digest: str,
    folder: ProcedureFolder,
    account_id: UUID,
    at: datetime,
    contacts: frozenset[str] = frozenset(),
) -> UUID:
    """Use the code up in the caller's transaction and keep the evidence (R-053, R-108); answers the evidence's id.

    With `contacts` the code must have gone to one of them (CodeRefused, `code-other-content`).
    """
    code = use(
        code_id=confirmation.code_id,
        session_key=confirmation.session_key,
        purpose=purpose,
        typed=confirmation.typed,
        bound_digest=digest if purpose == "transaction" else "",
        at=at,
    )
    if code is None:
        raise NotConfirmed
    if contacts and code.recipient not in contacts:
        raise CodeRefused("code-other-content")
    return record_evidence(
        digest=digest,
        text_shown=folder.procedure.name_vi,
        channel=Channel(code.channel),
        recipient_masked=masked(code.recipient),
        code_issued_at=code.issued_at,
        confirmed_at=at,
        device=confirmation.device,
        account_id=account_id,
    ).pk


def refuse_code(confirmation: Confirmation, *, purpose: str, bound_digest: str, at: datetime) -> NoReturn:
    """Count the try outside the undone transaction and raise CodeRefused."""
    count_wrong_try(
        code_id=confirmation.code_id,
        session_key=confirmation.session_key,
        purpose=purpose,
        typed=confirmation.typed,
        bound_digest=bound_digest,
        at=at,
    )
    raise CodeRefused("code-expired")


def file_draft(
    draft: Draft,
    *,
    dossier_id: UUID,
    folder: ProcedureFolder,
    actor: Citizen,
    digest: str,
    evidence_id: UUID | None,
    channel: str,
    at: datetime,
) -> str:
    """Write the dossier of a complete, confirmed draft in the caller's transaction; answers its number."""
    assert folder.form is not None
    answers = canonical(folder.form, draft.answers)
    with as_the_house():  # who registers has no account yet that sees them
        papers = submission_sql.papers_of(draft.pk)
    content = Content(draft.pk, draft.version_id, folder, answers, papers, digest)
    number = _written(content, dossier_id=dossier_id, actor=actor, evidence_id=evidence_id, channel=channel, at=at)
    publish(DossierSubmitted(dossier_id=dossier_id, version_id=content.version_id, at=at))
    return number


def _written(
    content: Content,
    *,
    dossier_id: UUID,
    actor: Citizen,
    evidence_id: UUID | None,
    channel: str,
    at: datetime,
    signed: bool = False,
) -> str:
    """Write the dossier of this content in the caller's transaction, which publishes it; answers its number.

    `signed`: the applicant signed it digitally, so that no original signed by hand is awaited.
    """
    folder, answers = content.folder, content.answers
    office_code = str(answers.get("receiving_office") or answers.get("chosen_office") or "")
    waits = bool(originals_awaited(folder, answers, signed=signed))
    intake = next(stage for stage in folder.stages if stage.kind == "intake")
    applicant = answers.get("submitter") or {}
    name = applicant_name(answers, actor=actor)
    return submission_sql.insert(
        submission_sql.NewDossier(
            id=dossier_id,
            draft_id=content.draft_id,
            version_id=content.version_id,
            procedure=folder.slug,
            office_code=office_code,
            account_id=actor.account_id,
            owner_id=actor.owner_id,
            actor=actor.label,
            actor_name=actor.name if actor.behalf else name,
            on_behalf_of=actor.behalf.name if actor.behalf else "",
            applicant_name=name,
            applicant_key=search_key(name),
            applicant_born=str(applicant.get("date_of_birth") or answers.get("date_of_birth") or ""),
            si_number=str(answers.get("si_number") or ""),
            phone=str(answers.get("phone") or ""),
            email=str(answers.get("email") or ""),
            answers=answers,
            digest=content.digest,
            evidence_id=evidence_id,
            channel=channel,
            state=State.WAITING_FOR_ORIGINALS if waits else State.SUBMITTED,
            stage=intake.key,
            stage_role=intake.role,
            urgent=answers.get("urgent") == "yes" or answers.get("under_treatment") == "yes",
            at=at,
        ),
        content.papers,
    )


def applicant_name(answers: Mapping[str, Any], *, actor: Citizen) -> str:
    """Who asks: the organisation acted for, else as the declaration names them."""
    if actor.behalf is not None and actor.behalf.kind == "organisation":
        return actor.behalf.name[:100]
    applicant = answers.get("submitter") or {}
    named = applicant.get("full_name") or answers.get("full_name") or answers.get("organisation")
    return str(named or actor.name)[:100]


def _the_same_again(claim: submission_sql.Opened) -> Submitted:
    if not claim.same_request:
        raise Conflict(
            "idempotency-key-reused",
            "Mã chống gửi trùng này đã dùng cho một hồ sơ khác. Xin tải lại trang rồi nộp lại.",
        )
    number = Dossier.objects.values_list("number", flat=True).get(pk=claim.dossier_id)
    return Submitted(claim.dossier_id, number, replayed=True)


def _request_digest(draft_id: UUID) -> str:
    return sha256(f"submit {draft_id}".encode()).hexdigest()
