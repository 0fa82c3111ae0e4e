"""Papers on the desk: pictures of their pages, the file itself, issued documents, drafts of letters."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from ansinh.casework.declaration import declaration
from ansinh.casework.evidence.bundle import evidence_bundle
from ansinh.casework.evidence.reader import Reader
from ansinh.dossiers.models import Dossier, DossierPaper
from ansinh.dossiers.signed_document import the_signed_document
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.files.preview import preview, preview_type
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import NotFound
from ansinh.platform.language import translate
from ansinh.platform.storage import open_file
from ansinh.web.clock import now
from ansinh.web.downloads import bundle_of
from ansinh.web.officer.reading import PaperGroup
from ansinh.web.officer.watched import dossier_page

NARROW, WIDE = 640, 1280


@dataclass(frozen=True)
class PaperPage:
    """The page of a paper that is looked at, and the ways to the others."""

    group: PaperGroup
    paper: DossierPaper
    number: int
    picture: str
    file_href: str
    alt: str
    wide: bool

    @property
    def others(self) -> range:
        """Numbers of all pages."""
        return range(1, self.paper.paper.page_count + 1)


def chosen_page(request: HttpRequest, papers: list[PaperGroup]) -> PaperPage | None:
    """The page asked for by `?giay=…&trang=…`, else the first page of the first paper that is there."""
    wanted, wide = request.GET.get("giay", ""), request.GET.get("rong") == "1"
    there = [(group, one) for group in papers for one in group.versions]
    if not there:
        return None
    group, paper = next(((group, one) for group, one in there if str(one.pk) == wanted), there[0])
    number = _number(request.GET.get("trang", "1"), most=paper.paper.page_count)
    parts = {"dossier_id": paper.dossier_id, "paper_id": paper.pk}
    picture = reverse("officer:paper-page", kwargs={**parts, "number": number}) + ("?rong=1" if wide else "")
    return PaperPage(
        group=group,
        paper=paper,
        number=number,
        picture=picture,
        file_href=reverse("officer:paper-file", kwargs=parts),
        alt=translate("{name}, trang {number}", name=group.name, number=number),
        wide=wide,
    )


@dossier_page(PageKind.PAPER)
def paper_page(
    request: HttpRequest, officer: OfficerActor, found: Dossier, paper_id: UUID, number: int
) -> HttpResponse:
    """One page of a paper as a picture."""
    paper = _paper(found, paper_id)
    width = WIDE if request.GET.get("rong") == "1" else NARROW
    return HttpResponse(preview(paper.paper, page=number, width=width), content_type=preview_type(paper.paper))


@dossier_page(PageKind.FILE)
def paper_file(request: HttpRequest, officer: OfficerActor, found: Dossier, paper_id: UUID) -> HttpResponseBase:
    """The file as it was sent, to keep or to open outside the browser."""
    paper = _paper(found, paper_id)
    media_type = paper.paper.file.media_type
    return FileResponse(open_file(paper.sha256), as_attachment=True, filename=paper.name, content_type=media_type)


@dossier_page(PageKind.DOCUMENT)
def document(request: HttpRequest, officer: OfficerActor, found: Dossier, document_id: UUID) -> HttpResponseBase:
    """A document the office issued."""
    issued = found.documents.filter(pk=document_id).first()
    if issued is None:
        raise NotFound("document-not-found", "Hồ sơ này không có văn bản đó. Xin tải lại trang.")
    return FileResponse(
        open_file(issued.sha256), as_attachment=True, filename=issued.file_name, content_type=issued.media_type
    )


@dossier_page(PageKind.DECLARATION)
def signed(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponseBase:
    """The declaration as the applicant signed it."""
    sent = the_signed_document(found)
    return FileResponse(open_file(sent.sha256), as_attachment=True, filename=sent.name, content_type=sent.content_type)


@dossier_page(PageKind.EVIDENCE)
def evidence(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponseBase:
    """Everything about the dossier, the office's notes too, in one file that proves itself."""
    return bundle_of(found, evidence_bundle(found, reader=Reader.OFFICE, at=now()))


@dossier_page(PageKind.DECLARATION)
def print_declaration(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The declaration as a PDF to print; a registration's has room for the person's hand (R-073)."""
    to_sign = found.procedure in REGISTRATIONS
    return pdf(declaration(found, at=now(), to_sign=to_sign), name=f"to-khai-{found.number.replace('/', '-')}.pdf")


def pdf(content: bytes, *, name: str) -> HttpResponse:
    """A PDF that the browser opens in its own viewer."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _paper(found: Dossier, paper_id: UUID) -> DossierPaper:
    paper = found.papers.select_related("paper__file").filter(pk=paper_id).first()
    if paper is None:
        raise NotFound("paper-not-found", "Hồ sơ này không có giấy tờ đó. Xin tải lại trang.")
    return paper


def _number(typed: str, *, most: int) -> int:
    return min(max(1, int(typed)), most) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
