"""Download, sign with one's own program anywhere, send back."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ansinh.dossiers.sign import newest_offer, offer_document
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import offered_bytes
from ansinh.web.actors import render
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.signing import ways
from ansinh.web.citizen.signing.filed import Fault, fault, file_signed, signing_page
from ansinh.web.clock import now

TYPES = {Format.PDF: "application/pdf", Format.XML: "application/xml"}
FILE = "da_ky"


@signing_page
def upload(request: HttpRequest, filing: Filing, citizen: Citizen) -> HttpResponse:
    """Step 1 gives the file, step 2 takes it back; a refusal says why, and nothing is lost."""
    wanted = request.POST.get("_make", "")
    if wanted in Format.values:
        return _document(filing, citizen, Format(wanted))
    if request.method != "POST":
        return _page(request, filing, citizen)
    try:
        signed = _sent(request)
        offer = newest_offer(filing.draft.pk, actor=citizen, signed=signed)
        return HttpResponseRedirect(
            file_signed(request, filing, citizen, offer=offer, signed=signed, way=Way.UPLOAD)
        )  # fmt: skip
    except DomainError as refused:
        return _page(request, filing, citizen, wrong=fault(refused))


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get(FILE)
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid("no-signed-file", "Chưa chọn tệp nào. Xin chọn tệp đã ký rồi bấm “Gửi và nộp hồ sơ”.")
    content: bytes = file.read()
    return content


def _document(filing: Filing, citizen: Citizen, document_format: Format) -> HttpResponse:
    offer = offer_document(filing.draft.pk, actor=citizen, document_format=document_format, at=now())
    answer = HttpResponse(offered_bytes(offer), content_type=TYPES[document_format])
    answer["Content-Disposition"] = f'attachment; filename="to-khai-de-ky-{offer.sha256[:8]}.{document_format}"'
    return answer


def _page(request: HttpRequest, filing: Filing, citizen: Citizen, *, wrong: Fault | None = None) -> HttpResponse:
    return render(
        request,
        "citizen/signing/upload.html",
        status=422 if wrong else 200,
        page=frame(
            citizen,
            translate("Tải về, ký rồi gửi lên"),
            current=DOSSIERS,
            back=(translate("Kiểm tra hồ sơ"), filing.href("check")),
            problems=int(bool(wrong)),
        ),
        layout=filing.layout,
        filing=filing,
        wrong=wrong,
        field=FILE,
        others=ways.others(filing, Way.UPLOAD),
    )
