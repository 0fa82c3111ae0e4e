"""What the pages that sign with a certificate are about: a draft to file, or a paper both sides sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpRequest

from ansinh.casework.joint.applicant import hand_in, offer_to_sign, signers_of
from ansinh.casework.models import JointPaper
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.sign import expected, offer_document
from ansinh.people.actors import Citizen
from ansinh.platform.language import pick, translate
from ansinh.signing.models import Format, SigningOffer, Way
from ansinh.signing.report import ExpectedSigner
from ansinh.web.actors import device
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import address
from ansinh.web.citizen.signing import formats, ways
from ansinh.web.citizen.signing.filed import file_signed
from ansinh.web.clock import now, today
from ansinh.web.page import Link, Option


@dataclass(frozen=True)
class Matter:
    """One document to sign, whatever it is.

    `offer` gives the document in a format, `hand_in` takes it back signed and answers where to go; `href` answers the
    address of one of its signing pages; `filing` is the draft, None for a paper.
    """

    name: str
    subject: UUID
    signers: tuple[ExpectedSigner, ...]
    formats: tuple[Option, ...]
    offer: Callable[[Format], SigningOffer]
    hand_in: Callable[[SigningOffer, bytes, Way], str]
    href: Callable[[str], str]
    back: tuple[str, str]
    layout: str
    press: str
    """Words of the button that signs."""
    filing: Filing | None = None

    def format_of(self, value: object) -> Format:
        """The chosen format, if this matter has it; a PDF for anything else."""
        wanted = formats.chosen(value)
        return wanted if wanted in {one.value for one in self.formats} else Format.PDF

    def others(self, current: str) -> list[Link]:
        """The other ways to sign it, as links."""
        if self.filing is not None:
            return ways.others(self.filing, current)
        return paper_ways(self.href, current=current)


def of_draft(request: HttpRequest, filing: Filing, citizen: Citizen) -> Matter:
    """A complete draft, whose signature files it."""
    draft_id = filing.draft.pk
    return Matter(
        name=filing.name,
        subject=draft_id,
        signers=expected(draft_id, actor=citizen, on=today()).signers,
        formats=tuple(formats.options()),
        offer=lambda wanted: offer_document(draft_id, actor=citizen, document_format=wanted, at=now()),
        hand_in=lambda offer, signed, way: file_signed(request, filing, citizen, offer=offer, signed=signed, way=way),
        href=filing.href,
        back=(translate("Kiểm tra hồ sơ"), filing.href("check")),
        layout=filing.layout,
        press=translate("Ký và nộp hồ sơ"),
        filing=filing,
    )


def of_paper(request: HttpRequest, paper: JointPaper, citizen: Citizen) -> Matter:
    """A paper that waits for the organisation's signature; it is a PDF with a place for each side."""
    dossier = paper.dossier
    here = partial(address, dossier_id=dossier.pk)

    def taken(offer: SigningOffer, signed: bytes, way: Way) -> str:
        hand_in(dossier.pk, actor=citizen, offer_id=offer.pk, signed=signed, way=way, device=device(request), at=now())
        return here("citizen:dossier")

    return Matter(
        name=f"{pick(frozen(dossier.version_id).procedure, 'short_name')} · {paper.decision.number}",
        subject=paper.pk,
        signers=signers_of(paper, actor=citizen, at=now()),
        formats=tuple(one for one in formats.options() if one.value == Format.PDF),
        offer=lambda wanted: offer_to_sign(dossier.pk, actor=citizen, at=now()),
        hand_in=taken,
        href=lambda page: here("citizen:joint-paper" if page == ways.PAGES[Way.UPLOAD] else f"citizen:paper-{page}"),
        back=(translate("Đọc và ký văn bản"), here("citizen:joint-paper")),
        layout="layout/citizen.html",
        press=translate("Ký và gửi văn bản"),
    )


def paper_ways(href: Callable[[str], str], *, current: str = "") -> list[Link]:
    """The ways to sign a paper that this installation has, but `current`."""
    return [
        Link(one.label, href(ways.PAGES[one.key]), note=one.hint)
        for one in ways.with_certificate()
        if one.key != current and (one.key != Way.UPLOAD or current)
    ]
