"""The proof page: a paper one was handed, an evidence bundle, a scanned code. What is sent is checked and forgotten."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.casework.evidence.check import BundleReport, check_bundle, is_bundle
from ansinh.casework.statement import KIND
from ansinh.documents.attached import statement_in
from ansinh.dossiers.issued import Issued, issued_document
from ansinh.files.limits import MAX_BYTES
from ansinh.people import asked_often
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.vietnamese import size_vi
from ansinh.signing.check_file import check_file
from ansinh.signing.report import SignatureReport
from ansinh.web.actors import network, public_page
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.formats import groups4
from ansinh.web.public import signature_report
from ansinh.web.public.check_code import check_code
from ansinh.web.public.check_words import (
    PaperResult,
    file_rows,
    issued_facts,
    own_file_words,
    proof_facts,
    stated_values,
)
from ansinh.web.public.frame import frame, show
from ansinh.web.public.proof_downloads import published

COUNTED, MOST = "check-paper", 60


@public_page
def moved(request: HttpRequest) -> HttpResponse:
    """The page's first address, printed on papers."""
    return redirect("public:check-paper")


@public_page
@at_the_door()
def check_paper(request: HttpRequest) -> HttpResponse:
    """The form; with `q` what a scanned code says; on POST what the file is."""
    if request.method != "POST":
        code = request.GET.get("q", "")
        return _shown(request, check_code(code)) if code else _form(request)
    file, own = request.FILES.get("van_ban"), request.FILES.get("tep")
    errors = {name: words for name, words in (("van_ban", _fault(file)), ("tep", _size_fault(own))) if words}
    if errors or not isinstance(file, UploadedFile):
        return _form(request, errors=errors, status=422)
    try:
        asked_often.take(COUNTED, network=network(request), most=MOST, at=now())
    except NotAllowed as refused:
        return _form(request, errors={"van_ban": sentence(refused)}, status=429)
    content = file.read()
    if is_bundle(content):
        return _shown(request, _bundle_result(check_bundle(content, at=now()), name=file.name or ""))
    own_digest = sha256(own.read()).hexdigest() if isinstance(own, UploadedFile) else ""
    return _shown(request, _paper_result(content, name=file.name or "", own_digest=own_digest))


def _paper_result(content: bytes, *, name: str, own_digest: str) -> PaperResult:
    issued = issued_document(sha256(content).hexdigest())
    # A paper of ours is known since the day it was issued: the certificate may have run out since.
    report = check_file(content, at=issued.issued_at if issued else now())
    stated = stated_values(statement_in(content, kind=KIND)) if report.valid or issued else {}
    title, kind = verdict(report, issued)
    return PaperResult(
        title,
        kind,
        _advice(report, issued),
        findings=signature_report.faults(report.findings),
        warnings=signature_report.faults(report.warnings),
        paper=issued_facts(issued),
        signature=signature_report.facts(report),
        proof=proof_facts(stated),
        files=file_rows(stated),
        own_file=own_file_words(stated, own_digest) if own_digest else "",
        file_name=name,
        digest=groups4(report.digest),
    )


def _bundle_result(report: BundleReport, *, name: str) -> PaperResult:
    if report.valid:
        title = translate("Gói bằng chứng đúng, chưa bị sửa")
        text = translate("Từng tệp, chữ ký, mốc niêm phong và sự kiện trong gói đều đã được kiểm tra.")
        return PaperResult(title, "ok", text, lines=report.lines, file_name=name)
    title = translate("Gói này không đúng hoặc không phải gói bằng chứng của cổng này")
    text = translate("Xin tải lại gói từ trang hồ sơ. Đừng dùng gói này làm căn cứ.")
    return PaperResult(title, "bad", text, lines=report.lines, file_name=name)


def verdict(report: SignatureReport, issued: Issued | None) -> tuple[str, str]:
    """The finding as a sentence, and its kind. Only a file of ours with a good signature is called genuine."""
    if report.valid and issued and issued.standing.state == "replaced":
        return translate("Văn bản đúng do cơ quan BHXH phát hành, nhưng đã được thay bằng văn bản khác"), "wait"
    if report.valid and issued and issued.standing.state == "again":
        return translate("Văn bản đúng do cơ quan BHXH phát hành, kết quả đang được xem xét lại"), "wait"
    if report.valid and issued:
        return translate("Văn bản này đúng do cơ quan BHXH phát hành, chưa bị sửa"), "ok"
    if report.valid:
        return translate("Chữ ký số đúng, nhưng văn bản không có trong hệ thống này"), "wait"
    if issued:
        return translate("Văn bản này có trong hệ thống, nhưng chữ ký số không kiểm tra được"), "wait"
    return translate("Chưa xác nhận được văn bản này"), "bad"


def limits() -> str:
    """What may be chosen, in words."""
    return translate("Tệp PDF hoặc XML gốc, hay gói bằng chứng (ZIP), không quá {size}.", size=size_vi(MAX_BYTES))


def _fault(file: object) -> str:
    if not isinstance(file, UploadedFile):
        return translate("Chưa chọn tệp nào. Xin chọn tệp PDF hoặc XML cần kiểm tra.")
    if not file.size:
        return translate("Tệp này rỗng. Xin tải lại bản gốc rồi chọn lại.")
    return _size_fault(file)


def _size_fault(file: object) -> str:
    if isinstance(file, UploadedFile) and (file.size or 0) > MAX_BYTES:
        return translate(
            "Tệp lớn hơn {size} nên không kiểm tra ở đây được. Kết quả của cơ quan BHXH nhỏ hơn nhiều; "
            "xin tải lại bản gốc.",
            size=size_vi(MAX_BYTES),
        )
    return ""


def _advice(report: SignatureReport, issued: Issued | None) -> str:
    if report.valid and issued and issued.standing.state == "replaced":
        return translate(
            "Nội dung giống hệt bản đã ký, nhưng không còn là kết quả hiện hành. Xin dùng văn bản thay thế."
        )
    if report.valid and issued:
        return translate("Từng chữ trong tệp giống hệt bản mà cơ quan đã ký và giữ.")
    if report.valid:
        return translate(
            "Nơi ký nằm trong danh sách tin cậy và tệp chưa bị sửa, nhưng không phải bản do cổng này phát hành. "
            "Xin hỏi cơ quan ghi trên văn bản."
        )
    if issued:
        return translate("Tệp giống hệt bản đang giữ. Muốn chắc chắn, xin hỏi cơ quan đã phát hành.")
    return translate("Đừng dùng văn bản này làm căn cứ trước khi hỏi cơ quan ghi trên đó.")


def _shown(request: HttpRequest, result: PaperResult) -> HttpResponse:
    return _page(request, frame(request, result.title), result=result)


def _form(request: HttpRequest, *, errors: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    page = frame(request, translate("Kiểm tra văn bản đã nhận"), problems=len(errors or {}))
    return _page(request, page, errors=errors or {}, status=status)


def _page(
    request: HttpRequest, page: Any, *, result: PaperResult | None = None, errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    return show(
        request,
        "public/check_paper.html",
        page,
        status=status,
        errors=errors or {},
        problems=[{"path": name, "text": words} for name, words in (errors or {}).items()],
        limits=limits(),
        result=result,
        published=published(),
    )
