"""Confirm a draft with a signed document instead of a code (R-054, R-084): offer it, take it back signed, file it.

Uploaded, signed at a remote service or with a token: each way ends in `submit_signed`.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import Holder, draft_not_found, the_draft
from ansinh.dossiers.completeness import DraftContent, completeness, content_digest
from ansinh.dossiers.confirm import refuse_gaps
from ansinh.dossiers.confirming import Confirming, confirming
from ansinh.dossiers.models import Draft
from ansinh.dossiers.named_worker import refuse_strangers
from ansinh.dossiers.offered_pdf import offered_pdf, printed_pdf
from ansinh.dossiers.offered_xml import offered_xml
from ansinh.dossiers.rows import forget_removed
from ansinh.dossiers.submit import SignedConfirmation, Submitted, applicant_name, submit
from ansinh.eforms.canonical import canonical
from ansinh.people.actors import Citizen
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day
from ansinh.signing.models import Format, SigningOffer, Way
from ansinh.signing.offers.accept import SignatureRefused, SignedDocument, accept, draft_changed, judge
from ansinh.signing.offers.make import make_offer, offered_bytes, offers_of, standing_offer, the_offer


def offer_document(
    draft_id: UUID, *, actor: Citizen, document_format: Format, at: datetime, by_hand: bool = False
) -> SigningOffer:
    """The draft as a document to sign; the one already offered while it still says the same.

    `by_hand`: printed with room for the person's hand, for the counter. Raises NotFound, Invalid when gaps remain.
    """
    with transaction.atomic():
        draft = the_draft(draft_id, holder=Holder.of(actor), lock=True)
        refuse_strangers(draft.version_id, draft.answers, owner_id=actor.owner_id)
        refuse_gaps(completeness(draft, today=local_day(at)).gaps)
        forget_removed(draft)
        content = DraftContent.of(draft)
        folder = frozen(content.version_id)
        assert folder.form is not None
        answers = canonical(folder.form, content.answers)
        digest = content_digest(answers, content.papers)
        standing = standing_offer(
            account_id=actor.account_id, subject=draft_id, digest=digest, document_format=document_format, at=at
        )
        if standing is not None and not by_hand:
            return standing
        name = applicant_name(answers, actor=actor)
        if document_format == Format.PDF:
            make = printed_pdf if by_hand else offered_pdf
            made = make(answers, draft_id=draft_id, folder=folder, name=name, digest=digest, at=at)
        else:
            signer = confirming(folder, answers, actor=actor, on=local_day(at)).signers[0]
            made = offered_xml(answers, content.papers, folder=folder, name=name, signer=signer, digest=digest, at=at)
        return make_offer(
            made, account_id=actor.account_id, subject=draft_id, digest=digest, document_format=document_format, at=at
        )


def expected(draft_id: UUID, *, actor: Citizen, on: date) -> Confirming:
    """Whose certificate must sign this draft: the person's, or that of the organisation whose matter it is.

    A draft that was filed meanwhile is answered too: a second press gets the same dossier. Raises NotFound.
    """
    draft = Draft.objects.filter(pk=draft_id, owner_id=actor.owner_id).first()
    if draft is None:
        raise draft_not_found()
    return confirming(frozen(draft.version_id), draft.answers, actor=actor, on=on)


def submit_signed(
    *,
    draft_id: UUID,
    actor: Citizen,
    offer_id: UUID,
    signed: bytes,
    way: Way,
    device: str,
    idempotency_key: str,
    channel: str,
    at: datetime,
) -> Submitted:
    """File the draft that this signed document confirms.

    Raises what `signing.offers.accept` and `submit` raise; a draft that was changed after the offer is told apart
    from a document that was never offered.
    """
    offer = the_offer(offer_id, account_id=actor.account_id, subject=draft_id)
    try:
        document = _accepted(offer, signed, wanted=expected(draft_id, actor=actor, on=local_day(at)), at=at)
    except Invalid as refused:
        if refused.code == "not-the-offered" and _was_offered_before(offer, signed, actor=actor, at=at):
            raise draft_changed() from refused
        raise
    return submit(
        draft_id=draft_id,
        actor=actor,
        confirmation=SignedConfirmation(document, way=way, device=device),
        idempotency_key=idempotency_key,
        channel=channel,
        at=at,
    )


def _accepted(offer: SigningOffer, signed: bytes, *, wanted: Confirming, at: datetime) -> SignedDocument:
    """The document signed by one of those wanted. Of several refusals the one about the first is told."""
    first: SignatureRefused | None = None
    for signer in wanted.signers:
        try:
            return accept(offer, signed, expected=signer, at=at)
        except SignatureRefused as refused:
            first = first or refused
    assert first is not None
    raise first


def newest_offer(draft_id: UUID, *, actor: Citizen, signed: bytes) -> SigningOffer:
    """The newest offer in the format of this file. Raises Invalid when none was made."""
    document_format = Format.PDF if b"%PDF-" in signed[:1024] else Format.XML
    found = offers_of(draft_id, account_id=actor.account_id, document_format=document_format)
    if not found:
        raise Invalid(
            "nothing-offered",
            "Chưa có bản để ký nào được tải về dưới dạng này. Xin tải bản để ký ở bước 1, ký rồi gửi lên.",
        )
    return found[0]


def _was_offered_before(newest: SigningOffer, signed: bytes, *, actor: Citizen, at: datetime) -> bool:
    """Whether an earlier state of the draft was offered as this very document."""
    document_format, signer = Format(newest.format), expected(newest.subject, actor=actor, on=local_day(at)).signers[0]
    offers = offers_of(newest.subject, account_id=newest.account_id, document_format=document_format)
    earlier = [one for one in offers if one.pk != newest.pk]
    if document_format == Format.PDF:
        return any(signed.startswith(offered_bytes(one)) for one in earlier)
    return any(judge(one, signed, expected=signer, at=at)[1]() for one in earlier)
