"""The applicant's side of an example: draft, answers, papers, confirmation, submission, and what the office asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from ansinh.casework.joint.applicant import content_of, hand_in, offer_to_sign, paper_to_sign, signers_of
from ansinh.catalogue.folder import Mend, Paper
from ansinh.catalogue.queries import frozen
from ansinh.demo.play.signature import OrganisationSigner, signed, signed_pdf
from ansinh.documents.render import render_source
from ansinh.dossiers import drafts, register, supplement
from ansinh.dossiers.access import Holder
from ansinh.dossiers.completeness import Completeness, completeness
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.sign import expected, offer_document, submit_signed
from ansinh.dossiers.submit import Confirmation, submit
from ansinh.files.models import Paper as StoredPaper
from ansinh.files.receive import receive
from ansinh.people.actors import Citizen
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes.secrets import unseal
from ansinh.platform.row_security.viewer import Kind, Viewer, viewing
from ansinh.platform.zone import local_day
from ansinh.signing.models import Format, Way

SESSION: Final = "play"
DEVICE: Final = "Firefox trên Linux"
NEWCOMERS_PASSWORD: Final = "rừng tre xanh 88"  # noqa: S105 (of invented people)
SCAN: Final = """#import "letter.typ": data
#set document(title: data.title)
#set page(paper: "a5", margin: 25mm)
#set text(size: 14pt, lang: "vi")
#align(center + horizon)[#strong(data.title) \\ #v(8mm) Bản quét minh họa, không có giá trị. \\ #data.name]
"""


def draft_of(slug: str, answers: Mapping[str, Any], *, holder: Holder, at: datetime) -> Draft:
    """A draft with these answers; what a register has filled in already stays."""
    draft = drafts.begin(slug, holder=holder, at=at)
    return drafts.save(draft.pk, holder=holder, answers=answers, at=at)


def attach_missing(draft: Draft, *, holder: Holder, owner_id: UUID, name: str, at: datetime) -> None:
    """Put a scan to every paper that the answers call for."""
    for asked in completeness(draft, today=local_day(at)).papers:
        if asked.missing:
            paper = scan(asked.requirement, owner_id=owner_id, name=name, at=at)
            drafts.attach(
                draft.pk, holder=holder, requirement=asked.requirement.key, row=asked.row, paper_id=paper.pk, at=at
            )


def scan(requirement: Paper, *, owner_id: UUID, name: str, at: datetime, again: int = 0) -> StoredPaper:
    """A page that looks like the paper, in the store of its owner; another `again` is another page."""
    pdf = _page(requirement.name_vi, f"{name} · {again}" if again else name, at)
    return receive(io.BytesIO(pdf), owner_id=owner_id, name=f"{requirement.key}.pdf", kind=requirement.key, at=at)


@lru_cache(maxsize=200)
def _page(title: str, name: str, at: datetime) -> bytes:
    return render_source(SCAN, name="scan", data={"title": title, "name": name}, at=at)


def state_of(draft: Draft, *, at: datetime) -> Completeness:
    """What is still missing."""
    return completeness(draft, today=local_day(at))


def confirm_and_submit(draft: Draft, actor: Citizen, *, at: datetime) -> Dossier:
    """Confirm as this applicant can, by code or by the organisation's certificate, and file."""
    wanted = expected(draft.pk, actor=actor, on=local_day(at))
    if wanted.code:
        session = str(draft.pk)  # each at a browser of one's own
        code = request_code(draft.pk, actor=actor, channel="sms", session_key=session, network="", at=at)
        confirmation = _confirmation(code, session=session)
        filed = submit(
            draft_id=draft.pk, actor=actor, confirmation=confirmation, idempotency_key=str(draft.pk),
            channel="portal", at=at + timedelta(minutes=1),
        )  # fmt: skip
    else:
        signer = OrganisationSigner(
            name=actor.behalf.name if actor.behalf else actor.name, tax_code=wanted.signers[0].number, at=at
        )
        offer = offer_document(draft.pk, actor=actor, document_format=Format.XML, at=at)
        filed = submit_signed(
            draft_id=draft.pk, actor=actor, offer_id=offer.pk, signed=signed(offer, signer, at=at), way=Way.UPLOAD,
            device=DEVICE, idempotency_key=str(draft.pk), channel="portal", at=at + timedelta(minutes=2),
        )  # fmt: skip
    return Dossier.objects.get(pk=filed.dossier_id)


def register_newcomer(draft: Draft, *, holder: Holder, at: datetime) -> Dossier:
    """File the registration of somebody who has no account yet."""
    with viewing(Viewer(Kind.PUBLIC, browser=holder.session_key)):  # the one browser that began the draft
        code = register.request_code(draft.pk, holder=holder, channel="sms", network="", at=at)
        filed = register.register(
            draft_id=draft.pk, holder=holder, confirmation=_confirmation(code), password=NEWCOMERS_PASSWORD,
            at=at + timedelta(minutes=1),
        )  # fmt: skip
    return Dossier.objects.get(pk=filed.dossier_id)


def mend(
    dossier: Dossier, mends: tuple[Mend, ...], actor: Citizen, *, place: Callable[[str, Any], Any], at: datetime
) -> None:
    """Answer what the office asked, and send it."""
    papers = {paper.key: paper for paper in frozen(dossier.version_id).papers}
    answers = {one.field: place(one.field, one.answer) for one in mends if one.field}
    if answers:
        left = supplement.answer_fields(dossier.pk, actor=actor, answers=answers, at=at)
        assert not left, [str(problem.sentence) for problem in left]
    for one in mends:
        if one.paper:
            key, _, row = one.paper.partition("@")
            paper = scan(papers[key], owner_id=actor.account_id, name=actor.name, at=at, again=1)
            supplement.answer_paper(dossier.pk, actor=actor, requirement=key, row=row, paper_id=paper.pk, at=at)
    supplement.send(dossier.pk, actor=actor, at=at)


def sign_with_the_office(dossier: Dossier, actor: Citizen, *, at: datetime) -> None:
    """Sign the paper that both sides sign, and send it back."""
    paper = paper_to_sign(dossier.pk, actor=actor)
    offer = offer_to_sign(dossier.pk, actor=actor, at=at)
    tax_code = next(one.number for one in signers_of(paper, actor=actor, at=at) if one.kind == "MST")
    signer = OrganisationSigner(name=actor.behalf.name if actor.behalf else actor.name, tax_code=tax_code, at=at)
    hand_in(
        dossier.pk, actor=actor, offer_id=offer.pk, signed=signed_pdf(content_of(paper), signer, at=at), way=Way.UPLOAD,
        device=DEVICE, at=at + timedelta(minutes=2),
    )  # fmt: skip


def _confirmation(code: OneTimeCode, *, session: str = SESSION) -> Confirmation:
    """What the person reads on the telephone."""
    assert code.sealed_code is not None
    return Confirmation(code.pk, unseal(bytes(code.sealed_code), row=code.pk), session, DEVICE)
