"""What every signing page does at its end: file the signed document, or say in words why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers.access import dossier_from
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.sign import submit_signed
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError
from ansinh.signing.models import SigningOffer, Way
from ansinh.signing.offers.accept import SignatureRefused
from ansinh.web.actors import View, citizen_page, device
from ansinh.web.citizen.filing import Filing, of_citizen
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence

Page = Callable[[HttpRequest, Filing, Citizen], HttpResponse]


@dataclass(frozen=True)
class Fault:
    """Why a signed document was not taken: one sentence, and what the check found."""

    text: str
    code: str
    findings: list[dict[str, str]] = field(default_factory=list)


def signing_page(page: Page) -> View:
    """A view of a complete draft; a filed one leads to its receipt, one with gaps to the check."""

    @citizen_page
    def view(request: HttpRequest, citizen: Citizen, draft_id: UUID) -> HttpResponseBase:
        if (filed := dossier_from(draft_id, actor=citizen)) is not None:
            return HttpResponseRedirect(receipt_href(filed.pk))
        filing = of_citizen(citizen, draft_id)
        if not completeness(filing.draft, today=today()).complete:
            return HttpResponseRedirect(filing.href("check"))
        return page(request, filing, citizen)

    return view


def file_signed(
    request: HttpRequest, filing: Filing, citizen: Citizen, *, offer: SigningOffer, signed: bytes, way: Way
) -> str:
    """File the draft; answers the address of the receipt. A second press gives the same one."""
    filed = submit_signed(
        draft_id=filing.draft.pk,
        actor=citizen,
        offer_id=offer.pk,
        signed=signed,
        way=way,
        device=device(request),
        idempotency_key=f"draft-{filing.draft.pk}",
        channel="portal",
        at=now(),
    )
    return receipt_href(filed.dossier_id)


def receipt_href(dossier_id: UUID) -> str:
    """The receipt's page."""
    return reverse("citizen:receipt", kwargs={"dossier_id": dossier_id})


def fault(error: DomainError) -> Fault:
    """The refusal in the reader's language."""
    report = error.report if isinstance(error, SignatureRefused) else None
    found = report.findings if report else ()
    return Fault(
        sentence(error),
        error.code,
        [{"text": one.sentence, "advice": one.what_to_do, "code": one.code} for one in found],
    )
